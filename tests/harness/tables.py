"""What the tables say of learners, on SQLite and on PostgreSQL by the same statements."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from .learner import once
from .model import State
from .postgres import program
from .server import Failed

Rows = Callable[[str], list[dict]]

OF = "JOIN learners l ON l.id = t.learner_id"
ROADMAP = "LEFT JOIN roadmaps r ON r.learner_id = t.learner_id AND r.id = t.roadmap_id"
STATES = {
    "roadmaps": f"""SELECT l.name AS name, t.title AS title, t.archived_at IS NOT NULL AS archived, t.change AS change, t.version AS version,
        (SELECT count(*) FROM roadmap_versions v WHERE v.learner_id = t.learner_id AND v.roadmap_id = t.id AND v.plan <> '') AS versions
        FROM roadmaps t {OF}""",
    "study": f"""SELECT l.name AS name, r.title AS title, t.note AS note, t.hours_millionths AS millionths, t.topic AS topic
        FROM study t {OF} {ROADMAP}""",
    "steps": f"SELECT l.name AS name, r.title AS title, t.topic AS topic, t.state AS state FROM step_states t {OF} {ROADMAP}",
    "skills": f"SELECT l.name AS name, t.topic AS topic FROM skills t {OF}",
    "ratings": f"SELECT l.name AS name, t.stars AS stars FROM ratings t {OF}",
}

DAYS = " + ".join(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
SUMS = {
    "study_steps": (
        """SELECT learner_id, roadmap_id, coalesce(topic, ''), coalesce(level, ''), count(*), CAST(sum(hours_millionths) AS bigint)
        FROM study GROUP BY learner_id, roadmap_id, coalesce(topic, ''), coalesce(level, '')""",
        "SELECT learner_id, roadmap_id, topic, level, entries, hours_millionths FROM study_steps",
    ),
    "study_weeks": (
        "SELECT learner_id, roadmap_id, CAST(sum(hours_millionths) AS bigint) FROM study GROUP BY learner_id, roadmap_id",
        f"SELECT learner_id, roadmap_id, CAST(sum({DAYS}) AS bigint) FROM study_weeks GROUP BY learner_id, roadmap_id",
    ),
}
"""What is summed up of each log, and what is kept of that."""


def check_sums(rows: Rows) -> None:
    """The sums that are kept of the logs are those of their entries."""
    for table, (summed, kept) in SUMS.items():
        differ = [f"(SELECT count(*) FROM ({one} EXCEPT {other}) d)" for one, other in ((summed, kept), (kept, summed))]
        found = rows(f"SELECT {' + '.join(differ)} AS wrong")[0]["wrong"]
        if found:
            raise Failed(f"{found} sums of {table} are not those of the log")


def read(rows: Rows) -> dict[str, State]:
    """The state of each learner, by name. What belongs to a roadmap that is not there has `None` for its title, which no model has."""
    check_sums(rows)
    found = {name: rows(statement) for name, statement in STATES.items()}
    states: dict[str, State] = {row["name"]: State() for row in rows("SELECT name FROM learners WHERE name IS NOT NULL")}
    for row in found["roadmaps"]:
        title = once(states[row["name"]].roadmaps, row["title"])
        # Nothing here plans anew, so that there is one version of each, the current one.
        if (row["version"], row["versions"]) != (1, 1):
            title += f" (version {row['version']}, of {row['versions']})"
        states[row["name"]].roadmaps[title] = {"archived": bool(row["archived"]), "change": row["change"]}
    for row in found["study"]:
        study = states[row["name"]].study
        study[once(study, row["note"])] = {"roadmap": row["title"], "hours": row["millionths"] / 1e6, "topic": row["topic"]}
    for row in found["steps"]:
        states[row["name"]].steps[row["title"], row["topic"]] = row["state"]
    for row in found["skills"]:
        states[row["name"]].skills.add(row["topic"])
    for row in found["ratings"]:
        states[row["name"]].stars = row["stars"]
    return states


def of_file(path: Path) -> Rows:
    def rows(statement: str) -> list[dict]:
        database = sqlite3.connect(path)
        database.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in database.execute(statement)]
        finally:
            database.close()

    return rows


def of_server(url: str) -> Rows:
    def rows(statement: str) -> list[dict]:
        wrapped = f"SELECT coalesce(json_agg(t), '[]') FROM ({statement}) t"
        command = [program("psql"), "--no-psqlrc", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1", "--dbname", url, "-c", wrapped]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)

    return rows


def of(database: str) -> Rows:
    return of_server(database) if database.startswith("postgres") else of_file(Path(database))
