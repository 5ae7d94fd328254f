"""Is a change important? One value against another, by a published important difference."""

from dataclasses import dataclass
from typing import Literal

from clinical.diary import Diary, Period

Importance = Literal[
    "important improvement",
    "important worsening",
    "not an important change",
    "not enough days",
    "no agreed threshold",
]


@dataclass(frozen=True, slots=True)
class Sample:
    """A mean (or a single score) and the logged days it rests on; `value` None without any."""

    value: float | None
    days: int


@dataclass(frozen=True, slots=True)
class Change:
    """`now` and `before` as displayed, their difference and percentage, and whether that is important.

    `percent` is None when the value before is too low for one. Negative is down.
    """

    now: float | None
    before: float | None
    difference: float | None
    percent: int | None
    important: Importance
    rule: str
    days_now: int
    days_before: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What counts as important: points, percent (each None when there is none) and the fewest days on each side."""

    points: float | None
    percent: float | None
    min_days: int
    min_baseline: float
    rule: str
    places: int = 1


def sample(diary: Diary, period: Period, column: str = "pain") -> Sample:
    """The mean of a daily column over the period's answered days."""
    raise NotImplementedError


def compare(now: Sample, before: Sample, benchmark: Benchmark | None = None) -> Change:
    """The change between two samples where higher is worse, by default pain (0-10) against IMMPACT 2008."""
    raise NotImplementedError
