"""At the end: whether the database has what was acknowledged, and whether every server says the same."""

import time

from cluster import Cluster
from curators import Edition
from followers import Follower
from harness import catalogue, compare, tables
from harness.api import Connection
from harness.model import LEVEL, State
from harness.server import Failed
from load import One

QUIET = 20
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

    def wait_for_quiet(self, editions: list[Edition], followers: list[Follower]) -> float | None:
        """Until every server has the newest revision and every follower has been told the last change; how long that took."""
        began = time.monotonic()
        while time.monotonic() - began < QUIET:
            behind = self.behind(editions, followers)
            if not behind:
                return time.monotonic() - began
            time.sleep(0.1)
        self.wrong += behind
        return None

    def behind(self, editions: list[Edition], followers: list[Follower]) -> list[str]:
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

    def compare(self, editions: list[Edition]) -> None:
        states = self.read_tables()
        for one in self.all:
            name = one.learner.name
            self.check(name, one.state, states[name], "the tables", True)
            for number, port in enumerate(self.cluster.ports):
                connection = Connection(port, one.learner.token)
                self.check(name, one.state, one.learner.read(connection), f"the answers of replica {number}", False)
                connection.close()
            self.compare_answers(one)
        self.compare_revisions(editions)

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

    def compare_revisions(self, editions: list[Edition]) -> None:
        """Each acknowledged edition has a revision of its own, none is missing, and the last one is served."""
        rows = tables.of(self.cluster.postgres.url)
        numbers = [row["number"] for row in rows("SELECT number FROM catalog_revisions ORDER BY number")]
        if numbers != list(range(1, len(numbers) + 1)):
            self.wrong.append(f"the revisions are {numbers}")
        told = [edition.revision for edition in editions]
        if len(set(told)) != len(told) or not set(told) <= set(numbers):
            self.wrong.append(f"revisions {told} were acknowledged, and there are {numbers}")
        if len(numbers) != len(told) + 1:
            self.wrong.append(f"{len(told)} editions after the first made {len(numbers) - 1} revisions")
        if editions:
            wanted = catalogue.summary_of(editions[-1].edition)
            for number, port in enumerate(self.cluster.ports):
                topic = Connection(port).ask("query ($slug: String!) { topic(slug: $slug) { summary } }", {"slug": catalogue.EDITION})
                if topic["topic"]["summary"] != wanted:
                    self.wrong.append(f"replica {number} serves {topic['topic']['summary']} in place of {wanted}")
