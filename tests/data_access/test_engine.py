"""The way in: transactions, and refusals that say what happened, what is safe and what to do."""

import shutil
import sqlite3
import threading
from datetime import date
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from data_access import refusals
from data_access.engine import (
    connect_engine,
    current_migration,
    is_new,
    lock_patient,
    migrate,
    reading,
    require_current,
    require_writable,
    step_back,
    wanted_migration,
    writing,
)
from data_access.errors import DatabaseRefused, ExplainedError, RowRefused
from data_access.tables import doses, facts, patients
from tests.data_access.made_up import ANNA, about, add


def _explained(refusal: ExplainedError) -> str:
    assert refusal.what_happened
    assert refusal.what_is_safe
    assert refusal.what_to_do
    return refusal.what_happened


def _facts_held(engine: sa.Engine) -> int:
    with reading(engine) as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(facts)).scalar_one()


def test_the_same_address_gives_the_same_engine(tmp_path: Path) -> None:
    assert connect_engine(f"sqlite:///{tmp_path}/a.db") is connect_engine(f"sqlite:///{tmp_path}/a.db")


def test_sqlite_survives_a_power_cut_and_holds_foreign_keys(sqlite_engine: sa.Engine) -> None:
    with reading(sqlite_engine) as conn:
        settings = [conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
        assert settings == ["wal", 2]
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_what_fails_halfway_is_not_kept(engine: sa.Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as conn:
        conn.execute(sa.insert(facts).values(name="half", value="1"))
        raise RuntimeError
    assert _facts_held(engine) == 0


def test_reading_cannot_write(engine: sa.Engine) -> None:
    with pytest.raises(DatabaseRefused, match="may only be read"), reading(engine) as conn:
        conn.execute(sa.insert(facts).values(name="a", value="1"))
    with writing(engine) as conn:  # and the connection is good for writing afterwards
        conn.execute(sa.insert(facts).values(name="a", value="1"))


def test_reading_sees_one_state_while_others_write(engine: sa.Engine) -> None:
    with reading(engine) as reader:
        before = reader.execute(sa.select(sa.func.count()).select_from(facts)).scalar_one()
        with writing(engine) as writer:
            writer.execute(sa.insert(facts).values(name="meanwhile", value="1"))
        assert reader.execute(sa.select(sa.func.count()).select_from(facts)).scalar_one() == before
    assert _facts_held(engine) == 1


def test_a_refused_row_names_its_rule_and_no_value(engine: sa.Engine) -> None:
    add(engine, about())
    row = {"patient_id": 1, "dose_id": 1, "medicine": "secretol", "dose": -4.5, "taken": True, "source": "clinic"}
    with pytest.raises(RowRefused) as refused, writing(engine) as conn:
        conn.execute(sa.insert(doses).values(row))
    assert refused.value.constraint == "ck_doses_dose_positive"
    assert refused.value.__cause__ is None
    assert "secretol" not in str(refused.value)
    assert "4.5" not in str(refused.value)


def test_a_second_writer_of_a_patient_waits_for_the_first(engine: sa.Engine) -> None:
    add(engine, about())
    order: list[str] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with writing(engine) as conn:
            lock_patient(conn, 1)
            order.append("second")

    with writing(engine) as conn:
        lock_patient(conn, 1)
        thread = threading.Thread(target=second)
        thread.start()
        started.wait()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


# --- migrations -------------------------------------------------------------------------------------------------


def test_migrating_twice_changes_nothing(engine: sa.Engine) -> None:
    migrate(engine)
    require_current(engine)
    require_writable(engine)


def test_migrating_needs_no_working_folder_and_minds_no_sign_in_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var 100%").mkdir()
    made = connect_engine(f"sqlite:///{tmp_path}/var 100%/flareboard.db")
    migrate(made)
    require_current(made)


def _back_to_nothing(engine: sa.Engine) -> None:
    while True:
        with reading(engine) as conn:
            if current_migration(conn) is None:
                return
        step_back(engine)


def _columns(conn: sa.Connection, table: str) -> set[str]:
    return {column["name"] for column in sa.inspect(conn).get_columns(table)}


GONE_AT = {
    "0007": ("exports", "share_id"),
    "0006": ("plan_changes", ""),
    "0005": ("measures", "recorded_at"),
    "0004": ("measure_drafts", ""),
    "0003": ("asked_answers", ""),
    "0002": ("patient_snapshots", "detector"),
    "0001": ("diary_entries", "tenderness"),
}
"""What a step back to that migration takes away: a table, or a column of one."""


def test_each_step_back_and_forwards_again(engine: sa.Engine) -> None:
    kept = ["diary_entries", "doses", "measures", "patient_snapshots", "goals", "actions", "notes", "note_drafts"]
    kept += ["import_batches", "exports"]
    with reading(engine) as conn:
        before = {name: sa.inspect(conn).get_columns(name) for name in kept}
    for migration, (table, column) in GONE_AT.items():
        step_back(engine)
        with reading(engine) as conn:
            assert current_migration(conn) == migration
            left = _columns(conn, table) if column else sa.inspect(conn).get_table_names()
            assert (column or table) not in left
    with pytest.raises(DatabaseRefused, match="at migration 0001"):
        require_current(engine)
    migrate(engine)
    with reading(engine) as conn:
        for name, columns in before.items():
            found = sa.inspect(conn).get_columns(name)
            assert [repr(column) for column in found] == [repr(column) for column in columns]


def test_all_the_way_back_and_forwards_again(engine: sa.Engine) -> None:
    _back_to_nothing(engine)
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    with pytest.raises(DatabaseRefused, match="no Flareboard tables yet"):
        require_current(engine)
    migrate(engine)
    require_current(engine)


def test_two_servers_starting_at_once_migrate_once(tmp_path: Path, postgres_url: str) -> None:
    _back_to_nothing(connect_engine(postgres_url))
    for url in (f"sqlite:///{tmp_path}/new.db", postgres_url):
        failures: list[Exception] = []

        def start(url: str = url, failures: list[Exception] = failures) -> None:
            try:
                migrate(connect_engine(url))
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        require_current(connect_engine(url))


def test_a_database_of_a_newer_version_is_refused_and_left_alone(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (migrate, require_current):
        with pytest.raises(DatabaseRefused) as refused:
            attempt(engine)
        assert "9999" in _explained(refused.value)
        assert wanted_migration() in refused.value.what_happened
    with reading(engine) as conn:
        assert current_migration(conn) == "9999"


def test_a_query_on_a_database_without_tables_is_explained(engine: sa.Engine) -> None:
    _back_to_nothing(engine)
    with pytest.raises(DatabaseRefused, match="not those this version"):
        _facts_held(engine)


# --- refusals ---------------------------------------------------------------------------------------------------


def test_a_read_only_sqlite_file_is_explained_and_can_still_be_read(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    sqlite_engine.dispose()
    locked_down = connect_engine(f"sqlite:///file:{tmp_path}/flareboard.db?mode=ro&uri=true")
    require_current(locked_down)
    with pytest.raises(DatabaseRefused) as refused, writing(locked_down) as conn:
        conn.execute(sa.insert(facts).values(name="a", value="1"))
    assert "may only be read" in _explained(refused.value)
    with pytest.raises(DatabaseRefused, match="may only be read"):
        require_writable(locked_down)
    assert _facts_held(locked_down) == 0


def test_a_read_only_postgresql_is_explained(postgres_url: str) -> None:
    name = sa.make_url(postgres_url).database
    with writing(connect_engine(postgres_url)) as conn:
        conn.execute(sa.text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    connect_engine(postgres_url).dispose()
    require_current(connect_engine(postgres_url))
    with pytest.raises(DatabaseRefused, match="may only be read"):
        require_writable(connect_engine(postgres_url))


def test_a_full_disk_is_explained_and_loses_nothing_confirmed(sqlite_url: str) -> None:
    engine = connect_engine(sqlite_url)
    with writing(engine) as conn:
        conn.execute(sa.insert(facts).values(name="confirmed", value="1"))
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages + 1}"))
    with pytest.raises(DatabaseRefused) as refused, writing(engine) as conn:
        conn.execute(sa.insert(facts).values(name="large", value="x" * 100_000))
    assert "no space left" in _explained(refused.value)
    assert _facts_held(engine) == 1


def test_a_locked_sqlite_file_is_explained_and_free_again_afterwards(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    impatient = connect_engine(f"sqlite:///{tmp_path}/flareboard.db?timeout=0.05")
    other = sqlite3.connect(tmp_path / "flareboard.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseRefused) as refused, writing(impatient) as conn:
        conn.execute(sa.insert(facts).values(name="a", value="1"))
    assert "holds the database" in _explained(refused.value)
    assert _facts_held(impatient) == 0  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    with writing(impatient) as conn:
        conn.execute(sa.insert(facts).values(name="a", value="1"))


def test_a_writer_who_waits_too_long_is_told_so(postgres_url: str) -> None:
    add(connect_engine(postgres_url), about())
    impatient = connect_engine(f"{postgres_url}&options=-c%20lock_timeout%3D50")
    with writing(connect_engine(postgres_url)) as conn:
        lock_patient(conn, 1)
        with pytest.raises(DatabaseRefused, match="holds the database"), writing(impatient) as other:
            lock_patient(other, 1)


def test_too_many_at_once_is_explained(sqlite_url: str) -> None:
    engine = connect_engine(sqlite_url)
    crowded = sa.create_engine(engine.url, poolclass=sa.QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.01)
    with crowded.connect(), pytest.raises(DatabaseRefused) as refused, reading(crowded):
        pass
    assert "Too many people" in _explained(refused.value)
    crowded.dispose()


def test_a_new_database_file_is_for_this_program_alone(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    migrate(connect_engine(f"sqlite:///{tmp_path}/var/flareboard.db"))
    assert [file.stat().st_mode & 0o077 for file in (tmp_path / "var").iterdir()] != []
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "var").iterdir())


def test_a_lost_postgresql_connection_is_explained_and_the_next_one_works(postgres_url: str) -> None:
    engine = connect_engine(postgres_url)
    with pytest.raises(DatabaseRefused) as refused, writing(engine) as conn:
        conn.execute(sa.insert(facts).values(name="a", value="1"))
        own = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (own,))
        conn.execute(sa.insert(facts).values(name="b", value="1"))
    assert "cannot be reached" in _explained(refused.value)
    assert _facts_held(engine) == 0


@pytest.mark.parametrize(
    "url",
    ["postgresql://postgres@127.0.0.1:1/none", "postgres://postgres@127.0.0.1:1/none", "sqlite:////nowhere/at/all.db"],
)
def test_an_unreachable_database_is_explained(url: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        require_current(connect_engine(url))
    assert "cannot be reached" in _explained(refused.value)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear colleague, " * 500)
    with pytest.raises(DatabaseRefused, match="not a database"):
        migrate(connect_engine(f"sqlite:///{file}"))
    assert file.read_text() == "Dear colleague, " * 500


@pytest.mark.parametrize("folder", ["mistyped", "file"])
def test_a_folder_that_does_not_exist_is_refused_and_not_made(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    for ask in (migrate, is_new):
        with pytest.raises(DatabaseRefused, match="there is no folder"):
            ask(connect_engine(f"sqlite:///{tmp_path}/{folder}/flareboard.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefused, match="file for the database cannot be made"):
        migrate(connect_engine(f"sqlite:///{tmp_path}/{'x' * 300}.db"))


@pytest.mark.parametrize("url", ["secret-password", "mysql://user:secret-password@host/db"])
def test_an_unusable_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        connect_engine(url)
    assert "secret-password" not in str(refused.value)
    _explained(refused.value)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (psycopg.errors.DiskFull, "no space left"),
        (psycopg.errors.LockNotAvailable, "holds the database"),
        (psycopg.errors.DeadlockDetected, "holds the database"),
        (psycopg.errors.InsufficientPrivilege, "may only be read"),
        (psycopg.errors.TooManyConnections, "cannot be reached"),
        (psycopg.errors.UndefinedTable, "not those this version"),
    ],
)
def test_what_postgresql_refuses_is_explained(error: type[psycopg.Error], what: str) -> None:
    refusal = refusals.explained(sa.exc.OperationalError("", {}, error()))
    assert refusal is not None
    assert what in _explained(refusal)


def test_a_fault_of_the_program_is_not_dressed_up(engine: sa.Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError), reading(engine) as conn:
        conn.execute(sa.text("SELEKT 1"))


def test_errors_of_the_driver_hide_the_values(engine: sa.Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError) as failed, reading(engine) as conn:
        conn.execute(sa.text("SELEKT :name"), {"name": "Testfall"})
    assert "Testfall" not in str(failed.value)


def test_a_copied_template_is_a_database_of_its_own(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    add(sqlite_engine, about(ANNA))
    sqlite_engine.dispose()
    shutil.copy(tmp_path / "flareboard.db", tmp_path / "copy.db")
    with reading(connect_engine(f"sqlite:///{tmp_path}/copy.db")) as conn:
        assert conn.execute(sa.select(patients.c.birth_date)).scalar() == date(1975, 4, 3)
