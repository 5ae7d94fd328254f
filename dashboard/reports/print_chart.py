"""The course of a period as one SVG for paper: pain with flares and usual range, sleep, medicine lanes, events.

Pure text, no browser. Made to survive a grey copier: flares carry a black bar and a first day, missing days a hatch,
the usual range dashed edges, short nights a darker bar; colour only repeats what those say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days
from clinical.rounding import displayed
from dashboard.presenters.words import day as short_day
from dashboard.presenters.words import full_day, sentence_case
from dashboard.reports.printable import clipped
from dashboard.services.timeline import SHORT_NIGHT, FlareSpan, Lane, Marker, Timeline
from dashboard.theme import PAIN_RAMP, PRINT

WIDTH = 532.0
"""Points: the text width of an A4 page with 11 mm margins."""
_LEFT, _RIGHT, _TOP = 66.0, 8.0, 11.0
_PLOT = WIDTH - _LEFT - _RIGHT
_GAP, _LANE, _EVENTS, _AXIS = 7.0, 9.0, 9.0, 9.0
_MOST_HOURS = 12.0
_LETTER = 3.5  # points one letter of a label needs, generously
LONGEST_ONE_BY_ONE = 366
"""Days up to which each flare and each event has its own mark."""
_MOST_DOTS = 190  # steps up to which each is a dot; beyond, dots would touch

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" '
    'height="{height:g}pt" font-family="Source Sans Pro" font-size="7">'
    '<defs><pattern id="gap" width="4" height="4" patternUnits="userSpaceOnUse">'
    '<path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" stroke="#8a939c" stroke-width="0.5"/></pattern></defs>'
)


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
        return _PLOT / max(self.steps, 1)

    def left(self, day: date) -> float:
        """Where that day begins, in points; inside the plot."""
        return _LEFT + min(max((day - self.start).days / self.step_days, 0), self.steps) * self.step

    def middle(self, place: int) -> float:
        return _LEFT + (place + 0.5) * self.step


def course_svg(timeline: Timeline, *, height: float, lanes: int) -> str:
    """The chart, `height` points tall, with at most `lanes` medicines."""
    shown = timeline.lanes[:lanes]
    below = len(shown) * _LANE + _EVENTS + _AXIS + _GAP
    plots = height - _TOP - below - _GAP
    pain = Panel(_TOP, plots * 0.7, 0, 10)
    sleep = Panel(pain.bottom + _GAP, plots * 0.3, 0, _MOST_HOURS)
    axis = Axis(timeline.start, len(timeline), timeline.step_days)
    lane_top = sleep.bottom + _GAP
    marks = lane_top + len(shown) * _LANE
    parts = [
        _HEAD.format(width=WIDTH, height=height),
        *_gaps(timeline, axis, pain, sleep),
        *(_flare_strip(timeline, axis) if is_long(timeline) else _flare_grounds(timeline.flares, axis, pain, marks)),
        *_scale(pain, (0, 5, 10), "Pain", f"{timeline.step_words} median" if timeline.grouped else "0–10, daily"),
        *_usual(timeline, pain),
        *_scale(sleep, (0, 6, 12), "Sleep", "hours"),
        *_pain(timeline, axis, pain),
        *_sleep(timeline.series["sleep_hours"], axis, sleep),
        *(part for row, lane in enumerate(shown) for part in _lane(lane, axis, lane_top + row * _LANE)),
        *_events(timeline.markers, axis, pain.top, marks, named_only=is_long(timeline)),
        *_dates(axis, marks + _EVENTS),
        "</svg>",
    ]
    return "".join(parts)


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


def events_named(timeline: Timeline) -> int:
    """How many events find room for their name."""
    return len(_labels(timeline.markers, Axis(timeline.start, len(timeline), timeline.step_days)))


def _flare_strip(timeline: Timeline, axis: Axis) -> Iterator[str]:
    """Flare days of each step as black columns above the pain panel."""
    counts = flare_days(timeline)
    yield _text(0, _TOP - 3, "Flares", style='font-weight="600" font-size="8"')
    yield _line(_LEFT, _TOP - 1, _LEFT + _PLOT, _TOP - 1, "#c3cad1", width=0.4)
    for place in np.flatnonzero(counts):
        height = (_TOP - 2) * float(counts[place]) / float(counts.max())
        yield _rect(axis.middle(int(place)) - axis.step * 0.4, _TOP - 1 - height, axis.step * 0.8, height, "#000000")


def _text(x: float, y: float, words: str, *, style: str = "", fill: str = PRINT.ink) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" {style}>{escape(words)}</text>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}" fill="{fill}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 0.5, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{stroke}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def _scale(panel: Panel, ticks: Sequence[int], title: str, unit: str) -> Iterator[str]:
    yield _text(0, panel.top + 7, title, style='font-weight="600" font-size="8"')
    yield _text(0, panel.top + 15.5, unit, fill=PRINT.muted)
    for tick in ticks:
        y = panel.y(tick)
        yield _line(_LEFT, y, _LEFT + _PLOT, y, "#c3cad1", width=0.4)
        yield _text(_LEFT - 4, y + 2.3, str(tick), style='text-anchor="end"', fill=PRINT.muted)


def _gaps(timeline: Timeline, axis: Axis, pain: Panel, sleep: Panel) -> Iterator[str]:
    for first, last in timeline.gaps():
        x, width = _LEFT + first * axis.step, (last - first + 1) * axis.step
        for panel in (pain, sleep):
            yield _rect(x, panel.top, width, panel.height, "url(#gap)")


def _flare_grounds(spans: Sequence[FlareSpan], axis: Axis, pain: Panel, bottom: float) -> Iterator[str]:
    free_from = _LEFT
    for span in spans:
        if span.kind == "shift":
            continue
        x = axis.left(span.start)
        width = max(axis.left(span.end + timedelta(days=1)) - x, 0.8)
        yield _rect(x, pain.top, width, bottom - pain.top, PRINT.flare_tint)
        yield _rect(x, pain.top - 2, width, 2, "#000000")
        if span.kind == "flare":
            words = f"Flare from {short_day(span.whole.start, span.end)} · {span.days} d{', open' if span.open else ''}"
            room = len(words) * _LETTER
            place = min(x, WIDTH - room)
            if place < free_from:
                continue
            yield _text(place, pain.top - 4, words, style='font-weight="600"')
            free_from = place + room


def _usual(timeline: Timeline, pain: Panel) -> Iterator[str]:
    usual = timeline.usual
    if usual is None:
        return
    top, bottom = pain.y(usual.high), pain.y(usual.low)
    yield (
        f'<rect x="{_LEFT:g}" y="{top:.2f}" width="{_PLOT:.2f}" height="{max(bottom - top, 0.6):.2f}" '
        f'fill="{PRINT.usual_tint}" fill-opacity="0.6"/>'
    )
    for y in (top, bottom):
        yield _line(_LEFT, y, _LEFT + _PLOT, y, PRINT.accent, width=0.5, dash="3 2")


def _pain(timeline: Timeline, axis: Axis, pain: Panel) -> Iterator[str]:
    if len(timeline) <= _MOST_DOTS:
        radius = min(1.7, axis.step * 0.42)
        for place in np.flatnonzero(np.isfinite(timeline.pain)):
            value = float(timeline.pain[place])
            colour = PAIN_RAMP[int(displayed(value, 0))]
            yield (
                f'<circle cx="{axis.middle(int(place)):.1f}" cy="{pain.y(value):.1f}" r="{radius:.2f}" '
                f'fill="{colour}" stroke="#3a3f46" stroke-width="0.35"/>'
            )
        values, thick = (timeline.pain, 0.7) if timeline.grouped else (timeline.pain_median, 1.1)
        yield _broken_line(values, axis, pain, thick)
    elif timeline.grouped:
        yield _broken_line(timeline.pain, axis, pain, 0.8)
    else:
        yield _broken_line(timeline.pain, axis, pain, 0.35, stroke=PRINT.spread)
        yield _broken_line(timeline.pain_median, axis, pain, 1.0)


def _broken_line(values: Days, axis: Axis, panel: Panel, width: float, *, stroke: str = PRINT.ink) -> str:
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


def _sleep(hours: Days, axis: Axis, panel: Panel) -> Iterator[str]:
    width = axis.step * 0.7
    for place in np.flatnonzero(np.isfinite(hours)):
        value = min(float(hours[place]), _MOST_HOURS)
        top = panel.y(value)
        colour = PRINT.sleep_short if value < SHORT_NIGHT else "#9db8d3"
        yield _rect(axis.middle(int(place)) - width / 2, top, width, panel.bottom - top, colour)


def _lane(lane: Lane, axis: Axis, top: float) -> Iterator[str]:
    middle = top + _LANE / 2
    yield _text(0, middle + 2.3, clipped(sentence_case(lane.medicine), 17))
    yield _line(_LEFT, middle, _LEFT + _PLOT, middle, "#c3cad1", width=0.3)
    for start, end, share in lane.spans:
        x = axis.left(start)
        thick = 1.2 if lane.as_needed else 1.5 + 3 * share
        width = axis.left(end + timedelta(days=1)) - x
        yield _rect(x, middle - thick / 2, width, thick, "#b9c4cb" if lane.as_needed else PRINT.medicine)
    if lane.as_needed:
        width = min(1.1, axis.step) if axis.step_days == 1 else axis.step * 0.6
        for place in np.flatnonzero(np.nan_to_num(lane.taken) > 0):
            tall = (_LANE - 2) * min(
                float(lane.taken[place]) / axis.step_days, 1
            )  # of a longer step: the share of days
            yield _rect(axis.middle(int(place)) - width / 2, top + _LANE - 1 - tall, width, tall, "#20262c")


def _events(
    markers: Sequence[Marker], axis: Axis, top: float, bottom: float, *, named_only: bool = False
) -> Iterator[str]:
    named = _labels(markers, axis)
    for marker in [marker for _, _, marker in named] if named_only else markers:
        x = axis.left(marker.day)
        yield _line(x, top, x, bottom + 1, PRINT.event, width=0.5, dash="1 1.6")
    for place, words, _ in named:
        yield _text(place, bottom + 7, words, fill=PRINT.event)


_ROUTINE = ("visit", "note", "action")


def _labels(markers: Sequence[Marker], axis: Axis) -> list[tuple[float, str, Marker]]:
    """Where words find room: treatments first, since they explain the course; a label never stands on another."""
    placed: list[tuple[float, float, str, Marker]] = []
    ranked = sorted(markers, key=lambda m: (not m.kind.startswith("treatment"), m.kind in _ROUTINE, m.day))
    for marker in ranked:
        words = clipped(marker.label, 22)
        room = len(words) * _LETTER
        left = min(axis.left(marker.day), WIDTH - room)
        if all(left >= right or left + room <= start for start, right, _, _ in placed):
            placed.append((left, left + room, words, marker))
    return [(start, words, marker) for start, _, words, marker in placed]


def _dates(axis: Axis, top: float) -> Iterator[str]:
    days = axis.steps * axis.step_days
    count = 6 if days >= 6 else max(days, 1)
    year = days > 300
    for mark in range(count):
        day = axis.start + timedelta(days=round(mark * days / count))
        yield _line(axis.left(day), top - _EVENTS - 1, axis.left(day), top - _EVENTS + 1, PRINT.muted)
        words = full_day(day) if year else short_day(day, day)
        yield _text(axis.left(day), top + 7, words, fill=PRINT.muted)
