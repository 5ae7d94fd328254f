"""The measures of the body map over time as a plain Plotly dict: one panel a measure on one time axis.

Steps without a map are hatched and no line is drawn through them. Built like the timeline, for the same reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days, Period
from clinical.spread import SpreadCourse
from dashboard.charts import time_axis
from dashboard.charts.labels import beside
from dashboard.charts.wire import ready
from dashboard.services.timeline import runs
from dashboard.theme import PAIN_RAMP, Ground, ground

DAY_MS = 86_400_000
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 6, 20, 132, 8
PANEL, TALL, GAP = 42, 64, 9
COLUMN_SHARE = 0.75

Trace = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class RegionLine:
    """The pain of chosen regions: daily value or median of the step, and its 7-day median; `name` is plain text."""

    name: str
    pain: Days
    median: Days


@dataclass(frozen=True, slots=True)
class Line:
    """One series of a panel: which measure, how it is said and drawn."""

    measure: str
    said: str
    colour: str  # a field of Ground
    dash: str = "solid"


@dataclass(frozen=True, slots=True)
class Panel:
    """One strip of the chart; `low` and `high` of its axis (high 0: from the data), `ticks` with their words."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    columns: bool = False
    low: float = 0.0
    high: float = 0.0
    ticks: tuple[tuple[float, str], ...] = ()


PANELS = (
    Panel("Regions", "of 74", (Line("regions", "%{y:.1f} regions in pain", "spread"),), columns=True),
    Panel("Area", "% of the figure", (Line("area", "%{y:.1f} % of the figure", "ink"),)),
    Panel(
        "Intensity", "mean, 0–10", (Line("mean_intensity", "mean intensity %{y:.1f}", "worse"),),
        high=10.6, ticks=((0, "0"), (5, "5"), (10, "10")),
    ),
    Panel("Summed", "intensities added", (Line("summed_intensity", "summed intensity %{y:.0f}", "worse"),)),
    Panel(
        "Side", "index", (Line("laterality", "laterality index %{y:+.2f}", "stress"),),
        low=-1.15, high=1.15, ticks=((-1, "right"), (0, "0"), (1, "left")),
    ),
    Panel(
        "Waist", "— above ┄ below",
        (
            Line("above_waist", "%{y:.1f} regions above the waist", "sleep"),
            Line("below_waist", "%{y:.1f} below it", "ink", "dot"),
        ),
    ),
    Panel(
        "Axial, limb", "— axial ┄ limb",
        (Line("axial", "%{y:.1f} axial regions", "sleep"), Line("limb", "%{y:.1f} limb regions", "ink", "dot")),
    ),
    Panel(
        "Widespread", "% of map days", (Line("widespread", "widespread on %{y:.0f} % of map days", "medicine"),),
        columns=True, high=106, ticks=((0, "0"), (100, "100")),
    ),
)  # fmt: skip
"""Top to bottom. Two lines of a panel are told apart by their dash, never by colour alone."""


def height(region: bool) -> int:
    """Pixels of the whole figure, with or without the panel of chosen regions."""
    panels = len(PANELS) * PANEL + (len(PANELS) - 1) * GAP + (TALL + GAP) * region
    return panels + MARGIN_TOP + MARGIN_BOTTOM


def figure(course: SpreadCourse, period: Period, dark: bool, region: RegionLine | None = None) -> dict[str, Any]:
    """The measures as a Plotly figure (dict) for the light or the dark ground; with a panel for chosen regions."""
    colours = ground(dark)
    places = _places(region is not None)
    traces = [_gaps(course, colours)]
    first = course.first_day[0].astype(date)
    days = time_axis.time_axis(first, period.end, course.step_days, colours)
    axes: dict[str, Any] = {"xaxis": days, "yaxis": time_axis.hidden()}
    labels = []
    if region is not None:
        traces += _region(course, region, colours)
        axes["yaxis2"] = _axis(places[0], -0.6, 10.6, ((0, "0"), (5, "5"), (10, "10")), colours)
        labels.append(_label(places[0], "Pain here", "worst of the selected", colours))
    for place, panel in zip(places[region is not None :], PANELS, strict=True):
        number = places.index(place) + 2
        traces += _drawn(course, panel, f"y{number}", colours)
        low, high, ticks = _scale(course, panel)
        axes[f"yaxis{number}"] = _axis(place, low, high, ticks, colours)
        labels.append(_label(place, panel.title, panel.unit, colours))
    return ready(traces, {**_frame(region is not None, colours), **axes, "annotations": labels})


