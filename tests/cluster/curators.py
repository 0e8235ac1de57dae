"""Curators, several at once, who change the catalogue through any server: each on the revision that it has seen, so that they get into conflict."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from cluster import Cluster
from edits import FIELDS, Content, Edit, after, choose, input_of, type_of
from harness.api import Conflict, Connection, Refused, Unanswered
from harness.learner import Learner, mutate
from load import PATIENCE, Tally

ANSWER = "revision { number author message } catalog { revision }"


@dataclass
class Made:
    """A revision that was acknowledged."""

    revision: int
    edit: Edit
    author: str
    replica: int
    at: float


class Book:
    """What all curators have been told: the chain of revisions, and what is in each."""

    def __init__(self):
        self.made: dict[int, Made] = {}
        self.contents = [Content()]
        self.edition = 1
        self.lock = threading.Lock()

    def note(self, made: Made) -> None:
        with self.lock:
            before = self.made.setdefault(made.revision, made)
            if before is not made:
                raise Refused(f"revision {made.revision} was acknowledged for {before.edit} and for {made.edit}")
            while following := self.made.get(len(self.contents) + 1):
                self.contents.append(after(self.contents[-1], following.edit, self.past))

    def next_edition(self) -> int:
        with self.lock:
            self.edition += 1
            return self.edition

    def knows(self, revision: int) -> bool:
        return revision <= len(self.contents)

    def past(self, revision: int) -> Content:
        return self.contents[revision - 1]


class Curator(threading.Thread):
    def __init__(self, cluster: Cluster, tally: Tally, chance: random.Random, learner: Learner, book: Book, every: float, twins: float):
        super().__init__(name=learner.name)
        self.tally, self.chance, self.learner, self.book, self.every, self.twins = tally, chance, learner, book, every, twins
        self.connections = [Connection(port, learner.token, 10) for port in cluster.ports]
        self.ends = threading.Event()
        self.count = 0

    def run(self) -> None:
        while not self.ends.wait(self.chance.uniform(0.5, 1.5) * self.every) and not self.tally.wrong:
            try:
                self.change()
            except Exception as error:  # whatever it is, the run must not go on without this one unnoticed
                self.tally.wrong.append(f"{self.name}: {error!r}")

    def change(self) -> None:
        """One edit, on what is seen; where others were first, another one on what they have made."""
        until = time.monotonic() + PATIENCE
        while True:
            self.count += 1
            edit = choose(self.chance, f"{self.name}-{self.count}", self.book.next_edition(), self.seen(until), self.book.past)
            try:
                self.acknowledge(edit, until)
                return
            except Conflict as error:
                self.look_at(edit, error)

    def seen(self, until: float) -> int:
        """The newest revision that some server knows, and of which it is known what is in it: whoever has made it may not have heard of it yet."""

        def look(replica: int) -> int:
            return self.connections[replica].ask("{ catalog { revision } }")["catalog"]["revision"]

        while not self.book.knows(revision := self.insist("a look", look, until)[0]):
            if time.monotonic() > until:
                raise Refused(f"nobody was told of revision {revision} in {PATIENCE} seconds")
            time.sleep(0.05)
        return revision

    def insist(self, what: str, ask: Callable[[int], int], until: float) -> tuple[int, int]:
        """Asks one server after the other until there is an answer, and says which one gave it."""
        while True:
            replica = self.chance.randrange(len(self.connections))
            try:
                return ask(replica), replica
            except Unanswered as error:
                # Others who change the catalogue all the time are no conflict with what was seen.
                if isinstance(error, Conflict) and "currentRevision" in error.extensions:
                    raise
                if time.monotonic() > until:
                    raise Refused(f"{what} was not answered in {PATIENCE} seconds: {error.why}") from error
                with self.tally.lock:
                    self.tally.unanswered[f"curator: {error.why}"] += 1
                time.sleep(0.2)

    def acknowledge(self, edit: Edit, until: float) -> None:
        twin = None
        if len(self.connections) > 1 and self.chance.random() < self.twins:
            replica = self.chance.randrange(len(self.connections))
            connection = Connection(self.connections[replica].port, self.learner.token, 10)
            twin = threading.Thread(target=self.as_twin, args=(connection, edit))
            twin.start()
        try:
            revision, replica = self.insist(str(edit), lambda number: self.ask(self.connections[number], edit), until)
        finally:
            if twin:
                twin.join()
        self.book.note(Made(revision, edit, self.learner.name, replica, time.monotonic()))
        with self.tally.lock:
            self.tally.edits[edit.kind] += 1

    def as_twin(self, connection: Connection, edit: Edit) -> None:
        """The same at once through another server: whatever comes of it is found in the revisions."""
        try:
            self.try_(connection, edit)
        except Unanswered as error:
            with self.tally.lock:
                self.tally.unanswered[f"curator's twin: {error.why}"] += 1
        except Refused as error:
            self.tally.wrong.append(f"{self.name}: {error}")
        finally:
            connection.close()

    def try_(self, connection: Connection, edit: Edit) -> None:
        try:
            self.ask(connection, edit)
        except Conflict as error:
            if "currentRevision" in error.extensions:
                self.look_at(edit, error)

    def ask(self, connection: Connection, edit: Edit) -> int:
        payload = mutate(connection, FIELDS[edit.kind], type_of(edit), input_of(edit), ANSWER)
        revision = payload["revision"]
        if not revision:
            raise Refused(f"{edit} has made no revision")
        told = (revision["author"], revision["message"])
        if told != (self.learner.name, edit.message):
            raise Refused(f"{edit} was answered by the revision of {told}")
        if edit.expected is not None and revision["number"] != edit.expected + 1:
            raise Refused(f"{edit} has become revision {revision['number']}")
        if payload["catalog"]["revision"] < revision["number"]:
            raise Refused(f"{edit} was answered with the catalogue of {payload['catalog']}")
        return revision["number"]

    def look_at(self, edit: Edit, error: Conflict) -> None:
        """It says who has done what since: somebody has, and it was not this very edit."""
        current, changes = error.extensions["currentRevision"], error.extensions["changes"]
        numbers = sorted(change["revision"] for change in changes)
        if edit.expected is None or current <= edit.expected or numbers != list(range(max(edit.expected, current - 10) + 1, current + 1)):
            raise Refused(f"{edit} was in conflict with {error.extensions}")
        if any(not change["author"] or change["message"] == edit.message for change in changes):
            raise Refused(f"{edit} was in conflict with itself, or with nobody: {error.extensions}")
        with self.tally.lock:
            self.tally.counts["edits in conflict"] += 1
