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
        "textposition": "middle right",
        "textfont": {"color": colour, "size": 11.5},
        "marker": {"color": colour, "size": 8, "symbol": _MARKS[name]},
        "hovertemplate": f"{name} %{{y}} of {HIGHEST[name]}, %{{x|%-d %b %Y}}<extra></extra>",
        "cliponaxis": False,
    }


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
