"""PostgreSQL in a folder of its own: a server, and one that follows it by streaming."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .server import Failed, end, free_port

# Durable, as in earnest: what is acknowledged must be there after a crash.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "wal_level": "replica",
    "hot_standby": "on",
    "log_min_messages": "warning",
    "wal_keep_size": "256MB",
    "wal_retrieve_retry_interval": "500ms",
}


class Postgres:
    """The ways to stop are those of PostgreSQL: by their signals to its first process."""

    FAST = signal.SIGINT
    IMMEDIATE = signal.SIGQUIT

    def __init__(self, folder: Path, name: str = "postgres", settings: dict[str, str] | None = None):
        self.folder, self.name = folder / name, name
        self.settings = SETTINGS | (settings or {})
        self.folder.mkdir()
        self.log = folder / f"{name}.log"
        # It refuses to run as root.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"postgres://waymark@127.0.0.1:{self.port}/waymark"

    def create(self) -> None:
        self.run("initdb", "--pgdata", "data", "--username", "waymark", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        self.start()
        self.run("createdb", "--host", "127.0.0.1", "--port", str(self.port), "--username", "waymark", "waymark")

    def follow(self, leader: "Postgres") -> None:
        """Begins as a copy of another one, and follows it."""
        address = ["--host", "127.0.0.1", "--port", str(leader.port), "--username", "waymark"]
        self.run("pg_basebackup", "--pgdata", "data", "--write-recovery-conf", "--checkpoint", "fast", *address)
        self.start()

    def start(self) -> None:
        flags = [text for name, value in self.settings.items() for text in ("-c", f"{name}={value}")]
        command = [program("postgres"), "-D", "data", "-p", str(self.port), *flags]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.user)
        self.wait()

    def wait(self, seconds: float = 60) -> None:
        command = [program("pg_isready"), "--quiet", "--timeout=1", "--username=waymark", "--host=127.0.0.1", f"--port={self.port}"]
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            if subprocess.run(command, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise Failed(f"PostgreSQL does not start: see {self.log}")

    def stop(self, how: signal.Signals = FAST) -> None:
        end(self.process, how)

    def run(self, name: str, *arguments: str) -> None:
        done = subprocess.run([program(name), *arguments], cwd=self.folder, capture_output=True, text=True, **self.user)
        if done.returncode:
            raise Failed(f"{name}: {done.stderr.strip()}")

    def processes(self) -> list[int]:
        own = self.process.pid
        return [own, *map(int, Path(f"/proc/{own}/task/{own}/children").read_text().split())]


def program(name: str) -> str:
    """Debian keeps the programs of PostgreSQL beside the path."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, homes), os.environ.get("PATH", "")]))
    if not found:
        raise SystemExit(f"{name} is missing: install PostgreSQL")
    return found
