"""One daily column against another, in noise that lasts: effect, interval and p value of many pairs at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from clinical.lasting_noise import Floats, Noise, fitted, whitened

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Effect:
    """Outcome units per unit more of the factor, 95 % interval and two-sided p, from `days` days.

    None and p 1 where nothing can be told: the factor does not vary beyond level, trend and weekday.
    """

    effect: float | None
    low: float | None
    high: float | None
    p: float
    days: int


def surroundings(day: Days) -> Floats:
    """What both columns share without one leading to the other: level, slow trend, weekday; shape (days, columns)."""
    place = (day - day.mean()) / max(len(day) / 2, 1)
    weekday = day[:, None] % 7 == np.arange(6)
    return np.column_stack([np.ones(len(day)), place, weekday]).astype(np.float64)


def noise_of(day: Days, outcome: Floats) -> Noise:
    """The lasting noise of each column of `outcome` (days, series), beside level, trend and weekday."""
    return fitted(_left_over(outcome, surroundings(day)))


def effects(day: Days, outcome: Floats, factor: Floats, noise: Noise) -> list[Effect]:
    """The effect of each column of `factor` on the same column of `outcome`, both (days, pairs), NaN where missing.

    `day` counts up by one. Generalised least squares with level, trend and weekday beside the factor; the larger of
    the model's and the heteroscedasticity-consistent standard error counts.
    """
    given = ~np.isnan(outcome) & ~np.isnan(factor)
    around = surroundings(day)
    shared = np.broadcast_to(around[:, None, :], (*given.shape, around.shape[1]))
    white = whitened(np.concatenate([shared, factor[:, :, None], outcome[:, :, None]], axis=2), given, noise)
    return _solved(white.transpose(1, 0, 2), given.sum(axis=0))


def _left_over(outcome: Floats, around: Floats) -> Floats:
    """Each column without level, trend and weekday."""
    left = np.full_like(outcome, np.nan)
    for column, values in enumerate(outcome.T):
        known = ~np.isnan(values)
        if known.any():
            there = around[known]
            left[known, column] = values[known] - there @ (np.linalg.pinv(there) @ values[known])
    return left


def _solved(white: Floats, count: Days) -> list[Effect]:
    """Least squares of the last column on the others, for each pair; `white` (pairs, days, columns)."""
    shared, factor, outcome = white[:, :, :-2], white[:, :, -2], white[:, :, -1]
    own, left = _beside(shared, factor), _beside(shared, outcome)
    weight = (own**2).sum(axis=1)
    told = weight > _OWN_SHARE * np.maximum((factor**2).sum(axis=1), _DUST)
    weight = np.where(told, weight, 1.0)
    effect = (own * left).sum(axis=1) / weight
    free = np.maximum(count - shared.shape[2] - 1, 1)
    spread = np.sqrt(_variance(own, left - effect[:, None] * own, weight, free, count))
    p, reach = 2 * stdtr(free, -np.abs(effect) / spread), stdtrit(free, 0.975) * spread
    return [
        Effect(float(effect[n]), float(effect[n] - reach[n]), float(effect[n] + reach[n]), float(p[n]), int(count[n]))
        if told[n]
        else Effect(None, None, None, 1.0, int(count[n]))
        for n in range(len(count))
    ]


_OWN_SHARE = 1e-4
"""A factor of which less than this is left beside level, trend and weekday cannot be told apart from them."""
_DUST = 1e-12


def _beside(shared: Floats, values: Floats) -> Floats:
    """The part of each pair's values that the shared columns do not explain, shape (pairs, days)."""
    across = shared.transpose(0, 2, 1)
    into = np.linalg.pinv(across @ shared, hermitian=True)
    seen = shared @ (into @ (across @ values[:, :, None]))
    beside: Floats = values - seen[:, :, 0]
    return beside


def _variance(own: Floats, error: Floats, weight: Floats, free: Days, count: Days) -> Floats:
    """Of the effect: as if all days were equally uncertain, and as uneven as they were; the larger of the two."""
    even = (error**2).sum(axis=1) / free / weight
    uneven = (own**2 * error**2).sum(axis=1) / weight**2 * count / free
    larger: Floats = np.maximum(np.maximum(even, uneven), _DUST)
    return larger
