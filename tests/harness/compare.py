"""Whether what is there is what was acknowledged, and where it is not."""

from .model import State, Write, candidates
from .server import Failed


def settle(name: str, base: State, pending: list[Write], actual: State, says: str, steps: bool = True) -> tuple[State, list[Write]]:
    """The state that there is, and which of the writes that nobody answered have been done."""
    possible = candidates(base, pending)
    for state, done in possible:
        if not differences(state, actual, steps):
            return state, done
    nearest, done = min(possible, key=lambda one: len(differences(one[0], actual, steps)))
    told = "\n  ".join(differences(nearest, actual, steps))
    raise Failed(f"{says} are not what {name} was told. Unanswered: {pending}; nearest with {done} done:\n  {told}")


def must_be(name: str, expected: State, actual: State, says: str, steps: bool = True) -> None:
    settle(name, expected, [], actual, says, steps)


def differences(expected: State, actual: State, steps: bool = True) -> list[str]:
    """Without the steps for the API, which derives their state from more than is compared."""
    wanted, found = flat(expected, steps), flat(actual, steps)
    return [
        f"{place}: expected {wanted.get(place)}, found {found.get(place)}"
        for place in sorted(wanted.keys() | found.keys())
        if wanted.get(place) != found.get(place)
    ]


def flat(state: State, steps: bool) -> dict:
    plain = state.plain()
    if not steps:
        del plain["steps"]
    places = {("stars",): plain.pop("stars")} | {("skill", slug): True for slug in plain.pop("skills")}
    for kind, entries in plain.items():
        places |= {(kind, name): entry for name, entry in entries.items()}
    return {"/".join(place): value for place, value in places.items()}
