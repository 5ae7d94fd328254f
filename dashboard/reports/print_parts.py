"""What the charts for paper are made of: one time axis, panels, gaps, flares, lines, columns and lanes, as SVG text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days
from dashboard.presenters.words import day as short_day
from dashboard.presenters.words import full_day, sentence_case
from dashboard.reports.printable import clipped
from dashboard.services.timeline import SHORT_NIGHT, FlareSpan, Lane, Timeline
from dashboard.theme import PRINT

WIDTH = 532.0
"""Points: the text width of an A4 page with 11 mm margins."""
LEFT, RIGHT, TOP = 66.0, 8.0, 11.0
PLOT = WIDTH - LEFT - RIGHT
GAP, LANE, EVENTS, AXIS = 7.0, 9.0, 9.0, 9.0
MOST_HOURS = 12.0
LETTER = 3.5
"""Points one letter of a label needs, generously."""
LONGEST_ONE_BY_ONE = 366
"""Days up to which each flare and each event has its own mark."""

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" '
    'height="{height:g}pt" font-family="Source Sans Pro" font-size="7">'
    '<defs><pattern id="gap" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" stroke="#8a939c" stroke-width="0.5"/></pattern></defs>'
)


def svg(parts: Iterator[str], height: float) -> str:
    """The parts as one picture of the usual width."""
    return "".join((HEAD.format(width=WIDTH, height=height), *parts, "</svg>"))


@dataclass(frozen=True, slots=True)
class Panel:
    """A strip of the chart: `top` and `height` in points for values from `low` to `high`."""

    top: float
    height: float
    low: float
    high: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def y(self, value: float) -> float:
        """The height of a value on the paper, in points from the top."""
        return self.bottom - (value - self.low) / (self.high - self.low) * self.height


@dataclass(frozen=True, slots=True)
class Axis:
    """Time across the paper: `steps` equal steps from `start`, each `step_days` long."""

    start: date
    steps: int
    step_days: int

    @property
    def step(self) -> float:
        return PLOT / max(self.steps, 1)

    def left(self, day: date) -> float:
        """Where that day begins, in points; inside the plot."""
        return LEFT + min(max((day - self.start).days / self.step_days, 0), self.steps) * self.step

    def middle(self, place: int) -> float:
        return LEFT + (place + 0.5) * self.step


def text(x: float, y: float, words: str, *, style: str = "", fill: str = PRINT.ink) -> str:
    """Words that begin at that place; `style` holds further attributes."""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" {style}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}" fill="{fill}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 0.5, dash: str = "") -> str:
    """A straight line; `dash` as SVG writes it."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{stroke}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def scale(panel: Panel, ticks: Sequence[int], title: str, unit: str) -> Iterator[str]:
    """Title, unit and lines of a panel."""
    yield text(0, panel.top + 7, title, style='font-weight="600" font-size="8"')
    yield text(0, panel.top + 15.5, unit, fill=PRINT.muted)
    for tick in ticks:
        y = panel.y(tick)
        yield line(LEFT, y, LEFT + PLOT, y, "#c3cad1", width=0.4)
        yield text(LEFT - 4, y + 2.3, str(tick), style='text-anchor="end"', fill=PRINT.muted)


def gaps(timeline: Timeline, axis: Axis, *panels: Panel) -> Iterator[str]:
    """The days without an entry, hatched in every panel."""
    for first, last in timeline.gaps():
        x, width = LEFT + first * axis.step, (last - first + 1) * axis.step
        for panel in panels:
            yield rect(x, panel.top, width, panel.height, "url(#gap)")


def flare_grounds(spans: Sequence[FlareSpan], axis: Axis, pain: Panel, bottom: float) -> Iterator[str]:
    """Each flare and spike as a ground with a black bar over it; flares with their first day and length."""
    free_from = LEFT
    for span in spans:
        if span.kind == "shift":
            continue
        x = axis.left(span.start)
        width = max(axis.left(span.end + timedelta(days=1)) - x, 0.8)
        yield rect(x, pain.top, width, bottom - pain.top, PRINT.flare_tint)
        yield rect(x, pain.top - 2, width, 2, "#000000")
        if span.kind == "flare":
            words = f"Flare from {short_day(span.whole.start, span.end)} · {span.days} d{', open' if span.open else ''}"
            room = len(words) * LETTER
            place = min(x, WIDTH - room)
            if place < free_from:
                continue
            yield text(place, pain.top - 4, words, style='font-weight="600"')
            free_from = place + room


