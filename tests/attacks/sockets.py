"""Attacks below HTTP's meaning: connections that are silent, slow, deaf or endless, and frames of HTTP/2."""

import socket
import struct
import time

from attack import MIB, Target, attack, expect
from wire import (
    CONTINUATION,
    DATA,
    GOAWAY,
    HEADERS,
    PING,
    PREFACE,
    PRIORITY,
    RST,
    SETTINGS,
    WINDOW,
    ask,
    begin_http2,
    connect,
    drip,
    frame,
    get_block,
    head,
    length,
    literal,
    post,
    post_block,
    read_all,
    send,
    status_of,
)

QUICK = ("--header-timeout", "1", "--body-timeout", "1", "--idle-timeout", "1", "--send-timeout", "1")
"""Time limits of a second, so that the suite need not wait for those that are usual."""

CALM = struct.pack(">I", 11)
"""The error code ENHANCE_YOUR_CALM."""

PAGE = "topics(first: 100) { nodes { title summary steps { outcome requires { anyOf { outcome } } } } }"
LARGE = "{" + " ".join(f"p{i}: {PAGE}" for i in range(4)) + "}"


def closes(streams: list[socket.socket]) -> int:
    """Waits until the server has closed all; the bytes of the largest answer."""
    return max(len(read_all(stream)) for stream in streams)


@attack("200 connections on which nothing is sent", seconds=5, memory=8, answer=1, flags=QUICK)
def silent_connections(target: Target) -> int:
    return closes([connect(target.port, 5) for _ in range(200)])


@attack("100 connections with half of what HTTP/2 begins with", seconds=5, memory=8, answer=1, flags=QUICK)
def half_a_preface(target: Target) -> int:
    streams = [connect(target.port, 5) for _ in range(100)]
    for number, stream in enumerate(streams):
        send(stream, PREFACE[: 1 + number % 23])
    return closes(streams)


@attack("headers a byte at a time", seconds=6, memory=8, answer=1, flags=QUICK)
def slow_headers(target: Target) -> int:
    took = drip(connect(target.port, 5), head("GET", "/" + "x" * 500, {}), 0.05, 5)
    expect(took < 4, f"it was listened to for {took:.1f} s")
    return 0


@attack("a body a byte at a time", seconds=6, memory=8, answer=2, flags=QUICK)
def slow_body(target: Target) -> int:
    stream = connect(target.port, 5)
    send(stream, head("POST", "/graphql", {"content-type": "application/json", "content-length": "9000"}))
    took = drip(stream, b"x" * 9000, 0.05, 5)
    expect(took < 4, f"it was listened to for {took:.1f} s")
    return 0


@attack("a header without an end", seconds=5, memory=8, answer=1)
def endless_header(target: Target) -> int:
    stream = connect(target.port, 5)
    for _ in range(64):
        if not send(stream, (b"GET / HTTP/1.1\r\nhost: x\r\na: " if _ == 0 else b"") + b"x" * MIB):
            break
    answer = read_all(stream)
    expect(status_of(answer) in (0, 400, 431), f"it was answered {answer[:60]!r}")
    return len(answer)


@attack("2,000 headers", seconds=5, memory=8, answer=1)
def many_headers(target: Target) -> int:
    status, answer = ask(target.port, head("GET", "/", {f"h{i}": "x" for i in range(2000)}))
    expect(status in (400, 431), f"it was answered {status}")
    return len(answer)


@attack("an address of 200 kB", seconds=5, memory=8, answer=1)
def long_address(target: Target) -> int:
    status, answer = ask(target.port, head("GET", "/graphql?query=" + "x" * 200_000, {}))
    expect(status in (0, 400, 414, 431), f"it was answered {status}")
    return len(answer)


@attack("30 clients that ask for 400 kB and read nothing", seconds=60, memory=200, answer=0, flags=QUICK)
def deaf_readers(target: Target) -> int:
    streams = [connect(target.port, 20, receive=4096) for _ in range(30)]
    for stream in streams:
        send(stream, post({"query": LARGE}, {"cookie": "a=b"}))
    time.sleep(5)
    for stream in streams:
        stream.close()
    return 0


