"""One person's records into the database: what is new goes in, what is there stays, what cannot go in is explained.

Everything about one person is one transaction, derived rows included. Running the same records again adds nothing.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from data_access import batches, derived, patients
from data_access.batches import Reached
from data_access.devices import SLEEP_NOTES, of_other_makes
from data_access.ingest import bulk
from data_access.ingest.identity import settle
from data_access.ingest.kinds import (
    KINDS,
    MARK_COLUMNS,
    Kind,
    Mark,
    Record,
    Row,
    content,
    marks_of,
    refusal,
    repeats,
    row_of,
)
from data_access.ingest.stored import Stored, by_content, moment, stored_rows
from data_access.mapped_keys import is_mapped
from data_access.records import DoseRecord, EntryRecord, MeasureRecord, PatientBundle, Rejection
from data_access.tables import pain_marks

__all__ = ["Ingested", "add"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one bundle; `added` counts rows by kind ('regions' are the marks of the entries).

    `patient_id` is 0 when the person was refused, and then nothing was added.
    """

    patient_id: int
    created: bool
    added: dict[str, int]
    already_there: int
    rejected: list[Rejection]


class _New(NamedTuple):
    record: Record
    row: Row
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class _Sorted:
    new: list[_New] = field(default_factory=list)
    already_there: int = 0
    rejected: list[Rejection] = field(default_factory=list)


def add(
    conn: sa.Connection, bundle: PatientBundle, *, batch_id: int | None = None, now: datetime, as_of: date
) -> Ingested:
    """What became of each record; derived rows are up to date when it returns. Nothing new leaves all as it was.

    Raises Conflict where the batch was taken back meanwhile.
    """
    if batch_id is not None:
        batches.require_standing(conn, batch_id)
    person = settle(conn, bundle, now=now, as_of=as_of)
    done = Ingested(person.patient_id, person.created, {}, 0, list(person.rejected))
    if person.patient_id == 0:
        return done
    origin = {"patient_id": person.patient_id, "source": bundle.source, "batch_id": batch_id}
    head = patients.head(conn, person.patient_id)
    born = head.birth_date if head else None
    days: set[date] = set()
    already_there = 0
    sorted_out = _all_sorted_out(conn, person.patient_id, bundle, as_of, born)
    for kind, found, parts in sorted_out:
        _keep_rows_whole(kind, parts, done.rejected)
        kept = _store(conn, kind, parts, found.last_number, origin, now)
        days |= _days(kept)
        already_there += parts.already_there
        done.rejected.extend(parts.rejected)
        _count(done.added, kind, kept)
    if done.added or person.changed:
        derived.refresh(conn, person.patient_id, as_of, days)
    reached = Reached(person.patient_id, person.created, done.added, person.filled, person.joined)
    if batch_id is not None and not reached.is_nothing:
        batches.reach(conn, batch_id, reached)
    return Ingested(person.patient_id, person.created, done.added, already_there, done.rejected)


ANOTHER_PART = "another part of its row was rejected, and a row goes in whole or not at all"


def _all_sorted_out(
    conn: sa.Connection, patient_id: int, bundle: PatientBundle, as_of: date, born: date | None
) -> list[tuple[Kind, Stored, _Sorted]]:
    """What becomes of the records of each kind, before any is written. A row of a foreign diary is new as a whole."""
    found = []
    for kind in KINDS:
        if records := kind.of(bundle):
            held = stored_rows(conn, patient_id, kind, records)
            found.append((kind, held, _sort_out(kind, records, held, as_of, born)))
    rows = {one.where for kind in KINDS for one in kind.of(bundle) if one.where and is_mapped(one.source_key)}
    refused = rows.intersection(each.where for _, _, parts in found for each in parts.rejected)
    for kind, _, parts in found:
        _refuse(kind, parts, refused)
    return found


def _keep_rows_whole(kind: Kind, parts: _Sorted, rejected: Sequence[Rejection]) -> None:
    """Refuses the scores read from the same place as an entry that was rejected."""
    refused = {each.where for each in rejected if each.where and each.what.startswith(KINDS[0].singular)}
    if kind.record is MeasureRecord:
        _refuse(kind, parts, refused)


def _refuse(kind: Kind, parts: _Sorted, places: AbstractSet[str]) -> None:
    """Takes what was read from those places off what is new, each with its reason."""
    gone = [each for each in parts.new if each.record.where in places]
    parts.rejected.extend(_rejection(kind, each.record, ANOTHER_PART) for each in gone)
    parts.new = [each for each in parts.new if each.record.where not in places]


