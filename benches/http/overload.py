#!/usr/bin/env python3
"""Asks a server ten times as much as it can do, for a minute, and writes down what became of those who were answered, of the memory, and of
the server afterwards. See README.md."""

import argparse
import json
import re
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

from cases import CASES
from servers import Running, Setting, free_port, waymark

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# A roadmap for another learner each time: what costs most, and is never answered from what is kept.
CASE = next(case for case in CASES if case.name == "c")
TIMES = 10
# They are asked more often than that, since who waits for an answer asks nothing meanwhile.
EAGERNESS = 1.5
# Enough connections that those who wait for an answer do not keep the others from asking.
CROWD = 4_000


def main() -> None:
    options = parse_options()
    setting = Setting(options.waymark, Path(), options.work, options.server_core)
    setting.work.mkdir(parents=True, exist_ok=True)
    admin = free_port()
    server = waymark("overloaded", flags=("--admin-listen", f"127.0.0.1:{admin}"))
    with Running(server, setting, CASE) as running:
        (setting.work / "bodies.txt").write_text("\n".join(CASE.bodies(running.port)) + "\n")
        before = phase(running, admin, setting, options, options.calm, connections=8)
        rate = before["answered"] / before["seconds"]
        pause = 1000 * CROWD / (TIMES * EAGERNESS * rate)
        during = phase(running, admin, setting, options, options.seconds, CROWD, pause)
        after = phase(running, admin, setting, options, options.calm, connections=8)
        refused = during["failed"] + during["refused"]
        result = {
            "asked ÷ sustainable": (during["answered"] + refused) / during["seconds"] / rate,
            "answered ÷ sustainable": during["answered"] / during["seconds"] / rate,
            "answered within, p50 and p99 in ms": [during["p50"], during["p99"]],
            "the same before": [before["p50"], before["p99"]],
            "memory in MB: before, at most, afterwards": [before["memory"], during["memory"], after["memory"]],
            "afterwards ÷ before": after["answered"] / after["seconds"] / rate,
        }
        print(json.dumps(result, indent=2, ensure_ascii=False))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="of too much (60)")
    parser.add_argument("--calm", type=int, default=8, help="seconds before and after (8)")
    parser.add_argument("--waymark", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--server-core", default="0")
    parser.add_argument("--client-core", default="1")
    parser.add_argument("--work", type=Path, default=ROOT / "target/bench-http")
    return parser.parse_args()


def phase(running, admin: int, setting: Setting, options, seconds: int, connections: int, pause: float = 0) -> dict:
    """What the server says of itself over some seconds of load, by its own figures: the load cannot tell who was answered."""
    phase.start = getattr(phase, "start", 0) + 1_000_000
    earlier = figures(admin)
    memory, ended = [], threading.Event()
    watch = threading.Thread(target=watch_memory, args=(running, memory, ended))
    watch.start()
    command = ["taskset", "-c", options.client_core, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", HERE / "load.lua", f"http://127.0.0.1:{running.port}/graphql", "--"]
    command += [setting.work / "bodies.txt", str(phase.start), f"{pause:.0f}"]
    subprocess.run(command, check=True, capture_output=True)
    ended.set()
    watch.join()
    later = figures(admin)
    counts = {name: later[name]["count"] - earlier[name]["count"] for name in later}
    buckets = {at: later["answered"]["buckets"][at] - earlier["answered"]["buckets"].get(at, 0)
               for at in later["answered"]["buckets"]}
    return counts | {
        "seconds": seconds,
        "memory": max(memory) / 1e6,
        "p50": 1000 * percentile(buckets, 0.50),
        "p99": 1000 * percentile(buckets, 0.99),
    }


def watch_memory(running, memory: list[int], ended: threading.Event) -> None:
    while not ended.wait(0.5):
        memory.append(running.memory("VmRSS"))


def figures(admin: int) -> dict:
    """Requests by how they ended: their number, and the buckets of their time."""
    text = urllib.request.urlopen(f"http://127.0.0.1:{admin}/metrics", timeout=30).read().decode()
    ends = {name: {"count": 0, "buckets": {}} for name in ("answered", "refused", "failed")}
    line = r'^waymark_request_seconds_(bucket|count)\{operation="other",outcome="(\w+)"(?:,le="([^"]+)")?\} (\d+)$'
    for kind, outcome, at, number in re.findall(line, text, re.MULTILINE):
        if kind == "count":
            ends[outcome]["count"] = int(number)
        else:
            ends[outcome]["buckets"][float(at)] = int(number)
    return ends


def percentile(buckets: dict[float, int], share: float) -> float:
    """The upper bound of the bucket that it is in, in seconds."""
    wanted = share * max(buckets.values())
    return min(at for at, count in buckets.items() if count >= wanted)


if __name__ == "__main__":
    main()
