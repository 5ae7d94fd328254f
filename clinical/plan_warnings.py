"""What a plan lacks: active treatment beside the passive one, an owner, a review day; and what is past its day.

Prompts about the plan, never about the person. A thing due today is not overdue.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.interventions import INTERVENTIONS
from clinical.plan import Action, Goal, Plan, PlannedIntervention

WarningKind = Literal["only_passive", "no_owner", "overdue", "review_overdue", "no_review", "still_active"]
ItemKind = Literal["plan", "goal", "intervention", "action"]

RULES: dict[WarningKind, str] = {
    "only_passive": "every intervention that is planned, active or paused is short-term or a short-term enabler; the "
    "source article says that passive treatments give short-term benefit and belong with active ones "
    "(reference 9.6) [P]",
    "no_owner": "nobody is named for it; a discipline alone is no owner; heat and cold are the person's own [P]",
    "overdue": "open, and the day it is due has passed [P]",
    "review_overdue": "it stands, and the day of its review has passed [P]",
    "no_review": "it stands, and no day is set to look at it again [P]",
    "still_active": "it is marked as active, and the day it was to end has passed [P]",
}
STANDING_GOALS = ("active", "accepted", "on-hold")
"""Goals somebody still works towards, in the words of FHIR R4 Goal.lifecycleStatus."""
STANDING = ("planned", "active", "paused")
"""Interventions that are on the plan."""


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """One thing to look at: `what` is the item's title as on the plan, '' for the whole plan.

    `item` and `number` name the item (0 for the plan); `day` is the day that has passed, None where none did.
    """

    kind: WarningKind
    what: str
    item: ItemKind
    number: int
    rule: str
    day: date | None = None


def warnings(plan: Plan, as_of: date) -> tuple[PlanWarning, ...]:
    """Every warning of the plan on that day: the plan's own, then goals, interventions and actions as they stand."""
    found: list[PlanWarning] = []
    if only_passive(plan.interventions, as_of):
        found.append(PlanWarning("only_passive", "", "plan", 0, RULES["only_passive"]))
    for goal in plan.goals:
        found += _of_goal(goal, as_of)
    for each in plan.interventions:
        found += _of_intervention(each, as_of)
    for action in plan.actions:
        found += _of_action(action, as_of)
    return tuple(found)


def only_passive(interventions: Iterable[PlannedIntervention], as_of: date) -> bool:
    """Whether the plan holds passive interventions alone: planned, active or paused ones. None at all: nothing is said.

    A code outside the vocabulary is not known to be passive, so it counts as something else.
    """
    on_plan = [each for each in interventions if each.status in STANDING and not _ended(each, as_of)]
    passive = (each.code in INTERVENTIONS and INTERVENTIONS[each.code].passive for each in on_plan)
    return bool(on_plan) and all(passive)


def _of_goal(goal: Goal, as_of: date) -> Iterator[PlanWarning]:
    if goal.status not in STANDING_GOALS:
        return
    named = _Item(goal.title, "goal", goal.goal_id)
    if _no_owner(goal):
        yield named.warning("no_owner")
    if goal.due is not None and goal.due < as_of:
        yield named.warning("overdue", goal.due)
    yield from named.reviewed(goal.review, as_of)


def _of_intervention(each: PlannedIntervention, as_of: date) -> Iterator[PlanWarning]:
    known = INTERVENTIONS.get(each.code)
    named = _Item(known.label if known else each.detail or each.code, "intervention", each.intervention_id)
    if each.status == "active" and _ended(each, as_of):
        yield named.warning("still_active", each.end)
    if each.status not in STANDING or _ended(each, as_of):
        return
    if _no_owner(each) and not (known and known.owner == "self"):
        yield named.warning("no_owner")
    yield from named.reviewed(each.review, as_of)


def _of_action(action: Action, as_of: date) -> Iterator[PlanWarning]:
    if action.status != "open":
        return
    named = _Item(action.title, "action", action.action_id)
    if _no_owner(action):
        yield named.warning("no_owner")
    if action.due is not None and action.due < as_of:
        yield named.warning("overdue", action.due)


@dataclass(frozen=True, slots=True)
class _Item:
    what: str
    item: ItemKind
    number: int

    def warning(self, kind: WarningKind, day: date | None = None) -> PlanWarning:
        return PlanWarning(kind, self.what, self.item, self.number, RULES[kind], day)

    def reviewed(self, review: date | None, as_of: date) -> Iterator[PlanWarning]:
        if review is None:
            yield self.warning("no_review")
        elif review < as_of:
            yield self.warning("review_overdue", review)


def _no_owner(item: Goal | PlannedIntervention | Action) -> bool:
    return item.owner_user_id is None and not item.owner_name.strip()


def _ended(each: PlannedIntervention, as_of: date) -> bool:
    return each.end is not None and each.end < as_of
