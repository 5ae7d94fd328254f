"""A real server on a copy of the synthetic clinic of today, and a real Chromium looking at it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, expect, sync_playwright

from data_access import demo
from data_access.engine import connect_engine, migrate
from tests import chromium
from tests.serving import MortalServer, Served, running

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000
"""Milliseconds a page may take to show what is expected: generous, since a slow machine is not a fault of the page."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def clinic_today(once_per_run: Path) -> Path:
    """A SQLite file with a synthetic clinic that ends today, as the screens expect it."""
    path = once_per_run / "clinic_today.db"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            making = path.with_suffix(".making")
            engine = connect_engine(f"sqlite:///{making}")
            migrate(engine)
            now = datetime.now(UTC)
            demo.fill(engine, patients=24, days=400, seed=1, end=now.astimezone().date(), now=now)
            engine.dispose()
            making.rename(path)
    return path


@pytest.fixture(scope="module")
def served(clinic_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for the tests of one file, on a database of its own."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(clinic_today, folder / "clinic.db")
    with running(f"sqlite:///{folder / 'clinic.db'}", folder / "server.log") as server:
        yield server


@pytest.fixture
def mortal_server(clinic_today: Path, tmp_path: Path) -> Iterator[MortalServer]:
    """A server of this test's own, not started yet, on a database of its own."""
    shutil.copy(clinic_today, tmp_path / "clinic.db")
    server = MortalServer(f"sqlite:///{tmp_path / 'clinic.db'}", tmp_path / "server.log")
    yield server
    server.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless; for one file only: Playwright keeps an event loop running in this thread meanwhile."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.ensure(), args=list(chromium.FLAGS))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in a browser profile of its own, so that two can be two people."""
    contexts = []

    def opened(url: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": WIDE, "accept_downloads": True, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
