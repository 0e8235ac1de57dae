"""Questions over HTTP, one connection for each who asks. What came of a question is an answer, or nothing that tells anything."""

import http.client
import json
import time


class Unanswered(Exception):
    """Nobody knows whether it was done: the connection was lost, the answer is late, or the server says that it failed."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class Conflict(Unanswered):
    """Somebody else was first: what that was stands beside the error."""

    def __init__(self, error: dict):
        super().__init__("CONFLICT")
        self.message: str = error["message"]
        self.extensions: dict = error["extensions"]


class Refused(Exception):
    """It was not done, and will not be however often it is asked."""

    def __init__(self, why: str, code: str = ""):
        super().__init__(why)
        self.code = code


# Whoever gets these may ask again.
PASSING = {"INTERNAL", "RATE_LIMITED", "CONFLICT", "UNAVAILABLE"}


class Connection:
    """To one server, opened when it is needed. Not for several threads."""

    def __init__(self, port: int, token: str | None = None, timeout: float = 15):
        self.port, self.token, self.timeout = port, token, timeout
        self.http: http.client.HTTPConnection | None = None
        self.cookie: str | None = None
        self.opened = 0.0
        self.source: str | None = None
        """The address that it comes from, where it matters who asks how often."""

    def ask(self, query: str, variables: dict | None = None) -> dict:
        """The data of an answer without errors."""
        text = json.dumps({"query": query, "variables": variables or {}})
        status, answer = self.post(text)
        errors = answer.get("errors")
        if not errors and status == 200:
            return answer["data"]
        # What stands before the document is executed is answered without `errors`.
        code = errors[0].get("extensions", {}).get("code", "") if errors else f"HTTP {status}"
        if code == "CONFLICT":
            raise Conflict(errors[0])
        if code in PASSING or status >= 500 or status == 429:
            raise Unanswered(code)
        raise Refused(f"HTTP {status}: {json.dumps(errors or answer)[:500]}", code)

    def post(self, text: str) -> tuple[int, dict]:
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if self.cookie:
            headers["cookie"] = self.cookie
        try:
            if not self.http:
                self.opened = time.monotonic()
                source = (self.source, 0) if self.source else None
                self.http = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout, source_address=source)
            self.http.request("POST", "/graphql", text.encode(), headers)
            response = self.http.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unanswered(type(error).__name__) from None
        if cookie := response.headers.get("set-cookie"):
            self.cookie = cookie.split(";")[0]
        try:
            return response.status, json.loads(body)
        except ValueError:
            return response.status, {"body": body.decode(errors="replace")[:200]}

    def close_if_old(self, moment: float) -> None:
        if self.opened < moment:
            self.close()

    def close(self) -> None:
        if self.http:
            self.http.close()
        self.http = None


def takes_request_ids(connection: Connection) -> set[str]:
    """The input types that have a `clientMutationId`."""
    data = connection.ask("{ __schema { types { kind name inputFields { name } } } }")
    types = data["__schema"]["types"]
    return {
        one["name"]
        for one in types
        if any(field["name"] == "clientMutationId" for field in one["inputFields"] or [])
    }
