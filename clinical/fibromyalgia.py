"""The 2016 fibromyalgia criteria and the estimate of the widespread pain index from body maps (reference 1 and 3).

Source: Wolfe F, Clauw DJ, Fitzcharles MA, et al. Semin Arthritis Rheum 2016;46:319-329 [V2].
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from clinical.body_map import REGIONS, active, wpi_areas
from clinical.diary import Diary, Period
from clinical.thresholds import days as threshold_days

Verdict = Literal["met", "not_met", "not_assessable"]

ACR_REGIONS: dict[str, tuple[str, ...]] = {
    "left_upper": ("shoulder_girdle_left", "upper_arm_left", "lower_arm_left", "jaw_left"),
    "right_upper": ("shoulder_girdle_right", "upper_arm_right", "lower_arm_right", "jaw_right"),
    "left_lower": ("hip_left", "upper_leg_left", "lower_leg_left"),
    "right_lower": ("hip_right", "upper_leg_right", "lower_leg_right"),
    "axial": ("neck", "upper_back", "lower_back", "chest", "abdomen"),
}
NOT_COUNTED = frozenset({"jaw_left", "jaw_right", "chest", "abdomen"})
"""Areas of the WPI that do not satisfy a region of generalised pain."""
WPI_AREAS = frozenset(area for areas in ACR_REGIONS.values() for area in areas)
FS_BANDS = ((20, "very severe"), (12, "severe"), (8, "moderate"), (4, "mild"), (0, "none"))
"""Lowest FS of each band: Wolfe F et al. J Rheumatol 2015;42:1494-1501 [K]. Salaffi 2021 differs; name the source."""


@dataclass(frozen=True, slots=True)
class SymptomSeverity:
    """The six symptom answers; None is unanswered.

    Past week, 0-3: fatigue, unrefreshed, cognitive. Previous six months, 0 or 1: headache, abdominal, depression.
    """

    fatigue: int | None = None
    unrefreshed: int | None = None
    cognitive: int | None = None
    headache: int | None = None
    abdominal: int | None = None
    depression: int | None = None

    def __post_init__(self) -> None:
        for item in fields(self):
            answer = getattr(self, item.name)
            highest = 3 if item.name in ("fatigue", "unrefreshed", "cognitive") else 1
            if answer is not None and answer not in range(highest + 1):
                raise ValueError(f"{item.name} is answered with a whole number from 0 to {highest}")


@dataclass(frozen=True, slots=True)
class Assessment:
    """WPI 0-19, SSS 0-12 and FS 0-31 (None when an item is missing), regions in pain (of 5) and the verdict."""

    wpi: int
    sss: int | None
    fs: int | None
    regions: tuple[str, ...]
    generalised: bool
    verdict: Verdict
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WpiEstimate:
    """An estimate of the WPI (0-19) from the last seven days of maps: never a verdict."""

    count: int
    areas: tuple[str, ...]
    days_logged: int
    low_completeness: bool


def assess_2016(areas: Collection[str], symptoms: SymptomSeverity, months: float | None) -> Assessment:
    """Whether the 2016 thresholds are met on these answers. Raises ValueError for an unknown area or answer.

    An unanswered item or duration makes it `not_assessable`, never `not_met` (reference 1.6, rule 1).
    """
    painful = frozenset(areas)
    if unknown := painful - WPI_AREAS:
        raise ValueError(f"not one of the 19 areas: {', '.join(sorted(unknown))}")
    if months is not None and not months >= 0:
        raise ValueError("the duration in months cannot be negative")
    regions = tuple(sorted(r for r, members in ACR_REGIONS.items() if painful.intersection(members) - NOT_COUNTED))
    answers = {item.name: getattr(symptoms, item.name) for item in fields(symptoms)} | {"months": months}
    missing = tuple(name for name, answer in answers.items() if answer is None)
    sss = _sum_or_none([getattr(symptoms, item.name) for item in fields(symptoms)])
    generalised = len(regions) >= 4
    verdict: Verdict = "not_assessable"
    if sss is not None and months is not None:
        met = _scores_met(len(painful), sss) and generalised and months >= 3
        verdict = "met" if met else "not_met"
    fs = None if sss is None else len(painful) + sss
    return Assessment(len(painful), sss, fs, regions, generalised, verdict, missing)


def fs_band(fs: int) -> str:
    """The band of a fibromyalgia severity score 0-31 (Wolfe 2015)."""
    return next(band for lowest, band in FS_BANDS if fs >= lowest)


def wpi_estimate(days: Diary) -> WpiEstimate:
    """The WPI estimated from the last seven days of `days` (reference 3, decision 4), by the strict mapping."""
    week = threshold_days("wpi_window_days")
    if not len(days):
        return WpiEstimate(0, (), 0, True)
    last = days.during(Period((days.dates()[-1] - (week - 1)).astype(object), days.end))
    hurt = np.flatnonzero(active(last.maps[last.has_map]).any(axis=0))
    areas = tuple(sorted(wpi_areas([REGIONS[i].region_id for i in hurt])))
    logged = int(last.has_map.sum())
    return WpiEstimate(len(areas), areas, logged, logged < threshold_days("wpi_min_days"))


def _sum_or_none(answers: list[int | None]) -> int | None:
    given = [answer for answer in answers if answer is not None]
    return sum(given) if len(given) == len(answers) else None


def _scores_met(wpi: int, sss: int) -> bool:
    return (wpi >= 7 and sss >= 5) or (4 <= wpi <= 6 and sss >= 9)
