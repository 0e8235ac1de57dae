#!/usr/bin/env python3
"""What a learner does most, again and again: a step completed, time logged. Against the plain statements by the same driver. See README.md."""

import argparse
import contextlib
import json
import shutil
import sqlite3
import statistics
import subprocess
import urllib.request
from pathlib import Path

from cases import CASES
from servers import Running, Server, Setting, waymark

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ACCOUNT = {"email": "bench@example.org", "password": "three plain words"}
ROADMAP = {"to": "backend-architect", "hoursPerWeek": 6, "startOn": "2027-01-04"}
ANSWER = "{ roadmap { changeNumber } userErrors { code } }"
WRITES = {
    "completeStep": ("/complete-step", f"mutation ($input: RoadmapStepInput!) {{ completeStep(input: $input) {ANSWER} }}"),
    "logStudy": ("/log-study", f"mutation ($input: LogStudyInput!) {{ logStudy(input: $input) {ANSWER} }}"),
}
# For the setting alone: what is asked here is none of the cases.
CASE = CASES[0]


def main() -> None:
    options = parse_options()
    setting = Setting(options.waymark, options.limit, options.work, options.server_core)
    setting.work.mkdir(parents=True, exist_ok=True)
    databases = {name: setting.work / f"writes-{name}.db" for name in ("waymark", "limit")}
    for file in setting.work.glob("writes-*"):
        file.unlink()
    with Running(writing("waymark", databases), setting, CASE) as server:
        token, roadmap, steps = prepare(server.port)
    shutil.copy(databases["waymark"], databases["limit"])
    results = {}
    servers = [writing("waymark", databases), Server("limit", "", lambda s, _, port: limit(s, databases["limit"], port))]
    for name, (path, query) in WRITES.items():
        bodies = setting.work / "bodies.txt"
        bodies.write_text("\n".join(body(name, query, roadmap, step) for step in steps) + "\n")
        rates = {server.name: [] for server in servers}
        for turn in range(options.rounds):
            for server in servers:
                empty_log(databases[server.name])
                with Running(server, setting, CASE) as running:
                    at = path if server.name == "limit" else "/graphql"
                    first = bodies.read_text().splitlines()[0]
                    check(ask(running.port, first, token, at), name)
                    rates[server.name].append(load(running.port, at, bodies, token, turn, options))
        rate = {server: statistics.median(of) for server, of in rates.items()}
        results[name] = {**{f"{server} per second": round(one) for server, one in rate.items()}, "÷": round(rate["waymark"] / rate["limit"], 2)}
    print(json.dumps(results, indent=2, ensure_ascii=False))


def empty_log(database: Path) -> None:
    """A log has a cap, which is not what is measured."""
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM study")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="measured, for each server and turn (5)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured in turn; medians count (3)")
    parser.add_argument("--connections", type=int, default=32, help="open at once (32)")
    parser.add_argument("--waymark", type=Path, default=ROOT / "target/release/waymark")
    parser.add_argument("--limit", type=Path, default=ROOT / "target/release/examples/limit")
    parser.add_argument("--server-core", default="0")
    parser.add_argument("--client-core", default="1")
    parser.add_argument("--work", type=Path, default=ROOT / "target/bench-http")
    return parser.parse_args()


def writing(name: str, databases: dict[str, Path]) -> Server:
    """Waymark on a database of the bench's own."""
    server = waymark(name)

    def command(setting: Setting, _, port: int) -> list[str]:
        return [str(setting.waymark), "serve", "--listen", f"127.0.0.1:{port}", "--database", str(databases[name])]

    return Server(name, "", command, environment=server.environment)


def limit(setting: Setting, database: Path, port: int) -> list[str]:
    return [str(setting.limit), "serve", "--listen", f"127.0.0.1:{port}", "--database", str(database)]


def prepare(port: int) -> tuple[str, str, list[dict]]:
    """A learner with a token and a roadmap: the token, the roadmap's id, its steps."""
    account = f'email: "{ACCOUNT["email"]}", password: "{ACCOUNT["password"]}"'
    ask(port, mutation(f"signUp(input: {{ {account} }}) {{ userErrors {{ code }} }}"))
    signed_in = urllib.request.urlopen(request(port, mutation(f"signIn(input: {{ {account} }}) {{ viewer {{ email }} }}")))
    cookie = {"cookie": signed_in.headers["set-cookie"].split(";")[0]}
    made = ask(port, mutation('createAccessToken(input: { name: "bench", scopes: [READ, WRITE] }) { token }'), cookie)
    token = {"authorization": f"Bearer {made['createAccessToken']['token']}"}
    query = "mutation ($input: SaveRoadmapInput!) { saveRoadmap(input: $input) { roadmap { id version { steps(first: 100) { nodes { topic level } } } } } }"
    saved = ask(port, json.dumps({"query": query, "variables": {"input": {"title": "Up", "roadmap": ROADMAP}}}), token)
    roadmap = saved["saveRoadmap"]["roadmap"]
    return token, roadmap["id"], roadmap["version"]["steps"]["nodes"]


def body(name: str, query: str, roadmap: str, step: dict) -> str:
    # So little that a day of the log, which has 24 hours, does not become full.
    spent = {"hours": 0.0005} if name == "logStudy" else {}
    return json.dumps({"query": query, "variables": {"input": {"roadmap": roadmap, "step": step} | spent}})


def mutation(text: str) -> str:
    return json.dumps({"query": f"mutation {{ {text} }}"})


def request(port: int, text: str, headers: dict | None = None, path: str = "/graphql") -> urllib.request.Request:
    all_headers = {"content-type": "application/json"} | (headers or {})
    return urllib.request.Request(f"http://127.0.0.1:{port}{path}", text.encode(), all_headers)


def ask(port: int, text: str, headers: dict | None = None, path: str = "/graphql") -> dict:
    with urllib.request.urlopen(request(port, text, headers, path), timeout=60) as response:
        answer = json.load(response)
    if answer.get("errors"):
        raise SystemExit(f"a mutation failed: {json.dumps(answer['errors'])[:2000]}")
    return answer["data"]


def check(data: dict, name: str) -> None:
    payload = data[name]
    if payload["userErrors"] or payload["roadmap"]["changeNumber"] < 2:
        raise SystemExit(f"{name} answers {json.dumps(payload)}")


def load(port: int, path: str, bodies: Path, token: dict, turn: int, options: argparse.Namespace) -> float:
    def wrk(seconds: int, start: int) -> dict:
        command = ["taskset", "-c", options.client_core, "wrk", "-t1", f"-c{options.connections}", f"-d{seconds}s"]
        command += ["--timeout", "30s", "-H", f"authorization: {token['authorization']}", "-s", HERE / "load.lua"]
        command += [f"http://127.0.0.1:{port}{path}", "--", bodies, str(start)]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
        return json.loads(told.stdout.splitlines()[-1])

    wrk(1, 2 * turn * 1_000_000)
    figures = wrk(options.seconds, (2 * turn + 1) * 1_000_000)
    if figures["errors"]:
        raise SystemExit(f"{figures['errors']} requests failed under load")
    return figures["requests"] / figures["seconds"]


if __name__ == "__main__":
    main()
