"""One invented person in full: what they logged, what the clinic wrote, and the truth that was planted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clinical.plan import Plan
from data_access.criteria import Assessed
from data_access.demo.assessed import write_asked, write_assessments, write_closings
from data_access.demo.body_pattern import draw_pattern
from data_access.demo.care import (
    care_team,
    write_actions,
    write_allergies,
    write_conditions,
    write_goals,
    write_goals_of_case,
)
from data_access.demo.care_plans import region_of, write_plan
from data_access.demo.clinic_notes import InventedNote, InventedReview, Topics, write_notes, write_review
from data_access.demo.course import Course, draw_course
from data_access.demo.entries import write_entries
from data_access.demo.habits import logged_days
from data_access.demo.happenings import Visit, draw_visits, write_events
from data_access.demo.pain_maps import MarkBook, draw_maps
from data_access.demo.planning import plan
from data_access.demo.planting import PlantedFlare, PlantedShift
from data_access.demo.prescriptions import write_doses, write_medications
from data_access.demo.questionnaires import write_measures
from data_access.demo.traits import PatientPlan
from data_access.demo.treatments import Treatment
from data_access.records import EntryRecord, PatientBundle


@dataclass(frozen=True, slots=True)
class Truth:
    """What was planted in one person's diary, for measuring a detector; nothing of it is written to the database.

    The effects are points of pain per point of the cause, 0 where there is none; `worse_days` is the change of the
    log odds of logging per point of pain above usual.
    """

    record_number: str
    case: str
    start: date
    end: date
    usual_pain: float
    flares: tuple[PlantedFlare, ...]
    shifts: tuple[PlantedShift, ...]
    treatments: tuple[Treatment, ...]
    sleep_effect: float
    stress_effect: float
    activity_effect: float
    worse_days: float


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """The bundle as any source would hand it over, with plan, notes, review and the truth beside it.

    User ids inside (`care_team`, action owners, authors) are staff numbers of `demo.staff`.
    """

    plan: PatientPlan
    bundle: PatientBundle
    agreed: Plan | None
    notes: tuple[InventedNote, ...]
    review: InventedReview | None
    assessments: tuple[Assessed, ...]
    truth: Truth


def invent(planned: PatientPlan) -> InventedPerson:
    """Draws everything about one planned person."""
    course = draw_course(planned)
    logged = logged_days(planned, course, planned.random("logging"))
    visits = draw_visits(planned)
    random = planned.random("care")
    bundle = _bundle(planned, course, logged, visits, random)
    topics = Topics(len(bundle.goals), region_of(planned), flare_first=planned.case == "in_flare")
    return InventedPerson(
        plan=planned,
        bundle=bundle,
        agreed=write_plan(planned, course, bundle),
        notes=write_notes(planned, course, logged, visits, topics),
        review=write_review(planned, random),
        assessments=write_assessments(planned),
        truth=_truth(planned, course),
    )


def _bundle(
    planned: PatientPlan,
    course: Course,
    logged: NDArray[np.bool_],
    visits: tuple[Visit, ...],
    random: np.random.Generator,
) -> PatientBundle:
    bundle = PatientBundle(
        patient=planned.person,
        source="demo",
        entries=_entries(planned, course, logged),
        medications=write_medications(course),
        doses=write_doses(planned, course, logged),
        measures=write_measures(planned, course, [visit.day for visit in visits]),
        events=write_events(planned, course, visits),
        conditions=write_conditions(planned, random),
        allergies=write_allergies(course, random),
        goals=write_goals(planned, random),
        actions=write_actions(planned, random),
        asked=write_asked(planned),
        closings=write_closings(planned),
        team_id=planned.team_id,
        care_team=care_team(planned, random),
    )
    return replace(bundle, goals=(*bundle.goals, *write_goals_of_case(planned, bundle.goals)))


def _entries(planned: PatientPlan, course: Course, logged: NDArray[np.bool_]) -> tuple[EntryRecord, ...]:
    if not logged.any():
        return ()
    pattern = draw_pattern(planned)
    maps = draw_maps(pattern, course, planned.random("marks"))
    return write_entries(planned, course, maps, MarkBook(pattern), logged)


def _truth(planned: PatientPlan, course: Course) -> Truth:
    return Truth(
        record_number=planned.person.record_number,
        case=planned.case,
        start=planned.start,
        end=planned.end,
        usual_pain=planned.pain.usual,
        flares=course.flares,
        shifts=course.shifts,
        treatments=course.treatments,
        sleep_effect=planned.pain.sleep_effect,
        stress_effect=planned.pain.stress_effect,
        activity_effect=planned.pain.activity_effect,
        worse_days=planned.habits.worse_days,
    )


def people(patients: int = 40, days: int | None = None, seed: int = 1, *, end: date) -> Iterator[InventedPerson]:
    """Each invented person in turn; one at a time is in memory."""
    return (invent(planned) for planned in plan(patients, days, seed, end=end))


def bundles(patients: int = 40, days: int | None = None, seed: int = 1, *, end: date) -> Iterator[PatientBundle]:
    """Each person's records in turn, as an importer hands them over."""
    return (person.bundle for person in people(patients, days, seed, end=end))


def truth(patients: int = 40, days: int | None = None, seed: int = 1, *, end: date) -> dict[str, Truth]:
    """What was planted, by record number. The days themselves are not kept."""
    drawn = ((planned, draw_course(planned)) for planned in plan(patients, days, seed, end=end))
    return {planned.person.record_number: _truth(planned, course) for planned, course in drawn}
