"""What a period's body maps say per region: the five modes of the figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import PRESENT, REGION_COUNT, active
from clinical.diary import Diary
from clinical.thresholds import limit

Mode = Literal["typical", "worst", "how_often", "change", "latest"]
Values = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class OnePeriod:
    """A region typical in one of two periods only, which has no difference in points: not typical is not 0.

    `kind`: new or gone, or typical in one of them while it hurt about as often in both. `hurt_before` of `days_before`
    days with a map it hurt on before.
    """

    kind: Literal["new", "gone", "as_often"]
    hurt_before: int
    days_before: int


@dataclass(frozen=True, slots=True, eq=False)
class RegionMap:
    """One value per region, NaN where there is nothing to show.

    `values` float32 (74,): pain 1-10 (whole numbers, as displayed), percent of map days (`how_often`), or points
    -10..10 (`change`). `days_marked` int16 (74,): days on which the region hurt. `present` bool (74,): hurts, but no
    intensity was recorded, so it has no value and must still be drawn. `note` says the rule. `one_period`: regions of
    a `change` that have no points and must still be drawn.
    """

    mode: Mode
    values: Values
    days_with_map: int
    days_marked: NDArray[np.int16]
    note: str
    present: NDArray[np.bool_]
    one_period: Mapping[int, OnePeriod] = field(default_factory=dict, kw_only=True)

    @property
    def drawn(self) -> Flags:
        """The regions that carry something on the figure."""
        drawn: Flags = ~np.isnan(self.values) | self.present
        drawn[list(self.one_period)] = True
        return drawn


def painful(shown: RegionMap) -> Flags:
    """The regions that hurt on that map, with an intensity or without."""
    found: Flags = ~np.isnan(shown.values) | shown.present
    return found


def as_often(current: RegionMap, former: RegionMap) -> Flags:
    """Typical in one period only, while it hurt in the other hardly less often: a threshold passed by, no change."""
    more, less = _shares(current, former)
    times = limit("region_share_times")
    found: Flags = (painful(current) ^ painful(former)) & (more < times * less) & (less < times * more)
    return found


def oftener(current: RegionMap, former: RegionMap) -> Flags:
    """Typical in both periods, and in `current` at least that many times as often (threshold `region_share_times`)."""
    now, before = _shares(current, former)
    found: Flags = painful(current) & painful(former) & (now >= limit("region_share_times") * before)
    return found


def _shares(one: RegionMap, other: RegionMap) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The shares of map days on which each region hurt, both multiplied by the map days of both: whole numbers."""
    first = one.days_marked.astype(np.int64) * max(other.days_with_map, 1)
    second = other.days_marked.astype(np.int64) * max(one.days_with_map, 1)
    return first, second


def typical(days: Diary) -> RegionMap:
    """The median intensity of each region over the days it hurt, for regions that hurt on at least 20 % of map days.

    The share is rounded to the whole percent that is displayed, then compared.
    """
    maps, hurts = _with_map(days)
    marked = hurts.sum(axis=0)
    shown = (marked > 0) & (_half_up(100 * marked / max(len(maps), 1)) >= limit("typical_map_share"))
    values = np.where(shown, _median_intensity(maps), np.nan).astype(np.float32)
    note = (
        f"median of the days a region hurt; regions that hurt on {limit('typical_map_share'):.0f} % of map days or more"
    )
    return _region_map("typical", values, maps, hurts, note, shown)


def worst(days: Diary) -> RegionMap:
    """The highest intensity of each region."""
    maps, hurts = _with_map(days)
    rated = np.where(maps <= 10, maps, 0).astype(np.float32)
    highest = rated.max(axis=0, initial=0)
    values = np.where(highest > 0, highest, np.nan).astype(np.float32)
    return _region_map("worst", values, maps, hurts, "highest intensity of each region", _ever(hurts))


def how_often(days: Diary) -> RegionMap:
    """The share of map days on which each region hurt, in whole percent."""
    maps, hurts = _with_map(days)
    share = 100 * hurts.sum(axis=0) / max(len(maps), 1)
    values = np.where(share > 0, np.maximum(_half_up(share), 1), np.nan).astype(np.float32)
    return _region_map("how_often", values, maps, hurts, "share of days with a map on which the region hurt, %", None)


