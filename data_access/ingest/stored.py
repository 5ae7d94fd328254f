"""What is already there of the records that come in: by their key, by their moment, by all they say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data_access import marks
from data_access.devices import SLEEP_NOTES, of_other_makes
from data_access.ingest import planned
from data_access.ingest.kinds import MARK_COLUMNS, Kind, Mark, Record, content
from data_access.mapped_keys import is_mapped
from data_access.records import DoseRecord, EntryRecord, MeasureRecord, MedicationRecord
from data_access.row_numbers import last_given
from data_access.standing import WITH_STOPS
from data_access.tables import entry_changes, medication_stops, pain_marks

MOST_KEYS_ASKED = 500
ACTIVE: sa.ColumnElement[str] = sa.literal_column("'active'", sa.String)
"""Written out, not bound: only then does SQLite use the index over active entries."""
CLOSABLE = (EntryRecord, DoseRecord)
"""Kinds whose rows may be corrected or withdrawn. An older file that still holds such a row does not bring it back."""
Content = tuple[Any, ...]
Moment = tuple[date, str, bool]


@dataclass(frozen=True, slots=True)
class Stored:
    """The stored rows that could be the same as incoming ones, each as its content.

    `by_key`: all that a row says now or said when it came in, where it was changed here since.
    """

    by_key: dict[str, frozenset[Content]]
    by_moment: dict[Moment, Content]
    contents: Counter[Content]
    last_number: int


def moment(day: date, at_time: str, note: str) -> Moment:
    """What only one entry may stand at. A device's nights have moments of their own: nobody's answer gives way to them.

    So each night has one moment of its day, whichever device tells it.
    """
    return (day, "", True) if note in SLEEP_NOTES else (day, at_time, False)


def by_content(record: Record) -> bool:
    """Whether the record is held against what stands there by all it says, with or without its key.

    Doses and steps of a foreign diary are: its keys are ours, made while reading.
    """
    mapped = isinstance(record, DoseRecord | MeasureRecord) and is_mapped(record.source_key)
    return record.source_key is None or mapped


def stored_rows(conn: sa.Connection, patient_id: int, kind: Kind, records: Sequence[Record]) -> Stored:
    """Those of one patient and kind that share a key, a day or all they say with one of the records."""
    table = kind.table.c
    closed = _closed(conn, patient_id) if kind.record is EntryRecord else []
    chosen = sa.and_(table.patient_id == patient_id, _candidates(kind, records, closed))
    active = table.status == ACTIVE if kind.record in CLOSABLE else sa.true()
    columns = [table[name] for name in kind.columns]
    query = sa.select(table[kind.number], table.source_key, active.label("is_active"), *columns).where(chosen)
    rows = conn.execute(query.order_by(table[kind.number])).fetchall()
    marked = _marks(conn, patient_id, [row[0] for row in rows]) if kind.record is EntryRecord else {}
    found = Stored({}, {}, Counter(), last_given(conn, patient_id, kind.table.c[kind.number]))
    planned_before = planned.came(conn, patient_id, kind)
    for row in rows:
        said = content(dict(zip(kind.columns, row[3:], strict=True)), kind, tuple(marked.get(row[0], ())))
        _add(found, kind, row, said, planned_before.contents(row[0], said))
    if kind.record is MedicationRecord:
        found.contents.update(_as_stopped_here(conn, patient_id, kind))
    return found


def _as_stopped_here(conn: sa.Connection, patient_id: int, kind: Kind) -> Iterator[Content]:
    """What the medicines say that were ended on screen: a file from before and one from after add nothing."""
    ended = {"end_day": medication_stops.c.end_day, "reason_stopped": medication_stops.c.reason}
    columns = [ended.get(name, kind.table.c[name]) for name in kind.columns]
    query = sa.select(*columns).select_from(WITH_STOPS)
    stopped = query.where(kind.table.c.patient_id == patient_id, medication_stops.c.end_day.is_not(None))
    return (content(dict(zip(kind.columns, row, strict=True)), kind, ()) for row in conn.execute(stopped))


def _add(found: Stored, kind: Kind, row: sa.Row[*tuple[Any, ...]], said: Content, versions: frozenset[Content]) -> None:
    if row.source_key is not None:
        found.by_key[row.source_key] = versions
    found.contents.update(versions)
    if kind.record is EntryRecord and row.day is not None and row.is_active:
        found.by_moment[moment(row.day, row.at_time, row.note)] = said


def _closed(conn: sa.Connection, patient_id: int) -> list[int]:
    c = entry_changes.c
    return list(conn.execute(sa.select(c.entry_id).where(c.patient_id == patient_id)).scalars())


def _candidates(kind: Kind, records: Sequence[Record], closed: Sequence[int]) -> sa.ColumnElement[bool]:
    table = kind.table.c
    own = {record.source_key for record in records if record.source_key is not None}
    keys = sorted(own.union(*(of_other_makes(key) for key in own)))
    chosen: list[sa.ColumnElement[bool]] = []
    if keys:
        chosen.append(table.source_key.is_not(None) if len(keys) > MOST_KEYS_ASKED else table.source_key.in_(keys))
    if kind.record is EntryRecord or any(map(by_content, records)):
        chosen += _same_days(kind, records)
    if closed:
        chosen.append(table.entry_id.in_(closed))
    return sa.or_(*chosen)


def _same_days(kind: Kind, records: Sequence[Record]) -> list[sa.ColumnElement[bool]]:
    if "day" not in kind.columns:
        return [sa.true()]
    column = kind.table.c.day
    days = [getattr(record, "day", None) for record in records]
    dated = [day for day in days if day is not None]
    chosen: list[sa.ColumnElement[bool]] = []
    if dated:
        within = column.between(min(dated), max(dated))
        active = kind.table.c.status == ACTIVE if kind.record is EntryRecord else sa.true()
        chosen.append(sa.and_(within, active))
    if len(dated) < len(days):
        chosen.append(column.is_(None))
    return chosen


def _marks(conn: sa.Connection, patient_id: int, entry_ids: list[int]) -> dict[int, list[Mark]]:
    m = pain_marks.c
    found: dict[int, list[Mark]] = defaultdict(list)
    for entry_id, *mark in marks.of_entries(conn, patient_id, entry_ids, *(m[name] for name in MARK_COLUMNS)):
        found[entry_id].append(tuple(mark))
    return found
