"""What a learner has, what a write makes of it, and what to write next. Pure: the servers are compared with this.

A state is what the tables and the API must both say: roadmaps by their titles and study by its notes, since those are chosen here and an id is not. Each
title and each note is used once, so that one that is there twice has been written twice.
"""

import copy
import itertools
import random
from dataclasses import dataclass, field

from . import catalogue

LEVEL = catalogue.LEVEL
HOME = "home"
"""The title of the roadmap that stays: the second device of a learner logs study on it."""
MOST_ROADMAPS = 5
MOST_STUDY = 30
BATCH = 3


@dataclass
class State:
    roadmaps: dict[str, dict] = field(default_factory=dict)
    """By title: `archived`, `change` (the number of times that it has changed, from 1), `goals`."""
    study: dict[str, dict] = field(default_factory=dict)
    """By note: `roadmap`, `hours`, `topic`."""
    steps: dict[tuple[str, str], str] = field(default_factory=dict)
    """By title and topic: `STARTED` or `COMPLETED`."""
    skills: set[str] = field(default_factory=set)
    stars: int | None = None
    """For the learner's own resource."""

    def plain(self) -> dict:
        """To compare, and to print."""
        return {
            "roadmaps": {title: {name: row[name] for name in ("archived", "change")} for title, row in sorted(self.roadmaps.items())},
            "study": dict(sorted(self.study.items())),
            "steps": {f"{title}/{topic}": state for (title, topic), state in sorted(self.steps.items())},
            "skills": sorted(self.skills),
            "stars": self.stars,
        }


@dataclass(frozen=True)
class Write:
    """One mutation, in the model's own words."""

    id: str
    """Goes along as `clientMutationId`."""
    kind: str
    title: str = ""
    topics: tuple[str, ...] = ()
    note: str = ""
    hours: float = 0
    stars: int | None = None

    def is_gone(self, state: State) -> bool:
        """Whether something has been deleted since that it is about."""
        return bool(self.title) and self.title not in state.roadmaps or self.kind == "log" and self.note not in state.study


def after(state: State, *writes: Write) -> State:
    """The state that writes make of a state. Those of two devices can be told in any order."""
    state = copy.deepcopy(state)
    for write in writes:
        EFFECTS[write.kind](state, write)
    return state


def candidates(state: State, pending: list[Write]) -> list[tuple[State, list[Write]]]:
    """What may be there: each write that nobody has answered has been done as a whole, or not at all."""
    subsets = itertools.chain.from_iterable(itertools.combinations(pending, count) for count in range(len(pending) + 1))
    return [(after(state, *done), list(done)) for done in subsets]


def save(state: State, write: Write) -> None:
    state.roadmaps[write.title] = {"archived": False, "change": 1, "goals": write.topics}


def archive(state: State, write: Write) -> None:
    state.roadmaps[write.title]["archived"] = True
    touch(state, write.title)


def delete(state: State, write: Write) -> None:
    """With all that hangs on it."""
    del state.roadmaps[write.title]
    state.study = {note: row for note, row in state.study.items() if row["roadmap"] != write.title}
    state.steps = {key: is_at for key, is_at in state.steps.items() if key[0] != write.title}


def start(state: State, write: Write) -> None:
    state.steps[write.title, write.topics[0]] = "STARTED"
    touch(state, write.title)


def log(state: State, write: Write) -> None:
    topic = write.topics[0] if write.topics else None
    state.study[write.note] = {"roadmap": write.title, "hours": write.hours, "topic": topic}
    if topic:
        state.steps.setdefault((write.title, topic), "STARTED")
    touch(state, write.title)


def unlog(state: State, write: Write) -> None:
    touch(state, state.study.pop(write.note)["roadmap"])


def complete(state: State, write: Write) -> None:
    state.steps[write.title, write.topics[0]] = "COMPLETED"
    record(state, write)


def record(state: State, write: Write) -> None:
    state.skills.update(write.topics)
    touch(state, *state.roadmaps)


def forget(state: State, write: Write) -> None:
    state.skills.difference_update(write.topics)
    touch(state, *state.roadmaps)


def rate(state: State, write: Write) -> None:
    state.stars = write.stars


def touch(state: State, *titles: str) -> None:
    for title in titles:
        state.roadmaps[title]["change"] += 1


EFFECTS = {function.__name__: function for function in (save, archive, delete, start, log, unlog, complete, record, forget, rate)}


class Device:
    """Chooses what a learner writes next on one device. What two devices of a learner write does not collide: the second one minds the roadmap
    at home, without a step, and the stars."""

    def __init__(self, name: str, is_second: bool, chance: random.Random):
        self.name, self.is_second, self.chance = name, is_second, chance
        self.count = 0

    def next(self, state: State) -> Write:
        self.count += 1
        ways = self.at_home(state) if self.is_second else self.at_work(state)
        kind, fields = self.chance.choice(ways)
        return Write(f"{self.name}-{self.count}", kind, **fields)

    @property
    def marker(self) -> str:
        return f"{self.name} no. {self.count}"

    def at_home(self, state: State) -> list[tuple[str, dict]]:
        ways = [("log", {"title": HOME, "note": self.marker, "hours": self.hours()})] * 4
        ways.append(("rate", {"stars": self.chance.randint(1, 5)}))
        of_home = [note for note, row in state.study.items() if row["roadmap"] == HOME]
        if len(of_home) > MOST_STUDY:
            ways += [("unlog", {"note": self.chance.choice(of_home)})] * 8
        return ways

    def at_work(self, state: State) -> list[tuple[str, dict]]:
        return [*self.on_steps(state), *self.on_roadmaps(state), *self.on_skills(state)]

    def on_steps(self, state: State) -> list[tuple[str, dict]]:
        """Each step of each roadmap may be begun, get its hours, and be completed. A step that is held is not on a plan any more."""
        ways = []
        for title, row in state.roadmaps.items():
            for topic in () if title == HOME or row["archived"] else row["goals"]:
                here, is_at = {"title": title, "topics": (topic,)}, state.steps.get((title, topic))
                if is_at != "COMPLETED" and topic not in state.skills:
                    ways.append(("complete" if is_at else "start", here))
                    ways.append(("log", here | {"note": self.marker, "hours": self.hours()}))
        return ways

    def on_roadmaps(self, state: State) -> list[tuple[str, dict]]:
        kept = [title for title in state.roadmaps if title != HOME]
        taken = {topic for row in state.roadmaps.values() for topic in row["goals"]}
        free = [topic for topic in catalogue.STEPS if topic not in state.skills | taken]
        ways = []
        if len(kept) < MOST_ROADMAPS and len(free) >= BATCH:
            ways += [("save", {"title": self.marker, "topics": tuple(self.chance.sample(free, BATCH))})] * 2
        if kept:
            ways.append(("archive" if self.chance.random() < 0.5 else "delete", {"title": self.chance.choice(kept)}))
        return ways

    def on_skills(self, state: State) -> list[tuple[str, dict]]:
        """Several at once, so that a part of them would show."""
        on_plans = {topic for row in state.roadmaps.values() for topic in row["goals"]}
        ways = []
        for kind, pool in (
            ("record", [topic for topic in catalogue.KNOWN if topic not in state.skills]),
            ("forget", sorted(state.skills - on_plans)),
        ):
            if len(pool) >= BATCH:
                ways.append((kind, {"topics": tuple(self.chance.sample(pool, BATCH))}))
        return ways

    def hours(self) -> float:
        """So little that a day of the log, which has 24 hours, is never full."""
        return self.chance.randint(1, 16) / 1000
