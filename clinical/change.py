"""Is a change important? One value against another, by a published important difference."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from clinical.diary import Diary, Period
from clinical.rounding import displayed
from clinical.thresholds import cited, days, limit

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

    `percent` is None when the value before is too low for one. Negative is down. `exact_now` and `exact_before` are the
    same two values before rounding.
    """

    now: float | None
    before: float | None
    difference: float | None
    percent: int | None
    important: Importance
    rule: str
    days_now: int
    days_before: int
    exact_now: float | None = None
    exact_before: float | None = None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What counts as important: `points` or `percent` (None: no such limit), and what both sides must rest on.

    `min_baseline` is the value before below which no percentage is given; `places` are the decimals displayed.
    """

    points: float | None
    percent: float | None
    min_days: int
    min_baseline: float
    rule: str
    places: int = 1


IMMPACT = Benchmark(
    points=limit("important_pain_points"),
    percent=limit("important_pain_percent"),
    min_days=days("change_min_days"),
    min_baseline=limit("percent_needs_baseline"),
    rule=(
        f"Important: {limit('important_pain_points'):.0f} points or {limit('important_pain_percent'):.0f} %, means of "
        f"at least {days('change_min_days')} logged days each; no percentage below "
        f"{limit('percent_needs_baseline'):.0f}; not validated for worsening. {cited('important_pain_percent')}"
    ),
)
PROVISIONAL = Benchmark(
    points=limit("provisional_points"),
    percent=limit("provisional_percent"),
    min_days=days("change_min_days"),
    min_baseline=limit("percent_needs_baseline"),
    rule=(
        f"Provisional: {limit('provisional_points'):.0f} points or {limit('provisional_percent'):.0f} %, means of at "
        f"least {days('change_min_days')} logged days each. {cited('provisional_points')}"
    ),
)


def sample(diary: Diary, period: Period, column: str = "pain") -> Sample:
    """The mean of a daily column over the period's answered days."""
    values = diary.column(column, period)
    answered = values[~np.isnan(values)]
    if not answered.size:
        return Sample(None, 0)
    return Sample(float(answered.mean(dtype=np.float64)), int(answered.size))


def compare(now: Sample, before: Sample, benchmark: Benchmark = IMMPACT) -> Change:
    """The change between two samples where higher is worse, by default pain (0-10) against IMMPACT 2008.

    Both values are rounded as displayed first; the difference and the percentage are those of the displayed numbers.
    """
    shown_now = _shown(now, benchmark.places)
    shown_before = _shown(before, benchmark.places)
    difference = percent = None
    if shown_now is not None and shown_before is not None:
        difference = displayed(shown_now - shown_before, benchmark.places)
        percent = _percent(difference, shown_before, benchmark)
    return Change(
        now=shown_now,
        before=shown_before,
        difference=difference,
        percent=percent,
        important=_important(difference, percent, min(now.days, before.days), benchmark),
        rule=benchmark.rule,
        days_now=now.days,
        days_before=before.days,
        exact_now=now.value,
        exact_before=before.value,
    )


def _shown(part: Sample, places: int) -> float | None:
    return None if part.value is None else displayed(part.value, places)


def _percent(difference: float, before: float, benchmark: Benchmark) -> int | None:
    if benchmark.percent is None or before < benchmark.min_baseline:
        return None
    return int(displayed(100 * difference / before, 0))


def _important(difference: float | None, percent: int | None, fewest_days: int, benchmark: Benchmark) -> Importance:
    if difference is None or fewest_days < benchmark.min_days:
        return "not enough days"
    if benchmark.points is None and benchmark.percent is None:
        return "no agreed threshold"
    by_points = benchmark.points is not None and abs(difference) >= benchmark.points
    by_percent = benchmark.percent is not None and percent is not None and abs(percent) >= benchmark.percent
    if not (by_points or by_percent):
        return "not an important change"
    return "important worsening" if difference > 0 else "important improvement"
