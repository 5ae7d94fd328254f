"""How far the pain reaches: measures of one map, and their course over the steps of a period.

Widespread follows the 2016 criteria; every other measure is our own count, labelled [P]. One map is never a verdict.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGIONS, Side, Vector, active, area_shares
from clinical.diary import Diary
from clinical.parts import (
    ABOVE_WAIST,
    AXIAL,
    BELOW_KNEE,
    BELOW_WAIST,
    BUTTOCK_AND_LEG,
    LEFT,
    LIMB,
    LOWER_BACK,
    RIGHT,
    sides_of,
)
from clinical.thresholds import cited, limit

Flags = NDArray[np.bool_]
Steps = NDArray[np.float32]

DEFINITIONS: dict[str, str] = {
    "regions": "painful regions of the 74, mean of the step's map days [P]",
    "area": "share of the drawn figure, front and back, that hurts; % (not measured skin) [P]",
    "mean_intensity": "mean intensity of the painful regions with an intensity, 0-10 [P]",
    "summed_intensity": (
        "sum of the intensities of all painful regions; days with an unrated region are left out, and where every "
        "painful day has one it is not known [P]"
    ),
    "laterality": "(left - right) / (left + right) painful regions: -1 right only, +1 left only; midline left out [P]",
    "above_waist": "painful regions above the waist, mean of the step's map days [P]",
    "below_waist": "painful regions below the waist (low back, hips, legs), mean of the step's map days [P]",
    "axial": "painful regions of neck, back, chest and abdomen, mean of the step's map days (areas: reference 1.2) [P]",
    "limb": "painful regions of shoulders, arms, hips, groin and legs, mean of the step's map days [P]",
    "widespread": (
        f"share of map days with pain in at least {limit('widespread_regions'):.0f} of the 5 regions, %; "
        f"{cited('widespread_regions')}; on one day's map, which is our own use [P]: the criteria ask about a week"
    ),
}
"""What each measure is, its unit and its source."""


@dataclass(frozen=True, slots=True, eq=False)
class SpreadCourse:
    """Measures per step of `step_days` days, float32 (steps,), NaN where a step has no map (or nothing to measure).

    `first_day` (steps,) datetime64[D]; `days_with_map` and `days` int16 (steps,): the last step may hold fewer days.
    """

    step_days: int
    first_day: NDArray[np.datetime64]
    days: NDArray[np.int16]
    days_with_map: NDArray[np.int16]
    regions: Steps
    area: Steps
    mean_intensity: Steps
    summed_intensity: Steps
    laterality: Steps
    above_waist: Steps
    below_waist: Steps
    axial: Steps
    limb: Steps
    widespread: Steps

    def __len__(self) -> int:
        return len(self.first_day)


@dataclass(frozen=True, slots=True)
class Spread:
    """The same measures of one map; None where there is nothing to measure. `widespread`: generalised on this map."""

    regions: int
    area: float
    mean_intensity: float | None
    summed_intensity: int | None
    laterality: float | None
    above_waist: int
    below_waist: int
    axial: int
    limb: int
    widespread: bool
    acr_regions: int


@dataclass(frozen=True, slots=True)
class Radiation:
    """Whether the lower back radiates on one map, and on which sides pain reaches buttock or leg, and below the knee.

    `radiates` only when a lower-back region and a buttock or leg region hurt in the same entry (reference 3,
    decision 5). `below_knee` is told whether the lower back hurts or not.
    """

    radiates: bool
    sides: tuple[Side, ...]
    below_knee: tuple[Side, ...]


def course(days: Diary, step_days: int) -> SpreadCourse:
    """The measures over the diary in steps of that many days from its first; raises ValueError for a step under 1."""
    if step_days < 1:
        raise ValueError("a step has at least one day")
    starts = np.arange(0, len(days), step_days)
    with_map = np.add.reduceat(days.has_map.astype(np.int16), starts)
    per_day = _per_day(np.where(days.has_map[:, None], days.maps, 0).astype(np.uint8), days.has_map)
    means = {name: _mean(values, starts) for name, values in per_day.items() if name not in _SIDES}
    means["summed_intensity"][_unrated(per_day, starts)] = np.nan
    left, right = (np.add.reduceat(np.nan_to_num(per_day[name]), starts) for name in _SIDES)
    return SpreadCourse(
        step_days=step_days,
        first_day=days.dates()[starts],
        days=np.diff(np.append(starts, len(days))).astype(np.int16),
        days_with_map=with_map.astype(np.int16),
        laterality=_index(left, right),
        **means,
    )


def of_map(vector: Vector) -> Spread:
    """The measures of one packed map (74,) as `body_map.unpack` gives it."""
    found = {name: float(values[0]) for name, values in _per_day(vector[None, :], np.ones(1, np.bool_)).items()}
    left, right = found["left"], found["right"]
    return Spread(
        regions=int(found["regions"]),
        area=found["area"],
        mean_intensity=None if np.isnan(found["mean_intensity"]) else found["mean_intensity"],
        summed_intensity=None if np.isnan(found["summed_intensity"]) else int(found["summed_intensity"]),
        laterality=(left - right) / (left + right) if left + right else None,
        above_waist=int(found["above_waist"]),
        below_waist=int(found["below_waist"]),
        axial=int(found["axial"]),
        limb=int(found["limb"]),
        widespread=found["widespread"] > 0,
        acr_regions=int(_acr_count(active(vector)[None, :])[0]),
    )


def radiation(painful: Flags) -> Radiation:
    """The radiation of one entry's map; `painful` as `body_map.active` gives it, (74,)."""
    leg = painful & BUTTOCK_AND_LEG
    radiates = bool((painful & LOWER_BACK).any() and leg.any())
    return Radiation(radiates, sides_of(leg) if radiates else (), sides_of(painful & BELOW_KNEE))


