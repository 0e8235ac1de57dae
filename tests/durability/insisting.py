"""Clients that insist: what is not answered is asked again by the same id, through any server, until
it is acknowledged or the round is broken off. And people who come and go, with accounts and tokens."""

import random
import threading
import time
from collections.abc import Callable

from harness import tables
from harness.api import Connection, Refused, Unanswered
from harness.learner import PASSWORD, mutate
from harness.server import Failed

from writing import One, Writing

TIMEOUT = 8
PATIENCE = 60


class Insisting(Writing):
    """As those who write, with several servers that may fail at any time."""

    def __init__(self, learners: int, chance: random.Random, ports: list[int], is_calm: Callable[[], bool]):
        super().__init__(learners, chance)
        self.ports, self.is_calm = ports, is_calm
        self.broken_off = threading.Event()

    def begin(self, _: int = 0) -> None:
        self.broken_off.clear()
        super().begin(self.ports[0])

    def work(self, one: One, device, port: int) -> None:
        chance = random.Random(device.chance.random())
        connections = [Connection(port, one.learner.token, TIMEOUT) for port in self.ports]
        try:
            while not self.ends.is_set() and not self.wrong:
                with one.lock:
                    write = one.pending[device.name] = device.next(one.state)
                if not self.insist(one, write, connections, chance):
                    break
                self.acknowledge(one, device.name, write)
        except Exception as error:  # whatever it is, the round must not go on without this one
            self.wrong.append(f"{device.name}: {error!r}")
        for connection in connections:
            connection.close()

    def insist(self, one: One, write, connections: list[Connection], chance: random.Random) -> bool:
        until = time.monotonic() + PATIENCE
        while not self.broken_off.is_set():
            was_calm = self.is_calm()
            try:
                one.learner.write(chance.choice(connections), write, self.with_id)
                return True
            except Unanswered as error:
                self.note(write, error.why, was_calm and self.is_calm())
            except Refused as error:
                self.wrong.append(f"{write} was refused: {error}")
                return False
            if time.monotonic() > until:
                self.wrong.append(f"{write} was not done within {PATIENCE} seconds")
                return False
            time.sleep(chance.uniform(0.02, 0.15))
        return False

    def note(self, write, why: str, is_wrong: bool) -> None:
        with self.lock:
            self.counts[f"not answered: {why}"] += 1
            if is_wrong and not self.broken_off.is_set():
                self.wrong.append(f"{write} was not answered, and nothing was wrong: {why}")


class Newcomers(threading.Thread):
    """Each makes an account and a token; some change their password, and some leave again."""

    def __init__(self, chance: random.Random, ports: list[int]):
        super().__init__(name="newcomers", daemon=True)
        self.chance, self.ports = chance, ports
        self.ends = threading.Event()
        self.there: dict[str, str] = {}
        """By name: the token that was acknowledged last."""
        self.gone: set[str] = set()
        self.doubtful: set[str] = set()
        """Those who were told nothing, or are in the middle of something."""
        self.wrong: list[str] = []
        self.lock = threading.Lock()
        self.count = 0

    def run(self) -> None:
        while not self.ends.wait(self.chance.uniform(0.1, 0.6)):
            self.count += 1
            name = f"newcomer-{self.count:04}"
            with self.lock:
                self.doubtful.add(name)
            try:
                self.live(name)
            except (Refused, Unanswered) as error:
                self.wrong.append(f"{name}: {error}")

    def live(self, name: str) -> None:
        account = {"email": f"{name}@example.org", "password": PASSWORD}
        connection = Connection(0, timeout=TIMEOUT)
        connection.source = f"127.2.{self.count // 250}.{self.count % 250 + 1}"
        self.insist(connection, lambda: mutate(connection, "signUp", "SignUpInput", account | {"name": name}))
        self.insist(connection, lambda: mutate(connection, "signIn", "SignInInput", account))
        made = self.insist(connection, lambda: self.token(connection, name))
        with self.lock:
            self.there[name] = made
            self.doubtful.discard(name)
        if self.chance.random() < 0.3:
            with self.lock:
                self.doubtful.add(name)
            self.leave(connection, account["password"])
            with self.lock:
                del self.there[name]
                self.gone.add(name)
                self.doubtful.discard(name)
        connection.close()

    def token(self, connection: Connection, name: str) -> str:
        values = {"name": name, "scopes": ["READ"]}
        return mutate(connection, "createAccessToken", "CreateAccessTokenInput", values, "token")["token"]

    def leave(self, connection: Connection, password: str) -> None:
        def delete() -> None:
            try:
                mutate(connection, "deleteAccount", "DeleteAccountInput", {"password": password})
            except Refused as error:
                # The try before was not answered, and was done.
                if error.code not in ("UNAUTHENTICATED", "FORBIDDEN"):
                    raise

        self.insist(connection, delete)

    def insist(self, connection: Connection, work: Callable):
        until = time.monotonic() + PATIENCE
        while True:
            port = self.chance.choice(self.ports)
            if connection.port != port:
                connection.close()
                connection.port = port
            try:
                return work()
            except Unanswered:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def check(self, rows: tables.Rows, port: int | None) -> None:
        """Whoever was told that the account is there has it once, and a token that works."""
        if self.wrong:
            raise Failed("\n".join(self.wrong[:5]))
        with self.lock:
            there, gone, doubtful = dict(self.there), set(self.gone), set(self.doubtful)
        found = [row["name"] for row in rows("SELECT name FROM learners WHERE name LIKE 'newcomer-%'")]
        if twice := {name for name in found if found.count(name) > 1}:
            raise Failed(f"accounts that are there twice: {twice}")
        with self.lock:
            # Who left meanwhile.
            doubtful |= self.doubtful | (self.gone - gone)
        if lost := there.keys() - set(found) - doubtful:
            raise Failed(f"accounts that were acknowledged and are not there: {lost}")
        if back := gone & set(found) - doubtful:
            raise Failed(f"accounts that were deleted and are there: {back}")
        settled = sorted(there.keys() - doubtful)
        for name in random.sample(settled, min(3, len(settled))) if port else ():
            if not Connection(port, there[name]).ask("{ viewer { email } }")["viewer"]:
                raise Failed(f"the token of {name} was acknowledged and does not hold")
