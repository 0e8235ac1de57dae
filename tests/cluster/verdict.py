"""At the end: whether the database has what was acknowledged, and whether every server says the same."""

import time

from cluster import Cluster
from curators import Book
from edits import Content, Edit
from followers import Follower
from harness import catalogue, compare, tables
from harness.api import Connection
from harness.model import LEVEL, State
from harness.server import Failed
from load import One

QUIET = 20
REVISIONS = """query ($after: String) { catalogRevisions(first: 40, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { number author message diff { kind change slug formerSlug } }
} }"""
TOPICS = "query ($edition: String!) { topic(slug: $edition) { summary } topics(first: 100) { nodes { slug aliases } } }"
PAGE = """query ($edition: String!, $input: RoadmapInput!) {
  catalog { revision topicCount stepCount resourceCount complexity longestPath }
  topic(slug: $edition) { summary }
  topics(first: 100) { nodes { slug summary steps { level hours } } }
  roadmap(input: $input) { hours steps(first: 50) { nodes { step { topic { slug } hours } startsOn finishesOn } } }
  viewer {
    name role skillCount skills(first: 100) { nodes { topic level source recordedAt } }
    roadmaps(includeArchived: true, first: 10) { nodes {
      id title changeNumber updatedAt archivedAt isOutdated
      version { number hours finishesOn catalogRevision steps(first: 10) { nodes { topic level state ready startedAt endedAt hoursSpent } } }
      progress { stepsDone stepsTotal hoursSpent percentByHours } next { topic level }
    } }
  }
}"""


