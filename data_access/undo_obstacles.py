"""What stands in the way of taking an import back: later work that rests on what it added.

Rows that were written since, by people or by a later import, are never taken away with it. What may be removed with a
person whom the batch had made is in `WITH_A_PERSON`; everything else about them is in the way.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data_access import tables
from data_access.batches import Reached
from data_access.tables import APPEND_ONLY, metadata


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason not to take a batch back: what rests on it (`what`) and since when (`on`, None: no day).

    `patient_id` 0 where it is about the whole batch.
    """

    patient_id: int
    what: str
    why: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """What a batch laid down for one patient: the numbers of its rows by table, and the days they speak of.

    `days`: of entries, doses, scores and events; `felt` of entries and doses alone; `mapped` with a pain map.
    """

    reached: Reached
    batch_id: int
    since: datetime
    numbers: Mapping[str, frozenset[int]]
    days: frozenset[date]
    felt: frozenset[date]
    mapped: frozenset[date]

    @property
    def patient_id(self) -> int:
        """Whose rows they are."""
        return self.reached.patient_id


SOURCES = tuple(
    table
    for table in metadata.sorted_tables
    if {"patient_id", "batch_id", "source"} <= {column.name for column in table.columns}
)
"""Tables whose rows say which batch added them."""
WITH_A_PERSON = frozenset(
    {
        "patients", "batch_patients", "patient_days", "flares", "patient_snapshots", "care_team_members", "note_looks",
        "reviews", "pain_marks",
    }
)  # fmt: skip
"""What goes with a person whom the batch had made: their own row, derived rows, who cares for them, who looked."""
_OF_A_PERSON = tuple(
    table
    for table in metadata.sorted_tables
    if "patient_id" in table.columns and (table.foreign_keys or table.name == "patients")
)
"""Tables whose rows are about a person who is on record."""

_TOLD_BY_ANOTHER = frozenset({"note_words", "meeting_queue"})
"""Tables whose rows are there only where another one's are, which is told."""

STAYS = "it stays on record as it was written"
_APPENDED = "answers and closings are never removed from a record once they are there"
_SINCE = "written here since; only what the file brought can be taken back"
_LATER = "brought more for this person, whom this import had added; take that one back first"
_WORDS = {
    "diary_entries": ("diary entry", "diary entries"),
    "doses": ("logged dose", "logged doses"),
    "medications": ("medicine", "medicines"),
    "measures": ("questionnaire score", "questionnaire scores"),
    "events": ("event", "events"),
    "conditions": ("diagnosis", "diagnoses"),
    "allergies": ("allergy", "allergies"),
    "goals": ("goal", "goals"),
    "actions": ("action", "actions"),
    "plan_interventions": ("intervention", "interventions"),
    "formulations": ("formulation", "formulations"),
    "asked_answers": ("answer to a question asked once", "answers to questions asked once"),
    "safety_closures": ("closing of a safety item", "closings of safety items"),
    "criteria_assessments": ("criteria assessment", "criteria assessments"),
    "entry_changes": ("corrected or withdrawn entry", "corrected or withdrawn entries"),
    "measure_changes": ("withdrawn score", "withdrawn scores"),
    "medication_stops": ("stopped medicine", "stopped medicines"),
    "prompt_answers": ("answer to a medication prompt", "answers to medication prompts"),
    "goal_ratings": ("rating of a goal", "ratings of goals"),
    "plan_changes": ("change of the plan", "changes of the plan"),
    "notes": ("signed note", "signed notes"),
    "cosign_requests": ("request to countersign", "requests to countersign"),
    "cosignatures": ("countersignature", "countersignatures"),
    "flare_verdicts": ("verdict on a flare", "verdicts on flares"),
    "exports": ("signed or exported document", "signed or exported documents"),
    "export_states": ("word on what became of a document", "words on what became of documents"),
    "case_discussions": ("question or discussion of a case review", "questions or discussions of case reviews"),
    "entry_drafts": ("diary entry in hand", "diary entries in hand"),
    "note_drafts": ("note in hand", "notes in hand"),
    "measure_drafts": ("form in hand", "forms in hand"),
    "form_drafts": ("form in hand", "forms in hand"),
}
_DRAFTS = {"entry_drafts", "note_drafts", "measure_drafts", "form_drafts"}
_TOGETHER = sa.func.coalesce(sa.func.nullif(tables.exports.c.share_id, 0), tables.exports.c.export_id)
"""One document, in however many formats it was made."""
_UNFINISHED = "it would be lost; it has to be saved or discarded first"


def laid(conn: sa.Connection, batch_id: int, since: datetime, reached: Reached) -> Laid:
    """What that batch laid down for one patient whom it reached."""
    numbers: dict[str, frozenset[int]] = {}
    days: dict[str, list[Any]] = {}
    for table in SOURCES:
        c = table.c
        key = next(column for column in table.primary_key.columns if column.name != "patient_id")
        told = [c[name] for name in ("day", "has_map") if name in c]
        query = sa.select(key, *told).where(c.patient_id == reached.patient_id, c.batch_id == batch_id)
        rows = conn.execute(query).fetchall()
        numbers[table.name] = frozenset(row[0] for row in rows)
        days[table.name] = [row for row in rows if told and "day" in c and row.day is not None]
    felt = frozenset(row.day for name in ("diary_entries", "doses") for row in days[name])
    every = felt | {row.day for name in ("measures", "events") for row in days[name]}
    mapped = frozenset(row.day for row in days["diary_entries"] if row.has_map)
    return Laid(reached, batch_id, since, numbers, frozenset(every), felt, mapped)


