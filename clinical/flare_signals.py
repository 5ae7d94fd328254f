"""The daily signals of a flare, against the person's own usual level: one score a logged day, in the person's own sd.

Pain alone misses two flares in three (Costa N et al. Clin J Pain 2021;37:313 [V]), and cannot rise at all where it is
always 9: every column that was answered speaks, weighted, and the weights are renewed for the columns that are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clinical.thresholds import FLARE_DETECTOR

SETTING = {name: threshold.value for name, threshold in FLARE_DETECTOR.items()}

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Signal:
    """One column: +1 when more is worse, its weight, and the smallest day-to-day sd believed (in its own unit)."""

    column: str
    direction: int
    weight: float
    lowest_sd: float


SIGNALS = (  # weights after reference 6.5 [P], extended by spread and rescue doses, which speak when pain cannot rise
    Signal("pain", 1, 0.4, 0.7),
    Signal("spread", 1, 0.25, 1.2),
    Signal("fatigue", 1, 0.2, 0.8),
    Signal("interference", 1, 0.2, 0.8),
    Signal("sleep_hours", -1, 0.1, 0.7),
    Signal("sleep_quality", -1, 0.1, 0.9),
    Signal("stress", 1, 0.05, 1.0),
    Signal("rescue_doses", 1, 0.15, 0.6),
)


@dataclass(frozen=True, slots=True)
class LoggedDays:
    """The days that count: those with a pain answer or an answer to "is this a flare?", in order of date.

    `day` (m,) day numbers; `worse` (m, columns) values signed so that more is worse; `given` where answered (else 0);
    `pain` (m,); `answer` (m,) 1, 0 or NaN; `last_day` is the last calendar day of the table, logged or not.
    """

    day: NDArray[np.int64]
    worse: Floats
    given: NDArray[np.bool_]
    signals: tuple[Signal, ...]
    pain: Floats
    answer: Floats
    last_day: int

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual level: per column centre and sd, and the centre and sd of the composite score itself.

    `carry` (0-0.9) is how much of a day's score carries over to the next; `pain` the median, `days` what it rests on.
    """

    centre: Floats
    sd: Floats
    weight: Floats
    score_centre: float
    score_sd: float
    carry: float
    pain: float
    days: int


def logged_days(table: pd.DataFrame) -> LoggedDays:
    """The logged days of a daily table in any row order; two rows of one day are averaged (flare: yes wins)."""
    index = pd.DatetimeIndex(table.index)
    if index.tz is not None:
        index = index.tz_localize(None)
    day = index.to_numpy().astype("datetime64[D]").astype(np.int64)
    named = dict(table.items())  # once: looking a name up in the table costs more than reading its column
    present = tuple(signal for signal in SIGNALS if signal.column in named)
    wanted = [*(signal.column for signal in present), "pain", "flare"]
    columns = [_numbers(named[name]) if name in named else np.full(len(table), np.nan) for name in wanted]
    values = np.array(columns).reshape(len(columns), len(day)).T
    day, values = _one_row_a_day(day, values, np.asarray(index.isna(), np.bool_))
    last_day = int(day[-1]) if len(day) else 0
    kept = ~np.isnan(values[:, -2:]).all(axis=1)
    day, values = day[kept], values[kept]
    worse = values[:, :-2] * np.array([signal.direction for signal in present], np.float64)
    given = ~np.isnan(worse)
    return LoggedDays(day, np.where(given, worse, 0.0), given, present, values[:, -2], values[:, -1], last_day)


def _numbers(series: pd.Series) -> Floats:
    """A column as numbers, NaN where there is none."""
    if series.dtype != np.float64:
        series = pd.to_numeric(series, errors="coerce").astype("float64")
    values = series.to_numpy(np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def _one_row_a_day(
    day: NDArray[np.int64], values: Floats, undated: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], Floats]:
    """The rows in order of date; rows of one day are averaged, but of the last column the highest counts."""
    if undated.any():
        day, values = day[~undated], values[~undated]
    if len(day) < 2 or bool((day[1:] > day[:-1]).all()):
        return day, values
    order = np.argsort(day, kind="stable")
    day, values = day[order], values[order]
    first = np.flatnonzero(np.diff(day, prepend=day[0] - 1))
    if len(first) == len(day):
        return day, values
    given = ~np.isnan(values)
    answers = np.add.reduceat(given, first, axis=0, dtype=np.int64)
    mean = np.add.reduceat(np.where(given, values, 0.0), first, axis=0) / np.where(answers > 0, answers, np.nan)
    mean[:, -1] = np.fmax.reduceat(values[:, -1], first)
    return day[first], mean


def learn_usual(days: LoggedDays, rows: Rows) -> Usual | None:
    """The usual level on those days; None while they are too few."""
    return learn_each(days, [rows])[0]


def learn_each(days: LoggedDays, windows: Sequence[Rows]) -> list[Usual | None]:
    """The usual level on the days of each window; None where they are too few."""
    enough = [rows for rows in windows if len(rows) >= SETTING["usual_min_days"]]
    learnt = iter(_learn(days, enough) if enough else [])
    return [next(learnt) if len(rows) >= SETTING["usual_min_days"] else None for rows in windows]


