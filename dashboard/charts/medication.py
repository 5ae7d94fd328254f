"""Medicines over time as a plain Plotly dict: pain, a lane for each medicine, relief, and daily totals on one axis.

Each lane has two rows that never mix: above what was prescribed, below what was taken. Built like the timeline.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.charts import time_axis, traces
from dashboard.charts.labels import LETTER, beside, plain, short, width
from dashboard.charts.panels import Panel, Panels
from dashboard.charts.traces import DAY_MS, Trace
from dashboard.charts.wire import ready
from dashboard.services.medication_course import Course, Line, MedicineLane, Prescription, Total
from dashboard.theme import Ground, ground

MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 17, 20, 150, 8
PLOT = 540
"""Width in pixels that flares are named for: the plot beside the prompts on a screen 1366 wide."""
PAIN, LANE, RELIEF, TOTAL, GAP = 56, 21, 11, 44, 9
_ABOVE, _BELOW = (0.66, 0.9), (0.06, 0.56)
"""Bottom and top of the prescribed and of the taken row inside a lane one unit high."""
_PALE = 0.5


def figure(course: Course, lines: dict[str, tuple[Line, ...]], dark: bool) -> dict[str, Any]:
    """The course as a Plotly figure (dict); `lines` are the limits of each total by its panel's name."""
    colours = ground(dark)
    place = arrange(course)
    view = course.timeline
    drawn = [*traces.ground_traces(view, (), colours, PLOT), *traces.pain_traces(view, place, colours)]
    axes: dict[str, Any] = {
        "xaxis": time_axis.time_axis(view.start, view.period.end, view.step_days, colours),
        "yaxis": time_axis.hidden(),
        "yaxis2": _scale(place["pain"], -0.4, 10.6, (0, 5, 10), colours),
    }
    labels = [_label(place["pain"], "Pain", *_pain_words(course), colours=colours)]
    if "lanes" in place:
        axes[place["lanes"].layout_key] = _rows(place["lanes"], _names(course.lanes), colours)
        for row, lane in enumerate(course.lanes):
            drawn += _lane(course, lane, place["lanes"].axis, len(course.lanes) - row - 1, colours)
    if "relief" in place:
        names = [row.name for row in course.relief]
        axes[place["relief"].layout_key] = _rows(place["relief"], names, colours)
        drawn += _relief(course, place["relief"].axis, colours)
    for name, total in _totals(course):
        if name in place:
            drawn += _total(course, name, total, lines.get(name, ()), place[name], colours)
            low, high = 0.0, _top(total, lines.get(name, ()))
            ticks = tuple(line.value for line in lines.get(name, ()) if line.value <= high) or (_tick(high),)
            axes[place[name].layout_key] = _scale(place[name], low, high, ticks, colours)
            labels.append(_total_label(name, lines.get(name, ()), high, place[name], colours))
    drawn = [{"unselected": {"marker": {"opacity": 1}} if "bar" not in t["type"] else {}, **t} for t in drawn]
    frame = time_axis.frame(place.height, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM, colours)
    return ready(drawn, {**frame, **axes, "barmode": "overlay", "bargap": 0.25, "annotations": labels})


def _totals(course: Course) -> tuple[tuple[str, Total], ...]:
    return (("paracetamol", course.paracetamol), ("mme", course.mme))


def arrange(course: Course) -> Panels:
    """Where the panels stand; a total nobody took anything of takes no room."""
    tall = [("pain", PAIN)]
    tall += [("lanes", LANE * len(course.lanes))] * bool(course.lanes)
    tall += [("relief", RELIEF * len(course.relief))] * bool(course.relief)
    tall += [(name, TOTAL) for name, total in _totals(course) if total.shown]
    plot = sum(pixels for _, pixels in tall) + GAP * (len(tall) - 1)
    panels, top = {}, float(plot)
    for number, (name, pixels) in enumerate(tall, 2):
        panels[name] = Panel(name, f"y{number}", max(top - pixels, 0) / plot, top / plot)
        top -= pixels + GAP
    return Panels(panels, plot + MARGIN_TOP + MARGIN_BOTTOM, 0.0)


def _lane(course: Course, lane: MedicineLane, axis: str, floor: int, colours: Ground) -> list[Trace]:
    found = [_prescribed(each, lane, axis, floor, colours) for each in lane.prescribed]
    if lane.days.any():
        found += (
            _ticks(course, lane, axis, floor, colours) if lane.as_needed else _taken(course, lane, axis, floor, colours)
        )
        found.append(_says(course, lane, axis, floor))
    return found


