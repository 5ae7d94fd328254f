"""The 2016 fibromyalgia criteria and the estimate of the widespread pain index from body maps (reference 1 and 3)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from clinical.diary import Diary

Verdict = Literal["met", "not_met", "not_assessable"]


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
    """Whether the 2016 thresholds are met on these answers. Raises ValueError for an unknown area or answer."""
    raise NotImplementedError


def fs_band(fs: int) -> str:
    """The band of a fibromyalgia severity score 0-31 (Wolfe 2015)."""
    raise NotImplementedError


def wpi_estimate(days: Diary) -> WpiEstimate:
    """The WPI estimated from the last seven days of `days` (reference 3, decision 4)."""
    raise NotImplementedError