def flare_strip(timeline: Timeline, axis: Axis) -> Iterator[str]:
    """Flare days of each step as black columns above the pain panel."""
    counts = flare_days(timeline)
    yield text(0, TOP - 3, "Flares", style='font-weight="600" font-size="8"')
    yield line(LEFT, TOP - 1, LEFT + PLOT, TOP - 1, "#c3cad1", width=0.4)
    for place in np.flatnonzero(counts):
        height = (TOP - 2) * float(counts[place]) / float(counts.max())
        yield rect(axis.middle(int(place)) - axis.step * 0.4, TOP - 1 - height, axis.step * 0.8, height, "#000000")


def broken_line(values: Days, axis: Axis, panel: Panel, width: float, *, stroke: str = PRINT.ink) -> str:
    """A line through the known values that stops at every gap; a lone value is a short dash."""
    path: list[str] = []
    known = np.isfinite(values)
    for place in np.flatnonzero(known):
        joined = place > 0 and known[place - 1]
        alone = not joined and not (place + 1 < len(values) and known[place + 1])
        x, y = axis.middle(int(place)), panel.y(float(values[place]))
        path.append(f"{'L' if joined else 'M'}{x:.1f} {y:.1f}")
        if alone:
            path.append(f"h{max(axis.step * 0.6, 1.2):.1f}")
    return f'<path d="{"".join(path)}" fill="none" stroke="{stroke}" stroke-width="{width}"/>' if path else ""


def sleep_bars(hours: Days, axis: Axis, panel: Panel) -> Iterator[str]:
    """Hours of sleep as columns, nights under five hours darker."""
    width = axis.step * 0.7
    for place in np.flatnonzero(np.isfinite(hours)):
        value = min(float(hours[place]), MOST_HOURS)
        top = panel.y(value)
        colour = PRINT.sleep_short if value < SHORT_NIGHT else "#9db8d3"
        yield rect(axis.middle(int(place)) - width / 2, top, width, panel.bottom - top, colour)


def lane_row(lane: Lane, axis: Axis, top: float) -> Iterator[str]:
    """One medicine: the bar of what was prescribed, ticks of what was taken as needed."""
    middle = top + LANE / 2
    yield text(0, middle + 2.3, clipped(sentence_case(lane.medicine), 17))
    yield line(LEFT, middle, LEFT + PLOT, middle, "#c3cad1", width=0.3)
    for start, end, share in lane.spans:
        x = axis.left(start)
        thick = 1.2 if lane.as_needed else 1.5 + 3 * share
        width = axis.left(end + timedelta(days=1)) - x
        yield rect(x, middle - thick / 2, width, thick, "#b9c4cb" if lane.as_needed else PRINT.medicine)
    if lane.as_needed:
        width = min(1.1, axis.step) if axis.step_days == 1 else axis.step * 0.6
        for place in np.flatnonzero(np.nan_to_num(lane.taken) > 0):
            tall = (LANE - 2) * min(float(lane.taken[place]) / axis.step_days, 1)  # of a longer step: the share of days
            yield rect(axis.middle(int(place)) - width / 2, top + LANE - 1 - tall, width, tall, "#20262c")


def dates(axis: Axis, top: float) -> Iterator[str]:
    """Six dates along the axis."""
    days = axis.steps * axis.step_days
    count = 6 if days >= 6 else max(days, 1)
    year = days > 300
    for mark in range(count):
        day = axis.start + timedelta(days=round(mark * days / count))
        yield line(axis.left(day), top - EVENTS - 1, axis.left(day), top - EVENTS + 1, PRINT.muted)
        words = full_day(day) if year else short_day(day, day)
        yield text(axis.left(day), top + 7, words, fill=PRINT.muted)


def is_long(timeline: Timeline) -> bool:
    """Whether flares and events, drawn one by one, would run into a bar code."""
    return timeline.period.days > LONGEST_ONE_BY_ONE


def flare_days(timeline: Timeline) -> NDArray[np.int64]:
    """Flare days in each step, spikes left out. Shape (n,)."""
    counts = np.zeros(len(timeline), np.int64)
    for span in timeline.flares:
        if span.kind == "flare":
            days = np.arange((span.start - timeline.start).days, (span.end - timeline.start).days + 1)
            np.add.at(counts, days // timeline.step_days, 1)
    return counts
