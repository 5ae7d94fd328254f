"""Goals and actions in words: what, from where to where, who, by when, and whether it is overdue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clinical.findings import Action
from clinical.goals import LEVELS, Attainment
from clinical.interventions import INTERVENTIONS
from clinical.plan import Goal, PlannedIntervention
from dashboard.presenters.words import day, listed, number, plainly, sentence_case


def goals_in_order(goals: Iterable[Goal]) -> list[Goal]:
    """Active goals first, by due day."""
    return sorted(goals, key=lambda goal: (goal.status != "active", goal.due or date.max, goal.title))


def goal(of: Goal, as_of: date) -> str:
    """'Walk to school; minutes: from 5 to 20 min; by 20 Dec; GAS −1 (less than expected), at the start −2'."""
    parts = [of.title]
    if of.target is not None:
        start = f"from {plainly(of.baseline)} " if of.baseline is not None else ""
        measure = f"{of.measure}: " if of.measure else ""
        parts.append(f"{measure}{start}to {plainly(of.target, of.unit)}")
    if of.due is not None:
        parts.append(f"by {day(of.due, as_of)}")
    if of.attainment is not None:
        parts.append(f"GAS {_level(of.attainment)} ({LEVELS[of.attainment]}){_start(of)}")
    if of.status != "active":
        parts.append(of.status)
    return "; ".join(parts)


def _level(level: int) -> str:
    return f"{'+' if level > 0 else ''}{number(level, 0)}"


def _start(of: Goal) -> str:
    return "" if of.baseline_attainment is None else f", at the start {_level(of.baseline_attainment)}"


def attained(found: Attainment) -> str:
    """'Goal attainment T 45.4 (50: as expected), at the start 36.3', or why it cannot be computed; '' without goals."""
    if not found.parts:
        return ""
    if all(part.now is None for part in found.parts):
        return "Goal attainment not rated yet."
    if found.now is None:
        return f"Goal attainment T cannot be computed: {found.why_not}."
    before = f"at the start {number(found.baseline)}" if found.baseline is not None else found.why_no_baseline
    return f"Goal attainment T {number(found.now)} (50: as expected), {before}.{_even(found)}"


def _even(found: Attainment) -> str:
    """What is said where some goals were weighted, and none counts as it was."""
    if not 0 < len(found.unweighted) < len(found.parts):
        return ""
    named = listed([f"'{title}'" for title in found.unweighted])
    return f" All weights 1: {named} not weighted."


def tried(of: PlannedIntervention, as_of: date) -> str:
    """'Activity pacing; 10 min on, 5 off; since 13 Oct; response: easier days', or when and why it ended."""
    known = INTERVENTIONS.get(of.code)
    label = sentence_case(known.label) if known else of.detail or of.code
    response = f"response: {of.response.rstrip('.')}" if of.response else "response not recorded"
    return "; ".join(_named([label, of.amount, course(of, as_of), response]))


def course(of: PlannedIntervention, as_of: date) -> str:
    """'planned', 'since 13 Oct', 'stopped 3 Nov (too tired)', 'finished 3 Nov', 'paused'."""
    if of.status in ("stopped", "finished"):
        when = f" {day(of.end, as_of)}" if of.end else ""
        return f"{of.status}{when}{f' ({of.why_stopped})' if of.why_stopped else ''}"
    begun = f"since {day(of.start, as_of)}" if of.start and of.start <= as_of else ""
    return begun if of.status == "active" and begun else of.status


def tried_in_order(interventions: Iterable[PlannedIntervention]) -> list[PlannedIntervention]:
    """What was tried: running ones first, the latest start first; what is only planned was not tried."""
    begun = [each for each in interventions if each.status != "planned"]
    ordered = sorted(begun, key=lambda each: each.start or date.min, reverse=True)
    return sorted(ordered, key=lambda each: each.status != "active")


def open_actions(actions: Iterable[Action]) -> list[Action]:
    """Open actions, the longest overdue first, those without a date last."""
    return sorted((a for a in actions if a.status == "open"), key=lambda a: (a.due or date.max, a.title))


def done_actions(actions: Iterable[Action], since: date = date.min) -> list[Action]:
    """What was done since that day, and cancelled, the latest first."""
    over = [a for a in actions if a.status != "open" and (a.done or date.min) >= since]
    return sorted(over, key=lambda a: (a.done or date.min, a.title), reverse=True)


def action(of: Action, owners: Mapping[int, str], as_of: date) -> str:
    """'Pacing plan review (physiotherapy, M. Physio): due 12 Nov, overdue'."""
    owner = of.owner_name if of.owner_user_id is None else owners.get(of.owner_user_id, "")
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
