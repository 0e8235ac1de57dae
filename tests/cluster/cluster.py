"""Servers on one PostgreSQL, and what is done to them: each disturbance is noted, so that what was measured meanwhile can be told apart."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.postgres import Postgres
from harness.server import Server

# What clients take to find each other again after a server, or the database, is back.
GRACE = 1.5


@dataclass
class Disturbance:
    what: str
    replica: int | None
    """`None` for all of them."""
    begins: float
    ends: float = float("inf")


class Cluster:
    def __init__(self, binary: Path, folder: Path, replicas: int, catalog: Path | None, flags: tuple[str, ...] = ()):
        self.folder, self.binary = folder, binary
        self.postgres = Postgres(folder)
        self.first = ("--catalog", str(catalog)) if catalog else ()
        self.flags = flags
        self.count = replicas
        self.replicas: list[Server] = []
        self.disturbances: list[Disturbance] = []
        self.lock = threading.Lock()

    def start(self) -> None:
        self.postgres.create()
        logs = [self.folder / f"replica-{number}.log" for number in range(self.count)]
        self.replicas = [Server(self.binary, self.postgres.url, log, self.flags, admin=True) for log in logs]
        # The first one brings the catalogue; afterwards that is whatever curators have made of it.
        self.replicas[0].flags += self.first
        self.replicas[0].start()
        self.replicas[0].wait()
        self.replicas[0].flags = self.flags
        for replica in self.replicas[1:]:
            replica.start()
        for replica in self.replicas[1:]:
            replica.wait()

    def stop(self) -> None:
        for replica in self.replicas:
            replica.kill()
        self.postgres.stop()

    @property
    def ports(self) -> list[int]:
        return [replica.port for replica in self.replicas]

    def kill(self, number: int, seconds: float, how: signal.Signals = signal.SIGKILL) -> None:
        with self.disturbed(f"replica {how.name}", number):
            self.replicas[number].end(how)
            time.sleep(seconds)
            self.replicas[number].start()
            self.replicas[number].wait()

    def pause(self, number: int, seconds: float) -> None:
        """As a machine that is moved, or swaps: it goes on later as though nothing had been."""
        process = self.replicas[number].process
        with self.disturbed("replica paused", number):
            process.send_signal(signal.SIGSTOP)
            time.sleep(seconds)
            process.send_signal(signal.SIGCONT)

    def restart(self, how: signal.Signals, seconds: float) -> None:
        with self.disturbed(f"postgres {'immediate' if how == Postgres.IMMEDIATE else 'fast'}", None):
            self.postgres.stop(how)
            time.sleep(seconds)
            self.postgres.start()

    def hang(self, seconds: float) -> None:
        """PostgreSQL is paused: its connections stay open, and nothing comes of them."""
        with self.disturbed("postgres paused", None), self.postgres.paused():
            time.sleep(seconds)

    def cut(self) -> None:
        """Ends the connections of all servers, those that listen among them, at the database's end."""
        with self.disturbed("connections cut", None):
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'waymark%'"
            self.postgres.run("psql", "--quiet", "--dbname", self.postgres.url, "-c", ended)

    @contextmanager
    def disturbed(self, what: str, replica: int | None) -> Iterator[None]:
        disturbance = Disturbance(what, replica, time.monotonic())
        with self.lock:
            self.disturbances.append(disturbance)
        yield
        disturbance.ends = time.monotonic()

    def is_disturbed(self, replica: int, begins: float, ends: float) -> bool:
        """Whether anything was done to a replica, or to what it needs, in a span of time."""
        return any(
            one.replica in (None, replica) and one.begins <= ends and begins <= one.ends + GRACE
            for one in self.disturbances
        )
