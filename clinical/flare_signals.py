"""The daily signals of a flare, against the person's own usual level: one score a logged day, in the person's own sd.

Pain alone misses two flares in three (Costa N et al. Clin J Pain 2021;37:313 [V]), and cannot rise at all where it is
always 9: every column that was answered speaks, weighted, and the weights are renewed for the columns that are there.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clinical.thresholds import FLARE_DETECTOR

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

    `day` (m,) day numbers; `worse` (m, columns) values signed so that more is worse; `pain` (m,); `answer` (m,) 1, 0 or
    NaN; `last_day` is the last calendar day of the table, logged or not.
    """

    day: NDArray[np.int64]
    worse: Floats
    signals: tuple[Signal, ...]
    pain: Floats
    answer: Floats
    last_day: int

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual level: per column centre and sd, and the centre and sd of the composite score itself."""

    centre: Floats
    sd: Floats
    weight: Floats
    score_centre: float
    score_sd: float
    pain: float


def logged_days(table: pd.DataFrame) -> LoggedDays:
    """The logged days of a daily table in any row order; two rows of one day are averaged (flare: yes wins)."""
    numbers = _numbers(table)
    day = numbers.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    present = tuple(signal for signal in SIGNALS if signal.column in numbers)
    direction = np.array([signal.direction for signal in present], np.float64)
    worse = numbers[[signal.column for signal in present]].to_numpy(np.float64) * direction
    answer = numbers["flare"].to_numpy(np.float64) if "flare" in numbers else np.full(len(day), np.nan)
    pain = numbers["pain"].to_numpy(np.float64)
    kept = ~(np.isnan(pain) & np.isnan(answer))
    last_day = int(day[-1]) if len(day) else 0
    return LoggedDays(day[kept], worse[kept], present, pain[kept], answer[kept], last_day)


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    """The known columns as numbers, one row a day, sorted; pain is required in the interface but may be absent."""
    known = [signal.column for signal in SIGNALS] + ["flare"]
    columns = {c: pd.to_numeric(table[c], errors="coerce").astype("float64") for c in known if c in table}
    index = pd.DatetimeIndex(table.index).tz_localize(None).normalize()
    numbers = pd.DataFrame(columns).set_axis(index, axis=0).replace([np.inf, -np.inf], np.nan)
    numbers = numbers[numbers.index.notna()]
    if "pain" not in numbers:
        numbers["pain"] = np.nan
    if not numbers.index.is_unique:
        how = {column: "max" if column == "flare" else "mean" for column in numbers}
        numbers = numbers.groupby(level=0).agg(how)
    return numbers.sort_index()


def learn_usual(days: LoggedDays, rows: Rows) -> Usual | None:
    """The usual level on those days; None while they are too few."""
    if len(rows) < FLARE_DETECTOR["usual_min_days"].value:
        return None
    window = days.worse[rows]
    answered = (~np.isnan(window)).sum(axis=0)
    centre = _midmean(window, answered)
    floors = np.array([signal.lowest_sd for signal in days.signals])
    away = np.abs(window - centre)
    sd = np.maximum(1.2533 * np.nansum(away, axis=0) / np.maximum(answered, 1), floors)
    weight = np.array([signal.weight for signal in days.signals])
    weight = np.where(answered >= FLARE_DETECTOR["column_min_days"].value, weight, 0.0)
    raw = _composite(window, centre, sd, weight)
    score_centre = float(np.median(raw))
    score_sd = max(1.2533 * float(np.abs(raw - score_centre).mean()), FLARE_DETECTOR["lowest_sd"].value)
    pain = days.pain[rows]
    pain = pain[~np.isnan(pain)]
    return Usual(centre, sd, weight, score_centre, score_sd, float(np.median(pain)) if pain.size else np.nan)


def score(days: LoggedDays, rows: slice, usual: Usual) -> Floats:
    """How much worse than usual each day was, in the person's own sd of that score."""
    raw = _composite(days.worse[rows], usual.centre, usual.sd, usual.weight)
    return (raw - usual.score_centre) / usual.score_sd


def deviations(days: LoggedDays, rows: slice, usual: Usual) -> Floats:
    """How much worse than usual each column was, in the person's own sd (rows, columns), NaN where not answered."""
    z: Floats = (days.worse[rows] - usual.centre) / usual.sd
    return z


def _midmean(window: Floats, answered: NDArray[np.intp]) -> Floats:
    """The mean of the middle half of each column: as robust as a median, but not stuck on whole numbers."""
    ordered = np.sort(window, axis=0)  # NaN goes last
    sums = np.vstack([np.zeros(window.shape[1]), np.nancumsum(ordered, axis=0)])
    low = answered // 4
    high = answered - low
    columns = np.arange(window.shape[1])
    middle: Floats = (sums[high, columns] - sums[low, columns]) / np.maximum(high - low, 1)
    return middle


def _composite(worse: Floats, centre: Floats, sd: Floats, weight: Floats) -> Floats:
    """The weighted sum of deviations over the columns answered that day, scaled to sd 1 for independent columns."""
    most = FLARE_DETECTOR["highest_z"].value
    z = np.clip((worse - centre) / sd, -most, most)
    used = np.where(np.isnan(z), 0.0, weight)
    norm = np.sqrt((used**2).sum(axis=1))
    total = (np.nan_to_num(z) * used).sum(axis=1)
    scaled: Floats = np.divide(total, norm, out=np.zeros_like(total), where=norm > 0)
    return scaled
