"""Where the database is, and how it is looked at while no server runs."""

import shutil
import sqlite3
import time
from pathlib import Path

from harness import tables
from harness.server import Failed


class File:
    """A SQLite file. A copy is looked at: whoever opens the file itself would write the log of the killed server into it, which is for the next
    server to do."""

    def __init__(self, path: Path):
        self.path = path
        self.copy = path.with_name(f"{path.stem}-copy.db")

    @property
    def database(self) -> str:
        return str(self.path)

    def check(self) -> None:
        """SQLite's own checks of the file and of its keys."""
        for end in ("", "-wal"):
            copy = Path(f"{self.copy}{end}")
            copy.unlink(missing_ok=True)
            if Path(f"{self.path}{end}").exists():
                shutil.copyfile(f"{self.path}{end}", copy)
        if not self.copy.exists():
            return
        database = sqlite3.connect(self.copy)
        try:
            sound = database.execute("PRAGMA integrity_check").fetchall()
            if sound != [("ok",)]:
                raise Failed(f"PRAGMA integrity_check: {sound[:5]}")
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
            if loose:
                raise Failed(f"PRAGMA foreign_key_check: {loose[:5]}")
        finally:
            database.close()

    def rows(self) -> tables.Rows:
        """Of the copy that was checked last."""
        return tables.of_file(self.copy)


class Remote:
    """A database of PostgreSQL, which goes on while the server is killed."""

    def __init__(self, database: str):
        self.database = database

    def check(self) -> None:
        """Waits until what the killed server had begun is done or undone. That keys hold is for PostgreSQL to see to."""
        until = time.monotonic() + 10
        busy = "SELECT pid FROM pg_stat_activity WHERE application_name = 'waymark' AND datname = current_database()"
        while self.rows()(busy):
            if time.monotonic() > until:
                raise Failed("connections of the killed server are still open after ten seconds")
            time.sleep(0.02)

    def rows(self) -> tables.Rows:
        return tables.of_server(self.database)
