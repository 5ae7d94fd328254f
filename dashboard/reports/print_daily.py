"""Sleep, stress, fatigue and stiffness of a period as one SVG for paper, on the time axis of the course."""

from collections.abc import Iterator

import numpy as np

from dashboard.presenters.words import listed, number, several, span
from dashboard.reports import print_parts as draw
from dashboard.reports.one_page import Figure
from dashboard.reports.print_parts import Axis, Panel
from dashboard.reports.record import Record
from dashboard.services.timeline import Timeline

_TALL = 34.0
_LINES = {"sleep_quality": "Sleep quality", "stress": "Stress", "fatigue": "Fatigue", "stiffness_minutes": "Stiffness"}
_UNITS = {"sleep_hours": "hours", "stiffness_minutes": "minutes"}
_NAMES = {"sleep_hours": "Sleep", **_LINES}
_SHORTEST_SCALE = 60.0
"""Minutes of the stiffness axis at least."""


def figure(record: Record) -> Figure:
    """The panels that hold any answer, with the days of flares shaded; no picture where nothing was answered."""
    timeline = record.timeline
    series = [name for name in _NAMES if timeline.has(name)]
    if not series:
        return Figure("", "", "")
    height = draw.TOP + len(series) * (_TALL + draw.GAP) + draw.EVENTS + draw.AXIS
    step = f"one point for each {'week' if timeline.step_days == 7 else 'four weeks'}" if timeline.grouped else "daily"
    named = listed([_NAMES[name].lower() for name in series], len(series))
    caption = f"{named.capitalize()}, {step}. Hatch: no entry. Shaded: flares and spikes. Dark column: night under 5 h."
    alt = f"Chart of {named}, {span(record.periods.now)}. {'; '.join(_said(timeline, name) for name in series)}."
    return Figure(draw.svg(_parts(timeline, series, height), height), alt, caption)


def _said(timeline: Timeline, name: str) -> str:
    """'stress median 4, from 1 to 8, 80 values': for a reader who cannot see the chart."""
    values = timeline.series[name]
    known = values[np.isfinite(values)]
    low, middle, high = (number(float(each)) for each in (known.min(), np.median(known), known.max()))
    unit = f" {_UNITS[name]}" if name in _UNITS else ""
    return f"{_NAMES[name].lower()} median {middle}{unit}, from {low} to {high}, {several(known.size, 'value')}"


def _parts(timeline: Timeline, series: list[str], height: float) -> Iterator[str]:
    axis = Axis(timeline.start, len(timeline), timeline.step_days)
    panels = {name: _panel(timeline, name, place) for place, name in enumerate(series)}
    bottom = height - draw.EVENTS - draw.AXIS
    if not draw.is_long(timeline):
        yield from draw.flare_grounds(timeline.flares, axis, next(iter(panels.values())), bottom)
    yield from draw.gaps(timeline, axis, *panels.values())
    for name, panel in panels.items():
        yield from draw.scale(panel, _ticks(panel), _NAMES[name], _UNITS.get(name, "0–10"))
        if name == "sleep_hours":
            yield from draw.sleep_bars(timeline.series[name], axis, panel)
        else:
            yield draw.broken_line(timeline.series[name], axis, panel, 0.8)
    yield from draw.dates(axis, bottom + draw.EVENTS)


def _panel(timeline: Timeline, name: str, place: int) -> Panel:
    high = {"sleep_hours": draw.MOST_HOURS, "stiffness_minutes": _longest(timeline)}.get(name, 10.0)
    return Panel(draw.TOP + place * (_TALL + draw.GAP), _TALL, 0, high)


def _longest(timeline: Timeline) -> float:
    """The end of the axis of stiffness: whole hours."""
    longest = float(np.nanmax(timeline.series["stiffness_minutes"], initial=_SHORTEST_SCALE))
    return float(np.ceil(longest / _SHORTEST_SCALE) * _SHORTEST_SCALE)


def _ticks(panel: Panel) -> tuple[int, ...]:
    return (0, int(panel.high / 2), int(panel.high))
