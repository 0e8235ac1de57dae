"""Servers on one PostgreSQL, and what is done to them: each disturbance is noted, so that what was measured meanwhile can be told apart."""

import os
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
# How long servers may take to notice that a copy of the database does not answer.
NOTICED = 3
# Whoever reads from the copy what was just written does not find it.
DELAY = "150ms"


@dataclass
class Disturbance:
    what: str
    replica: int | None
    """`None` for all of them."""
    begins: float
    ends: float = float("inf")
    is_of_copy: bool = False
    """Whether only that is gone which servers can do without."""


class Cluster:
    def __init__(self, binary: Path, folder: Path, replicas: int, catalog: Path | None, has_reader: bool, flags: tuple[str, ...] = ()):
        self.folder, self.binary = folder, binary
        self.postgres = Postgres(folder)
        self.reader = Postgres(folder, "reader", {"recovery_min_apply_delay": DELAY}) if has_reader else None
        self.first = ("--catalog", str(catalog)) if catalog else ()
        self.flags = flags
        self.count = replicas
        self.replicas: list[Server] = []
        self.disturbances: list[Disturbance] = []
        self.lock = threading.Lock()

    def start(self) -> None:
        self.postgres.create()
        if self.reader:
            self.reader.follow(self.postgres)
            self.flags += ("--database-reader", self.reader.url)
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
        for postgres in filter(None, (self.reader, self.postgres)):
            postgres.stop()

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

    def restart(self, postgres: Postgres, how: signal.Signals, seconds: float) -> None:
        name = f"{postgres.name} {'immediate' if how == Postgres.IMMEDIATE else 'fast'}"
        with self.disturbed(name, None, postgres is self.reader):
            postgres.stop(how)
            time.sleep(seconds)
            postgres.start()

    def start_without_copy(self, number: int, seconds: float) -> None:
        """A server does without the copy, and starts without it."""
        with self.disturbed("reader away", None, True):
            self.reader.stop(Postgres.IMMEDIATE)
            time.sleep(seconds)
            self.kill(number, 0)
            self.reader.start()

    def pause_copy(self, seconds: float) -> None:
        """Its connections are there, and nothing comes of them."""
        with self.disturbed("reader paused", None, True):
            processes = self.reader.processes()
            for process in processes:
                os.kill(process, signal.SIGSTOP)
            time.sleep(seconds)
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def cut(self) -> None:
        """Ends the connections of all servers, those that listen among them, at the database's end."""
        with self.disturbed("connections cut", None):
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'waymark%'"
            self.postgres.run("psql", "--quiet", "--dbname", self.postgres.url, "-c", ended)

    @contextmanager
    def disturbed(self, what: str, replica: int | None, is_of_copy: bool = False) -> Iterator[None]:
        disturbance = Disturbance(what, replica, time.monotonic(), is_of_copy=is_of_copy)
        with self.lock:
            self.disturbances.append(disturbance)
        yield
        disturbance.ends = time.monotonic()

    def is_disturbed(self, replica: int, begins: float, ends: float) -> bool:
        """Whether anything was done to a replica, or to what it needs, in a span of time."""
        return any(
            one.replica in (None, replica) and one.begins <= ends and begins <= one.ends + GRACE
            for one in self.disturbances
            if not one.is_of_copy
        )

    def is_copy_changing(self, begins: float) -> bool:
        """Whether the copy has just gone, or come back."""
        return any(
            one.begins - GRACE <= begins <= one.begins + NOTICED or one.ends - GRACE <= begins <= one.ends + GRACE
            for one in self.disturbances
            if one.is_of_copy
        )
