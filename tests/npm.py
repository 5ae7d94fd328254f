"""What tests take from npm: installed from the lock of its folder where it is missing, once for all workers."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock


def ensure(folder: Path, wanted: str) -> Path:
    """The path of `wanted` among the packages of that folder. Exits with an explanation where it cannot be had."""
    found = folder / "node_modules" / wanted
    with FileLock(Path(tempfile.gettempdir()) / f"flareboard_npm_{folder.name}.lock"):
        if not found.exists():
            _install(folder)
    if not found.exists():
        raise SystemExit(f"The tests need {wanted}: install npm and run `npm ci` in {folder}.")
    return found


def _install(folder: Path) -> None:
    if shutil.which("npm") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], check=False, env=quiet)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "npm"], check=False, env=quiet)
    if shutil.which("npm"):
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, check=False, stdout=sys.stderr)
