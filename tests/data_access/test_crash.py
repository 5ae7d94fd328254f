"""Kill -9 in the middle of importing and signing: what was confirmed is there, and nothing is there by half."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data_access import audit, derived, diary, notes, patients
from data_access.engine import connect_engine, reading
from data_access.tables import diary_entries, doses, metadata, pain_marks
from tests.data_access.dying_writer import text_of
from tests.data_access.made_up import TODAY, a_year, person

REPOSITORY = Path(__file__).parents[2]
KILLS = 4


def _run_and_kill(url: str, first: int, chance: random.Random) -> Iterator[tuple[str, int, int]]:
    """What the writer confirmed before it was killed at a moment of its work picked by chance."""
    command = [sys.executable, "-m", "tests.data_access.dying_writer", url, str(first)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(chance.randint(1, 7)):
            yield _said(writer.stdout.readline())
        try:
            writer.wait(chance.uniform(0, 0.08))
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        yield from (_said(line) for line in writer.stdout if line.endswith("\n"))
    assert writer.returncode == -signal.SIGKILL


def _said(line: str) -> tuple[str, int, int]:
    what, number, patient_id = line.split()
    return what, int(number), int(patient_id)


@pytest.mark.parametrize("seed", [1, 2])
def test_killing_the_writer_loses_nothing_confirmed_and_leaves_nothing_by_half(engine: sa.Engine, seed: int) -> None:
    chance = random.Random(seed)
    url = engine.url.render_as_string(hide_password=False)
    confirmed: set[tuple[str, int, int]] = set()
    for kill in range(KILLS):
        confirmed |= set(_run_and_kill(url, 1000 * kill, chance))
    engine.dispose()
    reopened = connect_engine(url)
    with reading(reopened) as conn:
        assert audit.verify(conn) == []
        for number in patients.numbers(conn):
            _assert_whole(conn, number)
        for what, number, patient_id in confirmed:
            _assert_kept(conn, what, number, patient_id)
    _assert_derived_rows_belong_to_their_source(reopened)
    assert "imported" in {what for what, _, _ in confirmed}


def _assert_whole(conn: sa.Connection, patient_id: int) -> None:
    head = patients.head(conn, patient_id)
    assert head is not None
    number = int(head.record_number.removeprefix("T-"))
    bundle = a_year(person(number), seed=number, days=40)
    counts = [
        conn.execute(sa.select(sa.func.count()).select_from(t).where(t.c.patient_id == patient_id)).scalar()
        for t in (diary_entries, doses, pain_marks)
    ]
    marks = sum(len(entry.marks or ()) for entry in bundle.entries)
    assert counts == [len(bundle.entries), len(bundle.doses), marks]
    signed, events = notes.listed(conn, patient_id), [event.action for event in audit.listed(conn, patient_id)]
    assert events == (["imported", "signed"] if signed else ["imported"])
    draft = notes.draft(conn, patient_id, 4)
    assert not (signed and draft)
    for written in (*signed, *([draft] if draft else ())):
        assert written.text == text_of(number)


def _assert_kept(conn: sa.Connection, what: str, number: int, patient_id: int) -> None:
    head = patients.find_by_record(conn, person(number).record_number)
    assert head is not None
    assert head.patient_id == patient_id
    assert len(diary.load(conn, patient_id)) > 0
    if what == "signed":
        assert [note.text for note in notes.listed(conn, patient_id)] == [text_of(number)]
    if what == "drafted":
        assert notes.draft(conn, patient_id, 4) or notes.listed(conn, patient_id)


def _assert_derived_rows_belong_to_their_source(engine: sa.Engine) -> None:
    tables = [metadata.tables[name] for name in ("patient_days", "flares", "patient_snapshots")]

    def rows() -> list[list[tuple[object, ...]]]:
        with reading(engine) as conn:
            return [[tuple(r) for r in conn.execute(sa.select(t).order_by(*t.primary_key))] for t in tables]

    before = rows()
    derived.rebuild_all(engine, TODAY)
    assert rows() == before


def test_the_killed_sqlite_file_passes_its_own_check(sqlite_engine: sa.Engine) -> None:
    url = sqlite_engine.url.render_as_string()
    list(_run_and_kill(url, 1, random.Random(5)))
    with reading(connect_engine(url)) as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
