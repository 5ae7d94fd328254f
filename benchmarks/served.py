"""The two servers that are compared, each with a stopwatch, pinned to the first core."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SERVER_CORE, BROWSER_CORE = {0}, {1}
_AVAILABLE = frozenset(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else frozenset()
"""The cores of this process before it was pinned anywhere: a server it starts later goes to a core of its own."""


@dataclass
class Timed:
    """A running server and the log of its script runs."""

    url: str
    log: Path
    _read: int = 0
    _parts_read: int = 0

    def runs(self) -> list[float]:
        """Milliseconds of each script run since the last call."""
        lines = self._lines()
        fresh, self._read = lines[self._read :], len(lines)
        return [float(line["ms"]) for line in fresh if "part" not in line]

    def parts(self) -> dict[str, list[float]]:
        """Milliseconds of each part that has a stopwatch of its own, by name, since the last call."""
        lines = self._lines()
        found: dict[str, list[float]] = {}
        fresh, self._parts_read = lines[self._parts_read :], len(lines)
        for line in fresh:
            if "part" in line:
                found.setdefault(str(line["part"]), []).append(float(line["ms"]))
        return found

    def _lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


def pin(cores: set[int]) -> None:
    """Keep this process and its children on those cores, where the machine has them."""
    if cores <= _AVAILABLE:
        os.sched_setaffinity(0, cores)


def wait_for(url: str, seconds: float = 60) -> None:
    """Return once the address answers. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise TimeoutError(url) from None
            time.sleep(0.02)


@contextmanager
def timed(name: str, port: int, folder: Path, database_url: str = "") -> Iterator[Timed]:
    """That application (`flareboard` or `floor`) on that port, for as long as the block lasts."""
    log = folder / f"{name}_{port}.jsonl"
    log.unlink(missing_ok=True)
    environment = {**os.environ, "FLAREBOARD_DATABASE_URL": database_url}
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.timed_server", name, str(port), str(log)],
        cwd=ROOT,
        env=environment,
        preexec_fn=lambda: pin(SERVER_CORE),
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield Timed(f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        process.wait(20)
