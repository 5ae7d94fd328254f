"""One person of whom everything is on record, stored once for all tests that only read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access.engine import connect_engine
from tests.dashboard.reports import whole


@pytest.fixture(scope="session")
def whole_clinic(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[sa.Engine]:
    """Everything is on record of the first patient, and nothing of the second; to read only."""
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    shutil.copy(_migrated_sqlite, path)
    engine = connect_engine(f"sqlite:///{path}")
    yield whole.stored(engine)
    engine.dispose()
