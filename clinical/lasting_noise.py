"""Noise that lasts: a bad day is followed by a bad day, so neighbouring days are not independent witnesses.

The model is what a diary looks like: a part that carries over from day to day (autocorrelation `carry`) and a part that
is the day's own (`own` share of the variance, rounding too). Whitened values are what each day says that the days
before did not say already; missing days need no filling in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_CARRY = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94, 0.98)
_OWN = (0.0, 0.15, 0.3, 0.5, 0.7)
_TRIED = np.array([(carry, own) for carry in _CARRY for own in _OWN if carry > 0 or own == 0])


@dataclass(frozen=True, slots=True)
class Noise:
    """For each series, shape (series,): `carry` 0-0.98 to the next day, `own` 0-0.7 share of one day, and its `sd`."""

    carry: Floats
    own: Floats
    sd: Floats

    def of(self, series: Sequence[int]) -> "Noise":
        """The noise of those series, by their place, in that order."""
        places = list(series)
        return Noise(self.carry[places], self.own[places], self.sd[places])


def fitted(values: Floats) -> Noise:
    """The most likely noise of each series: `values` (days, series) with mean 0, NaN where nothing was answered."""
    series = values.shape[1]
    each, tried = np.repeat(values, len(_TRIED), axis=1), np.tile(_TRIED, (series, 1))
    given = ~np.isnan(each)
    gain, variance = _gains(given, Noise(tried[:, 0], tried[:, 1], np.ones(len(tried))))
    white = _innovations(np.where(given, each, 0.0)[:, :, None], gain, tried[:, 0])[:, :, 0]
    count = np.maximum(given.sum(axis=0), 1)
    scale = np.maximum((white**2 / variance * given).sum(axis=0) / count, 1e-12)
    unlikely = count * np.log(scale) + (np.log(variance) * given).sum(axis=0)
    best = unlikely.reshape(series, -1).argmin(axis=1)
    sd = np.sqrt(scale.reshape(series, -1)[np.arange(series), best])
    return Noise(_TRIED[best, 0], _TRIED[best, 1], sd)


def whitened(values: Floats, given: Mask, noise: Noise) -> Floats:
    """What each day adds to the days before it, 0 where not given: `values` (days, series, columns), `given` (d, s).

    A linear map of the columns of one series: a regression of whitened columns has independent errors of equal size.
    """
    gain, variance = _gains(given, noise)
    news = _innovations(np.where(given[:, :, None], values, 0.0), gain, noise.carry)
    white: Floats = news * (given / np.sqrt(variance))[:, :, None]
    return white


def covariance(noise: Noise, day: NDArray[np.intp]) -> Floats:
    """The covariance of the first series between those days, shape (days, days)."""
    apart = np.abs(day[:, None] - day)
    carried = noise.carry[0] ** apart * (1 - noise.own[0])
    together: Floats = noise.sd[0] ** 2 * np.where(apart == 0, 1.0, carried)
    return together


def _gains(given: Mask, noise: Noise) -> tuple[Floats, Floats]:
    """How much of each day's news is carried on, and the variance of that news, both (days, series)."""
    gain, variance = np.empty(given.shape), np.empty(given.shape)
    lasting = 1.0 - noise.own
    uncertain = lasting.copy()
    for day, there in enumerate(given):
        variance[day] = uncertain + noise.own
        gain[day] = there * uncertain / variance[day]
        uncertain = noise.carry**2 * uncertain * (1 - gain[day]) + lasting * (1 - noise.carry**2)
    return gain, variance


def _innovations(values: Floats, gain: Floats, carry: Floats) -> Floats:
    news = np.empty_like(values)
    expected = np.zeros(values.shape[1:])
    carried = carry[:, None]
    for day, value in enumerate(values):
        news[day] = value - expected
        expected = carried * (expected + gain[day][:, None] * news[day])
    return news
