#!/usr/bin/env python3
"""Holds the planner's time against HiGHS on the reference cases, in one run, and their least hours against each other.

usage: python3 -m venv .venv && .venv/bin/pip install -r benches/reference/requirements.txt
       .venv/bin/python benches/reference/against_highs.py

Least hours: the planner's time is a whole plan without a last day (least hours, order, dates); HiGHS solves the least hours alone, with one
binary variable a step and one row a requirement. Deadline: what a last day adds to the plan's time; HiGHS finds the heaviest closed subset that
fits. HiGHS's time is that of the solver's run, without the making of the model, on one thread, with no gap allowed. All times are the
shortest of several runs.
"""
import datetime, json, pathlib, statistics, subprocess, time

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


def exact_solver():
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    return solver


def offers(catalog, case, known):
    """What a requirement offers: nothing where it is met already, the preferred steps where there are any, none that is avoided."""
    prefer, avoid = set(case.get("prefer") or []), set(case.get("avoid") or [])

    def offer(entry):
        if any(step in known for step in entry):
            return None
        pinned = [step for step in entry if catalog.topic[step] in prefer]
        return [step for step in pinned or entry if catalog.topic[step] not in avoid]

    return offer


def least_hours(catalog, case, known):
    """The relevant part as a MILP: the least hours of a closed set that meets the needs."""
    offer = offers(catalog, case, known)
    solver = exact_solver()
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


def room(case):
    """The hours until the last day."""
    first, last = (datetime.date.fromisoformat(case[key]) for key in ("startOn", "finishBy"))
    days = {first + datetime.timedelta(days=day) for day in range((last - first).days + 1)}
    for pause in case.get("pauses") or []:
        start, end = (datetime.date.fromisoformat(pause[key]) for key in ("from", "to"))
        days -= {start + datetime.timedelta(days=day) for day in range((end - start).days + 1)}
    return len(days) * case.get("hoursPerWeek", 6) / 7


def most_valuable(catalog, case, known, steps):
    """The most valuable closed subset of a roadmap that fits, as a MILP."""
    offer = offers(catalog, case, known)
    solver = exact_solver()
    column = {step: number for number, (step, _) in enumerate(steps)}
    for step, value in steps:
        solver.addVar(0, 1)
        solver.changeColCost(column[step], -value)
        solver.changeColIntegrality(column[step], highspy.HighsVarType.kInteger)
    columns = list(column.values())
    solver.addRow(-highspy.kHighsInf, room(case) + 1e-9, len(columns), columns, [catalog.hours[step] for step in column])
    for step in column:
        for entry in catalog.requires[step]:
            ways = offer(entry)
            if ways is not None:
                columns = [column[way] for way in dict.fromkeys(ways) if way in column]
                solver.addRow(0, highspy.kHighsInf, len(columns) + 1, columns + [column[step]], [1.0] * len(columns) + [-1.0])
    return solver


def timed(model):
    best, value = float("inf"), None
    for _ in range(RUNS):
        solver = model()
        begin = time.perf_counter()
        solver.run()
        best = min(best, time.perf_counter() - begin)
        value = solver.getInfo().objective_function_value
    return best, value


def report(what, found):
    ratios = sorted(theirs / ours for ours, theirs, _ in found)
    quarters = statistics.quantiles(ratios, n=4)
    print(f"{what}: {len(ratios)} cases. HiGHS takes {ratios[0]:.2g} to {ratios[-1]:.3g} times as long, "
          f"half of them {quarters[0]:.2g} to {quarters[2]:.2g}; all together {sum(t for _, t, _ in found) / sum(o for o, _, _ in found):.2g} times.")
    for number, who in enumerate(("planner", "HiGHS")):
        one = max(found, key=lambda times: times[number])
        print(f"  the {who}'s slowest: planner {one[0] * 1e3:.2f} ms, HiGHS {one[1] * 1e3:.2f} ms ({one[2]})")


def main():
    lines = subprocess.run(
        ["cargo", "bench", "--quiet", "--bench", "reference"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    least, last = [], []
    for entry in map(json.loads, lines.splitlines()):
        name = entry["case"]
        file, number = name.split(" case ")
        data = json.loads((CASES / f"{file}.json").read_text())
        catalog, case = Catalog(data["catalog"]), data["cases"][int(number)]["input"]
        known = with_lower(catalog, entry["known"])
        seconds, hours = timed(lambda: least_hours(catalog, case, known))
        assert abs(hours - entry["hours"]) < 1e-3, f"{name}: {entry['hours']} and HiGHS {hours}"
        least.append((entry["seconds"], seconds, name))
        if "steps" in entry:
            seconds, value = timed(lambda: most_valuable(catalog, case, known, entry["steps"]))
            assert abs(entry["keptValue"] + value) < 1e-3, f"{name}: {entry['keptValue']} and HiGHS {-value}"
            last.append((entry["deadlineSeconds"], seconds, name))
    report("Least hours", least)
    report("Deadline", last)


if __name__ == "__main__":
    main()
