#!/usr/bin/env python3
"""Kills a server of Waymark's at random moments while learners write, and looks whether all is there that was acknowledged. See README.md."""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from harness import catalogue, tables  # noqa: E402
from harness.api import Refused, Unanswered  # noqa: E402
from harness.postgres import Postgres  # noqa: E402
from harness.server import Failed, Server  # noqa: E402

import places  # noqa: E402
from writing import Writing  # noqa: E402

FIRST_STARTS = 5
"""How many databases are killed while they are made."""


def main() -> int:
    options = parse_options()
    folder = Path(tempfile.mkdtemp(prefix="waymark-kill-"))
    folder.chmod(0o711)
    postgres = None
    trial = None
    try:
        if options.postgres:
            postgres = Postgres(folder)
            postgres.create()
        trial = Trial(options, folder, postgres.url if postgres else options.database)
        trial.run()
    except (Failed, Refused, Unanswered) as error:
        print(f"\nFAILED (seed {options.seed}): {error}\nEverything is kept in {folder}", file=sys.stderr)
        return 1
    finally:
        if trial:
            trial.server.kill()
        if postgres:
            postgres.stop()
    report(trial, options)
    shutil.rmtree(folder)
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--rounds", type=int, default=100, help="how often it is killed (100)")
    parser.add_argument("--learners", type=int, default=6, help="each writes on two devices (6)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the moments and of what is written; the time if not given")
    parser.add_argument("--longest", type=float, default=0.6, help="seconds of writing before it is killed, at most (0.6)")
    parser.add_argument("--database", help="an empty database, postgres://…; a SQLite file of its own if not given")
    parser.add_argument("--postgres", action="store_true", help="starts a PostgreSQL of its own")
    parser.add_argument("--json", type=Path, help="a file for the report")
    return parser.parse_args()


class Trial:
    """One server on one database, killed again and again."""

    def __init__(self, options: argparse.Namespace, folder: Path, database: str | None):
        self.options, self.folder = options, folder
        self.chance = random.Random(options.seed)
        self.place = places.Remote(database) if database else places.File(folder / "waymark.db")
        self.catalog = catalogue.write(folder / "catalogue.yaml", 1, options.learners)
        self.server = self.a_server(self.place.database)
        self.counts: Counter[str] = Counter()
        self.seconds: list[float] = []

    def a_server(self, database: str) -> Server:
        return Server(self.options.binary, database, self.folder / "server.log", ("--catalog", str(self.catalog)))

    def run(self) -> None:
        if isinstance(self.place, places.File):
            for number in range(FIRST_STARTS):
                self.first_start(number)
        self.server.start()
        self.server.wait()
        self.writing = Writing(self.options.learners, self.chance)
        self.writing.prepare(self.server.port)
        for number in range(1, self.options.rounds + 1):
            began = time.monotonic()
            self.round()
            self.seconds.append(time.monotonic() - began)
            self.progress(number)

    def first_start(self, number: int) -> None:
        """A server that is killed while it makes its database starts on whatever it left."""
        place = places.File(self.folder / f"first-{number}.db")
        server = self.a_server(place.database)
        try:
            server.start()
            time.sleep(self.chance.uniform(0, 0.12))
            server.kill()
            place.check()
            server.start()
            server.wait()
        finally:
            server.kill()
        self.counts["killed while making a database"] += 1

    def round(self) -> None:
        """Writes, is killed, is looked at as it lies there, starts, is asked, and is told again what it had not answered."""
        writing = self.writing
        writing.begin(self.server.port)
        time.sleep(self.chance.uniform(0.02, self.options.longest))
        writing.ends.set()
        self.server.kill()
        writing.join()
        self.place.check()
        writing.settle(tables.read(self.place.rows()))
        if self.chance.random() < 0.2:
            self.kill_in_start()
        self.server.start()
        self.server.wait()
        writing.compare_api(self.server.port)
        writing.ask_again(self.server.port)
        writing.compare_api(self.server.port)

    def kill_in_start(self) -> None:
        self.server.start()
        time.sleep(self.chance.uniform(0, 0.08))
        self.server.kill()
        self.place.check()
        self.counts["killed while starting"] += 1

    def progress(self, number: int) -> None:
        if sys.stderr.isatty() or number % 10 == 0:
            counts = self.writing.counts
            print(f"round {number}: {counts['acknowledged']} writes acknowledged, {counts['unanswered']} unanswered", file=sys.stderr)


def report(trial: Trial, options: argparse.Namespace) -> None:
    counts = trial.counts + trial.writing.counts
    starts = sorted(trial.server.starts)
    result = {
        "seed": options.seed,
        "database": type(trial.place).__name__.lower(),
        "processors": os.cpu_count(),
        "rounds": options.rounds,
        **counts,
        "by kind": dict(trial.writing.kinds),
        "asked again by its id": bool(trial.writing.with_id),
        "seconds of a start, p50 and most": [round(starts[len(starts) // 2], 3), round(starts[-1], 3)],
        "seconds of a round, mean": round(sum(trial.seconds) / len(trial.seconds), 2),
    }
    text = json.dumps(result, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text + "\n")
    print("Every acknowledged write is there, none by half, none twice; the database is sound, and the server started each time.")


if __name__ == "__main__":
    sys.exit(main())
