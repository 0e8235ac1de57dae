"""A share of the processors for a process, by the system's control groups, where this user may make them: a small machine for each server."""

import os
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PERIOD = 20_000


class Share:
    """A group of its own, which goes with `close` after its processes have ended."""

    def __init__(self, name: str, share: float):
        quota = int(share * PERIOD)
        is_old = (ROOT / "cpu").is_dir()
        self.folder = ROOT / ("cpu" if is_old else "") / f"waymark-{os.getpid()}-{name}"
        self.folder.mkdir()
        try:
            if is_old:
                (self.folder / "cpu.cfs_period_us").write_text(str(PERIOD))
                (self.folder / "cpu.cfs_quota_us").write_text(str(quota))
            else:
                (self.folder / "cpu.max").write_text(f"{quota} {PERIOD}")
        except OSError:
            self.close()
            raise

    def hold(self, process: int) -> None:
        (self.folder / "cgroup.procs").write_text(str(process))

    def close(self) -> None:
        self.folder.rmdir()
