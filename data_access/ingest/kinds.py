"""The kinds of records and how each becomes a row: its columns, what makes two the same, what it may not say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from clinical.body_map import QUALITIES, REGION_INDEX
from clinical.medication import DoseProblem, dose_problem
from data_access import tables
from data_access.events import PLANNED
from data_access.ingest import validity
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    AskedRecord,
    ClosingRecord,
    ConditionRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    GoalRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
)
from data_access.score_items import written

Record = (
    EntryRecord
    | MedicationRecord
    | DoseRecord
    | MeasureRecord
    | EventRecord
    | ConditionRecord
    | AllergyRecord
    | GoalRecord
    | ActionRecord
    | AskedRecord
    | ClosingRecord
)
Row = dict[str, Any]
Mark = tuple[int, int | None, str, str]
"""Place of the region in the vocabulary, intensity, qualities joined by |, depth."""
MARK_COLUMNS = ("region", "intensity", "qualities", "depth")
_NOT_STORED = ("source_key", "where", "marks")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: `name` as counted in reports, `singular` as a rejection calls it, `number` its key column."""

    name: str
    singular: str
    table: sa.Table
    number: str
    record: type[Record]
    of: Callable[[PatientBundle], Sequence[Record]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold what the record says, in the order of its fields."""
        return _COLUMNS[self.name]


KINDS = (
    Kind("entries", "diary entry", tables.diary_entries, "entry_id", EntryRecord, lambda b: b.entries),
    Kind("medications", "medicine", tables.medications, "medication_id", MedicationRecord, lambda b: b.medications),
    Kind("doses", "dose", tables.doses, "dose_id", DoseRecord, lambda b: b.doses),
    Kind("measures", "measure", tables.measures, "measure_id", MeasureRecord, lambda b: b.measures),
    Kind("events", "event", tables.events, "event_id", EventRecord, lambda b: b.events),
    Kind("conditions", "diagnosis", tables.conditions, "condition_id", ConditionRecord, lambda b: b.conditions),
    Kind("allergies", "allergy", tables.allergies, "allergy_id", AllergyRecord, lambda b: b.allergies),
    Kind("goals", "goal", tables.goals, "goal_id", GoalRecord, lambda b: b.goals),
    Kind("actions", "action", tables.actions, "action_id", ActionRecord, lambda b: b.actions),
    Kind("asked", "answer", tables.asked_answers, "answer_id", AskedRecord, lambda b: b.asked),
    Kind("closings", "closing", tables.safety_closures, "closure_id", ClosingRecord, lambda b: b.closings),
)


def _columns_of(kind: Kind) -> tuple[str, ...]:
    said = tuple(f.name for f in fields(kind.record) if f.name not in _NOT_STORED)
    return (*said, "has_map") if kind.record is EntryRecord else said


_COLUMNS = {kind.name: _columns_of(kind) for kind in KINDS}


def row_of(kind: Kind, record: Record) -> Row:
    """The columns of `kind.columns` for that record."""
    row = {name: _unsigned_zero(getattr(record, name, None)) for name in kind.columns}
    if isinstance(record, EntryRecord):
        row["relief"] = "|".join(record.relief)
        row["weather"] = "|".join(record.weather)
        row["has_map"] = record.marks is not None
    elif isinstance(record, MeasureRecord):
        row["items"] = written(record.items)
    return row


def _unsigned_zero(value: Any) -> Any:
    # PostgreSQL keeps the sign of -0.0, SQLite does not; the same record must read the same from both.
    return 0.0 if isinstance(value, float) and value == 0 else value


def marks_of(record: Record) -> tuple[Mark, ...]:
    """The marks of a diary entry in vocabulary order; () for every other kind. Unknown regions raise KeyError."""
    if not isinstance(record, EntryRecord) or not record.marks:
        return ()
    return tuple(sorted((_mark(mark) for mark in record.marks), key=lambda mark: mark[0]))


def _mark(mark: MarkRecord) -> Mark:
    return REGION_INDEX[mark.region_id], mark.intensity, "|".join(mark.qualities), mark.depth


def refusal(kind: Kind, record: Record, as_of: date, born: date | None) -> str:
    """Why the record cannot be stored, '' when nothing speaks against it.

    Nothing happened after `as_of` yet, and nothing before the patient was `born` (None: not known).
    """
    day = _day(record)
    if day is not None and day > as_of and not _planned(record):
        return "the date is in the future"
    if isinstance(record, EntryRecord) and (reason := _refused_entry(record)):
        return reason
    if isinstance(record, MedicationRecord | DoseRecord) and (reason := _refused_dose(record)):
        return reason
    key = record.source_key
    refused = validity.refusal(kind.table, {**row_of(kind, record), **({"source_key": key} if key else {})})
    unborn = day is not None and born is not None and day < born
    return refused or ("the date lies before the patient was born" if unborn else "")


def _refused_dose(record: MedicationRecord | DoseRecord) -> str:
    """Why that dose cannot be meant, '' when it may be; an unusual one goes in, and the Medication page asks about it.

    So does a line of the list whose unit does not fit, as other systems write them now and then: a medicine missing
    from the list would be worse.
    """
    found = _impossible_dose(record)
    asked = found is not None and found.about == "unit" and isinstance(record, MedicationRecord)
    return "" if found is None or asked else f"{found.what}: {found.why}"


def unit_problem(record: MedicationRecord) -> str:
    """Why the unit of that line of the list cannot be meant, '' when it may be."""
    found = _impossible_dose(record)
    return f"{found.what}: {found.why}" if found is not None and found.about == "unit" else ""


def _impossible_dose(record: MedicationRecord | DoseRecord) -> DoseProblem | None:
    atc = record.atc if isinstance(record, MedicationRecord) else ""
    return _rejected_dose(record.medicine, atc, record.dose, record.unit, record.route)


@lru_cache(maxsize=4096)  # ten years of doses are the same few
def _rejected_dose(medicine: str, atc: str, dose: float | None, unit: str, route: str) -> DoseProblem | None:
    if dose is None or not dose > 0:
        return None  # the table itself refuses these
    found = dose_problem(medicine, atc, dose, unit, route)
    return found if found is not None and found.kind == "reject" else None


def _day(record: Record) -> date | None:
    """The day on which what it says happened, None where it has none."""
    day: date | None = getattr(record, "asked_on", getattr(record, "closed_through", getattr(record, "day", None)))
    return day


def _planned(record: Record) -> bool:
    return isinstance(record, EventRecord) and record.kind in PLANNED


def _refused_entry(record: EntryRecord) -> str:
    if any("|" in code or not code for code in record.relief):
        return "a relief code is empty or holds a |"
    seen: set[str] = set()
    for mark in record.marks or ():
        if reason := _refused_mark(mark):
            return reason
        if mark.region_id in seen:
            return f"the region {mark.region_id} is marked twice"
        seen.add(mark.region_id)
    return ""


def _refused_mark(mark: MarkRecord) -> str:
    if mark.region_id not in REGION_INDEX:
        return "a marked region is not in the vocabulary"
    if any(quality not in QUALITIES for quality in mark.qualities):
        return f"a pain quality of {mark.region_id} is not in the vocabulary"
    refused = validity.refusal(tables.pain_marks, dict(zip(MARK_COLUMNS, _mark(mark), strict=True)))
    return f"{mark.region_id}: {refused}" if refused else ""


def content(row: Mapping[str, Any], kind: Kind, marks: tuple[Mark, ...]) -> tuple[Any, ...]:
    """What makes two records the same: everything they say, nothing of where it came from."""
    return (*(row[name] for name in kind.columns), marks)


def repeats(record: Record) -> bool:
    """Whether two equal records are two happenings: tablets taken on one day without a time, anything undated."""
    if getattr(record, "day", date.min) is None:
        return True
    return isinstance(record, DoseRecord) and record.at_time == ""
