"""What servers are asked while their throughput is measured. The catalogue is the embedded one."""

from dataclasses import dataclass

from drive import Bodies, as_json
from harness.api import Connection
from harness.learner import Learner, mutate

PAGE = """{ viewer { name skillCount roadmaps(first: 5) { nodes {
  title changeNumber version { number hours finishesOn }
  progress { stepsDone stepsTotal hoursSpent percentByHours }
  next { topic level hours state }
} } } }"""
PLAN = """query ($input: RoadmapInput!) { roadmap(input: $input) {
  hours provenMinimal schedule { finishesOn } steps(first: 100) { nodes { step { topic { slug } level } startsOn finishesOn } }
} }"""
ANSWER = "{ roadmap { changeNumber } userErrors { code } }"
LOG = f"mutation ($input: LogStudyInput!) {{ logStudy(input: $input) {ANSWER} }}"
COMPLETE = f"mutation ($input: RoadmapStepInput!) {{ completeStep(input: $input) {ANSWER} }}"
ROADMAP = {"to": "backend-architect", "hoursPerWeek": 6, "startOn": "2027-01-04"}


@dataclass
class Measured(Learner):
    roadmap: str = ""
    steps: tuple = ()


def prepare(ports: list[int], count: int) -> list[Measured]:
    """Learners with a roadmap each."""
    learners = [Measured(number) for number in range(count)]
    for learner in learners:
        connection = Connection(ports[learner.number % len(ports)])
        learner.sign_up(connection)
        connection.token = learner.token
        answer = "roadmap { id version { steps(first: 100) { nodes { topic level } } } }"
        saved = mutate(connection, "saveRoadmap", "SaveRoadmapInput", {"title": "Up", "roadmap": ROADMAP}, answer)
        learner.roadmap = saved["roadmap"]["id"]
        learner.steps = tuple(saved["roadmap"]["version"]["steps"]["nodes"])
        connection.close()
    return learners


def page(learners: list[Measured], first: int) -> Bodies:
    body = as_json(PAGE, {})
    return lambda number, asked: body


def plan(learners: list[Measured], first: int) -> Bodies:
    """No two alike: nothing but the question's own plan answers it."""

    def of(number: int, asked: int) -> str:
        hours = 4 + (first + 1000 * asked + number) % 997_331 / 30_000
        return as_json(PLAN, {"input": ROADMAP | {"hoursPerWeek": round(hours, 6), "from": "mid-level-backend-engineer"}})

    return of


def write(learners: list[Measured], first: int) -> Bodies:
    """Steps completed and hours logged in turn, by each connection for a learner of its own."""

    def of(number: int, asked: int) -> str:
        learner = learners[number % len(learners)]
        step = learner.steps[asked // 2 % len(learner.steps)]
        values = {"roadmap": learner.roadmap, "step": step}
        return as_json(COMPLETE, {"input": values}) if asked % 2 else as_json(LOG, {"input": values | {"hours": 0.001}})

    return of


CASES = {"page": page, "plan": plan, "write": write}
