"""The course of a period as one SVG for paper: pain with flares and usual range, sleep, medicine lanes, events.

Pure text, no browser. Made to survive a grey copier: flares carry a black bar and a first day, missing days a hatch,
the usual range dashed edges, short nights a darker bar; colour only repeats what those say.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from clinical.rounding import displayed
from dashboard.reports import print_parts as draw
from dashboard.reports.print_parts import Axis, Panel
from dashboard.reports.printable import clipped
from dashboard.services.timeline import Marker, Timeline
from dashboard.theme import PAIN_RAMP, PRINT

_ROOM_FOR_THREE = 18.0  # points of a panel in which three numbers stand apart
_MOST_DOTS = 190  # steps up to which each is a dot; beyond, dots would touch


def course_svg(timeline: Timeline, *, height: float, lanes: int) -> str:
    """The chart, `height` points tall, with at most `lanes` medicines."""
    shown = timeline.lanes[:lanes]
    below = len(shown) * draw.LANE + draw.EVENTS + draw.AXIS + draw.GAP
    slept = timeline.has("sleep_hours")
    plots = height - draw.TOP - below - (draw.GAP if slept else 0)
    pain = Panel(draw.TOP, plots * (0.7 if slept else 1), 0, 10)
    sleep = Panel(pain.bottom + draw.GAP, plots * 0.3, 0, draw.MOST_HOURS)
    panels = (pain, sleep) if slept else (pain,)
    axis = Axis(timeline.start, len(timeline), timeline.step_days)
    lane_top = panels[-1].bottom + draw.GAP
    marks = lane_top + len(shown) * draw.LANE
    parts = [
        draw.HEAD.format(width=draw.WIDTH, height=height),
        *draw.gaps(timeline, axis, *panels),
        *(
            draw.flare_strip(timeline, axis)
            if draw.is_long(timeline)
            else draw.flare_grounds(timeline.flares, axis, pain, marks)
        ),
        *draw.scale(pain, (0, 5, 10), "Pain", f"{timeline.step_words} median" if timeline.grouped else "0–10, daily"),
        *_usual(timeline, pain),
        *_pain(timeline, axis, pain),
        *(_nights(timeline, axis, sleep) if slept else ()),
        *(part for row, lane in enumerate(shown) for part in draw.lane_row(lane, axis, lane_top + row * draw.LANE)),
        *_events(timeline.markers, axis, pain.top, marks, named_only=draw.is_long(timeline)),
        *draw.dates(axis, marks + draw.EVENTS),
        "</svg>",
    ]
    return "".join(parts)


def _nights(timeline: Timeline, axis: Axis, sleep: Panel) -> Iterator[str]:
    """The panel of sleep, which is left out where no night was logged."""
    yield from draw.scale(sleep, (0, 6, 12) if sleep.height > _ROOM_FOR_THREE else (0, 12), "Sleep", "hours")
    yield from draw.sleep_bars(timeline.series["sleep_hours"], axis, sleep)


def events_named(timeline: Timeline) -> int:
    """How many events find room for their name."""
    return len(named(timeline))


def named(timeline: Timeline) -> tuple[Marker, ...]:
    """The events that find room for their name."""
    axis = Axis(timeline.start, len(timeline), timeline.step_days)
    return tuple(marker for _, _, marker in _labels(timeline.markers, axis))


def _usual(timeline: Timeline, pain: Panel) -> Iterator[str]:
    usual = timeline.usual
    if usual is None:
        return
    top, bottom = pain.y(usual.high), pain.y(usual.low)
    yield (
        f'<rect x="{draw.LEFT:g}" y="{top:.2f}" width="{draw.PLOT:.2f}" height="{max(bottom - top, 0.6):.2f}" '
        f'fill="{PRINT.usual_tint}" fill-opacity="0.6"/>'
    )
    for y in (top, bottom):
        yield draw.line(draw.LEFT, y, draw.LEFT + draw.PLOT, y, PRINT.accent, width=0.5, dash="3 2")


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
        yield draw.broken_line(values, axis, pain, thick)
    elif timeline.grouped:
        yield draw.broken_line(timeline.pain, axis, pain, 0.8)
    else:
        yield draw.broken_line(timeline.pain, axis, pain, 0.35, stroke=PRINT.spread)
        yield draw.broken_line(timeline.pain_median, axis, pain, 1.0)


def _events(
    markers: Sequence[Marker], axis: Axis, top: float, bottom: float, *, named_only: bool = False
) -> Iterator[str]:
    named = _labels(markers, axis)
    for marker in [marker for _, _, marker in named] if named_only else markers:
        x = axis.left(marker.day)
        yield draw.line(x, top, x, bottom + 1, PRINT.event, width=0.5, dash="1 1.6")
    for place, words, _ in named:
        yield draw.text(place, bottom + 7, words, fill=PRINT.event)


_ROUTINE = ("visit", "note", "action")


def _labels(markers: Sequence[Marker], axis: Axis) -> list[tuple[float, str, Marker]]:
    """Where words find room: treatments first, since they explain the course; a label never stands on another."""
    placed: list[tuple[float, float, str, Marker]] = []
    ranked = sorted(markers, key=lambda m: (not m.kind.startswith("treatment"), m.kind in _ROUTINE, m.day))
    for marker in ranked:
        words = clipped(marker.label, 22)
        room = len(words) * draw.LETTER
        left = min(axis.left(marker.day), draw.WIDTH - room)
        if all(left >= right or left + room <= start for start, right, _, _ in placed):
            placed.append((left, left + room, words, marker))
    return [(start, words, marker) for start, _, words, marker in placed]
