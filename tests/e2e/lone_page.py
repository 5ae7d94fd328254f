"""A Streamlit page served by itself, for tests of a component without the application around it."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.serving import ROOT, STARTS_WITHIN, end, free_port


@contextmanager
def lone_page(script: Path) -> Iterator[str]:
    """The address of that script, served for as long as the block lasts."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    server = subprocess.Popen(
        [*command, "--server.address=127.0.0.1", "--client.showErrorDetails=full"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url, until = f"http://127.0.0.1:{port}", monotonic() + STARTS_WITHIN
    try:
        while not _healthy(url):
            assert monotonic() < until, "the page was not served"
            sleep(0.1)
        yield url
    finally:
        end(server)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