class Verdict:
    def __init__(self, cluster: Cluster, all_: list[One], with_counts: bool):
        self.cluster, self.all, self.with_counts = cluster, all_, with_counts
        self.wrong: list[str] = []

    def wait_for_quiet(self, followers: list[Follower]) -> float | None:
        """Until every server has the newest revision and every follower has been told the last change; how long that took."""
        began = time.monotonic()
        while time.monotonic() - began < QUIET:
            behind = self.behind(followers)
            if not behind:
                return time.monotonic() - began
            time.sleep(0.1)
        self.wrong += behind
        return None

    def behind(self, followers: list[Follower]) -> list[str]:
        newest = self.newest()
        told = [f"replica {number} has revision {has} of {newest}" for number, has in enumerate(self.revisions()) if has != newest]
        for follower in followers:
            last = follower.seen.last or follower.known
            wanted = self.last_change(follower.roadmap) if follower.roadmap else newest
            if last != wanted:
                what = "a roadmap" if follower.roadmap else "the catalogue"
                told.append(f"who follows {what} on replica {follower.replica} was told {last} last, and it is at {wanted}")
        return told

    def newest(self) -> int:
        rows = tables.of(self.cluster.postgres.url)
        return rows("SELECT max(number) AS number FROM catalog_revisions")[0]["number"]

    def revisions(self) -> list[int]:
        return [Connection(port).ask("{ catalog { revision } }")["catalog"]["revision"] for port in self.cluster.ports]

    def last_change(self, roadmap: str) -> int | None:
        for one in self.all:
            for title, id_ in one.learner.ids.items():
                if id_ == roadmap:
                    return self.changes.get((one.learner.name, title))
        return None

    def read_tables(self) -> dict[str, State]:
        states = tables.read(tables.of(self.cluster.postgres.url))
        self.changes = {(name, title): row["change"] for name, state in states.items() for title, row in state.roadmaps.items()}
        return states

    def compare(self, book: Book, curator: str | None) -> None:
        """The curator is a token, since not everybody sees who has made which revision."""
        states = self.read_tables()
        for one in self.all:
            name = one.learner.name
            self.check(name, one.state, states[name], "the tables", True)
            for number, port in enumerate(self.cluster.ports):
                connection = Connection(port, one.learner.token)
                self.check(name, one.state, one.learner.read(connection), f"the answers of replica {number}", False)
                connection.close()
            self.compare_answers(one)
        if curator:
            self.compare_revisions(book, curator)

    def check(self, name: str, expected: State, actual: State, says: str, steps: bool) -> None:
        try:
            compare.must_be(name, self.counted(expected), self.counted(actual), says, steps)
        except Failed as error:
            self.wrong.append(str(error))

    def counted(self, state: State) -> State:
        """Where servers know no ids of requests, what was asked twice is counted twice."""
        if not self.with_counts:
            for row in state.roadmaps.values():
                row["change"] = 0
        return state

    def compare_answers(self, one: One) -> None:
        wanted = {"goals": [{"topic": topic, "level": LEVEL} for topic in catalogue.STEPS[:5]], "startOn": "2027-01-04"}
        variables = {"edition": catalogue.EDITION, "input": wanted}
        answers = [Connection(port, one.learner.token).ask(PAGE, variables) for port in self.cluster.ports]
        for number, answer in enumerate(answers[1:], 1):
            for name in answer:
                if answer[name] != answers[0][name]:
                    self.wrong.append(f"{one.learner.name}: replicas 0 and {number} differ about {name}: {answers[0][name]} and {answer[name]}")

    def compare_revisions(self, book: Book, token: str) -> None:
        """Each revision after the first is one that was acknowledged, and the other way round; every server tells the same of them."""
        wanted = [(made.revision, made.author, made.edit.message) for made in sorted(book.made.values(), key=lambda made: made.revision)]
        content = book.contents[-1]
        for number, port in enumerate(self.cluster.ports):
            connection = Connection(port, token)
            revisions = sorted(self.revisions_of(connection), key=lambda row: row["number"])
            found = [(row["number"], row["author"], row["message"]) for row in revisions[1:]]
            if revisions[0]["number"] != 1 or found != wanted:
                told = sorted(set(found) ^ set(wanted))
                self.wrong.append(f"replica {number} has {len(found)} revisions after the first, {len(wanted)} were acknowledged; the others are {told}")
                continue
            for row in revisions[1:]:
                self.compare_diff(row, book.made[row["number"]].edit)
            self.compare_content(number, connection, content)
            connection.close()

    def revisions_of(self, connection: Connection) -> list[dict]:
        rows, after = [], None
        while True:
            page = connection.ask(REVISIONS, {"after": after})["catalogRevisions"]
            rows += page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return rows
            after = page["pageInfo"]["endCursor"]

    def compare_diff(self, row: dict, edit: Edit) -> None:
        """What is said to be different is what the edit was about."""
        topics = [(one["change"], one["slug"], one["formerSlug"]) for one in row["diff"] if one["kind"] == "TOPIC"]
        wanted = {
            "create": ("ADDED", edit.slug, None),
            "rename": ("RENAMED", edit.other, edit.slug),
            "retire": ("REMOVED", edit.slug, None),
        }.get(edit.kind)
        if not row["diff"] or wanted and wanted not in topics:
            self.wrong.append(f"revision {row['number']} is {edit}, and its topics differ by {topics}")

    def compare_content(self, number: int, connection: Connection, content: Content) -> None:
        """What is served is what all edits make of it, and what was renamed or replaced is found by its former names."""
        data = connection.ask(TOPICS, {"edition": catalogue.EDITION})
        own = {catalogue.EDITION, catalogue.HOME, *catalogue.STEPS, *catalogue.KNOWN}
        found = {node["slug"]: sorted(node["aliases"]) for node in data["topics"]["nodes"] if node["slug"] not in own}
        wanted = {slug: sorted(names) for slug, names in content.extras.items()}
        if (data["topic"]["summary"], found) != (catalogue.summary_of(content.edition), wanted):
            self.wrong.append(f"replica {number} serves {data['topic']['summary']} with {found}; wanted are edition {content.edition} and {wanted}")
        for slug, names in wanted.items():
            for name in names:
                topic = connection.ask("query ($slug: String!) { topic(slug: $slug) { slug } }", {"slug": name})["topic"]
                if not topic or topic["slug"] != slug:
                    self.wrong.append(f"replica {number} finds {topic} by {name}, a former name of {slug}")
