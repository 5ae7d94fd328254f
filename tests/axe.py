"""axe-core for the browser tests, and what it finds on a page. `python -m tests.axe` makes sure of it."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock
from playwright.sync_api import Page

TOOLS = Path(__file__).parent / "e2e" / "tools"
SCRIPT = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}


def ensure() -> Path:
    """The path of axe-core, installed first if need be. Exits with an explanation where that cannot be done."""
    with FileLock(Path(tempfile.gettempdir()) / "flareboard_axe.lock"):
        if not SCRIPT.exists():
            _install()
    if not SCRIPT.exists():
        raise SystemExit("The browser tests need axe-core: install npm and run `npm ci` in tests/e2e/tools.")
    return SCRIPT


def _install() -> None:
    if shutil.which("npm") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], check=False, env=quiet)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "npm"], check=False, env=quiet)
    if shutil.which("npm"):
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=TOOLS, check=False, stdout=sys.stderr)


@cache
def _source() -> str:
    return ensure().read_text("utf-8")


def serious(page: Page, within: str = "body") -> list[str]:
    """What axe-core calls serious or critical inside that part of the page, components included; empty is good."""
    page.evaluate(_source())
    found: dict[str, Any] = page.evaluate(
        "([where, tags]) => axe.run(where, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })",
        [within, RULES],
    )
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
    ]


if __name__ == "__main__":
    print(ensure())  # noqa: T201
