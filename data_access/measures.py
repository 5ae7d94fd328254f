"""Questionnaire scores of one patient: those that count, those typed in on screen, those withdrawn.

A score is never rewritten: a wrong one is withdrawn with a reason, and entered anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data_access import derived
from data_access.engine import lock_patient
from data_access.entries import Writer
from data_access.errors import Conflict, ExplainedError
from data_access.ingest.kinds import KINDS, refusal, row_of
from data_access.patients import head
from data_access.records import MeasureRecord
from data_access.row_numbers import last_given
from data_access.score_items import read
from data_access.standing import scores
from data_access.tables import measure_changes, measures

__all__ = ["Entered", "Withdrawal", "enter", "history", "records", "scores", "withdraw"]

_MEASURES = next(kind for kind in KINDS if kind.record is MeasureRecord)


def records(conn: sa.Connection, patient_id: int) -> list[MeasureRecord]:
    """Every score that counts, by day (undated last), then in the order they came in."""
    m = measures.c
    query = sa.select(m.day, m.instrument, m.score, m.unit, m["items"], m.source_key)
    counted = query.where(m.patient_id == patient_id, m.status == "active")
    rows = conn.execute(counted.order_by(m.day.is_(None), m.day, m.measure_id))
    return [_record(row) for row in rows]


def _record(said: Sequence[Any]) -> MeasureRecord:
    day, instrument, score, unit, items, source_key = said
    return MeasureRecord(day, instrument, score, unit, read(items), source_key)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a score counts no more, who said so and when."""

    reason: str
    user_id: int
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """One score as it stands on record: where it came from, who typed it in, and its withdrawal if it was withdrawn.

    `version` names the form or scoring it was made with, '' where none is known.
    """

    measure_id: int
    record: MeasureRecord
    source: str
    entered_by: int | None
    version: str
    withdrawal: Withdrawal | None


def history(conn: sa.Connection, patient_id: int) -> list[Entered]:
    """Every score, withdrawn ones too, by day (undated last), then in the order they came in."""
    m, c = measures.c, measure_changes.c
    same = sa.and_(m.patient_id == c.patient_id, m.measure_id == c.measure_id)
    said = m.day, m.instrument, m.score, m.unit, m["items"], m.source_key
    query = sa.select(m.measure_id, m.source, m.entered_by, m.version, c.reason, c.user_id, c.changed_at, *said)
    query = query.select_from(measures.outerjoin(measure_changes, same))
    rows = conn.execute(query.where(m.patient_id == patient_id).order_by(m.day.is_(None), m.day, m.measure_id))
    return [_entered(row) for row in rows]


def _entered(row: sa.Row[*tuple[Any, ...]]) -> Entered:
    number, source, by, version, reason, user_id, at, *said = row
    withdrawal = None if reason is None else Withdrawal(reason, user_id, at)
    return Entered(number, _record(said), source, by, version, withdrawal)


def enter(
    conn: sa.Connection, patient_id: int, record: MeasureRecord, *, writer: Writer, version: str = "", token: str = ""
) -> int:
    """The number of the new score; of the one there is when that form (`token`) was sent before.

    Raises ExplainedError when the score cannot be kept.
    """
    lock_patient(conn, patient_id)
    key = f"screen:{token}" if token else None
    if (found := _by_key(conn, patient_id, key)) is not None:
        return found
    _require_possible(conn, patient_id, record, writer)
    last = last_given(conn, patient_id, measures.c.measure_id)
    row = {**row_of(_MEASURES, record), "patient_id": patient_id, "measure_id": last + 1}
    who = {"entered_by": writer.user_id, "recorded_at": writer.now}
    origin = {"source": "clinic", "source_key": key, **who, "version": version}
    conn.execute(sa.insert(measures).values({**row, **origin}))
    derived.refresh(conn, patient_id, writer.as_of, ())
    return (last or 0) + 1


def _by_key(conn: sa.Connection, patient_id: int, key: str | None) -> int | None:
    m = measures.c
    query = sa.select(m.measure_id).where(m.patient_id == patient_id, m.source_key == key)
    found: int | None = conn.execute(query).scalar() if key else None
    return found


def _require_possible(conn: sa.Connection, patient_id: int, record: MeasureRecord, writer: Writer) -> None:
    person = head(conn, patient_id)
    reason = refusal(_MEASURES, record, writer.as_of, person.birth_date if person else None)
    if reason:
        raise ExplainedError(
            f"This score cannot be saved: {reason}.",
            "Nothing was written; what you filled in is still there.",
            "Correct it and save again.",
        )


def withdraw(conn: sa.Connection, patient_id: int, measure_id: int, *, reason: str, writer: Writer) -> None:
    """That score counts no more and stays on record. Raises Conflict when it no longer counted."""
    lock_patient(conn, patient_id)
    m = measures.c
    own = sa.and_(m.patient_id == patient_id, m.measure_id == measure_id, m.status == "active")
    if conn.execute(sa.update(measures).where(own).values(status="withdrawn")).rowcount == 0:
        raise Conflict(
            "This score was withdrawn in the meantime.",
            "Nothing was written; the history shows who withdrew it and why.",
            "Look at the scores that count now.",
        )
    change = {"reason": reason.strip(), "user_id": writer.user_id, "changed_at": writer.now}
    conn.execute(sa.insert(measure_changes).values(patient_id=patient_id, measure_id=measure_id, **change))
    derived.refresh(conn, patient_id, writer.as_of, ())