def _prescribed(each: Prescription, lane: MedicineLane, axis: str, floor: int, colours: Ground) -> Trace:
    """The days of a prescription as a bar whose height is its dose; an outline where the dose is not known."""
    low, high = _ABOVE
    height = (high - low) * (1.0 if each.share is None else max(each.share, 0.25))
    bar = traces.span_bars([(each.start, each.end)], {})
    marker: Trace = {"color": colours.accent, "opacity": _PALE if lane.as_needed else 1.0, "line": {"width": 0}}
    if each.share is None:
        marker = {"color": "rgba(0,0,0,0)", "line": {"width": 1, "color": colours.accent}}
    return {**bar, "marker": marker, "y": np.array([height], np.float32), "base": floor + low, "yaxis": axis}


def _taken(course: Course, lane: MedicineLane, axis: str, floor: int, colours: Ground) -> list[Trace]:
    """Days taken, as high as the day's total against the largest; days whose total is not known are drawn hollow."""
    low, high = _BELOW
    most = float(np.nanmax(lane.amount)) if np.isfinite(lane.amount).any() else 1.0
    heights = np.where(lane.days > 0, (high - low) * lane.amount / most, np.nan).astype(np.float32)
    unknown = np.where((lane.days > 0) & np.isnan(lane.amount), high - low, np.nan).astype(np.float32)
    filled = traces.outlined(course.timeline, axis, heights, colours.medicine, floor + low)
    hollow = traces.outlined(course.timeline, axis, unknown, "rgba(0,0,0,0)", floor + low)
    outline = {**hollow, "line": {"width": 1, "color": colours.medicine}}
    return [filled] + [outline] * bool(np.isfinite(unknown).any())


def _ticks(course: Course, lane: MedicineLane, axis: str, floor: int, colours: Ground) -> list[Trace]:
    """As-needed days as ticks; of a longer step as high as the share of its days."""
    low, high = _BELOW
    shares = np.where(lane.days > 0, (high - low) * lane.days / course.timeline.step_days, np.nan).astype(np.float32)
    return [traces.outlined(course.timeline, axis, shares, colours.rescue, floor + low)]


def _says(course: Course, lane: MedicineLane, axis: str, floor: int) -> Trace:
    """What a day of a lane says when pointed at."""
    amount = [f" {total:.4g} {plain(lane.unit)}" if total == total else "" for total in lane.amount.tolist()]
    view = course.timeline
    of = f"{{}} of {view.step_days} days{{}}" if view.grouped else "taken{1}"
    told = [
        of.format(days, (f", mean{text} a day" if view.grouped and text else text) or ", amount not wholly known")
        for days, text in zip(lane.days.tolist(), amount, strict=True)
    ]
    where = np.where(lane.days > 0, floor + _BELOW[1], np.nan).astype(np.float32)
    says = f"{plain(lane.medicine)}: %{{customdata}}"
    return traces.pointed_at(view, axis, where, says, customdata=told)


def _relief(course: Course, axis: str, colours: Ground) -> list[Trace]:
    found = []
    for row, used in enumerate(course.relief):
        floor = len(course.relief) - row - 1
        share = used.days / course.timeline.step_days
        heights = np.where(used.days > 0, 0.8 * np.maximum(share, 0.3), np.nan).astype(np.float32)
        found.append(traces.outlined(course.timeline, axis, heights, colours.better, floor + 0.1))
        where = np.where(used.days > 0, floor + 0.9, np.nan).astype(np.float32)
        of = f" %{{customdata}} of {course.timeline.step_days} days" if course.timeline.grouped else ""
        says = f"{plain(used.name)}{of}"
        found.append(traces.pointed_at(course.timeline, axis, where, says, customdata=used.days))
    return found


def _total(
    course: Course, name: str, total: Total, lines: tuple[Line, ...], panel: Panel, colours: Ground
) -> list[Trace]:
    """Columns of the total, days that could not be counted as crosses at the foot, and its limits across."""
    view, top = course.timeline, _top(total, lines)
    where = np.where(total.unknown > 0, np.float32(0.0), np.nan).astype(np.float32)
    columns = traces.outlined(view, panel.axis, total.highest, _COLOURS[name](colours))
    told = traces.pointed_at(view, panel.axis, total.highest, _SAYS[name])
    crosses = traces.pointed_at(view, panel.axis, where, _NOT_COUNTED, mode="markers")
    crosses |= {"marker": {"symbol": "x", "size": 5, "color": colours.alert}, "cliponaxis": False}
    drawn = [line for line in lines if line.value <= top]
    found = [columns, told, *([crosses] if total.unknown.any() else [])]
    return [*found, _limits(course, drawn, panel.axis, colours)] if drawn else found


