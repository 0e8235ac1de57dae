"""What goes wrong: with one server on a SQLite file, and with two servers on one PostgreSQL."""

import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness import tables
from harness.api import Connection
from harness.learner import PASSWORD
from harness.postgres import Postgres
from harness.server import Failed, Server

import places

ROOM = "24m"
"""The size of the file system that is filled."""
SERVER_ROOM = "192m"
"""The same for PostgreSQL, whose log is kept to a few pieces of 16 MB."""
SMALL_LOG = {"max_wal_size": "48MB", "min_wal_size": "32MB"}
SOON = 2.6
"""Seconds within which readiness must be lost: two, and what a slow machine takes."""
GRACE = 2.0
"""Seconds after which whatever went wrong is over for everybody."""
FAKETIME = [*Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]


class World:
    """Servers, what may go wrong with them, and the database as it is found when it is opened anew."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.servers: list[Server] = []
        self.place: places.File | places.Remote
        self.troubled = 0
        self.calm_since = 0.0
        self.deck: list[tuple[str, Callable[[], None]]] = []

    @property
    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    def start(self) -> None:
        for server in self.servers:
            server.start()
            server.wait()

    def kill(self) -> None:
        for server in self.servers:
            server.kill()

    def end(self) -> None:
        self.kill()

    def live(self) -> tables.Rows:
        """The database while servers use it."""
        return tables.of(self.place.database)

    def is_calm(self) -> bool:
        return not self.troubled and time.monotonic() > self.calm_since + GRACE

    @contextmanager
    def trouble(self) -> Iterator[None]:
        self.troubled += 1
        try:
            yield
            for server in self.servers:
                self.is_back(server)
        finally:
            self.calm_since = time.monotonic()
            self.troubled -= 1

    def draw(self) -> tuple[str, Callable[[], None]]:
        """Each of them before any comes again."""
        if not self.deck:
            self.deck = self.troubles()
            self.chance.shuffle(self.deck)
        return self.deck.pop()

    def troubles(self) -> list[tuple[str, Callable[[], None]]]:
        raise NotImplementedError

    def some(self, least: float, most: float) -> float:
        return self.chance.uniform(least, most)

    def any(self) -> Server:
        return self.chance.choice(self.servers)

    def is_back(self, server: Server, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not server.is_ready():
            if time.monotonic() > until or not server.is_running():
                raise Failed(f"the server at port {server.port} is not ready again: {server.readiness()}, see {server.log}")
            time.sleep(0.02)

    def not_ready(self, server: Server, words: str, seconds: float = 20) -> None:
        """Until `/ready` says so, by words that tell nothing of where the database is."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            status, said = server.readiness()
            if status == 503 and words in said:
                if "/" in said or "127.0.0.1" in said:
                    raise Failed(f"/ready tells of the inside: {said}")
                return
            time.sleep(0.05)
        raise Failed(f"/ready did not say '{words}' within {seconds} s, but {server.readiness()}")

    # What may happen to any server.

    def killed(self) -> None:
        self.restart(self.any(), signal.SIGKILL, self.some(0, 0.5))

    def stopped(self) -> None:
        self.restart(self.any(), signal.SIGTERM, self.some(0, 0.5))

    def restart(self, server: Server, how: signal.Signals, seconds: float) -> None:
        server.end(how)
        time.sleep(seconds)
        server.start()

    def killed_in_its_start(self) -> None:
        server = self.any()
        server.kill()
        for _ in range(2):
            server.start()
            time.sleep(self.some(0, 0.15))
            server.kill()
        server.start()

    def paused(self) -> None:
        server = self.any()
        server.process.send_signal(signal.SIGSTOP)
        time.sleep(self.some(0.2, 2))
        server.process.send_signal(signal.SIGCONT)

    def clock_set_back(self) -> None:
        """For one of them, while it runs; and right again some time later."""
        clock = self.clock_of(self.any())
        clock.write_text(f"-{self.chance.randint(1, 300)}m\n")
        time.sleep(self.some(0.5, 2))
        clock.write_text("+0\n")

    def with_clock(self, server: Server) -> Server:
        """A server whose clock can be set, by a library that is put in front of the system's."""
        if FAKETIME:
            clock = self.clock_of(server)
            clock.write_text("+0\n")
            server.env |= {
                "LD_PRELOAD": str(FAKETIME[0]),
                "FAKETIME_TIMESTAMP_FILE": str(clock),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        return server

    def clock_of(self, server: Server) -> Path:
        return server.log.with_suffix(".clock")

    def with_any(self) -> list[tuple[str, Callable[[], None]]]:
        ways = [
            ("kill -9", self.killed),
            ("SIGTERM", self.stopped),
            ("kill -9 in its start", self.killed_in_its_start),
            ("paused", self.paused),
        ]
        return [*ways, ("clock set back", self.clock_set_back)] if FAKETIME else ways


def mounted(folder: Path, size: str) -> bool:
    """Whether a folder has a small file system of its own now: not every user may mount one."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        return True
    print(f"No file system can be mounted at {folder}: its disk is never full in this run", file=sys.stderr)
    return False


def fill(ballast: Path) -> None:
    """Writes to a file until there is no room."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass


class Alone(World):
    """One server on a file, on a file system of its own where this user may mount one."""

    def __init__(self, binary: Path, folder: Path, catalog: Path, chance: random.Random):
        super().__init__(chance)
        self.disk = folder / "disk"
        self.is_small = mounted(self.disk, ROOM)
        self.place = places.File(self.disk / "waymark.db")
        self.place.copy = folder / "copy.db"
        server = Server(binary, self.place.database, folder / "alone.log", ("--catalog", str(catalog)))
        self.servers = [self.with_clock(server)]

    def end(self) -> None:
        super().end()
        if self.is_small:
            subprocess.run(["umount", "-l", str(self.disk)], check=False)

    def troubles(self) -> list[tuple[str, Callable[[], None]]]:
        ways = [*self.with_any(), ("files may not grow", self.limited), ("locked by another program", self.locked)]
        return [*ways, ("disk full", self.full)] if self.is_small else ways

    def full(self) -> None:
        ballast = self.disk / "ballast"
        try:
            fill(ballast)
            self.not_ready(self.servers[0], "disk of the database")
            time.sleep(self.some(0.2, 2))
        finally:
            ballast.unlink(missing_ok=True)

    def limited(self) -> None:
        """Whatever is written behind some place of a file fails, as on a disk with a bad spot."""
        process = self.servers[0].process
        _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        most = self.chance.randint(0, 1 << 16)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, hard))
        self.not_ready(self.servers[0], "disk of the database")
        time.sleep(self.some(0.2, 2))
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))

    def locked(self) -> None:
        other = sqlite3.connect(self.place.path, timeout=30, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            self.not_ready(self.servers[0], "locked")
            time.sleep(self.some(0, 1))
            other.execute("ROLLBACK")
        finally:
            other.close()


class Shared(World):
    """Two servers on one PostgreSQL."""

    def __init__(self, binary: Path, folder: Path, catalog: Path, chance: random.Random):
        super().__init__(chance)
        self.disk = folder / "disk"
        self.is_small = mounted(self.disk, SERVER_ROOM)
        self.postgres = Postgres(self.disk, settings=SMALL_LOG)
        self.postgres.create()
        self.place = places.Remote(self.postgres.url)
        logs = [folder / f"shared-{number}.log" for number in range(2)]
        flags = ("--catalog", str(catalog))
        self.servers = [self.with_clock(Server(binary, self.postgres.url, log, flags)) for log in logs]
        self.token = ""

    def end(self) -> None:
        super().end()
        self.postgres.stop()
        if self.is_small:
            subprocess.run(["umount", "-l", str(self.disk)], check=False)

    def troubles(self) -> list[tuple[str, Callable[[], None]]]:
        ways = [
            *self.with_any(),
            ("both killed", self.both_killed),
            ("PostgreSQL restarts", lambda: self.database_restarts(Postgres.FAST)),
            ("PostgreSQL crashes", lambda: self.database_restarts(Postgres.IMMEDIATE)),
            ("PostgreSQL hangs", self.database_hangs),
            ("connections cut", self.cut),
            ("PostgreSQL takes no writes", self.read_only),
        ]
        return [*ways, ("disk of PostgreSQL full", self.full)] if self.is_small else ways

    def both_killed(self) -> None:
        threads = [
            threading.Thread(target=self.restart, args=(server, signal.SIGKILL, self.some(0, 0.5))) for server in self.servers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def database_restarts(self, how: signal.Signals) -> None:
        self.postgres.stop(how)
        time.sleep(self.some(0, 2.5))
        self.postgres.start()

    def database_hangs(self) -> None:
        """Within two seconds no server is ready, and whoever asks is told so instead of waiting."""
        with self.postgres.paused():
            began = time.monotonic()
            for server in self.servers:
                self.not_ready(server, "cannot be reached", SOON - (time.monotonic() - began))
            for server in self.servers:
                self.fails_fast(server)
            time.sleep(self.some(0, 2))

    def fails_fast(self, server: Server) -> None:
        """Whoever needs the database is told so at once; whoever does not is answered."""
        sign_in = f'mutation {{ signIn(input: {{ email: "a@example.org", password: "{PASSWORD}" }}) {{ userErrors {{ code }} }} }}'
        for token, query in (self.token, "{ viewer { email } }"), (None, sign_in):
            began = time.monotonic()
            status, answer = Connection(server.port, token).post(json.dumps({"query": query}))
            took, code = time.monotonic() - began, answer["errors"][0]["extensions"]["code"]
            if status != 503 or code != "UNAVAILABLE" or took > SOON:
                raise Failed(f"while PostgreSQL hangs: {query}: {status} {answer} after {took:.1f} s")
        Connection(server.port, timeout=SOON).ask("{ catalog { revision } }")

    def full(self) -> None:
        """PostgreSQL refuses what needs more room, or ends where its log has none; then whoever runs it makes room, and starts it anew."""
        ballast = self.disk / "ballast"
        fill(ballast)
        try:
            # More than there was room for before.
            if self.succeeds("CREATE TABLE crowd AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 400000) AS n"):
                raise Failed("PostgreSQL has written to a disk that is full")
            time.sleep(self.some(0.5, 2.5))
        finally:
            ballast.unlink(missing_ok=True)
        if not self.postgres.is_running():
            self.postgres.start()
        self.run("DROP TABLE IF EXISTS crowd")

    def cut(self) -> None:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'waymark%'"
        for _ in range(self.chance.randint(1, 4)):
            self.run(ended)
            time.sleep(self.some(0, 0.3))

    def read_only(self) -> None:
        """As a database that another one has taken the place of."""
        self.run("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        self.not_ready(self.any(), "may not be written")
        time.sleep(self.some(0, 1))
        off = "SET default_transaction_read_only = off"
        self.run(off, "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")

    def succeeds(self, statement: str) -> bool:
        try:
            self.run(statement)
        except Failed:
            return False
        return True

    def run(self, *statements: str) -> None:
        commands = [text for statement in statements for text in ("-c", statement)]
        self.postgres.run("psql", "--quiet", "--dbname", self.postgres.url, *commands)
