"""An attack, what it may cost, and what is measured while it goes on."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1 << 20


class Held(Exception):
    """Something that must hold did not."""


@dataclass
class Target:
    """The server that is attacked."""

    port: int
    is_debug: bool


@dataclass
class Attack:
    name: str
    sends: str
    run: Callable[[Target], int]
    """Sends it; returns the bytes of the largest answer. What must hold beside the bounds raises `Held`."""
    seconds: float
    memory: int
    """MiB that the server may grow by."""
    answer: int
    """KiB of the largest answer."""
    flags: tuple[str, ...] = field(default_factory=tuple)
    """Settings of the server; attacks with the same ones share it."""


ATTACKS: list[Attack] = []


def attack(sends: str, seconds: float, memory: int, answer: int, flags: tuple[str, ...] = ()):
    """Adds a function to the table; its name is the attack's."""

    def add(run: Callable[[Target], int]):
        name = run.__name__.replace("_", " ")
        ATTACKS.append(Attack(name, sends, run, seconds, memory, answer, flags))
        return run

    return add


def expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Held(otherwise)


def resident(process: int) -> int:
    """The bytes of memory that are a process's own: pages of its binary come and go with the system."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:")) * 1024


class Bystander:
    """Another client, which asks for something small again and again, and looks how much memory the server has."""

    PAUSE = 0.02

    def __init__(self, port: int, process: int):
        self.port, self.process = port, process
        self.slowest = 0.0
        self.before = resident(process)
        self.peak = self.before
        self.asked = 0
        self.wrong: str | None = None
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.go, daemon=True)

    def __enter__(self) -> "Bystander":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()

    def go(self) -> None:
        connection = None
        while not self.stopped.is_set():
            began = time.monotonic()
            try:
                if connection is None:
                    # From an address of its own: what one client may hold is no other's.
                    connection = http.client.HTTPConnection(
                        "127.0.0.1", self.port, timeout=60, source_address=("127.0.0.2", 0)
                    )
                # Never the same twice, so that nothing is answered from what is kept.
                self.asked += 1
                query = f'{{ a{self.asked}: topic(slug: "go") {{ title }} }}'
                connection.request("POST", "/graphql", json.dumps({"query": query}), {"content-type": "application/json"})
                response = connection.getresponse()
                text = response.read()
                if response.status != 200 or b'"Go' not in text:
                    self.wrong = f"it was answered {response.status}: {text[:200]!r}"
            except (OSError, http.client.HTTPException) as error:
                self.wrong = f"it was not answered: {error!r}"
                connection = None
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.peak = max(self.peak, resident(self.process))
            self.stopped.wait(self.PAUSE)
        if connection:
            connection.close()
