"""The fibromyalgia criteria of one patient: the estimate from the map, every assessment on record, and a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from clinical import maps
from clinical.criteria import Answers, Result, result
from clinical.diary import Period
from clinical.fibromyalgia import AREA_LABELS, SymptomSeverity, WpiEstimate, wpi_estimate
from clinical.maps import RegionMap
from clinical.thresholds import days as whole
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import criteria_filling, diaries, history, work
from dashboard.services.criteria_filling import LONGEST_MONTHS, Filling
from dashboard.services.kept import Kept
from data_access import criteria
from data_access.criteria import Assessed
from data_access.patients import PatientHead

LONGEST_REMARK = 400
READ = "view criteria"


@dataclass(frozen=True, slots=True)
class Standing:
    """One assessment on record and what it says; `replaced_by` is the correction that stands instead, None for none."""

    assessed: Assessed
    result: Result
    replaced_by: int | None

    @property
    def stands(self) -> bool:
        """Whether nothing corrected it."""
        return self.replaced_by is None


@dataclass(frozen=True, slots=True)
class CriteriaView:
    """The estimates of the week up to today, each by one reading, and the assessments, the latest first.

    `worst`: the map of the week, each region with its strongest pain.
    """

    as_of: date
    week: Period
    strict: WpiEstimate
    extended: WpiEstimate
    worst: RegionMap
    assessments: tuple[Standing, ...]

    @property
    def standing(self) -> tuple[Standing, ...]:
        """The assessments that nothing corrected, the latest first."""
        return tuple(each for each in self.assessments if each.stands)

    def one(self, assessment_id: int | None) -> Standing | None:
        """The assessment of that number."""
        return next((each for each in self.assessments if each.assessed.assessment_id == assessment_id), None)

    def corrected_by(self, filling: Filling) -> Standing | None:
        """The assessment that is being corrected there, None for a new one."""
        return self.one(filling.replaces)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a clinician filled in. `areas` None: not confirmed; `estimate`: the areas the map said meanwhile.

    `replaces` is the assessment that this one corrects, whose day it takes over; the remark is the reason then.
    """

    answers: Answers = field(default_factory=Answers)
    estimate: tuple[str, ...] = ()
    remark: str = ""
    replaces: int | None = None
    typed_months: float | None = None  # also where it cannot be a duration


def view(viewer: Viewer, head: PatientHead, *, as_of: date) -> CriteriaView:
    """Everything the panel shows of that patient. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(conn, head, as_of)


def of(conn: Connection, head: PatientHead, as_of: date) -> CriteriaView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, as_of)
    return _views.get(key, lambda: _view(conn, head, as_of))


_views: Kept[CriteriaView] = Kept(32)


def _view(conn: Connection, head: PatientHead, as_of: date) -> CriteriaView:
    week = Period(as_of - timedelta(days=whole("wpi_window_days") - 1), as_of)
    logged = diaries.load(conn, head).during(week)
    return CriteriaView(
        as_of=as_of,
        week=week,
        strict=wpi_estimate(logged),
        extended=wpi_estimate(logged, "extended"),
        worst=maps.worst(logged),
        assessments=_judged(history.load(conn, head).assessments),
    )


def answers_of(assessed: Assessed) -> Answers:
    """The answers of an assessment on record; its areas were confirmed."""
    symptoms = SymptomSeverity(
        assessed.fatigue,
        assessed.unrefreshed,
        assessed.cognitive,
        assessed.headache,
        assessed.abdominal,
        assessed.depression,
    )
    known = frozenset(area for area in assessed.areas if area in AREA_LABELS)
    return Answers(known, symptoms, assessed.months, assessed.other_disorder)


def _judged(recorded: Sequence[Assessed]) -> tuple[Standing, ...]:
    replaced = {each.replaces: each.assessment_id for each in recorded if each.replaces is not None}
    judged = (Standing(each, result(answers_of(each)), replaced.get(each.assessment_id)) for each in recorded)
    return tuple(reversed(tuple(judged)))


def record(viewer: Viewer, patient_id: int, filled: Filled, *, now: datetime, as_of: date) -> int:
    """Put the assessment on record and end its draft, in one transaction with its audit event; returns its number.

    Raises NotPermitted; Conflict when what it corrects was corrected meanwhile; ExplainedError with what cannot be.
    """
    told = work.Told()
    with work.writing(
        viewer, Permission.ASSESS, patient_id, action="record criteria", resource="criteria", detail=told
    ) as conn:
        _require(filled)
        made = _assessed(viewer, filled, now, as_of)
        if filled.replaces is not None:
            made = _corrected(made, criteria.listed(conn, patient_id))
        number = criteria.record(conn, patient_id, made, user_id=viewer.user_id, as_of=as_of)
        criteria_filling.forget(conn, viewer, patient_id)
        told.words = f"assessment {number}" + (f" corrects {filled.replaces}" if filled.replaces is not None else "")
    return number


def _assessed(viewer: Viewer, filled: Filled, now: datetime, as_of: date) -> Assessed:
    symptoms, answers = filled.answers.symptoms, filled.answers
    return Assessed(
        day=as_of,
        areas=tuple(sorted(answers.areas or ())),
        estimate_areas=tuple(sorted(filled.estimate)),
        reading="strict",
        fatigue=symptoms.fatigue,
        unrefreshed=symptoms.unrefreshed,
        cognitive=symptoms.cognitive,
        headache=symptoms.headache,
        abdominal=symptoms.abdominal,
        depression=symptoms.depression,
        months=answers.months,
        other_disorder=answers.other_disorder,
        remark=" ".join(filled.remark.split()),
        replaces=filled.replaces,
        user_name=viewer.name,
        assessed_at=now,
    )


def _require(filled: Filled) -> None:
    if filled.answers.areas is None:
        raise _refused(
            "The areas are not confirmed for the past week.",
            "Go through them with the patient and tick that they are confirmed; then save.",
        )
    if unknown := filled.answers.areas - AREA_LABELS.keys():
        raise _refused(f"Not one of the 19 areas: {', '.join(sorted(unknown))}.", "Choose from the list.")
    if any(
        each is not None and not 0 <= each <= LONGEST_MONTHS for each in (filled.answers.months, filled.typed_months)
    ):
        raise _refused(f"The duration is not between 0 and {LONGEST_MONTHS} months.", "Give it in months.")
    if len(filled.remark) > LONGEST_REMARK:
        raise _refused(f"The remark is longer than {LONGEST_REMARK} characters.", "Shorten it.")
    if filled.replaces is not None and not filled.remark.strip():
        raise _refused("A correction needs its reason.", "Say in the remark what was wrong; then save.")


def _corrected(made: Assessed, recorded: Sequence[Assessed]) -> Assessed:
    """The correction is about the week of what it corrects, and about what the map said then."""
    former = next((each for each in recorded if each.assessment_id == made.replaces), None)
    if former is None:
        raise Conflict(
            "The assessment to correct is not on record.",
            "Nothing was written; what you filled in is still here.",
            "Leave the correction and save it as a new assessment, if it is one.",
        )
    return replace(made, day=former.day, estimate_areas=former.estimate_areas, reading=former.reading)


def _refused(what_happened: str, what_to_do: str) -> ExplainedError:
    return ExplainedError(what_happened, "Nothing was saved, and what you filled in is still here.", what_to_do)
