"""The peers' data: what the queries need of the embedded catalogue, asked of Waymark, as JSON, SQLite and SQL."""

import json
import sqlite3
from pathlib import Path

from cases import body
from client import ask

PAGE = """query ($after: String) { topics(first: 50, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { slug title summary area { slug title } steps {
    level hours
    requires { anyOf { level topic { slug } } }
    coverage { resource { slug title } }
  } }
} }"""

SCHEMA = """
CREATE TABLE areas (id integer PRIMARY KEY, slug text NOT NULL, title text NOT NULL);
CREATE TABLE topics (id integer PRIMARY KEY, slug text NOT NULL, title text NOT NULL, summary text NOT NULL,
  area_id integer NOT NULL REFERENCES areas);
CREATE TABLE steps (id integer PRIMARY KEY, topic_id integer NOT NULL REFERENCES topics, level text NOT NULL,
  hours double precision NOT NULL);
CREATE TABLE requirements (id integer PRIMARY KEY, step_id integer NOT NULL REFERENCES steps);
CREATE TABLE alternatives (id integer PRIMARY KEY, requirement_id integer NOT NULL REFERENCES requirements,
  step_id integer NOT NULL REFERENCES steps);
CREATE TABLE resources (id integer PRIMARY KEY, slug text NOT NULL, title text NOT NULL);
CREATE TABLE coverages (id integer PRIMARY KEY, step_id integer NOT NULL REFERENCES steps,
  resource_id integer NOT NULL REFERENCES resources);
"""

INDEXES = """
CREATE INDEX topics_area ON topics (area_id);
CREATE INDEX steps_topic ON steps (topic_id);
CREATE INDEX requirements_step ON requirements (step_id);
CREATE INDEX alternatives_requirement ON alternatives (requirement_id);
CREATE INDEX alternatives_step ON alternatives (step_id);
CREATE INDEX coverages_step ON coverages (step_id);
CREATE INDEX coverages_resource ON coverages (resource_id);
"""


def write(port: int, folder: Path) -> None:
    """`data.json`, `data.db` and `data.sql` of what the Waymark at a port serves. Ids count from 0 in the order of its lists."""
    tables = tables_of(all_topics(port))
    (folder / "data.json").write_text(json.dumps(tables))
    (folder / "data.sql").write_text(sql(tables))
    write_sqlite(tables, folder / "data.db")


def all_topics(port: int) -> list[dict]:
    topics, after = [], None
    while True:
        page = ask(port, body(PAGE, {"after": after}))["topics"]
        topics += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return topics
        after = page["pageInfo"]["endCursor"]


def tables_of(topics: list[dict]) -> dict[str, list[dict]]:
    names = ["areas", "topics", "steps", "requirements", "alternatives", "resources", "coverages"]
    tables: dict[str, list[dict]] = {name: [] for name in names}

    def add(table: str, **row) -> int:
        tables[table].append({"id": len(tables[table]), **row})
        return len(tables[table]) - 1

    def once(table: str, row: dict, known: dict[str, int]) -> int:
        if row["slug"] not in known:
            known[row["slug"]] = add(table, **row)
        return known[row["slug"]]

    areas: dict[str, int] = {}
    resources: dict[str, int] = {}
    steps: dict[tuple[str, str], int] = {}
    for topic in topics:
        texts = {name: topic[name] for name in ("slug", "title", "summary")}
        id = add("topics", **texts, area_id=once("areas", topic["area"], areas))
        for step in topic["steps"]:
            steps[topic["slug"], step["level"]] = add("steps", topic_id=id, level=step["level"], hours=step["hours"])
    for topic in topics:
        for step in topic["steps"]:
            id = steps[topic["slug"], step["level"]]
            for requirement in step["requires"]:
                entry = add("requirements", step_id=id)
                for other in requirement["anyOf"]:
                    way = steps[other["topic"]["slug"], other["level"]]
                    add("alternatives", requirement_id=entry, step_id=way)
            for coverage in step["coverage"]:
                resource = once("resources", coverage["resource"], resources)
                add("coverages", step_id=id, resource_id=resource)
    return tables


def write_sqlite(tables: dict[str, list[dict]], path: Path) -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(SCHEMA)
        for name, rows in tables.items():
            places = ", ".join("?" * len(rows[0]))
            database.executemany(f"INSERT INTO {name} VALUES ({places})", [tuple(row.values()) for row in rows])
        database.executescript(INDEXES + "ANALYZE;")
    database.close()


def sql(tables: dict[str, list[dict]]) -> str:
    """For psql."""
    copies = [f"COPY {name} FROM STDIN;\n{''.join(map(copied, rows))}\\.\n" for name, rows in tables.items()]
    return SCHEMA + "".join(copies) + INDEXES + "ANALYZE;\n"


def copied(row: dict) -> str:
    escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n"})
    return "\t".join(str(value).translate(escapes) for value in row.values()) + "\n"
