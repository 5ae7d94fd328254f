"""Pain bands, and how long a person spent in each."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Diary, Period
from clinical.rounding import displayed
from clinical.thresholds import limit

Band = Literal["none", "mild", "moderate", "severe"]
BANDS: tuple[Band, ...] = ("none", "mild", "moderate", "severe")
_EDGES = np.array([limit("band_mild_from"), limit("band_moderate_from"), limit("band_severe_from")])


@dataclass(frozen=True, slots=True)
class BandShares:
    """Share (0-1) of the `days` with a pain answer that fell in each band; all 0 when `days` is 0."""

    none: float
    mild: float
    moderate: float
    severe: float
    days: int


def pain_band(value: float | None) -> Band | None:
    """The band of a pain value 0-10, classified as it is displayed; None for no value (or NaN).

    The bands are defined on whole numbers: the value is rounded to the one decimal shown, and that to a whole number,
    so everything printed as 3.5 is moderate and everything printed as 3.4 is mild.
    """
    if value is None or np.isnan(value):
        return None
    whole = displayed(displayed(value, 1), 0)
    return BANDS[int(np.searchsorted(_EDGES, whole, side="right"))]


def time_in_band(diary: Diary, period: Period) -> BandShares:
    """The share of the period's answered days in each pain band."""
    pain = diary.column("pain", period)
    answered = pain[~np.isnan(pain)].astype(np.float64)
    counts = np.bincount(np.searchsorted(_EDGES, _whole(answered), side="right"), minlength=len(BANDS))
    shares = counts / max(answered.size, 1)
    none, mild, moderate, severe = (float(share) for share in shares)
    return BandShares(none, mild, moderate, severe, int(answered.size))


def _whole(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same two roundings as `pain_band`, for many days at once; the small term is for float32 dust below a half."""
    shown = np.floor(values * 10 + 0.5 + 1e-5) / 10
    whole: NDArray[np.float64] = np.floor(shown + 0.5 + 1e-9)
    return whole
