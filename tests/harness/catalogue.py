"""A small catalogue made for writing against: many topics that need nothing, so that learners always have something to begin with."""

import json
from pathlib import Path

AREA = "field"
EDITION = "edition"
"""The topic whose summary tells the edition: what a replica answers of it tells which catalogue it has."""
HOME = "home"
STEPS = [f"step-{number:02}" for number in range(24)]
KNOWN = [f"known-{number:02}" for number in range(12)]
LEVEL = "AWARE"


def text(edition: int, learners: int = 16, extras: dict[str, list[str]] | None = None) -> str:
    """The catalogue as one file: JSON is YAML. Extras are topics that curators have made, with the names that they had before."""
    slugs = [EDITION, HOME, *STEPS, *KNOWN]
    made = [extra(slug) | {"aliases": aliases} for slug, aliases in (extras or {}).items()]
    return json.dumps(
        {
            "areas": [{"slug": AREA, "title": "Field"}],
            "topics": [topic(slug, edition) for slug in slugs] + made,
            "roles": [{"slug": "worker", "title": "Worker", "summary": "Works.", "requires": [f"{one}@{LEVEL}" for one in STEPS[:3]]}],
            "resources": [resource(number) for number in range(learners)],
        },
        indent=1,
    )


def write(path: Path, edition: int, learners: int = 16) -> Path:
    path.write_text(text(edition, learners))
    return path


def topic(slug: str, edition: int) -> dict:
    """Each edition has other hours for the steps, so that plans differ too."""
    hours = 2 + edition % 7 if slug in STEPS else 5
    summary = summary_of(edition) if slug == EDITION else "Something to learn."
    level = {"hours": hours, "outcome": "Can tell what it is."}
    return {"slug": slug, "title": slug.capitalize(), "area": AREA, "summary": summary, "levels": {LEVEL: level}}


def extra(slug: str) -> dict:
    """What its slug was first does not show in it."""
    level = {"hours": 3, "outcome": "Can tell what it is."}
    return {"slug": slug, "title": "Extra", "area": AREA, "summary": "More to learn.", "elective": "For the curious.", "levels": {LEVEL: level}}


def summary_of(edition: int) -> str:
    return f"Edition {edition}."


def resource(number: int) -> dict:
    covers = [{"step": f"{STEPS[number % len(STEPS)]}@{LEVEL}", "hours": 2}]
    url = f"https://example.org/{number}"
    return {"slug": resource_of(number), "title": f"Book {number}", "kind": "BOOK", "url": url, "covers": covers}


def resource_of(learner: int) -> str:
    """Each learner rates a book of their own: the average is what that learner gave."""
    return f"book-{learner:02}"
