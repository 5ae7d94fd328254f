"""Taking an import back: everything it added, for all its patients at once, or nothing.

Rows are removed, not marked: after it the record reads as if the file had never come in, and the same file can come in
again. Every removed row is kept whole in `import_undos`, and a number whose person was removed is given to nobody else.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access import batches, derived, patients
from data_access.batches import Batch, Reached
from data_access.engine import lock_patient
from data_access.errors import Conflict, ExplainedError
from data_access.ingest.kinds import KINDS
from data_access.records import PatientRecord
from data_access.tables import (
    care_team_members,
    import_batches,
    import_undos,
    metadata,
    pain_marks,
)
from data_access.tables import patients as patient_rows
from data_access.undo_judgements import judgements, pressing_scores
from data_access.undo_obstacles import SOURCES, WITH_A_PERSON, Laid, Obstacle, appended, laid, of_a_person, pointing

__all__ = ["Obstacle", "Resting", "Undone", "obstacles", "pressing", "undo"]

LONGEST_REASON = 400
_WHOLE = 0
"""The patient number of what is about a batch as a whole."""
_NAMES = {kind.table.name: kind.name for kind in KINDS} | {"pain_marks": "regions"}
_KEPT_ROWS = ("patients", "care_team_members", "note_looks", "reviews")
"""Rows of a person that are kept in `import_undos`; derived ones can be made anew."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: from which patients, rows by kind as an import counts them, and who is gone altogether."""

    patients: tuple[int, ...]
    rows: Mapping[str, int]
    gone: tuple[int, ...]


class Resting(Conflict):
    """Later work rests on what the import added; nothing was removed. `obstacles` says what."""

    def __init__(self, found: Sequence[Obstacle]) -> None:
        super().__init__(
            "This import cannot be taken back: later work rests on it, or it is not kept for that.",
            "Nothing was removed; the record is as it was.",
            "Look at what stands in the way. Single entries and scores can be corrected or withdrawn on their own.",
        )
        self.obstacles = tuple(found)


def obstacles(conn: sa.Connection, batch_id: int) -> list[Obstacle]:
    """Why that batch cannot be taken back, by patient; an empty list when nothing speaks against it.

    Raises LookupError where there is no such batch.
    """
    batch = _batch(conn, batch_id)
    if reason := _of_the_whole(batch):
        return [Obstacle(_WHOLE, "this import", reason)]
    everybody = batches.reached(conn, batch_id)
    if not everybody:
        return [Obstacle(_WHOLE, "this import", "it added nothing, so there is nothing to take back")]
    return [found for each in everybody for found in _of(conn, laid(conn, batch_id, batch.started_at, each))]


def pressing(conn: sa.Connection, batch_id: int) -> dict[int, int]:
    """By patient, how many PHQ-9 the batch added whose item 9 is a safety item: they leave the record with it."""
    batch = _batch(conn, batch_id)
    everybody = (laid(conn, batch_id, batch.started_at, each) for each in batches.reached(conn, batch_id))
    found = {down.patient_id: len(pressing_scores(conn, down)) for down in everybody if down.numbers["measures"]}
    return {patient_id: count for patient_id, count in found.items() if count}


def _batch(conn: sa.Connection, batch_id: int) -> Batch:
    found = batches.listed(conn, only=[batch_id])
    if not found:
        raise LookupError("there is no such import")
    return found[0]


def _of_the_whole(batch: Batch) -> str:
    if batch.undone_at is not None:
        return "it was taken back already"
    return "" if batch.kept else "it was made by an older version, which did not keep whom it reached"


