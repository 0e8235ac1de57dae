#!/usr/bin/env python3
"""Several servers on one PostgreSQL, under a load of learners and curators, while servers are killed and the database is restarted; and at the end
whether all is there, and all say the same. See README.md."""

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

import latency  # noqa: E402
from cluster import Cluster  # noqa: E402
from curators import Book, Curator  # noqa: E402
from followers import Follower  # noqa: E402
from harness import catalogue, learner  # noqa: E402
from harness.api import Connection, Refused, Unanswered, takes_request_ids  # noqa: E402
from harness.learner import Learner  # noqa: E402
from harness.model import HOME, Device, after  # noqa: E402
from harness.server import Failed, command  # noqa: E402
from havoc import Havoc  # noqa: E402
from load import One, Planner, Tally, Writer  # noqa: E402
from verdict import Verdict  # noqa: E402


def main() -> int:
    options = parse_options()
    folder = Path(tempfile.mkdtemp(prefix="waymark-cluster-"))
    folder.chmod(0o711)
    catalog = catalogue.write(folder / "catalogue.yaml", 1)
    cluster = Cluster(options.binary, folder, options.replicas, catalog, tuple(options.flag))
    run = Run(options, cluster)
    try:
        run.run()
    except (Failed, Refused, Unanswered) as error:
        run.tally.wrong.append(f"{type(error).__name__}: {error}")
    finally:
        cluster.stop()
    result = run.result()
    text = json.dumps(result, indent=2)
    whole = json.dumps(result | {"timeline": run.timeline()}, indent=2) + "\n"
    for file in filter(None, (folder / "report.json", options.json)):
        file.write_text(whole)
    print(text)
    if run.wrong:
        told = "\n".join(f"- {one[:2000]}" for one in run.wrong[:20])
        print(f"\nFAILED (seed {options.seed}), {len(run.wrong)} times:\n{told}\nEverything is kept in {folder}", file=sys.stderr)
        return 1
    print("Every acknowledged write is in the database, and all servers say the same.")
    shutil.rmtree(folder)
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--seconds", type=float, default=300, help="of load (300)")
    parser.add_argument("--replicas", type=int, default=3, help="servers (3)")
    parser.add_argument("--learners", type=int, default=8, help="each writes on two devices (8)")
    parser.add_argument("--followed", type=int, default=3, help="learners whose roadmap is followed on every server (3)")
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between two writes of a device, at most (0.25)")
    parser.add_argument("--twins", type=float, default=0.05, help="the part of the writes that are asked of two servers at once (0.05)")
    parser.add_argument("--every", type=float, default=3, help="seconds between two edits of a curator's, about (3)")
    parser.add_argument("--curators", type=int, default=2, help="who edit the catalogue (2)")
    parser.add_argument("--calm", type=float, default=4, help="seconds between two disturbances, about (4)")
    parser.add_argument("--peaceful", action="store_true", help="disturbs nothing")
    parser.add_argument("--bound", type=float, default=1.0, help="seconds within which 99 of 100 undisturbed changes must be seen elsewhere (1)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of what is done and when; the time if not given")
    parser.add_argument("--flag", action="append", default=[], help="a further flag for the servers, such as --flag=--limit-running=4")
    parser.add_argument("--json", type=Path, help="a file for the report")
    return parser.parse_args()


