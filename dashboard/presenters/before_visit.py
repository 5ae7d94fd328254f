"""What happened since the plan was made, in one line an item: what was agreed, and what its measure has done since."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.goals import LEVELS
from clinical.plan import Action, Goal
from dashboard.presenters import plan_since
from dashboard.presenters.evidence import CAUTION, Evidence
from dashboard.presenters.plan_goals import level
from dashboard.presenters.words import day, full_day, number, several
from dashboard.services.before_visit import Planned, SincePlan

HEADING = "Since the plan"
NO_PLAN = "No goal and no action has been agreed yet."
NOTHING_RUNS = "No goal is running and no action is open."
NOT_PINNED = "rests on no window of the charts"

Tone = Literal["", "overdue"]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item: its title, which may be cut where there is no room, and what is said of it, which may not."""

    title: str
    said: str
    tone: Tone
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlanCard:
    """The lines, and what stands below them: that nothing was agreed, or how many more there are."""

    heading: str
    lines: tuple[PlanLine, ...]
    quiet: str


def card(found: SincePlan, as_of: date) -> PlanCard:
    """The card of the Summary."""
    lines = tuple(_line(each, as_of) for each in found.items)
    quiet = f"and {several(found.left, 'more item')} on the Care plan" if found.left else ""
    if not lines:
        quiet = NOTHING_RUNS if found.made else NO_PLAN
    return PlanCard(HEADING, lines, quiet)


def _line(of: Planned, as_of: date) -> PlanLine:
    late = of.item.status != "done" and _passed(of.item.due, as_of)
    due = _stands(of.item, as_of) if late or isinstance(of.item, Action) else ""
    rated = _attained(of.item, of.rated, as_of, short=late) if isinstance(of.item, Goal) else ""
    said = "; ".join(filter(None, (due, rated, _went(of, short=bool(rated)))))
    return PlanLine(of.item.title, said, "overdue" if late else "", _evidence(of, as_of))


def _attained(goal: Goal, rated: date | None, as_of: date, *, short: bool) -> str:
    """'−2, much less than expected, 26 Oct, start −1', in short 'level −2, 26 Oct'; '' where nobody rated it."""
    if goal.attainment is None:
        return ""
    if short:
        return f"level {level(goal.attainment)}" + (f", {day(rated, as_of)}" if rated else "")
    start = "" if goal.baseline_attainment is None else f"start {level(goal.baseline_attainment)}"
    parts = (level(goal.attainment), LEVELS[goal.attainment], day(rated, as_of) if rated else "", start)
    return ", ".join(filter(None, parts))


def _stands(item: Goal | Action, as_of: date) -> str:
    """'due 12 Nov, overdue', 'done 3 Nov', 'due 4 Jan 2027', 'no due date'."""
    if isinstance(item, Action) and item.status == "done":
        return f"done {day(item.done, as_of)}"
    late = ", overdue" if _passed(item.due, as_of) else ""
    return f"due {day(item.due, as_of)}{late}" if item.due else "no due date"


def _passed(due: date | None, as_of: date) -> bool:
    return due is not None and due < as_of


def _went(of: Planned, *, short: bool) -> str:
    """'stress 6.1 → 4.9, lower, below the mark (24 and 51 d)': the two windows, and the days logged in them.

    `short`, beside a goal's level, leaves unit, days and that there is no agreed mark to the evidence, one click away.
    """
    found, pinned = of.since, of.item.evidence
    if found is None or pinned is None:
        return NOT_PINNED
    name = _named(plan_since.chart_name(pinned))
    if not found.enough:
        return f"{name}: {found.why_not}"
    counted = "scores" if found.chart.startswith(plan_since.MEASURE) else "d"
    rests = f"({found.before.days:,} and {found.after.days:,} {counted})"
    now = number(found.after.value, unit="" if short else found.unit)
    went = f"{name} {number(found.before.value)} → {now}, {plan_since.changed(found)}"
    return went.removesuffix(f", {plan_since.NO_MARK}") if short else f"{went} {rests}"


def _named(chart: str) -> str:
    """'stress' inside a line, but 'PHQ-9' as it is written."""
    return chart[:1].lower() + chart[1:] if chart[1:2].islower() else chart


def _evidence(of: Planned, as_of: date) -> Evidence:
    """What was agreed, and, where it rests on a window of the charts, both windows with their rule."""
    item = of.item
    rows = [("Agreed", full_day(of.agreed) if of.agreed else "day not known"), ("Stands", _stands(item, as_of))]
    if isinstance(item, Goal):
        rows += [("Measure", item.measure), ("Rated last", _rated(item))]
    if of.since is not None and item.evidence is not None:
        rows += plan_since.evidence(of.since, item.evidence).rows
    else:
        rows.append(("Evidence", NOT_PINNED))
    return Evidence(item.title, tuple(row for row in rows if row[1]), CAUTION if of.since else "")


def _rated(goal: Goal) -> str:
    if goal.attainment is None:
        return "not yet"
    return f"{number(goal.attainment, 0)} ({LEVELS[goal.attainment]})"
