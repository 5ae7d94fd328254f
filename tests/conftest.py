"""What every test may ask for: migrated databases on both engines, a small demo clinic, a running server, a browser."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import Engine

from data_access.engine import connect_engine, migrate
from tests.postgres import Postgres, running_postgres

AS_OF = date(2026, 11, 22)
"""The day it is in the tests' demo clinic."""
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DEMO_PATIENTS = 25
DEMO_DAYS = 400


@pytest.fixture(scope="session")
def once_per_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder shared by all workers of one run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this worker's own, with a migrated template.

    Outside the folder of the run: any other run that starts closes that one to all but its owner, and the server of
    root runs as somebody else.
    """
    with tempfile.TemporaryDirectory(prefix="flareboard_pg_") as folder, running_postgres(Path(folder)) as server:
        engine = connect_engine(server.create_named("migrated"))
        migrate(engine)
        engine.dispose()
        yield server


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "migrated.db"
    engine = connect_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, _migrated_sqlite: Path) -> str:
    """A migrated, empty SQLite file."""
    shutil.copy(_migrated_sqlite, tmp_path / "flareboard.db")
    return f"sqlite:///{tmp_path / 'flareboard.db'}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A migrated, empty PostgreSQL database, gone with the test."""
    url = postgres.create(template="migrated")
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = connect_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated, empty database; every test that asks for it runs on both engines."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    made = connect_engine(url)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def demo_database(once_per_run: Path) -> Path:
    """A SQLite file with a small synthetic clinic; made once a run, read only by convention: copy it to write."""
    from data_access import demo

    path = once_per_run / "demo.db"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            making = path.with_suffix(".making")
            engine = connect_engine(f"sqlite:///{making}")
            migrate(engine)
            demo.fill(engine, patients=DEMO_PATIENTS, days=DEMO_DAYS, seed=1, end=AS_OF, now=NOW)
            engine.dispose()
            making.rename(path)
    return path


@pytest.fixture(scope="session")
def demo_engine(demo_database: Path) -> Iterator[Engine]:
    """The small synthetic clinic, to read."""
    engine = connect_engine(f"sqlite:///{demo_database}")
    yield engine
    engine.dispose()


@pytest.fixture
def demo_copy(demo_database: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the small synthetic clinic, to write to."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_database, path)
    engine = connect_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()