def _learn(days: LoggedDays, windows: Sequence[Rows]) -> list[Usual]:
    """All windows at once: arrays of shape (windows, days, columns), the shorter windows filled up with nothing."""
    count = np.array([len(rows) for rows in windows])
    held = np.arange(int(count.max())) < count[:, None]
    rows = np.zeros(held.shape, np.intp)
    rows[held] = np.concatenate(windows)
    window, given = days.worse[rows], days.given[rows] & held[:, :, None]
    answered = np.add.reduce(given, axis=1, dtype=np.float64)
    ordered = _ordered(window, given)
    pain = _medians(ordered, answered, days.signals)
    centre = _midmean(ordered, answered)
    away = np.abs(window - centre[:, None])
    away *= given
    sd = np.maximum(SD_OF_MEAN_DEVIATION * np.add.reduce(away, axis=1) / np.maximum(answered, 1), _floors(days.signals))
    weight = np.where(answered >= SETTING["column_min_days"], _weights(days.signals), 0.0)
    raw = _composite(window, given, centre[:, None], sd[:, None], weight[:, None])
    score_centre = np.add.reduce(raw, axis=1) / count  # a day that only fills up counts as 0
    apart = (raw - score_centre[:, None]) * held
    score_sd = np.maximum(SD_OF_MEAN_DEVIATION * np.add.reduce(np.abs(apart), axis=1) / count, SETTING["lowest_sd"])
    per_window = (score_centre.tolist(), score_sd.tolist(), _carry(apart).tolist(), pain, count.tolist())
    return [Usual(*each) for each in zip(centre, sd, weight, *per_window, strict=True)]


SD_OF_MEAN_DEVIATION = 1.2533
"""sd of a normal distribution over its mean absolute deviation: finer than the MAD, which sticks on whole numbers."""


def _ordered(window: Floats, given: NDArray[np.bool_]) -> Floats:
    """The answers of each window and column in order (windows, columns, days); what was not answered goes last."""
    ordered: Floats = np.where(given, window, np.inf).transpose(0, 2, 1).copy()
    ordered.sort(axis=2)
    return ordered


def _medians(ordered: Floats, answered: Floats, signals: tuple[Signal, ...]) -> list[float]:
    """The median pain of each window, NaN where it was not answered."""
    if not signals or signals[0].column != "pain":
        return [float("nan")] * len(ordered)
    found = []
    for values, count in zip(ordered[:, 0], answered[:, 0].astype(np.int64).tolist(), strict=True):
        middle = float(values[count // 2] + values[(count - 1) // 2]) / 2 if count else float("nan")
        found.append(middle)
    return found


def score(days: LoggedDays, rows: slice | Rows, usual: Usual) -> Floats:
    """How much worse than usual each day was, in the person's own sd of that score."""
    raw = _composite(days.worse[rows], days.given[rows], usual.centre, usual.sd, usual.weight)
    return (raw - usual.score_centre) / usual.score_sd


def scores_against(days: LoggedDays, usual: Sequence[Usual | None], which: Rows) -> Floats:
    """The score of each logged day against `usual[which[day]]`; NaN where there is none."""
    none = np.zeros(len(days.signals))
    known = [each for each in usual if each is not None]
    held = np.array([each is not None for each in usual])[which]
    if not known:
        return np.full(len(days), np.nan)
    centre = np.array([none if each is None else each.centre for each in usual])[which]
    sd = np.array([none + 1 if each is None else each.sd for each in usual])[which]
    weight = np.array([none if each is None else each.weight for each in usual])[which]
    scale = np.array([(0.0, 1.0) if each is None else (each.score_centre, each.score_sd) for each in usual])[which]
    raw = _composite(days.worse, days.given, centre, sd, weight)
    return np.where(held, (raw - scale[:, 0]) / scale[:, 1], np.nan)


def deviations(days: LoggedDays, rows: slice, usual: Usual) -> Floats:
    """How much worse than usual each column was, in the person's own sd (rows, columns), 0 where not answered."""
    z: Floats = (days.worse[rows] - usual.centre) / usual.sd
    return z * days.given[rows]


@cache
def _floors(signals: tuple[Signal, ...]) -> Floats:
    return np.array([signal.lowest_sd for signal in signals])


@cache
def _weights(signals: tuple[Signal, ...]) -> Floats:
    return np.array([signal.weight for signal in signals])


def _carry(apart: Floats) -> Floats:
    """How much of a day's score carries over to the next logged day (lag-1 autocorrelation), 0-0.9; per window."""
    power = np.add.reduce(apart * apart, axis=1)
    product = np.add.reduce(apart[:, 1:] * apart[:, :-1], axis=1)
    carry: Floats = np.minimum(np.maximum(product / np.where(power > 0, power, 1.0), 0.0), 0.9)
    return carry


def _midmean(ordered: Floats, answered: Floats) -> Floats:
    """The mean of the middle half of each column: as robust as a median, but not stuck on whole numbers."""
    low = answered // 4
    high = answered - low
    ranks = _RANKS[: ordered.shape[2]]
    held = np.where((ranks < low[:, :, None]) | (ranks >= high[:, :, None]), 0.0, ordered)
    middle: Floats = np.add.reduce(held, axis=2) / np.maximum(high - low, 1)
    return middle


_RANKS = np.arange(1000.0)  # more than any window of logged days


def _composite(worse: Floats, given: NDArray[np.bool_], centre: Floats, sd: Floats, weight: Floats) -> Floats:
    """The weighted sum of deviations over the columns answered that day, scaled to sd 1 for independent columns."""
    most = SETTING["highest_z"]
    z = (worse - centre) / sd
    np.minimum(np.maximum(z, -most, out=z), most, out=z)
    z *= given
    norm = np.sqrt(np.add.reduce(given * (weight * weight), axis=-1))
    scaled: Floats = np.add.reduce(z * weight, axis=-1) / np.where(norm > 0, norm, 1.0)
    return scaled
