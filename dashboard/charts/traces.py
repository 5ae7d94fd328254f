"""The traces of the timeline: what each panel draws."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days
from dashboard.charts.labels import PlacedMarker, flare_labels, plain
from dashboard.charts.panels import PLOT_WIDTH, Panels
from dashboard.services.timeline import SHORT_NIGHT, Timeline
from dashboard.theme import PAIN_RAMP, Ground

DAY_MS = 86_400_000
COLUMN_SHARE = 0.75
"""Width of a column as a share of its step."""
PALE = 0.45
BELOW_MARKER = 0.47
"""Rows of events between the middle of a marker and the line over its days."""
MOST_LINES = 24
"""Vertical lines for events; with more of them only the markers are drawn."""
SYMBOLS = {
    "visit": "circle",
    "treatment_start": "triangle-up",
    "treatment_stop": "triangle-down",
    "note": "square",
    "shift": "hourglass",
}

Trace = dict[str, Any]


def all_of(view: Timeline, place: Panels, markers: Sequence[PlacedMarker], colours: Ground) -> list[Trace]:
    """Every trace, ground first."""
    found = [*ground_traces(view, markers, colours), *pain_traces(view, place, colours)]
    if "spread" in place:
        found += _columns(view, place["spread"].axis, view.series["spread"], colours.spread, _SPREAD)
    if "sleep" in place:
        found += _sleep(view, place["sleep"].axis, colours)
    if "quality" in place:
        found += _line(view, place["quality"].axis, "sleep_quality", colours.sleep)
    if "stress" in place:
        found += _line(view, place["stress"].axis, "stress", colours.stress)
        found += _line(view, place["stress"].axis, "fatigue", colours.muted, "dot")
    if "stiffness" in place:
        stiff = view.series["stiffness_minutes"]
        found += _columns(view, place["stiffness"].axis, stiff, colours.spread, _STIFFNESS)
    if "lanes" in place:
        found += _lanes(view, place["lanes"].axis, colours)
    if "events" in place:
        found += _events(place["events"].axis, markers, colours)
    return [{"unselected": _UNDIMMED.get(trace.get("mode", ""), _UNDIMMED["markers"]), **trace} for trace in found]


_UNDIMMED: dict[str, Trace] = {"markers": {"marker": {"opacity": 1}}, "text": {}, "lines": {}}
"""A clicked day is told in words below; nothing in the chart fades."""


_SPREAD = "%{y:.0f} regions in pain"
_STIFFNESS = "stiff for %{y:.0f} minutes"


def _series(view: Timeline, axis: str, values: Days) -> Trace:
    """What every trace along the time axis shares; a grouped value stands in the middle of its step."""
    first = datetime.combine(view.start, time()) + timedelta(days=(view.step_days - 1) / 2)
    return {
        "x0": first.isoformat(),
        "dx": DAY_MS * view.step_days,
        "y": values,
        "yaxis": axis,
        "xaxis": "x",
        "connectgaps": False,
    }


def _columns(view: Timeline, axis: str, values: Days, colour: str, says: str) -> list[Trace]:
    """Columns from zero, and what they say when pointed at."""
    return [outlined(view, axis, values, colour), pointed_at(view, axis, values, says)]


def outlined(view: Timeline, axis: str, heights: Days, colour: str, floor: float = 0.0) -> Trace:
    """All columns as one filled path: the browser styles a bar of Plotly's node by node, a path once."""
    steps = np.flatnonzero(np.isfinite(heights) & (heights != 0))
    middle = _first_ms(view) + steps * (DAY_MS * view.step_days)
    half = COLUMN_SHARE / 2 * DAY_MS * view.step_days
    left, right, gap = middle - half, middle + half, np.full(len(steps), np.nan)
    low, high = np.full(len(steps), floor), floor + heights[steps]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.column_stack([left, left, right, right, gap]).ravel(),
        "y": np.column_stack([low, high, high, low, gap]).ravel().astype(np.float32),
        "yaxis": axis,
        "xaxis": "x",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def pointed_at(view: Timeline, axis: str, values: Days, says: str, **more: Any) -> Trace:
    """What a column says when pointed at: a line that is not drawn, one point a step."""
    return {
        **_series(view, axis, values),
        "type": "scatter",
        "mode": "lines",
        "line": {"width": 0},
        "hovertemplate": says + "<extra></extra>",
        **more,
    }


def _first_ms(view: Timeline) -> float:
    """The middle of the first step, in milliseconds since 1970."""
    days = np.datetime64(view.start).astype("datetime64[D]").astype(np.int64) + (view.step_days - 1) / 2
    return float(days) * DAY_MS


