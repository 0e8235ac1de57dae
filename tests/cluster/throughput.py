#!/usr/bin/env python3
"""How much one, two and three servers on one PostgreSQL do: a learner's page, roadmaps that nobody has asked for before, and writes. See README.md."""

import argparse
import json
import multiprocessing
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

import questions  # noqa: E402
from cluster import Cluster  # noqa: E402
from drive import worker  # noqa: E402
from harness.server import Failed  # noqa: E402
from share import Share  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    options = parse_options()
    folder = Path(tempfile.mkdtemp(prefix="waymark-throughput-"))
    folder.chmod(0o711)
    # Nothing that was computed is kept for the next one who asks.
    cluster = Cluster(options.binary, folder, options.replicas, None, ("--answer-cache", "0", "--plan-cache", "0"))
    shares: list[Share] = []
    try:
        cluster.start()
        shares.extend(shared(cluster, options.share))
        result = Measuring(options, cluster).run()
    finally:
        cluster.stop()
        for share in shares:
            share.close()
    result = {"processors": os.cpu_count(), "share of a processor for each server": options.share if shares else None} | result
    print(json.dumps(result, indent=2))
    print(table(result))
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")
    shutil.rmtree(folder)
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--replicas", type=int, default=3, help="at most (3)")
    parser.add_argument("--seconds", type=float, default=4, help="measured each time (4)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured in turn; medians count (3)")
    parser.add_argument("--connections", type=int, default=24, help="for each server (24)")
    parser.add_argument("--learners", type=int, default=24, help="with a roadmap of their own (24)")
    parser.add_argument("--share", type=float, help="the part of a processor that each server gets, such as 0.2, so that they do not take it from each other")
    parser.add_argument("--json", type=Path, help="a file for the results")
    return parser.parse_args()


def shared(cluster: Cluster, share: float | None) -> Iterator[Share]:
    for number, replica in enumerate(cluster.replicas if share else []):
        group = Share(str(number), share)
        group.hold(replica.process.pid)
        yield group


class Measuring:
    def __init__(self, options: argparse.Namespace, cluster: Cluster):
        self.options, self.cluster = options, cluster
        self.learners = questions.prepare(cluster.ports, options.learners)
        self.first = 0

    def run(self) -> dict:
        counts = range(1, self.options.replicas + 1)
        found: dict = {case: {count: [] for count in counts} for case in questions.CASES}
        for _ in range(self.options.rounds):
            for case in questions.CASES:
                for count in counts:
                    found[case][count].append(self.measure(case, count))
        return {case: self.figures(of) for case, of in found.items()}

    def measure(self, case: str, count: int) -> dict:
        """Several processes ask: one alone would be busy before three servers are."""
        options, ports = self.options, self.cluster.ports[:count]
        tokens = [learner.token for learner in self.learners]
        bodies = questions.CASES[case](self.learners, self.first)
        # No question of this measurement has been asked in one before.
        self.first += 10_000_000
        before = self.processor_time()
        ways, processes = [], []
        for number in range(count):
            here, there = multiprocessing.Pipe(duplex=False)
            place = number * options.connections
            arguments = (there, ports, tokens, bodies, options.connections, place, 1.0, options.seconds)
            processes.append(multiprocessing.Process(target=worker, args=arguments))
            ways.append(here)
        for process in processes:
            process.start()
        came = [way.recv() for way in ways]
        for process in processes:
            process.join()
        after = self.processor_time()
        for one in came:
            if isinstance(one, str):
                raise Failed(one)
        rate = sum(answers / seconds for answers, seconds in came)
        # The processors' time is that of the warming up too, which went on at about the same rate.
        asked = rate * (options.seconds + 1)
        return {"rate": rate} | {name: 1000 * (after[name] - before[name]) / asked for name in after}

    def processor_time(self) -> dict[str, float]:
        servers = [replica.process.pid for replica in self.cluster.replicas]
        return {"servers": sum(map(seconds_of, servers)), "postgres": sum(map(seconds_of, self.cluster.postgres.processes()))}

    def figures(self, of: dict[int, list[dict]]) -> dict:
        def median(count: int, name: str) -> float:
            return statistics.median(one[name] for one in of[count])

        return {
            count: {
                "per second": round(median(count, "rate")),
                "÷ one": round(median(count, "rate") / median(1, "rate"), 2),
                "processor ms, server": round(median(count, "servers"), 3),
                "processor ms, PostgreSQL": round(median(count, "postgres"), 3),
            }
            for count in of
        }


def seconds_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICKS


def table(result: dict) -> str:
    """For docs/performance.md."""
    share = result["share of a processor for each server"]
    on = f"each server has {share:g} of one" if share else "servers, PostgreSQL and those who ask share them"
    lines = [f"{result['processors']} processors; {on}.", "", "| | servers | a second | ÷ one | processor ms: server | PostgreSQL |", "|---|---|---|---|---|---|"]
    for case in questions.CASES:
        for count, one in result[case].items():
            lines.append(f"| {case} | {count} | " + " | ".join(str(value) for value in one.values()) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
