"""What goes over a socket, byte by byte: HTTP/1.1, frames of HTTP/2, frames of WebSockets. No client's library would send most of it."""

import base64
import json
import os
import socket
import struct
import time

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
PROTOCOL = "graphql-transport-ws"


def connect(port: int, timeout: float = 30, receive: int | None = None) -> socket.socket:
    """A connection. With `receive` the system keeps no more than that many bytes which are not read."""
    stream = socket.socket()
    if receive:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    stream.settimeout(timeout)
    stream.connect(("127.0.0.1", port))
    return stream


def send(stream: socket.socket, data: bytes) -> bool:
    """Whether all was sent before the server ended the connection."""
    try:
        stream.sendall(data)
    except (ConnectionError, TimeoutError):
        return False
    return True


def read_all(stream: socket.socket, most: int = 64 << 20) -> bytes:
    """What the server sends until it closes the connection; a TimeoutError where it does not."""
    parts, size = [], 0
    while size < most:
        try:
            part = stream.recv(1 << 16)
        except ConnectionError:
            break
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def head(method: str, path: str, headers: dict[str, str], close: bool = True) -> bytes:
    lines = {"host": "127.0.0.1", **({"connection": "close"} if close else {}), **headers}
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{text}\r\n".encode()


def post(body: bytes | dict, headers: dict[str, str] | None = None, close: bool = True) -> bytes:
    """A request with a body; with a dictionary, of JSON."""
    text = json.dumps(body).encode() if isinstance(body, dict) else body
    own = {"content-type": "application/json", "content-length": str(len(text)), **(headers or {})}
    return head("POST", "/graphql", own, close) + text


def ask(port: int, request: bytes, timeout: float = 30) -> tuple[int, bytes]:
    """The status and the whole answer to a request whose connection ends with it; 0 where there was none."""
    with connect(port, timeout) as stream:
        send(stream, request)
        answer = read_all(stream)
    return status_of(answer), answer


def status_of(answer: bytes) -> int:
    parts = answer.split(b" ", 2)
    return int(parts[1]) if len(parts) > 1 and parts[0].startswith(b"HTTP/1") else 0


# HTTP/2


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


DATA, HEADERS, PRIORITY, RST, SETTINGS, PING, GOAWAY, WINDOW, CONTINUATION = 0, 1, 2, 3, 4, 6, 7, 8, 9


def literal(name: bytes, value: bytes) -> bytes:
    """A header that is not indexed."""
    return b"\x00" + length(len(name)) + name + length(len(value)) + value


def length(number: int) -> bytes:
    """An integer with a prefix of seven bits (RFC 7541, 5.1)."""
    if number < 127:
        return bytes([number])
    out, number = [127], number - 127
    while number >= 128:
        out.append(number % 128 + 128)
        number //= 128
    return bytes([*out, number])


def get_block(path: str) -> bytes:
    """The header block of a GET."""
    return b"\x82\x86\x41\x09127.0.0.1" + b"\x04" + length(len(path)) + path.encode()


def post_block(size: int) -> bytes:
    block = b"\x83\x86\x41\x09127.0.0.1" + b"\x04\x08/graphql"
    return block + literal(b"content-type", b"application/json") + literal(b"content-length", str(size).encode())


def begin_http2(port: int, settings: bytes = b"", timeout: float = 30) -> socket.socket:
    stream = connect(port, timeout)
    send(stream, PREFACE + frame(SETTINGS, 0, 0, settings))
    return stream


# WebSockets


def handshake(port: int, begin: bool = True, timeout: float = 30, receive: int | None = None) -> socket.socket:
    """A WebSocket, introduced unless it is not to be."""
    stream = connect(port, timeout, receive)
    key = base64.b64encode(os.urandom(16)).decode()
    upgrade = {
        "connection": "upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": key,
        "sec-websocket-protocol": PROTOCOL,
    }
    send(stream, head("GET", "/graphql/ws", upgrade, close=False))
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = stream.recv(1)
        if not part:
            break
        answer += part
    if begin:
        send(stream, message({"type": "connection_init"}))
    return stream


def message(body: dict | bytes, opcode: int = 1, final: bool = True, reserved: int = 0, masked: bool = True) -> bytes:
    """A frame of a client; its mask is zero."""
    text = json.dumps(body).encode() if isinstance(body, dict) else body
    first = (0x80 if final else 0) | reserved << 4 | opcode
    mask = 0x80 if masked else 0
    if len(text) < 126:
        size = bytes([mask | len(text)])
    elif len(text) < 1 << 16:
        size = bytes([mask | 126]) + struct.pack(">H", len(text))
    else:
        size = bytes([mask | 127]) + struct.pack(">Q", len(text))
    return bytes([first]) + size + (bytes(4) if masked else b"") + text


def subscribe(number: int, query: str) -> bytes:
    return message({"type": "subscribe", "id": str(number), "payload": {"query": query}})


def close_code(answer: bytes) -> int:
    """The code of the farewell at the end of what a server sent; 0 where it sent none."""
    at = 0
    code = 0
    while at + 2 <= len(answer):
        opcode, size = answer[at] & 15, answer[at + 1] & 127
        at += 2
        if size == 126:
            size, at = struct.unpack(">H", answer[at : at + 2])[0], at + 2
        elif size == 127:
            size, at = struct.unpack(">Q", answer[at : at + 8])[0], at + 8
        if opcode == 8 and size >= 2:
            code = struct.unpack(">H", answer[at : at + 2])[0]
        at += size
    return code


def drip(stream: socket.socket, data: bytes, pause: float, seconds: float) -> float:
    """Sends a byte at a time until the server ends the connection; how long that took."""
    began = time.monotonic()
    stream.settimeout(pause)
    for byte in data:
        if time.monotonic() - began > seconds:
            break
        if not send(stream, bytes([byte])):
            break
        try:
            if not stream.recv(1 << 16):
                break
        except TimeoutError:
            continue
        except ConnectionError:
            break
    return time.monotonic() - began
