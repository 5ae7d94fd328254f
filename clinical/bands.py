"""Pain bands, and how long a person spent in each."""

from dataclasses import dataclass
from typing import Literal

from clinical.diary import Diary, Period

Band = Literal["none", "mild", "moderate", "severe"]
BANDS: tuple[Band, ...] = ("none", "mild", "moderate", "severe")


@dataclass(frozen=True, slots=True)
class BandShares:
    """Share (0-1) of the `days` with a pain answer that fell in each band; all 0 when `days` is 0."""

    none: float
    mild: float
    moderate: float
    severe: float
    days: int


def pain_band(value: float | None) -> Band | None:
    """The band of a pain value 0-10, classified as it is displayed; None for no value."""
    raise NotImplementedError


def time_in_band(diary: Diary, period: Period) -> BandShares:
    """The share of the period's answered days in each pain band."""
    raise NotImplementedError
