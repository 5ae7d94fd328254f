"""Spark pieces: a value in equal parts of the period, as bar heights. A part without a logged day has no bar."""

from dataclasses import dataclass

import numpy as np

from clinical.diary import Days

MOST_PARTS = 12
FEWEST_DAYS = 14
"""Shorter periods have no spark: it would say less than the number beside it."""


@dataclass(frozen=True, slots=True)
class Spark:
    """Bars oldest first, each 0-1 of the scale, None where nothing was logged; `spoken` says what a bar is."""

    bars: tuple[float | None, ...]
    spoken: str


NO_SPARK = Spark((), "")


def spark(daily: Days, top: float, what: str) -> Spark:
    """The mean of each part of the daily values (NaN: not known) on a scale from 0 to `top`; no bars without parts."""
    if len(daily) < FEWEST_DAYS:
        return NO_SPARK
    parts = np.array_split(daily, min(MOST_PARTS, len(daily) // 7 + 1))
    return Spark(tuple(_mean(part, top) for part in parts), f"{what} in {len(parts)} equal parts of the period")


def _mean(part: Days, top: float) -> float | None:
    known = part[np.isfinite(part)]
    return round(min(float(known.mean()) / top, 1.0), 3) if known.size else None
