"""What an importer, the demo or a screen hands over for one person: plain typed records, not yet rows.

`source_key` names a record inside its source (e.g. `Observation/abc`, `choir:17`); it makes a second
import add nothing.
`None` means not answered or not known; it is never zero.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Source = Literal["patient", "clinic", "fhir", "flareboard_csv", "choir", "demo"]
Sex = Literal["female", "male", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class PatientRecord:
    record_number: str
    family_name: str
    given_name: str = ""
    birth_date: date | None = None
    sex: Sex = "unknown"
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """One painful region of a map; `intensity` 0-10 or None when only its presence is known."""

    region_id: str
    intensity: int | None
    qualities: tuple[str, ...] = ()
    depth: Literal["", "surface", "deep"] = ""


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One diary entry. `day` None: undated. `marks` None: no map was filled in; (): a map without pain."""

    day: date | None
    at_time: str = ""  # HH:MM or ''
    pain: float | None = None
    fatigue: float | None = None
    interference: float | None = None
    sleep_hours: float | None = None
    sleep_quality: float | None = None
    stress: float | None = None
    mood: float | None = None
    stiffness_minutes: float | None = None
    sensitivity: float | None = None
    activity: float | None = None
    tenderness: float | None = None
    flare: bool | None = None
    relief: tuple[str, ...] = ()
    weather: tuple[str, ...] = ()
    note: str = ""
    marks: tuple[MarkRecord, ...] | None = None
    detail_unknown: bool = False
    source_key: str | None = None
    where: str = ""  # place in the file, for the report: 'line 12', 'entry[3] Observation/abc'


@dataclass(frozen=True, slots=True)
class MedicationRecord:
    medicine: str
    atc: str = ""
    rxnorm: str = ""
    dose: float | None = None
    unit: str = ""
    route: str = ""
    frequency: str = ""
    as_needed: bool = False
    start_day: date | None = None
    end_day: date | None = None
    reason_stopped: str = ""
    kind: Literal["prescribed", "reported"] = "prescribed"
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class DoseRecord:
    day: date | None
    medicine: str
    taken: bool
    at_time: str = ""
    dose: float | None = None
    unit: str = ""
    route: str = ""
    as_needed: bool = False
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """A questionnaire score; `items` are the answers in order, None for one not answered."""

    day: date | None
    instrument: str
    score: float | None
    unit: str = ""
    items: tuple[float | None, ...] = ()
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class EventRecord:
    day: date | None
    kind: str
    label: str = ""
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    label: str
    code_system: str = ""
    code: str = ""
    onset_day: date | None = None
    status: str = "active"
    source_key: str | None = None
    where: str = ""


UNVERIFIED = ("unconfirmed", "provisional", "differential")
"""Standings of a diagnosis, or an allergy, that nobody has confirmed, by their codes in FHIR R4."""
SUSPECTED = "suspected"
_CLINICAL = ("recurrence", "relapse", "inactive", "remission", "resolved")
NOT_ACTIVE = frozenset(
    {
        *("inactive", "resolved", "refuted", "entered-in-error"),
        *(f"{SUSPECTED}: {each}" for each in UNVERIFIED),
        *(f"{clinical}; {each}" for clinical in _CLINICAL for each in UNVERIFIED),
    }
)
"""Standings of an allergy or a diagnosis that is over, never was, or (a diagnosis) is no more than suspected."""


@dataclass(frozen=True, slots=True)
class AllergyRecord:
    label: str
    code_system: str = ""
    code: str = ""
    reaction: str = ""
    criticality: str = ""
    status: str = "active"
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class GoalRecord:
    title: str
    measure: str = ""
    baseline: float | None = None
    target: float | None = None
    unit: str = ""
    due_day: date | None = None
    status: str = "active"
    attainment: int | None = None
    source_key: str | None = None
    where: str = ""
    importance: int | None = None  # 0-3, as goal attainment scaling weighs it


@dataclass(frozen=True, slots=True)
class ActionRecord:
    title: str
    discipline: str = ""
    owner_user_id: int | None = None
    due_day: date | None = None
    status: Literal["open", "done", "cancelled"] = "open"
    done_day: date | None = None
    source_key: str | None = None
    where: str = ""
    owner_name: str = ""  # somebody who has no account here
    made_day: date | None = None


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """An answer to a red flag or a question asked once; `user_name` who asked, `answered_at` when it was written."""

    question: str
    answer: str
    asked_on: date
    user_name: str
    answered_at: datetime
    remark: str = ""
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class ClosingRecord:
    """A clinician's closing of what was answered with yes on `subject` up to `closed_through`."""

    subject: str
    reason: str
    closed_through: date
    user_name: str
    closed_at: datetime
    source_key: str | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class PatientBundle:
    """Everything one source says about one person; written in one transaction."""

    patient: PatientRecord
    source: Source
    entries: tuple[EntryRecord, ...] = ()
    medications: tuple[MedicationRecord, ...] = ()
    doses: tuple[DoseRecord, ...] = ()
    measures: tuple[MeasureRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    conditions: tuple[ConditionRecord, ...] = ()
    allergies: tuple[AllergyRecord, ...] = ()
    goals: tuple[GoalRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    asked: tuple[AskedRecord, ...] = ()
    closings: tuple[ClosingRecord, ...] = ()
    team_id: int | None = None
    care_team: tuple[int, ...] = ()  # user ids
    fills_person: bool = True  # whether gaps of the person are filled from it; a phone may be lent, so its are not


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that did not go in: its place in the file, what it was, and why."""

    where: str
    what: str
    why: str
