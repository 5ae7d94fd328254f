"""The clinic's side of the record: diagnoses, allergies, goals and agreed actions."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from data_access.demo.course import Course
from data_access.demo.names import StaffRole
from data_access.demo.staff import DISCIPLINE, staff_number
from data_access.demo.traits import PatientPlan
from data_access.records import ActionRecord, AllergyRecord, ConditionRecord, GoalRecord

SNOMED = "http://snomed.info/sct"
_FIBROMYALGIA = ("Fibromyalgia", "203082005")
_LOW_BACK_PAIN = ("Low back pain", "279039007")
_SCIATICA = ("Sciatica", "23056005")
_CHRONIC_PAIN = ("Chronic pain", "82423001")
_DIAGNOSES: dict[str, tuple[tuple[str, str], ...]] = {
    "widespread": (_FIBROMYALGIA,),
    "back_and_legs": (_CHRONIC_PAIN, _LOW_BACK_PAIN),
    "low_back": (_LOW_BACK_PAIN,),
    "radiating_left": (_LOW_BACK_PAIN, _SCIATICA),
    "radiating_right": (_LOW_BACK_PAIN, _SCIATICA),
}
_ALSO = (
    ("Migraine", 0.2), ("Irritable bowel syndrome", 0.2), ("Depression", 0.22), ("Hypothyroidism", 0.1),
    ("Hypertension", 0.15), ("Asthma", 0.1), ("Osteoarthritis of the knee", 0.1), ("Type 2 diabetes", 0.06),
)  # fmt: skip
_ALLERGIES = (
    ("codeine", "rash", "low"), ("penicillin", "rash", "low"), ("penicillin", "anaphylaxis", "high"),
    ("ibuprofen", "wheeze", "high"), ("latex", "contact dermatitis", "low"), ("amitriptyline", "palpitations", "low"),
    ("sticking plaster", "contact dermatitis", "low"), ("trimethoprim", "rash", "low"),
)  # fmt: skip
_GOALS: tuple[tuple[str, str, float, float, str], ...] = (
    ("Walk to the shop and back on four days a week", "walking without a stop", 8, 20, "min"),
    ("Cook for the family twice a week", "evenings cooked", 0, 2, "/wk"),
    ("Be in bed without the phone by half past ten", "nights", 1, 5, "/wk"),
    ("Back to work on two mornings a week", "mornings worked", 0, 2, "/wk"),
    ("Swim with a friend once a week", "swims", 0, 1, "/wk"),
    ("Play on the floor with the grandchildren", "time on the floor", 5, 20, "min"),
    ("Sit through a film", "time sitting", 30, 110, "min"),
)
_ACTIONS: tuple[tuple[str, StaffRole], ...] = (
    ("Send the pacing plan and go through it by telephone", "physiotherapist"),
    ("Review medicines taken as needed", "physician"),
    ("Ask the GP for blood results", "physician"),
    ("Offer a place in the group exercise class", "physiotherapist"),
    ("Sleep diary for two weeks, then call", "nurse"),
    ("First session on pain and worry", "psychologist"),
    ("Repeat the questionnaires", "nurse"),
    ("Write to the employer about adjusted hours", "psychologist"),
)


def write_conditions(plan: PatientPlan, random: np.random.Generator) -> tuple[ConditionRecord, ...]:
    """The diagnoses of one person: what brought them here first."""
    coded = [
        ConditionRecord(label, SNOMED, code, _years_before(plan, random.uniform(1, 12)))
        for label, code in _DIAGNOSES.get(plan.pattern, (_CHRONIC_PAIN,))
    ]
    others = [
        ConditionRecord(label, onset_day=_years_before(plan, random.uniform(1, 20)))
        for label, share in _ALSO
        if random.random() < share
    ]
    return (*coded, *others)


def _years_before(plan: PatientPlan, years: float) -> date:
    onset = plan.start - timedelta(days=int(365.25 * years))
    born = plan.person.birth_date or onset
    return max(onset, born + timedelta(days=365 * 12))


def write_allergies(course: Course, random: np.random.Generator) -> tuple[AllergyRecord, ...]:
    """At most one allergy, never to something the person takes."""
    label, reaction, criticality = _ALLERGIES[random.choice(len(_ALLERGIES))]
    if random.random() > 0.35 or any(label in treatment.name for treatment in course.treatments):
        return ()
    return (AllergyRecord(label=label.capitalize(), reaction=reaction, criticality=criticality),)


def write_goals(plan: PatientPlan, random: np.random.Generator) -> tuple[GoalRecord, ...]:
    """Up to two goals of people who have been coming for a while; those whose day has passed were rated."""
    count = int(random.choice(3, p=(0.25, 0.5, 0.25))) if plan.days > 40 else 0
    return tuple(_goal(plan, place, random) for place in random.choice(len(_GOALS), size=count, replace=False))


_GOALS_OF_CASES: dict[str, tuple[tuple[int, int], ...]] = {
    "ten_years": ((0, 48), (2, 20), (6, 75)),
    "in_flare": ((2, 40),),
}
"""Goals that two named cases have besides what was drawn, each with the days until it is due."""


def write_goals_of_case(plan: PatientPlan, there: Iterable[GoalRecord]) -> tuple[GoalRecord, ...]:
    """The goals of a plan worth looking at: nobody opens the first people of the clinic to find none."""
    titles = {goal.title for goal in there}
    return tuple(
        GoalRecord(title, measure, float(baseline), float(target), unit, plan.end + timedelta(days=days))
        for (title, measure, baseline, target, unit), days in (
            (_GOALS[place], days) for place, days in _GOALS_OF_CASES.get(plan.case, ())
        )
        if title not in titles
    )


def _goal(plan: PatientPlan, place: int, random: np.random.Generator) -> GoalRecord:
    title, measure, baseline, target, unit = _GOALS[place]
    due = plan.end + timedelta(days=int(random.uniform(-60, 90)))
    rated = int(random.choice((-2, -1, 0, 1, 2), p=(0.08, 0.27, 0.4, 0.2, 0.05)))
    return GoalRecord(
        title=title,
        measure=measure,
        baseline=float(baseline),
        target=float(target),
        unit=unit,
        due_day=due,
        status="active" if due > plan.end else "completed",
        attainment=rated if due <= plan.end else None,
    )


def write_actions(plan: PatientPlan, random: np.random.Generator) -> tuple[ActionRecord, ...]:
    """Agreed actions: some done, some to come, now and then one overdue. `owner_user_id` is a staff number."""
    if plan.habits.entries_at_most is not None:
        return ()
    count = int(random.choice(4, p=(0.2, 0.35, 0.3, 0.15)))
    wanted = max(count, 1) if plan.case == "overdue" else count
    places = random.choice(len(_ACTIONS), size=wanted, replace=False)
    return tuple(_action(plan, int(place), rank == 0, random) for rank, place in enumerate(places))


def _action(plan: PatientPlan, place: int, first: bool, random: np.random.Generator) -> ActionRecord:
    title, role = _ACTIONS[place]
    late = (first and plan.case == "overdue") or (not plan.case and random.random() < 0.025)
    done = not late and random.random() < 0.45
    days = -random.uniform(4, 25) if late or done else random.uniform(3, 70)
    due = plan.end + timedelta(days=int(days))
    return ActionRecord(
        title=title,
        discipline=DISCIPLINE[role],
        owner_user_id=staff_number(plan.team_id, role),
        due_day=due,
        status="done" if done else "open",
        done_day=due - timedelta(days=int(random.uniform(0, 5))) if done else None,
    )


def care_team(plan: PatientPlan, random: np.random.Generator) -> tuple[int, ...]:
    """The staff numbers of those who care for this person: physician and physiotherapist, often others of the team."""
    roles: list[StaffRole] = ["physician", "physiotherapist"]
    if random.random() < 0.6:
        roles.append("psychologist")
    if random.random() < 0.5:
        roles.append("nurse")
    return tuple(staff_number(plan.team_id, role) for role in roles)
