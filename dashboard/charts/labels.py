"""Labels that never touch each other or the data: shortened, moved to a free row, or left out (hover still tells)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.charts.panels import PLOT_WIDTH
from dashboard.services.timeline import FlareSpan, Marker, Timeline

LETTER = 5.6
"""Mean width in pixels of a letter at the size labels are set in."""
MOST_LETTERS = 28
MOST_ROWS = 2
_AFTER_MARKER = 9


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


def short(text: str, most: int = MOST_LETTERS) -> str:
    """The text cut to `most` letters, with an ellipsis where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def width(text: str) -> float:
    """Roughly how wide that text is drawn, in pixels."""
    return LETTER * len(text)


def position(day: date, view: Timeline) -> float:
    """Pixels from the left edge of the plot to the middle of that day."""
    return PLOT_WIDTH * ((day - view.start).days + 0.5) / (len(view) * view.step_days)


def flare_labels(view: Timeline) -> list[str]:
    """One label per flare span: the longest wording that leaves its neighbours alone, or nothing."""
    middles = [position(s.start, view) / 2 + position(s.end, view) / 2 for s in view.flares]
    labels, free_from = [], -20.0
    for place, (span, middle) in enumerate(zip(view.flares, middles, strict=True)):
        free_to = middles[place + 1] - LETTER if place + 1 < len(middles) else PLOT_WIDTH + 10.0
        fitting = (w for w in _wordings(span) if middle - width(w) / 2 >= free_from and middle + width(w) / 2 < free_to)
        label = next(fitting, "")
        labels.append(label)
        free_from = middle + width(label) / 2 + LETTER if label else free_from
    return labels


def _wordings(span: FlareSpan) -> Sequence[str]:
    days = f"{span.days} day" + "s" * (span.days != 1) + ", open" * span.open
    if span.kind == "spike":
        return (f"Spike · {days}", "Spike")
    return (f"Flare {span.number} · {days}", f"{span.number} · {span.days} d", f"{span.number}")


def place_markers(view: Timeline) -> list[PlacedMarker]:
    """Every marker with the row (0 on top) and wording of its label; what finds no room stands unlabelled below."""
    ends = [-1.0] * (MOST_ROWS + 1)
    return [_place(marker, position(marker.day, view), ends) for marker in view.markers]


def _place(marker: Marker, at: float, ends: list[float]) -> PlacedMarker:
    """The first row where marker and label are free; `ends` (how far each row is taken) moves along."""
    text = short(marker.label)
    room = width(text) + _AFTER_MARKER
    before = at + room > PLOT_WIDTH + 8
    low, high = (at - room, at + 5) if before else (at - 5, at + room)
    row = next((r for r in range(MOST_ROWS) if ends[r] < low), MOST_ROWS)
    if row == MOST_ROWS:
        row = next((r for r in range(MOST_ROWS) if ends[r] < at - 5), MOST_ROWS)
        text, high = "", at + 5
    ends[row] = high + 4
    return PlacedMarker(marker, row, text, before)
