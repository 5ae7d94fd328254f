"""The server: Streamlit's own ASGI app inside our middleware and routes, tuned as docs/ARCHITECTURE.md says.

`flareboard serve` calls `main`. `streamlit run dashboard/server.py` works too, only slower.
"""

import asyncio
import contextlib
import gc
import logging
import sys
import tomllib
import traceback
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from threading import Event
from typing import Any

import anyio
import streamlit as st
import uvicorn
from sqlalchemy import Engine
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config

from dashboard import clock, fhir_endpoint, first_start, settings, warming
from dashboard.components import states
from dashboard.database import current_engine
from dashboard.demo_sessions import COOKIE, LASTS, SESSIONS
from dashboard.errors import ExplainedError, UnexpectedError, reference_number
from dashboard.security_headers import SecurityHeaders
from dashboard.services.import_jobs import JOBS
from dashboard.settings import PROJECT
from data_access import derived
from data_access import engine as database

log = logging.getLogger("flareboard")
_started = Event()
SECONDS_OF_A_TURN = 0.02
"""How long a thread may compute before another takes over. Python's 5 ms cut a script of 10 ms in two: the thread that
sends came in between, and the answer waited for both."""
REFUSED = 2
"""Exit code of a server that will not start as configured."""


def main(host: str = "127.0.0.1", port: int = 8501) -> int:
    """Serve until stopped; returns the exit code (2: configuration or database refused, the reason on stderr)."""
    try:
        _start_up(host)
    except ExplainedError as error:
        sys.stderr.write(f"Flareboard did not start.\n{error}\n")
        return REFUSED
    _use_our_configuration()
    sys.stdout.write(f"Flareboard: http://{_spoken(host)}:{port}\n")
    sys.stdout.flush()
    # Our own socket, bound by uvicorn from host and port: it turns Nagle off; one worker: sessions live in memory.
    uvicorn.run(
        app,
        host=host,
        port=port,
        workers=1,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
    )
    return 0


def _start_up(host: str) -> None:
    """Judge the configuration and prepare the database. Raises ConfigurationRefused or DatabaseRefused."""
    chosen = settings.load(host=host)
    first_start.require_sign_in(chosen)
    first_start.prepare(chosen, today=clock.today(), now=clock.now())
    _started.set()


def _spoken(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _use_our_configuration() -> None:
    # Streamlit looks for the file in the current folder only; a server started elsewhere must not lose it.
    text = (PROJECT / ".streamlit" / "config.toml").read_text("utf-8")
    config.get_config_options(force_reparse=True, options_from_flags=dict(_flat(tomllib.loads(text))))


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Load the pages, freeze what is loaded out of the garbage collector's sight, keep the snapshots of today."""
    if not _started.is_set():  # under `streamlit run`, which does not pass through `main`
        _start_up(config.get_option("server.address") or "0.0.0.0")  # noqa: S104
    warming.import_everything()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SECONDS_OF_A_TURN)
    refreshing = asyncio.create_task(_keep_fresh())
    try:
        yield {}
    finally:
        JOBS.stop()
        refreshing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await refreshing


async def _keep_fresh() -> None:
    """Refresh snapshots that a new day made stale: now, after each midnight, and every hour in between."""
    await anyio.to_thread.run_sync(_warm, current_engine())
    while True:
        # Left behind when the server stops: what it has written is whole, the next start goes on with the rest.
        await anyio.to_thread.run_sync(_refresh, current_engine(), clock.today(), abandon_on_cancel=True)
        await asyncio.sleep(seconds_to_next_refresh(clock.now().astimezone()))


def _warm(engine: Engine) -> None:
    try:
        warming.compile_statements(engine)
    except ExplainedError as error:
        log.warning("Statements not compiled ahead: %s", type(error).__name__)


def _refresh(engine: Engine, today: date) -> None:
    try:
        derived.refresh_stale(engine, as_of=today)
    except ExplainedError as error:
        log.warning("Snapshots not refreshed: %s", type(error).__name__)


def seconds_to_next_refresh(now: datetime) -> float:
    """Seconds until the next hour or a minute past midnight, whichever comes first; `now` in local time."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(0, 1), tzinfo=now.tzinfo)
    return min(3600.0, (midnight - now).total_seconds())


def explain(error: Exception) -> bool:
    """Show what went wrong in our words, with a reference number; returns True: Streamlit shows nothing itself.

    The log gets the number, the kind of error and the lines of code, never its message: that may quote a patient.
    """
    reference = reference_number()
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s %s\n%s", reference, type(error).__name__, where)
    states.explained(error if isinstance(error, ExplainedError) else UnexpectedError(), reference)
    return True


async def healthz(_: Request) -> Response:
    """Whether the process answers."""
    return JSONResponse({"status": "ok"})


async def readyz(_: Request) -> Response:
    """Whether the database can be read at this program's migration."""
    try:
        await anyio.to_thread.run_sync(database.require_current, current_engine())
    except ExplainedError as error:
        return JSONResponse({"status": "refused", "why": error.what_happened}, status_code=503)
    return JSONResponse({"status": "ready"})


async def keep_sign_in(request: Request) -> Response:
    """Change a ticket for the cookie that keeps a person signed in to the demonstration."""
    ticket = (await request.body())[:200].decode("ascii", "replace")
    key = SESSIONS.redeem(ticket, clock.now())
    if key is None:
        return Response(status_code=403)
    answer = Response(status_code=204)
    # Not marked Secure: the demonstration is served on loopback alone, without TLS.
    answer.set_cookie(COOKIE, key, max_age=int(LASTS.total_seconds()), path="/", httponly=True, samesite="strict")
    return answer


app = st.App(
    PROJECT / "dashboard" / "app.py",
    lifespan=lifespan,
    routes=[
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/sign-in/keep", keep_sign_in, methods=["POST"]),
        *(fhir_endpoint.routes() if settings.fhir_wanted() else ()),
    ],
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=explain,
)
