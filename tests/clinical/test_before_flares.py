"""What came before flares: found when planted before every start, not found in noise."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from clinical.before_flares import BeforeFlares, before_flares
from clinical.flares import Flare
from tests.clinical.patterned_diaries import patterned

EVERY = 60


def flares(days: pd.DataFrame, every: int = EVERY) -> list[Flare]:
    """A flare of six days every two months."""
    starts = pd.DatetimeIndex(days.index)[every::every].date
    return [Flare("flare", d, d + timedelta(days=5), d, 8, 5, ("pain",), 6, 0, "rule") for d in starts]


def diary(seed: int, *, stress: float = 0.0, sleep: float = 0.0) -> pd.DataFrame:
    days = patterned(seed, 0.6, days=540, missing=0)
    more_stress, more_sleep = np.zeros(len(days)), np.zeros(len(days))
    for place in range(EVERY, len(days), EVERY):
        more_stress[place - 3 : place] = stress  # the three days before
        more_sleep[place - 2 : place + 1] = sleep  # the three nights before
    return days.assign(stress=days["stress"] + more_stress, sleep_hours=days["sleep_hours"] + more_sleep)


def of(found: list[BeforeFlares], factor: str) -> BeforeFlares:
    return next(one for one in found if one.factor == factor)


def test_stress_and_short_nights_before_every_flare_are_found() -> None:
    days = diary(1, stress=4, sleep=-3)
    found = before_flares(days, flares(days))

    assert of(found, "stress").verdict == "higher before flares"
    assert of(found, "sleep_hours").verdict == "lower before flares"
    assert of(found, "stress").flares == 8
    assert of(found, "activity").verdict == "no association found"


def test_the_means_are_those_of_the_rows() -> None:
    days = diary(2, stress=4)
    found = of(before_flares(days, flares(days)), "stress")
    stress = days["stress"].to_numpy()

    before = np.mean([stress[place - 3 : place].mean() for place in range(EVERY, len(days), EVERY)])

    assert found.before == pytest.approx(before)
    assert found.difference == pytest.approx((found.before or 0) - (found.other or 0))
    assert (found.low or 0) < (found.difference or 0) < (found.high or 0)


def test_in_noise_hardly_anybody_gets_a_claim() -> None:
    claims = [
        any("before flares" in one.verdict for one in before_flares(days, flares(days)))
        for days in (diary(seed) for seed in range(100, 160))
    ]

    assert np.mean(claims) <= 0.10


def test_four_flares_are_too_few() -> None:
    days = diary(3, stress=4)

    assert {one.verdict for one in before_flares(days, flares(days)[:4])} == {"not enough days"}
    assert of(before_flares(days, flares(days)[:5]), "stress").verdict != "not enough days"


def test_missing_days_and_columns_never_raise() -> None:
    days = diary(4, stress=4)
    random = np.random.default_rng(1)
    holes = days.mask(random.random(days.shape) < 0.6)

    assert before_flares(holes.iloc[:0], []) == []
    assert len(before_flares(holes, flares(days))) == 7
    assert before_flares(holes.drop(columns="pain"), flares(days)) == []
    assert {one.verdict for one in before_flares(days.assign(stress=3.0)[["pain", "stress"]], flares(days))} == {
        "not enough days"
    }
