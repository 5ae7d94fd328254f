"""Labels that never touch each other or the data: shortened, moved to a free row, or left out (hover still tells)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Literal

from dashboard.charts.panels import PLOT_WIDTH
from dashboard.presenters.words import day
from dashboard.services.timeline import FlareSpan, Lane, Marker, Timeline
from dashboard.theme import Ground

LETTER = 5.6
"""Mean width in pixels of a letter at the size labels are set in."""
BOLD_LETTER = 6.6
CAPITAL = 1.3
WIDEST_MARKER = 165
MOST_ROWS = 2
"""Rows that hold labels; markers that find no room in them stand in one more."""
MOST_LABELLED = 30
MOST_LABELLED_FLARES = 12
"""With more of them a period is too long to read labels; hovering and the title still say what there is."""
WIDEST_IN_MARGIN = 104
AFTER_MARKER = 12
RANKS = {kind: rank for rank, kind in enumerate(("treatment_start", "treatment_stop", "shift", "visit", "note"))}
"""Whose label finds its room first."""

Room = tuple[float, float]
"""Pixels from and to."""


@dataclass(frozen=True, slots=True)
class PlacedMarker:
    """A marker and where its label goes; `text` is empty where there is no room."""

    marker: Marker
    row: int
    text: str
    before: bool  # the label stands left of the marker


def plain(text: str) -> str:
    """Text from the record, made harmless for Plotly's own markup and its %{...} templates."""
    return escape(text, quote=False).replace("%{", "% {")


def beside(markup: str, top: float, *, margin: int, rise: int, colours: Ground) -> dict[str, Any]:
    """The name of a panel in the margin left of it, `rise` pixels above its upper edge (`top`, a part of the figure).

    `margin` is the left margin in pixels; text of the record inside the markup has gone through `plain`.
    """
    return {
        "text": markup,
        "x": 0,
        "xref": "paper",
        "xshift": -margin,
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yshift": rise,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "font": {"size": 11.5, "color": colours.ink},
    }


def short(text: str, most: float) -> str:
    """The text cut to `most` pixels, with an ellipsis where something is missing."""
    if width(text) <= most:
        return text
    kept = text
    while kept and width(kept) + LETTER > most:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def width(text: str) -> float:
    """Roughly how wide that text is drawn, in pixels; capitals are wider."""
    return LETTER * sum(CAPITAL if letter.isupper() else 1.0 for letter in text)


def position(day: date, view: Timeline, width: float = PLOT_WIDTH) -> float:
    """Pixels from the left edge of a plot of that width to the middle of that day."""
    return width * ((day - view.start).days + 0.5) / (len(view) * view.step_days)


def lane(of: Lane) -> str:
    """The medicine with its dose where both fit, else its name alone."""
    whole = f"{of.medicine} {of.dose}".strip()
    return whole if width(whole) <= WIDEST_IN_MARGIN else short(of.medicine, WIDEST_IN_MARGIN)


@dataclass(frozen=True, slots=True)
class PlacedFlare:
    """The label of a flare and the pixel its middle stands on; `ends` at which edge of the plot it had to stop.

    A plot may be drawn narrower than it was measured: what stops at an edge is tied to that edge, not to its middle.
    """

    text: str
    middle: float
    ends: Literal["", "left", "right"] = ""


def flare_labels(view: Timeline, spans: Sequence[FlareSpan], width: float = PLOT_WIDTH) -> list[PlacedFlare]:
    """One label per span: all flares in the longest wording that fits for all; spikes where room is left."""
    flares = [place for place, span in enumerate(spans) if span.kind == "flare"]
    if len(flares) > MOST_LABELLED_FLARES:
        return [PlacedFlare("", 0.0) for _ in spans]
    for wording in _WORDINGS:
        taken: list[Room] = []
        said = {place: wording(spans[place], day(spans[place].whole.start, view.period.end)) for place in flares}
        placed = {place: _flare_label(view, spans[place], said[place], taken, width) for place in flares}
        if all(label.text for label in placed.values()):
            break
    spikes = {i: _spike_label(view, span, taken, width) for i, span in enumerate(spans) if i not in placed}
    return [label for _, label in sorted((placed | spikes).items())]


def _flare_label(view: Timeline, span: FlareSpan, text: str, taken: list[Room], width: float) -> PlacedFlare:
    middle = (position(span.start, view, width) + position(span.end, view, width)) / 2
    half = BOLD_LETTER * len(text) / 2 + 3
    at = min(max(middle, half), width + 8 - half)
    if not _free((at - half, at + half), taken):
        return PlacedFlare("", middle)
    taken.append((at - half, at + half))
    return PlacedFlare(text, at, "right" if at < middle else "left" if at > middle else "")


def _spike_label(view: Timeline, span: FlareSpan, taken: list[Room], width: float) -> PlacedFlare:
    """The longest wording that finds room: what the patient alone called a flare is not said to be a spike of pain."""
    wordings = ("Patient said flare", "Said flare") if span.whole.said_only else ("Spike",)
    labels = (_flare_label(view, span, words, taken, width) for words in wordings)
    return next((label for label in labels if label.text), PlacedFlare("", 0.0))


def _in_days(span: FlareSpan) -> str:
    return f"{span.days} day" + "s" * (span.days != 1) + ", open" * span.open


_WORDINGS: tuple[Callable[[FlareSpan, str], str], ...] = (
    lambda span, began: f"Flare from {began} · {_in_days(span)}",
    lambda span, began: f"{began} · {span.days} d",
    lambda _, began: began,
    lambda span, _: f"{span.days} d",
)
"""A flare is called by its first day: that stays the same whatever period is looked at."""


def place_markers(view: Timeline) -> list[PlacedMarker]:
    """Every marker with the row (0 on top) and wording of its label; starts and stops find their room first."""
    taken: list[list[Room]] = [[] for _ in range(MOST_ROWS + 1)]
    named = len(view.markers) <= MOST_LABELLED
    first = sorted(range(len(view.markers)), key=lambda i: (RANKS.get(view.markers[i].kind, len(RANKS)), i))
    placed = {i: _place(view.markers[i], position(view.markers[i].day, view), taken, named=named) for i in first}
    return [placed[i] for i in range(len(placed))]


def _place(marker: Marker, at: float, taken: list[list[Room]], *, named: bool) -> PlacedMarker:
    """The marker with its label right of it, left of it, or without; in the first row where nothing is written over."""
    text = short(marker.label, WIDEST_MARKER)
    room = width(text) + AFTER_MARKER
    for before, (low, high) in ((False, (at - 5, at + room)), (True, (at - room, at + 5))):
        row = _free_row(low, high, taken)
        if named and row < MOST_ROWS and low >= -6 and high < PLOT_WIDTH + 8:
            taken[row].append((low, high))
            return PlacedMarker(marker, row, text, before)
    row = _free_row(at - 5, at + 5, taken)
    taken[row].append((at - 5, at + 5))
    return PlacedMarker(marker, row, "", before=False)


def _free_row(low: float, high: float, taken: Sequence[Sequence[Room]]) -> int:
    return next((row for row in range(MOST_ROWS) if _free((low, high), taken[row])), MOST_ROWS)


def _free(wanted: Room, taken: Sequence[Room]) -> bool:
    return all(wanted[1] <= low or wanted[0] >= high for low, high in taken)