def ground_traces(
    view: Timeline, markers: Sequence[PlacedMarker], colours: Ground, width: float = PLOT_WIDTH
) -> list[Trace]:
    """What every panel stands on: flare days shaded and named, days not logged hatched, lines of events."""
    return [
        span_bars([(s.start, s.end) for s in view.flares if s.kind != "shift"], {"color": colours.flare_tint}),
        _flare_names(view, colours, width),
        span_bars(
            [_days_of(view, first, last) for first, last in view.gaps()],
            {
                "color": "rgba(0,0,0,0)",
                "pattern": {"shape": "/", "fgcolor": colours.hatch, "size": 6, "solidity": 0.12},
            },
        ),
        _event_lines(markers, colours),
    ]


def _days_of(view: Timeline, first: int, last: int) -> tuple[date, date]:
    start = view.start + timedelta(days=first * view.step_days)
    return start, view.start + timedelta(days=(last + 1) * view.step_days - 1)


def span_bars(days: Sequence[tuple[date, date]], marker: dict[str, Any]) -> Trace:
    """Spans of days as one trace of bars over the whole height: far lighter than a shape for each."""
    return {
        "type": "bar",
        "x": [_middle(start, end) for start, end in days],
        "width": np.array([((end - start).days + 1) * DAY_MS for start, end in days], np.float64),
        "y": np.ones(len(days), np.float32),
        "marker": {**marker, "line": {"width": 0}},
        "hoverinfo": "skip",
    }


def _middle(start: date, end: date) -> str:
    return (datetime.combine(start, time()) + (end - start) / 2).isoformat()


def _at(view: Timeline, pixel: float, width: float = PLOT_WIDTH) -> str:
    """The instant that stands on that pixel of a plot of that width."""
    days = pixel / width * len(view) * view.step_days - 0.5
    return (datetime.combine(view.start, time()) + timedelta(days=days)).isoformat(timespec="minutes")


def _flare_names(view: Timeline, colours: Ground, width: float) -> Trace:
    spans = [s for s in view.flares if s.kind != "shift"]
    placed = flare_labels(view, spans, width)
    edges = {"left": 0.0, "right": width}
    sides = {"left": "top right", "right": "top left"}  # Plotly says on which side of its point a text stands
    return {
        "type": "scatter",
        "mode": "text",
        "x": [_at(view, edges.get(label.ends, label.middle), width) for label in placed],
        "y": np.ones(len(spans), np.float32),
        "text": [label.text for label in placed],
        "textposition": [sides.get(label.ends, "top center") for label in placed],
        "textfont": {"size": 11, "color": colours.worse, "weight": 600},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _event_lines(markers: Sequence[PlacedMarker], colours: Ground) -> Trace:
    drawn = markers if len(markers) <= MOST_LINES else ()
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day for placed in drawn for day in (placed.marker.day.isoformat(),) * 2 + (None,)],
        "y": [level for _ in drawn for level in (0, 1, None)],
        "line": {"width": 1, "dash": "1px,3px", "color": colours.event},
        "hoverinfo": "skip",
    }


def pain_traces(view: Timeline, place: Panels, colours: Ground) -> list[Trace]:
    """Pain as dots in the colours of the ramp, and the line through their median."""
    axis = place["pain"].axis
    grouped = f"median pain %{{y:.1f}}, %{{customdata}} of {view.step_days} days logged"
    says = grouped if view.grouped else "pain %{y:.1f}"
    dots = {
        **_series(view, axis, view.pain),
        "type": "scatter",
        "mode": "markers",
        "marker": {
            "size": 4 if view.grouped else 6 if len(view) < 200 else 4.5,
            "color": np.floor(np.nan_to_num(view.pain) + np.float32(0.5)),  # the colour of the number that is shown
            "cmin": -0.5,
            "cmax": 10.5,
            "colorscale": _ramp(colours),
            "line": {"width": 0.75, "color": colours.muted},
        },
        "customdata": view.logged,
        "hovertemplate": says + "<extra></extra>",
    }
    line = {
        **_series(view, axis, view.pain if view.grouped else view.pain_median),
        "type": "scatter",
        "mode": "lines",
        "line": {"width": 1 if view.grouped else 1.75, "color": colours.ink},
        "hovertemplate": "7-day median %{y:.1f}<extra></extra>",
    }
    if view.grouped:
        line = {**line, "hoverinfo": "skip", "hovertemplate": ""}
    return [{**dots, "zorder": 1}, line]


def _ramp(colours: Ground) -> list[tuple[float, str]]:
    """The pain ramp in eleven flat steps; 0 is drawn hollow."""
    steps = (colours.background, *PAIN_RAMP[1:])
    return [(edge / 11, colour) for i, colour in enumerate(steps) for edge in (i, i + 1)]


