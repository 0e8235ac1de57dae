"""What curators do to the catalogue, and what it makes of it. Pure: the servers are compared with this."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from harness import catalogue

MOST_EXTRAS = 6


@dataclass(frozen=True)
class Content:
    """Of a revision, as far as curators change it here."""

    edition: int = 1
    extras: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The slugs of topics that curators have made, each with the names that it had before, or that it has taken over."""


@dataclass(frozen=True)
class Edit:
    """One mutation."""

    id: str
    """Goes along as `clientMutationId`, and is told in the message."""
    kind: str
    slug: str = ""
    other: str = ""
    """The new slug, or that of the replacement."""
    content: Content | None = None
    """Of what is imported."""
    revision: int = 0
    """That is gone back to."""
    expected: int | None = None

    @property
    def message(self) -> str:
        return f"This is {self.id}."


FIELDS = {
    "import": "importCatalog",
    "create": "createTopic",
    "rename": "renameTopic",
    "retire": "retireTopic",
    "revert": "revertCatalog",
}


def type_of(edit: Edit) -> str:
    name = FIELDS[edit.kind]
    return f"{name[0].upper()}{name[1:]}Input"


def input_of(edit: Edit) -> dict:
    common = {"message": edit.message, "clientMutationId": edit.id}
    if edit.expected is not None:
        common["expectedRevision"] = edit.expected
    return own(edit) | common


def own(edit: Edit) -> dict:
    match edit.kind:
        case "import":
            extras = {slug: list(names) for slug, names in edit.content.extras.items()}
            return {"text": catalogue.text(edit.content.edition, extras=extras)}
        case "create":
            topic = catalogue.extra(edit.slug)
            levels = [{"level": level} | values for level, values in topic["levels"].items()]
            return topic | {"levels": levels}
        case "rename":
            return {"slug": edit.slug, "newSlug": edit.other}
        case "retire":
            return {"slug": edit.slug} | ({"replacement": edit.other} if edit.other else {})
        case "revert":
            return {"revision": edit.revision}
    raise ValueError(edit.kind)


def after(content: Content, edit: Edit, past: Callable[[int], Content]) -> Content:
    extras = dict(content.extras)
    match edit.kind:
        case "import":
            return edit.content
        case "revert":
            return past(edit.revision)
        case "create":
            extras[edit.slug] = ()
        case "rename":
            extras[edit.other] = (*extras.pop(edit.slug), edit.slug)
        case "retire":
            names = (*extras.pop(edit.slug), edit.slug)
            if edit.other:
                extras[edit.other] += names
    return Content(content.edition, extras)


def choose(chance: random.Random, id_: str, edition: int, revision: int, past: Callable[[int], Content]) -> Edit:
    """Something that can be done to a revision. What does not depend on what is there is now and then done without saying what one has seen."""
    content = past(revision)
    slugs = sorted(content.extras)
    ways = [{"kind": "import", "content": Content(edition, content.extras)}] * 3
    if len(slugs) < MOST_EXTRAS:
        ways += [{"kind": "create", "slug": f"extra-{id_}"}] * 2
    if slugs:
        slug = chance.choice(slugs)
        rest = [one for one in slugs if one != slug]
        ways += [{"kind": "rename", "slug": slug, "other": f"renamed-{id_}"}] * 2
        ways.append({"kind": "retire", "slug": slug, "other": chance.choice(["", *rest])})
    before = [number for number in range(1, revision) if past(number) != content]
    if before:
        ways.append({"kind": "revert", "revision": chance.choice(before)})
    way = chance.choice(ways)
    is_blind = way["kind"] in ("import", "create") and chance.random() < 0.2
    return Edit(id_, expected=None if is_blind else revision, **way)
