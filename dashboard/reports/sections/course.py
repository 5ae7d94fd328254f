"""The course: pain and flares over time, the three outcomes, sleep, stress and the rest, what went with pain."""

from clinical import marks
from clinical.change import compare, sample
from clinical.plan import CHARTS
from clinical.since_plan import DAILY, turned
from dashboard.presenters import flares_associations, flares_episodes, flares_recurrence
from dashboard.presenters.evidence import CAUTION
from dashboard.presenters.outcomes import WORDS, in_points
from dashboard.presenters.words import number, sentence_case, several, span
from dashboard.reports import course_sections, print_daily
from dashboard.reports.document import Block, Table
from dashboard.reports.record import Order, Record
from dashboard.reports.sections.content import (
    COMPUTED,
    NOTHING,
    REPORTED,
    Content,
    bullets,
    headed,
    logged,
    of_facts,
    pages_of,
    paragraphs,
    picture,
)
from dashboard.reports.sections.outcome_table import outcome_table
from dashboard.services.flare_review import FlaresView

FOUND = f"{REPORTED}; flares found by Flareboard's rule: prompts, never verdicts"
_COLUMNS = (
    "sleep_hours",
    "sleep_quality",
    "stress",
    "mood",
    "fatigue",
    "stiffness_minutes",
    "interference",
    "activity",
)
_LONG = {"sleep_hours": "Sleep, hours", "stiffness_minutes": "Morning stiffness, minutes"}


def course(record: Record, _: Order) -> Content:
    """The chart, flares with length, worst day and way back, how they come back, and the outcomes."""
    view = pages_of(record).flares
    if not view.completeness.days_logged and not view.logged_before:
        return NOTHING
    figure = course_sections.courses(record)[0]
    blocks: tuple[Block, ...] = (
        *picture("course", figure),
        *paragraphs(f"{sentence_case(course_sections.course_title(record).removeprefix('Course: '))}."),
        *(paragraphs(flares_episodes.lead(view).text) if view.completeness.days_logged else ()),
        *_episodes(view),
        *_recurrence(record),
        *outcome_table(record),
    )
    return Content(blocks, FOUND, logged(record))


def _episodes(view: FlaresView) -> tuple[Block, ...]:
    """The episodes of the period, the latest first, with what a clinician said of each."""
    if not view.episodes:
        return ()
    shown = flares_episodes.table(view, None)
    rows = tuple(row.cells for row in shown.rows)
    numeric = tuple(place for place, (_, of_numbers) in enumerate(shown.columns) if of_numbers)
    return (Table(shown.caption, tuple(title for title, _ in shown.columns), rows, numeric),)


def _recurrence(record: Record) -> tuple[Block, ...]:
    """Flares in 28 and 90 days, their typical length, the way back, and how long ago the last one was."""
    facts = [fact for fact in flares_recurrence.facts(pages_of(record).patterns) if fact.known]
    heading = f"{flares_recurrence.HEADING} (whole diary, up to the day this was made)"
    return headed(heading, of_facts(facts))


def daily_life(record: Record, _: Order) -> Content:
    """Sleep, stress, mood, fatigue, stiffness, interference and activity against the period before."""
    rows = tuple(row for column in _COLUMNS if (row := _row(record, column)) is not None)
    if not rows:
        return NOTHING
    title = f"Means of {span(record.periods.now)} against {span(record.periods.before)}"
    columns = ("What", "This period", "Period before", "Change", "Past a mark?", "Days answered")
    nights = course_sections.nights(record)
    blocks: tuple[Block, ...] = (
        *picture("daily_life", print_daily.figure(record)),
        Table(title, columns, rows),
        *paragraphs(nights, _marks(record)),
    )
    return Content(blocks, REPORTED, logged(record))


def _row(record: Record, column: str) -> tuple[str, ...] | None:
    """One daily answer in both periods; None where neither has one."""
    now, before, chart = record.periods.now, record.periods.before, DAILY[column]
    change = compare(sample(record.diary, now, column), sample(record.diary, before, column), chart.benchmark)
    if change.now is None and change.before is None:
        return None
    named = _LONG.get(column, f"{CHARTS[column]} (0–10)")
    compared = change.difference is not None
    return (
        named,
        _value(change.now),
        _value(change.before),
        in_points(change).replace(" points", "") if compared else "not compared",
        WORDS[turned(change, chart.better)],
        f"{change.days_now:,} and {several(change.days_before, 'day')}",
    )


def _value(value: float | None) -> str:
    return "not recorded" if value is None else number(value)


def _marks(record: Record) -> str:
    """What the marks are: provisional where the reference has one, none elsewhere."""
    rule = marks.in_words(DAILY["stress"].benchmark.rule).rstrip(".")
    return f"Sleep quality and stress: {rule}. The others: no agreed mark."


def associations(record: Record, _: Order) -> Content:
    """What pain went with, what followed it and what came before flares, each with days and interval."""
    if not record.diary.logged.any():
        return NOTHING
    view = pages_of(record).patterns
    blocks = (
        *headed(flares_associations.heading(view), of_facts(flares_associations.facts(view))),
        *headed(flares_associations.other_heading(view), of_facts(flares_associations.other_facts(view))),
        *bullets((CAUTION,)),
    )
    looked_at = view.patterns.period
    return Content(blocks, COMPUTED, f"whole diary, {span(looked_at)}" if looked_at else "")
