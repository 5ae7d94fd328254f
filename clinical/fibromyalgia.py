"""The fibromyalgia criteria of 2016 and 2011, the severity scale, and the estimate of the WPI from body maps.

Areas, symptoms, rules and bands are data (`definitions/fibromyalgia_*.csv`), each row with source and mark; reference 1
and 3. Nothing here is a diagnosis: thresholds are met, not met or not assessable on the answers given.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical import reviewed
from clinical.body_map import REGIONS, active, wpi_areas
from clinical.diary import Diary, Period
from clinical.thresholds import days as threshold_days

Verdict = Literal["met", "not_met", "not_assessable"]
Edition = Literal["2011", "2016"]
Reading = Literal["strict", "extended"]
"""How a marked region scores an area: its own part, or the adjacent limb area (reference 3, decision 1)."""

_AREAS = reviewed.rows("fibromyalgia_areas")
ACR_REGIONS: dict[str, tuple[str, ...]] = {
    region: tuple(row["area"] for row in _AREAS if row["region"] == region)
    for region in dict.fromkeys(row["region"] for row in _AREAS)
}
AREA_LABELS: dict[str, str] = {row["area"]: row["label"] for row in _AREAS}
NOT_COUNTED = frozenset(row["area"] for row in _AREAS if row["counts_generalised"] == "no")
"""Areas of the WPI that do not satisfy a region of generalised pain: jaw, chest and abdomen."""
WPI_AREAS = frozenset(AREA_LABELS)


@dataclass(frozen=True, slots=True)
class Symptom:
    """One item of the symptom severity scale: what it asks, its own recall window, and the highest answer."""

    item: str
    label: str
    asks: str
    recall: str
    highest: int


SYMPTOMS: tuple[Symptom, ...] = tuple(
    Symptom(row["item"], row["label"], row["asks"], row["recall"], int(row["highest"]))
    for row in reviewed.rows("fibromyalgia_symptoms")
)
LEVELS: tuple[tuple[str, str], ...] = tuple(
    (row["label"], row["meaning"]) for row in reviewed.rows("fibromyalgia_levels")
)
"""Name and meaning of the answers 0 to 3."""
_HIGHEST = {symptom.item: symptom.highest for symptom in SYMPTOMS}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to reach the thresholds of an edition; `source` with its mark."""

    edition: str
    wpi_from: int
    wpi_to: int
    sss_from: int
    regions_from: int
    months_from: float
    other_disorder_excludes: bool
    source: str

    def met(self, wpi: int, sss: int, regions: int, months: float) -> bool:
        """Whether scores, spread and duration reach it; another disorder is asked about separately."""
        scores = self.wpi_from <= wpi <= self.wpi_to and sss >= self.sss_from
        return scores and regions >= self.regions_from and months >= self.months_from


def _rule(row: reviewed.Row) -> Rule:
    return Rule(
        edition=row["edition"],
        wpi_from=int(row["wpi_from"]),
        wpi_to=int(row["wpi_to"]),
        sss_from=int(row["sss_from"]),
        regions_from=int(row["regions_from"]),
        months_from=float(row["months_from"]),
        other_disorder_excludes=row["other_disorder"] == "excludes",
        source=reviewed.cited(row),
    )


RULES: dict[str, tuple[Rule, ...]] = {
    edition: tuple(_rule(row) for row in reviewed.rows("fibromyalgia_criteria") if row["edition"] == edition)
    for edition in ("2016", "2011")
}


@dataclass(frozen=True, slots=True)
class SeverityBand:
    """One band of a severity scale (FS 0-31), its source with the evidence mark."""

    scale: str
    fs_from: int
    fs_to: int
    band: str
    source: str


SEVERITY: tuple[SeverityBand, ...] = tuple(
    SeverityBand(row["scale"], int(row["fs_from"]), int(row["fs_to"]), row["band"], reviewed.cited(row))
    for row in reviewed.rows("fibromyalgia_severity")
)
SHIPPED_SCALE, OTHER_SCALE = "Wolfe 2015", "Salaffi 2021"
"""The scale whose bands are used, and the one that disagrees with it and is named beside it (reference 1.5)."""


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
            if answer is not None and answer not in range(_HIGHEST[item.name] + 1):
                raise ValueError(f"{item.name} is answered with a whole number from 0 to {_HIGHEST[item.name]}")


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
    """An estimate of the WPI (0-19) from the last seven days of maps: never a verdict.

    `area_days`: each of `areas`, in the same order, with the days of the seven on which it hurt. `reading` names the
    mapping; two readings are never mixed.
    """

    count: int
    areas: tuple[str, ...]
    days_logged: int
    low_completeness: bool
    area_days: tuple[int, ...] = ()
    reading: Reading = "strict"


