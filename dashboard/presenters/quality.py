"""The data-quality strip: how much was logged in a period, as bars and in words."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Diary, Period, completeness
from dashboard.presenters.words import day, several, span

MOST_CELLS = 84
"""Longer periods are drawn in this many cells, each the share of its days that was logged."""


@dataclass(frozen=True, slots=True)
class QualityStrip:
    """`cells` oldest first, the share 0-1 of logged days in each; `said` beside them; `explained` on hovering."""

    cells: tuple[float, ...]
    said: str
    explained: str


def quality(diary: Diary, period: Period, as_of: date) -> QualityStrip:
    """The strip of that period."""
    found = completeness(diary, period)
    logged = diary.logged_during(period)
    last = "no entry yet" if found.last_entry is None else f"last {_when(found.last_entry, as_of)}"
    gap = f"gap {several(found.longest_gap, 'day')}" if found.longest_gap else "no gap"
    return QualityStrip(
        cells=_cells(logged),
        said=f"{found.days_logged:,} of {several(found.days, 'day')} · {gap} · {last}",
        explained=(
            f"{span(period)}: {found.days_logged:,} of {several(found.days, 'day')} have a diary entry. "
            f"Longest run without one: {several(found.longest_gap, 'day')}. "
            "A missing day stays missing; it is never counted as zero."
        ),
    )


def _cells(logged: NDArray[np.bool_]) -> tuple[float, ...]:
    count = min(MOST_CELLS, logged.size)
    edges = np.arange(count + 1) * logged.size // count  # evenly along the calendar: the strip is a time axis
    shares = np.add.reduceat(logged.astype(np.int32), edges[:-1]) / np.diff(edges)
    return tuple(float(share) for share in shares.round(2))


def _when(last: date, as_of: date) -> str:
    ago = (as_of - last).days
    return {0: "today", 1: "yesterday"}.get(ago, day(last, as_of))
