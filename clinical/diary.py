"""A patient's logged days on a continuous calendar, and the periods one looks at them through.

Missing is missing: a day without an answer is NaN, a day without a map is all `UNMARKED` with `has_map` false.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGION_COUNT, UNMARKED

COLUMNS = (
    "pain", "pain_worst", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood",
    "stiffness_minutes", "sensitivity", "activity", "flare", "spread", "rescue_doses",
)  # fmt: skip
"""Daily columns: 0-10 scores, hours, minutes, `flare` 1/0, `spread` regions in pain, `rescue_doses` count."""

Days = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period ends before it starts")

    @property
    def days(self) -> int:
        """Calendar days in the period."""
        return (self.end - self.start).days + 1

    def before(self) -> "Period":
        """The period of the same length that ends the day before this one starts."""
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Diary:
    """One patient's days, gaps included: row i is the day `start + i`.

    `entries` (n,) int16 counts diary entries of the day; `values[column]` (n,) float32, NaN where not answered;
    `maps` (n, 74) uint8 in vocabulary order; `has_map` (n,) bool. n may be 0.
    """

    start: date
    entries: NDArray[np.int16]
    values: Mapping[str, Days]
    maps: NDArray[np.uint8]
    has_map: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, column: str) -> Days:
        return self.values[column]

    @property
    def end(self) -> date:
        """The last calendar day held (the day before `start` when empty)."""
        return self.start + timedelta(days=len(self) - 1)

    @property
    def logged(self) -> NDArray[np.bool_]:
        """Days with at least one diary entry."""
        return self.entries > 0

    @property
    def first_logged(self) -> date | None:
        """The first day with a diary entry; None where nothing was ever logged."""
        logged = self.entries > 0
        return self.start + timedelta(days=int(logged.argmax())) if logged.any() else None

    def dates(self) -> NDArray[np.datetime64]:
        """The calendar days, datetime64[D], shape (n,)."""
        first = np.datetime64(self.start, "D")
        return first + np.arange(len(self))

    def column(self, name: str, period: Period) -> Days:
        """One column inside the period, NaN outside the diary, shape (period.days,): far lighter than `during`."""
        ahead = (period.start - self.start).days
        first, last = max(ahead, 0), min(ahead + period.days, len(self))
        if first == ahead and last == ahead + period.days:
            return self.values[name][first:last]
        values = np.full(period.days, np.nan, np.float32)
        if first < last:
            values[first - ahead : last - ahead] = self.values[name][first:last]
        return values

    def logged_during(self, period: Period) -> NDArray[np.bool_]:
        """Which days of the period have a diary entry, shape (period.days,)."""
        ahead = (period.start - self.start).days
        first, last = max(ahead, 0), min(ahead + period.days, len(self))
        logged = np.zeros(period.days, np.bool_)
        if first < last:
            logged[first - ahead : last - ahead] = self.entries[first:last] > 0
        return logged

    def days_logged(self, period: Period) -> int:
        """How many days of the period have a diary entry."""
        return int(np.count_nonzero(self.logged_during(period)))

    def during(self, period: Period) -> "Diary":
        """The part of the diary inside the period, padded with missing days so that it has `period.days` rows."""
        low = (period.start - self.start).days
        lead = min(max(-low, 0), period.days)
        first, last = max(low, 0), max(min(low + period.days, len(self)), 0)
        kept = max(last - first, 0)
        tail = period.days - lead - kept
        if not lead and not tail:
            window = slice(first, last)
            return Diary(
                period.start,
                self.entries[window],
                {name: column[window] for name, column in self.values.items()},
                self.maps[window],
                self.has_map[window],
            )
        window = slice(first, first + kept)
        return Diary(
            period.start,
            np.pad(self.entries[window], (lead, tail)),
            {n: np.pad(c[window], (lead, tail), constant_values=np.nan) for n, c in self.values.items()},
            np.pad(self.maps[window], ((lead, tail), (0, 0)), constant_values=UNMARKED),
            np.pad(self.has_map[window], (lead, tail)),
        )


def empty_diary(start: date, days: int = 0) -> Diary:
    """A diary of `days` days with nothing logged."""
    return Diary(
        start,
        np.zeros(days, np.int16),
        {name: np.full(days, np.nan, np.float32) for name in COLUMNS},
        np.full((days, REGION_COUNT), UNMARKED, np.uint8),
        np.zeros(days, np.bool_),
    )


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much was logged: the data-quality strip. `last_entry` is over the whole diary, not only the period."""

    days: int
    days_logged: int
    longest_gap: int
    last_entry: date | None


def completeness(diary: Diary, period: Period) -> Completeness:
    """Days logged, the longest run of unlogged days inside the period, and the day of the last entry."""
    logged = diary.logged_during(period)
    all_logged = np.flatnonzero(diary.logged)
    last = diary.start + timedelta(days=int(all_logged[-1])) if all_logged.size else None
    return Completeness(period.days, int(logged.sum()), _longest_run(~logged), last)


def _longest_run(flags: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max()) if edges.size else 0
