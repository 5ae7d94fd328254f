"""A service's world: a database it may write, a clock that stands still, and people to act as."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from dashboard import clock
from dashboard.permissions import Role, Viewer
from tests.conftest import AS_OF, NOW


@pytest.fixture
def clinic(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The synthetic clinic that services read and may write."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: AS_OF)
    return demo_copy


@pytest.fixture
def acting() -> Callable[..., Viewer]:
    """Makes a person of that role; of team 1 unless told otherwise."""

    def of(role: Role, *, user_id: int = 1, teams: tuple[int, ...] = (1,), whole_clinic: bool = False) -> Viewer:
        return Viewer(user_id, "Somebody", role, "medicine", frozenset(teams), whole_clinic)

    return of
