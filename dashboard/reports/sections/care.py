"""What is known and planned: diagnoses, what matters, treatment tried, goals and actions, the formulation, notes."""

from clinical.goals import LEVELS, attainment
from clinical.plan import Goal, PlannedIntervention
from dashboard.presenters import notes as note_words
from dashboard.presenters import plan, plan_goals, plan_interventions, plan_items
from dashboard.presenters.plan_top import PARTS
from dashboard.presenters.words import day, full_day, several, span
from dashboard.reports import plan_sections
from dashboard.reports.document import Block, Table
from dashboard.reports.one_page import Line
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import (
    BOTH,
    ENTERED,
    NOTHING,
    Content,
    bullets,
    headed,
    pages_of,
    pairs,
    paragraphs,
)

NOT_SAID = "not recorded"


def diagnoses(record: Record, _: Order) -> Content:
    """Diagnoses with their dates, active ones first."""
    found = plan_sections.diagnoses(record)
    if not found.items:
        return NOTHING
    said = "Who made a diagnosis is not recorded in Flareboard."
    return Content((*bullets(found.items), *paragraphs(said)), ENTERED)


def matters(record: Record, _: Order) -> Content:
    """What matters to the patient, in their words."""
    said = record.plan.formulation.matters
    return Content(paragraphs(*said.splitlines()), "in their words, clinician-entered") if said.strip() else NOTHING


def treatments(record: Record, _: Order) -> Content:
    """Treatment beside medicines that was begun: amount, days, how it went, why it ended."""
    begun = plan.tried_in_order(record.plan.interventions)
    columns = ("Treatment", "How much", "When", "How it went")
    rows = tuple(_tried(each, record) for each in begun)
    table = (Table("Treatment tried beside medicines", columns, rows),) if rows else ()
    blocks = (*table, *paragraphs(_relief(record)))
    return Content(blocks, BOTH if _relief(record) else ENTERED) if blocks else NOTHING


def _relief(record: Record) -> str:
    """'Used and logged in the diary, 31 Aug – 22 Nov 2026: heat on 12 days; walking on 3 days.'; '' for nothing."""
    used = [(row.name, int(row.days.sum())) for row in pages_of(record).medication.course.relief]
    said = [f"{name} on {several(days, 'day')}" for name, days in used if days]
    return f"Used and logged in the diary, {span(record.periods.now)}: {'; '.join(said)}." if said else ""


def _tried(each: PlannedIntervention, record: Record) -> tuple[str, ...]:
    return (
        plan_interventions.title(each),
        each.amount or NOT_SAID,
        plan.course(each, record.as_of),
        each.response or NOT_SAID,
    )


def agreed(record: Record, _: Order) -> Content:
    """Goals with level and T score, interventions that run or are planned, and who does what by when."""
    blocks = (*_goals(record), *_interventions(record), *_actions(record))
    return Content(blocks, ENTERED) if blocks else NOTHING


def _goals(record: Record) -> tuple[Block, ...]:
    goals = plan.goals_in_order(record.plan.goals)
    if not goals:
        return ()
    columns = ("Goal", "From – to", "By", "Level now (at the start)", "Who")
    table = Table("Goals", columns, tuple(_goal(goal, record) for goal in goals))
    return (table, *paragraphs(plan.attained(attainment(record.plan)), _t_rule(record)))


def _t_rule(record: Record) -> str:
    """What the numbers mean, where there are any."""
    if all(goal.attainment is None for goal in record.plan.goals):
        return ""
    levels = ", ".join(f"{plan_goals.level(value)} {words}" for value, words in LEVELS.items())
    return f"Levels of goal attainment scaling: {levels}. T score: {plan_goals.T_SOURCE}."


def _goal(goal: Goal, record: Record) -> tuple[str, ...]:
    status = "" if goal.status == "active" else f" ({goal.status.replace('-', ' ')})"
    why = f". Why it matters: {goal.why}" if goal.why else ""
    now = "not rated" if goal.attainment is None else plan_goals.level_words(goal.attainment)
    start = plan_goals.level(goal.baseline_attainment) or "not rated"
    return (
        f"{goal.title}{status}{why}",
        plan_goals.measured(goal) or NOT_SAID,
        full_day(goal.due) if goal.due else NOT_SAID,
        f"{now} (start {start})",
        plan_items.owner(goal.owner_user_id, goal.owner_name, record.owners) or NOT_SAID,
    )


def _interventions(record: Record) -> tuple[Block, ...]:
    """What runs or is planned."""
    standing = [each for each in record.plan.interventions if each.status in ("active", "planned", "paused")]
    lines = tuple(_intervention(each, record) for each in standing)
    return headed("Interventions that run or are planned", bullets(lines))


def _intervention(each: PlannedIntervention, record: Record) -> str:
    who = plan_items.owner(each.owner_user_id, each.owner_name, record.owners)
    discipline = note_words.discipline(each.discipline).lower() if each.discipline else ""
    review = f"review {day(each.review, record.as_of)}" if each.review else "no review date"
    named = ", ".join(part for part in (discipline, who) if part) or "owner not recorded"
    parts = (plan_interventions.title(each), each.amount, plan.course(each, record.as_of), named, review)
    return "; ".join(part for part in parts if part)


def _actions(record: Record) -> tuple[Block, ...]:
    """Open actions, the longest overdue first, then those done in the period."""
    found = plan_sections.actions(record)
    return headed("Who does what by when", bullets(found.items))


def formulation(record: Record, _: Order) -> Content:
    """How the team understands this person's pain: only what is recorded; what nobody records is said."""
    of = record.plan.formulation
    lines = tuple(Line(title, getattr(of, part)) for part, title in PARTS.items())
    if not any(line.text.strip() for line in lines):
        return NOTHING
    made = plan_items.by_whom(of.revised.user_name, note_words.moment(of.revised.at) if of.revised.at else "")
    unrecorded = "Safeguarding and reasonable adjustments: not recorded in Flareboard."
    changed = f"last changed {made}" if made else ""
    return Content((*pairs(lines), *paragraphs(unrecorded)), ENTERED, changed)
