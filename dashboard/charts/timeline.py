"""The aligned time series as a plain Plotly dict: one time axis, every panel on it, gaps hatched and never bridged.

Built without `make_subplots` and with as few shapes and annotations as possible: Streamlit validates every one of
them. Days go as `x0`/`dx` with rounded numbers, so ten years weigh a few kilobytes.
"""

from typing import Any

import numpy as np

from dashboard.charts import labels, panels, time_axis, traces
from dashboard.charts.panels import MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, PLOT_WIDTH, Panel, Panels
from dashboard.charts.time_axis import hidden
from dashboard.charts.wire import ready
from dashboard.services.timeline import SHORT_NIGHT, Timeline
from dashboard.theme import DARK, LIGHT, Ground, ground

HEIGHT = 352
"""Pixels; fewer panels make the figure lower, not the pain panel endlessly tall."""

_RANGES = {"pain": (-0.4, 10.6), "sleep": (0.0, 11.0), "quality": (-0.6, 10.6), "stress": (-0.6, 10.6)}
_TICKS = {"pain": (0, 5, 10), "sleep": (5, 10), "quality": (5,), "stress": (5,)}
"""Small panels leave out 0 and 10: the labels of neighbours would touch."""


def figure(view: Timeline, dark: bool, height: int = HEIGHT, note: str = "") -> dict[str, Any]:
    """The timeline as a Plotly figure (dict), for the light or the dark ground; `note` is a line under the lanes."""
    colours = ground(dark)
    markers = labels.place_markers(view)
    rows = 1 + max((placed.row for placed in markers), default=-1)
    noted = bool(note and view.lanes)
    place = panels.arrange(view, height, rows, noted=noted)
    notes = [_note(note, place["lanes"], colours)] if noted else []
    layout = {
        **_frame(place.height, colours),
        **_axes(view, place, rows, colours),
        "annotations": [_panel_label(view, place[name], colours) for name in panels.present(view)] + notes,
        "shapes": _usual_range(view, place, colours),
    }
    return ready(traces.all_of(view, place, markers, colours), layout)


_DRAWN = {"barmode": "overlay", "bargap": 0.25, "clickmode": "event+select"}


def _frame(height: int, colours: Ground) -> dict[str, Any]:
    margins = (MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM)
    return {**time_axis.frame(height, *margins, colours), **_DRAWN}


def _axes(view: Timeline, place: Panels, rows: int, colours: Ground) -> dict[str, Any]:
    axes = {
        "xaxis": time_axis.time_axis(view.start, view.period.end, view.step_days, colours),
        "yaxis": hidden((place.data_bottom, 1.0)),
    }
    for name, panel in place.panels.items():
        if name == "events":
            axes[panel.layout_key] = hidden((panel.bottom, panel.top), (-rows + 0.5, 0.5))
        elif name == "lanes":
            axes[panel.layout_key] = _lane_axis(view, panel, colours)
        else:
            axes[panel.layout_key] = _value_axis(view, panel, colours)
    return axes


def _value_axis(view: Timeline, panel: Panel, colours: Ground) -> dict[str, Any]:
    low, high = _RANGES.get(panel.name) or (0.0, _ceiling(view, panel.name))
    ticks = _TICKS.get(panel.name) or (int(high / 1.06),)
    return {
        "domain": [panel.bottom, panel.top],
        "range": [low, high],
        "fixedrange": True,
        "tickvals": list(ticks),
        "tickfont": {"size": 10, "color": colours.muted},
        "gridcolor": colours.grid,
        "gridwidth": 1,
        "zeroline": False,
        "ticks": "",
    }


def _ceiling(view: Timeline, panel: str) -> float:
    """Top of a count axis: the largest value, rounded up so that its tick is a round number."""
    series = view.series["spread" if panel == "spread" else "stiffness_minutes"]
    step = 2 if panel == "spread" else 30
    return 1.06 * max(step, step * float(np.ceil(np.nanmax(series) / step)))


def _lane_axis(view: Timeline, panel: Panel, colours: Ground) -> dict[str, Any]:
    count = len(view.lanes)
    return {
        "domain": [panel.bottom, panel.top],
        "range": [0, count],
        "fixedrange": True,
        "tickvals": [count - i - 0.5 for i in range(count)],
        "ticktext": [labels.plain(labels.lane(lane)) for lane in view.lanes],
        "tickfont": {"size": 10, "color": colours.ink},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
    }


def _panel_label(view: Timeline, panel: Panel, colours: Ground) -> dict[str, Any]:
    name, unit, lines = _words(view, panel.name, colours)
    small = f"color:{colours.muted};font-size:10px"
    below = "".join(f"<br>{line}" for line in lines)
    markup = f"<b>{name}</b> <span style='{small}'>{unit}{below}</span>"
    return labels.beside(markup, panel.top, margin=MARGIN_LEFT, rise=5, colours=colours)


def _note(text: str, lanes: Panel, colours: Ground) -> dict[str, Any]:
    """The line under the lanes, over the whole width of the figure."""
    return {
        "text": labels.plain(labels.short(text, PLOT_WIDTH + MARGIN_LEFT)),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -MARGIN_LEFT,
        "y": lanes.bottom,
        "yref": "paper",
        "yanchor": "top",
        "yshift": 2,
        "showarrow": False,
        "font": {"size": 10, "color": colours.ink},
    }


def _words(view: Timeline, panel: str, colours: Ground) -> tuple[str, str, list[str]]:
    """Name of a panel, its unit, and further lines: lines, dashes and bars can be told apart without colour."""
    if panel == "pain":
        usual = [f"▒ usual {view.usual.low:.0f}–{view.usual.high:.0f}"] if view.usual else []
        line = [f"{view.step_words} median"] if view.grouped else ["daily", "— 7-day median"]
        return ("Pain here" if view.regions else "Pain"), "0–10", [*line, *usual]
    if panel == "stress":
        return "Stress", "— 0–10", ["┄ fatigue"] if view.has("fatigue") else []
    if panel == "sleep":
        return "Sleep", "hours", [f"{_SHORT[colours]}: under {SHORT_NIGHT:.0f}"]
    return (*_NAMES[panel], [])


_SHORT = {LIGHT: "dark", DARK: "pale"}
"""How a short night stands out from the others, on each ground."""
_NAMES = {"spread": ("Regions", "of 74"), "quality": ("Quality", "0–10"), "stiffness": ("Stiff", "minutes")}


def _usual_range(view: Timeline, place: Panels, colours: Ground) -> list[dict[str, Any]]:
    if view.usual is None:
        return []
    band = {
        "type": "rect",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": place["pain"].axis,
        "y0": view.usual.low,
        "y1": view.usual.high,
        "line": {"width": 0},
        "fillcolor": colours.usual_tint,
    }
    return [band]