@attack("100,000 requests on one connection, of whose answers none is read", seconds=60, memory=32, answer=0, flags=QUICK)
def pipelined_and_unread(target: Target) -> int:
    stream = connect(target.port, 10, receive=4096)
    request = post({"query": '{ topics(first: 20) { nodes { title summary } } }'}, close=False)
    expect(not send(stream, request * 100_000), "all was taken")
    stream.close()
    return 0


@attack("600 connections of one address", seconds=20, memory=32, answer=1)
def pile_of_connections(target: Target) -> int:
    streams = [connect(target.port, 10) for _ in range(600)]
    refused = 0
    streams.reverse()
    for stream in streams[:100]:
        refused += status_of(read_all(stream)) == 429
    for stream in streams:
        stream.close()
    expect(refused == 100, f"{refused} of 100 were refused with 429")
    return 400


@attack("a body said to have 10 GB", seconds=5, memory=8, answer=2)
def gigabytes_announced(target: Target) -> int:
    status, answer = ask(target.port, head("POST", "/graphql", {"content-type": "application/json", "content-length": "10000000000"}))
    expect(status == 413, f"it was answered {status}")
    return len(answer)


@attack("a body in chunks, without an end", seconds=30, memory=16, answer=2)
def endless_chunks(target: Target) -> int:
    stream = connect(target.port, 15)
    send(stream, head("POST", "/graphql", {"content-type": "application/json", "transfer-encoding": "chunked"}))
    chunk = b"100000\r\n" + b" " * MIB + b"\r\n"
    for _ in range(256):
        if not send(stream, chunk):
            break
    else:
        raise AssertionError("256 MiB were taken")
    return 0


@attack("chunks of one byte, each with 10 kB of extensions", seconds=15, memory=16, answer=2)
def fat_chunks(target: Target) -> int:
    stream = connect(target.port, 15)
    send(stream, head("POST", "/graphql", {"content-type": "application/json", "transfer-encoding": "chunked"}))
    send(stream, (b"1;" + b"x" * 10_000 + b"\r\n \r\n") * 2000)
    answer = read_all(stream)
    expect(status_of(answer) in (0, 400, 413), f"it was answered {answer[:60]!r}")
    return len(answer)


@attack("a request within a request, by both ways to say how long it is", seconds=5, memory=8, answer=2)
def smuggling(target: Target) -> int:
    inner = b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n"
    both = {"content-type": "application/json", "content-length": str(5 + len(inner)), "transfer-encoding": "chunked"}
    status, answer = ask(target.port, head("POST", "/graphql", both, close=False) + b"0\r\n\r\n" + inner)
    expect(answer.count(b"HTTP/1.1 ") == 1 and status == 400, f"it was answered {answer[:300]!r}")
    return len(answer)


def goodbye(stream: socket.socket) -> bytes:
    """The last GOAWAY of a connection of HTTP/2, where there is one."""
    return goodbye_in(read_all(stream))


def goodbye_in(answer: bytes) -> bytes:
    at, last = 0, b""
    while at + 9 <= len(answer):
        size = int.from_bytes(answer[at : at + 3], "big")
        if answer[at + 3] == GOAWAY:
            last = answer[at + 9 : at + 9 + size]
        at += 9 + size
    return last


@attack("20,000 streams of HTTP/2 that are reset at once (CVE-2023-44487)", seconds=15, memory=16, answer=64)
def rapid_reset(target: Target) -> int:
    stream = begin_http2(target.port)
    block = get_block("/graphql?query=%7Bareas%7Bslug%7D%7D")
    streams = range(1, 40_001, 2)
    send(stream, b"".join(frame(HEADERS, 5, i, block) + frame(RST, 0, i, struct.pack(">I", 8)) for i in streams))
    expect(goodbye(stream)[4:8] in (CALM, b""), "the connection went on")
    return 0


@attack("2,000,000 frames of settings", seconds=60, memory=16, answer=4096, flags=QUICK)
def settings_flood(target: Target) -> int:
    return flood(target, frame(SETTINGS, 0, 0, b"\x00\x03\x00\x00\x00\x64"), 2_000_000)


