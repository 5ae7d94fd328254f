"""The way into the database: engines, transactions, the patient's lock, migrations; refusals are explained.

SQLite runs in WAL mode with synchronous FULL (a confirmed write survives a power cut) and foreign keys on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from data_access import refusals
from data_access.errors import DatabaseRefused
from data_access.tables import patients

BUSY_SECONDS = 5.0
MIGRATION_LOCK = 0x666C617265  # one migration at a time on a PostgreSQL server
_WRITES = "flareboard_writes"


@cache
def connect_engine(url: str) -> sa.Engine:
    """The engine of that database, one per address and process; nothing is opened yet."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address)
    return _postgres_engine(address)


def _address(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise _unusable_address("cannot be read as an address") from None  # the text may hold a password
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise _unusable_address("names neither SQLite nor PostgreSQL")
    return address


def _unusable_address(why: str) -> DatabaseRefused:
    return DatabaseRefused(
        f"FLAREBOARD_DATABASE_URL {why}.",
        "Nothing was opened or changed.",
        "Write it like sqlite:////srv/flareboard.db or postgresql://user@host/flareboard.",
    )


class _BinaryCursor(psycopg.Cursor[Any]):
    """A cursor whose results travel as binary: a ten-year diary in 3 ms instead of 9."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.format = psycopg.pq.Format.BINARY


def _postgres_engine(address: sa.URL) -> sa.Engine:
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,  # a restarted server costs nobody an error
        pool_size=10,
        max_overflow=20,
        connect_args={"cursor_factory": _BinaryCursor, **_patience(address)},
    )
    sa.event.listen(engine, "checkin", _forget_read_only)
    return engine


def _patience(address: sa.URL) -> dict[str, Any]:
    # Whoever waits longer for a lock is told so, as on SQLite; the address may say otherwise.
    wanted = {"connect_timeout": 10, "options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}"}
    return {name: value for name, value in wanted.items() if name not in address.query}


def _forget_read_only(connection: Any, record: object) -> None:
    # SQLAlchemy leaves "read write" behind after a reading transaction, which overrules a server set to read-only.
    if connection is not None and not connection.closed:
        connection.read_only = None


def _sqlite_engine(address: sa.URL) -> sa.Engine:
    patience: dict[str, Any] = {} if "timeout" in address.query else {"timeout": BUSY_SECONDS}
    engine = sa.create_engine(address, hide_parameters=True, connect_args=patience, pool_size=10, max_overflow=20)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver's own implicit BEGIN would come too late and be the wrong one
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(conn: sa.Connection) -> None:
    writes = conn.get_execution_options().get(_WRITES, True)
    # Without query_only a write inside `reading` would pass on SQLite and fail on PostgreSQL.
    if conn.info.get(_WRITES) is not writes:  # `info` lives as long as the driver's connection, like the setting
        conn.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        conn.info[_WRITES] = writes
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one unchanging state of the database and cannot write. Raises DatabaseRefused."""
    options: dict[str, Any] = {_WRITES: False}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _explaining(), engine.connect().execution_options(**options) as conn, conn.begin():
        yield conn


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection inside one writing transaction: all of it is kept, or nothing.

    Raises DatabaseRefused (locked, read-only, full, unreachable) and RowRefused (a rule of a table), both explained.
    """
    with _explaining(), engine.connect().execution_options(**{_WRITES: True}) as conn, conn.begin():
        yield conn


@contextmanager
def _explaining() -> Iterator[None]:
    try:
        yield
    except sa.exc.TimeoutError:
        raise refusals.busy() from None
    except sa.exc.DBAPIError as error:
        refusal = refusals.explained(error)
        if refusal is None:
            raise
        raise refusal from None  # the driver's own text may quote the row


def lock_patient(conn: sa.Connection, patient_id: int) -> None:
    """Returns once this transaction is the only writer of that patient (row lock; SQLite has one writer anyway)."""
    conn.execute(sa.select(patients.c.patient_id).where(patients.c.patient_id == patient_id).with_for_update())


def migrate(engine: sa.Engine) -> None:
    """Brings the database to this program's migration, from empty or from an older one. Raises DatabaseRefused."""
    _make_file(engine.url)
    with writing(engine) as conn:
        _one_at_a_time(conn)
        found = current_migration(conn)
        if found is not None and found not in _known_migrations():
            raise refusals.other_migration(found, wanted_migration())
        command.upgrade(_alembic(conn), "head")


def step_back(engine: sa.Engine) -> None:
    """Takes the last migration back (for a deployment that must be undone); its data are lost."""
    with writing(engine) as conn:
        _one_at_a_time(conn)
        command.downgrade(_alembic(conn), "-1")


def require_current(engine: sa.Engine) -> None:
    """Returns when the database stands at this program's migration; raises DatabaseRefused otherwise."""
    with reading(engine) as conn:
        found = current_migration(conn)
    if found != wanted_migration():
        raise refusals.other_migration(found, wanted_migration())


def require_writable(engine: sa.Engine) -> None:
    """Returns when the database stands at this migration and a write would be taken; writes nothing that stays."""
    require_current(engine)
    with writing(engine) as conn:
        # A deleted nothing: SQLite and PostgreSQL refuse it on a read-only database all the same.
        conn.execute(sa.delete(patients).where(sa.false()))


def is_new(engine: sa.Engine) -> bool:
    """Whether the database was never migrated, or is a SQLite file that does not exist yet. Raises DatabaseRefused."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        _require_folder(file)
        return True
    with reading(engine) as conn:
        return current_migration(conn) is None


def current_migration(conn: sa.Connection) -> str | None:
    """The migration the database stands at, None when it was never migrated."""
    return MigrationContext.configure(conn).get_current_revision()


@cache
def wanted_migration() -> str:
    """The migration this program works with."""
    head = ScriptDirectory.from_config(_alembic(None)).get_current_head()
    assert head is not None  # noqa: S101 - shipped with the package
    return head


def _known_migrations() -> frozenset[str]:
    return frozenset(s.revision for s in ScriptDirectory.from_config(_alembic(None)).walk_revisions())


def _alembic(conn: sa.Connection | None) -> Config:
    config = Config()
    # '%' is the parser's own sign: a folder with one in its name would break every command.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config


def _one_at_a_time(conn: sa.Connection) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))


def _make_file(address: sa.URL) -> None:
    file = address.database
    if address.get_backend_name() != "sqlite" or not file or file.startswith((":", "file:")):
        return
    _require_folder(file)
    try:
        if not Path(file).exists():
            Path(file).touch(mode=0o600)  # patients are in it: nobody else on this machine reads it
    except OSError as error:
        raise DatabaseRefused(
            f"The file for the database cannot be made ({error.strerror}).",
            "Nothing was written.",
            "Give this program the right to write into the folder named in FLAREBOARD_DATABASE_URL.",
        ) from None


def _require_folder(file: str) -> None:
    # A mistyped path must not become an empty clinic beside the real one. Our own var/ is made by the settings.
    if not file.startswith((":", "file:")) and not Path(file).parent.is_dir():
        raise DatabaseRefused(
            f"The database is to be the file {file}, but there is no folder {Path(file).parent}.",
            "Nothing was written.",
            "Correct FLAREBOARD_DATABASE_URL, or make that folder first.",
        )
