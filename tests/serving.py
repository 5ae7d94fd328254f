"""The real server in a process of its own, as `flareboard serve` starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 180.0  # seconds; two cores at rest need a few, a crowded machine a minute and more


@dataclass(frozen=True, slots=True)
class Served:
    """Where the application answers, and the process that does."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    database_url: str


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether the server says that it is ready, database included."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as response:  # noqa: S310
            return bool(response.status == 200 and b"ready" in response.read())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def start(database_url: str, log: Path, port: int | None = None) -> Served:
    """A server that answers; raises RuntimeError with its log where it does not come up."""
    port = port or free_port()
    environment = {**os.environ, "FLAREBOARD_DATABASE_URL": database_url}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    served = Served(f"http://127.0.0.1:{port}", process, log, database_url)
    until = time.monotonic() + STARTS_WITHIN
    while not answers(served.url):
        if process.poll() is not None or time.monotonic() > until:
            kill(process)
            raise RuntimeError(f"The server did not come up:\n{log.read_text()[-4000:]}")
        time.sleep(0.05)
    return served


@contextmanager
def running(database_url: str, log: Path) -> Iterator[Served]:
    """A server for as long as the block lasts."""
    served = start(database_url, log)
    try:
        yield served
    finally:
        end(served.process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to end, and sees to it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the process as a power cut would."""
    process.kill()
    process.wait()


class MortalServer:
    """A server that can be killed at any moment and started again: same address, same database."""

    def __init__(self, database_url: str, log: Path) -> None:
        self._database_url, self._log, self._port = database_url, log, free_port()
        self._served: Served | None = None

    def start(self) -> str:
        """Its address, once it answers."""
        self._served = start(self._database_url, self._log, self._port)
        return self._served.url

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self._served is not None:
            kill(self._served.process)
            self._served = None
