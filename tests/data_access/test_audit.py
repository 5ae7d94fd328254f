"""The audit trail: whatever is done to a chain behind its back is found, and where."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import audit, triggers
from data_access.audit import Break
from data_access.engine import connect_engine, reading, writing
from data_access.tables import audit_events, audit_heads
from tests.data_access.made_up import NOW


def _record(conn: sa.Connection, patient_id: int, number: int) -> None:
    audit.record(
        conn,
        user_id=number % 3 or None,
        role="clinician",
        action="viewed",
        patient_id=patient_id,
        resource="summary",
        detail=f"n={number} – ü",
        now=NOW + timedelta(seconds=number),
    )


def _write_chains(engine: sa.Engine) -> sa.Engine:
    with writing(engine) as conn:
        for number in range(18):
            _record(conn, number % 3, number)
    return engine


@pytest.fixture
def chains(engine: sa.Engine) -> sa.Engine:
    """Three chains of six events each (0 is everything but patients), written in turns."""
    return _write_chains(engine)


@pytest.fixture
def sqlite_chains(sqlite_engine: sa.Engine) -> sa.Engine:
    """The same on SQLite alone."""
    return _write_chains(sqlite_engine)


def _breaks(engine: sa.Engine) -> list[Break]:
    with reading(engine) as conn:
        return audit.verify(conn)


def _behind_its_back(engine: sa.Engine, *statements: sa.Executable) -> None:
    """What somebody with the database's own tools could do: lift the guard, tamper, put the guard back."""
    with writing(engine) as conn:
        for statement in triggers.lift(conn.dialect.name):
            conn.exec_driver_sql(statement)
        for tampering in statements:
            conn.execute(tampering)
        for statement in triggers.guard(conn.dialect.name):
            conn.exec_driver_sql(statement.replace("%", "%%") if conn.dialect.name == "postgresql" else statement)


def _event(patient_id: int, seq: int) -> sa.ColumnElement[bool]:
    return sa.and_(audit_events.c.patient_id == patient_id, audit_events.c.seq == seq)


def test_sound_chains_have_no_breaks(chains: sa.Engine) -> None:
    assert _breaks(chains) == []
    with reading(chains) as conn:
        assert [event.seq for event in audit.listed(conn, 1)] == [1, 2, 3, 4, 5, 6]


def test_an_empty_trail_is_sound(engine: sa.Engine) -> None:
    assert _breaks(engine) == []


def test_the_event_and_what_it_records_are_one(engine: sa.Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as conn:
        _record(conn, 1, 1)
        raise RuntimeError
    with reading(engine) as conn:
        assert audit.listed(conn, 1) == []
        assert audit.verify(conn) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOW - timedelta(days=1)},
        {"user_id": 99},
        {"user_id": None},
        {"role": "auditor"},
        {"action": "exported"},
        {"resource": "notes"},
        {"detail": ""},
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(chains: sa.Engine, change: dict[str, object]) -> None:
    _behind_its_back(chains, sa.update(audit_events).where(_event(1, 4)).values(change))
    found = _breaks(chains)
    assert found
    assert {(each.patient_id, each.seq) for each in found} <= {(1, 4), (1, 5)}


def test_a_deleted_event_is_found(chains: sa.Engine) -> None:
    _behind_its_back(chains, sa.delete(audit_events).where(_event(2, 3)))
    assert _breaks(chains) == [Break(2, 3, "events 3 to 3 are missing")]


def test_a_cut_beginning_is_found(chains: sa.Engine) -> None:
    _behind_its_back(chains, sa.delete(audit_events).where(_event(2, 1)))
    assert _breaks(chains)[0] == Break(2, 1, "events 1 to 1 are missing")


def test_a_cut_tail_is_found(chains: sa.Engine) -> None:
    tail = sa.and_(audit_events.c.patient_id == 0, audit_events.c.seq >= 5)
    _behind_its_back(chains, sa.delete(audit_events).where(tail))
    assert _breaks(chains) == [Break(0, 5, "the chain does not end where it was anchored")]


