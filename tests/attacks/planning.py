"""Attacks that have the server plan: everything that a request asks for shares one effort, over HTTP and in what stays open."""

import json
from collections.abc import Callable

from attack import Target, attack, expect
from wire import ask, handshake, post, send, subscribe

ROUTE = 'from: "mid-level-backend-engineer", to: "backend-architect"'
CHOICES = "choices { alternatives { extraHours } } assumedChoices { alternatives { extraHours } }"
KEPT = "schedule { keptValue provenLargest }"
TOPICS = "{ topics(first: 100) { nodes { slug } } }"
STREAM = {"accept": "text/event-stream"}


def fields(count: int, one: Callable[[int], str]) -> str:
    """A request of so many fields, each another question."""
    return "{" + " ".join(f"f{i}: {one(i)}" for i in range(count)) + "}"


def roadmap(input: str, selection: str) -> str:
    return f"roadmap(input: {{ {input} }}) {{ {selection} }}"


def choices(i: int) -> str:
    return roadmap(f"{ROUTE}, hoursPerWeek: {1 + i}", CHOICES)


def deadline(i: int) -> str:
    """A last day that leaves about half of it out."""
    prefer = ["java", "go", "python", "typescript", "kotlin"][i % 5]
    by = f"20{27 + i % 7}-{1 + i % 12:02}-15"
    return roadmap(f'{ROUTE}, hoursPerWeek: 5, startOn: "2026-01-01", finishBy: "{by}", prefer: ["{prefer}"]', KEPT)


def placement(i: int) -> str:
    answer = f'{{ topic: "java", level: WORKING, answer: {"YES" if i % 2 else "NO"} }}'
    return f"placement(input: {{ {ROUTE}, maxQuestions: {1 + i}, answers: [{answer}] }}) {{ settledShare next {{ text }} }}"


def budget(i: int) -> str:
    return roadmap(f"{ROUTE}, resources: {{ budget: {10 + 9 * i} }}", "resources { burden provenMinimal }")


def body_of(answer: bytes) -> dict:
    return json.loads(answer.split(b"\r\n\r\n", 1)[1])


def first_event(answer: bytes) -> dict:
    lines = (line for line in answer.split(b"\n") if line.startswith(b"data:") and len(line) > 10)
    return json.loads(next(lines)[5:])


def answered(answer: bytes, read: Callable[[bytes], dict] = body_of) -> int:
    """The bytes of an answer in which each field has a value or was refused for what it costs."""
    found = read(answer)
    errors = found.get("errors", [])
    codes = {error["extensions"]["code"] for error in errors if "more errors" not in error["message"]}
    expect(codes <= {"QUERY_TOO_COSTLY"}, f"it was answered {errors[:1]}")
    return len(answer)


def asked(target: Target, one: Callable[[int], str], count: int = 50) -> int:
    return answered(ask(target.port, post({"query": fields(count, one)}), 60)[1])


@attack("50 roadmaps with all their choices, each another", seconds=2, memory=64, answer=512)
def choices_by_aliases(target: Target) -> int:
    return asked(target, choices)


@attack("50 roadmaps with last days that leave half of them out", seconds=2, memory=64, answer=64)
def deadlines_by_aliases(target: Target) -> int:
    return asked(target, deadline)


@attack("50 placements, each another", seconds=2, memory=64, answer=64)
def placements_by_aliases(target: Target) -> int:
    return asked(target, placement)


@attack("50 budgets for resources, each another", seconds=2, memory=64, answer=64)
def budgets_by_aliases(target: Target) -> int:
    return asked(target, budget)


@attack("everything that has to be searched for, of five roadmaps side by side", seconds=2, memory=64, answer=512)
def comparisons(target: Target) -> int:
    one = '{{ {}, hoursPerWeek: 5, startOn: "2026-01-01", finishBy: "20{}-06-30", resources: {{ budget: {} }} }}'
    inputs = ", ".join(one.format(ROUTE, 27 + i, 50 + 40 * i) for i in range(5))
    deep = CHOICES + KEPT + "resources { burden } steps(first: 1) { nodes { necessary measures { complexity } } }"
    query = f"{{ compareRoadmaps(inputs: [{inputs}]) {{ options {{ roadmap {{ {deep} }} }} }} }}"
    return answered(ask(target.port, post({"query": query}), 60)[1])


@attack("wishes that rule everything out together, so that the smallest conflict is one of many", seconds=2, memory=64, answer=256)
def explanations(target: Target) -> int:
    languages = ["java", "kotlin", "go", "python", "typescript", "csharp", "php", "ruby", "rust", "scala", "elixir"]
    slugs = [node["slug"] for node in body_of(ask(target.port, post({"query": TOPICS}))[1])["data"]["topics"]["nodes"]]
    offered = [slug for slug in languages if slug in slugs]
    others = [slug for slug in slugs if slug not in languages]

    def one(i: int) -> str:
        avoid = json.dumps([*offered, *others[i : i + 25]])
        return roadmap(f"{ROUTE}, avoid: {avoid}", "hours")

    answer = ask(target.port, post({"query": fields(30, one)}), 60)[1]
    found = body_of(answer)
    codes = {error["extensions"]["code"] for error in found.get("errors", []) if "more errors" not in error["message"]}
    expect(codes <= {"QUERY_TOO_COSTLY", "NO_ROADMAP"}, f"it was answered {found['errors'][:1]}")
    return len(answer)


@attack("40 roadmaps by their ids, with their choices and resources", seconds=2, memory=64, answer=512)
def roadmaps_by_ids(target: Target) -> int:
    query = fields(40, lambda i: roadmap(f"{ROUTE}, hoursPerWeek: {50 + i}", "id"))
    first = body_of(ask(target.port, post({"query": query}), 60)[1])
    ids = [one["id"] for one in first["data"].values() if one]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Roadmap { " + CHOICES + " resources { burden } } } }"
    return answered(ask(target.port, post({"query": query, "variables": {"ids": ids}}), 60)[1])


@attack("50 deadlines in one operation as an event stream", seconds=2, memory=64, answer=64)
def deadlines_as_a_stream(target: Target) -> int:
    query = fields(50, lambda i: deadline(i + 7))
    return answered(ask(target.port, post({"query": query}, STREAM), 60)[1], first_event)


@attack("50 placements in one operation over a WebSocket", seconds=2, memory=64, answer=64)
def placements_over_a_socket(target: Target) -> int:
    stream = handshake(target.port, timeout=60)
    send(stream, subscribe(1, fields(50, lambda i: placement(i + 50))))
    answer = b""
    while b'"complete"' not in answer and b'"error","id"' not in answer:
        part = stream.recv(1 << 16)
        expect(bool(part), f"it was closed: {answer[:200]!r}")
        answer += part
    stream.close()
    expect(b"settledShare" in answer or b"QUERY_TOO_COSTLY" in answer, f"it was answered {answer[:300]!r}")
    return len(answer)
