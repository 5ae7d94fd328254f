"""What came before flares: the days before each start, against the other days outside flares."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
import pandas as pd

from clinical.associations import NIGHTS, corrected
from clinical.daily_table import Floats, calendar_table, column, day_numbers, factors, later
from clinical.flares import Flare
from clinical.thresholds import cited, days, limit

OnsetVerdict = Literal["higher before flares", "lower before flares", "no association found", "not enough days"]

ONSET_RULE = (
    f"mean of the {days('onset_days_before')} days (or nights) before the start of each flare, against such means "
    f"of all other days outside flares; at least {days('onset_min_flares')} starts; judged against the same starts "
    "moved together to every other place of the diary, which keeps how long both last; corrected for every factor "
    f"tried (Holm), so that chance alone names one in {limit('onset_error_rate'):g} % of diaries. "
    f"{cited('onset_days_before')}"
)
_EPOCH = 719163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class BeforeFlares:
    """One factor in the days before flares: the mean before `flares` starts and before `other_days`, in its own unit.

    `difference` with its 95 % interval; None with too few starts. `p` corrected for every factor tried.
    """

    factor: str
    before: float | None
    other: float | None
    difference: float | None
    low: float | None
    high: float | None
    flares: int
    other_days: int
    verdict: OnsetVerdict
    p: float = 1.0
    rule: str = ONSET_RULE


@dataclass(frozen=True, slots=True)
class _Raw:
    factor: str
    before: float
    other: float
    spread: float
    p: float
    flares: int
    other_days: int


def before_flares(days: pd.DataFrame, flares: Sequence[Flare]) -> list[BeforeFlares]:
    """For each factor column of a daily table (formats.md) what the days before flares were like; same order."""
    table = calendar_table(days)
    names = factors(table)
    if not names:
        return []
    numbers = day_numbers(table)
    starts, inside = _places(numbers, flares)
    found = [_raw(name, _mean_before(column(table, name), name in NIGHTS), starts, inside) for name in names]
    p_values = corrected([(isinstance(raw, _Raw), raw.p if isinstance(raw, _Raw) else 1.0) for raw in found])
    return [_answer(raw, p) for raw, p in zip(found, p_values, strict=True)]


def _places(numbers: np.ndarray[tuple[int], np.dtype[np.int64]], flares: Sequence[Flare]) -> tuple[Floats, Floats]:
    """Which days are the start of a flare, and which are inside one but not its start, as 0 and 1, shape (days,)."""
    starts, inside = np.zeros(len(numbers)), np.zeros(len(numbers))
    for flare in flares:
        if flare.kind == "shift":
            continue
        first = flare.start.toordinal() - _EPOCH - int(numbers[0])
        last = len(numbers) - 1 if flare.end is None else flare.end.toordinal() - _EPOCH - int(numbers[0])
        inside[max(first, 0) : last + 1] = 1
        if flare.kind == "flare" and 0 <= first < len(numbers):
            starts[first] = 1
    inside[starts > 0] = 0
    return starts, inside


def _mean_before(values: Floats, nights: bool) -> Floats:
    """For each day the mean of what was answered in the days (or the nights) before it, NaN where nothing was."""
    window = days("onset_days_before")
    earlier = values if nights else later(values, 1)
    padded = np.concatenate([np.full(window - 1, np.nan), earlier])
    known = np.cumsum(np.concatenate([[0.0], ~np.isnan(padded)]))
    total = np.cumsum(np.concatenate([[0.0], np.nan_to_num(padded)]))
    count = known[window:] - known[:-window]  # as many as there are days
    mean = np.full(len(values), np.nan)
    np.divide(total[window:] - total[:-window], count, out=mean, where=count > 0)
    return mean


def _raw(factor: str, before: Floats, starts: Floats, inside: Floats) -> _Raw | tuple[str, int]:
    """The means before starts and before other days, and how much the first varies when all starts move together."""
    free = (inside == 0) & ~np.isnan(before)
    at_start = free & (starts > 0)
    number, others = int(at_start.sum()), int((free & (starts == 0)).sum())
    if number < days("onset_min_flares") or others < days("association_min_pairs"):
        return factor, number
    known = np.where(free, before, 0.0)
    moved_sum, moved_count = _around(at_start, known), _around(at_start, free.astype(np.float64))
    there = moved_count >= max(number / 2, 1)
    moved = moved_sum[there] / moved_count[there]
    spread = float(np.sqrt(np.mean((moved - moved.mean()) ** 2 * moved_count[there] / number)))
    mean, other = float(before[at_start].mean()), float(before[free & (starts == 0)].mean())
    if spread < 1e-9:
        return factor, number
    z = (mean - float(moved.mean())) / spread
    return _Raw(factor, mean, other, spread, 2 * NormalDist().cdf(-abs(z)), number, others)


def _around(starts: np.ndarray[tuple[int], np.dtype[np.bool_]], values: Floats) -> Floats:
    """The sum of the values at the starts, with all starts moved together by 0, 1, 2 ... days, round the diary."""
    moved: Floats = np.fft.irfft(np.conj(np.fft.rfft(starts.astype(np.float64))) * np.fft.rfft(values), len(values))
    return moved


def _answer(raw: _Raw | tuple[str, int], p: float) -> BeforeFlares:
    if not isinstance(raw, _Raw):
        return BeforeFlares(raw[0], None, None, None, None, None, raw[1], 0, "not enough days")
    difference, reach = raw.before - raw.other, 1.96 * raw.spread
    verdict: OnsetVerdict = "no association found"
    if 100 * p < limit("onset_error_rate"):
        verdict = "higher before flares" if difference > 0 else "lower before flares"
    return BeforeFlares(
        raw.factor, raw.before, raw.other, difference, difference - reach, difference + reach,
        raw.flares, raw.other_days, verdict, p,
    )  # fmt: skip
