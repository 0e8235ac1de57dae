"""Drives servers as fast as they answer: connections that ask one thing after the other, in a process of their own, without more ado than it takes."""

import json
import selectors
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe

Bodies = Callable[[int, int], str]
"""The text of a question, by the connection that asks it and by how many it has asked."""


class Line:
    """A connection that is always waiting for an answer."""

    def __init__(self, port: int, token: str | None, number: int, bodies: Bodies):
        self.number, self.bodies, self.asked, self.answered = number, bodies, 0, 0
        self.head = f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        if token:
            self.head += f"authorization: Bearer {token}\r\n"
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self) -> None:
        body = self.bodies(self.number, self.asked).encode()
        self.asked += 1
        self.socket.sendall(f"{self.head}content-length: {len(body)}\r\n\r\n".encode() + body)

    def take(self) -> bytes | None:
        """The answer, when it is there as a whole."""
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionError("a server closed a connection under load")
        self.buffer += part
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.buffer[:end].lower()
        place = head.index(b"content-length:") + 15
        length = int(head[place:].split(b"\r\n", 1)[0])
        if len(self.buffer) < end + 4 + length:
            return None
        answer, self.buffer = self.buffer[end + 4 :], b""
        if not head.startswith(b"http/1.1 200") or b'"errors":' in answer:
            raise ConnectionError(f"a question failed under load: {head[:40]!r} {answer[:500]!r}")
        return answer


def drive(lines: list[Line], warm: float, seconds: float) -> tuple[int, float]:
    """How many answers there were in how much time, after a while of warming up."""
    selector = selectors.DefaultSelector()
    for line in lines:
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.ask()
    begin, count, counted_from = time.monotonic() + warm, 0, 0.0
    while True:
        now = time.monotonic()
        if now >= begin and not counted_from:
            counted_from, count = now, 0
        if now >= begin + seconds:
            break
        for key, _ in selector.select(1):
            if key.data.take() is not None:
                count += 1
                key.data.ask()
    drained(lines)
    return count, now - counted_from


def drained(lines: list[Line]) -> None:
    """What is under way is waited for, so that the next measurement has the servers to itself."""
    for line in lines:
        while line.take() is None:
            pass
        line.socket.close()


def worker(pipe: Pipe, ports: list[int], tokens: list[str], bodies: Bodies, connections: int, first: int, warm: float, seconds: float) -> None:
    """The whole of a process: its connections are spread over the servers, and over the learners."""
    lines = []
    for place in range(connections):
        number = first + place
        lines.append(Line(ports[number % len(ports)], tokens[number % len(tokens)], number, bodies))
    try:
        pipe.send(drive(lines, warm, seconds))
    except (OSError, ValueError) as error:
        pipe.send(str(error))


def as_json(query: str, variables: dict) -> str:
    return json.dumps({"query": query, "variables": variables})
