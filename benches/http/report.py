"""What was measured, as a Markdown table and as JSON."""

import json
from pathlib import Path

from cases import Case

FIGURES = [
    ("per_second", "requests/s", 0),
    ("processor", "processor ms", 3),
    ("p50", "p50 ms", 1),
    ("p99", "p99 ms", 1),
    ("memory", "peak MB", 1),
]


def write(results: list[tuple[Case, dict[str, dict]]], about: dict, folder: Path) -> str:
    """Each case with the figures of each server by its name. Writes `results.md` and `results.json`, and returns the Markdown."""
    text = "\n".join(table(case, figures) for case, figures in results)
    plain = {case.name: {"title": case.title, "servers": figures} for case, figures in results}
    (folder / "results.md").write_text(text)
    (folder / "results.json").write_text(json.dumps({"about": about, "cases": plain}, indent=2) + "\n")
    return text


def table(case: Case, servers: dict[str, dict]) -> str:
    """Beside each figure stands its ratio to the first server's."""
    base_name, base = next(iter(servers.items()))
    head = [f"({case.name}) {case.title}, {base['bytes'] / 1000:.1f} kB; ÷ is by {base_name}'s"]
    for _, title, _ in FIGURES:
        head += [title, "÷"]
    rows = [[name, *cells(figures, base)] for name, figures in servers.items()]
    return "\n".join(map(line, [head, ["---"] + ["---:"] * (2 * len(FIGURES)), *rows])) + "\n"


def cells(figures: dict, base: dict) -> list[str]:
    """A figure and a ratio, again and again."""
    texts = []
    for name, _, places in FIGURES:
        texts += [f"{figures[name]:,.{places}f}", f"{figures[name] / base[name]:.3g}" if base[name] else "–"]
    return texts


def line(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"
