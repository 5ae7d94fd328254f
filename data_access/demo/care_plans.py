"""The care plan of one invented person: what was agreed, by whom, on what evidence, and how it went."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from clinical.diary import Period
from clinical.plan import Action, Course, Formulation, Goal, Plan, PlannedIntervention, Rating
from clinical.record import Pinned, Revised
from data_access.demo import course as drawn
from data_access.demo.formulations import write_formulation
from data_access.demo.names import StaffRole
from data_access.demo.plan_words import (
    ACTION_CHARTS,
    BETTER,
    GOALS,
    INTERVENTIONS,
    OFFERED,
    PASSIVE,
    RATED,
    SAME,
    STOPPED,
    WORSE,
)
from data_access.demo.staff import DISCIPLINE, staff_name, staff_number
from data_access.demo.traits import PatientPlan, Pattern
from data_access.demo.treatments import Treatment
from data_access.records import ActionRecord, GoalRecord, PatientBundle

PINNED_DAYS = 28
"""Days of the charts that an item rests on: the four weeks before it was agreed."""
JUST_ENDED = 28
"""Days within which nobody has closed what was finished: it stands on the plan as active, with its end."""
_REGION: dict[Pattern, str] = {
    "upper_back": "b_scapula_l",
    "neck_and_shoulders": "b_trapezius_l",
    "arm_left": "f_upper_arm_l",
    "arm_right": "f_upper_arm_r",
    "radiating_right": "b_lumbar_r",
    "half_body_right": "b_lumbar_r",
}
_ANSWERED = {"flare_days": "pain", "region": "pain", "rescue_doses": "pain"}


def write_plan(planned: PatientPlan, course: drawn.Course, bundle: PatientBundle) -> Plan | None:
    """The plan of somebody who has a diary; None of whom nothing was agreed. User ids inside are staff numbers.

    Goals and actions are those of the bundle, in their order, with everything a plan says of them.
    """
    if planned.habits.entries_at_most is not None:
        return None
    random = planned.random("plan")
    agreed = _agreed_days(planned, random)
    goals = [_goal(planned, goal, place, random) for place, goal in enumerate(bundle.goals, 1)]
    ratings = [rating for goal in goals for rating in _ratings(planned, goal, random)]
    rated = {rating.goal_id: rating.level for rating in ratings}
    return Plan(
        formulation=write_formulation(planned, agreed, random) if random.random() < 0.75 else Formulation(),
        goals=tuple(replace(g, attainment=rated.get(g.goal_id, g.attainment)) for g in goals),
        interventions=tuple(_interventions(planned, course, agreed, goals, random)),
        actions=tuple(_action(planned, each, n, goals, random) for n, each in enumerate(bundle.actions, 1)),
        ratings=tuple(replace(rating, rating_id=n) for n, rating in enumerate(ratings, 1)),
    )


def _agreed_days(planned: PatientPlan, random: np.random.Generator) -> date:
    """The day the plan was first talked through: some months ago, with four weeks of diary before it if there are."""
    ago = int(min(random.uniform(60, 130), max(planned.days - 1 - PINNED_DAYS, 0)))
    return planned.end - timedelta(days=ago)


def _goal(planned: PatientPlan, goal: GoalRecord, number: int, random: np.random.Generator) -> Goal:
    words = GOALS[goal.title]
    due = goal.due_day or planned.end
    made = min(due, planned.end) - timedelta(days=int(random.uniform(40, 120)))
    standing = goal.status == "active"
    review = planned.end + timedelta(days=int(random.uniform(4, 50)))
    return Goal(
        title=goal.title,
        measure=goal.measure,
        baseline=goal.baseline,
        target=goal.target,
        unit=goal.unit,
        due=goal.due_day,
        status=goal.status,
        attainment=goal.attainment,
        why=words.why,
        confidence=int(random.integers(4, 10)),
        barriers=words.barriers,
        owner_user_id=staff_number(planned.team_id, words.owner),
        review=review if standing and random.random() < 0.85 else None,
        importance=int(random.choice((2, 3))),
        difficulty=int(random.choice((1, 2, 3))),
        baseline_attainment=int(random.choice((-1, -2), p=(0.75, 0.25))),
        made=made,
        evidence=_pinned(planned, words.chart, made),
        revised=_revised(planned, words.owner, made),
        goal_id=number,
    )


def _ratings(planned: PatientPlan, goal: Goal, random: np.random.Generator) -> Iterator[Rating]:
    """How it was rated on the way, and at the end where its day has passed."""
    made, until = goal.made or planned.start, min(goal.due or planned.end, planned.end)
    by = staff_name(planned.team_id, GOALS[goal.title].owner)
    middle = made + (until - made) / 2
    if (until - made).days >= 30 and random.random() < 0.7:
        yield _rating(goal, int(random.choice((-2, -1, 0), p=(0.1, 0.5, 0.4))), middle, by)
    if goal.attainment is not None:
        yield _rating(goal, goal.attainment, until, by)


def _rating(goal: Goal, level: int, day: date, by: str) -> Rating:
    return Rating(goal.goal_id, level, day, RATED[level], by, datetime.combine(day, time(15, 10), UTC))


def _interventions(
    planned: PatientPlan, course: drawn.Course, agreed: date, goals: list[Goal], random: np.random.Generator
) -> Iterator[PlannedIntervention]:
    """What the diary's own story holds, with what was offered beside it; a few plans hold passive measures alone."""
    tried = [each for each in course.treatments if not each.is_medicine and each.start >= planned.start]
    chosen = random.random() < 0.12 or planned.case == "one_arm"
    passive = chosen and all(each.end is not None for each in tried)
    count = int(random.choice((1, 2, 3), p=(0.3, 0.45, 0.25)))
    free = [code for code in OFFERED if code not in {t.name for t in tried}]
    offered = PASSIVE if passive else [str(code) for code in random.choice(free, size=count, replace=False)]
    before = ["chiropractic"] if random.random() < 0.12 else []
    number = 0
    for treatment in tried:
        number += 1
        yield _tried(planned, treatment, number, random)
    for code in (*offered, *before):
        number += 1
        yield _offered(planned, code, agreed, number, goals, random)


