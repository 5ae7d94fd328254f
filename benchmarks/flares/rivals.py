"""The usual alternatives, each with a small grid that is tuned on the training diaries.

They see the same columns: either pain alone or a mean of all columns (which of the two is part of the grid). Days
that were not logged are left out. A run of alarm days, bridged over a few quiet ones and at least three days long, is
a flare.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import ruptures
from numpy.typing import NDArray

from benchmarks.flares.scoring import Detector, Episode

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Setting = Mapping[str, float]
Alarm = Callable[[Floats, Setting], Bools]

WORSE_WHEN_LOW = ("sleep_hours", "sleep_quality")
SD_OF_MAD = 1.4826
SD_OF_MOVING_RANGE = 1.128


@dataclass(frozen=True, slots=True)
class Rival:
    """A name, the rule that marks alarm days on a series of logged days, and the grid of its settings."""

    name: str
    alarm: Alarm
    grid: Mapping[str, Sequence[float]]

    def settings(self) -> list[Setting]:
        """Every combination of the grid."""
        return [dict(zip(self.grid, values, strict=True)) for values in product(*self.grid.values())]

    def detector(self, setting: Setting) -> Detector:
        """The rival with this setting."""

        def detect(days: pd.DataFrame) -> list[Episode]:
            dates, signal = series(days, all_columns=bool(setting.get("all_columns", 0)))
            return runs(dates, self.alarm(signal, setting), int(setting.get("bridge", 0)))

        return detect


def series(days: pd.DataFrame, *, all_columns: bool) -> tuple[Sequence[date], Floats]:
    """The dates with pain, and pain itself or the mean robust z of pain (which counts double) and the other columns."""
    logged = days[days["pain"].notna()]
    dates = [stamp.date() for stamp in logged.index]
    if not all_columns:
        return dates, logged["pain"].to_numpy(np.float64)
    total = np.zeros(len(logged))
    weights = np.zeros(len(logged))
    for name in logged.columns.drop("flare", errors="ignore"):
        values = logged[name].to_numpy(np.float64)
        z = robust_z(-values if name in WORSE_WHEN_LOW else values)
        weight = np.where(np.isnan(values), 0.0, 2.0 if name == "pain" else 1.0)
        total += np.where(weight > 0, z, 0.0) * weight
        weights += weight
    return dates, total / weights


def robust_z(values: Floats) -> Floats:
    """Distance from the median in sd (of the median absolute deviation, at least half a point), at most 4."""
    median = np.nanmedian(values)
    sd = max(SD_OF_MAD * float(np.nanmedian(np.abs(values - median))), 0.5)
    return np.clip((values - median) / sd, -4, 4)


def runs(dates: Sequence[date], alarm: Bools, bridge: int) -> list[Episode]:
    """Runs of alarm days as episodes of three days or more; at most `bridge` quiet logged days inside one."""
    found: list[tuple[int, int]] = []
    for row in np.flatnonzero(alarm).tolist():
        if found and row - found[-1][1] - 1 <= bridge:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    episodes = [(dates[first], dates[last]) for first, last in found]
    return [(start, end) for start, end in episodes if (end - start).days >= 2]


def fixed_rule(pain: Floats, setting: Setting) -> Bools:
    """Pain of at least 6, and 2 above the person's median."""
    return pain >= max(6.0, float(np.median(pain)) + setting["above"])


def control_chart(signal: Floats, setting: Setting) -> Bools:
    """An individuals chart (XmR): above the mean by so many sd of the moving range."""
    sd = np.abs(np.diff(signal)).mean() / SD_OF_MOVING_RANGE
    alarm: Bools = signal > np.median(signal) + setting["limit"] * max(float(sd), 0.1)
    return alarm


def ewma(signal: Floats, setting: Setting) -> Bools:
    """An exponentially weighted moving average above its control limit."""
    share = setting["share"]
    centre = float(np.median(signal))
    sd = max(SD_OF_MAD * float(np.median(np.abs(signal - centre))), 0.3)
    smooth = pd.Series(signal - centre).ewm(alpha=share, adjust=False).mean().to_numpy(np.float64)
    alarm: Bools = smooth > setting["limit"] * sd * np.sqrt(share / (2 - share))
    return alarm


def rolling_z(signal: Floats, setting: Setting) -> Bools:
    """So many sd above the mean of the days before."""
    before = pd.Series(signal).shift(1).rolling(int(setting["window"]), min_periods=10)
    z = (signal - before.mean()) / before.std().clip(lower=0.3)
    alarm: Bools = (z > setting["limit"]).to_numpy(np.bool_)
    return alarm


def pelt(signal: Floats, setting: Setting) -> Bools:
    """Stretches between change points whose mean is above the median by so many sd, and that do not last 12 weeks."""
    alarm = np.zeros(len(signal), np.bool_)
    centre = float(np.median(signal))
    sd = max(SD_OF_MAD * float(np.median(np.abs(signal - centre))), 0.3)
    if len(signal) < 10:
        return alarm
    first = 0
    for last in change_points((signal / sd).tobytes(), setting["penalty"]):
        high = signal[first:last].mean() > centre + setting["limit"] * sd
        alarm[first:last] = high and last - first <= LONGEST
        first = last
    return alarm


@cache
def change_points(signal: bytes, penalty: float) -> list[int]:
    """The change points by PELT, kept so that tuning what is made of them does not search again."""
    search = ruptures.Pelt(model="l2", min_size=2, jump=1).fit(np.frombuffer(signal))
    found: list[int] = search.predict(pen=penalty)
    return found


LONGEST = 84
BOTH = (0.0, 1.0)
PELT = Rival(
    "PELT (ruptures)",
    pelt,
    {
        "all_columns": BOTH,
        "penalty": (4.0, 6.0, 8.0, 11.0, 15.0),
        "limit": (0.75, 1.0, 1.25, 1.5, 1.8),
        "bridge": (0, 2),
    },
)
RIVALS = (
    PELT,
    Rival(
        "EWMA chart",
        ewma,
        {
            "all_columns": BOTH,
            "share": (0.2, 0.3, 0.4, 0.6),
            "limit": (1.5, 2.0, 2.5, 3.0, 3.5, 4.0),
            "bridge": (0, 2),
        },
    ),
    Rival(
        "control chart (XmR)",
        control_chart,
        {"all_columns": BOTH, "limit": (1.0, 1.5, 2.0, 2.5, 3.0), "bridge": (0, 1, 2, 4)},
    ),
    Rival(
        "rolling z",
        rolling_z,
        {"all_columns": BOTH, "window": (28, 56), "limit": (1.0, 1.5, 2.0, 2.5), "bridge": (0, 2, 4)},
    ),
    Rival("max(6, median + 2)", fixed_rule, {"above": (2.0,), "bridge": (0, 1, 2)}),
)
