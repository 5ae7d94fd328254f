"""What was signed, sent, judged or recorded stays as it was: the database itself refuses, whoever asks."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import Goal
from data_access import (
    asked,
    audit,
    cosigning,
    criteria,
    exports,
    flares,
    measures,
    medication,
    notes,
    plan,
    prompt_answers,
    safety,
)
from data_access.engine import connect_engine, reading, writing
from data_access.errors import RowRefused
from data_access.exports import Sent
from data_access.flares import Verdict
from data_access.notes import Author
from data_access.records import EntryRecord, MeasureRecord, MedicationRecord
from data_access.tables import APPEND_ONLY, audit_heads, entry_changes, export_states, import_undos, metadata
from data_access.triggers import GUARDED
from tests.data_access.made_up import (
    ASSESSED,
    CLOSING,
    NOW,
    PLANNER,
    PROMPT_ANSWER,
    RED_FLAG,
    TODAY,
    WRITER,
    about,
    add,
)

PERIOD = Period(TODAY - timedelta(days=27), TODAY)


def _write(engine: sa.Engine) -> sa.Engine:
    add(engine, about(entries=(EntryRecord(TODAY),)))
    with writing(engine) as conn:
        notes.save_draft(conn, 1, 1, text="Seen.", pin=None, expected_revision=0, now=NOW)
        notes.sign(conn, 1, Author(1, "Dr. Example", "medicine"), expected_revision=1, now=NOW)
        exports.store(conn, 1, Sent("pdf", "a.pdf", "GP", PERIOD, b"%PDF"), user_id=1, now=NOW)
        flares.give_verdict(conn, 1, Verdict(TODAY, "confirmed", "", None, None, 1, NOW))
        change = {"kind": "withdrawn", "reason": "wrong patient", "user_id": 1, "changed_at": NOW}
        conn.execute(sa.insert(entry_changes).values(patient_id=1, entry_id=1, **change))
        audit.record(conn, user_id=1, role="clinician", action="signed", patient_id=1, now=NOW)
        _assess(conn)
        _confer(conn)
        _exchange(conn)
    return engine


def _assess(conn: sa.Connection) -> None:
    """A red flag ticked and closed, a prompt answered, an assessment, a score withdrawn, a medicine stopped."""
    asked.give(conn, 1, [RED_FLAG], user_id=1, as_of=TODAY)
    safety.close(conn, 1, CLOSING, user_id=1, as_of=TODAY)
    prompt_answers.give(conn, 1, PROMPT_ANSWER, user_id=1, as_of=TODAY)
    criteria.record(conn, 1, ASSESSED, user_id=1, as_of=TODAY)
    number = measures.enter(conn, 1, MeasureRecord(TODAY, "PHQ-4", 3.0), writer=WRITER)
    measures.withdraw(conn, 1, number, reason="wrong person", writer=WRITER)
    medication.add(conn, 1, MedicationRecord("ibuprofen"), writer=WRITER)
    medication.stop(conn, 1, medication.listed(conn, 1)[0], end=TODAY, reason="stomach", writer=WRITER)


def _confer(conn: sa.Connection) -> None:
    """A goal agreed and rated, the note countersigned by who was asked."""
    goal = plan.save(conn, 1, Goal("Swim"), writer=PLANNER)
    plan.rate(conn, 1, goal.goal_id, level=0, day=TODAY, remark="", writer=PLANNER)
    cosigning.request(conn, 1, 1, 1, ask=[2], asked_by=1, now=NOW)
    cosigning.cosign(conn, 1, 1, 1, author=Author(2, "Nurse Example", "nursing"), now=NOW)


def _exchange(conn: sa.Connection) -> None:
    """An import taken back, a document marked as sent."""
    who = {"patient_id": 1, "user_id": 1, "user_name": "Dr. Example"}
    undone = {"batch_id": 1, "content": "{}", "reason": "wrong file", "undone_at": NOW}
    conn.execute(sa.insert(import_undos).values(**who, **undone))
    conn.execute(sa.insert(export_states).values(**who, state_id=1, share_id=1, state="sent", at=NOW))


@pytest.fixture
def written(engine: sa.Engine) -> sa.Engine:
    """A database with one row in each append-only table."""
    return _write(engine)


def _rows(engine: sa.Engine, table: sa.Table) -> list[tuple[object, ...]]:
    with reading(engine) as conn:
        return [tuple(row) for row in conn.execute(sa.select(table))]


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_a_row_cannot_be_changed(written: sa.Engine, name: str) -> None:
    table = metadata.tables[name]
    before = _rows(written, table)
    assert len(before) == 1
    with pytest.raises(RowRefused), writing(written) as conn:
        column = next(c for c in ("user_id", "text", "words", "version") if c in table.c)
        conn.execute(sa.update(table).values({column: 2 if column in ("user_id", "version") else "No"}))
    assert _rows(written, table) == before


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_a_row_cannot_be_deleted(written: sa.Engine, name: str) -> None:
    table = metadata.tables[name]
    with pytest.raises(RowRefused), writing(written) as conn:
        conn.execute(sa.delete(table))
    assert len(_rows(written, table)) == 1


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_a_row_cannot_be_replaced_by_an_insert(written: sa.Engine, name: str) -> None:
    table = metadata.tables[name]
    before = _rows(written, table)
    on_conflict = "INSERT OR REPLACE INTO" if written.dialect.name == "sqlite" else "INSERT INTO"
    key = ", ".join(GUARDED[name])
    change = next(c for c in ("detail", "text", "reason", "recipient", "remark", "words", "asked_by") if c in table.c)
    columns = ", ".join(c.name for c in table.c)
    values = ", ".join("'7'" if c.name == change else c.name for c in table.c)
    upsert = f" ON CONFLICT ({key}) DO UPDATE SET {change} = '7'" if written.dialect.name != "sqlite" else ""
    with pytest.raises(RowRefused), writing(written) as conn:
        conn.execute(sa.text(f"{on_conflict} {name} ({columns}) SELECT {values} FROM {name}{upsert}"))
    assert _rows(written, table) == before


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_sqlite_refuses_a_replacement_by_row_number_too(sqlite_engine: sa.Engine, name: str) -> None:
    table = metadata.tables[name]
    key = GUARDED[name][-1]
    _write(sqlite_engine)
    columns = ", ".join(c.name for c in table.c)
    values = ", ".join("99" if c.name == key else c.name for c in table.c)
    with pytest.raises(RowRefused), writing(sqlite_engine) as conn:
        conn.execute(sa.text(f"INSERT OR REPLACE INTO {name} (rowid, {columns}) SELECT rowid, {values} FROM {name}"))
    assert len(_rows(sqlite_engine, table)) == 1


@pytest.mark.parametrize("name", [*APPEND_ONLY, "audit_heads"])
def test_postgresql_refuses_to_truncate(postgres_url: str, name: str) -> None:
    with pytest.raises(RowRefused), writing(connect_engine(postgres_url)) as conn:
        conn.execute(sa.text(f"TRUNCATE {name} CASCADE"))


def test_the_end_of_a_chain_only_moves_forward(written: sa.Engine) -> None:
    for tampering in (
        sa.delete(audit_heads),
        sa.update(audit_heads).values(events=0),
        sa.update(audit_heads).values(hash="0" * 64),
        sa.update(audit_heads).values(patient_id=7, events=9),
    ):
        with pytest.raises(RowRefused), writing(written) as conn:
            conn.execute(tampering)
    assert [row[:2] for row in _rows(written, audit_heads)] == [(1, 1)]