def of_a_person(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    """What rests on a person whom the batch had made: everything about them that it did not bring."""
    for number in _later_batches(conn, down):
        yield Obstacle(down.patient_id, f"import {number}", _LATER)
    for table in _OF_A_PERSON:
        if table.name in WITH_A_PERSON | _TOLD_BY_ANOTHER:
            continue
        others = table.c.patient_id == down.patient_id
        if "batch_id" in table.c:  # rows of a later batch are told by its number
            others = sa.and_(others, table.c.batch_id.is_(None))
        counted = sa.func.count(sa.distinct(_TOGETHER)) if table is tables.exports else sa.func.count()
        count = conn.execute(sa.select(counted).select_from(table).where(others)).scalar_one()
        if count:
            why = _UNFINISHED if table.name in _DRAFTS else _SINCE
            yield Obstacle(down.patient_id, several(count, table.name), why)


def _later_batches(conn: sa.Connection, down: Laid) -> list[int]:
    b, i = tables.batch_patients.c, tables.import_batches.c
    joined = tables.batch_patients.join(tables.import_batches, i.batch_id == b.batch_id)
    others = sa.and_(b.patient_id == down.patient_id, b.batch_id != down.batch_id, i.undone_at.is_(None))
    query = sa.select(b.batch_id).select_from(joined).where(others)
    return list(conn.execute(query.order_by(b.batch_id)).scalars())


def appended(down: Laid) -> Iterator[Obstacle]:
    """Rows of the batch itself that no table lets go of."""
    for name in APPEND_ONLY:
        if count := len(down.numbers.get(name, ())):
            yield Obstacle(down.patient_id, several(count, name), _APPENDED)


def several(count: int, table: str) -> str:
    """'1 goal', '3 diary entries': rows of that table as a person calls them."""
    one, many = _WORDS.get(table, ("record", "records"))
    return f"{count} {one if count == 1 else many}"


@dataclass(frozen=True, slots=True)
class Pointing:
    """Rows of a table that name rows of another by number: which column, whose rows, and why they are in the way."""

    table: sa.Table
    column: str
    to: str
    what: str
    why: str = STAYS
    when: Callable[[Any], sa.ColumnElement[bool]] | None = None


_PLANNED = "it was changed here since, and every revision stays on record"
_RATED = "its ratings stay on record"
POINTING = (
    Pointing(tables.entry_changes, "entry_id", "diary_entries", "diary entry corrected or withdrawn since"),
    Pointing(tables.entry_drafts, "corrects_entry_id", "diary_entries", "correction in hand", _UNFINISHED),
    Pointing(tables.doses, "entry_id", "diary_entries", "dose logged with an entry of the file"),
    Pointing(tables.measure_changes, "measure_id", "measures", "score withdrawn since"),
    Pointing(tables.medication_stops, "medication_id", "medications", "medicine stopped since"),
    Pointing(tables.goal_ratings, "goal_id", "goals", "rating of a goal", _RATED),
    Pointing(tables.plan_changes, "item_id", "goals", "change of a goal", _PLANNED, lambda c: c.kind == "goal"),
    Pointing(tables.plan_changes, "item_id", "actions", "change of an action", _PLANNED, lambda c: c.kind == "action"),
    Pointing(tables.plan_interventions, "goal_id", "goals", "intervention planned for a goal of the file"),
    Pointing(tables.actions, "goal_id", "goals", "action agreed for a goal of the file"),
    Pointing(tables.notes, "pinned_goal", "goals", "signed note pinned to a goal of the file"),
    Pointing(tables.note_drafts, "pinned_goal", "goals", "note in hand pinned to a goal of the file", _UNFINISHED),
)
"""Every number by which a row of one patient names a row that a file may have added."""
_MOST_ASKED = 400


def pointing(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    """Rows that name rows of the batch by their number."""
    for each in POINTING:
        count = sum(_count(conn, down, each, part) for part in _parts(down.numbers.get(each.to, frozenset())))
        if count:
            yield Obstacle(down.patient_id, f"{count} × {each.what}" if count > 1 else each.what, each.why)
    yield from _forms_in_hand(conn, down)


def _count(conn: sa.Connection, down: Laid, each: Pointing, numbers: Collection[int]) -> int:
    c = each.table.c
    found = sa.and_(c.patient_id == down.patient_id, c[each.column].in_(numbers))
    if each.when is not None:
        found = sa.and_(found, each.when(c))
    return conn.execute(sa.select(sa.func.count()).select_from(each.table).where(found)).scalar_one()


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for first in range(0, len(ordered), _MOST_ASKED):
        yield ordered[first : first + _MOST_ASKED]


_FORMS = {"goal": "goals", "rating": "goals", "action": "actions"}


def _forms_in_hand(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    d = tables.form_drafts.c
    forms = conn.execute(sa.select(d.form).where(d.patient_id == down.patient_id)).scalars().all()
    for form in forms:
        kind, _, number = form.replace(":", " ").rpartition(" ")
        if number.isdecimal() and int(number) in down.numbers.get(_FORMS.get(kind, ""), ()):
            yield Obstacle(down.patient_id, f"form of a {kind} in hand", _UNFINISHED)
