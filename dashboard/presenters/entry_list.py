"""Entries of the latest list in words: when, what was answered, who brought it, and what became of it."""

from collections.abc import Mapping
from datetime import date, datetime

from dashboard.presenters import entry_form
from dashboard.presenters.entry_form import QUESTIONS, Question
from dashboard.presenters.notes import moment
from dashboard.presenters.words import day, full_day, plainly, sentence_case
from dashboard.services.entries import Listed
from data_access.records import DoseRecord, EntryRecord, MarkRecord

_SOURCES = {
    "patient": "by the patient",
    "clinic": "in the clinic",
    "fhir": "by an import (FHIR)",
    "flareboard_csv": "by an import (CSV)",
    "choir": "by an import (CHOIR)",
    "demo": "by the demonstration",
}
_SHORT = {
    "sleep_hours": "sleep",
    "stiffness_minutes": "stiffness",
    "sensitivity": "sensitive",
    "tenderness": "tender",
}
LONGEST_UNFOLDED = 320
"""Characters of a note that stand in the list; a longer one is opened."""
_UNITS = {"sleep_hours": "h", "stiffness_minutes": "min"}


def title(up_to: date | None) -> str:
    """What the list holds: 'Latest entries', or 'Entries of 3 Nov 2025 and before'."""
    return "Latest entries" if up_to is None else f"Entries of {full_day(up_to)} and before"


def nothing(up_to: date | None) -> str:
    """What stands in the place of an empty list."""
    if up_to is None:
        return "No entry has been recorded for this patient yet."
    return f"No entry is of {full_day(up_to)} or before. Choose a later day, or empty the field for the latest entries."


def when(of: EntryRecord, as_of: date) -> str:
    """'22 Nov, 14:03'; 'no date' for an undated one."""
    return f"{day(of.day, as_of)}{f', {of.at_time}' if of.at_time else ''}"


def who(of: Listed, names: Mapping[int, str]) -> str:
    """'entered by M. Physio, 22 Nov 2026, 14:05'."""
    by = f"by {names.get(of.entered_by, 'somebody no longer here')}" if of.entered_by else _SOURCES[of.source]
    return f"entered {by}, {moment(of.recorded_at)}"


def became(of: Listed, names: Mapping[int, str]) -> str:
    """'Corrected by M. Physio, 22 Nov 2026, 14:09: wrong side', or nothing while it counts."""
    if of.change is None:
        return ""
    by = names.get(of.change.user_id, "somebody no longer here")
    return f"{sentence_case(of.change.kind)} by {by}, {moment(of.change.changed_at)}: {of.change.reason}"


def begun(at: datetime | None) -> str:
    """', begun 22 Nov 2026, 09:10', or nothing where it is not known."""
    return f", begun {moment(at)}" if at else ""


def folded(note: str) -> str:
    """The beginning of a long note; a short one whole."""
    return note if len(note) <= LONGEST_UNFOLDED else f"{note[: LONGEST_UNFOLDED - 80].rstrip()} …"


def answers(of: Listed) -> str:
    """'pain 6 · flare: yes · 3 regions · paracetamol 1000 mg'; what was not answered is not there."""
    entry = of.entry
    parts = [_answer(question, entry) for question in QUESTIONS]
    parts += [_map(entry), _codes("helped", entry.relief), _codes("weather", entry.weather)]
    parts += [_dose(dose) for dose in of.doses]
    return " · ".join(part for part in parts if part) or "nothing answered but the note"


def _answer(question: Question, entry: EntryRecord) -> str:
    value = getattr(entry, question.name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"flare: {'yes' if value else 'no'}"
    name = _SHORT.get(question.name, question.label.lower())
    return f"{name} {plainly(value, _UNITS.get(question.name, ''))}"


def _map(entry: EntryRecord) -> str:
    if entry.marks is None:
        return ""
    return entry_form.marked([mark.intensity for mark in entry.marks]) if entry.marks else "no pain anywhere"


def _codes(name: str, codes: tuple[str, ...]) -> str:
    return f"{name}: {', '.join(entry_form.option(code) for code in codes)}" if codes else ""


def _dose(of: DoseRecord) -> str:
    if not of.taken:
        return f"{of.medicine} not taken"
    return " ".join(part for part in (of.medicine, plainly(of.dose, of.unit) if of.dose else "taken") if part)


def regions(of: EntryRecord) -> str:
    """'Left lower back 6, aching; Right knee; Left hip 0 (not painful)': the map in words, for reading on."""
    return "; ".join(_mark(mark) for mark in of.marks or ())


def _mark(of: MarkRecord) -> str:
    rated = "" if of.intensity is None else f" {of.intensity}{'' if of.intensity else ' (not painful)'}"
    said = (quality.replace("_", " ") for quality in of.qualities)
    return ", ".join([f"{entry_form.region(of.region_id)}{rated}", *said, *([of.depth] if of.depth else [])])
