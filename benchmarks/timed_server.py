"""Serves an application with a stopwatch around each script run: `python -m benchmarks.timed_server APP PORT LOG`.

APP is `flareboard` or `floor`. Each run's milliseconds are written to LOG, one JSON line a run.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import uvicorn
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner


def time_scripts(log: Path) -> None:
    """Write the duration of every script run from now on to `log`."""
    original = ScriptRunner._run_script
    out = log.open("a", buffering=1)

    def timed(self: ScriptRunner, rerun_data: Any) -> None:
        started = time.perf_counter()
        original(self, rerun_data)
        run = {"ms": (time.perf_counter() - started) * 1000, "fragment": bool(rerun_data.fragment_id_queue)}
        out.write(json.dumps(run) + "\n")

    ScriptRunner._run_script = timed  # type: ignore[method-assign]


def application(name: str) -> Any:
    """The ASGI application of that name; the floor gets the same tuned launch as ours."""
    from dashboard import server

    if name == "flareboard":
        return server.app
    return server.tuned(Path(__file__).with_name("floor_app.py"))


if __name__ == "__main__":
    time_scripts(Path(sys.argv[3]))
    uvicorn.run(application(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
