"""A Python program that is killed at any moment, and what it had said by then."""

import subprocess
import sys

from tests.serving import ROOT


def killed_after(program: str, lines: int) -> list[str]:
    """The whole lines the program printed until it was killed, `lines` of them or a few more."""
    running = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    said = [running.stdout.readline().strip() for _ in range(lines)]
    running.kill()
    said += [line.strip() for line in running.stdout if line.endswith("\n")]
    running.stdout.close()
    running.wait()
    return said