class Run:
    def __init__(self, options: argparse.Namespace, cluster: Cluster):
        self.options, self.cluster = options, cluster
        self.chance = random.Random(options.seed)
        self.tally = Tally()
        self.all = [One(number) for number in range(options.learners)]
        self.followers: list[Follower] = []
        self.parts: dict = {}
        self.began = time.monotonic()
        self.verdict = Verdict(cluster, self.all, True)
        self.book = Book()
        self.curators: list[Curator] = []

    @property
    def wrong(self) -> list[str]:
        return self.tally.wrong + self.verdict.wrong

    def run(self) -> None:
        self.cluster.start()
        self.prepare()
        self.follow()
        self.load()
        self.judge()

    def prepare(self) -> None:
        """Accounts, once, and curators, who are made beside the servers."""
        connection = Connection(self.cluster.ports[0])
        self.with_id = takes_request_ids(connection)
        self.verdict.with_counts = bool(self.with_id)
        for one in self.all:
            connection = Connection(self.cluster.ports[0])
            one.learner.sign_up(connection)
            connection.token = one.learner.token
            one.state = after(one.state, learner.home(one.learner, connection, self.with_id))
        for number in range(self.options.curators if "ImportCatalogInput" in self.with_id else 0):
            self.curators.append(self.a_curator(self.options.learners + number))

    def a_curator(self, number: int) -> Curator:
        options, connection = self.options, Connection(self.cluster.ports[0])
        one = Learner(number)
        one.sign_up(connection)
        command(self.cluster.binary, "user", "grant", one.email, "curator", "--database", self.cluster.postgres.url)
        one.is_curator = True
        one.renew(connection)
        return Curator(self.cluster, self.tally, self.some(), one, self.book, options.every, options.twins)

    def follow(self) -> None:
        for replica, port in enumerate(self.cluster.ports):
            self.followers.append(Follower(replica, port, 1))
            for one in self.all[: self.options.followed]:
                self.followers.append(Follower(replica, port, 1, one.learner.token, one.learner.ids[HOME]))
        for follower in self.followers:
            follower.start()
        time.sleep(0.5)

    def load(self) -> None:
        options, cluster, tally = self.options, self.cluster, self.tally
        writers = [
            Writer(cluster, tally, one, Device(f"{one.learner.name}-{name}", name == "b", self.some()), self.with_id, options)
            for one in self.all
            for name in "ab"
        ]
        planners = [Planner(cluster, tally, self.some(), None, options.pause) for _ in range(2)]
        threads = [*writers, *planners, *self.curators]
        havoc = Havoc(cluster, self.some(), (options.calm / 2, options.calm * 1.5), tally.wrong)
        helpers = [] if options.peaceful else [havoc]
        began = self.began = time.monotonic()
        for thread in [*threads, *helpers]:
            thread.start()
        while time.monotonic() - began < options.seconds and not tally.wrong:
            time.sleep(0.2)
        for helper in helpers:
            helper.ends.set()
        for helper in helpers:
            helper.join()
        for thread in threads:
            thread.ends.set()
        for thread in threads:
            thread.join()
        self.seconds = time.monotonic() - began

    def judge(self) -> None:
        self.verdict.read_tables()
        self.parts["quiet after seconds"] = self.verdict.wait_for_quiet(self.followers)
        for follower in self.followers:
            follower.ends.set()
        self.verdict.compare(self.book, self.curators[0].learner.token if self.curators else None)
        roadmaps = {one.learner.number: one.learner.ids[HOME] for one in self.all}
        seen = {
            "roadmaps": latency.of_roadmaps(self.cluster, self.tally.changes, self.followers, roadmaps),
            "catalogue": latency.of_catalogue(self.cluster, list(self.book.made.values()), self.followers),
        }
        for what, figures in seen.items():
            if figures["undisturbed"].get("p99", 0) > self.options.bound:
                self.verdict.wrong.append(f"changes of {what} are seen elsewhere late: {figures}")
            if figures["never seen"]:
                self.verdict.wrong.append(f"{figures['never seen']} changes of {what} were never seen elsewhere")
        self.parts["seconds until seen through another replica"] = seen
        self.parts["errors told to followers"] = dict(Counter(one for follower in self.followers for one in follower.wrong))

    def result(self) -> dict:
        tally, options = self.tally, self.options
        return {
            "seed": options.seed,
            "seconds": round(getattr(self, "seconds", 0), 1),
            "processors": os.cpu_count(),
            "replicas": options.replicas,
            **tally.counts,
            "by kind": dict(tally.kinds),
            "seconds of a write, tries included": latency.percentiles(tally.seconds),
            "not answered, and asked again": dict(tally.unanswered),
            "asked again by its id": bool(getattr(self, "with_id", ())),
            "revisions acknowledged": dict(tally.edits),
            "disturbances": dict(Counter(one.what for one in self.cluster.disturbances)),
            "seconds of a replica's start": latency.percentiles([one for replica in self.cluster.replicas for one in replica.starts]),
            **self.parts,
            "wrong": len(self.wrong),
        }

    def timeline(self) -> list[str]:
        """What was done to the servers and which writes took long, in the order in which they began: for whoever looks for the reason."""
        done = [(one.begins, one.ends - one.begins, f"{one.what} {'' if one.replica is None else one.replica}") for one in self.cluster.disturbances]
        return [f"{at - self.began:7.2f} s, for {seconds:.2f} s: {what}" for at, seconds, what in sorted(done + self.tally.slow)]

    def some(self) -> random.Random:
        """Each has a source of its own, so that what one does depends on no other."""
        return random.Random(self.chance.random())


if __name__ == "__main__":
    sys.exit(main())
