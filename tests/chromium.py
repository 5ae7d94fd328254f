"""Where a Chromium is, and how one is had where there is none. `python -m tests.chromium` makes sure of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of an installed Chromium: $CHROMIUM, one on the PATH, or Playwright's own; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _try(*command: str) -> bool:
    print("+", " ".join(command), file=sys.stderr)  # noqa: T201
    try:
        return (
            subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode
            == 0
        )
    except FileNotFoundError:
        return False


def ensure() -> str:
    """The path of a Chromium, installed first if need be. Exits with an explanation where that cannot be done."""
    found = find()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update", "-q")
        _try("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-dejavu-core")
    else:
        _try(sys.executable, "-m", "playwright", "install", "chromium")
    found = find()
    if not found:
        raise SystemExit("The browser tests need Chromium: install it, or name one in the variable CHROMIUM.")
    return found


if __name__ == "__main__":
    print(ensure())  # noqa: T201
