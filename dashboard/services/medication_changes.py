"""Adding a medicine to the list and stopping one, as somebody typed it; with what cannot be, said at its field.

Kept as written: a name that is not recognised is stored letter by letter and is in no check, which is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from clinical import medication as checks
from clinical.medication import DoseProblem
from clinical.medication.allergies import Clash, clashes, said
from clinical.record import Medicine
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.notes import cleaned
from data_access import care_plan, medication
from data_access.entries import Writer
from data_access.records import MedicationRecord

Field = Literal["medicine", "dose", "unit", "start", "end", "reason", "frequency"]
LONGEST_NAME, LONGEST_FREQUENCY, LONGEST_REASON = 200, 120, 200
UNITS = (
    "mg", "g", "ug", "ug/h", "mg/h", "mL", "[iU]", "{tablet}", "{capsule}", "{patch}", "{puff}", "{drop}",
    "{suppository}",
)  # fmt: skip
"""Units a dose can be given in, as UCUM writes them; a patch is prescribed by what it gives off in an hour."""
ROUTES = (
    "oral", "sublingual", "buccal", "transdermal", "topical", "nasal", "inhaled", "rectal", "vaginal", "subcutaneous",
    "intramuscular", "intravenous",
)  # fmt: skip
STOP_REASONS = (
    "no benefit",
    "side effects",
    "no longer needed",
    "course finished",
    "replaced",
    "patient's wish",
    "other",
)
"""Why a medicine was stopped; 'other' says nothing by itself."""
_NUMBER = re.compile(r"\d{1,7}([.,]\d{1,4})?")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class FieldRefused(ExplainedError):
    """What was typed cannot be kept; `field` is the one to correct."""

    def __init__(self, field: Field, what_happened: str, what_to_do: str) -> None:
        super().__init__(what_happened, "Nothing was saved; what you filled in is still here.", what_to_do)
        self.field = field


class Questioned(ExplainedError):
    """What was filled in may be meant: it is kept once somebody says that it is."""


class AllergyQuestioned(Questioned):
    """A recorded allergy matches the medicine: it is kept once somebody says that it is to be added all the same."""

    def __init__(self, found: Sequence[Clash]) -> None:
        recorded = "; ".join(f"{said(each.allergy)}, by {each.shared}" for each in found)
        super().__init__(
            f"A recorded allergy matches this medicine: {recorded}.",
            "Nothing was saved yet; what you filled in is still here.",
            "Check the record and the medicine. If it is to be added all the same, say so below and save again.",
        )


class DoseQuestioned(Questioned):
    """The dose is unusually high: it is kept once somebody says that it is meant."""

    def __init__(self, problem: DoseProblem) -> None:
        super().__init__(
            f"{problem.what}: {problem.why}.",
            "Nothing was saved yet; what you filled in is still here.",
            "Check the dose and its unit. If it is meant, say so below and save again.",
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A medicine as it was filled in; `token` names one filling-in, `dose_is_meant` answers a questioned dose,
    `allergy_is_known` a recorded allergy that matches."""

    medicine: str
    dose: str = ""
    unit: str = ""
    route: str = ""
    frequency: str = ""
    as_needed: bool = False
    start: date | None = None
    end: date | None = None
    reason_stopped: str = ""
    kind: Literal["prescribed", "reported"] = "prescribed"
    token: str = ""
    dose_is_meant: bool = False
    allergy_is_known: bool = False


@dataclass(frozen=True, slots=True)
class Stopping:
    """The end of a medicine as it was filled in; `seen` are its lines as they stood when the dialog was opened."""

    seen: tuple[Medicine, ...]
    end: date | None
    reason: str = ""  # one of STOP_REASONS
    remark: str = ""


def add(viewer: Viewer, patient_id: int, wanted: Wanted, *, now: datetime, as_of: date) -> Medicine:
    """Put the medicine on the list; returns it as it stands there.

    Raises NotPermitted, FieldRefused with what cannot be, DoseQuestioned until an unusual dose is said to be meant,
    AllergyQuestioned until a matching allergy is said to be known.
    """
    record = record_of(wanted, as_of=as_of)
    with work.writing(
        viewer,
        Permission.CHANGE_MEDICINES,
        patient_id,
        action="add medicine",
        detail=_answered(wanted),
    ) as conn:
        _ask_about_allergies(conn, patient_id, wanted, record)
        writer = Writer(viewer.user_id, now, as_of)
        number = medication.add(conn, patient_id, record, writer=writer, token=wanted.token)
        return next(each for each in medication.listed(conn, patient_id) if each.medication_id == number)


def _answered(wanted: Wanted) -> str:
    """The questions that were answered with yes, for the audit."""
    told = ("unusual dose said to be meant", wanted.dose_is_meant), ("recorded allergy known", wanted.allergy_is_known)
    return "; ".join(words for words, yes in told if yes)


def _ask_about_allergies(conn: Connection, patient_id: int, wanted: Wanted, record: MedicationRecord) -> None:
    if wanted.allergy_is_known:
        return
    known = care_plan.standing_allergies(care_plan.allergies(conn, patient_id))
    found = clashes(known, record.medicine, checks.recognise(record.medicine, record.atc))
    if found:
        raise AllergyQuestioned(found)


