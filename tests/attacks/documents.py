"""Attacks by what is asked: documents, variables, bodies."""

import gzip
import hashlib
import json

from attack import Target, attack, expect
from wire import ask, head, post

KIB = 1024


def asked(target: Target, body: bytes | dict, *statuses: int, headers: dict[str, str] | None = None) -> int:
    """The bytes of an answer, whose status must be one of those; with none given, any below 500."""
    status, answer = ask(target.port, post(body, {"accept": "application/graphql-response+json", **(headers or {})}), 60)
    expect(status in statuses if statuses else 0 < status < 500, f"it was answered {status}: {answer[:300]!r}")
    return len(answer)


def refused(target: Target, query: str, variables: object = None) -> int:
    return asked(target, {"query": query, "variables": variables}, 400)


@attack("1,000 aliases of one field", seconds=2, memory=8, answer=4)
def aliases(target: Target) -> int:
    return refused(target, "{" + " ".join(f"a{i}: areas {{ slug }}" for i in range(1000)) + "}")


@attack("fragments in a chain, each spread twice, 60 deep", seconds=2, memory=8, answer=4)
def doubling_fragments(target: Target) -> int:
    chain = [f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(60)]
    return refused(target, "{ ...f0 } " + " ".join(chain) + " fragment f60 on Query { __typename }")


@attack("fragments in a circle", seconds=2, memory=8, answer=4)
def circular_fragments(target: Target) -> int:
    links = [f"fragment f{i} on Query {{ ...f{(i + 1) % 50} }}" for i in range(50)]
    return refused(target, "{ ...f0 } " + " ".join(links))


@attack("50 kB of opening brackets", seconds=2, memory=8, answer=4)
def open_brackets(target: Target) -> int:
    return max(refused(target, "{a" * 25_000), refused(target, "{a(b:" + "[" * 50_000))


@attack("JSON 500,000 lists deep", seconds=2, memory=8, answer=4)
def deep_json(target: Target) -> int:
    return asked(target, b'{"query":"{ __typename }","variables":{"a":' + b"[" * 500_000, 400)


@attack("a list of 100,000 texts in a variable", seconds=5, memory=64, answer=8)
def huge_list(target: Target) -> int:
    query = "query($a: [String!]!) { roadmap(input: { to: \"backend-architect\", avoid: $a }) { hours } }"
    return asked(target, {"query": query, "variables": {"a": ["x" * 5] * 100_000}})


@attack("2,000 times the same name for fields that differ", seconds=3, memory=16, answer=8)
def conflicting_fields(target: Target) -> int:
    fields = " ".join(f'a: topic(slug: "{i}") {{ title }}' for i in range(500))
    nested = " ".join("x: topics(first: 1) { nodes { title } }" for _ in range(300))
    return max(refused(target, "{" + fields + "}"), asked(target, {"query": "{" + nested + "}"}))


@attack("selections that overlap in pairs of pairs", seconds=3, memory=16, answer=8)
def overlapping_fields(target: Target) -> int:
    def nested(depth: int) -> str:
        return "nodes { title }" if depth == 0 else f"...on TopicConnection {{ {nested(depth - 1)} }} " * 2

    return asked(target, {"query": "{ topics { " + nested(9) + " } }"})


@attack("5,000 variables that the document does not have", seconds=3, memory=16, answer=8)
def unknown_variables(target: Target) -> int:
    return asked(target, {"query": "{ __typename }", "variables": {f"v{i}": i for i in range(5000)}})


@attack("3,000 variables that are declared and not used", seconds=3, memory=16, answer=8)
def unused_variables(target: Target) -> int:
    return refused(target, "query(" + " ".join(f"$v{i}: Int" for i in range(1200)) + ") { __typename }")


@attack("a text of 900 kB, as a literal and as a variable", seconds=5, memory=32, answer=8)
def long_texts(target: Target) -> int:
    text = "x" * 900_000
    literal = asked(target, {"query": f'{{ topic(slug: "{text}") {{ title }} }}'})
    variable = asked(target, {"query": "query($s: String!) { topic(slug: $s) { title } }", "variables": {"s": text}})
    return max(literal, variable)


@attack("1,000 operations in one document", seconds=3, memory=16, answer=8)
def many_operations(target: Target) -> int:
    body = {"query": " ".join(f"query q{i} {{ __typename }}" for i in range(1000)), "operationName": "q7"}
    return asked(target, body)


@attack("2,000 directives on one field", seconds=2, memory=8, answer=4)
def directives(target: Target) -> int:
    return refused(target, "{ __typename " + "@include(if: true) " * 2000 + "}")


