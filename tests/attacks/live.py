"""Attacks on what stays open: WebSockets and event streams."""

import socket
import struct
import time

from attack import Target, attack, expect
from sockets import LARGE, QUICK, pour
from wire import close_code, connect, handshake, message, post, read_all, send, status_of, subscribe

FOLLOW = "subscription { catalogChanged { previousRevision } }"


def closed(stream: socket.socket, *codes: int) -> int:
    """The bytes that a WebSocket was sent until it was closed, with one of the codes."""
    answer = read_all(stream)
    expect(close_code(answer) in codes, f"it was closed with {close_code(answer)}")
    return len(answer)


@attack("10,000 introductions", seconds=5, memory=8, answer=4)
def introductions(target: Target) -> int:
    stream = handshake(target.port)
    send(stream, message({"type": "connection_init"}) * 10_000)
    return closed(stream, 4429)


@attack("200 WebSockets that never introduce themselves", seconds=10, memory=32, answer=4, flags=("--init-timeout", "1"))
def no_introduction(target: Target) -> int:
    streams = [handshake(target.port, begin=False) for _ in range(200)]
    return max(closed(stream, 4408) for stream in streams)


@attack("50,000 pings of the protocol, of whose answers none is read", seconds=30, memory=16, answer=0, flags=QUICK)
def ping_messages(target: Target) -> int:
    stream = handshake(target.port, receive=4096, timeout=10)
    pour(stream, message({"type": "ping", "payload": {"a": "x" * 500}}), 50_000)
    return 0


@attack("200,000 pings of WebSockets, of whose answers none is read", seconds=30, memory=16, answer=0, flags=QUICK)
def control_frames(target: Target) -> int:
    stream = handshake(target.port, receive=4096, timeout=10)
    pour(stream, message(b"x" * 125, opcode=9), 200_000)
    return 0


@attack("5,000 subscriptions on one WebSocket", seconds=10, memory=32, answer=2048)
def subscriptions(target: Target) -> int:
    stream = handshake(target.port, timeout=2)
    received = 0
    for i in range(5000):
        send(stream, subscribe(i, FOLLOW))
        if i % 100 == 99:
            received += len(stream.recv(1 << 16))
    stream.close()
    return received


MANY = ("--limit-client-subscriptions", "15000")


@attack("300 WebSockets with 50 subscriptions each", seconds=60, memory=30, answer=0, flags=MANY)
def many_subscriptions(target: Target) -> int:
    streams = [handshake(target.port) for _ in range(300)]
    for stream in streams:
        for i in range(50):
            send(stream, subscribe(i, FOLLOW))
        send(stream, message({"type": "ping", "payload": {"last": True}}))
        answer = b""
        while b'"last"' not in answer:
            answer += stream.recv(1 << 16)
        expect(b'"error"' not in answer, f"it was answered {answer[:300]!r}")
    time.sleep(1)
    for stream in streams:
        stream.close()
    return 0


@attack("50 operations of 400 kB on each of 10 WebSockets that read nothing", seconds=90, memory=400, answer=0, flags=QUICK)
def deaf_sockets(target: Target) -> int:
    streams = [handshake(target.port, receive=4096, timeout=10) for _ in range(10)]
    for stream in streams:
        send(stream, b"".join(subscribe(i, LARGE) for i in range(50)))
    time.sleep(10)
    for stream in streams:
        stream.close()
    return 0


@attack("a message said to have 2^62 bytes, one of 100 MB, and one without an end", seconds=15, memory=16, answer=4)
def large_messages(target: Target) -> int:
    announced = handshake(target.port)
    send(announced, b"\x81\xff" + struct.pack(">Q", 1 << 62) + bytes(4) + b"x" * 1000)
    large = handshake(target.port)
    send(large, b"\x81\xff" + struct.pack(">Q", 100 << 20) + bytes(4) + b"x" * (2 << 20))
    endless = handshake(target.port)
    send(endless, message(b"x" * 60_000, final=False))
    for _ in range(100):
        if not send(endless, message(b"x" * 60_000, opcode=0, final=False)):
            break
    return max(closed(announced, 1009), closed(large, 1009), closed(endless, 1009))


@attack("2,000,000 parts of a message with nothing in them", seconds=60, memory=16, answer=4, flags=QUICK)
def empty_parts(target: Target) -> int:
    stream = handshake(target.port, timeout=10)
    send(stream, message(b"", final=False))
    pour(stream, message(b"", opcode=0, final=False), 2_000_000)
    return 0


@attack("messages said to be compressed, without a mask, or of no kind that there is", seconds=5, memory=8, answer=4)
def broken_frames(target: Target) -> int:
    init = b'{"type":"connection_init"}'
    largest = 0
    for broken in [message(init, reserved=4), message(init, masked=False), message(init, opcode=7), message(b"\xff\xfe")]:
        stream = handshake(target.port, begin=False, timeout=5)
        send(stream, broken)
        largest = max(largest, len(read_all(stream)))
    return largest


@attack("JSON 400,000 lists deep over a WebSocket", seconds=5, memory=8, answer=4)
def deep_message(target: Target) -> int:
    stream = handshake(target.port)
    send(stream, message(b'{"type":"ping","payload":{"a":' + b"[" * 400_000))
    return closed(stream, 4400)


@attack("600 event streams of one address", seconds=30, memory=48, answer=4)
def pile_of_streams(target: Target) -> int:
    follow = post({"query": FOLLOW}, {"accept": "text/event-stream"})
    streams = []
    for _ in range(600):
        stream = connect(target.port, 10)
        send(stream, follow)
        streams.append(stream)
    time.sleep(1)
    refused = [status_of(read_all(stream)) for stream in reversed(streams[-50:])]
    for stream in streams:
        stream.close()
    expect(set(refused) == {429}, f"the last were answered {sorted(set(refused))}")
    return 1000


@attack("20 event streams of 400 kB that nobody reads", seconds=60, memory=250, answer=0, flags=QUICK)
def deaf_streams(target: Target) -> int:
    streams = [connect(target.port, 20, receive=4096) for _ in range(20)]
    for stream in streams:
        send(stream, post({"query": LARGE}, {"accept": "text/event-stream"}))
    time.sleep(5)
    for stream in streams:
        stream.close()
    return 0