def assess_2016(areas: Collection[str], symptoms: SymptomSeverity, months: float | None) -> Assessment:
    """Whether the 2016 thresholds are met on these answers. Raises ValueError for an unknown area or answer.

    An unanswered item or duration makes it `not_assessable`, never `not_met` (reference 1.6, rule 1).
    """
    return _assessed("2016", areas, symptoms, {"months": months})


def assess_2011(
    areas: Collection[str], symptoms: SymptomSeverity, months: float | None, other_disorder: bool | None
) -> Assessment:
    """Whether the 2011 thresholds are met on these answers. Raises ValueError for an unknown area or answer.

    `other_disorder`: whether another disorder sufficiently explains the pain, as a clinician judges; None is not asked.
    """
    return _assessed("2011", areas, symptoms, {"months": months, "other_disorder": other_disorder})


def _assessed(
    edition: Edition, areas: Collection[str], symptoms: SymptomSeverity, asked: dict[str, float | None]
) -> Assessment:
    painful, months = frozenset(areas), asked["months"]
    if unknown := painful - WPI_AREAS:
        raise ValueError(f"not one of the 19 areas: {', '.join(sorted(unknown))}")
    if months is not None and not months >= 0:
        raise ValueError("the duration in months cannot be negative")
    answers = {item.name: getattr(symptoms, item.name) for item in fields(symptoms)}
    missing = tuple(name for name, answer in {**answers, **asked}.items() if answer is None)
    wpi, sss, regions = len(painful), _sum_or_none(list(answers.values())), regions_in_pain(painful)
    verdict: Verdict = "not_assessable"
    if not missing and sss is not None and months is not None:
        met = any(
            rule.met(wpi, sss, len(regions), months) and not (rule.other_disorder_excludes and asked["other_disorder"])
            for rule in RULES[edition]
        )
        verdict = "met" if met else "not_met"
    fs = None if sss is None else wpi + sss
    return Assessment(wpi, sss, fs, regions, is_generalised(regions), verdict, missing)


def regions_in_pain(areas: Collection[str]) -> tuple[str, ...]:
    """Which of the five regions those areas satisfy; jaw, chest and abdomen satisfy none (reference 1.2)."""
    counted = frozenset(areas) - NOT_COUNTED
    return tuple(sorted(region for region, members in ACR_REGIONS.items() if counted.intersection(members)))


def is_generalised(regions: Collection[str]) -> bool:
    """Whether pain in those of the five regions is generalised as the 2016 criteria have it."""
    return len(regions) >= threshold_days("widespread_regions")


def severity_band(fs: int, scale: str = SHIPPED_SCALE) -> SeverityBand:
    """The band of a fibromyalgia severity score 0-31 on that scale, with its source."""
    return next(band for band in SEVERITY if band.scale == scale and band.fs_from <= fs <= band.fs_to)


def fs_band(fs: int) -> str:
    """The band of a fibromyalgia severity score 0-31 (Wolfe 2015)."""
    return severity_band(fs).band


def wpi_estimate(days: Diary, reading: Reading = "strict") -> WpiEstimate:
    """The WPI estimated from the last seven days of `days` (reference 3, decision 4), by that reading of the map."""
    week = threshold_days("wpi_window_days")
    if not len(days):
        return WpiEstimate(0, (), 0, True, reading=reading)
    last = days.during(Period((days.dates()[-1] - (week - 1)).astype(object), days.end))
    hurt = active(last.maps[last.has_map])
    found = [_areas_of(each, reading) for each in hurt]
    areas = tuple(sorted(frozenset().union(*found)))
    area_days = tuple(sum(area in each for each in found) for area in areas)
    logged = int(last.has_map.sum())
    low = logged < threshold_days("wpi_min_days")
    return WpiEstimate(len(areas), areas, logged, low, area_days, reading)


def _areas_of(hurt: NDArray[np.bool_], reading: Reading) -> frozenset[str]:
    """The areas one map scores."""
    return wpi_areas([REGIONS[i].region_id for i in np.flatnonzero(hurt)], extended=reading == "extended")


def _sum_or_none(answers: list[int | None]) -> int | None:
    given = [answer for answer in answers if answer is not None]
    return sum(given) if len(given) == len(answers) else None
