#!/usr/bin/env python3
"""Lets one thing after another go wrong while people write, and looks whether all is there that was
acknowledged. See README.md."""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from harness import catalogue, tables  # noqa: E402
from harness.api import Refused, Unanswered  # noqa: E402
from harness.server import Failed  # noqa: E402

from insisting import Insisting, Newcomers  # noqa: E402
from worlds import FAKETIME, GRACE, Alone, Shared, World  # noqa: E402

KINDS = {"sqlite": Alone, "postgres": Shared}
SHARES = {"sqlite": 0.4, "postgres": 0.6}
"""More goes wrong with PostgreSQL, and takes longer to be over."""


def main() -> int:
    options = parse_options()
    folder = Path(tempfile.mkdtemp(prefix="waymark-trouble-"))
    folder.chmod(0o711)
    chosen = {name: kind for name, kind in KINDS.items() if options.only in (None, name)}
    result: dict = {"seed": options.seed, "processors": os.cpu_count(), "clock can be set": bool(FAKETIME)}
    for name, kind in chosen.items():
        home = folder / name
        home.mkdir(mode=0o711)
        catalog = catalogue.write(home / "catalogue.yaml", 1, options.learners)
        chance = random.Random(f"{options.seed} {name}")
        trial = Trial(kind(options.binary.resolve(), home, catalog, chance), options.learners, chance)
        try:
            trial.run(options.seconds * (SHARES[name] if len(chosen) > 1 else 1))
        except (Failed, Refused, Unanswered) as error:
            print(f"\nFAILED (seed {options.seed}, {name}, {trial.last}): {error}\nEverything is kept in {folder}", file=sys.stderr)
            return 1
        finally:
            trial.newcomers.ends.set()
            trial.world.end()
        result[name] = trial.figures()
    text = json.dumps(result, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n")
    print("Whatever was acknowledged is there, and nothing twice.")
    shutil.rmtree(folder)
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--seconds", type=float, default=300, help="of trouble (300), two fifths of them on SQLite")
    parser.add_argument("--learners", type=int, default=4, help="each writes on two devices (4)")
    parser.add_argument("--only", choices=["sqlite", "postgres"], help="one of the two databases alone")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of what goes wrong and what is written; the time if not given")
    parser.add_argument("--json", type=Path, help="a file for the report")
    return parser.parse_args()


class Trial:
    """A world in which one thing after another goes wrong."""

    def __init__(self, world: World, learners: int, chance: random.Random):
        self.world, self.chance = world, chance
        self.writing = Insisting(learners, chance, world.ports, world.is_calm)
        self.newcomers = Newcomers(random.Random(chance.random()), world.ports)
        self.happened: Counter[str] = Counter()
        self.last = "before anything went wrong"
        self.seconds = 0.0

    def run(self, seconds: float) -> None:
        world, writing = self.world, self.writing
        world.start()
        writing.prepare(world.ports[0])
        world.token = writing.all[0].learner.token
        self.newcomers.start()
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            self.round()
        self.newcomers.ends.set()
        self.newcomers.join()
        self.reopened()
        self.seconds = time.monotonic() - began

    def round(self) -> None:
        """People write, something goes wrong and is over, and then what is there is compared: at once,
        or after all servers were killed in the middle of it."""
        self.last, trouble = self.world.draw()
        self.happened[self.last] += 1
        self.writing.begin()
        self.writing.ends.wait(self.chance.uniform(0, 0.5))
        with self.world.trouble():
            trouble()
        self.writing.ends.wait(self.chance.uniform(0.1, 0.8))
        if self.chance.random() < 0.5:
            self.writing.broken_off.set()
            self.writing.ends.set()
            with self.world.trouble():
                self.reopened()
        else:
            self.writing.ends.set()
            self.writing.join()
            self.compare(self.world.ports)
        if sys.stderr.isatty():
            print(f"{self.last}: {self.writing.counts['acknowledged']} writes acknowledged", file=sys.stderr)

    def reopened(self) -> None:
        """All servers are killed, and the database is looked at as it lies there; then they start again."""
        self.world.kill()
        self.writing.join()
        self.world.place.check()
        rows = self.world.place.rows()
        self.writing.settle(tables.read(rows))
        self.newcomers.check(rows, None)
        self.world.start()
        self.compare(self.world.ports)

    def compare(self, ports: list[int]) -> None:
        writing = self.writing
        if any(one.pending for one in writing.all):
            writing.ask_again(self.chance.choice(ports))
        rows = self.world.live()
        writing.settle(tables.read(rows))
        for port in ports:
            self.patiently(lambda port=port: writing.compare_api(port))
        self.patiently(lambda: self.newcomers.check(rows, ports[0]))
        self.happened["comparisons"] += 1

    def patiently(self, look: Callable[[], None]) -> None:
        """Servers may still find out that their connections are broken."""
        until = time.monotonic() + GRACE
        while True:
            try:
                return look()
            except Unanswered:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def figures(self) -> dict:
        writing, newcomers = self.writing, self.newcomers
        starts = sorted(start for server in self.world.servers for start in server.starts)
        return {
            "seconds": round(self.seconds, 1),
            "what went wrong": dict(self.happened),
            **writing.counts,
            "by kind": dict(writing.kinds),
            "accounts made": len(newcomers.there) + len(newcomers.gone),
            "accounts deleted": len(newcomers.gone),
            "seconds of a start, p50 and most": [round(starts[len(starts) // 2], 2), round(starts[-1], 2)],
        }


if __name__ == "__main__":
    sys.exit(main())
