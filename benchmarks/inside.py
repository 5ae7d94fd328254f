"""What is timed without a browser: the caseload's query, the PDF, the import of ten years, a cold start."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import Engine

from benchmarks.served import ROOT, SERVER_CORE, pin, wait_for
from data_access import caseload
from data_access.caseload import CaseloadScope
from data_access.engine import connect_engine, reading

PAGE_ROWS = 50


def caseload_queries(url: str, times: int) -> list[float]:
    """Milliseconds of the first caseload page of someone who sees the whole clinic, counts of the groups included."""
    engine: Engine = connect_engine(url)
    taken = []
    with reading(engine) as conn:
        for _ in range(times):
            started = time.perf_counter()
            caseload.page(conn, CaseloadScope(None, None), None, "", 1, PAGE_ROWS)
            taken.append((time.perf_counter() - started) * 1000)
    return taken


def flareboard(url: str, *arguments: str) -> float:
    """Seconds of one whole `flareboard` process. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dashboard.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "FLAREBOARD_DATABASE_URL": url},
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


def imports(clinic_url: str, record_number: str, times: int) -> list[float]:
    """Seconds of `flareboard import` for one patient's ten years as CSV: whole process, derived rows included."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ten_years.zip"
        flareboard(clinic_url, "export", "--patient", record_number, "--format", "csv", "--out", str(file))
        for number in range(times):
            url = f"sqlite:///{folder}/empty_{number}.db"
            taken.append(flareboard(url, "import", str(file)))
    return taken


def cold_start(page: Page, url: str, port: int) -> float:
    """Seconds from starting the command to the first page that can be used, on a database that is there already."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "FLAREBOARD_DATABASE_URL": url},
        preexec_fn=lambda: pin(SERVER_CORE),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        page.goto(f"http://127.0.0.1:{port}")
        page.get_by_role("button", name="Dr Ada Invented").first.wait_for()
        return time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(20)
