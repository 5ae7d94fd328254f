"""Who changed what of an item of the plan, and when: field by field, as it was and as it became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinical.diary import Period
from clinical.goals import LEVELS
from clinical.interventions import INTERVENTIONS
from clinical.plan import Formulation, Item, PlannedIntervention, Rating
from clinical.record import Pinned
from dashboard.presenters.notes import discipline, moment
from dashboard.presenters.plan_goals import level, level_words
from dashboard.presenters.plan_interventions import title as intervention_title
from dashboard.presenters.plan_items import Changed, ChangesShown
from dashboard.presenters.plan_since import rests_on
from dashboard.presenters.words import full_day, plainly, sentence_case
from data_access.plan import Change

FIELDS = {
    "title": "What",
    "code": "Intervention",
    "detail": "Detail",
    "measure": "Measure",
    "baseline": "Start value",
    "target": "Target",
    "unit": "Unit",
    "amount": "Amount",
    "due": "Due",
    "start": "Start",
    "review": "Review",
    "end": "End",
    "status": "Status",
    "done": "Done on",
    "discipline": "Discipline",
    "owner": "Owner",
    "owner_user_id": "Owner",
    "owner_name": "Owner by name",
    "attainment": "Level",
    "baseline_attainment": "Level at the start",
    "importance": "Importance",
    "difficulty": "Difficulty",
    "confidence": "Confidence",
    "why": "Why it matters",
    "barriers": "Barriers",
    "response": "Response",
    "why_stopped": "Why stopped",
    "goal_id": "Serves the goal",
    "meeting_id": "Case review",
    "made": "Agreed on",
    "evidence": "Rests on",
    "biological": "Biological",
    "psychological": "Psychological",
    "social": "Social",
    "protective": "Protective",
    "matters": "What matters",
}
"""What a field is called on the screen, in the order it is read."""
NOTHING = "No change is on record: it came with an import or with the first filling."


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in a history stand for: people by user number, goals by theirs."""

    people: Mapping[int, str]
    goals: Mapping[int, str]


def shown(title: str, changes: Sequence[Change], ratings: Sequence[Rating], names: Names) -> ChangesShown:
    """Every change and rating, the latest first."""
    told = [(change.changed_at, _changed(change, names)) for change in changes]
    told += [(rating.rated_at, _rated(rating)) for rating in ratings]
    ordered = tuple(each for _, each in sorted(told, key=lambda pair: pair[0], reverse=True))
    return ChangesShown(f"History of {title}", ordered, "" if ordered else NOTHING)


def _changed(change: Change, names: Names) -> Changed:
    verb = "Changed" if change.before else "Made"
    reason = f": {change.reason}" if change.reason else ""
    lines = tuple(_lines(change, names)) if change.before else ()
    return Changed(f"{verb} by {change.user_name}, {moment(change.changed_at)}{reason}", lines)


def _lines(change: Change, names: Names) -> list[str]:
    differing = [field for field in FIELDS if change.before.get(field) != change.after.get(field)]
    return [
        f"{FIELDS[field]}: {said(field, change.before.get(field), names)} → "
        f"{said(field, change.after.get(field), names)}"
        for field in differing
    ]


def _rated(rating: Rating) -> Changed:
    remark = (rating.remark,) if rating.remark else ()
    said_by = f"Rated {level_words(rating.level)} for {full_day(rating.day)} by {rating.user_name}"
    return Changed(f"{said_by}, {moment(rating.rated_at)}", remark)


def said(field: str, value: object, names: Names) -> str:
    """The value of a field as a person reads it; 'nothing' where there is none."""
    if value is None or value == "":
        return "nothing"
    if field == "owner_user_id" and isinstance(value, int):
        return names.people.get(value, "a former colleague")
    if field == "goal_id" and isinstance(value, int):
        return names.goals.get(value, "a goal that is gone")
    if field in ("attainment", "baseline_attainment") and isinstance(value, int):
        return level_words(value) if value in LEVELS else level(value)
    if isinstance(value, int | float):
        return plainly(float(value))
    return _text(field, value)


def _text(field: str, value: object) -> str:
    if field == "evidence" and isinstance(value, Mapping):
        return _evidence(value)
    text = str(value)
    if field == "code" and text in INTERVENTIONS:
        return sentence_case(INTERVENTIONS[text].label)
    if field == "discipline":
        return discipline(text)
    if field in ("due", "start", "review", "end", "done", "made"):
        return _day(text)
    return text


def _day(text: str) -> str:
    try:
        return full_day(date.fromisoformat(text))
    except ValueError:
        return text


def _evidence(value: Mapping[str, Any]) -> str:
    """'Pain, left calf, 1 Sep – 28 Sep 2026'."""
    days = value.get("period") or {}
    try:
        period = Period(date.fromisoformat(days["start"]), date.fromisoformat(days["end"]))
    except (KeyError, ValueError):
        return "a chart"
    return rests_on(Pinned(period, str(value.get("chart", "")), str(value.get("region", ""))))


def title(of: Item) -> str:
    """What the item is called."""
    if isinstance(of, Formulation):
        return "the formulation"
    return intervention_title(of) if isinstance(of, PlannedIntervention) else of.title
