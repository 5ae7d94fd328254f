"""The view model of the aligned time series: one shared axis, by day, week or four weeks, gaps as NaN.

Periods longer than `MOST_DAILY` days are given week by week, and beyond `MOST_WEEKLY` by four weeks (median of the
logged days), so that ten years stay readable and light; the axis titles say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import PRESENT, REGION_INDEX, active
from clinical.diary import Days, Diary, Period
from clinical.flares import Flare, UsualRange
from clinical.rounding import displayed
from clinical.thresholds import days as whole
from clinical.thresholds import limit

MOST_DAILY = 200
"""Longest period drawn day by day: beyond, a day has less than four pixels and neighbours hide each other."""
MOST_WEEKLY = 1461
"""Longest period drawn week by week: four years."""
WEEK = 7
FOUR_WEEKS = 28
FEWEST_FOR_MEDIAN = 3
"""Logged days that a 7-day median needs."""
SHORT_NIGHT = limit("short_night_hours")
"""Hours below which a night is drawn as short."""

SERIES = ("spread", "sleep_hours", "sleep_quality", "stress", "fatigue", "stiffness_minutes")


@dataclass(frozen=True, slots=True)
class FlareSpan:
    """One episode as drawn, clipped to the period."""

    kind: str
    start: date
    end: date
    open: bool
    days: int  # of the whole episode, clipped ends included
    short_nights_before: int  # among the last two nights when it began
    whole: Flare  # the episode itself, with what it was found by


@dataclass(frozen=True, slots=True)
class Lane:
    """One medicine: what was prescribed when, and how much was taken per step.

    `spans` are (start, end, share of the largest dose); `taken` (n,) is the daily dose (regular: mean of days taken
    in the step; as needed: days with a dose in the step), NaN where nothing is known.
    """

    medicine: str
    dose: str
    as_needed: bool
    spans: tuple[tuple[date, date, float], ...]
    taken: Days


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened on a day, or over the days to `end`; `detail` is read when the marker is opened.

    `note_id` leads to the note it stands for.
    """

    day: date
    kind: str
    label: str
    detail: str
    end: date | None = None
    note_id: int | None = None

    def touches(self, days: Period) -> bool:
        """Whether it happened on one of those days at least."""
        return self.day <= days.end and (self.end or self.day) >= days.start


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Everything the timeline draws; row i of each array is the step that starts `step_days * i` after `start`."""

    period: Period
    start: date
    step_days: int
    logged: NDArray[np.int16]  # days logged in each step
    pain: Days  # daily value, or median of the step
    pain_median: Days  # 7-day median around each logged day; all NaN when grouped
    series: dict[str, Days]
    usual: UsualRange | None
    flares: tuple[FlareSpan, ...]
    lanes: tuple[Lane, ...]
    markers: tuple[Marker, ...]
    regions: tuple[str, ...] = ()  # the pain panel shows these regions only

    def __len__(self) -> int:
        return len(self.logged)

    @property
    def grouped(self) -> bool:
        """Whether a value is the median of several days."""
        return self.step_days > 1

    @property
    def step_words(self) -> str:
        """How long a step is, before a noun: 'daily', 'weekly', 'four-weekly'."""
        return {1: "daily", WEEK: "weekly", FOUR_WEEKS: "four-weekly"}[self.step_days]

    def has(self, series: str) -> bool:
        """Whether that series holds any value in the period."""
        return bool(np.isfinite(self.series[series]).any())

    def gaps(self) -> list[tuple[int, int]]:
        """Runs of steps without an entry, as (first, last)."""
        return runs(self.logged == 0)


@dataclass(frozen=True, slots=True)
class Steps:
    """The time grid of a period: days, else whole weeks, else spans of four weeks, that end with the period."""

    period: Period
    step_days: int

    @classmethod
    def of(cls, period: Period) -> "Steps":
        if period.days <= MOST_DAILY:
            return cls(period, 1)
        return cls(period, WEEK if period.days <= MOST_WEEKLY else FOUR_WEEKS)

    @property
    def count(self) -> int:
        return -(-self.period.days // self.step_days)

    @property
    def grid(self) -> Period:
        """The days covered: the period, started early where the first step is not whole."""
        return Period(self.period.end - timedelta(days=self.count * self.step_days - 1), self.period.end)

    def medians(self, values: Days) -> Days:
        """One value per step from the daily values of `grid`: the value itself, or the median of logged days."""
        return values if self.step_days == 1 else median_of_logged(values.reshape(-1, self.step_days))


def timeline(  # the pieces of one patient, already loaded
    diary: Diary,
    period: Period,
    flares: Sequence[Flare],
    *,
    usual: UsualRange | None,
    lanes: tuple[Lane, ...] = (),
    markers: tuple[Marker, ...] = (),
    as_of: date,
) -> Timeline:
    """The view model of one period; arrays have one row per step."""
    steps = Steps.of(period)
    days = diary.during(steps.grid)
    return Timeline(
        period=period,
        start=steps.grid.start,
        step_days=steps.step_days,
        logged=days.logged.reshape(-1, steps.step_days).sum(axis=1).astype(np.int16),
        pain=steps.medians(days["pain"]),
        pain_median=_seven_day_median(diary, steps),
        series={name: steps.medians(days[name]) for name in SERIES},
        usual=usual,
        flares=flare_spans(diary, flares, period, as_of),
        lanes=lanes,
        markers=_within(markers, period),
    )


def _within(markers: Sequence[Marker], period: Period) -> tuple[Marker, ...]:
    """The markers of the period in order; one that began before it stands on its first day."""
    inside = (replace(m, day=max(m.day, period.start)) for m in markers if m.touches(period))
    return tuple(sorted(inside, key=lambda marker: marker.day))


def region_pain(diary: Diary, period: Period, regions: Sequence[str]) -> tuple[Days, Days]:
    """Intensity 0-10 per step in the worst of those regions, and its 7-day median.

    A map without a mark there is 0; a day without a map, or a mark without an intensity, is NaN.
    """
    steps = Steps.of(period)
    wide = _around(steps.grid)
    days = diary.during(wide)
    values = intensity(days, regions)
    inside = values[WEEK // 2 : -(WEEK // 2)]
    return steps.medians(inside), _rolling_median(values, steps)


def only(view: Timeline, diary: Diary, regions: tuple[str, ...]) -> Timeline:
    """The same timeline with the pain of those regions alone; the usual range is of the whole person, so it goes."""
    pain, median = region_pain(diary, view.period, regions)
    return replace(view, pain=pain, pain_median=median, usual=None, regions=regions)


def intensity(days: Diary, regions: Sequence[str]) -> Days:
    """Worst intensity 0-10 over those regions on each day of the diary, NaN where none is known."""
    marks = days.maps[:, [REGION_INDEX[region] for region in regions]]
    values = np.where(active(marks), marks, 0).astype(np.float32)
    values[marks == PRESENT] = np.nan
    worst = np.fmax.reduce(values, axis=1)
    return np.where(days.has_map, worst, np.nan).astype(np.float32)


def flare_spans(diary: Diary, flares: Sequence[Flare], period: Period, as_of: date) -> tuple[FlareSpan, ...]:
    """The episodes that touch the period, in order."""
    spans: list[FlareSpan] = []
    for flare in sorted(flares, key=lambda f: f.start):
        end = flare.end or as_of
        if flare.start > period.end or end < period.start:
            continue
        spans.append(
            FlareSpan(
                flare.kind,
                max(flare.start, period.start),
                min(end, period.end),
                flare.end is None,
                (end - flare.start).days + 1,
                _short_nights(diary, flare.start),
                flare,
            )
        )
    return tuple(spans)


def _short_nights(diary: Diary, start: date) -> int:
    """Short nights just before a flare; a day's sleep is the night that ended on it, so the first day counts too."""
    lookback = Period(start - timedelta(days=whole("short_night_lookback_days") - 1), start)
    hours = diary.column("sleep_hours", lookback)
    return sum(displayed(float(night)) < SHORT_NIGHT for night in hours[np.isfinite(hours)])


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of true values as (first, last) places."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def median_of_logged(rows: Days, fewest: int = 1) -> Days:
    """Median of the known values of each row, NaN where fewer than `fewest` are known. Shape (n,)."""
    ordered = np.sort(rows, axis=1)  # NaN goes last, so the known values are the first ones
    known = np.isfinite(rows).sum(axis=1)
    row = np.arange(len(rows))
    middle = (ordered[row, np.maximum(known - 1, 0) // 2] + ordered[row, np.minimum(known // 2, rows.shape[1] - 1)]) / 2
    return np.where(known >= fewest, middle, np.nan).astype(np.float32)


def _around(grid: Period) -> Period:
    side = timedelta(days=WEEK // 2)
    return Period(grid.start - side, grid.end + side)


def _seven_day_median(diary: Diary, steps: Steps) -> Days:
    return _rolling_median(diary.column("pain", _around(steps.grid)), steps)


def _rolling_median(values: Days, steps: Steps) -> Days:
    """Median of the week around each day, NaN on unlogged days: the line stops at a gap, it never bridges it."""
    if steps.step_days > 1:
        return np.full(steps.count, np.nan, np.float32)
    medians = median_of_logged(np.lib.stride_tricks.sliding_window_view(values, WEEK), FEWEST_FOR_MEDIAN)
    return np.where(np.isfinite(values[WEEK // 2 : -(WEEK // 2)]), medians, np.nan).astype(np.float32)
