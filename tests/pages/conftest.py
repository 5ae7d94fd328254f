"""A page's world: the small synthetic clinic, and a clock that stands still."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.services.import_jobs import JOBS
from data_access.access import User
from tests.conftest import AS_OF, NOW
from tests.pages.opening import person


@pytest.fixture
def clinic(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The synthetic clinic that the pages read and may write."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: AS_OF)
    return demo_copy


@pytest.fixture
def physician(clinic: Engine) -> User:
    return person(clinic, role="clinician", discipline="medicine")


@pytest.fixture
def physio(clinic: Engine) -> User:
    return person(clinic, role="clinician", discipline="physiotherapy")


@pytest.fixture
def coordinator(clinic: Engine) -> User:
    return person(clinic, role="coordinator")


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No import of another test is remembered here, and none goes on after this one."""
    monkeypatch.setattr(JOBS, "_jobs", {})
    yield
    JOBS.stop()
