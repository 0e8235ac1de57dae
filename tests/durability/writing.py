"""Learners who write on two devices each, until the server is gone; and what they were told."""

import random
import threading
from collections import Counter
from collections.abc import Iterator

from harness import compare, learner
from harness.api import Connection, Refused, Unanswered, takes_request_ids
from harness.learner import Learner
from harness.model import Device, State, Write, after
from harness.server import Failed


class One:
    """A learner with the state that was acknowledged, and what nobody has answered."""

    def __init__(self, number: int, chance: random.Random):
        self.learner = Learner(number)
        self.devices = [Device(f"{self.learner.name}-{name}", name == "b", random.Random(chance.random())) for name in "ab"]
        self.state = State()
        self.pending: dict[str, Write] = {}
        self.last: dict[str, Write] = {}
        """By device: what was acknowledged last."""
        self.done: set[str] = set()
        """The ids of what nobody answered, and was done."""
        self.lock = threading.Lock()


class Writing:
    def __init__(self, learners: int, chance: random.Random):
        self.all = [One(number, chance) for number in range(learners)]
        self.ends = threading.Event()
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.lock = threading.Lock()
        self.with_id: set[str] = set()

    def prepare(self, port: int) -> None:
        """Accounts, once."""
        self.with_id = takes_request_ids(Connection(port))
        for one in self.all:
            connection = Connection(port)
            one.learner.sign_up(connection)
            connection.token = one.learner.token
            one.state = after(one.state, learner.home(one.learner, connection, self.with_id))

    def begin(self, port: int) -> None:
        self.ends.clear()
        pairs = [(one, device) for one in self.all for device in one.devices]
        self.threads = [threading.Thread(target=self.work, args=(one, device, port)) for one, device in pairs]
        for thread in self.threads:
            thread.start()

    def join(self) -> None:
        for thread in self.threads:
            thread.join()
        if self.wrong:
            raise Failed("\n".join(self.wrong[:5]))

    def work(self, one: One, device: Device, port: int) -> None:
        connection = Connection(port, one.learner.token)
        while not self.ends.is_set() and not self.wrong:
            with one.lock:
                write = one.pending[device.name] = device.next(one.state)
            try:
                one.learner.write(connection, write, self.with_id)
            except Unanswered as error:
                # Once it is killed anything is lost; before that every question has its answer.
                if not self.ends.is_set():
                    self.wrong.append(f"{write} was not answered by a server that ran: {error.why}")
                break
            except Refused as error:
                self.wrong.append(f"{write} was refused: {error}")
                break
            self.acknowledge(one, device.name, write)
        connection.close()

    def acknowledge(self, one: One, device: str, write: Write) -> None:
        with one.lock:
            one.state = after(one.state, write)
            one.last[device] = one.pending.pop(device)
        with self.lock:
            self.counts["acknowledged"] += 1
            self.kinds[write.kind] += 1

    def settle(self, actual: dict[str, State]) -> None:
        """The tables have every acknowledged write, and those that nobody answered whole or not at all."""
        for one in self.all:
            name, pending = one.learner.name, list(one.pending.values())
            if name not in actual:
                raise Failed(f"{name} has no row")
            one.state, done = compare.settle(name, one.state, pending, actual[name], "the tables")
            one.done = {write.id for write in done}
            self.counts["unanswered"] += len(pending)
            self.counts["unanswered, and done"] += len(done)

    def compare_api(self, port: int) -> None:
        for one, connection in self.connections(port):
            compare.must_be(one.learner.name, one.state, one.learner.read(connection), "the answers", steps=False)

    def ask_again(self, port: int) -> None:
        """What nobody answered is asked again, and what was answered last, since an answer may be lost on its way. By its id the server knows what
        it has done; without ids only what was not done is asked for."""
        for one, connection in self.connections(port):
            for write in one.last.values():
                if one.learner.knows(write, self.with_id):
                    self.repeat(one, connection, write)
                    self.counts["asked again, though acknowledged"] += 1
            for write in one.pending.values():
                is_done = write.id in one.done
                if is_done and not one.learner.knows(write, self.with_id):
                    continue
                if is_done:
                    self.repeat(one, connection, write)
                else:
                    one.learner.write(connection, write, self.with_id)
                    one.state = after(one.state, write)
                self.counts["asked again, and not done twice" if is_done else "asked again, and done"] += 1
            one.pending.clear()
            one.last.clear()

    def repeat(self, one: One, connection: Connection, write: Write) -> None:
        """What was done is answered by what it is about as that is by now: where that has been deleted since, the answer says so."""
        try:
            one.learner.write(connection, write, self.with_id)
        except Refused as error:
            if error.code != "NOT_FOUND" or not write.is_gone(one.state):
                raise Failed(f"{write} was done, and when it was asked again: {error}") from error
            self.counts["asked again, and deleted since"] += 1

    def connections(self, port: int) -> Iterator[tuple[One, Connection]]:
        for one in self.all:
            connection = Connection(port, one.learner.token)
            try:
                yield one, connection
            finally:
                connection.close()