def _limits(course: Course, lines: list[Line], axis: str, colours: Ground) -> Trace:
    """The limits as one broken line over the whole width."""
    first = np.datetime64(course.timeline.start).astype("datetime64[D]").astype(np.int64) * DAY_MS - DAY_MS // 2
    last = first + len(course.timeline) * course.timeline.step_days * DAY_MS
    ends: list[float | None] = [float(first), float(last), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": ends * len(lines),
        "y": [level for line in lines for level in (line.value, line.value, None)],
        "xaxis": "x",
        "yaxis": axis,
        "line": {"width": 1, "dash": "4px,3px", "color": colours.alert},
        "hoverinfo": "skip",
    }


def _top(total: Total, lines: tuple[Line, ...]) -> float:
    """Top of the axis: the largest value and the first limit always fit, the next one when it is near."""
    most = float(np.nanmax(total.highest)) if np.isfinite(total.highest).any() else 0.0
    near = [line.value for line in lines if line.value <= 2 * most] or [lines[0].value] if lines else []
    return 1.12 * max(most, *near, 1.0) if near else 1.12 * max(most, 1.0)


def _tick(high: float) -> float:
    """The largest round number that stands on the axis."""
    most = high / 1.12
    step = 10.0 ** np.floor(np.log10(most)) if most > 0 else 1.0
    return float(np.floor(most / step) * step)


def _names(lanes: Sequence[MedicineLane]) -> list[str]:
    """The medicines as the margin has room for: where the beginnings are the same, the ends are kept too."""
    most = MARGIN_LEFT - 22
    begun = [short(lane.medicine, most) for lane in lanes]
    return [
        plain(_both_ends(lane.medicine, most) if begun.count(name) > 1 else name)
        for lane, name in zip(lanes, begun, strict=True)
    ]


def _both_ends(name: str, most: float) -> str:
    """'Acetami…MG Oral Tablet': what tells two strengths of one medicine apart stands behind its name."""
    start, end = name, name
    while end and width(end) > 0.6 * most:
        end = end[1:]
    while start and width(start) + width(end) + LETTER > most:
        start = start[:-1]
    return f"{start.rstrip()}…{end.lstrip()}" if width(name) > most else name


def _rows(panel: Panel, names: list[str], colours: Ground) -> dict[str, Any]:
    count = len(names)
    return {
        "domain": [panel.bottom, panel.top],
        "range": [0, count],
        "fixedrange": True,
        "tickvals": [count - i - 0.5 for i in range(count)],
        "ticktext": names,
        "tickfont": {"size": 10.5, "color": colours.ink},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
    }


def _scale(panel: Panel, low: float, high: float, ticks: tuple[float, ...], colours: Ground) -> dict[str, Any]:
    return {
        "domain": [panel.bottom, panel.top],
        "range": [low, high],
        "fixedrange": True,
        "tickvals": list(ticks),
        "tickfont": {"size": 10, "color": colours.muted},
        "gridcolor": colours.grid,
        "zeroline": False,
        "ticks": "",
    }


def _pain_words(course: Course) -> tuple[str, list[str]]:
    view = course.timeline
    return "0–10", [f"{view.step_words} median"] if view.grouped else ["— 7-day median"]


def _total_label(name: str, lines: tuple[Line, ...], high: float, panel: Panel, colours: Ground) -> dict[str, Any]:
    title, unit = _NAMES[name]
    drawn = " · ".join(line.says for line in lines if line.value <= high)
    return _label(panel, title, "", [unit, *([f"┄ {drawn}"] if drawn else [])], colours=colours)


def _label(panel: Panel, title: str, unit: str, lines: list[str], *, colours: Ground) -> dict[str, Any]:
    small = f"color:{colours.muted};font-size:10px"
    below = "".join(f"<br>{plain(line)}" for line in lines)
    markup = f"<b>{title}</b><span style='{small}'> {unit}{below}</span>"
    return beside(markup, panel.top, margin=MARGIN_LEFT, rise=5, colours=colours)


_NAMES = {
    "paracetamol": ("Paracetamol taken", "g in 24 h"),
    "mme": ("Opioids taken", "MME a day"),
}
_SAYS = {
    "paracetamol": "paracetamol taken: %{y:.2~f} g in 24 h",
    "mme": "opioids taken: %{y:.4~g} MME a day",
}
_COLOURS = {
    "paracetamol": lambda colours: colours.rescue,
    "mme": lambda colours: colours.stress,
}
_NOT_COUNTED = "something taken that could not be counted"