@attack("the types of the fields of the types of the fields", seconds=3, memory=16, answer=8)
def introspection_circles(target: Target) -> int:
    inner = "name"
    for _ in range(12):
        inner = f"fields {{ type {{ ofType {{ {inner} }} }} }}"
    return asked(target, {"query": "{ __schema { types { " + inner + " } } }"}, 400)


@attack("1,900 unknown fields", seconds=3, memory=16, answer=16)
def thousands_of_errors(target: Target) -> int:
    return refused(target, "{" + " ".join(f"unknown{i}" for i in range(1900)) + "}")


@attack("a wrong value in each of 5,000 places of a variable", seconds=3, memory=16, answer=16)
def thousands_of_coercion_errors(target: Target) -> int:
    query = "query($a: [StepInput!]!) { roadmap(input: { to: \"backend-architect\", skills: $a }) { hours } }"
    return asked(target, {"query": query, "variables": {"a": [{"topic": 1}] * 5000}})


@attack("5,000 skills that no catalogue has", seconds=5, memory=32, answer=32)
def thousands_of_unknown_slugs(target: Target) -> int:
    query = "query($a: [StepInput!]!) { roadmap(input: { to: \"backend-architect\", skills: $a }) { hours } }"
    skills = [{"topic": f"none-{i}", "level": "WORKING"} for i in range(5000)]
    return asked(target, {"query": query, "variables": {"a": skills}})


@attack("1,000 documents by their hashes, each another and of 10 kB", seconds=30, memory=48, answer=4)
def persisted_documents(target: Target) -> int:
    for i in range(1000):
        query = f"query q{i} {{ __typename }} #" + "x" * 10_000
        digest = hashlib.sha256(query.encode()).hexdigest()
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
        size = asked(target, {"query": query, "extensions": persisted}, 200)
    return size


@attack("500 pages, each another, to fill what is kept", seconds=60, memory=96, answer=256)
def filling_the_cache(target: Target) -> int:
    query = "{{ a{}: topics(first: 100) {{ nodes {{ title summary }} }} }}"
    return max(asked(target, {"query": query.format(i)}, 200) for i in range(500))


@attack("8 MB in parts, of nobody and of somebody who is not signed in", seconds=5, memory=16, answer=4)
def uploads_of_nobody(target: Target) -> int:
    part = b'--x\r\ncontent-disposition: form-data; name="0"; filename="a"\r\n\r\n' + b"x" * (8 << 20) + b"\r\n--x--\r\n"
    parts = {"content-type": "multipart/form-data; boundary=x"}
    preflight = {**parts, "graphql-require-preflight": "1"}
    return max(
        asked(target, part, 403, headers=parts),
        asked(target, part, 401, headers=preflight),
        asked(target, part, 401, headers={**preflight, "cookie": "a=b"}),
        asked(target, part, 401, headers={**preflight, "authorization": "Bearer waymark_none"}),
    )


@attack("10,000 parts within parts", seconds=5, memory=16, answer=4)
def parts_within_parts(target: Target) -> int:
    inner = b"content-type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
    part = b'--x\r\ncontent-disposition: form-data; name="operations"\r\n' + inner * 10_000
    headers = {"content-type": "multipart/form-data; boundary=x", "graphql-require-preflight": "1", "cookie": "a=b"}
    return asked(target, part, 401, headers=headers)


@attack("a list of 1,000 requests", seconds=2, memory=8, answer=4)
def batches(target: Target) -> int:
    return asked(target, json.dumps([{"query": "{ __typename }"}] * 1000).encode(), 400)


@attack("a body that is small as it is sent and 50 MB when it is unpacked", seconds=5, memory=16, answer=4)
def packed_body(target: Target) -> int:
    packed = gzip.compress(b" " * (50 << 20), 9)
    return asked(target, packed, 400, 415, headers={"content-encoding": "gzip"})


@attack("40 roadmaps in one request, each another", seconds=30, memory=128, answer=64)
def many_plans(target: Target) -> int:
    return asked(target, {"query": plans("hours", 40)})


@attack("40 roadmaps with choices, resources and what is necessary", seconds=30, memory=256, answer=1024)
def many_searches(target: Target) -> int:
    deep = "choices { alternatives { extraHours } } resources { burden } steps(first: 1) { nodes { necessary } }"
    return asked(target, {"query": plans(deep, 40)})


@attack("40 exports in one request", seconds=30, memory=256, answer=8 * KIB + 64)
def many_exports(target: Target) -> int:
    status, answer = ask(target.port, post({"query": plans("export(format: MARKDOWN)", 40)}), 60)
    expect(status < 500, f"it was answered {status}: {answer[:300]!r}")
    return len(answer)


