"""What is wrong with an item of the plan before it is kept: field by field, in words for whoever typed it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from math import isfinite
from typing import get_args

from clinical.body_map import REGION_INDEX
from clinical.interventions import INTERVENTIONS
from clinical.measures import INSTRUMENTS
from clinical.plan import CHARTS, Action, Course, Formulation, Goal, Item, Pinned, PlannedIntervention
from clinical.plan_warnings import STANDING, STANDING_GOALS

Problems = dict[str, str]

DISCIPLINES = (
    "medicine", "physiotherapy", "psychology", "nursing",
    "occupational_therapy", "pharmacy", "dietetics", "social_work",
)  # fmt: skip
GOAL_STATUSES = ("proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "rejected")
"""Those of FHIR R4 Goal.lifecycleStatus that a record may hold."""
ACTION_STATUSES = ("open", "done", "cancelled")
MEASURE = "measure:"
"""What stands before a questionnaire's code in a pinned chart."""

LONGEST: Mapping[type[Item], Mapping[str, int]] = {
    Formulation: dict.fromkeys(("biological", "psychological", "social", "protective", "matters"), 4_000),
    Goal: {"title": 400, "measure": 120, "unit": 24, "status": 24, "why": 600, "barriers": 600, "owner_name": 160},
    PlannedIntervention: {
        "detail": 400, "amount": 200, "why_stopped": 400, "response": 400, "owner_name": 160,
    },
    Action: {"title": 400, "detail": 400, "owner_name": 160},
}  # fmt: skip
"""Most characters of each text, as the tables hold them."""
_RANGES = {
    "attainment": (-2, 2), "baseline_attainment": (-2, -1), "confidence": (0, 10),
    "importance": (0, 3), "difficulty": (0, 3),
}  # fmt: skip
_FIRST, _LAST = date(1900, 1, 1), date(2200, 1, 1)


def problems(item: Item, as_of: date) -> Problems:
    """What is wrong, by the name of the field; empty when it can be kept. `as_of` is today."""
    found = _too_long(item) | _impossible_days(item)
    if isinstance(item, Goal):
        found = _goal(item, as_of) | found
    elif isinstance(item, PlannedIntervention):
        found = _intervention(item, as_of) | found
    elif isinstance(item, Action):
        found = _action(item, as_of) | found
    return found


def _too_long(item: Item) -> Problems:
    found = {}
    for name, most in LONGEST[type(item)].items():
        length = len(getattr(item, name))
        if length > most:
            found[name] = f"{length:,} characters: at most {most:,} can be kept"
    return found


def _impossible_days(item: Item) -> Problems:
    """Years that are slips of typing: a day of 0026 or of 20226."""
    days = {each.name: getattr(item, each.name) for each in fields(item)}
    return {
        name: f"{_said(day)} cannot be meant: check the year"
        for name, day in days.items()
        if isinstance(day, date) and not _FIRST <= day < _LAST
    }


def _goal(goal: Goal, as_of: date) -> Problems:
    found = _titled(goal.title, "Say what the person wants to do")
    found |= _measured(goal)
    found |= _numbers(goal) | _in_order(goal.made, goal.due, "due") | _in_order(goal.made, goal.review, "review")
    if goal.status not in GOAL_STATUSES:
        found["status"] = f"'{goal.status}' is not a status of a goal"
    return found | _evidence(goal.evidence, as_of)


def _measured(goal: Goal) -> Problems:
    """A goal somebody works towards needs a measure, and so does a number to reach."""
    if goal.measure.strip():
        return {}
    if goal.target is not None or goal.baseline is not None:
        return {"measure": "A number is given: say what is measured"}
    return {"measure": "Say how anyone will see that it was reached"} if goal.status in STANDING_GOALS else {}


def _numbers(goal: Goal) -> Problems:
    found = {}
    for name, (low, high) in _RANGES.items():
        value = getattr(goal, name)
        if value is not None and not low <= value <= high:
            found[name] = f"{value} is outside {low} to {high}"
    for name in ("baseline", "target"):
        value = getattr(goal, name)
        if value is not None and not isfinite(value):
            found[name] = "This is not a number"
    return found | _half_weighted(goal)


def _half_weighted(goal: Goal) -> Problems:
    """Importance and difficulty make the weight together: one without the other weighs nothing."""
    if (goal.importance is None) == (goal.difficulty is None):
        return {}
    absent = "importance" if goal.importance is None else "difficulty"
    return {absent: "Importance and difficulty make the weight together: give both, or neither"}


def _intervention(each: PlannedIntervention, as_of: date) -> Problems:
    found: Problems = {}
    if not each.code:
        found["code"] = "Choose an intervention"
    elif each.code not in INTERVENTIONS:
        found["code"] = f"'{each.code}' is not in the vocabulary of interventions"
    if each.status not in get_args(Course):
        found["status"] = f"'{each.status}' is not a status of an intervention"
    if each.status == "stopped" and not each.why_stopped.strip():
        found["why_stopped"] = "Say why it was stopped"
    found |= _discipline(each.discipline) | _reviewed(each)
    found |= _ends(each, as_of)
    return found | _evidence(each.evidence, as_of)


def _reviewed(each: PlannedIntervention) -> Problems:
    """A review comes after the start, and while it stands after the agreement, which for a new one is today."""
    agreed = each.made if each.status in STANDING else None
    return _in_order(agreed, each.review, "review") | _in_order(each.start, each.review, "review", "it starts")


def _ends(each: PlannedIntervention, as_of: date) -> Problems:
    if each.end is None:
        return {}
    if each.status in ("finished", "stopped") and each.end > as_of:
        return {"end": f"{_said(each.end)} has not come yet, and it is {each.status}"}
    return _in_order(each.start, each.end, "end", "it starts")


def _action(action: Action, as_of: date) -> Problems:
    found = _titled(action.title, "Say what is to be done") | _discipline(action.discipline)
    found |= _in_order(action.made, action.due, "due")
    if action.status not in ACTION_STATUSES:
        found["status"] = f"'{action.status}' is not a status of an action"
    if action.done is not None and action.status != "done":
        found["done"] = "A day it was done is given, but it is not marked as done"
    elif action.done is not None and action.done > as_of:
        found["done"] = f"{_said(action.done)} has not come yet"
    return found | _evidence(action.evidence, as_of)


def _titled(title: str, ask: str) -> Problems:
    return {} if title.strip() else {"title": ask}


def _discipline(name: str) -> Problems:
    return {} if name in ("", *DISCIPLINES) else {"discipline": f"'{name}' is not a discipline of this clinic"}


def _in_order(first: date | None, second: date | None, field: str, event: str = "it was agreed") -> Problems:
    if first is None or second is None or second >= first:
        return {}
    return {field: f"{_said(second)} is before {event} ({_said(first)})"}


def _said(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _evidence(pinned: Pinned | None, as_of: date) -> Problems:
    if pinned is None:
        return {}
    if pinned.period.start > as_of:
        return {"evidence": f"{_said(pinned.period.start)} has not come yet: nothing can rest on days to come"}
    known = pinned.chart in CHARTS or pinned.chart.removeprefix(MEASURE) in INSTRUMENTS
    if not known:
        return {"evidence": f"There is no chart '{pinned.chart}'"}
    if (pinned.chart == "region" or pinned.region) and pinned.region not in REGION_INDEX:
        return {"evidence": "Choose the region it is about"}
    return {}
