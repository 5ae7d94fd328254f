"""Serves an application with a stopwatch around each script run: `python -m benchmarks.timed_server APP PORT LOG`.

APP is `flareboard` or `floor`; both get the same launch. Each run's milliseconds go to LOG, one JSON line a run.
"""

import contextlib
import gc
import json
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import streamlit as st
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


def time_parts(log: Path) -> None:
    """Write the duration of each half of the care plan from now on to `log` as well."""
    out = log.open("a", buffering=1)

    def timed(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return original(*given, **named)
            finally:
                out.write(json.dumps({"part": name, "ms": (time.perf_counter() - started) * 1000}) + "\n")

        return run

    from dashboard.components import note_part, plan_part

    for module in (note_part, plan_part):
        name = module.__name__.rpartition(".")[2]
        module.show = timed(name, module.show)  # type: ignore[attr-defined]


@contextlib.asynccontextmanager
async def frozen(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """What our own launch does about the garbage collector and the turns of threads."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.02)  # dashboard.server.SECONDS_OF_A_TURN, without loading all of that into the floor
    yield {}


def application(name: str, log: Path) -> Any:
    """The ASGI application of that name."""
    if name == "floor":
        return st.App(Path(__file__).with_name("floor_app.py"), lifespan=frozen)
    from dashboard import server

    time_parts(log)
    return server.app


if __name__ == "__main__":
    time_scripts(Path(sys.argv[3]))
    uvicorn.run(
        application(sys.argv[1], Path(sys.argv[3])),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        workers=1,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
    )
