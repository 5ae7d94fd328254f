"""Questionnaire scores over time as a plain Plotly dict: one panel each on one time axis, its bands as ground.

Bands are shades of one neutral, darker is worse, and are named at their right: no colour of pain stands for them.
Built like the timeline, for the same reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from textwrap import wrap
from typing import Any

from clinical.diary import Period
from dashboard.charts import time_axis
from dashboard.charts.labels import beside, plain
from dashboard.charts.wire import ready
from dashboard.theme import Ground, ground

MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 8, 20, 114, 104
SHORTEST, TALLEST, ALL, GAP = 58, 104, 430, 14
"""Pixels of a panel: few of them share the room that many would take."""
LETTER_PIXELS = 10.5
"""Height that the name of a band takes."""
LETTERS_IN_PLOT, LINE_PIXELS, FREE_OF_BAR = 19, 14, 16
"""Letters of a line and its height where there is no point, and how far it stands from the bar before the plot."""
PALEST, DARKEST = 0.03, 0.26
"""Opacity of the ground of the best and of the worst band."""
DAY_MS = 86_400_000
ROOM_BEFORE = 0.06
"""Share of the period that stands before its first day."""
EDGE = 0.15
"""Share of a scale or of the period near an end, where a number would leave the plot."""
LETTERS_BESIDE = 15
"""Letters of a title that stand in one line beside the plot."""
MOST_TICKS = 4
"""The plot is narrow, and very narrow on a telephone."""

Trace = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GroundBand:
    """One band of a scale: from and to, its name, and how bad it is, 0 to 1."""

    low: float
    high: float
    name: str
    badness: float


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One score on its day, as drawn; `said` when pointed at."""

    day: date
    value: float
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A day on which it was answered with gaps, so that there is no number; `said` when pointed at."""

    day: date
    said: str


@dataclass(frozen=True, slots=True)
class ScorePanel:
    """One questionnaire: the ends of its scale, what stands beside it, its points in the period, oldest first.

    `important` are differences on this scale that a source calls important, in the order they are used; `nothing`
    says why there is no point; `incomplete` are days without a number.
    """

    title: str
    lines: tuple[str, ...]
    low: float
    high: float
    bands: tuple[GroundBand, ...]
    points: tuple[ScorePoint, ...]
    important: tuple[float, ...]
    nothing: str
    incomplete: tuple[Incomplete, ...] = ()


def tall(panels: int) -> int:
    """Pixels of each of so many panels."""
    return min(max(ALL // max(panels, 1) - GAP, SHORTEST), TALLEST)


def height(panels: int) -> int:
    """Pixels of a figure with so many panels."""
    return panels * tall(panels) + (panels - 1) * GAP + MARGIN_TOP + MARGIN_BOTTOM


def figure(panels: Sequence[ScorePanel], period: Period, dark: bool) -> dict[str, Any]:
    """The panels as a Plotly figure (dict) for the light or the dark ground."""
    colours = ground(dark)
    axes: dict[str, Any] = {
        "xaxis": _days(period, colours),
        "yaxis": time_axis.hidden(),
    }
    traces: list[Trace] = []
    labels: list[dict[str, Any]] = []
    for number, (panel, place) in enumerate(zip(panels, _places(len(panels)), strict=True), 2):
        axes[f"yaxis{number}"] = _axis(panel, place, colours)
        traces += [_ground(panel, period, f"y{number}", colours), *_important(panel, period, f"y{number}", colours)]
        traces += _gaps(panel, f"y{number}", colours)
        traces.append(_scores(panel, period, f"y{number}", colours))
        labels += [_title(panel, place, colours), *_nothing(panel, place, colours)]
        labels += _band_names(panel, place, tall(len(panels)), colours)
    margins = (MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM)
    layout = {**time_axis.frame(height(len(panels)), *margins, colours), "hovermode": "closest", "barmode": "overlay"}
    return ready(traces, {**layout, **axes, "annotations": labels})


def _days(period: Period, colours: Ground) -> dict[str, Any]:
    """The axis of days, with room before the first one for the bar of the important difference."""
    axis = time_axis.time_axis(period.start, period.end, 1, colours)
    morning = _morning(period) - timedelta(days=period.days * ROOM_BEFORE)
    return {**axis, "range": [morning.isoformat(timespec="minutes"), axis["range"][1]], "nticks": MOST_TICKS}


def _morning(period: Period) -> datetime:
    return datetime.combine(period.start, time()) - timedelta(hours=12)


def _places(count: int) -> list[tuple[float, float]]:
    """Bottom and top of each panel, as fractions of the plot, top to bottom."""
    each = tall(count)
    plot = count * each + (count - 1) * GAP
    tops = (plot - i * (each + GAP) for i in range(count))
    return [(max(top - each, 0) / plot, top / plot) for top in tops]


def _axis(panel: ScorePanel, place: tuple[float, float], colours: Ground) -> dict[str, Any]:
    return {
        "domain": list(place),
        "range": [panel.low, panel.high],
        "fixedrange": True,
        "tickvals": [panel.low, panel.high],
        "tickfont": {"size": 9.5, "color": colours.muted},
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _ground(panel: ScorePanel, period: Period, axis: str, colours: Ground) -> Trace:
    """The bands as bars over the whole period; one pale bar where a questionnaire has none."""
    bands = panel.bands or (GroundBand(panel.low, panel.high, "", 0.0),)
    middle = datetime.combine(period.start, time()) + (period.end - period.start) / 2
    shades = [PALEST + band.badness * (DARKEST - PALEST) for band in bands]
    return {
        "type": "bar",
        "x": [middle.isoformat()] * len(bands),
        "width": [period.days * DAY_MS] * len(bands),
        "base": [band.low for band in bands],
        "y": [band.high - band.low for band in bands],
        "yaxis": axis,
        "xaxis": "x",
        "marker": {"color": colours.muted, "opacity": shades, "line": {"width": 0}},
        "unselected": {"marker": {}},
        "hoverinfo": "skip",
    }


def _important(panel: ScorePanel, period: Period, axis: str, colours: Ground) -> list[Trace]:
    """Each important difference as an upright bar of that length before the first day: to lay on two points."""
    middle = (panel.low + panel.high) / 2
    place = _morning(period) - timedelta(days=period.days * ROOM_BEFORE / 2)
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [place.isoformat(timespec="minutes")] * 2,
            "y": [middle - each / 2, middle + each / 2],
            "yaxis": axis,
            "xaxis": "x",
            "line": {"width": 1.5, "color": colours.accent},
            "marker": {"symbol": "line-ew", "size": 5, "line": {"width": 1.5, "color": colours.accent}},
            "unselected": {"marker": {"opacity": 1}},
            "hovertemplate": f"important difference: {each:g}<extra></extra>",
        }
        for each in panel.important
    ]


def _gaps(panel: ScorePanel, axis: str, colours: Ground) -> list[Trace]:
    """Each day answered with gaps as a dotted line over the whole scale: it stands at no height of its own."""
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [each.day.isoformat()] * 2,
            "y": [panel.low, panel.high],
            "yaxis": axis,
            "xaxis": "x",
            "line": {"width": 1.5, "dash": "dot", "color": colours.ink},
            "hovertemplate": f"{plain(each.said)}<extra></extra>",
        }
        for each in panel.incomplete
    ]


def _scores(panel: ScorePanel, period: Period, axis: str, colours: Ground) -> Trace:
    last = len(panel.points) - 1
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [point.day.isoformat() for point in panel.points],
        "y": [point.value for point in panel.points],
        "yaxis": axis,
        "xaxis": "x",
        "text": [plain(point.label) if place == last else "" for place, point in enumerate(panel.points)],
        "textposition": _beside(panel, period),
        "textfont": {"size": 11.5, "color": colours.ink, "weight": 650},
        "line": {"width": 1.25, "color": colours.ink},
        "marker": {
            "size": [9 if place == last else 6 for place in range(len(panel.points))],
            "color": colours.ink,
            "line": {"width": 1.5, "color": colours.background},
        },
        "customdata": [plain(point.said) for point in panel.points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
    }


def _beside(panel: ScorePanel, period: Period) -> str:
    """Where the last number stands: inside the plot, on the side that the line from the one before leaves free."""
    if not panel.points:
        return "top left"
    last, edge = panel.points[-1], EDGE * (panel.high - panel.low)
    falls = len(panel.points) > 1 and panel.points[-2].value > last.value
    below = last.value > panel.high - edge or (falls and last.value > panel.low + edge)
    first_days = (last.day - period.start).days < EDGE * period.days
    return f"{'bottom' if below else 'top'} {'right' if first_days else 'left'}"


def _title(panel: ScorePanel, place: tuple[float, float], colours: Ground) -> dict[str, Any]:
    small = f"color:{colours.muted};font-size:10px"
    title = "<br>".join(plain(line) for line in wrap(panel.title, LETTERS_BESIDE))
    below = "".join(f"<br><span style='{small}'>{plain(line)}</span>" for line in panel.lines)
    markup = f"<b>{title}</b>{below}"
    return beside(markup, place[1], margin=MARGIN_LEFT, rise=6, colours=colours)


def _band_names(panel: ScorePanel, place: tuple[float, float], pixels: int, colours: Ground) -> list[dict[str, Any]]:
    """The name of every band at its middle; names of narrow ones move apart as far as letters need."""
    scale = panel.high - panel.low
    middles = [((band.low + band.high) / 2 - panel.low) / scale * pixels for band in panel.bands]
    apart = _apart(middles, min(LETTER_PIXELS, pixels / max(len(middles), 1)), pixels)
    heights = [place[0] + each / pixels * (place[1] - place[0]) for each in apart]
    return [_word(band.name, 1, y, colours, xshift=8) for band, y in zip(panel.bands, heights, strict=True)]


def _apart(middles: Sequence[float], least: float, pixels: int) -> list[float]:
    """Heights in rising order, at least so many pixels from each other and from both ends of the panel."""
    found: list[float] = []
    for each in middles:
        found.append(max(each, found[-1] + least if found else least / 2))
    highest = pixels - least / 2
    for place in reversed(range(len(found))):
        found[place] = min(found[place], highest)
        highest = found[place] - least
    return found


def _nothing(panel: ScorePanel, place: tuple[float, float], colours: Ground) -> list[dict[str, Any]]:
    """Why there is no point, in lines as short as the plot is narrow, each a label of its own."""
    if panel.points:
        return []
    lines = wrap(panel.nothing, LETTERS_IN_PLOT)
    middle, step = (place[0] + place[1]) / 2, LINE_PIXELS
    shifts = [((len(lines) - 1) / 2 - number) * step for number in range(len(lines))]
    words = [_word(line, 0, middle, colours, xshift=FREE_OF_BAR, size=11) for line in lines]
    return [{**word, "yshift": shift} for word, shift in zip(words, shifts, strict=True)]


def _word(text: str, x: float, y: float, colours: Ground, *, xshift: int, size: float = 9.5) -> dict[str, Any]:
    return {
        "text": plain(text),
        "x": x,
        "xref": "paper",
        "xanchor": "left",
        "xshift": xshift,
        "y": y,
        "yref": "paper",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": size, "color": colours.muted},
    }
