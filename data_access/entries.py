"""Diary entries filled in on a screen: added once, corrected by a new one, withdrawn; what was written stays on record.

Each write is one act inside the caller's transaction: entry, marks, doses and derived rows together. `token` names one
filling-in of the form: sent twice (a double click, a second window), it adds one entry.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access import derived, diary, patients
from data_access.devices import SLEEP_NOTES
from data_access.engine import lock_patient
from data_access.errors import Conflict, ExplainedError
from data_access.ingest.kinds import KINDS, MARK_COLUMNS, Kind, Row, marks_of, refusal, row_of
from data_access.records import DoseRecord, EntryRecord
from data_access.row_numbers import last_given
from data_access.tables import diary_entries, doses, entry_changes, pain_marks

_ENTRIES = next(kind for kind in KINDS if kind.record is EntryRecord)
_DOSES = next(kind for kind in KINDS if kind.record is DoseRecord)
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Filled:
    """One form filled in: the entry and the doses that were logged with it."""

    entry: EntryRecord
    doses: tuple[DoseRecord, ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, when, and which calendar day it is for them."""

    user_id: int
    now: datetime
    as_of: date


@dataclass(frozen=True, slots=True)
class Added:
    """The entry on record; `again`: it had been saved before, and nothing was written now."""

    entry_id: int
    again: bool = False


def add(conn: sa.Connection, patient_id: int, filled: Filled, writer: Writer) -> Added:
    """The new entry, counted from now on. Raises Conflict when its moment is taken, ExplainedError when refused."""
    lock_patient(conn, patient_id)
    found = by_token(conn, patient_id, filled.token)
    if found is not None:
        return Added(found, again=True)
    _require_possible(conn, patient_id, filled, writer.as_of)
    _require_free(conn, patient_id, filled.entry)
    entry_id = _store(conn, patient_id, filled, writer)
    derived.refresh(conn, patient_id, writer.as_of, _days(filled.entry))
    return Added(entry_id)


def correct(
    conn: sa.Connection, patient_id: int, entry_id: int, filled: Filled, *, reason: str, writer: Writer
) -> Added:
    """The entry that counts instead of that one, which stays on record as corrected. Raises like `add`."""
    lock_patient(conn, patient_id)
    found = by_token(conn, patient_id, filled.token)
    if found is not None:
        return Added(found, again=True)
    day = _require_active(conn, patient_id, entry_id)
    _require_possible(conn, patient_id, filled, writer.as_of)
    _close(conn, patient_id, entry_id, "corrected")
    _require_free(conn, patient_id, filled.entry)
    new = _store(conn, patient_id, filled, writer)
    _explain(conn, patient_id, entry_id, "corrected", reason, writer, new)
    derived.refresh(conn, patient_id, writer.as_of, _days(filled.entry) | ({day} if day else set()))
    return Added(new)


def withdraw(conn: sa.Connection, patient_id: int, entry_id: int, *, reason: str, writer: Writer) -> None:
    """That entry and its doses count no more; they stay on record. Raises Conflict when it no longer counted."""
    lock_patient(conn, patient_id)
    day = _require_active(conn, patient_id, entry_id)
    _close(conn, patient_id, entry_id, "withdrawn")
    _explain(conn, patient_id, entry_id, "withdrawn", reason, writer, None)
    derived.refresh(conn, patient_id, writer.as_of, {day} if day else set())


def by_token(conn: sa.Connection, patient_id: int, token: str) -> int | None:
    """The entry that this filling-in became, None when it was not saved yet."""
    if not token:
        return None
    e = diary_entries.c
    query = sa.select(e.entry_id).where(e.patient_id == patient_id, e.source_key == _key(token))
    found: int | None = conn.execute(query).scalar()
    return found


def _key(token: str, place: int = 0) -> str:
    return f"screen:{token}:{place}" if place else f"screen:{token}"


def _days(entry: EntryRecord) -> set[date]:
    return {entry.day} if entry.day else set()


