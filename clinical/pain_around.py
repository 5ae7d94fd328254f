"""Steps and slopes of pain around a day, with intervals that know how much a day resembles the day before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import stdtrit

from clinical.diary import Diary, Period
from clinical.flares import Flare, flare_mask
from clinical.lasting_noise import Floats, Noise, covariance, fitted
from clinical.thresholds import days


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value in points of pain and its interval."""

    value: float
    low: float
    high: float


class PainAround:
    """Pain (0-10) of the months around a day, and how much it varies outside flares."""

    def __init__(self, diary: Diary, flares: Sequence[Flare], day: date, as_of: date) -> None:
        window = days("medicine_window_days")
        start = day - timedelta(days=window + days("card_usual_days"))
        self.period = Period(start, min(day + timedelta(days=window - 1), as_of))
        self.pain = diary.column("pain", self.period).astype(np.float64)
        outside = np.where(flare_mask(flares, self.period, as_of), np.nan, self.pain)
        self.noise = _noise(outside, (day - start).days)

    def step(self, before: Period, after: Period, below: float = 0.975) -> Estimate | None:
        """Mean pain after minus mean pain before; the interval ends at its `below` quantile; None with too few days."""
        then, now = self._known(before), self._known(after)
        if min(then.sum(), now.sum()) < days("medicine_days_each_side"):
            return None
        return self._estimate(now / now.sum() - then / then.sum(), below)

    def slope(self, period: Period) -> Estimate | None:
        """The change of pain per 28 days over the period, with its 95 % interval; None with too few days."""
        known = self._known(period)
        if known.sum() < days("medicine_days_each_side"):
            return None
        place = np.arange(len(known)) * 1.0
        away = known * (place - place[known > 0].mean())
        return self._estimate(28 * away / (away @ away), 0.975)

    def _known(self, period: Period) -> Floats:
        """1 on the days of the period with a pain answer, else 0."""
        calendar = np.arange(len(self.pain)) + self.period.start.toordinal()
        inside = (calendar >= period.start.toordinal()) & (calendar <= period.end.toordinal())
        return np.where(inside & ~np.isnan(self.pain), 1.0, 0.0)

    def _estimate(self, share: Floats, below: float) -> Estimate | None:
        """The sum of pain times each day's share."""
        if self.noise is None:
            return None
        there = np.flatnonzero(share)
        value = float(share[there] @ self.pain[there])
        spread = float(share[there] @ covariance(self.noise, there) @ share[there]) ** 0.5
        reach = spread * float(stdtrit(self._independent_days(self.noise), below))
        return Estimate(value, value - reach, value + reach)

    def _independent_days(self, noise: Noise) -> float:
        """How many independent days the pain of these months is worth, beside level, trend and step; at least 3."""
        known, carry = np.count_nonzero(~np.isnan(self.pain)), float(noise.carry[0])
        return max(known * (1 - carry) / (1 + carry) - 3, 3.0)


def _noise(pain: Floats, turn: int) -> Noise | None:
    """The lasting noise of pain beside its trend and a step at the turn; None with too few days."""
    known = ~np.isnan(pain)
    if known.sum() < days("card_usual_min_days"):
        return None
    place = np.arange(len(pain), dtype=np.float64)
    around = np.column_stack([np.ones(len(pain)), place - place.mean(), place >= turn])
    return fitted((pain - around @ (np.linalg.pinv(around[known]) @ pain[known]))[:, None])
