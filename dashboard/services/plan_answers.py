"""Between an item of the care plan and the answers of its form: what stands in the fields, and what they make."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clinical.plan import Action, Formulation, Goal, Item, PlannedIntervention
from clinical.record import Pinned, Revised
from dashboard.services.form_fields import Somebody, Value


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in: what about, the answers, and the revision on which they were begun (0: new)."""

    kind: str
    number: int
    values: Mapping[str, Value]
    revision: int


@dataclass(frozen=True, slots=True)
class Rated:
    """How far a goal was reached, as somebody says it."""

    goal_id: int
    level: int | None
    day: date | None
    remark: str = ""


PARTS = ("matters", "biological", "psychological", "social", "protective")
_GOAL = ("title", "measure", "unit", "baseline", "target", "due", "review", "status", "confidence", "why", "barriers")
_INTERVENTION = (
    "code", "detail", "discipline", "amount", "status", "start", "review", "end", "response", "why_stopped",
)  # fmt: skip
_ACTION = ("title", "due", "discipline", "detail")
_CODES = ("baseline_attainment", "importance", "difficulty")
"""Whole numbers that are chosen from a list."""
_WHOLE = ("confidence",)
_LINKED = "goal_id"


def new(kind: str) -> Item:
    """What a form for a new item begins with."""
    if kind == "goal":
        return Goal("")
    return PlannedIntervention("") if kind == "intervention" else Action("") if kind == "action" else Formulation()


def of(item: Item, names: Mapping[int, str]) -> dict[str, Value]:
    """What stands in the fields of that item's form."""
    if isinstance(item, Formulation):
        return {part: getattr(item, part) for part in PARTS}
    plain = {name: getattr(item, name) for name in _plain(item)}
    linked: dict[str, Value] = {}
    if isinstance(item, Goal):
        linked = {name: _code(getattr(item, name)) for name in _CODES}
    else:
        linked = {_LINKED: _code(item.goal_id)}
    return {**plain, **linked, "owner": _owner(item, names), "evidence": item.evidence}


def onto(item: Item, values: Mapping[str, Value], revision: int) -> Item:
    """The item with these answers, standing on that revision; what its form does not ask stays as it is."""
    standing = Revised(revision, item.revised.user_name, item.revised.at)
    if isinstance(item, Formulation):
        return replace(item, **{part: _text(values, part) for part in PARTS}, revised=standing)
    changed: dict[str, Any] = {name: values.get(name) for name in _plain(item)}
    if isinstance(item, Goal):
        changed |= {name: _number(values.get(name)) for name in _CODES}
    else:
        changed[_LINKED] = _number(values.get(_LINKED))
    somebody, evidence = values.get("owner"), values.get("evidence")
    changed["owner_user_id"] = somebody.user_id if isinstance(somebody, Somebody) else None
    named = isinstance(somebody, Somebody) and somebody.user_id is None
    changed["owner_name"] = somebody.name if named and isinstance(somebody, Somebody) else ""
    changed["evidence"] = evidence if isinstance(evidence, Pinned) else None
    return replace(item, **changed, revised=standing)


def rated(goal_id: int, values: Mapping[str, Value]) -> Rated:
    """What was said about how far that goal was reached."""
    level, day = values.get("level"), values.get("day")
    return Rated(
        goal_id,
        level if isinstance(level, int) else None,
        day if isinstance(day, date) else None,
        _text(values, "remark"),
    )


def _plain(item: Goal | PlannedIntervention | Action) -> tuple[str, ...]:
    if isinstance(item, Goal):
        return _GOAL
    return _INTERVENTION if isinstance(item, PlannedIntervention) else _ACTION


def _owner(item: Goal | PlannedIntervention | Action, names: Mapping[int, str]) -> Somebody | None:
    if item.owner_user_id is not None:
        return Somebody(item.owner_user_id, names.get(item.owner_user_id, item.owner_name or "a former colleague"))
    return Somebody(None, item.owner_name) if item.owner_name else None


def _code(value: int | None) -> str:
    return "" if value is None else str(value)


def _number(value: Value) -> int | None:
    text = str(value or "")
    return int(text) if text.lstrip("-").isdecimal() else None


def _text(values: Mapping[str, Value], name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else ""
