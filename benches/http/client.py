"""A request at a time, for everything that is not measured."""

import json
import time
import urllib.error
import urllib.request


def post(port: int, path: str, body: str) -> bytes:
    url = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(url, body.encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.read()


def data(answer: bytes) -> dict:
    parsed = json.loads(answer)
    if parsed.get("errors"):
        raise SystemExit(f"a query failed: {json.dumps(parsed['errors'])[:2000]}")
    return parsed["data"]


def ask(port: int, body: str) -> dict:
    """The data of an answer of Waymark's."""
    return data(post(port, "/graphql", body))


def wait_until_answering(port: int, is_alive, seconds: float = 120) -> None:
    """Any answer will do, also that there is nothing at `/`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and is_alive():
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"the server at port {port} does not answer: see its log")
