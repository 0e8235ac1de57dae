"""Has the replica of the database lag: now and then it takes nothing of what is written to the database for a while."""

import random
import threading
import time
from subprocess import SubprocessError

from cluster import Cluster
from harness import tables

QUIET = (0.5, 4.0)
STANDS = (0.2, 4.0)
LOOK = """SELECT xact_commit AS done, pg_is_wal_replay_paused() AS stands,
  extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float AS behind
  FROM pg_stat_database WHERE datname = current_database()"""


class Lag(threading.Thread):
    """Beside all else that is done, so that it is no disturbance: whoever asks is to notice nothing of it."""

    def __init__(self, cluster: Cluster, chance: random.Random):
        super().__init__(name="lag")
        self.cluster, self.chance = cluster, chance
        self.rows = tables.of(cluster.reader.url)
        self.ends = threading.Event()
        self.stood, self.behind, self.read, self.before = 0, 0.0, 0, 0

    def run(self) -> None:
        while not self.ends.wait(self.chance.uniform(*QUIET)):
            self.try_("SELECT pg_wal_replay_pause()")
            self.ends.wait(self.chance.uniform(*STANDS))
            self.look()
            self.try_("SELECT pg_wal_replay_resume()")
        until = time.monotonic() + 10
        while not self.try_("SELECT pg_wal_replay_resume()") and time.monotonic() < until:
            time.sleep(0.1)

    def look(self) -> None:
        for row in self.try_(LOOK):
            self.stood += row["stands"]
            self.behind = max(self.behind, row["behind"] or 0)
            # What it has counted is lost when it is restarted.
            self.read += row["done"] - self.before if row["done"] >= self.before else row["done"]
            self.before = row["done"]

    def try_(self, statement: str) -> list[dict]:
        """Nothing while it is away: then it stands anyway."""
        try:
            return self.rows(statement)
        except (SubprocessError, ValueError):
            return []

    def figures(self) -> dict:
        return {"stood still, times": self.stood, "seconds behind, at most": round(self.behind, 2), "transactions read from it": self.read}
