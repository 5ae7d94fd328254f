"""From diary entries to one row a day: the only place where several answers of one day become one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clinical.body_map import PRESENT, REGION_COUNT, UNMARKED, active
from clinical.diary import Days, Diary, empty_diary

ANSWERS = (
    "pain", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood",
    "stiffness_minutes", "sensitivity", "activity",
)  # fmt: skip
"""Columns whose day value is the mean of the day's answers."""

FRAME_COLUMNS = (
    "pain", "spread", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "rescue_doses", "flare",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated diary entry. `None` means not answered; `regions`: packed map (`body_map.pack`) or None.

    `measured`: a device told it. Its hours of sleep count where the person gave none themselves, but nobody logged
    anything: not what hurt, and not that no dose was taken.
    """

    day: date
    pain: float | None = None
    fatigue: float | None = None
    interference: float | None = None
    sleep_hours: float | None = None
    sleep_quality: float | None = None
    stress: float | None = None
    mood: float | None = None
    stiffness_minutes: float | None = None
    sensitivity: float | None = None
    activity: float | None = None
    flare: bool | None = None
    measured: bool = False
    regions: bytes | None = None


@dataclass(frozen=True, slots=True)
class DoseTaken:
    """One logged dose; `taken` false when the person logged that it was not taken."""

    day: date
    as_needed: bool
    taken: bool = True


def day_rows(entries: Sequence[Entry], doses: Sequence[DoseTaken] = ()) -> Diary:
    """The diary from the first to the last day with an entry or a dose; empty when there is neither."""
    entry_days = np.array([entry.day for entry in entries], "datetime64[D]")
    dose_days = np.array([dose.day for dose in doses], "datetime64[D]")
    every = np.concatenate((entry_days, dose_days))
    if not every.size:
        return empty_diary(_NO_DAY)
    first = every.min()
    count = int((every.max() - first).astype(int)) + 1
    rows = (entry_days - first).astype(np.intp)
    dose_rows = (dose_days - first).astype(np.intp)
    said = np.array([not entry.measured for entry in entries], np.bool_)
    values = _answers(entries, rows, said, count)
    maps, has_map = _maps(entries, rows, count)
    logged = np.bincount(rows[said], minlength=count).astype(np.int16)
    values["spread"] = np.where(has_map, active(maps).sum(axis=1), np.nan).astype(np.float32)
    values["rescue_doses"] = _rescue_doses(doses, dose_rows, logged)
    start: date = first.astype(object)
    return Diary(start, logged, values, maps, has_map)


_NO_DAY = date(2000, 1, 1)
"""Start of a diary that holds no day at all; never shown."""


def frame(diary: Diary) -> pd.DataFrame:
    """The daily table `detect_flares` takes: one row a calendar day, NaN where not answered."""
    index = pd.DatetimeIndex(diary.dates().astype("datetime64[s]"), name="day")
    return pd.DataFrame({column: diary[column] for column in FRAME_COLUMNS}, index=index)


def _answers(entries: Sequence[Entry], rows: NDArray[np.intp], said: NDArray[np.bool_], count: int) -> dict[str, Days]:
    values: dict[str, Days] = {}
    for column in ANSWERS:
        values[column] = _mean_per_day(_own_first(_column(entries, column), rows, said, count), rows, count)
    values["pain_worst"] = _most_per_day(_column(entries, "pain"), rows, count)
    values["flare"] = _most_per_day(_column(entries, "flare"), rows, count)  # yes (1) wins over no (0)
    return values


def _own_first(
    answers: NDArray[np.float64], rows: NDArray[np.intp], said: NDArray[np.bool_], count: int
) -> NDArray[np.float64]:
    """The answers, without what a device told of a day on which the person answered: no mean of the two is either's."""
    if said.all():
        return answers
    own = np.zeros(count, np.bool_)
    own[rows[said & ~np.isnan(answers)]] = True
    return np.where(~said & own[rows], np.nan, answers)


def _column(entries: Sequence[Entry], column: str) -> NDArray[np.float64]:
    return np.array(list(map(attrgetter(column), entries)), np.float64)  # None becomes NaN


def _mean_per_day(answers: NDArray[np.float64], rows: NDArray[np.intp], count: int) -> Days:
    given = ~np.isnan(answers)
    number = np.bincount(rows[given], minlength=count)
    total = np.bincount(rows[given], answers[given], minlength=count)
    mean = np.full(count, np.nan)
    np.divide(total, number, out=mean, where=number > 0)
    return mean.astype(np.float32)


def _most_per_day(answers: NDArray[np.float64], rows: NDArray[np.intp], count: int) -> Days:
    most = np.full(count, np.nan, np.float32)
    np.fmax.at(most, rows, answers.astype(np.float32))
    return most


def _maps(entries: Sequence[Entry], rows: NDArray[np.intp], count: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The worst mark of the day per region: an intensity beats a mark without one, which beats a marked 0."""
    with_map = [entry.regions for entry in entries if entry.regions is not None]
    where = np.array([entry.regions is not None for entry in entries], np.bool_)
    packed = np.frombuffer(b"".join(with_map), np.uint8).reshape(-1, REGION_COUNT)
    ranks = np.zeros((count, REGION_COUNT), np.uint8)
    np.maximum.at(ranks, rows[where], _TO_RANK[packed])
    has_map = np.zeros(count, np.bool_)
    has_map[rows[where]] = True
    return _FROM_RANK[ranks], has_map


def _rank_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    from_rank = np.array([UNMARKED, 0, PRESENT, *range(1, 11)], np.uint8)
    to_rank = np.zeros(256, np.uint8)
    to_rank[from_rank] = np.arange(len(from_rank))
    return to_rank, from_rank


_TO_RANK, _FROM_RANK = _rank_tables()


def _rescue_doses(doses: Sequence[DoseTaken], rows: NDArray[np.intp], logged: NDArray[np.int16]) -> Days:
    known = logged > 0
    known[rows] = True
    as_needed = np.array([dose.as_needed and dose.taken for dose in doses], np.bool_)
    taken = np.bincount(rows[as_needed], minlength=len(logged))
    return np.where(known, taken, np.nan).astype(np.float32)