def _places(region: bool) -> list[tuple[float, float]]:
    """Bottom and top of each panel, as fractions of the plot, top to bottom."""
    tall = [TALL] * region + [PANEL] * len(PANELS)
    plot = sum(tall) + GAP * (len(tall) - 1)
    places, top = [], float(plot)
    for pixels in tall:
        places.append((max(top - pixels, 0) / plot, top / plot))
        top -= pixels + GAP
    return places


def _drawn(course: SpreadCourse, panel: Panel, axis: str, colours: Ground) -> list[Trace]:
    if panel.columns:
        line = panel.lines[0]
        values = getattr(course, line.measure)
        return [_columns(course, axis, values, getattr(colours, line.colour)), _said(course, axis, values, line.said)]
    found = []
    for line in panel.lines:
        values, colour = getattr(course, line.measure), getattr(colours, line.colour)
        found.append(_line(course, axis, values, colour, line.said, line.dash))
        found += _lone(course, axis, values, colour)
    return found


def _region(course: SpreadCourse, region: RegionLine, colours: Ground) -> list[Trace]:
    line = {**_series(course, "y2", region.pain if course.step_days > 1 else region.median), "mode": "lines"}
    known = np.flatnonzero(np.isfinite(region.pain))
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": _first_ms(course) + known * float(DAY_MS * course.step_days),
        "y": region.pain[known],
        "xaxis": "x",
        "yaxis": "y2",
        "marker": {
            "size": 5,
            "color": np.floor(region.pain[known] + np.float32(0.5)),  # the colour of the number that is shown
            "cmin": -0.5,
            "cmax": 10.5,
            "colorscale": _ramp(colours),
            "line": {"width": 0.75, "color": colours.muted},
        },
        "hovertemplate": "pain here %{y:.1f}<extra></extra>",
        **_UNDIMMED,
    }
    return [{**line, "line": {"width": 1.25, "color": colours.ink}, "hoverinfo": "skip"}, dots]


def _ramp(colours: Ground) -> list[tuple[float, str]]:
    """The pain ramp in eleven flat steps; 0 is drawn hollow."""
    steps = (colours.background, *PAIN_RAMP[1:])
    return [(edge / 11, colour) for i, colour in enumerate(steps) for edge in (i, i + 1)]


def _first_ms(course: SpreadCourse) -> float:
    """The middle of the first step, in milliseconds since 1970."""
    first = int(course.first_day[0].astype(np.int64))
    return (first + (course.step_days - 1) / 2) * DAY_MS


def _series(course: SpreadCourse, axis: str, values: Days) -> Trace:
    return {
        "type": "scatter",
        "x0": str(np.datetime64(int(_first_ms(course)), "ms")),
        "dx": DAY_MS * course.step_days,
        "y": values,
        "xaxis": "x",
        "yaxis": axis,
        "connectgaps": False,
        **_UNDIMMED,
    }


_UNDIMMED = {"unselected": {"marker": {"opacity": 1}}}
"""A click changes nothing here; nothing in the chart fades."""


def _line(course: SpreadCourse, axis: str, values: Days, colour: str, says: str, dash: str) -> Trace:
    return {
        **_series(course, axis, values),
        "mode": "lines",
        "line": {"width": 1.5, "dash": dash, "color": colour},
        "customdata": course.days_with_map,
        "hovertemplate": f"{says}<extra></extra>",
    }


