"""The servers: how each is started, asked and ended."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cases import QUERIES, Case, body
from client import data, post, wait_until_answering

PEERS = Path(__file__).parent / "peers"
EVERY_CASE = "abcde"
PRODUCTION = {"NODE_ENV": "production"}


@dataclass
class Setting:
    """What the servers are started with."""

    waymark: Path
    limit: Path
    work: Path
    """Where data, databases and the large catalogue are."""
    server_core: str
    waymark_arguments: list[str] = field(default_factory=list)

    def database(self, case: Case) -> Path:
        return self.work / ("large.db" if case.is_large else "embedded.db")

    @property
    def large_catalogue(self) -> Path:
        return self.work / "large"


@dataclass(frozen=True)
class Server:
    name: str
    cases: str
    """The cases that it can answer."""
    command: Callable[[Setting, Case, int], list[str]]
    path: Callable[[Case], str] = lambda case: "/graphql"
    environment: dict[str, str] = field(default_factory=dict)
    is_peer: bool = False
    """Whether it serves the peers' data."""
    has_postgres: bool = False

    def bodies(self, case: Case, usual: list[str]) -> list[str]:
        """PostGraphile has a schema of its own, and so a query of its own."""
        if not self.has_postgres:
            return usual
        return [body((QUERIES / f"{case.query}.postgraphile.graphql").read_text())]


def waymark(name: str, cases: str = EVERY_CASE, flags: tuple[str, ...] = (), **environment: str) -> Server:
    def command(setting: Setting, case: Case, port: int) -> list[str]:
        listen = ["--listen", f"127.0.0.1:{port}", "--database", str(setting.database(case))]
        return [str(setting.waymark), "serve", *listen, *setting.waymark_arguments, *flags]

    return Server(name, cases, command, environment={"WAYMARK_LOG": "error", "WAYMARK_WRITE_RATE": "0"} | environment)


def limit(setting: Setting, case: Case, port: int) -> list[str]:
    catalogue = ["--catalog", str(setting.large_catalogue)] if case.is_large else []
    return [str(setting.limit), "serve", "--listen", f"127.0.0.1:{port}", *catalogue]


def node(name: str, file: str, backend: str) -> Server:
    def command(setting: Setting, case: Case, port: int) -> list[str]:
        return ["node", str(PEERS / file), str(port), backend, str(setting.work)]

    return Server(name, "ad", command, environment=PRODUCTION, is_peer=True)


def postgraphile(setting: Setting, case: Case, port: int) -> list[str]:
    """On the Node that came with it. Its last argument, the database, is added when that runs."""
    folder = PEERS / "postgraphile"
    return [str(folder / "node_modules/.bin/node"), str(folder / "server.js"), str(port)]


SERVERS = [
    waymark("waymark"),
    # Variants: the same program with other flags or another environment, for the cases where that tells something.
    waymark("waymark-uncached", "abd", ("--answer-cache", "0")),
    Server("limit", EVERY_CASE, limit, lambda case: case.limit_path),
    node("yoga-memory", "yoga.js", "memory"),
    node("yoga-sqlite", "yoga.js", "sqlite"),
    node("mercurius-memory", "mercurius.js", "memory"),
    node("mercurius-sqlite", "mercurius.js", "sqlite"),
    Server("postgraphile", "ad", postgraphile, environment=PRODUCTION, is_peer=True, has_postgres=True),
]