@dataclass(frozen=True, slots=True)
class RadiationCount:
    """Of `maps` entries with a map: how many radiate from the lower back, and reach below the knee on each side."""

    maps: int
    radiating: int
    radiating_left: int
    radiating_right: int
    below_knee_left: int
    below_knee_right: int


def radiation_count(maps: Vector) -> RadiationCount:
    """How often the lower back radiates over the maps of single entries (n, 74); a day's merged map would overcount."""
    painful = active(maps)
    leg = painful & BUTTOCK_AND_LEG
    radiates = (painful & LOWER_BACK).any(axis=1) & leg.any(axis=1)
    below = painful & BELOW_KNEE
    return RadiationCount(
        maps=len(maps),
        radiating=int(radiates.sum()),
        radiating_left=int((radiates & (leg & LEFT).any(axis=1)).sum()),
        radiating_right=int((radiates & (leg & RIGHT).any(axis=1)).sum()),
        below_knee_left=int((below & LEFT).any(axis=1).sum()),
        below_knee_right=int((below & RIGHT).any(axis=1).sum()),
    )


SPOTS = ("between_shoulder_blades", "upper_back_trapezius", "lower_back", "radiating_buttock_leg")


def article_spots(painful: Flags) -> tuple[str, ...]:
    """The source article's back spots that hurt, in its order; the last only together with the lower back."""
    found = {REGIONS[i].article_spot for i in np.flatnonzero(painful)}
    if not radiation(painful).radiates:
        found.discard("radiating_buttock_leg")
    return tuple(spot for spot in SPOTS if spot in found)


_SIDES = ("left", "right")
_ACR_FLAGS = tuple(
    np.array([one.counts_generalised and one.acr_region == name for one in REGIONS], np.bool_)
    for name in ("axial", "left_upper", "right_upper", "left_lower", "right_lower")
)
_PARTS: dict[str, Flags] = {
    "left": LEFT,
    "right": RIGHT,
    "above_waist": ABOVE_WAIST,
    "below_waist": BELOW_WAIST,
    "axial": AXIAL,
    "limb": LIMB,
}


def _per_day(maps: Vector, has_map: Flags) -> dict[str, Steps]:
    """Each measure of each day, NaN on days without a map; `widespread` in percent (0 or 100)."""
    painful = active(maps)
    rated = painful & (maps <= 10)
    count = painful.sum(axis=1, dtype=np.float32)
    summed = np.where(rated, maps, 0).sum(axis=1, dtype=np.float32)
    with np.errstate(invalid="ignore"):
        mean = summed / rated.sum(axis=1, dtype=np.float32)
    found = {
        "regions": count,
        "area": painful.astype(np.float32) @ area_shares(),
        "mean_intensity": mean,
        "summed_intensity": np.where((painful & ~rated).any(axis=1), np.nan, summed),
        "widespread": np.where(_acr_count(painful) >= limit("widespread_regions"), 100.0, 0.0),
        **{name: painful[:, part].sum(axis=1) for name, part in _PARTS.items()},
    }
    return {name: np.where(has_map, values, np.nan).astype(np.float32) for name, values in found.items()}


def _acr_count(painful: Flags) -> NDArray[np.int64]:
    count: NDArray[np.int64] = np.sum([painful[:, part].any(axis=1) for part in _ACR_FLAGS], axis=0)
    return count


def _mean(values: Steps, starts: NDArray[np.intp]) -> Steps:
    known = ~np.isnan(values)
    total = np.add.reduceat(np.where(known, values, 0), starts)
    number = np.add.reduceat(known.astype(np.float32), starts)
    with np.errstate(invalid="ignore"):
        mean: Steps = (total / number).astype(np.float32)
    return mean


def _unrated(per_day: dict[str, Steps], starts: NDArray[np.intp]) -> Flags:
    """Steps that have painful days, none of them with a known sum: the pain-free days beside them are not its 0."""
    hurt = np.nan_to_num(per_day["regions"]) > 0
    known = hurt & ~np.isnan(per_day["summed_intensity"])
    unrated: Flags = np.logical_or.reduceat(hurt, starts) & ~np.logical_or.reduceat(known, starts)
    return unrated


def _index(left: Steps, right: Steps) -> Steps:
    with np.errstate(invalid="ignore"):
        index: Steps = ((left - right) / (left + right)).astype(np.float32)
    return index
