"""A server of Waymark's as a process: started, waited for, killed. Nothing else is ever ended than what was started here, by its id."""

import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path


class Server:
    """One process at a time, at one port, on one database."""

    def __init__(self, binary: Path, database: str, log: Path, flags: tuple[str, ...] = (), admin: bool = False):
        self.binary, self.database, self.log = binary, database, log
        self.port = free_port()
        self.admin = free_port() if admin else None
        self.flags = flags
        self.env: dict[str, str] = {}
        """Further variables of its environment."""
        self.process: subprocess.Popen | None = None
        self.starts: list[float] = []
        """How long each start took, in seconds."""

    def start(self) -> None:
        command = [str(self.binary), "serve", "--listen", f"127.0.0.1:{self.port}", "--database", self.database]
        if self.admin:
            command += ["--admin-listen", f"127.0.0.1:{self.admin}"]
        self.began = time.monotonic()
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, *self.flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Learners of a trial write faster than people do.
                env={"WAYMARK_LOG": "info", "WAYMARK_WRITE_RATE": "0"} | os.environ | self.env,
                # Python ignores SIGXFSZ, and so does the server then: what is written beyond a limit
                # fails, and does not end it.
                restore_signals=False,
            )

    def wait(self, seconds: float = 30) -> None:
        """Until it is ready."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.is_running():
            if self.is_ready():
                self.starts.append(time.monotonic() - self.began)
                return
            time.sleep(0.01)
        state = "is not ready" if self.is_running() else f"ended with {self.process.returncode}"
        raise Failed(f"the server at port {self.port} {state} after {time.monotonic() - self.began:.1f} s: see {self.log}")

    def is_ready(self) -> bool:
        return self.readiness()[0] == 200

    def readiness(self) -> tuple[int, str]:
        """The status and the words of `/ready`; 0 where nobody answers."""
        port = self.admin or self.port
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """At once, as the system does where there is no memory left: nothing is finished or written."""
        self.end(signal.SIGKILL)

    def stop(self) -> None:
        self.end(signal.SIGTERM)

    def end(self, how: signal.Signals) -> None:
        end(self.process, how)


class Failed(Exception):
    """What must hold does not."""


def end(process: subprocess.Popen | None, how: signal.Signals = signal.SIGTERM) -> None:
    """Tells a process to end, and waits for it."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Below those that the system gives to clients: one that asks a server that is down, again and again, would meet itself there in the end."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def command(binary: Path, *arguments: str) -> str:
    """What a subcommand says."""
    done = subprocess.run([str(binary), *arguments], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise Failed(f"waymark {' '.join(arguments[:2])}: {done.stderr.strip()}")
    return done.stdout