@attack("2,000,000 pings", seconds=60, memory=16, answer=4096, flags=QUICK)
def ping_flood(target: Target) -> int:
    return flood(target, frame(PING, 0, 0, bytes(8)), 2_000_000)


@attack("2,000,000 frames of priorities", seconds=60, memory=16, answer=64, flags=QUICK)
def priority_flood(target: Target) -> int:
    return flood(target, frame(PRIORITY, 0, 1, bytes(5)), 2_000_000)


def flood(target: Target, one: bytes, count: int) -> int:
    """The same frame again and again, of whose answers none is read: the server waits for its client, or ends the connection."""
    pour(begin_http2(target.port, timeout=10), one, count)
    return 0


def pour(stream: socket.socket, one: bytes, count: int) -> None:
    """Sends the same again and again, until the server ends the connection or has had all of it, and a second more to look at it."""
    if send(stream, one * count):
        time.sleep(1)
    stream.close()


@attack("a header of HTTP/2 that goes on in 10,000 frames (CVE-2024-27316)", seconds=15, memory=16, answer=64)
def continuation_flood(target: Target) -> int:
    stream = begin_http2(target.port)
    send(stream, frame(HEADERS, 1, 1, get_block("/")))
    one = frame(CONTINUATION, 0, 1, literal(b"a", b"x" * 4000))
    send(stream, one * 10_000)
    expect(goodbye(stream)[4:8] in (CALM, b""), "the connection went on")
    return 0


@attack("a header that is small as it is sent and 16 MB when it is read", seconds=10, memory=16, answer=64)
def header_bomb(target: Target) -> int:
    stream = begin_http2(target.port)
    # It goes into the table once, and is named by its index 4,000 times.
    big = b"\x40" + length(1) + b"a" + length(4000) + b"x" * 4000
    block = get_block("/health") + big + b"\xbe" * 4000
    send(stream, frame(HEADERS, 5, 1, block))
    answer = stream.recv(1 << 16)
    stream.close()
    expect(b"alive" not in answer, "it was answered")
    return len(answer)


@attack("60 streams whose window is empty, each with an answer of 400 kB", seconds=60, memory=250, answer=64, flags=QUICK)
def empty_windows(target: Target) -> int:
    stream = begin_http2(target.port, b"\x00\x04\x00\x00\x00\x00")
    body = post({"query": LARGE}).split(b"\r\n\r\n", 1)[1]
    # Together they are shorter than the server's own window.
    for i in range(1, 120, 2):
        send(stream, frame(HEADERS, 4, i, post_block(len(body))) + frame(DATA, 1, i, body))
    answer = read_all(stream)
    expect(goodbye_in(answer)[4:8] in (bytes(4), b""), f"it was told {goodbye_in(answer)!r}")
    return len(answer)


@attack("100 connections of HTTP/2 that do nothing but ping", seconds=15, memory=16, answer=64, flags=QUICK)
def idle_but_pinging(target: Target) -> int:
    streams = [begin_http2(target.port, timeout=10) for _ in range(100)]
    began = time.monotonic()
    while streams and time.monotonic() - began < 10:
        streams = [stream for stream in streams if send(stream, frame(PING, 0, 0, bytes(8)))]
        time.sleep(0.1)
    expect(not streams, f"{len(streams)} are open after 10 s")
    return 0


@attack("2,000,000 frames of data with nothing in them", seconds=60, memory=16, answer=64, flags=QUICK)
def empty_frames(target: Target) -> int:
    stream = begin_http2(target.port, timeout=10)
    send(stream, frame(HEADERS, 4, 1, post_block(10)))
    pour(stream, frame(DATA, 0, 1), 2_000_000)
    return 0


@attack("windows that grow past what there can be", seconds=10, memory=8, answer=64)
def window_overflow(target: Target) -> int:
    stream = begin_http2(target.port)
    send(stream, frame(WINDOW, 0, 0, struct.pack(">I", 0x7FFFFFFF)) * 2)
    expect(goodbye(stream)[4:8] == struct.pack(">I", 3), "it was not told FLOW_CONTROL_ERROR")
    return 0
