"""`flareboard import` in a process of its own, which says at its end how much memory it ever held.

Not `ru_maxrss`: Linux carries the peak of the process that started this one over into it, which is the whole test run.
"""

import sys
from pathlib import Path

from dashboard import cli


def peak_mebibytes() -> int:
    """The largest resident memory of this process so far."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    code = cli.main(["import", "--json", *sys.argv[1:]])
    sys.stderr.write(f"{peak_mebibytes()}\n")
    sys.exit(code)