def _sleep(view: Timeline, axis: str, colours: Ground) -> list[Trace]:
    hours = view.series["sleep_hours"]
    short = hours < SHORT_NIGHT
    return [
        outlined(view, axis, np.where(short, np.nan, hours), colours.sleep),
        outlined(view, axis, np.where(short, hours, np.nan), colours.sleep_short),
        pointed_at(view, axis, hours, "slept %{y:.1f} h"),
    ]


def _line(view: Timeline, axis: str, series: str, colour: str, dash: str = "solid") -> list[Trace]:
    values = view.series[series]
    line = {
        **_series(view, axis, values),
        "type": "scatter",
        "mode": "lines",
        "line": {"width": 1.5, "dash": dash, "color": colour},
        "hovertemplate": f"{series.replace('_', ' ')} %{{y:.1f}}<extra></extra>",
    }
    lone = np.flatnonzero(_alone(values))
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": _first_ms(view) + lone * float(DAY_MS * view.step_days),
        "y": values[lone],
        "yaxis": axis,
        "xaxis": "x",
        "marker": {"size": 4, "color": colour, "line": {"width": 0}},
        "hoverinfo": "skip",
    }
    return [line, dots] if lone.size else [line]


def _alone(values: Days) -> NDArray[np.bool_]:
    """Which values stand between two gaps, where a line alone would not show them."""
    known = np.isfinite(values)
    beside = np.concatenate(([False], known[:-1])) | np.concatenate((known[1:], [False]))
    alone: NDArray[np.bool_] = known & ~beside
    return alone


def _lanes(view: Timeline, axis: str, colours: Ground) -> list[Trace]:
    found = []
    for row, lane in enumerate(view.lanes):
        floor = len(view.lanes) - row - 0.9
        if lane.spans:
            found.append(_prescribed(lane.spans, axis, floor, colours))
        if np.isfinite(lane.taken).any():
            found += _taken(view, row, axis, floor, colours)
    return found


def _prescribed(spans: Sequence[tuple[date, date, float]], axis: str, floor: float, colours: Ground) -> Trace:
    """Prescribed days as pale bars whose height is the dose."""
    return {
        **span_bars([(start, end) for start, end, _ in spans], {"color": colours.medicine, "opacity": PALE}),
        "y": np.array([0.75 * share for *_, share in spans], np.float32),
        "base": floor,
        "yaxis": axis,
        "unselected": {"marker": {"opacity": PALE}},
    }


def _taken(view: Timeline, row: int, axis: str, floor: float, colours: Ground) -> list[Trace]:
    lane = view.lanes[row]
    most = float(np.nanmax(lane.taken)) or 1.0
    unit = f"days of {view.step_days} taken" if view.grouped and lane.as_needed else lane.dose.partition(" ")[2]
    heights = np.where(lane.taken > 0, 0.75 * lane.taken / most, np.nan).astype(np.float32)
    says = f"{plain(lane.medicine)} %{{customdata:.4~g}} {plain(unit)}".rstrip()
    colour = colours.rescue if lane.as_needed else colours.medicine
    return [
        outlined(view, axis, heights, colour, floor),
        pointed_at(view, axis, floor + heights, says, customdata=lane.taken),
    ]


def _events(axis: str, markers: Sequence[PlacedMarker], colours: Ground) -> list[Trace]:
    lasting = [placed for placed in markers if placed.marker.end is not None]
    return [
        *([_lasting(axis, lasting, colours)] if lasting else []),
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [placed.marker.day.isoformat() for placed in markers],
            "y": [-placed.row for placed in markers],
            "yaxis": axis,
            "text": [_event_text(placed) for placed in markers],
            "textposition": ["middle left" if placed.before else "middle right" for placed in markers],
            "textfont": {"size": 10.5, "color": colours.event},
            "marker": {
                "size": 7,
                "color": colours.event,
                "symbol": [SYMBOLS.get(placed.marker.kind, "diamond") for placed in markers],
            },
            "customdata": [plain(placed.marker.detail or placed.marker.label) for placed in markers],
            "hovertemplate": "%{customdata}<extra></extra>",
            "cliponaxis": False,
            "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.event}},
        },
    ]


def _lasting(axis: str, markers: Sequence[PlacedMarker], colours: Ground) -> Trace:
    """A line below each marker over the days it is about."""
    days = ((placed.marker.day, placed.marker.end, -placed.row - BELOW_MARKER) for placed in markers)
    lines = [(x, level) for start, end, level in days if end for x in (start.isoformat(), end.isoformat(), None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _ in lines],
        "y": [level if x else None for x, level in lines],
        "xaxis": "x",
        "yaxis": axis,
        "line": {"width": 2, "color": colours.event},
        "hoverinfo": "skip",
    }


def _event_text(placed: PlacedMarker) -> str:
    return plain(placed.text)
