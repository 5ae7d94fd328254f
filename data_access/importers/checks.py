"""Why a record may not go in, in words, or '' when it may: ranges, dates, lengths, text that databases cannot hold.

The database checks the same again; here each row gets its reason, and the rows beside it still go in.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import singledispatch

from clinical.asked import ASKED, NOT_KNOWN, possible
from clinical.body_map import DEPTHS, QUALITIES, REGION_INDEX
from clinical.red_flags import RED_FLAGS
from clinical.safety import ITEM_9, NO, UNDATED_ITEM_9, YES
from clinical.score_ranges import range_problem
from data_access.events import PLANNED
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
    PatientRecord,
)
from data_access.tables import WEATHER

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 1, 1)
SCORES = ("pain", "fatigue", "interference", "sleep_quality", "stress", "mood", "sensitivity", "activity", "tenderness")
RANGES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(SCORES, (0.0, 10.0)),
    "sleep_hours": (0.0, 24.0),
    "stiffness_minutes": (0.0, 1440.0),
}

_LENGTHS: dict[type, dict[str, int]] = {
    PatientRecord: {"record_number": 64, "family_name": 120, "given_name": 120},
    EntryRecord: {"note": 10_000},
    MedicationRecord: {
        "medicine": 200, "atc": 8, "rxnorm": 16, "unit": 24, "route": 40, "frequency": 120, "reason_stopped": 200,
    },
    DoseRecord: {"medicine": 200, "unit": 24, "route": 40},
    MeasureRecord: {"instrument": 60, "unit": 24},
    EventRecord: {"kind": 40, "label": 300},
    ConditionRecord: {"label": 300, "code_system": 80, "code": 40, "status": 24},
    AllergyRecord: {
        "label": 300, "code_system": 80, "code": 40, "reaction": 300, "criticality": 24, "status": 24,
    },
    GoalRecord: {"title": 400, "measure": 120, "unit": 24, "status": 24},
    ActionRecord: {"title": 400, "discipline": 24, "owner_name": 160},
    AskedRecord: {"question": 60, "answer": 60, "remark": 400, "user_name": 160},
    ClosingRecord: {"subject": 80, "reason": 400, "user_name": 160},
}  # fmt: skip
"""Longest text of each column; a longer one is rejected, never cut."""

LONGEST_RELIEF = 400
_LARGEST = 1e15
_MARKUP = frozenset("<>[]{}`\\")


@singledispatch
def problem(record: object, as_of: date) -> str:
    """Why that record may not go in, '' when it may. Nothing after `as_of` has happened yet."""
    raise TypeError(type(record).__name__)


@problem.register
def _(record: PatientRecord, as_of: date) -> str:
    if not record.record_number.strip():
        return "the record number is empty"
    return _texts(record) or day_problem(record.birth_date, as_of, "the date of birth")


@problem.register
def _(record: EntryRecord, as_of: date) -> str:
    return (
        day_problem(record.day, as_of)
        or _time(record.at_time)
        or next(filter(None, (_range(record, name) for name in RANGES)), "")
        or _relief(record.relief)
        or _weather(record.weather)
        or _marks(record.marks or ())
        or _texts(record)
    )


@problem.register
def _(record: MedicationRecord, as_of: date) -> str:
    if record.end_day and record.start_day and record.end_day < record.start_day:
        return "it ends before it starts"
    return (
        _named(record.medicine, "the medicine")
        or day_problem(record.start_day, as_of, "the start")
        or day_problem(record.end_day, LATEST, "the end")  # a planned end lies ahead
        or _positive(record.dose)
        or _texts(record)
    )


@problem.register
def _(record: DoseRecord, as_of: date) -> str:
    return (
        _named(record.medicine, "the medicine")
        or day_problem(record.day, as_of)
        or _time(record.at_time)
        or _positive(record.dose)
        or _texts(record)
    )


@problem.register
def _(record: MeasureRecord, as_of: date) -> str:
    if any(abs(value) > _LARGEST for value in (record.score, *record.items) if value is not None):
        return "a number is out of any range"
    return (
        _named(record.instrument, "the instrument")
        or _plain_name(record.instrument)
        or day_problem(record.day, as_of)
        or _texts(record)
        or range_problem(record.instrument, record.score, record.items)
    )


@problem.register
def _(record: EventRecord, as_of: date) -> str:
    latest = LATEST if record.kind in PLANNED else as_of
    return _named(record.kind, "the kind") or day_problem(record.day, latest) or _texts(record)


@problem.register
def _(record: ConditionRecord, as_of: date) -> str:
    return _named(record.label, "the condition") or day_problem(record.onset_day, as_of, "the onset") or _texts(record)


@problem.register
def _(record: AllergyRecord, as_of: date) -> str:
    return _named(record.label, "the allergy") or _texts(record)


@problem.register
def _(record: GoalRecord, as_of: date) -> str:
    if record.attainment is not None and not -2 <= record.attainment <= 2:
        return "attainment is outside -2 to 2"
    if record.importance is not None and not 0 <= record.importance <= 3:
        return "importance is outside 0 to 3"
    return _named(record.title, "the goal") or day_problem(record.due_day, LATEST, "the due date") or _texts(record)


@problem.register
def _(record: ActionRecord, as_of: date) -> str:
    return (
        _named(record.title, "the action")
        or day_problem(record.due_day, LATEST, "the due date")
        or day_problem(record.done_day, as_of, "the day it was done")
        or day_problem(record.made_day, as_of, "the day it was agreed")
        or _texts(record)
    )


@problem.register
def _(record: AskedRecord, as_of: date) -> str:
    return (
        _answer(record.question, record.answer)
        or day_problem(record.asked_on, as_of)
        or _moment(record.answered_at, as_of)
        or _texts(record)
    )


@problem.register
def _(record: ClosingRecord, as_of: date) -> str:
    flag = record.subject.removeprefix("red_flag:")
    if flag not in RED_FLAGS and not re.fullmatch(f"{ITEM_9}|{UNDATED_ITEM_9}(:[0-9a-f]{{12}})?", record.subject):
        return "what was closed is neither a red flag nor a safety item"
    return (
        _named(record.user_name, "who closed it")
        or ("" if record.reason.strip() else "the closing has no reason")
        or day_problem(record.closed_through, as_of)
        or _moment(record.closed_at, as_of)
        or _texts(record)
    )


def _answer(question: str, answer: str) -> str:
    if question in RED_FLAGS:
        return "" if answer in (YES, NO, NOT_KNOWN) else f"the answer to a red flag is none of {YES}, {NO}, {NOT_KNOWN}"
    if question not in ASKED:
        return "the question is none that Flareboard asks"
    return "" if possible(ASKED[question], answer) else "the answer is none of those to this question"


def _moment(instant: datetime, as_of: date) -> str:
    # An instant is in UTC, the day is the clinic's: up to a day apart.
    return day_problem(instant.date() - timedelta(days=1), as_of, "the moment it was written")


def _named(text: str, what: str) -> str:
    return "" if text.strip() else f"{what} has no name"


def _plain_name(instrument: str) -> str:
    # No questionnaire is called like that; what looks like markup is somebody's attempt, or a damaged file.
    if not instrument.isprintable():
        return "the instrument's name holds control characters"
    return "the instrument's name holds markup characters" if _MARKUP & set(instrument) else ""


def day_problem(day: date | None, latest: date, what: str = "the date") -> str:
    """Why that day cannot be, '' when it can (and when there is none)."""
    if day is None:
        return ""
    if day > latest:
        return f"{what} lies in the future"
    return f"{what} lies before 1900" if day < EARLIEST else ""


def _time(at_time: str) -> str:
    return "" if at_time == "" or is_time(at_time) else "the time is not HH:MM"


def is_time(text: str) -> bool:
    """Whether the text is a time of day, HH:MM."""
    return (
        len(text) == 5 and text[2] == ":" and text.isascii() and (text[:2] + text[3:]).isdigit()
        and text[:2] < "24" and text[3:] < "60"
    )  # fmt: skip


def _range(record: EntryRecord, name: str) -> str:
    value: float | None = getattr(record, name)
    low, high = RANGES[name]
    if value is None or low <= value <= high:
        return ""
    return f"{name} is outside {low:g} to {high:g}"


def _positive(dose: float | None) -> str:
    return "" if dose is None or 0 < dose < _LARGEST else "the dose is not above zero"


def _relief(codes: tuple[str, ...]) -> str:
    if any(not code or "|" in code or not code.isprintable() for code in codes):
        return "relief holds an empty or unreadable code"
    if len(set(codes)) != len(codes):
        return "relief names the same code twice"
    return "relief is too long" if len("|".join(codes)) > LONGEST_RELIEF else ""


def _weather(named: tuple[str, ...]) -> str:
    if any(code not in WEATHER for code in named):
        return f"weather is none of {', '.join(WEATHER)}"
    return "weather names the same code twice" if len(set(named)) != len(named) else ""


def _marks(marks: tuple[MarkRecord, ...]) -> str:
    named = [mark.region_id for mark in marks]
    if len(set(named)) != len(named):
        return "the map names a region twice"
    return next(filter(None, map(_mark, marks)), "")


def _mark(mark: MarkRecord) -> str:
    if mark.region_id not in REGION_INDEX:
        return "unknown region"
    if mark.intensity is not None and not 0 <= mark.intensity <= 10:
        return "the intensity of a region is outside 0 to 10"
    if any(quality not in QUALITIES for quality in mark.qualities):
        return "unknown pain quality"
    if len(set(mark.qualities)) != len(mark.qualities):
        return "the same pain quality twice"
    return "" if mark.depth in ("", *DEPTHS) else "unknown depth"


def _texts(record: object) -> str:
    """The first text that is too long or holds a character that one of the databases cannot store."""
    longest = _LENGTHS[type(record)]
    for name, text in _strings(record):
        if name in longest and len(text) > longest[name]:
            return f"{name} is longer than {longest[name]} characters"
        if not is_plain(text):
            return f"{name} holds control characters"
    return ""


def _strings(record: object) -> Iterator[tuple[str, str]]:
    for field in fields(record):  # type: ignore[arg-type]  # every registered record is a dataclass
        value = getattr(record, field.name)
        if isinstance(value, str) and field.name not in ("where", "source_key"):
            yield field.name, value


def is_plain(text: str) -> bool:
    """Whether the text holds no control characters but tab and line ends."""
    return text.isprintable() or not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r" for c in text)