@attack("34 pages of all that the topics say, 11 MB together", seconds=10, memory=64, answer=4)
def long_answer(target: Target) -> int:
    step = "outcome practice requires { anyOf { outcome practice } }"
    page = f"topics(first: 100) {{ nodes {{ title summary steps {{ {step} }} }} }}"
    query = "{" + " ".join(f"p{i}: {page}" for i in range(34)) + "}"
    status, answer = ask(target.port, post({"query": query}), 60)
    expect(status == 200 and b"bytes of the answer" in answer, f"it was answered {status}: {answer[:300]!r}")
    return len(answer)


def plans(selection: str, count: int) -> str:
    one = '{{ to: "backend-architect", avoid: ["{}"], hoursPerWeek: {} }}'
    topics = ["java", "go", "rust", "python", "kotlin"]
    inputs = [one.format(topics[i % 5], 1 + i / 10) for i in range(count)]
    return "{" + " ".join(f"r{i}: roadmap(input: {given}) {{ {selection} }}" for i, given in enumerate(inputs)) + "}"


@attack("50 searches for 15 kB each", seconds=5, memory=32, answer=64)
def long_searches(target: Target) -> int:
    text = "kubernetes java go cloud " * 600
    query = "query($t: String!) {" + " ".join(f"s{i}: search(text: $t) {{ totalCount }}" for i in range(50)) + "}"
    return asked(target, {"query": query, "variables": {"t": text}})


@attack("50 searches for the beginning of everything", seconds=5, memory=32, answer=256)
def broad_searches(target: Target) -> int:
    letters = "abcdefghijklmnopqrstuvwxyz"
    fields = [f's{i}: search(text: "{letters[i % 26]}", first: 100) {{ totalCount }}' for i in range(50)]
    return asked(target, {"query": "{" + " ".join(fields) + "}"})


@attack("20,000 ids at once", seconds=5, memory=64, answer=512)
def many_nodes(target: Target) -> int:
    ids = [f"VG9waWM6Z28{i:05}" for i in range(20_000)]
    return asked(target, {"query": "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", "variables": {"ids": ids}})


@attack("numbers with 100,000 digits, and 1e999999", seconds=3, memory=16, answer=8)
def huge_numbers(target: Target) -> int:
    digits = "9" * 100_000
    query = '{{ roadmap(input: {{ to: "backend-architect", hoursPerWeek: {} }}) {{ hours }} }}'
    given = "query($h: Float!) { roadmap(input: { to: \\\"backend-architect\\\", hoursPerWeek: $h }) { hours } }"
    variables = f'{{"query":"{given}","variables":{{"h":{digits}}}}}'.encode()
    return max(
        asked(target, {"query": query.format(digits)}),
        asked(target, {"query": query.format("1e999999")}),
        asked(target, variables),
        asked(target, variables.replace(digits.encode(), b"1e999999")),
    )


@attack("escapes that stand for half a character", seconds=2, memory=8, answer=8)
def broken_escapes(target: Target) -> int:
    bodies = [
        rb'{"query":"{ topic(slug: \"\\ud800\") { title } }"}',
        rb'{"query":"{ topic(slug: \"\\u{110000}\") { title } }"}',
        rb'{"query":"\ud800"}',
        b'{"query":"\xed\xa0\x80"}',
        rb'{"query":"{ topic(slug: \"\u0000\") { title } }"}',
    ]
    return max(asked(target, body) for body in bodies)


@attack("50 passwords to be tried in one request", seconds=60, memory=256, answer=64)
def passwords_by_aliases(target: Target) -> int:
    one = 'signIn(input: {{ email: "nobody{0}@example.org", password: "three plain words" }}) {{ userErrors {{ code }} }}'
    return asked(target, {"query": "mutation {" + " ".join(f"a{i}: " + one.format(i) for i in range(50)) + "}"})


@attack("parameters of an address: 500 of them, and half a percent sign", seconds=2, memory=8, answer=4)
def odd_parameters(target: Target) -> int:
    largest = 0
    for query in ["&".join(f"a{i}=1" for i in range(500)), "query=%", "query=%ff%fe", "query=%7B__typename%7D&query=x"]:
        status, answer = ask(target.port, head("GET", f"/graphql?{query}", {"accept": "application/graphql-response+json"}))
        expect(status == 400, f"{query[:30]} was answered {status}")
        largest = max(largest, len(answer))
    return largest