def test_a_chain_that_is_gone_is_found(chains: sa.Engine) -> None:
    _behind_its_back(chains, sa.delete(audit_events).where(audit_events.c.patient_id == 2))
    assert _breaks(chains) == [Break(2, 1, "every event of the chain is missing")]


def test_a_missing_anchor_is_found(chains: sa.Engine) -> None:
    _behind_its_back(chains, sa.delete(audit_heads).where(audit_heads.c.patient_id == 2))
    assert _breaks(chains) == [Break(2, 6, "the anchored end of the chain is missing")]


def test_two_events_in_swapped_places_are_found(chains: sa.Engine) -> None:
    moves = [(3, 99), (4, 3), (99, 4)]
    swap = [sa.update(audit_events).where(_event(1, old)).values(seq=new) for old, new in moves]
    _behind_its_back(chains, *swap)
    assert {each.seq for each in _breaks(chains)} >= {3, 4}


def test_an_inserted_event_is_found(chains: sa.Engine) -> None:
    with reading(chains) as conn:
        last = audit.listed(conn, 1)[-1]
    forged = {
        "patient_id": 1, "seq": 7, "at": NOW, "user_id": 1, "role": "clinician", "action": "viewed", "resource": "",
        "detail": "", "previous_hash": last.hash, "hash": "a" * 64,
    }  # fmt: skip
    _behind_its_back(chains, sa.insert(audit_events).values(forged))
    found = _breaks(chains)
    assert Break(1, 7, "the event was changed after it was written") in found
    assert Break(1, 7, "the chain does not end where it was anchored") in found


def test_an_event_moved_to_another_patient_is_found(chains: sa.Engine) -> None:
    moved = sa.update(audit_events).where(_event(1, 6)).values(patient_id=2, seq=7)
    _behind_its_back(chains, moved)
    assert {each.patient_id for each in _breaks(chains)} == {1, 2}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seq=st.integers(1, 6),
    column=st.sampled_from(["role", "action", "resource", "detail", "hash", "previous_hash"]),
    value=st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=16),
    deleted=st.booleans(),
)
def test_any_single_tampering_is_found(
    sqlite_chains: sa.Engine, seq: int, column: str, value: str, deleted: bool
) -> None:
    change = sa.update(audit_events).where(_event(1, seq)).values({column: f"{value}~"})
    with pytest.raises(_Undone), writing(sqlite_chains) as conn:
        for statement in triggers.lift("sqlite"):
            conn.exec_driver_sql(statement)
        conn.execute(sa.delete(audit_events).where(_event(1, seq)) if deleted else change)
        assert audit.verify(conn)
        raise _Undone
    assert _breaks(sqlite_chains) == []


class _Undone(Exception):
    pass


def test_writers_of_one_chain_take_turns(engine: sa.Engine) -> None:
    def write(start: int) -> None:
        for number in range(start, start + 10):
            with writing(engine) as conn:
                _record(conn, 5, number)

    threads = [threading.Thread(target=write, args=(100 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _breaks(engine) == []
    with reading(engine) as conn:
        assert len(audit.listed(conn, 5)) == 40


def test_the_instant_counts_not_the_clock_it_was_read_from(engine: sa.Engine) -> None:
    abroad = datetime(2026, 7, 1, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    with writing(engine) as conn:
        audit.record(conn, user_id=None, role="system", action="migrated", now=abroad)
    with reading(engine) as conn:
        assert audit.listed(conn, 0)[0].at == abroad.astimezone(UTC)
        assert audit.verify(conn) == []


def test_a_long_resource_is_shortened_rather_than_losing_the_event(engine: sa.Engine) -> None:
    with writing(engine) as conn:
        audit.record(conn, user_id=1, role="clinician", action="viewed", resource="x" * 500, now=NOW)
    assert _breaks(engine) == []


def test_both_engines_write_the_same_hashes(sqlite_engine: sa.Engine, postgres_url: str) -> None:
    def hashes(engine: sa.Engine) -> list[str]:
        with writing(engine) as conn:
            for number in range(4):
                _record(conn, 1, number)
            return [event.hash for event in audit.listed(conn, 1)]

    assert hashes(sqlite_engine) == hashes(connect_engine(postgres_url))