def _tried(planned: PatientPlan, treatment: Treatment, number: int, random: np.random.Generator) -> PlannedIntervention:
    lines = SAME if abs(treatment.effect) < 0.3 else BETTER if treatment.effect < 0 else WORSE
    started = replace(
        _planned(planned, treatment.name, treatment.start, number, random),
        start=treatment.start,
        status="active",
        response=str(random.choice(lines)),
    )
    if treatment.end is None or treatment.end > planned.end:
        return started
    stopped, why = random.random() < 0.4, str(random.choice(STOPPED))
    if not stopped and (planned.end - treatment.end).days <= JUST_ENDED:
        return replace(started, end=treatment.end)  # nobody has closed it yet
    over: Course = "stopped" if stopped else "finished"
    return replace(started, end=treatment.end, status=over, why_stopped=why if stopped else "", review=None)


def _offered(
    planned: PatientPlan, code: str, agreed: date, number: int, goals: list[Goal], random: np.random.Generator
) -> PlannedIntervention:
    each = _planned(planned, code, agreed, number, random)
    if code == "chiropractic":
        end = agreed - timedelta(days=20)
        return replace(each, start=None, end=end, status="stopped", why_stopped=STOPPED[1], review=None, evidence=None)
    start = agreed + timedelta(days=int(random.uniform(3, 21)))
    if start > planned.end or (code not in PASSIVE and random.random() < 0.2):
        begins = planned.end + timedelta(days=int(random.uniform(4, 20)))
        review = begins + timedelta(days=28) if each.review else None
        return replace(each, start=begins, review=review, status="planned")
    goal = goals[0].goal_id if goals and random.random() < 0.6 else None
    response = str(random.choice((*SAME, *BETTER))) if random.random() < 0.75 else ""
    return replace(each, start=start, status="active", response=response, goal_id=goal)


def region_of(planned: PatientPlan) -> str:
    """A region that hurts in this person's pattern, for what is about one region."""
    return _REGION.get(planned.pattern, "b_lumbar_l")


def _planned(
    planned: PatientPlan, code: str, made: date, number: int, random: np.random.Generator
) -> PlannedIntervention:
    words = INTERVENTIONS[code]
    owner = words.owner if random.random() < 0.9 else None
    late = not planned.case and random.random() < 0.04
    review = planned.end + timedelta(days=int(random.uniform(-20, -2) if late else random.uniform(5, 45)))
    return PlannedIntervention(
        code=code,
        discipline=DISCIPLINE[words.owner] if words.owner else "",
        owner_user_id=staff_number(planned.team_id, owner) if owner else None,
        owner_name=words.outside,
        amount=words.amount,
        review=review if random.random() < 0.85 else None,
        made=made,
        evidence=_pinned(planned, words.chart, made),
        revised=_revised(planned, words.owner or "physician", made),
        intervention_id=number,
    )


def _action(
    planned: PatientPlan, action: ActionRecord, number: int, goals: list[Goal], random: np.random.Generator
) -> Action:
    made = min((action.due_day or planned.end) - timedelta(days=int(random.uniform(15, 60))), planned.end)
    role = next(role for role, name in DISCIPLINE.items() if name == action.discipline)
    taken = action.status == "done" or random.random() < 0.92
    return Action(
        title=action.title,
        due=action.due_day,
        status=action.status,
        done=action.done_day,
        discipline=action.discipline,
        owner_user_id=action.owner_user_id if taken else None,
        action_id=number,
        goal_id=goals[-1].goal_id if goals and random.random() < 0.3 else None,
        made=made,
        evidence=_pinned(planned, ACTION_CHARTS.get(action.title, ""), made),
        revised=_revised(planned, role, made),
    )


def _pinned(planned: PatientPlan, chart: str, made: date) -> Pinned | None:
    """The four weeks before that day of a chart this person fills; of pain where they leave the other out."""
    if not chart or (made - planned.start).days < PINNED_DAYS:
        return None
    answered = chart in _ANSWERED or chart in planned.habits.answers
    shown = chart if answered else "pain"
    period = Period(made - timedelta(days=PINNED_DAYS), made - timedelta(days=1))
    return Pinned(period, shown, region_of(planned) if shown == "region" else "")


def _revised(planned: PatientPlan, role: StaffRole, day: date) -> Revised:
    return Revised(1, staff_name(planned.team_id, role), datetime.combine(day, time(14, 20), UTC))
