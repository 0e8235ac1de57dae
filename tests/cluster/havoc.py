"""What is done to the servers while they are used: one thing after the other, at moments that come from a seed."""

import random
import signal
import threading

from cluster import Cluster
from harness.postgres import Postgres
from harness.server import Failed


class Havoc(threading.Thread):
    def __init__(self, cluster: Cluster, chance: random.Random, calm: tuple[float, float], wrong: list[str]):
        super().__init__(name="havoc")
        self.cluster, self.chance, self.calm, self.wrong = cluster, chance, calm, wrong
        self.ends = threading.Event()
        self.deck: list = []

    def run(self) -> None:
        while not self.ends.wait(self.chance.uniform(*self.calm)):
            try:
                self.draw()()
            except Failed as error:
                self.wrong.append(f"it did not come back: {error}")
                return

    def draw(self):
        """Each of them before any comes again: a short run sees all."""
        if not self.deck:
            self.deck = self.all()
            self.chance.shuffle(self.deck)
        return self.deck.pop()

    def all(self) -> list:
        cluster = self.cluster
        return [
            lambda: cluster.kill(self.any(), self.some(2)),
            lambda: cluster.kill(self.any(), 0),
            lambda: cluster.kill(self.any(), self.some(1), signal.SIGTERM),
            self.kill_all_but_one,
            lambda: cluster.pause(self.any(), self.some(2)),
            lambda: cluster.restart(Postgres.FAST, self.some(1)),
            lambda: cluster.restart(Postgres.IMMEDIATE, self.some(1)),
            lambda: cluster.hang(self.some(4)),
            cluster.cut,
        ]

    def kill_all_but_one(self) -> None:
        numbers = self.chance.sample(range(self.cluster.count), self.cluster.count - 1)
        threads = [threading.Thread(target=self.kill, args=(number, self.some(2))) for number in numbers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def kill(self, number: int, seconds: float) -> None:
        try:
            self.cluster.kill(number, seconds)
        except Failed as error:
            self.wrong.append(f"it did not come back: {error}")

    def any(self) -> int:
        return self.chance.randrange(self.cluster.count)

    def some(self, most: float) -> float:
        return self.chance.uniform(0, most)
