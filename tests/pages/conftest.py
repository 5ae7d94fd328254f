"""A page's world: the small synthetic clinic, and a clock that stands still."""

import pytest
from sqlalchemy import Engine

from dashboard import clock
from tests.conftest import AS_OF, NOW


@pytest.fixture
def clinic(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The synthetic clinic that the pages read and may write."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: AS_OF)
    return demo_copy