def latest(days: Diary) -> RegionMap:
    """The map of the last day that has one."""
    maps, hurts = _with_map(days)
    last, last_hurts = maps[-1:], hurts[-1:]
    values = np.full(REGION_COUNT, np.nan, np.float32)
    rated = last_hurts & (last <= 10)
    values[rated.any(axis=0)] = last[rated]
    note = f"map of {_last_map_day(days)}" if len(last) else "no day with a map"
    return _region_map("latest", values, last, last_hurts, note, _ever(last_hurts))


def change(now: Diary, before: Diary) -> RegionMap:
    """Typical intensity now minus before, in points.

    Points are counted from 0 only where the region hurt on no day with a map of the other period. Hurt there now and
    then is not 0: such a region is in `one_period`, without points. Only present in either period (no intensity):
    no difference, it stays NaN.
    """
    current, former = typical(now), typical(before)
    comparable = current.days_with_map > 0 and former.days_with_map > 0
    apart = _one_period(current, former) if comparable else {}
    unrated = (current.present | former.present) & comparable
    either = (painful(current) | painful(former)) & ~unrated & comparable
    either[list(apart)] = unrated[list(apart)] = False
    difference = np.nan_to_num(current.values) - np.nan_to_num(former.values)
    note = "typical now minus typical before, points" if comparable else "no map in one of the two periods"
    return RegionMap(
        "change",
        np.where(either, difference, np.nan).astype(np.float32),
        current.days_with_map,
        current.days_marked,
        f"{note} ({current.days_with_map} and {former.days_with_map} days with a map){_APART if apart else ''}",
        unrated,
        one_period=apart,
    )


_APART = "; typical in one period only, though it hurt in both: no points"


def _one_period(current: RegionMap, former: RegionMap) -> dict[int, OnePeriod]:
    hurts, hurt, alike = painful(current), painful(former), as_often(current, former)
    in_both = (current.days_marked > 0) & (former.days_marked > 0)
    return {
        i: OnePeriod(
            "as_often" if alike[i] else "new" if hurts[i] else "gone",
            int(former.days_marked[i]),
            former.days_with_map,
        )
        for i in np.flatnonzero((hurts ^ hurt) & in_both).tolist()
    }


def _with_map(days: Diary) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    maps = days.maps[days.has_map]
    return maps, active(maps)


def _median_intensity(maps: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The median of each column's values 1-10 as displayed (whole, half up); NaN where there is none.

    Counting how often each of the ten values occurs is exact and needs no sorting of ten years of maps.
    """
    counts = np.stack([(maps == value).sum(axis=0) for value in range(1, 11)])
    reached = counts.cumsum(axis=0)
    total = reached[-1]
    lower = (reached <= (total - 1) // 2).sum(axis=0) + 1
    upper = (reached <= total // 2).sum(axis=0) + 1
    median: NDArray[np.float64] = np.where(total > 0, _half_up((lower + upper) / 2), np.nan)
    return median


def _ever(hurts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    ever: NDArray[np.bool_] = np.logical_or.reduce(hurts, axis=0)
    return ever


def _half_up(values: NDArray[np.float64]) -> NDArray[np.float64]:
    rounded: NDArray[np.float64] = np.floor(values + 0.5)
    return rounded


def _region_map(
    mode: Mode,
    values: Values,
    maps: NDArray[np.uint8],
    hurts: NDArray[np.bool_],
    note: str,
    shown: NDArray[np.bool_] | None,
) -> RegionMap:
    unrated = np.zeros(REGION_COUNT, np.bool_) if shown is None else shown & np.isnan(values)
    remarks = [note, "our own rule" if mode == "typical" else "", _unrated_note(maps, unrated)]
    marked = hurts.sum(axis=0).astype(np.int16)
    return RegionMap(mode, values, len(maps), marked, "; ".join(r for r in remarks if r), unrated)


def _unrated_note(maps: NDArray[np.uint8], unrated: NDArray[np.bool_]) -> str:
    if unrated.any() and (maps == PRESENT).any():
        return f"{int(unrated.sum())} regions marked without an intensity"
    return ""


def _last_map_day(days: Diary) -> str:
    return str(days.dates()[days.has_map][-1])
