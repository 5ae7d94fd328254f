"""Bands follow the number on the screen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.bands import BANDS, pain_band, time_in_band
from clinical.rounding import displayed
from tests.clinical.diaries import period, with_pain


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0, "none"), (0.44, "none"), (0.46, "mild"), (1, "mild"), (3, "mild"), (3.44, "mild"),
        (3.45, "moderate"), (4, "moderate"), (6.4, "moderate"), (6.5, "severe"), (7, "severe"), (10, "severe"),
    ],
)  # fmt: skip
def test_a_value_is_rounded_as_displayed_and_then_classified(value: float, band: str) -> None:
    assert pain_band(value) == band


def test_no_value_has_no_band() -> None:
    assert pain_band(None) is None
    assert pain_band(float("nan")) is None


@given(st.floats(0, 10), st.floats(0, 10))
def test_two_values_displayed_alike_are_in_one_band(a: float, b: float) -> None:
    if displayed(a) == displayed(b):
        assert pain_band(a) == pain_band(b)


def test_time_in_band_counts_answered_days_only() -> None:
    shares = time_in_band(with_pain([0, 2, None, 5, 8]), period(0, 6))

    assert (shares.none, shares.mild, shares.moderate, shares.severe, shares.days) == (0.25, 0.25, 0.25, 0.25, 4)


def test_time_in_band_of_nothing_is_nothing() -> None:
    shares = time_in_band(with_pain([5]), period(10, 20))

    assert (shares.mild, shares.moderate, shares.days) == (0, 0, 0)


@given(st.lists(st.integers(0, 100).map(lambda tenth: tenth / 10), min_size=1, max_size=40))
def test_time_in_band_agrees_with_one_day_at_a_time(pain: list[float]) -> None:
    shares = time_in_band(with_pain(pain), period(0, len(pain) - 1))

    bands = [pain_band(value) for value in pain]
    expected = [bands.count(band) / len(pain) for band in BANDS]
    np.testing.assert_allclose([shares.none, shares.mild, shares.moderate, shares.severe], expected)


@pytest.mark.parametrize(("value", "places", "shown"), [(2.25, 1, 2.3), (-2.25, 1, -2.3), (2.5, 0, 3), (-0.04, 1, 0)])
def test_halves_are_rounded_away_from_zero(value: float, places: int, shown: float) -> None:
    assert displayed(value, places) == shown
    assert str(displayed(-0.04)) == "0.0"
