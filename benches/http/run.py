#!/usr/bin/env python3
"""Drives each server with the same load, one after the other, and writes down how they compare. See README.md."""

import argparse
import json
import shutil
import statistics
import subprocess
from contextlib import ExitStack
from pathlib import Path

import data
import report
from cases import CASES, Case
from servers import SERVERS, Running, Server, Setting

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LARGE = 100_000
# How many of a case's answers are compared: all of them where there is one, or else the first so many.
COMPARED = 20
# More than can be asked in one run of wrk: each counts on from the next multiple, so that none asks again what another one did.
ENOUGH = 1_000_000


def main() -> None:
    options = parse_options()
    build = ROOT / "target/release"
    setting = Setting(
        waymark=options.waymark or build / "waymark",
        limit=options.limit or build / "examples/limit",
        work=options.work,
        server_core=options.server_core,
        waymark_arguments=options.waymark_arg,
    )
    chosen = [case for case in CASES if case.name in options.cases]
    servers = [server for server in SERVERS if not options.servers or server.name in options.servers]
    check_programs(setting)
    prepare(setting, chosen, servers)
    results = [(case, measure(case, servers, setting, options)) for case in chosen]
    about = {name: getattr(options, name) for name in ("seconds", "warm_up", "connections", "rounds", "waymark_arg")}
    print(report.write(results, about, setting.work))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=comma_separated, default=[case.name for case in CASES], help="such as a,d")
    parser.add_argument("--servers", type=comma_separated, help=f"some of {', '.join(server.name for server in SERVERS)}")
    parser.add_argument("--seconds", type=int, default=5, help="measured, for each server and case (5)")
    parser.add_argument("--warm-up", type=int, default=2, help="seconds before that (2)")
    parser.add_argument("--connections", type=int, default=32, help="open at once (32)")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is measured in turn; medians count (1)")
    parser.add_argument("--waymark", type=Path, help="the program (target/release/waymark)")
    parser.add_argument("--waymark-arg", action="append", default=[], help="a flag for all Waymarks; may be repeated")
    parser.add_argument("--limit", type=Path, help="the limit (target/release/examples/limit)")
    parser.add_argument("--server-core", default="0", help="where servers run (0)")
    parser.add_argument("--client-core", default="1", help="where wrk runs (1)")
    parser.add_argument("--work", type=Path, default=ROOT / "target/bench-http", help="for data and results")
    options = parser.parse_args()
    unknown = set(options.servers or []) - {server.name for server in SERVERS}
    if unknown:
        parser.error(f"there is no server {', '.join(sorted(unknown))}")
    return options


def comma_separated(text: str) -> list[str]:
    return text.split(",")


def check_programs(setting: Setting) -> None:
    for name in ("wrk", "taskset", str(setting.waymark), str(setting.limit)):
        if not shutil.which(name):
            raise SystemExit(f"{name} is missing: see README.md")


def prepare(setting: Setting, cases: list[Case], servers: list[Server]) -> None:
    """The large catalogue, in files and in a database, and the peers' data."""
    setting.work.mkdir(parents=True, exist_ok=True)
    if any(case.is_large for case in cases):
        subprocess.run([setting.limit, "write", str(LARGE), setting.large_catalogue], check=True)
        database = ["--database", setting.database(next(case for case in cases if case.is_large))]
        subprocess.run([setting.waymark, "import", setting.large_catalogue, *database], check=True)
    if any(server.is_peer for server in servers):
        with Running(SERVERS[0], setting, CASES[0]) as waymark:
            data.write(waymark.port, setting.work)


def measure(case: Case, servers: list[Server], setting: Setting, options: argparse.Namespace) -> dict[str, dict]:
    """All servers of the case run at once, but only one of them is asked at a time."""
    with ExitStack() as stack:
        # Waymark comes along to say what is asked, and what the right answers are.
        reference = stack.enter_context(Running(SERVERS[0], setting, case))
        usual = case.bodies(reference.port)
        able = [server for server in servers if case.name in server.cases]
        running = [stack.enter_context(Running(server, setting, case)) for server in able]
        sample = [text.replace("HOURS", f"{6 + number / 10}") for number, text in enumerate(usual[:COMPARED])]
        answers = [reference.answer(text) for text in sample]
        size = statistics.mean(len(raw) for raw, _ in answers)
        compared = [compare(one, sample, answers) for one in running]
        rounds = [[load(one, usual, turn, setting, options) for one in running] for turn in range(options.rounds)]
        return {
            one.server.name: medians([figures[i] for figures in rounds])
            | {"memory": one.memory("VmHWM") / 1e6, "memory_in_the_end": one.memory("VmRSS") / 1e6}
            | {"bytes": size, "equal": compared[i]}
            for i, one in enumerate(running)
        }


def compare(one: Running, sample: list[str], right: list[tuple[bytes, dict]]) -> str:
    """How equal the answers are to Waymark's; ends the bench where they are not."""
    answers = [one.answer(text) for text in one.server.bodies(one.case, sample)]
    for (_, answered), (_, wanted) in zip(answers, right, strict=True):
        if answered != wanted:
            raise SystemExit(f"{one.server.name} answers ({one.case.name}) differently: {json.dumps(answered)[:500]}")
    same_bytes = all(raw == wanted for (raw, _), (wanted, _) in zip(answers, right, strict=True))
    return "as bytes" if same_bytes else "as data"


def load(one: Running, usual: list[str], turn: int, setting: Setting, options: argparse.Namespace) -> dict:
    bodies = setting.work / "bodies.txt"
    bodies.write_text("\n".join(one.server.bodies(one.case, usual)) + "\n")

    def wrk(seconds: int, start: int) -> dict:
        command = ["taskset", "-c", options.client_core, "wrk", "-t1", f"-c{options.connections}", f"-d{seconds}s"]
        command += ["--timeout", "30s", "-s", HERE / "load.lua", f"http://127.0.0.1:{one.port}{one.path}"]
        told = subprocess.run([*command, "--", bodies, str(start)], check=True, capture_output=True, text=True)
        return json.loads(told.stdout.splitlines()[-1])

    wrk(options.warm_up, 2 * turn * ENOUGH)
    before = one.processor_time()
    figures = wrk(options.seconds, (2 * turn + 1) * ENOUGH)
    spent = one.processor_time() - before
    if figures["errors"]:
        raise SystemExit(f"{one.server.name} failed {figures['errors']} times under load")
    print(f"({one.case.name}) {one.server.name}: {figures['requests'] / figures['seconds']:.0f}/s", flush=True)
    return {
        "per_second": figures["requests"] / figures["seconds"],
        "processor": 1000 * spent / figures["requests"],
        "p50": figures["p50"],
        "p99": figures["p99"],
    }


def medians(rounds: list[dict]) -> dict:
    return {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}


if __name__ == "__main__":
    main()
