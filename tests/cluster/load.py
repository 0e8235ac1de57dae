"""Learners who write through whichever server answers, and others who plan."""

import argparse
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from cluster import Cluster
from harness import catalogue
from harness.api import Connection, Refused, Unanswered
from harness.learner import Learner
from harness.model import HOME, LEVEL, Device, State, Write, after

# How long somebody insists on a write before it counts as a failure.
PATIENCE = 60
TIMEOUT = 5
# What takes longer is told one by one, beside what was done to the servers.
SLOW = 2


@dataclass
class Acknowledged:
    """A change of the roadmap at home, for those who follow it."""

    learner: int
    change: int
    replica: int
    at: float


@dataclass
class Tally:
    """What came of all writes and questions."""

    counts: Counter = field(default_factory=Counter)
    kinds: Counter = field(default_factory=Counter)
    edits: Counter = field(default_factory=Counter)
    """Acknowledged ones of the catalogue, by kind."""
    unanswered: Counter = field(default_factory=Counter)
    """By why."""
    seconds: list[float] = field(default_factory=list)
    """From the first time that a write is asked for to its answer."""
    slow: list[tuple[float, float, str]] = field(default_factory=list)
    """When a write that took long was asked for, in how many seconds it was acknowledged, and which it was."""
    changes: list[Acknowledged] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class One:
    def __init__(self, number: int):
        self.learner = Learner(number)
        self.state = State()
        self.lock = threading.Lock()


class Asker(threading.Thread):
    """Has a connection to each server, and a favourite, which it leaves when that does not answer."""

    def __init__(self, cluster: Cluster, tally: Tally, chance: random.Random, token: str | None, pause: float):
        super().__init__()
        self.cluster = cluster
        self.tally, self.chance, self.pause = tally, chance, pause
        self.connections = [Connection(port, token, TIMEOUT) for port in cluster.ports]
        self.favourite = chance.randrange(len(self.connections))
        self.ends = threading.Event()

    def run(self) -> None:
        try:
            while not self.ends.is_set() and not self.tally.wrong:
                self.once()
                self.ends.wait(self.chance.uniform(0, self.pause))
        except Exception as error:  # whatever it is, the run must not go on without this one unnoticed
            self.tally.wrong.append(f"{self.name}: {error!r}")
        for connection in self.connections:
            connection.close()

    def once(self) -> None:
        raise NotImplementedError

    def leave(self, why: str) -> None:
        with self.tally.lock:
            self.tally.unanswered[why] += 1
        self.favourite = self.other()

    def other(self) -> int:
        rest = [number for number in range(len(self.connections)) if number != self.favourite]
        return self.chance.choice(rest or [0])