def _lone(course: SpreadCourse, axis: str, values: Days, colour: str) -> list[Trace]:
    """Dots for values between two gaps, where a line alone would not show them."""
    known = np.isfinite(values)
    beside = np.concatenate(([False], known[:-1])) | np.concatenate((known[1:], [False]))
    lone = np.flatnonzero(known & ~beside)
    if not lone.size:
        return []
    x = _first_ms(course) + lone * float(DAY_MS * course.step_days)
    marker = {"size": 4, "color": colour, "line": {"width": 0}}
    dots = {"type": "scatter", "mode": "markers", "x": x, "y": values[lone], "xaxis": "x", "yaxis": axis}
    return [{**dots, "marker": marker, "hoverinfo": "skip", **_UNDIMMED}]


def _columns(course: SpreadCourse, axis: str, values: Days, colour: str) -> Trace:
    """All columns as one filled path: the browser styles a bar of Plotly's node by node, a path once."""
    steps = np.flatnonzero(np.isfinite(values) & (values != 0))
    middle = _first_ms(course) + steps * (DAY_MS * course.step_days)
    half = COLUMN_SHARE / 2 * DAY_MS * course.step_days
    left, right, gap = middle - half, middle + half, np.full(len(steps), np.nan)
    low, high = np.zeros(len(steps)), values[steps]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.column_stack([left, left, right, right, gap]).ravel(),
        "y": np.column_stack([low, high, high, low, gap]).ravel().astype(np.float32),
        "xaxis": "x",
        "yaxis": axis,
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _said(course: SpreadCourse, axis: str, values: Days, says: str) -> Trace:
    """What a column says when pointed at, with the days it rests on: a line that is not drawn."""
    rests = f", %{{customdata}} of {course.step_days} days with a map" if course.step_days > 1 else ""
    return {
        **_series(course, axis, values),
        "mode": "lines",
        "line": {"width": 0},
        "customdata": course.days_with_map,
        "hovertemplate": f"{says}{rests}<extra></extra>",
    }


def _gaps(course: SpreadCourse, colours: Ground) -> Trace:
    """Steps without a map, hatched over the whole height."""
    spans = runs(np.asarray(course.days_with_map == 0, np.bool_))
    return {
        "type": "bar",
        "x": np.array([_first_ms(course) + (a + b) / 2 * DAY_MS * course.step_days for a, b in spans], np.float64),
        "width": np.array([(b - a + 1) * DAY_MS * course.step_days for a, b in spans], np.float64),
        "y": np.ones(len(spans), np.float32),
        "marker": {
            "color": "rgba(0,0,0,0)",
            "pattern": {"shape": "/", "fgcolor": colours.hatch, "size": 6, "solidity": 0.12},
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
    }


def _scale(course: SpreadCourse, panel: Panel) -> tuple[float, float, Sequence[tuple[float, str]]]:
    if panel.high:
        return panel.low, panel.high, panel.ticks
    most = max(_most(getattr(course, line.measure)) for line in panel.lines)
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if one * 5 >= most)
    top = max(step, int(np.ceil(most / step)) * step)
    return 0.0, 1.06 * top, ((0, "0"), (top, str(top)))


def _most(values: NDArray[np.float32]) -> float:
    known = values[np.isfinite(values)]
    return float(known.max()) if known.size else 0.0


def _axis(
    place: tuple[float, float], low: float, high: float, ticks: Sequence[tuple[float, str]], colours: Ground
) -> dict[str, Any]:
    return {
        "domain": list(place),
        "range": [low, high],
        "fixedrange": True,
        "tickvals": [value for value, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "tickfont": {"size": 10, "color": colours.muted},
        "gridcolor": colours.grid,
        "zeroline": False,
        "ticks": "",
    }


def _label(place: tuple[float, float], title: str, unit: str, colours: Ground) -> dict[str, Any]:
    markup = f"<b>{title}</b><br><span style='color:{colours.muted};font-size:10px'>{unit}</span>"
    return beside(markup, place[1], margin=MARGIN_LEFT, rise=4, colours=colours)


def _frame(region: bool, colours: Ground) -> dict[str, Any]:
    margins = (MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM)
    return {**time_axis.frame(height(region), *margins, colours), "bargap": 0}
