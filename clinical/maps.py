"""What a period's body maps say per region: the five modes of the figure."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Diary

Mode = Literal["typical", "worst", "how_often", "change", "latest"]


@dataclass(frozen=True, slots=True, eq=False)
class RegionMap:
    """One value per region, NaN where there is nothing to show.

    `values` float32 (74,): pain 1-10 (whole numbers, as displayed), percent of map days (`how_often`), or points
    -10..10 (`change`). `days_marked` int16 (74,): days on which the region hurt. `present` bool (74,): hurts, but no
    intensity was ever recorded, so it has no value and must still be drawn. `note` says the rule.
    """

    mode: Mode
    values: NDArray[np.float32]
    days_with_map: int
    days_marked: NDArray[np.int16]
    note: str
    present: NDArray[np.bool_]


def typical(days: Diary) -> RegionMap:
    """The median intensity of each region over the days it hurt, for regions that hurt on at least 20 % of map days."""
    raise NotImplementedError


def worst(days: Diary) -> RegionMap:
    """The highest intensity of each region."""
    raise NotImplementedError


def how_often(days: Diary) -> RegionMap:
    """The share of map days on which each region hurt, in whole percent."""
    raise NotImplementedError


def latest(days: Diary) -> RegionMap:
    """The map of the last day that has one."""
    raise NotImplementedError


def change(now: Diary, before: Diary) -> RegionMap:
    """Typical intensity now minus before, in points; a region that is not typical in a period counts as 0 there."""
    raise NotImplementedError
