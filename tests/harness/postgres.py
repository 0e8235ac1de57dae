"""PostgreSQL in a folder of its own."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .server import Failed, end, free_port

# Durable, as in earnest: what is acknowledged must be there after a crash.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "log_min_messages": "warning",
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

    def is_running(self, seconds: float = 10) -> bool:
        """Whether it is there, or comes back by itself after a crash, instead of having ended."""
        command = [program("pg_isready"), "--quiet", "--timeout=1", "--username=waymark", "--host=127.0.0.1", f"--port={self.port}"]
        until = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < until:
            if subprocess.run(command, check=False).returncode == 0:
                return True
            time.sleep(0.1)
        return self.process.poll() is None

    def stop(self, how: signal.Signals = FAST) -> None:
        end(self.process, how)

    def run(self, name: str, *arguments: str) -> None:
        done = subprocess.run([program(name), *arguments], cwd=self.folder, capture_output=True, text=True, **self.user)
        if done.returncode:
            raise Failed(f"{name}: {done.stderr.strip()}")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """As a machine that hangs: connections stay open and new ones are made, but nobody answers."""
        processes = self.processes()
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

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
