"""Curators, who bring one edition of the catalogue after the other: by `importCatalog` where the servers have it, else by `waymark import`."""

import random
import re
import threading
import time
from dataclasses import dataclass

from cluster import Cluster
from harness import catalogue
from harness.api import Connection, Refused, Unanswered
from harness.learner import Learner, mutate
from harness.server import Failed, command
from load import PATIENCE, Tally

IMPORT = "importCatalog"
TEXTS = ("text", "catalog", "content")
"""What the input's field for the catalogue may be called."""


@dataclass
class Edition:
    """A revision that was acknowledged."""

    revision: int
    edition: int
    replica: int | None
    at: float


class Shape:
    """What `importCatalog` takes and answers, by the schema that is served."""

    QUERY = """{
      mutation: __type(name: "Mutation") { fields { name args { name type { name ofType { name } } } type { name } } }
      types: __schema { types { name inputFields { name } fields { name type { name ofType { name } } } } }
    }"""

    def __init__(self, connection: Connection):
        data = connection.ask(self.QUERY)
        self.types = {one["name"]: one for one in data["types"]["types"]}
        fields = {field["name"]: field for field in data["mutation"]["fields"]}
        self.is_there = IMPORT in fields
        if self.is_there:
            kind = fields[IMPORT]["args"][0]["type"]
            self.input = kind["name"] or kind["ofType"]["name"]
            self.names = {field["name"] for field in self.types[self.input]["inputFields"]}
            self.text = next(name for name in TEXTS if name in self.names)
            self.answer = self.way_to_number(fields[IMPORT]["type"]["name"])

    def way_to_number(self, payload: str) -> list[str]:
        """The fields from the payload to the number of the revision."""
        fields = {field["name"]: field["type"]["name"] or field["type"]["ofType"]["name"] for field in self.types[payload]["fields"]}
        for name in ("revision", "catalogRevision", "catalog"):
            if name in fields:
                inner = [field["name"] for field in self.types[fields[name]]["fields"] or []] if fields[name] in self.types else []
                number = next((one for one in ("number", "revision") if one in inner), None)
                return [name, number] if number else [name]
        raise Failed(f"{payload} has no revision")


class Curator(threading.Thread):
    """One at a time, since an edition replaces the catalogue as a whole."""

    def __init__(self, cluster: Cluster, tally: Tally, chance: random.Random, learner: Learner, shape: Shape, every: float):
        super().__init__(name="curator")
        self.cluster, self.tally, self.chance, self.learner, self.shape, self.every = cluster, tally, chance, learner, shape, every
        self.connections = [Connection(port, learner.token, 10) for port in cluster.ports]
        self.editions: list[Edition] = []
        self.ends = threading.Event()

    def run(self) -> None:
        edition = 1
        while not self.ends.wait(self.chance.uniform(0.5, 1.5) * self.every) and not self.tally.wrong:
            edition += 1
            try:
                revision, replica = self.insist(edition)
            except (Refused, Failed) as error:
                self.tally.wrong.append(f"edition {edition} was not taken: {error}")
                return
            self.editions.append(Edition(revision, edition, replica, time.monotonic()))

    def insist(self, edition: int) -> tuple[int, int | None]:
        until = time.monotonic() + PATIENCE
        while True:
            replica = self.chance.randrange(len(self.connections))
            try:
                if self.shape.is_there:
                    return self.by_mutation(edition, replica), replica
                return self.by_command(edition), None
            except (Unanswered, Failed) as error:
                if time.monotonic() > until:
                    raise Failed(f"not within {PATIENCE} seconds: {error}") from error
                with self.tally.lock:
                    self.tally.unanswered[f"import: {getattr(error, 'why', 'command')}"] += 1
                time.sleep(0.2)

    def by_mutation(self, edition: int, replica: int) -> int:
        all_values = {
            self.shape.text: catalogue.text(edition),
            "message": message_of(edition),
            "clientMutationId": f"edition-{edition}",
        }
        values = {name: value for name, value in all_values.items() if name in self.shape.names}
        answer = " { ".join(self.shape.answer) + " }" * (len(self.shape.answer) - 1)
        found = mutate(self.connections[replica], IMPORT, self.shape.input, values, answer)
        for name in self.shape.answer:
            found = found[name]
        return found

    def by_command(self, edition: int) -> int:
        """Importing the same again does nothing, and tells the same revision."""
        file = catalogue.write(self.cluster.folder / "edition.yaml", edition)
        said = command(self.cluster.binary, "import", str(file), "--database", self.cluster.postgres.url)
        return int(re.search(r"revision (\d+)", said)[1])


def message_of(edition: int) -> str:
    return f"The curators' edition {edition}."
