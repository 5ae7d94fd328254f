"""Medicines over a period as one SVG for paper: above what was prescribed, below the days it was taken, a lane each."""

from collections.abc import Iterator, Sequence

import numpy as np

from dashboard.presenters.words import listed, sentence_case, several, span
from dashboard.reports import print_parts as draw
from dashboard.reports.one_page import Figure
from dashboard.reports.print_parts import Axis, Panel
from dashboard.reports.printable import clipped
from dashboard.reports.record import Record
from dashboard.services.medication_course import Course, MedicineLane
from dashboard.services.medication_use import standing
from dashboard.services.timeline import WEEK
from dashboard.theme import PRINT

_LANE, _BAR = 15.0, 4.5
MOST_LANES = 10
_LONGEST_NAME = 17


def figure(record: Record) -> Figure:
    """The lanes of the Medication page; no picture where nothing was prescribed with a day or taken."""
    course = None if record.pages is None else record.pages.medication.course
    if course is None or not course.lanes:
        return Figure("", "", "")
    shown = course.lanes[:MOST_LANES]
    height = draw.TOP + len(shown) * _LANE + draw.EVENTS + draw.AXIS
    caption = f"Bar: prescribed, pale as needed. Ticks: {_ticks(course)}. Hatch: no entry.{_left(course)}"
    told = "; ".join(_said(lane, record) for lane in shown)
    alt = f"Medicines prescribed and taken, {span(record.periods.now)}. {told}."
    return Figure(draw.svg(_parts(course, shown, height), height), alt, caption)


def _ticks(course: Course) -> str:
    step = "four weeks" if course.timeline.step_days > WEEK else "week"
    return f"share of the days of each {step} on which it was taken" if course.timeline.grouped else "taken on that day"


def _left(course: Course) -> str:
    """What has no lane; '' where everything has one."""
    names = [*(lane.medicine for lane in course.lanes[MOST_LANES:]), *course.left_out]
    return f" Without a lane: {listed([clipped(name, 40) for name in names], 6)}." if names else ""


def _said(lane: MedicineLane, record: Record) -> str:
    """'Paracetamol: not on the list, taken on 24 days'; a medicine without a dose record was not 'taken on 0 days'."""
    return f"{sentence_case(lane.medicine)}: {_prescribed(lane, record)}, {_taken(lane, record)}"


def _prescribed(lane: MedicineLane, record: Record) -> str:
    if lane.prescribed:
        return listed([each.says for each in lane.prescribed if each.says], 3) or "on the list, dose not recorded"
    mine = [each for each in record.medicines if each.name.casefold() == lane.medicine.casefold()]
    if any(standing(each, record.as_of) == "undated" for each in mine):
        return "on the list, first day not known"
    return "on the list on no known day of this period" if mine else "not on the list"


def _taken(lane: MedicineLane, record: Record) -> str:
    if lane.days_taken:
        return f"taken on {several(lane.days_taken, 'day')}"
    missed = sum(each.not_taken for name, each in record.doses.items() if name.casefold() == lane.medicine.casefold())
    return f"logged as not taken on {several(missed, 'day')}" if missed else "no dose record"


def _parts(course: Course, lanes: Sequence[MedicineLane], height: float) -> Iterator[str]:
    timeline = course.timeline
    axis = Axis(timeline.start, len(timeline), timeline.step_days)
    panel = Panel(draw.TOP, len(lanes) * _LANE, 0, 1)
    yield from draw.gaps(timeline, axis, panel)
    for row, lane in enumerate(lanes):
        yield from _lane(lane, axis, draw.TOP + row * _LANE)
    yield from draw.dates(axis, height - draw.AXIS)


def _lane(lane: MedicineLane, axis: Axis, top: float) -> Iterator[str]:
    yield draw.text(0, top + _LANE / 2 + 2.3, clipped(sentence_case(lane.medicine), _LONGEST_NAME))
    yield draw.line(draw.LEFT, top + _LANE, draw.LEFT + draw.PLOT, top + _LANE, "#c3cad1", width=0.3)
    for each in lane.prescribed:
        left, right = axis.left(each.start), axis.left(each.end) + axis.step
        thick = _BAR * (each.share if each.share is not None else 0.5)
        colour = "#b9c4cb" if lane.as_needed else PRINT.medicine
        right = min(right, draw.LEFT + draw.PLOT)
        yield draw.rect(left, top + 1 + _BAR - thick, right - left, thick, colour)
    width = min(1.1, axis.step) if axis.step_days == 1 else axis.step * 0.6
    for place in np.flatnonzero(lane.days > 0):
        tall = (_LANE - _BAR - 3) * min(float(lane.days[place]) / axis.step_days, 1)
        yield draw.rect(axis.middle(int(place)) - width / 2, top + _LANE - 0.5 - tall, width, tall, "#20262c")
