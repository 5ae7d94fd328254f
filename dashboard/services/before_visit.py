"""Before the visit: what has happened to the measure of each running goal and action since it was agreed.

Pure: it reads what the Summary has read already. At most `MOST` lines, so that the Summary stays one screen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinical.diary import Diary, Period
from clinical.flares import Flare
from clinical.plan import Action, Goal, Plan, Rating
from clinical.plan_warnings import STANDING_GOALS
from clinical.record import Score
from clinical.since_plan import Since, agreed_on, since

MOST = 6
"""Lines of the card; where there are more, the last of them says how many."""
DONE_KEPT = 1
"""Lines that what was done lately keeps however much is still open: that is what happened since the plan was made."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One goal or action; `since` None where it rests on no window of the charts, or nobody knows from which day.

    `rated` is the day a goal's level is of, None where it was not rated here.
    """

    item: Goal | Action
    agreed: date | None
    since: Since | None
    rated: date | None = None


@dataclass(frozen=True, slots=True)
class SincePlan:
    """The items that are looked at, `left` how many more there are; `made` whether anything was ever agreed."""

    made: bool
    items: tuple[Planned, ...]
    left: int


def since_plan(
    plan: Plan, diary: Diary, flares: Sequence[Flare], scores: Sequence[Score], now: Period, as_of: date
) -> SincePlan:
    """Running goals by due day, then open actions by due day, then actions done within `now`, the latest first."""
    ahead: list[Goal | Action] = [*_goals(plan.goals), *_open(plan.actions)]
    done = _done(plan.actions, now, as_of)
    shown, left = _shown(ahead, done)
    items = tuple(_planned(each, diary, flares, scores, as_of) for each in shown)
    told = tuple(replace(each, rated=_rated(each.item, plan.ratings)) for each in items)
    return SincePlan(bool(plan.goals or plan.actions), told, left)


def _rated(item: Goal | Action, ratings: Sequence[Rating]) -> date | None:
    """The day of the last rating, where the goal stands at its level; an imported level has no day here."""
    if not isinstance(item, Goal):
        return None
    mine = [each for each in ratings if each.goal_id == item.goal_id]
    last = max(mine, key=lambda each: (each.day, each.rating_id), default=None)
    return last.day if last is not None and last.level == item.attainment else None


def _shown(ahead: Sequence[Goal | Action], done: Sequence[Action]) -> tuple[list[Goal | Action], int]:
    """What finds room, and how many more there are."""
    if len(ahead) + len(done) <= MOST:
        return [*ahead, *done], 0
    lines = MOST - 1
    first = ahead[: lines - min(len(done), DONE_KEPT)]
    shown = [*first, *done[: lines - len(first)]]
    return shown, len(ahead) + len(done) - len(shown)


def _planned(
    item: Goal | Action, diary: Diary, flares: Sequence[Flare], scores: Sequence[Score], as_of: date
) -> Planned:
    agreed = agreed_on(item)
    if item.evidence is None or agreed is None:
        return Planned(item, agreed, None)
    return Planned(item, agreed, since(diary, flares, scores, item.evidence, agreed, as_of))


def _goals(goals: Iterable[Goal]) -> list[Goal]:
    running = [goal for goal in goals if goal.status in STANDING_GOALS]
    return sorted(running, key=lambda goal: (goal.due or date.max, goal.goal_id))


def _open(actions: Iterable[Action]) -> list[Action]:
    waiting = [action for action in actions if action.status == "open"]
    return sorted(waiting, key=lambda action: (action.due or date.max, action.action_id))


def _done(actions: Iterable[Action], now: Period, as_of: date) -> list[Action]:
    until = min(now.end, as_of)
    done = [a for a in actions if a.status == "done" and a.done is not None and now.start <= a.done <= until]
    return sorted(done, key=lambda action: (action.done or date.min, action.action_id), reverse=True)
