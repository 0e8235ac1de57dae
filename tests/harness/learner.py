"""A learner at the API: an account, the mutations of what the model writes, and what the API says that there is."""

import json
from dataclasses import dataclass, field

from . import catalogue
from .api import Connection, Refused
from .model import HOME, LEVEL, State, Write

PASSWORD = "three plain words"
WITH_NUMBER = "roadmap { id changeNumber }"
MUTATIONS = {
    "save": ("saveRoadmap", "SaveRoadmapInput", WITH_NUMBER),
    "archive": ("archiveRoadmap", "ArchiveRoadmapInput", WITH_NUMBER),
    "delete": ("deleteRoadmap", "SavedRoadmapInput", "deletedId"),
    "start": ("startStep", "RoadmapStepInput", WITH_NUMBER),
    "complete": ("completeStep", "RoadmapStepInput", WITH_NUMBER),
    "log": ("logStudy", "LogStudyInput", f"entry {{ id }} {WITH_NUMBER}"),
    "unlog": ("deleteStudy", "DeleteStudyInput", f"deletedId {WITH_NUMBER}"),
    "record": ("recordSkills", "RecordSkillsInput", "viewer { skillCount }"),
    "forget": ("forgetSkills", "ForgetSkillsInput", "viewer { skillCount }"),
    "rate": ("rateResource", "RateResourceInput", "resource { slug }"),
}
ALL = """query ($book: String!, $after: String) {
  viewer {
    skills(first: 100) { totalCount nodes { topic level } }
    roadmaps(includeArchived: true, first: 20, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { id title archivedAt changeNumber input { goals { topic { slug } } } studyLog(first: 100) { totalCount nodes { id note hours topic } } }
    }
  }
  resource(slug: $book) { rating { average count } }
}"""


@dataclass
class Learner:
    number: int
    token: str = ""
    is_curator: bool = False
    ids: dict[str, str] = field(default_factory=dict)
    """The global ids of roadmaps by title, and of entries of the log by note."""

    @property
    def name(self) -> str:
        return f"learner-{self.number:02}"

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"

    @property
    def book(self) -> str:
        return catalogue.resource_of(self.number)

    def sign_up(self, connection: Connection) -> None:
        """Hashing a password takes long, on purpose: it is done once. Nobody may sign in as often as all of them do: each comes from an address of
        their own."""
        connection.close()
        connection.source = f"127.1.0.{self.number + 1}"
        account = {"email": self.email, "password": PASSWORD}
        mutate(connection, "signUp", "SignUpInput", account | {"name": self.name})
        self.renew(connection)

    def renew(self, connection: Connection) -> None:
        """Another token: what it may is what its learner may by now."""
        mutate(connection, "signIn", "SignInInput", {"email": self.email, "password": PASSWORD})
        scopes = ["READ", "WRITE", "CURATE"] if self.is_curator else ["READ", "WRITE"]
        made = mutate(connection, "createAccessToken", "CreateAccessTokenInput", {"name": "load", "scopes": scopes}, "token")
        self.token, connection.cookie = made["token"], None

    def write(self, connection: Connection, write: Write, with_id: set[str]) -> dict:
        """Does it, and answers the payload: whoever gets that may rely on it."""
        field_, type_, answer = MUTATIONS[write.kind]
        values = self.input(write)
        if type_ in with_id:
            values["clientMutationId"] = write.id
        payload = mutate(connection, field_, type_, values, answer)
        self.learn(write, payload)
        return payload

    def learn(self, write: Write, payload: dict) -> None:
        """What is made has an id, and the same one however often the same write is answered. What is gone by now may have none any more."""
        name, made = {"save": (write.title, "roadmap"), "log": (write.note, "entry")}.get(write.kind, ("", ""))
        if made and payload[made]:
            known = self.ids.setdefault(name, payload[made]["id"])
            if known != payload[made]["id"]:
                raise Refused(f"{write} has made both {known} and {payload[made]['id']}")

    def knows(self, write: Write, with_id: set[str]) -> bool:
        """Whether the servers know a write by its id, so that it may be asked for as often as one likes."""
        return MUTATIONS[write.kind][1] in with_id

    def input(self, write: Write) -> dict:
        steps = [{"topic": topic, "level": LEVEL} for topic in write.topics]
        roadmap = self.ids.get(write.title)
        match write.kind:
            case "save":
                return {"title": write.title, "roadmap": {"goals": steps}}
            case "archive" | "delete":
                return {"id": roadmap}
            case "start" | "complete":
                return {"roadmap": roadmap, "step": steps[0]}
            case "log":
                return {"roadmap": roadmap, "hours": write.hours, "note": write.note} | ({"step": steps[0]} if steps else {})
            case "unlog":
                return {"id": self.ids[write.note]}
            case "record":
                return {"skills": steps}
            case "forget":
                return {"skills": [{"topic": topic} for topic in write.topics]}
            case "rate":
                return {"resource": self.book, "stars": write.stars}
        raise ValueError(write.kind)

    def read(self, connection: Connection) -> State:
        """All that the API says of the learner but the state of steps, which it derives from more than is compared here."""
        state, after = State(), None
        while True:
            data = connection.ask(ALL, {"book": self.book, "after": after})
            if data["viewer"] is None:
                raise Refused("the API does not know the learner")
            page = data["viewer"]["roadmaps"]
            for node in page["nodes"]:
                self.take(state, node)
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        state.skills = {node["topic"] for node in data["viewer"]["skills"]["nodes"]}
        rating = data["resource"]["rating"]
        state.stars = round(rating["average"]) if rating["count"] else None
        return state

    def take(self, state: State, node: dict) -> None:
        title = once(state.roadmaps, node["title"])
        goals = tuple(goal["topic"]["slug"] for goal in node["input"]["goals"])
        state.roadmaps[title] = {"archived": node["archivedAt"] is not None, "change": node["changeNumber"], "goals": goals}
        self.ids[title] = node["id"]
        if node["studyLog"]["totalCount"] > len(node["studyLog"]["nodes"]):
            raise Refused(f"{self.name} has more in the log of {title} than is read")
        for entry in node["studyLog"]["nodes"]:
            note = once(state.study, entry["note"])
            state.study[note] = {"roadmap": title, "hours": entry["hours"], "topic": entry["topic"]}
            self.ids[note] = entry["id"]


def once(there: dict, name: str) -> str:
    """A name under which nothing is there yet, or one that shows that something is there twice."""
    while name in there:
        name += " (again)"
    return name


def mutate(connection: Connection, name: str, type_: str, values: dict, answer: str = "") -> dict:
    query = f"mutation ($input: {type_}!) {{ {name}(input: $input) {{ {answer} userErrors {{ code field message }} }} }}"
    payload = connection.ask(query, {"input": values})[name]
    if payload["userErrors"]:
        raise Refused(f"{name}({json.dumps(values)}): {json.dumps(payload['userErrors'])}")
    return payload


def home(learner: Learner, connection: Connection, with_id: set[str]) -> Write:
    """The first roadmap of each learner, which stays."""
    write = Write(f"{learner.name}-home", "save", title=HOME, topics=(catalogue.HOME,))
    learner.write(connection, write, with_id)
    return write

