"""Those who follow: over server-sent events, on each server, what changes through the others. When each number was seen is noted."""

import http.client
import json
import threading
import time
from bisect import bisect_left
from dataclasses import dataclass, field

ROADMAP = "subscription ($id: ID!, $since: Int) { roadmapChanged(id: $id, since: $since) { changeNumber } }"
CATALOG = "subscription ($since: Int) { catalogChanged(since: $since) { catalog { revision } } }"


@dataclass
class Seen:
    """What one follower has been told: growing numbers, and when."""

    numbers: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def note(self, number: int) -> None:
        if not self.numbers or number > self.numbers[-1]:
            self.times.append(time.monotonic())
            self.numbers.append(number)

    def when(self, number: int) -> float | None:
        """When that number, or a later one, was told."""
        place = bisect_left(self.numbers, number)
        return self.times[place] if place < len(self.times) else None

    @property
    def last(self) -> int | None:
        return self.numbers[-1] if self.numbers else None


class Follower(threading.Thread):
    """Comes back whenever its connection is lost, and says what it knows already, as clients should."""

    def __init__(self, replica: int, port: int, known: int, token: str | None = None, roadmap: str | None = None):
        super().__init__(daemon=True)
        self.replica, self.port, self.token, self.roadmap = replica, port, token, roadmap
        self.query = ROADMAP if roadmap else CATALOG
        self.known = known
        self.seen = Seen()
        self.wrong: list[str] = []
        self.ends = threading.Event()
        self.connections = 0

    def run(self) -> None:
        while not self.ends.is_set():
            try:
                self.follow()
            except (OSError, http.client.HTTPException, ValueError):
                pass
            self.ends.wait(0.1)

    def follow(self) -> None:
        # More than two pings: a server that is silent for so long is gone.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            headers = {"content-type": "application/json", "accept": "text/event-stream"}
            if self.token:
                headers["authorization"] = f"Bearer {self.token}"
            variables = {"since": self.seen.last or self.known} | ({"id": self.roadmap} if self.roadmap else {})
            connection.request("POST", "/graphql", json.dumps({"query": self.query, "variables": variables}), headers)
            response = connection.getresponse()
            self.connections += 1
            for line in response:
                if self.ends.is_set():
                    return
                if line.startswith(b"data:") and line[5:].strip():
                    self.take(json.loads(line[5:]))
        finally:
            connection.close()

    def take(self, event: dict) -> None:
        if event.get("errors"):
            # The database may be away; that the stream ends by it is for the server to decide.
            self.wrong.append(json.dumps(event["errors"])[:200])
            return
        data = event["data"]
        change = data.get("roadmapChanged") or data["catalogChanged"]["catalog"]
        self.seen.note(change.get("changeNumber", change.get("revision")))
