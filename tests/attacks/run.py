#!/usr/bin/env python3
"""Attacks a server of Waymark's with everything in the table, and looks what it costs. See README.md."""

import argparse
import shutil
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from harness.server import Failed, Server  # noqa: E402

import documents  # noqa: E402, F401
import live  # noqa: E402, F401
import planning  # noqa: E402, F401
import sockets  # noqa: E402, F401
from attack import ATTACKS, MIB, Attack, Bystander, Held, Target, resident  # noqa: E402

PATIENCE = 0.25
"""How long another client waits at most, in seconds."""

DEBUG_FACTOR = 6
"""What is not optimised takes so many times as long: both the attack and the other client."""

DEBUG_MEMORY = 2
"""What is not optimised keeps so many times as much: each task holds every variable it ever had."""

SETTLING = 10
"""How long the server may take after an attack until it is at rest, in seconds."""


def main() -> int:
    options = parse_options()
    factor = options.factor or (DEBUG_FACTOR if "debug" in options.binary.parts else 1)
    chosen = [one for one in ATTACKS if not options.only or any(word in one.name for word in options.only)]
    chosen.sort(key=lambda one: one.flags)
    failed = []
    print(f"{len(chosen)} attacks; times are bounded by {factor} times what the table says.\n")
    print(f"{'attack':34} {'s':>6} {'MiB':>6} {'KiB':>7} {'other ms':>9}")
    for flags, attacks in groupby(chosen, key=lambda one: one.flags):
        failed += against(options.binary, flags, list(attacks), factor)
    print(f"\n{len(chosen) - len(failed)} held, {len(failed)} did not.")
    for name, faults in failed:
        print(f"  {name}: {'; '.join(faults)}")
    return 1 if failed else 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--only", nargs="*", help="words of the names of those to run")
    parser.add_argument("--factor", type=float, help="how many times the bounds on time (1; 6 for a debug build)")
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    return options


def against(binary: Path, flags: tuple[str, ...], attacks: list[Attack], factor: float) -> list[tuple[str, list[str]]]:
    """Attacks one server with several attacks, one after the other; those that it did not withstand, and why."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-attacks-"))
    server = Server(binary, str(folder / "waymark.db"), folder / "log", flags)
    failed = []
    try:
        server.start()
        server.wait()
        with Bystander(server.port, server.process.pid):
            time.sleep(1)  # what is made once is made before anything is measured
        for one in attacks:
            faults = withstand(server, one, factor)
            if faults:
                failed.append((one.name, faults))
            if not server.is_running():
                failed[-1][1].append(f"the server ended: {server.process.returncode}")
                server.start()
                server.wait()
    finally:
        server.kill()
        shutil.rmtree(folder)
    return failed


def withstand(server: Server, one: Attack, factor: float) -> list[str]:
    """What went past its bound."""
    faults = []
    size = 0
    target = Target(server.port, factor > 1)
    began = time.monotonic()
    with Bystander(server.port, server.process.pid) as bystander:
        try:
            size = one.run(target)
        except (Held, AssertionError) as error:
            faults.append(str(error))
        except OSError as error:
            faults.append(f"it broke off: {error!r}")
        took = time.monotonic() - began
    growth = max(0, bystander.peak - bystander.before) / MIB
    if took > one.seconds * factor:
        faults.append(f"it took {took:.1f} s of {one.seconds * factor:g}")
    memory = one.memory * (DEBUG_MEMORY if target.is_debug else 1)
    if growth > memory:
        faults.append(f"the server grew by {growth:.0f} MiB of {memory}")
    if size > one.answer * 1024:
        faults.append(f"it was answered {size} bytes of {one.answer * 1024}")
    if bystander.slowest > PATIENCE * factor:
        faults.append(f"another client waited for {bystander.slowest:.2f} s")
    if bystander.wrong:
        faults.append(f"another client: {bystander.wrong}")
    mark = "  FAILED" if faults else ""
    print(f"{one.name:34} {took:6.1f} {growth:6.1f} {size / 1024:7.1f} {bystander.slowest * 1000:9.0f}{mark}", flush=True)
    settle(server)
    return faults


def settle(server: Server) -> None:
    """Waits until an attack has no more effect: the next one is not to pay for it."""
    until = time.monotonic() + SETTLING
    while server.is_running() and time.monotonic() < until:
        before = resident(server.process.pid)
        began = time.monotonic()
        if server.is_ready() and time.monotonic() - began < PATIENCE and resident(server.process.pid) <= before + MIB:
            return


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(f"FAILED: {failure}")
