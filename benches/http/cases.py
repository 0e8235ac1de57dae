"""What is asked: the cases, and the bodies of their requests."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from client import ask

QUERIES = Path(__file__).parent / "queries"
# Whose roadmaps are asked for in turn; each comes with other hours every time.
LEARNERS = 5_000
SEED = 7


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    query: str
    """The file of the query, without its ending."""
    limit_path: str
    """Where the limit answers it."""
    inputs: Callable[[int], list[dict]] = lambda port: []
    """The inputs of its roadmaps, from a Waymark at a port; none where the query takes none."""
    is_large: bool = False
    """Whether it asks the large catalogue."""

    def bodies(self, port: int) -> list[str]:
        """One a line for wrk; HOURS stands for a number that is never the same."""
        query = (QUERIES / f"{self.query}.graphql").read_text()
        variables = [{"input": given} for given in self.inputs(port)] or [None]
        bodies = [body(query, given) for given in variables]
        return [text.replace('"HOURS"', "HOURS") for text in bodies]


def body(query: str, variables: dict | None = None) -> str:
    return json.dumps({"query": query} | ({"variables": variables} if variables else {}))


def one_learner(port: int) -> list[dict]:
    """From the second role to the third, with some skills of it."""
    _, holds, wants, *_ = ladder(port)
    skills = steps_to(port, wants)[::7]
    return [{"from": holds, "to": wants, "skills": skills, "hoursPerWeek": 6, "startOn": "2027-01-04"}]


def learners(port: int, rungs: int | None = None) -> list[dict]:
    """Anybody to the next role or the one after it, each with skills of the way there; on the first rungs or on all."""
    chance = random.Random(SEED)
    roles = ladder(port)[:rungs]
    pools = [steps_to(port, role) for role in roles]
    return [learner(chance, roles, pools) for _ in range(LEARNERS)]


def learner(chance: random.Random, roles: list[str], pools: list[list[dict]]) -> dict:
    to = chance.randrange(len(roles))
    below = chance.choice([to - 1, to - 2])
    return {
        "from": roles[below] if below >= 0 else None,
        "to": roles[to],
        "skills": chance.sample(pools[to], chance.randrange(1, 9)),
        "hoursPerWeek": "HOURS",
        "startOn": "2027-01-04",
    }


def beginners(port: int) -> list[dict]:
    """To the first role: in the generated catalogue it takes as many steps as two roles of the embedded one."""
    return learners(port, 1)


def ladder(port: int) -> list[str]:
    """One way up, from the first role on."""
    roles = ask(port, body("{ roles { slug next { slug } } }"))["roles"]
    above = {role["slug"]: role["next"] for role in roles}
    way = [roles[0]["slug"]]
    while above[way[-1]]:
        way.append(above[way[-1]][0]["slug"])
    return way


def steps_to(port: int, role: str) -> list[dict]:
    query = "query ($input: RoadmapInput!) { roadmap(input: $input) { milestones { steps { step { level topic { slug } } } } } }"
    roadmap = ask(port, body(query, {"input": {"to": role}}))["roadmap"]
    steps = [step["step"] for milestone in roadmap["milestones"] for step in milestone["steps"]]
    return [{"topic": step["topic"]["slug"], "level": step["level"]} for step in steps]


CASES = [
    Case("a", "60 topics with areas, levels, prerequisites and resources", "topics", "/topics"),
    Case("b", "the same roadmap again and again", "roadmap", "/cached-roadmap", one_learner),
    Case("c", "a roadmap for another learner each time", "roadmap", "/roadmap", learners),
    Case("d", "a page of 20 topics", "page", "/page"),
    Case("e", "as c, in a catalogue of 100,000 steps", "roadmap", "/roadmap", beginners, is_large=True),
]