def stop(viewer: Viewer, patient_id: int, stopping: Stopping, *, now: datetime, as_of: date) -> None:
    """Put an end to those lines, all or none. Raises NotPermitted, FieldRefused, and Conflict when one changed."""
    end, reason = _possible_stop(stopping, as_of)
    with work.writing(
        viewer,
        Permission.CHANGE_MEDICINES,
        patient_id,
        action="stop medicine",
        resource=f"medicine {stopping.seen[-1].medication_id}",
        detail=stopping.reason,
    ) as conn:
        writer = Writer(viewer.user_id, now, as_of)
        for seen in stopping.seen:
            medication.stop(conn, patient_id, seen, end=end, reason=reason, writer=writer)


def _possible_stop(stopping: Stopping, as_of: date) -> tuple[date, str]:
    start, end = stopping.seen[-1].start, stopping.end
    if end is None:
        raise FieldRefused("end", "There is no last day.", "Choose the last day it was to be taken.")
    if end > as_of:
        raise FieldRefused("end", "The last day lies in the future.", "Choose a day up to today.")
    if start is not None and end < start:
        raise FieldRefused("end", "The last day lies before the first.", f"Choose {start.isoformat()} or a later day.")
    if stopping.reason not in STOP_REASONS:
        raise FieldRefused("reason", "There is no reason.", "Choose why it was stopped.")
    remark = _line(stopping.remark)
    if stopping.reason == "other" and not remark:
        raise FieldRefused("reason", "The reason 'other' says nothing by itself.", "Add a few words.")
    reason = ": ".join(part for part in (stopping.reason, remark) if part)
    if len(reason) > LONGEST_REASON:
        raise FieldRefused("reason", f"The reason is longer than {LONGEST_REASON} characters.", "Shorten it.")
    return end, reason


def record_of(wanted: Wanted, *, as_of: date) -> MedicationRecord:
    """What is filled in as a record. Raises FieldRefused, DoseQuestioned."""
    name = _line(wanted.medicine)
    if not name:
        raise FieldRefused("medicine", "The medicine has no name.", "Write its name as on the box or prescription.")
    if len(name) > LONGEST_NAME:
        raise FieldRefused("medicine", f"The name is longer than {LONGEST_NAME} characters.", "Shorten it.")
    frequency = _line(wanted.frequency)
    if len(frequency) > LONGEST_FREQUENCY:
        raise FieldRefused("frequency", f"It is longer than {LONGEST_FREQUENCY} characters.", "Shorten it.")
    dose = _dose(wanted)
    drug = checks.recognise(name, "", "")
    _in_order(wanted, as_of)
    atc = drug.atc if drug is not None else ""
    _possible_dose(wanted, name, atc, dose)
    return MedicationRecord(
        medicine=name,
        atc=atc,
        dose=dose,
        unit=wanted.unit,
        route=wanted.route,
        frequency=frequency,
        as_needed=wanted.as_needed,
        start_day=wanted.start,
        end_day=wanted.end,
        reason_stopped=_line(wanted.reason_stopped) if wanted.end is not None else "",
        kind=wanted.kind,
    )


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


def _dose(wanted: Wanted) -> float | None:
    """The number that was typed, None for nothing: '2.5' and '2,5' are the same, '1,000' could be two things."""
    text = "".join(wanted.dose.split())
    if not text:
        return None
    if _AMBIGUOUS.fullmatch(text):
        raise FieldRefused(
            "dose",
            f"{text} can be read as a thousand or as {text.replace(',', '.').split('.')[0]} and a fraction.",
            f"Write {text.replace(',', '').replace('.', '')}, or leave out the zeros of the fraction.",
        )
    if not _NUMBER.fullmatch(text):
        raise FieldRefused("dose", "The dose is not a number.", "Write a number such as 75 or 2.5; words go below.")
    dose = float(text.replace(",", "."))
    if dose <= 0:
        raise FieldRefused("dose", "A dose must be above 0.", "Write the dose, or leave it empty if it is not known.")
    if not wanted.unit:
        raise FieldRefused("unit", "A dose without a unit says nothing.", "Choose the unit of one dose.")
    return dose


def _possible_dose(wanted: Wanted, name: str, atc: str, dose: float | None) -> None:
    if dose is None:
        return
    problem = checks.dose_problem(name, atc, dose, wanted.unit, wanted.route, wanted.frequency)
    if problem is None:
        return
    if problem.kind == "reject":
        raise FieldRefused("dose", f"{problem.what}: {problem.why}.", "Check the dose and its unit.")
    if not wanted.dose_is_meant:
        raise DoseQuestioned(problem)


def _in_order(wanted: Wanted, as_of: date) -> None:
    if wanted.start is not None and wanted.start > as_of:
        raise FieldRefused("start", "The first day lies in the future.", "Choose a day up to today, or leave it empty.")
    if wanted.end is None:
        return
    if wanted.end > as_of:
        raise FieldRefused("end", "The last day lies in the future.", "Leave it empty while it goes on.")
    if wanted.start is not None and wanted.end < wanted.start:
        raise FieldRefused("end", "The last day lies before the first.", "Check both days.")
    if not _line(wanted.reason_stopped):
        raise FieldRefused("reason", "There is no reason why it was stopped.", "Add a few words, or 'not known'.")
