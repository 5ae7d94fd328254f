"""The daily signals of a flare, against the person's own usual level: one score a logged day, in the person's own sd.

Pain alone misses two flares in three (Costa N et al. Clin J Pain 2021;37:313 [V]), and cannot rise at all where it is
always 9: every column that was answered speaks, weighted, and the weights are renewed for the columns that are there.
"""

from dataclasses import dataclass

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

    `day` (m,) day numbers; `worse` (m, columns) values signed so that more is worse; `given` where answered;
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
    numbers = _numbers(table)
    day = numbers.index.to_numpy().astype("datetime64[D]").astype(np.int64)
    present = tuple(signal for signal in SIGNALS if signal.column in numbers)
    direction = np.array([signal.direction for signal in present], np.float64)
    worse = numbers[[signal.column for signal in present]].to_numpy(np.float64) * direction
    answer = numbers["flare"].to_numpy(np.float64) if "flare" in numbers else np.full(len(day), np.nan)
    pain = numbers["pain"].to_numpy(np.float64)
    kept = ~(np.isnan(pain) & np.isnan(answer))
    last_day = int(day[-1]) if len(day) else 0
    worse = worse[kept]
    return LoggedDays(day[kept], worse, ~np.isnan(worse), present, pain[kept], answer[kept], last_day)


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
    if len(rows) < SETTING["usual_min_days"]:
        return None
    window, given = days.worse[rows], days.given[rows]
    answered = given.sum(axis=0)
    centre = _midmean(window, answered)
    away = np.where(given, np.abs(window - centre), 0.0)
    sd = np.maximum(_SD_OF_MEAN_DEVIATION * away.sum(axis=0) / np.maximum(answered, 1), _floors(days))
    weight = np.where(answered >= SETTING["column_min_days"], _weights(days), 0.0)
    raw = _composite(window, given, centre, sd, weight)
    score_centre = float(raw.sum()) / len(raw)
    apart = raw - score_centre
    score_sd = max(_SD_OF_MEAN_DEVIATION * float(np.abs(apart).sum()) / len(raw), SETTING["lowest_sd"])
    pain = np.sort(days.pain[rows])[: int(answered[0])]
    middle = float(pain[len(pain) // 2] + pain[(len(pain) - 1) // 2]) / 2 if len(pain) else np.nan
    return Usual(centre, sd, weight, score_centre, score_sd, _carry(apart), middle, len(rows))


_SD_OF_MEAN_DEVIATION = 1.2533
"""sd of a normal distribution over its mean absolute deviation: finer than the MAD, which sticks on whole numbers."""


def score(days: LoggedDays, rows: slice | Rows, usual: Usual) -> Floats:
    """How much worse than usual each day was, in the person's own sd of that score."""
    raw = _composite(days.worse[rows], days.given[rows], usual.centre, usual.sd, usual.weight)
    return (raw - usual.score_centre) / usual.score_sd


def deviations(days: LoggedDays, rows: slice, usual: Usual) -> Floats:
    """How much worse than usual each column was, in the person's own sd (rows, columns), NaN where not answered."""
    z: Floats = (days.worse[rows] - usual.centre) / usual.sd
    return z


def _floors(days: LoggedDays) -> Floats:
    return np.array([signal.lowest_sd for signal in days.signals])


def _weights(days: LoggedDays) -> Floats:
    return np.array([signal.weight for signal in days.signals])


def _carry(apart: Floats) -> float:
    """How much of a day's score carries over to the next logged day (lag-1 autocorrelation), 0-0.9."""
    power = float(apart @ apart)
    if power <= 0:
        return 0.0
    return min(max(float(apart[1:] @ apart[:-1]) / power, 0.0), 0.9)


def _midmean(window: Floats, answered: NDArray[np.intp]) -> Floats:
    """The mean of the middle half of each column: as robust as a median, but not stuck on whole numbers."""
    ordered = np.sort(window, axis=0)  # NaN goes last
    ranks = np.arange(len(window))[:, None]
    low = answered // 4
    high = answered - low
    middle: Floats = np.where((ranks >= low) & (ranks < high), ordered, 0.0).sum(axis=0) / np.maximum(high - low, 1)
    return middle


def _composite(worse: Floats, given: NDArray[np.bool_], centre: Floats, sd: Floats, weight: Floats) -> Floats:
    """The weighted sum of deviations over the columns answered that day, scaled to sd 1 for independent columns."""
    most = SETTING["highest_z"]
    used = given * weight
    z = np.where(given, (worse - centre) / sd, 0.0)
    np.minimum(np.maximum(z, -most, out=z), most, out=z)
    norm = np.sqrt((used * used).sum(axis=1))
    scaled: Floats = (z * used).sum(axis=1) / np.where(norm > 0, norm, 1.0)
    return scaled
