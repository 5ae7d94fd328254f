"""The bar of time in band: whole percent, names where they fit, words for those who do not see it."""

from clinical.bands import BandShares
from dashboard.charts import time_in_band
from dashboard.theme import BANDS


def test_wide_parts_are_named_narrow_ones_numbered_the_smallest_left_bare() -> None:
    parts = time_in_band.parts(BandShares(0.03, 0.21, 0.66, 0.10, 77))
    assert [part.label for part in parts] == ["", "21 mild", "66 moderate", "10"]
    assert [part.fill for part in parts] == list(BANDS.values())


def test_a_band_without_days_has_no_part() -> None:
    assert [part.band for part in time_in_band.parts(BandShares(0, 0, 1, 0, 5))] == ["moderate"]
    assert time_in_band.parts(BandShares(0, 0, 0, 0, 0)) == []


def test_a_handful_of_days_is_counted_and_never_a_percentage() -> None:
    assert [part.label for part in time_in_band.parts(BandShares(0, 0, 1, 0, 1))] == ["1 day: moderate"]
    assert [part.label for part in time_in_band.parts(BandShares(0, 0, 1 / 3, 2 / 3, 3))] == [
        "1 day: moderate",
        "2 days: severe",
    ]
    assert time_in_band.spoken(BandShares(0, 0, 1, 0, 1)) == "1 day: moderate"


def test_the_bar_is_said_in_words() -> None:
    assert time_in_band.spoken(BandShares(0, 0.25, 0.75, 0, 4)) == "25 % mild, 75 % moderate of 4 logged days"
    assert time_in_band.spoken(BandShares(0, 0, 0, 0, 0)) == "no day with a pain answer"
