"""Goals and actions in words: what, from where to where, who, by when, and whether it is overdue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clinical.findings import Action
from dashboard.presenters.words import day, number, plainly
from data_access.records import GoalRecord


def goals_in_order(goals: Iterable[GoalRecord]) -> list[GoalRecord]:
    """Active goals first, by due day."""
    return sorted(goals, key=lambda goal: (goal.status != "active", goal.due_day or date.max, goal.title))


def goal(of: GoalRecord, as_of: date) -> str:
    """'Walk to school; minutes: from 5 to 20 min; by 20 Dec; attainment −1 (less than expected)'."""
    parts = [of.title]
    if of.target is not None:
        start = f"from {plainly(of.baseline)} " if of.baseline is not None else ""
        measure = f"{of.measure}: " if of.measure else ""
        parts.append(f"{measure}{start}to {plainly(of.target, of.unit)}")
    if of.due_day is not None:
        parts.append(f"by {day(of.due_day, as_of)}")
    if of.attainment is not None:
        parts.append(
            f"attainment {'+' if of.attainment > 0 else ''}{number(of.attainment, 0)} ({_attained(of.attainment)})"
        )
    if of.status != "active":
        parts.append(of.status)
    return "; ".join(parts)


def _attained(score: float) -> str:
    """What a goal attainment score of −2 to +2 means."""
    much = "much " if abs(score) >= 2 else ""
    return f"{much}{'more' if score > 0 else 'less'} than expected" if score else "as expected"


def open_actions(actions: Iterable[Action]) -> list[Action]:
    """Open actions, the longest overdue first, those without a date last."""
    return sorted((a for a in actions if a.status == "open"), key=lambda a: (a.due or date.max, a.title))


def done_actions(actions: Iterable[Action], since: date = date.min) -> list[Action]:
    """What was done since that day, and cancelled, the latest first."""
    over = [a for a in actions if a.status != "open" and (a.done or date.min) >= since]
    return sorted(over, key=lambda a: (a.done or date.min, a.title), reverse=True)


def action(of: Action, owners: Mapping[int, str], as_of: date) -> str:
    """'Pacing plan review (physiotherapy, M. Physio): due 12 Nov, overdue'."""
    owner = "" if of.owner_user_id is None else owners.get(of.owner_user_id, "")
    who = ", ".join(_named([of.discipline.replace("_", " "), owner])) or "owner not recorded"
    return f"{of.title} ({who}): {_when(of, as_of)}"


def _named(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part]


def _when(of: Action, as_of: date) -> str:
    if of.status == "cancelled":
        return "cancelled"
    if of.status == "done":
        return f"done {day(of.done, as_of)}" if of.done else "done"
    if of.due is None:
        return "no date"
    return f"due {day(of.due, as_of)}{', overdue' if of.due < as_of else ''}"