class Running:
    """A server that runs for one case, pinned to its core; a context that ends it."""

    def __init__(self, server: Server, setting: Setting, case: Case):
        self.server, self.case = server, case
        self.port = free_port()
        self.postgres = Postgres(setting) if server.has_postgres else None
        database = [self.postgres.url] if self.postgres else []
        self.process = started(
            server.command(setting, case, self.port) + database,
            setting.server_core,
            self.log(setting),
            env=os.environ | server.environment,
        )

    def __enter__(self):
        try:
            wait_until_answering(self.port, lambda: self.process.poll() is None)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        end(self.process)
        if self.postgres:
            self.postgres.close()

    def log(self, setting: Setting) -> Path:
        return setting.work / f"{self.server.name}.log"

    @property
    def path(self) -> str:
        return self.server.path(self.case)

    def answer(self, body: str) -> tuple[bytes, dict]:
        """As it came, and its data in the form of Waymark's."""
        raw = post(self.port, self.path, body)
        return raw, unfolded(data(raw)) if self.postgres else data(raw)

    def processor_time(self) -> float:
        """In seconds since its start."""
        return processor_time(self.process.pid) + (self.postgres.processor_time() if self.postgres else 0)

    def memory(self, name: str) -> int:
        """In bytes: the most that the process ever held (`VmHWM`), or what it holds now (`VmRSS`); with what its PostgreSQL holds now,
        shared pages counted once."""
        own = kilobytes(f"/proc/{self.process.pid}/status", name)
        return 1024 * (own + (self.postgres.memory() if self.postgres else 0))


class Postgres:
    """A PostgreSQL of its own in a temporary folder, with the peers' data."""

    def __init__(self, setting: Setting):
        # PostgreSQL refuses to run as root.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="waymark-bench-"))
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self.url = f"postgres://bench@127.0.0.1:{self.port}/postgres"
        self.run("initdb", "--pgdata", "data", "--username", "bench", "--auth", "trust", "--encoding", "UTF8")
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        flags = [text for name, value in options.items() for text in ("-c", f"{name}={value}")]
        command = [program("postgres"), "-D", "data", "-p", str(self.port), *flags]
        log = setting.work / "postgres.log"
        self.process = started(command, setting.server_core, log, cwd=self.folder, **self.user)
        try:
            self.wait()
            script = setting.work / "data.sql"
            with script.open() as text:
                self.run("psql", "--quiet", "-v", "ON_ERROR_STOP=1", "--dbname", self.url, stdin=text)
        except BaseException:
            self.close()
            raise

    def run(self, name: str, *arguments: str, **options) -> None:
        command = [program(name), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **self.user, **options)

    def wait(self) -> None:
        command = [program("pg_isready"), "--quiet", "--timeout=1", "--dbname", self.url]
        for _ in range(600):
            if subprocess.run(command, check=False).returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit("PostgreSQL does not start: see postgres.log")

    def processor_time(self) -> float:
        return sum(map(processor_time, self.processes()))

    def memory(self) -> int:
        return sum(kilobytes(f"/proc/{pid}/smaps_rollup", "Pss") for pid in self.processes())

    def processes(self) -> list[int]:
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [own, *map(int, children)]

    def close(self) -> None:
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


def started(command: list[str], core: str, log: Path, **options) -> subprocess.Popen:
    with log.open("w") as file:
        return subprocess.Popen(["taskset", "-c", core, *command], stdout=file, stderr=file, **options)


def end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def program(name: str) -> str:
    """Of PostgreSQL: Debian keeps its programs beside the path."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, homes), os.environ.get("PATH", "")]))
    if not found:
        raise SystemExit(f"{name} is missing: install PostgreSQL")
    return found


def unfolded(value):
    """PostGraphile's answer without the connections and the table between requirements and steps."""
    if isinstance(value, list):
        return [unfolded(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: inner if name == "topics" else without_nodes(name, inner)
            for name, inner in ((name, unfolded(inner)) for name, inner in value.items())}


def without_nodes(name: str, value):
    if not (isinstance(value, dict) and set(value) == {"nodes"}):
        return value
    return [node["step"] for node in value["nodes"]] if name == "anyOf" else value["nodes"]


def processor_time(process: int) -> float:
    """Of all its threads, in their own work and in the system's."""
    # Behind the name, which may hold anything; the fields are counted in proc(5), these are 14 and 15.
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def kilobytes(file: str, name: str) -> int:
    lines = Path(file).read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