def _require_possible(conn: sa.Connection, patient_id: int, filled: Filled, as_of: date) -> None:
    head = patients.head(conn, patient_id)
    born = head.birth_date if head else None
    checked: list[tuple[Kind, EntryRecord | DoseRecord]] = [(_ENTRIES, filled.entry)]
    checked += [(_DOSES, dose) for dose in filled.doses]
    reason = next((why for kind, record in checked if (why := refusal(kind, record, as_of, born))), "")
    if reason:
        raise ExplainedError(
            f"This entry cannot be saved: {reason}.",
            "Nothing was written; what you filled in is still there.",
            "Correct it and save again.",
        )


def _require_free(conn: sa.Connection, patient_id: int, entry: EntryRecord) -> None:
    e = diary_entries.c
    same = sa.and_(e.patient_id == patient_id, e.status == "active", e.day == entry.day, e.at_time == entry.at_time)
    measured = e.note.in_(SLEEP_NOTES)  # a device's night takes no moment from an answer
    same = sa.and_(same, measured if entry.note in SLEEP_NOTES else sa.not_(measured))
    if conn.execute(sa.select(e.entry_id).where(same)).first() is not None:
        raise Conflict(
            "There is already an entry of that day and time.",
            "Nothing was written; what you filled in is still there.",
            "Choose another time, or correct the entry that is there.",
        )


def _require_active(conn: sa.Connection, patient_id: int, entry_id: int) -> date | None:
    e = diary_entries.c
    query = sa.select(e.day, e.status).where(e.patient_id == patient_id, e.entry_id == entry_id)
    row = conn.execute(query).one_or_none()
    if row is None or row.status != "active":
        raise Conflict(
            "This entry was corrected or withdrawn in the meantime.",
            "Nothing was written; the list shows what became of it.",
            "Look at the list, and correct the entry that counts now if it is still wrong.",
        )
    day: date | None = row.day
    return day


def _store(conn: sa.Connection, patient_id: int, filled: Filled, writer: Writer) -> int:
    entry_id = _next(conn, patient_id, diary_entries.c.entry_id)
    key: Row = {"patient_id": patient_id, "entry_id": entry_id}
    origin: Row = {"source": "clinic", "source_key": _key(filled.token) if filled.token else None}
    who: Row = {"recorded_at": writer.now, "entered_by": writer.user_id}
    conn.execute(sa.insert(diary_entries).values({**row_of(_ENTRIES, filled.entry), **key, **origin, **who}))
    if marked := marks_of(filled.entry):
        rows = [{**key, **dict(zip(MARK_COLUMNS, mark, strict=True))} for mark in marked]
        conn.execute(sa.insert(pain_marks), rows)
    _store_doses(conn, key, filled)
    return entry_id


def _store_doses(conn: sa.Connection, key: Row, filled: Filled) -> None:
    first = _next(conn, key["patient_id"], doses.c.dose_id)
    rows = [
        {
            **row_of(_DOSES, dose),
            **key,
            "dose_id": first + place,
            "source": "clinic",
            "source_key": _key(filled.token, place + 1) if filled.token else None,
        }
        for place, dose in enumerate(filled.doses)
    ]
    if rows:
        conn.execute(sa.insert(doses), rows)


def _next(conn: sa.Connection, patient_id: int, column: sa.Column[Any]) -> int:
    return last_given(conn, patient_id, column) + 1


def _close(conn: sa.Connection, patient_id: int, entry_id: int, status: str) -> None:
    for table in (diary_entries, doses):
        own = sa.and_(table.c.patient_id == patient_id, table.c.entry_id == entry_id)
        conn.execute(sa.update(table).where(own).values(status=status))


def _explain(
    conn: sa.Connection, patient_id: int, entry_id: int, kind: str, reason: str, writer: Writer, new: int | None
) -> None:
    change = {"kind": kind, "reason": reason.strip(), "new_entry_id": new}
    who = {"user_id": writer.user_id, "changed_at": writer.now}
    conn.execute(sa.insert(entry_changes).values(patient_id=patient_id, entry_id=entry_id, **change, **who))