def _of(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    yield from appended(down)
    if down.reached.created:
        yield from of_a_person(conn, down)
    else:
        yield from pointing(conn, down)
        yield from judgements(conn, down)


def undo(
    conn: sa.Connection, batch_id: int, *, reason: str, user_id: int, user_name: str, now: datetime, as_of: date
) -> Undone:
    """What was taken back. Raises Resting with every obstacle, ExplainedError without a reason, LookupError.

    The caller holds the audit chains of the patients before it calls, and records what came of it.
    """
    _require_reason(reason)
    _hold(conn, batch_id)
    everybody = batches.reached(conn, batch_id)
    for each in everybody:
        lock_patient(conn, each.patient_id)
    if found := obstacles(conn, batch_id):
        raise Resting(found)
    batch = _batch(conn, batch_id)
    said = {"reason": reason.strip(), "user_id": user_id, "user_name": user_name, "undone_at": now}
    rows: Counter[str] = Counter()
    for each in everybody:
        content = _take_back(conn, laid(conn, batch_id, batch.started_at, each), as_of)
        kept = {"patient_id": each.patient_id, "batch_id": batch_id, "content": _written(content), **said}
        conn.execute(sa.insert(import_undos).values(kept))
        rows.update({_NAMES[name]: len(removed) for name, removed in content.items() if name in _NAMES})
    this = sa.update(import_batches).where(import_batches.c.batch_id == batch_id)
    conn.execute(this.values(undone_at=now, undone_by=user_id))
    gone = tuple(each.patient_id for each in everybody if each.created)
    return Undone(tuple(each.patient_id for each in everybody), dict(rows), gone)


def _require_reason(reason: str) -> None:
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise ExplainedError(
            f"An import is taken back with a reason of 1 to {LONGEST_REASON} characters.",
            "Nothing was removed; the record is as it was.",
            "Say in a few words why it is taken back.",
        )


def _hold(conn: sa.Connection, batch_id: int) -> None:
    """Waits for whoever adds to that batch, and keeps others from it: one who goes on importing is told."""
    query = sa.select(import_batches.c.batch_id).where(import_batches.c.batch_id == batch_id)
    conn.execute(query.with_for_update())


Content = dict[str, list[dict[str, Any]]]


def _take_back(conn: sa.Connection, down: Laid, as_of: date) -> Content:
    """Every row that was removed for that patient, by table; what is left of the record is up to date."""
    content = _remove_rows(conn, down)
    if down.reached.created:
        return content | _remove_person(conn, down.patient_id)
    content |= _set_back(conn, down.reached)
    derived.refresh(conn, down.patient_id, as_of, down.felt)
    return content


def _remove_rows(conn: sa.Connection, down: Laid) -> Content:
    content: Content = {}
    entries = sorted(down.numbers["diary_entries"])
    if entries:
        m, e = pain_marks.c, metadata.tables["diary_entries"].c
        ours = sa.select(e.entry_id).where(e.patient_id == down.patient_id, e.batch_id == down.batch_id)
        content |= _removed(conn, pain_marks, sa.and_(m.patient_id == down.patient_id, m.entry_id.in_(ours)))
    for table in reversed(SOURCES):  # rows that others point to last
        if down.numbers[table.name]:
            own = sa.and_(table.c.patient_id == down.patient_id, table.c.batch_id == down.batch_id)
            content |= _removed(conn, table, own)
    return content


def _remove_person(conn: sa.Connection, patient_id: int) -> Content:
    content: Content = {}
    for table in reversed(metadata.sorted_tables):
        if table.name in WITH_A_PERSON:
            content |= _removed(conn, table, table.c.patient_id == patient_id)
    return {name: rows for name, rows in content.items() if name in _KEPT_ROWS}


def _removed(conn: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> Content:
    query = sa.select(table).where(which).order_by(*table.primary_key.columns)
    rows = [dict(row) for row in conn.execute(query).mappings()]
    if rows:
        conn.execute(sa.delete(table).where(which))
    return {table.name: rows} if rows else {}


def _set_back(conn: sa.Connection, reached: Reached) -> Content:
    """What the file had filled in of the person, as it stood; what somebody changed since stays."""
    content: Content = {}
    head = patients.head(conn, reached.patient_id)
    assert head is not None  # noqa: S101 - locked before
    back = {name: was for name, (was, became) in reached.filled.items() if getattr(head, name) == became}
    if back:
        content["patients"] = [{name: getattr(head, name) for name in back}]
        names = {name: back.get(name, getattr(head, name)) for name in ("family_name", "given_name")}
        record = PatientRecord(head.record_number, names["family_name"], names["given_name"])
        changed = sa.update(patient_rows).where(patient_rows.c.patient_id == head.patient_id)
        conn.execute(changed.values({**back, "search_name": patients.search_name(record)}))
    if reached.joined:
        m = care_team_members.c
        own = sa.and_(m.patient_id == reached.patient_id, m.user_id.in_(reached.joined))
        content |= _removed(conn, care_team_members, own)
    return content


def _written(content: Content) -> str:
    """The rows as JSON: days and instants in ISO form."""
    return json.dumps(content, ensure_ascii=False, default=lambda value: value.isoformat())
