"""Questionnaire scores over time as one SVG for paper: a panel each, every score with its number, bands as words."""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.presenters import measures_words as words
from dashboard.presenters.words import full_day, listed
from dashboard.reports import print_parts as draw
from dashboard.reports.one_page import Figure
from dashboard.reports.print_parts import Axis, Panel
from dashboard.reports.printable import clipped
from dashboard.reports.record import Record
from dashboard.services.measures import Course, Reading
from dashboard.theme import PRINT

_TALL = 36.0
MOST_PANELS = 8
_LONGEST_NAME = 17


def figure(record: Record) -> Figure:
    """Every questionnaire that was answered twice or more and whose scale is known; no picture without any."""
    courses = [] if record.pages is None else [each for each in record.pages.measures.courses if _drawable(each)]
    shown = courses[:MOST_PANELS]
    if not shown:
        return Figure("", "", "")
    height = draw.TOP + len(shown) * (_TALL + draw.GAP) + draw.EVENTS + draw.AXIS
    left = len(courses) - len(shown)
    more = f" {left} more in the table." if left else ""
    caption = f"Scores over time, each panel the whole range of its questionnaire; better is named beside it.{more}"
    alt = f"Chart of scores over time. {'; '.join(map(_said, shown))}."
    return Figure(draw.svg(_parts(shown, height), height), alt, caption)


def _drawable(course: Course) -> bool:
    """Whether it has two numbers to join, on a scale that is known."""
    known = course.instrument
    return known is not None and known.score is not None and words.is_scale(known) and len(_points(course)) > 1


def _points(course: Course) -> list[tuple[date, float, Reading]]:
    held = [(each.day, each.meaning.value, each) for each in course.readings]
    return [(day, value, each) for day, value, each in held if day is not None and value is not None]


def _said(course: Course) -> str:
    points = listed([f"{words.value(each)} on {full_day(day)}" for day, _, each in _points(course)], 60)
    return f"{course.code}: {points}"


def _parts(courses: Sequence[Course], height: float) -> Iterator[str]:
    days = [day for course in courses for day, _, _ in _points(course)]
    first, last = min(days), max(days)
    axis = Axis(first, (last - first).days + 1, 1)
    for place, course in enumerate(courses):
        yield from _course(course, axis, draw.TOP + place * (_TALL + draw.GAP))
    yield from draw.dates(axis, height - draw.AXIS)


def _course(course: Course, axis: Axis, top: float) -> Iterator[str]:
    points = _points(course)
    low, high = _ends(course, [value for _, value, _ in points])
    panel = Panel(top, _TALL, low, high)
    yield draw.text(0, top + 7, clipped(course.code, _LONGEST_NAME), style='font-weight="600" font-size="8"')
    yield draw.text(0, top + 15.5, f"{words.scale(course.latest)}", fill=PRINT.muted)
    yield draw.text(0, top + 23.5, words.direction(course.instrument), fill=PRINT.muted)
    for end in (low, high):
        yield draw.line(draw.LEFT, panel.y(end), draw.LEFT + draw.PLOT, panel.y(end), "#c3cad1", width=0.4)
    path = "L".join(f"{axis.middle((day - axis.start).days):.1f} {panel.y(value):.1f}" for day, value, _ in points)
    yield f'<path d="M{path}" fill="none" stroke="{PRINT.ink}" stroke-width="0.8"/>'
    free_from = 0.0
    for day, value, each in points:
        x, y = axis.middle((day - axis.start).days), panel.y(value)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{PRINT.ink}"/>'
        said = words.value(each)
        room = len(said) * draw.LETTER + 3
        if x - room / 2 >= free_from:
            above = y - 3.2 if y - panel.top > 8 else y + 8
            yield draw.text(x, above, said, style='text-anchor="middle"')
            free_from = x + room / 2


def _ends(course: Course, values: Sequence[float]) -> tuple[float, float]:
    """The ends of the scale the numbers are on: of the score, or of the T score."""
    known = course.instrument
    ends = None if known is None else known.t_score if course.latest.meaning.kind == "T score" else known.score
    if ends is None:
        return min(values), max(values) + 1
    return min(ends.low, *values), max(ends.high, *values)
