"""Goal attainment scaling: how far a person's goals were reached, as one T score (reference 9.7).

Source: Turner-Stokes L. Clin Rehabil 2009;23:362-370, the formula as its erratum corrects it [V].
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import NamedTuple

from clinical.plan import Goal, Plan, Rating
from clinical.thresholds import limit

EXPECTED = 50.0
"""The T score when every goal came out as expected."""
LEVELS = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "better than expected",
    2: "much better than expected",
}


class ScaledGoal(NamedTuple):
    """A goal's weight (importance 0-3 times difficulty 0-3; 1 unweighted) and its level -2..+2, None not scored yet."""

    weight: float
    attainment: int | None


def weight(importance: int, difficulty: int) -> int:
    """The weight 0-9 of a goal of that importance and difficulty, 0-3 each. Raises ValueError outside of them."""
    if not (0 <= importance <= 3 and 0 <= difficulty <= 3):
        raise ValueError("importance and difficulty are whole numbers from 0 to 3")
    return importance * difficulty


def attainment_t_score(goals: Iterable[ScaledGoal | tuple[float, int | None]]) -> float | None:
    """The T score of those goals: 50 is as expected, 10 points one standard deviation.

    None where it cannot be computed: no goal, every weight 0, or a goal that was not scored (missing is never 0).
    Raises ValueError for a negative weight or a level outside -2..+2.
    """
    scored = [_checked(*goal) for goal in goals]
    if any(level is None for _, level in scored):
        return None
    weights = [each for each, _ in scored]
    shared = limit("gas_correlation")
    spread = (1 - shared) * sum(each * each for each in weights) + shared * sum(weights) ** 2
    if spread <= 0:
        return None
    return EXPECTED + 10 * sum(each * (level or 0) for each, level in scored) / sqrt(spread)


def _checked(each: float, level: int | None) -> ScaledGoal:
    if not each >= 0:
        raise ValueError("a goal's weight is 0 or more")
    if level is not None and level not in LEVELS:
        raise ValueError("a goal is scored with a whole number from -2 to +2")
    return ScaledGoal(each, level)


NOT_SCALED = frozenset(("proposed", "planned", "cancelled", "rejected"))
"""Goals that do not count: not agreed yet, or given up (FHIR R4 Goal.lifecycleStatus)."""


class Attained(NamedTuple):
    """The T score on a day, None with the reason why; the first of a course is the baseline, `day` None if unknown."""

    day: date | None
    t: float | None
    why_not: str


def scaled(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """Those of the goals that the T score is made of."""
    return tuple(goal for goal in goals if goal.status not in NOT_SCALED)


def weights(goals: Sequence[Goal]) -> tuple[float, ...]:
    """The weight of each: importance times difficulty where every goal has both, else 1 each, as unweighted [P].

    A goal without them would count for next to nothing beside one of weight 9, which nobody decided.
    """
    given = [(g.importance, g.difficulty) for g in goals]
    known = [weight(i, d) for i, d in given if i is not None and d is not None]
    return (1.0,) * len(goals) if unweighted(goals) else tuple(float(each) for each in known)


def unweighted(goals: Iterable[Goal]) -> tuple[str, ...]:
    """The titles of those without importance and difficulty: with one of them among the goals every weight is 1."""
    return tuple(goal.title for goal in goals if goal.importance is None or goal.difficulty is None)


def course_of_t(goals: Sequence[Goal], ratings: Sequence[Rating]) -> list[Attained]:
    """The T score at the start and on every day something was rated, in order; empty without a goal that counts.

    The same goals throughout, so that every T can be set against the baseline. On a day each goal has the level it was
    rated with last; where one was never rated by then nothing is computed, and it is named. An imported level without
    a rating has no day and is not part of the course.
    """
    counted = scaled(goals)
    if not counted:
        return []
    start = min((g.made for g in counted if g.made), default=None)
    course = [_attained(start, counted, {g.goal_id: g.baseline_attainment for g in counted}, "at the start")]
    mine = {g.goal_id for g in counted}
    levels: dict[int, int | None] = {}
    in_order = sorted((r for r in ratings if r.goal_id in mine), key=lambda r: (r.day, r.rated_at, r.rating_id))
    for place, rating in enumerate(in_order):
        levels[rating.goal_id] = rating.level
        if place + 1 == len(in_order) or in_order[place + 1].day != rating.day:
            course.append(_attained(rating.day, counted, levels, "by then"))
    return course


def _attained(day: date | None, goals: Sequence[Goal], levels: dict[int, int | None], when: str) -> Attained:
    unrated = [goal.title for goal in goals if levels.get(goal.goal_id) is None]
    if unrated:
        named = ", ".join(f"'{title}'" for title in unrated)
        return Attained(day, None, f"not rated {when}: {named}")
    given = zip(weights(goals), (levels[goal.goal_id] for goal in goals), strict=True)
    t = attainment_t_score(ScaledGoal(*each) for each in given)
    return Attained(day, t, "" if t is not None else "every goal has the weight 0")


class GoalPart(NamedTuple):
    """What one goal brings to the T score; a level None where it was not rated."""

    title: str
    weight: float
    start: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Attainment:
    """The T score as it stands and at the start; None with the reason why there is none.

    `parts` are the goals it is made of, `unweighted` the titles because of which every weight is 1.
    """

    now: float | None
    why_not: str
    baseline: float | None
    why_no_baseline: str
    parts: tuple[GoalPart, ...]
    unweighted: tuple[str, ...] = ()


def attainment(of: Plan) -> Attainment:
    """The T score of the goals that count, from the level each has now, imported levels too; and that of the start."""
    counted = scaled(of.goals)
    given = weights(counted)
    course = course_of_t(of.goals, of.ratings)
    now = attainment_t_score(ScaledGoal(weight, goal.attainment) for weight, goal in zip(given, counted, strict=True))
    return Attainment(
        now=now,
        why_not=_why_not(counted) if now is None else "",
        baseline=course[0].t if course else None,
        why_no_baseline=course[0].why_not if course else "",
        parts=tuple(
            GoalPart(goal.title, weight, goal.baseline_attainment, goal.attainment)
            for weight, goal in zip(given, counted, strict=True)
        ),
        unweighted=unweighted(counted),
    )


def _why_not(counted: Sequence[Goal]) -> str:
    unrated = [goal.title for goal in counted if goal.attainment is None]
    if unrated:
        return f"not rated yet: {', '.join(unrated)}"
    return "every goal has the weight 0" if counted else "no goal that counts"