def _sort_out(kind: Kind, records: Sequence[Record], held: Stored, as_of: date, born: date | None) -> _Sorted:
    parts = _Sorted()
    for record in records:
        if reason := refusal(kind, record, as_of, born):
            parts.rejected.append(_rejection(kind, record, reason))
            continue
        row, marks = row_of(kind, record), marks_of(record)
        said = content(row, kind, marks)
        verdict = _known(kind, record, said, held)
        if verdict == "":
            parts.new.append(_New(record, row, marks))
        elif verdict == _SAME:
            parts.already_there += 1
        else:
            parts.rejected.append(_rejection(kind, record, verdict))
    return parts


_SAME = "already there"
ANOTHER_ENTRY = "another entry of the same day and time is already there"
ANOTHER_DEVICE = "another device told this night or day already, and two are never counted together"


def _known(kind: Kind, record: Record, said: tuple[Any, ...], held: Stored) -> str:
    """'' for a new record (which is remembered), `_SAME`, or why it contradicts what is there."""
    key = record.source_key
    if by_content(record) and is_mapped(key) and held.contents[said] > 0:
        held.contents[said] -= 1  # another export of the same diary, or what was written down here already
        return _SAME
    if key is not None and key in held.by_key:
        return _SAME if said in held.by_key[key] else "the same record is already there with other values"
    if isinstance(record, MeasureRecord) and any(other in held.by_key for other in of_other_makes(key)):
        return ANOTHER_DEVICE
    if isinstance(record, EntryRecord) and record.day is not None:
        when = moment(record.day, record.at_time, record.note)
        if when in held.by_moment:
            taken = ANOTHER_DEVICE if record.note in SLEEP_NOTES else ANOTHER_ENTRY
            return _SAME if held.by_moment[when] == said else taken
        if held.contents[said] > 0:
            return _SAME  # it was corrected or withdrawn here
        held.by_moment[when] = said
    elif key is None and held.contents[said] > 0:
        if repeats(record):
            held.contents[said] -= 1  # each stored tablet answers for one incoming tablet
        return _SAME
    elif not (repeats(record) or is_mapped(key)):
        held.contents[said] += 1
    if key is not None:
        held.by_key[key] = frozenset((said,))
    return ""


def _rejection(kind: Kind, record: Record, why: str) -> Rejection:
    day: date | None = getattr(record, "day", None)
    return Rejection(record.where, f"{kind.singular} of {day.isoformat()}" if day else kind.singular, why)


def _store(conn: sa.Connection, kind: Kind, parts: _Sorted, last_number: int, origin: Row, now: datetime) -> list[_New]:
    # A score out of a foreign record is news to whoever closed a safety item; our own files bring closings along.
    news = kind.record is MeasureRecord and origin["source"] == "fhir"
    recorded = {"recorded_at": now} if kind.record is EntryRecord or news else {}
    units: list[bulk.Unit] = []
    ordered = sorted(parts.new, key=_calendar_place)  # numbers then follow the calendar
    for number, (record, row, marks) in enumerate(ordered, last_number + 1):
        key = {"patient_id": origin["patient_id"], kind.number: number}
        unit: dict[sa.Table, list[Row]] = {
            kind.table: [{**row, **origin, **key, **recorded, "source_key": record.source_key}]
        }
        if marks:
            unit[pain_marks] = [{**key, **dict(zip(MARK_COLUMNS, mark, strict=True))} for mark in marks]
        units.append(unit)
    refused = bulk.insert(conn, units)
    parts.rejected.extend(_rejection(kind, ordered[place].record, why) for place, why in sorted(refused.items()))
    return [each for place, each in enumerate(ordered) if place not in refused]


def _calendar_place(new: _New) -> tuple[date, str]:
    return new.row.get("day") or date.max, new.row.get("at_time", "")


def _days(kept: list[_New]) -> set[date]:
    records = (each.record for each in kept)
    return {record.day for record in records if isinstance(record, EntryRecord | DoseRecord) and record.day}


def _count(added: dict[str, int], kind: Kind, kept: list[_New]) -> None:
    if kept:
        added[kind.name] = len(kept)
    if marks := sum(len(each.marks) for each in kept):
        added["regions"] = marks
