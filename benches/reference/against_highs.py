#!/usr/bin/env python3
"""Holds the planner's time against HiGHS on the reference cases, in one run, and their least hours against each other.

usage: python3 -m venv .venv && .venv/bin/pip install -r benches/reference/requirements.txt
       .venv/bin/python benches/reference/against_highs.py

The planner's time is the whole plan: least hours, order, dates, what fits. HiGHS solves the least hours alone: one binary variable a step,
one row a requirement; its time is that of the solver's run, without the making of the model, on one thread, with no gap allowed.
Both times are the shortest of several runs.
"""
import json, pathlib, statistics, subprocess, time

import highspy

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "fixtures" / "reference"
LEVELS = ["AWARE", "WORKING", "PROFICIENT", "EXPERT"]
RUNS = 3


def any_of(entry):
    """The steps of a requirement, in any of the forms that it may be written in."""
    if isinstance(entry, str):
        return [entry]
    return entry["any"] if "any" in entry else [entry["step"]]


class Catalog:
    def __init__(self, data):
        self.hours, self.requires, self.roles = {}, {}, {role["slug"]: role for role in data["roles"]}
        self.topic = {}
        for topic in data["topics"]:
            below = None
            for level in (level for level in LEVELS if level in topic["levels"]):
                step, spec = f"{topic['slug']}@{level}", topic["levels"][level]
                self.hours[step] = spec["hours"]
                self.topic[step] = topic["slug"]
                self.requires[step] = [any_of(entry) for entry in spec.get("requires", [])] + ([[below]] if below else [])
                below = step

    def needs(self, case):
        role, entries = case.get("to"), [[f"{goal['topic']}@{goal['level']}"] for goal in case.get("goals") or []]
        while role:
            entries += [any_of(entry) for entry in self.roles[role].get("requires", [])]
            role = self.roles[role].get("after")
        return entries


def with_lower(catalog, known):
    """Whoever holds a level holds the lower ones."""
    held = set()
    for step in known:
        topic, level = step.split("@")
        held |= {f"{topic}@{lower}" for lower in LEVELS[: LEVELS.index(level) + 1]} & catalog.hours.keys()
    return held


def model(catalog, case, known):
    """The relevant part as a MILP: the least hours of a closed set that meets the needs."""
    prefer, avoid = set(case.get("prefer") or []), set(case.get("avoid") or [])

    def offer(entry):
        if any(step in known for step in entry):
            return None
        pinned = [step for step in entry if catalog.topic[step] in prefer]
        return [step for step in pinned or entry if catalog.topic[step] not in avoid]

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    column, queue = {}, []

    def variable(step):
        if step not in column:
            column[step] = len(column)
            solver.addVar(0, 1)
            solver.changeColCost(column[step], catalog.hours[step])
            solver.changeColIntegrality(column[step], highspy.HighsVarType.kInteger)
            queue.append(step)
        return column[step]

    def row(entry, owner=None):
        ways = offer(entry)
        if ways is None:
            return
        columns = [variable(step) for step in dict.fromkeys(ways)]
        if owner is None:
            solver.addRow(1, highspy.kHighsInf, len(columns), columns, [1.0] * len(columns))
        else:
            solver.addRow(0, highspy.kHighsInf, len(columns) + 1, columns + [owner], [1.0] * len(columns) + [-1.0])

    for entry in catalog.needs(case):
        row(entry)
    while queue:
        step = queue.pop()
        for entry in catalog.requires[step]:
            row(entry, column[step])
    return solver


def solve(catalog, case, known):
    best, hours = float("inf"), None
    for _ in range(RUNS):
        solver = model(catalog, case, known)
        begin = time.perf_counter()
        solver.run()
        best = min(best, time.perf_counter() - begin)
        hours = solver.getInfo().objective_function_value
    return best, hours


def main():
    lines = subprocess.run(
        ["cargo", "bench", "--quiet", "--bench", "reference"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    ours = {entry["case"]: entry for entry in map(json.loads, lines.splitlines())}
    ratios = {}
    for name, entry in ours.items():
        file, number = name.split(" case ")
        family = file.split("/")[0]
        data = json.loads((CASES / f"{file}.json").read_text())
        catalog, case = Catalog(data["catalog"]), data["cases"][int(number)]["input"]
        seconds, hours = solve(catalog, case, with_lower(catalog, entry["known"]))
        assert abs(hours - entry["hours"]) < 1e-3, f"{name}: {entry['hours']} and HiGHS {hours}"
        ratios.setdefault(family, []).append((seconds / entry["seconds"], entry["seconds"], seconds, name))
    print(f"{'family':14} {'cases':>5} {'median':>8} {'least':>8} {'most':>8}    HiGHS takes … times as long as the planner")
    for family, found in ratios.items():
        times = sorted(ratio for ratio, *_ in found)
        print(f"{family:14} {len(times):5} {statistics.median(times):8.1f} {times[0]:8.1f} {times[-1]:8.1f}")
        slowest = max(found, key=lambda one: one[1])
        print(f"{'':14} slowest plan: {slowest[1] * 1e3:.2f} ms, HiGHS {slowest[2] * 1e3:.1f} ms: {slowest[3]}")


if __name__ == "__main__":
    main()
