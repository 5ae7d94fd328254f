"""What the figure says in words."""

import math

import pytest

from clinical.body_map import REGION_INDEX
from clinical.maps import Mode
from dashboard.body_figure import wording
from dashboard.body_figure.palette import fill
from tests.dashboard.body_figure.maps import region_map

CALF = REGION_INDEX["b_calf_l"]


@pytest.mark.parametrize(
    ("mode", "value", "printed", "words"),
    [
        ("typical", 6, "6", "typically 6 of 10"),
        ("worst", 10, "10", "at worst 10 of 10"),
        ("latest", 1, "1", "pain 1 of 10"),
        ("how_often", 52, "52", "hurt on 52 % of days with a map"),
        ("change", 2, "+2", "2 points worse"),
        ("change", -1, "−1", "1 point better"),
        ("change", 0, "0", "no change"),
    ],
)
def test_a_value_is_printed_and_spoken(mode: Mode, value: float, printed: str, words: str) -> None:
    assert wording.printed(value, mode) == printed
    assert wording.in_words(region_map(mode, {"b_calf_l": value}), CALF) == words


def test_days_are_counted_against_days_with_a_map() -> None:
    assert wording.days_in_words(region_map("typical", {"b_calf_l": 6}), CALF) == "hurt on 5 of 23 days with a map"
    one = region_map("latest", {"b_calf_l": 6}, days_with_map=1, days=1)
    assert wording.days_in_words(one, CALF) == "hurt on 1 of 1 day with a map"


def test_a_region_without_a_value_says_why() -> None:
    rare = region_map("typical", {"b_calf_l": math.nan})
    assert wording.in_words(rare, CALF) == "too few days for a typical value"
    assert wording.in_words(region_map("worst", {}), CALF) == "no pain marked"
    assert wording.in_words(region_map("change", {}), CALF) == "not typical in either period"


@pytest.mark.parametrize("mode", ["typical", "worst", "latest", "how_often", "change"])
def test_the_legend_shows_the_colours_in_use_each_once(mode: Mode) -> None:
    steps = [swatch.fill for swatch in wording.legend(mode)]
    assert len(set(steps)) == len(steps)
    values = range(1, 101) if mode == "how_often" else range(-10, 11) if mode == "change" else range(1, 11)
    assert {fill(float(v), mode) for v in values} - {"none"} == set(steps) - {"none"}


def test_no_pain_is_a_step_without_a_fill() -> None:
    none = wording.legend("typical")[0]
    assert (none.text, none.fill) == ("0", "none")
    assert len(wording.legend("typical")) == 11


def test_the_legend_of_a_change_runs_from_better_to_worse() -> None:
    texts = [swatch.text for swatch in wording.legend("change")]
    assert texts == ["≤−5", "−4", "−3", "−2", "−1", "+1", "+2", "+3", "+4", "≥+5"]
