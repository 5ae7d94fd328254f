"""WPI, SSS and FS of each assessment over time as a small Plotly dict.

Points, not lines: nothing is known of the time between two assessments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.charts import time_axis
from dashboard.charts.wire import ready
from dashboard.theme import Ground, ground

HEIGHT = 190
CLOSE = 3
"""Points by which two scores differ at least, for their names to stand beside each other."""
HIGHEST = {"FS": 31, "WPI": 19, "SSS": 12}
_COLOURS = {"FS": "ink", "WPI": "accent", "SSS": "stress"}
_MARKS = {"FS": "circle", "WPI": "square", "SSS": "diamond"}


@dataclass(frozen=True, slots=True)
class Point:
    """One assessment: its day and scores, None for what was not known."""

    day: date
    scores: dict[str, int | None]


def figure(points: Sequence[Point], dark: bool) -> dict[str, Any]:
    """The three scores as a Plotly figure (dict) for the light or the dark ground; `points` in order of days."""
    colours = ground(dark)
    traces = [_points(points, name, colours) for name in HIGHEST]
    return ready(traces, {**_frame(colours), "xaxis": _days(points, colours), "yaxis": _scores(colours)})


def _points(points: Sequence[Point], name: str, colours: Ground) -> dict[str, Any]:
    known = [(str(each.day), each.scores[name]) for each in points if each.scores[name] is not None]
    colour = getattr(colours, _COLOURS[name])
    last = len(known) - 1
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [day for day, _ in known],
        "y": [score for _, score in known],
        "text": [name if place == last else "" for place in range(len(known))],
        "textposition": f"{_height_of_name(points, name)} right",
        "textfont": {"color": colour, "size": 11.5},
        "marker": {"color": colour, "size": 8, "symbol": _MARKS[name]},
        "hovertemplate": f"{name} %{{y}} of {HIGHEST[name]}, %{{x|%-d %b %Y}}<extra></extra>",
        "cliponaxis": False,
    }


def _height_of_name(points: Sequence[Point], name: str) -> str:
    """Where the name stands beside its last point, so that two that are close do not cover each other."""
    latest = {
        each: next((p.scores[each] for p in reversed(points) if p.scores[each] is not None), None) for each in HIGHEST
    }
    order = [each for each in HIGHEST if latest[each] is not None]
    order.sort(key=lambda each: -(latest[each] or 0))
    if name not in order:
        return "middle"
    place = order.index(name)
    above, below = (order[i] if 0 <= i < len(order) else None for i in (place - 1, place + 1))
    near = [other is not None and abs((latest[other] or 0) - (latest[name] or 0)) < CLOSE for other in (above, below)]
    return {(True, False): "bottom", (False, True): "top"}.get((near[0], near[1]), "middle")


def _days(points: Sequence[Point], colours: Ground) -> dict[str, Any]:
    days = sorted({each.day for each in points})
    middle = min(days, key=lambda day: abs((day - days[0]) - (days[-1] - day)))
    return {
        "type": "date",
        "tickvals": [str(day) for day in sorted({days[0], middle, days[-1]})],
        "tickangle": 0,
        "tickformat": "%-d %b %Y",
        "tickfont": {"size": 10.5, "color": colours.muted},
        "showgrid": False,
        "fixedrange": True,
        "linecolor": colours.line,
    }


def _scores(colours: Ground) -> dict[str, Any]:
    return {
        "range": [-1, 32],
        "tickvals": [0, 12, 19, 31],
        "tickfont": {"size": 10.5, "color": colours.muted},
        "title": {"text": "points", "font": {"size": 11, "color": colours.muted}},
        "gridcolor": colours.grid,
        "zeroline": False,
        "fixedrange": True,
    }


def _frame(colours: Ground) -> dict[str, Any]:
    return {**time_axis.frame(HEIGHT, 44, 44, 8, 24, colours), "hovermode": "closest"}
