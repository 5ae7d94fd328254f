"""Facts about sleep and stress: what the weeks were like besides the pain, said beside it and never as its cause."""

import numpy as np
from numpy.typing import NDArray

from clinical.change import PROVISIONAL, Benchmark, Change, compare, sample
from clinical.diary import Diary, Period
from clinical.finding import Finding, Value
from clinical.thresholds import cited, days, limit

_HOURS = Benchmark(None, PROVISIONAL.percent, PROVISIONAL.min_days, PROVISIONAL.min_baseline, PROVISIONAL.rule)
"""Two points are of a 0-10 scale: hours of sleep have the percentage alone."""

_RULE = (
    f"told when the share of nights under {limit('short_night_hours'):.0f} h changed by "
    f"{limit('short_nights_change'):.0f} percentage points (at least {days('short_nights_min')} logged nights each), "
    f"mean sleep by {limit('provisional_percent'):.0f} %, or mean stress by {limit('provisional_points'):.0f} points "
    f"or {limit('provisional_percent'):.0f} %. {cited('short_nights_change')}"
)


def short_nights(diary: Diary, period: Period) -> NDArray[np.bool_]:
    """Which nights of the period were logged and short, by the day they ended on, shape (period.days,)."""
    hours = diary.column("sleep_hours", period).astype(np.float64)
    shown = np.floor(hours * 10 + 0.5 + 1e-5) / 10  # as displayed; the small term is for float32 dust below a half
    short: NDArray[np.bool_] = shown < limit("short_night_hours")  # NaN compares as false
    return short


def sleep_and_stress(diary: Diary, now: Period, before: Period) -> list[Finding]:
    """Short nights, mean sleep and mean stress against the period before, when one of them changed notably."""
    sleep = compare(sample(diary, now, "sleep_hours"), sample(diary, before, "sleep_hours"), _HOURS)
    stress = compare(sample(diary, now, "stress"), sample(diary, before, "stress"), PROVISIONAL)
    short = (int(short_nights(diary, now).sum()), int(short_nights(diary, before).sum()))
    slept = _notable(sleep) or _more_or_fewer(short, sleep)
    if not slept and not _notable(stress):
        return []
    values: dict[str, Value] = {
        "leads": "sleep" if slept else "stress",
        "short_now": short[0],
        "nights_now": sleep.days_now,
        "short_before": short[1],
        "nights_before": sleep.days_before,
        "sleep_now": sleep.now,
        "sleep_before": sleep.before,
        "stress_now": stress.now,
        "stress_before": stress.before,
    }
    speaks = sleep if slept else stress
    rests_on = speaks.days_now + speaks.days_before
    return [Finding("sleep_and_stress", 25, values, rests_on, _RULE, before.start, now.end)]


def _notable(change: Change) -> bool:
    return change.important in ("important worsening", "important improvement")


def _more_or_fewer(short: tuple[int, int], nights: Change) -> bool:
    if min(nights.days_now, nights.days_before) < days("short_nights_min"):
        return False
    change = 100 * short[0] / nights.days_now - 100 * short[1] / nights.days_before
    return abs(change) >= limit("short_nights_change")