@dataclass(frozen=True, slots=True)
class Change:
    """Why an entry no longer counts; `new_entry_id` the one that counts instead, None for a withdrawn one."""

    kind: str
    reason: str
    new_entry_id: int | None
    user_id: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as it stands on record: what it says, who brought it and when, and what became of it."""

    entry_id: int
    entry: EntryRecord
    doses: tuple[DoseRecord, ...]
    source: str
    entered_by: int | None
    recorded_at: datetime
    change: Change | None


def latest(conn: sa.Connection, patient_id: int, limit: int, *, up_to: date | None = None) -> list[Listed]:
    """The entries recorded last, the latest first, those that no longer count included.

    With `up_to` those of that day and before, the latest day first; an entry without a day is in no such list.
    """
    e = diary_entries.c
    order = (e.entry_id.desc(),) if up_to is None else (e.day.desc(), e.at_time.desc(), e.entry_id.desc())
    query = sa.select(e.entry_id).where(e.patient_id == patient_id).order_by(*order).limit(limit)
    asked = query if up_to is None else query.where(e.day <= up_to)
    return _listed(conn, patient_id, conn.execute(asked).scalars().all())


def one(conn: sa.Connection, patient_id: int, entry_id: int) -> Listed | None:
    """That entry, None where there is none."""
    return next(iter(_listed(conn, patient_id, [entry_id])), None)


def _listed(conn: sa.Connection, patient_id: int, entry_ids: Sequence[int]) -> list[Listed]:
    e = diary_entries.c
    query = sa.select(e.entry_id, e.source, e.entered_by, e.recorded_at)
    rows = conn.execute(query.where(e.patient_id == patient_id, e.entry_id.in_(entry_ids))).fetchall()
    records = diary.chosen(conn, patient_id, entry_ids)
    taken, changes = _doses_of(conn, patient_id, entry_ids), _changes(conn, patient_id, entry_ids)
    found = {
        row.entry_id: Listed(
            row.entry_id,
            records[row.entry_id],
            tuple(taken[row.entry_id]),
            row.source,
            row.entered_by,
            row.recorded_at,
            changes.get(row.entry_id),
        )
        for row in rows
    }
    return [found[entry_id] for entry_id in entry_ids if entry_id in found]


def _doses_of(conn: sa.Connection, patient_id: int, entry_ids: Sequence[int]) -> dict[int, list[DoseRecord]]:
    d = doses.c
    columns = d.day, d.medicine, d.taken, d.at_time, d.dose, d.unit, d.route, d.as_needed, d.source_key
    query = sa.select(d.entry_id, *columns).where(d.patient_id == patient_id, d.entry_id.in_(entry_ids))
    found: dict[int, list[DoseRecord]] = defaultdict(list)
    for entry_id, *said in conn.execute(query.order_by(d.dose_id)):
        found[entry_id].append(DoseRecord(*said))
    return found


def doses_on(conn: sa.Connection, patient_id: int, day: date, *, but_of: int) -> list[DoseRecord]:
    """What was logged as taken on that day and counts, by time; those of the entry `but_of` left out."""
    d = doses.c
    columns = d.day, d.medicine, d.taken, d.at_time, d.dose, d.unit, d.route, d.as_needed, d.source_key
    other = sa.or_(d.entry_id.is_(None), d.entry_id != but_of)
    query = sa.select(*columns).where(d.patient_id == patient_id, d.status == "active", d.day == day, d.taken, other)
    return [DoseRecord(*said) for said in conn.execute(query.order_by(d.at_time, d.dose_id))]


def _changes(conn: sa.Connection, patient_id: int, entry_ids: Sequence[int]) -> dict[int, Change]:
    c = entry_changes.c
    columns = c.kind, c.reason, c.new_entry_id, c.user_id, c.changed_at
    query = sa.select(c.entry_id, *columns).where(c.patient_id == patient_id, c.entry_id.in_(entry_ids))
    return {entry_id: Change(*said) for entry_id, *said in conn.execute(query)}


def last_map(conn: sa.Connection, patient_id: int, before: date) -> EntryRecord | None:
    """The latest active entry of an earlier day with a map of known detail, None where there is none."""
    e = diary_entries.c
    counted = sa.and_(e.patient_id == patient_id, e.status == sa.literal_column("'active'"), e.day < before)
    query = sa.select(e.entry_id).where(counted, e.has_map, sa.not_(e.detail_unknown))
    entry_id = conn.execute(query.order_by(e.day.desc(), e.at_time.desc(), e.entry_id.desc()).limit(1)).scalar()
    return None if entry_id is None else diary.chosen(conn, patient_id, [entry_id])[entry_id]