class Writer(Asker):
    """A device of a learner's. It goes on to the next write when the one before is acknowledged."""

    def __init__(self, cluster: Cluster, tally: Tally, one: One, device: Device, with_id: set[str], options: argparse.Namespace):
        super().__init__(cluster, tally, device.chance, one.learner.token, options.pause)
        self.name, self.one, self.device, self.with_id, self.options = device.name, one, device, with_id, options

    def once(self) -> None:
        with self.one.lock:
            write = self.device.next(self.one.state)
        began = time.monotonic()
        try:
            is_impatient = self.is_known(write) and self.chance.random() < self.options.twins
            payload = (self.impatiently if is_impatient else self.insist)(write, began + PATIENCE)
        except Refused as error:
            self.tally.wrong.append(f"{write} was refused: {error}")
            return
        self.acknowledge(write, payload, began)
        if len(self.connections) > 1 and self.chance.random() < 0.4:
            self.read_elsewhere(write, payload)

    def insist(self, write: Write, until: float) -> dict:
        """Asks until there is an answer, elsewhere each time, by the same id."""
        tries = 0
        while True:
            try:
                return self.one.learner.write(self.connections[self.favourite], write, self.with_id)
            except Unanswered as error:
                self.leave(error.why)
            except Refused:
                # Without ids, what is not there any more has been taken away by the try before.
                if tries and not self.is_known(write) and write.kind in ("delete", "unlog"):
                    return {}
                raise
            tries += 1
            if time.monotonic() > until:
                raise Refused(f"not done after {tries} tries in {PATIENCE} seconds")
            time.sleep(self.chance.uniform(0.02, 0.1))
            if not self.is_known(write) and self.is_there(write):
                return {}

    def is_known(self, write: Write) -> bool:
        return self.one.learner.knows(write, self.with_id)

    def impatiently(self, write: Write, until: float) -> dict:
        """Asks two servers at once, as clients do that do not like to wait: the write is done once all the same."""
        other = Connection(self.connections[self.other()].port, self.one.learner.token, TIMEOUT)
        came: list[Exception] = []
        twin = threading.Thread(target=self.as_twin, args=(other, write, came))
        twin.start()
        payload = self.insist(write, until)
        twin.join()
        if came:
            raise came[0]
        with self.tally.lock:
            self.tally.counts["asked of two servers at once"] += 1
        return payload

    def as_twin(self, connection: Connection, write: Write, came: list[Exception]) -> None:
        try:
            self.one.learner.write(connection, write, self.with_id)
        except Unanswered as error:
            with self.tally.lock:
                self.tally.unanswered[f"twin: {error.why}"] += 1
        except Refused as error:
            came.append(error)
        finally:
            connection.close()

    def is_there(self, write: Write) -> bool:
        """For servers that know no ids: those that make something new look first whether it is there."""
        if write.kind not in ("save", "log"):
            return False
        time.sleep(1)
        try:
            state = self.one.learner.read(self.connections[self.favourite])
        except Unanswered as error:
            self.leave(error.why)
            return False
        return write.title in state.roadmaps if write.kind == "save" else write.note in state.study

    def acknowledge(self, write: Write, payload: dict, began: float) -> None:
        at = time.monotonic()
        with self.one.lock:
            self.one.state = after(self.one.state, write)
        with self.tally.lock:
            self.tally.counts["writes acknowledged"] += 1
            self.tally.kinds[write.kind] += 1
            self.tally.seconds.append(at - began)
            if at - began > SLOW:
                self.tally.slow.append((began, at - began, f"{write.id} {write.kind}"))
            if write.kind == "log" and write.title == HOME and payload.get("roadmap"):
                change = payload["roadmap"]["changeNumber"]
                self.tally.changes.append(Acknowledged(self.one.learner.number, change, self.favourite, at))

    def read_elsewhere(self, write: Write, payload: dict) -> None:
        """Whoever has written sees it, wherever the next question goes."""
        other, began = self.other(), time.monotonic()
        # A connection that was open before its server was killed is of no use: such a look is made on another one.
        self.connections[other].close_if_old(self.cluster.replicas[other].began)
        try:
            missing = self.missing(self.connections[other], write, payload)
        except Unanswered as error:
            self.note_silence(other, began, error.why)
            return
        with self.tally.lock:
            self.tally.counts["read at once elsewhere"] += 1
            if missing:
                self.tally.counts["not seen at once elsewhere"] += 1
                self.tally.wrong.append(f"{write}, acknowledged by replica {self.favourite}, is not seen through replica {other}: {missing}")

    def note_silence(self, replica: int, began: float, why: str) -> None:
        """Nobody answers who is killed; and whoever is not, does."""
        now = time.monotonic()
        with self.tally.lock:
            self.tally.unanswered[f"a look: {why}"] += 1
        if not self.cluster.is_disturbed(replica, began, now):
            self.tally.wrong.append(f"replica {replica} did not answer, and nothing was done to it: {why} after {now - began:.2f} s")

    def missing(self, connection: Connection, write: Write, payload: dict) -> str:
        if write.kind in ("record", "forget"):
            data = connection.ask("{ viewer { skills(first: 100) { nodes { topic } } } }")
            held = {node["topic"] for node in data["viewer"]["skills"]["nodes"]}
            return "" if (set(write.topics) <= held if write.kind == "record" else held.isdisjoint(write.topics)) else f"skills {sorted(held)}"
        if write.kind == "rate":
            data = connection.ask("query ($book: String!) { resource(slug: $book) { rating { average } } }", {"book": self.one.learner.book})
            average = data["resource"]["rating"]["average"]
            # Its other device does not rate, so that what is there is what was given last.
            return "" if average == write.stars else f"{average} stars in place of {write.stars}"
        if not payload:
            return ""
        roadmap = payload.get("roadmap") or {"id": payload.get("deletedId"), "changeNumber": None}
        query = "query ($id: ID!) { savedRoadmap(id: $id) { changeNumber } }"
        found = connection.ask(query, {"id": roadmap["id"]})["savedRoadmap"]
        if write.kind == "delete":
            return f"it is there: {found}" if found else ""
        is_seen = found and found["changeNumber"] >= roadmap["changeNumber"]
        return "" if is_seen else f"{found} in place of {roadmap['changeNumber']}"


class Planner(Asker):
    """Asks for roadmaps. The same question about the same revision has the same answer, whoever gives it and when."""

    QUERY = """query ($input: RoadmapInput!) {
      catalog { revision }
      roadmap(input: $input) { hours steps(first: 50) { nodes { step { topic { slug } hours } startsOn finishesOn } } }
    }"""
    known: dict[tuple, dict] = {}

    def once(self) -> None:
        topics = tuple(sorted(self.chance.sample(catalogue.STEPS[:8], 3)))
        wanted = {"goals": [{"topic": topic, "level": LEVEL} for topic in topics], "startOn": "2027-01-04"}
        try:
            data = self.connections[self.favourite].ask(self.QUERY, {"input": wanted})
        except Unanswered as error:
            self.leave(error.why)
            self.ends.wait(0.1)
            return
        key = (data["catalog"]["revision"], topics)
        with self.tally.lock:
            self.tally.counts["plans"] += 1
            before = self.known.setdefault(key, data["roadmap"])
        if before != data["roadmap"]:
            self.tally.wrong.append(f"revision {key[0]} has two roadmaps for {topics}: {before} and {data['roadmap']}")
        self.favourite = self.chance.randrange(len(self.connections))
