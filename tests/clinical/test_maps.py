"""The five modes of the body map on maps small enough to check by eye."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical import maps
from clinical.body_map import REGION_COUNT, REGION_INDEX
from clinical.diary import empty_diary
from tests.clinical.diaries import FIRST, on, with_maps

NECK, LUMBAR, KNEE = (REGION_INDEX[i] for i in ("b_neck_l", "b_lumbar_l", "f_knee_r"))


def test_typical_is_the_median_of_painful_days_and_leaves_out_rare_regions() -> None:
    days = [{"b_neck_l": 2}, {"b_neck_l": 6}, {"b_neck_l": 7}, {"b_neck_l": 0}, {}, {"f_knee_r": 9}]

    found = maps.typical(with_maps([*days, None]))

    assert found.values[NECK] == 6
    assert np.isnan(found.values[KNEE])  # 1 of 6 map days is under 20 %
    assert found.days_with_map == 6
    assert found.days_marked[NECK] == 3
    assert "20 %" in found.note


def test_a_region_on_exactly_a_fifth_of_the_map_days_is_typical() -> None:
    assert maps.typical(with_maps([{"f_knee_r": 4}, {}, {}, {}, {}])).values[KNEE] == 4


def test_a_median_between_two_numbers_is_shown_rounded_half_up() -> None:
    assert maps.typical(with_maps([{"b_neck_l": 4}, {"b_neck_l": 5}])).values[NECK] == 5


def test_worst_and_latest() -> None:
    diary = with_maps([{"b_neck_l": 8, "f_knee_r": 1}, {"b_neck_l": 3, "b_lumbar_l": 0}, None])

    worst, latest = maps.worst(diary), maps.latest(diary)

    assert (worst.values[NECK], worst.values[KNEE]) == (8, 1)
    assert latest.values[NECK] == 3
    assert np.isnan(latest.values[[KNEE, LUMBAR]]).all()
    assert str(on(1)) in latest.note


def test_how_often_is_in_whole_percent_of_map_days() -> None:
    found = maps.how_often(with_maps([{"b_neck_l": 8}, {"b_neck_l": None}, {}, None]))

    assert found.values[NECK] == 67
    assert np.isnan(found.values[KNEE])


def test_a_mark_without_intensity_is_present_but_gets_no_invented_number() -> None:
    found = maps.typical(with_maps([{"b_neck_l": None}, {"b_neck_l": None}]))

    assert np.isnan(found.values[NECK])
    assert found.present[NECK]
    assert "1 regions marked without an intensity" in found.note


def test_change_shows_new_gone_stronger_and_unchanged() -> None:
    before = with_maps([{"b_neck_l": 6, "b_lumbar_l": 4}])
    now = with_maps([{"b_neck_l": 6, "f_knee_r": 3}])

    found = maps.change(now, before)

    assert (found.values[NECK], found.values[LUMBAR], found.values[KNEE]) == (0, -4, 3)
    assert np.isnan(found.values).sum() == REGION_COUNT - 3


def some(marks: dict[str, int | None], hurting: int, days: int) -> list[dict[str, int | None]]:
    return [marks] * hurting + [{"b_lumbar_l": 5}] * (days - hurting)


def test_a_region_typical_in_one_period_and_about_as_often_in_both_has_no_points() -> None:
    """9 of 41 days against 7 of 41 is no change of 7 points: not typical is not 0."""
    found = maps.change(with_maps(some({"f_knee_r": 7}, 9, 41)), with_maps(some({"f_knee_r": 7}, 7, 41)))
    assert np.isnan(found.values[KNEE])
    assert found.one_period[KNEE] == maps.OnePeriod("as_often", 7, 41)
    assert "no points" in found.note


@pytest.mark.parametrize(("now", "before", "kind"), [(12, 3, "new"), (3, 12, "gone")])
def test_hurt_now_and_then_is_not_0(now: int, before: int, kind: str) -> None:
    found = maps.change(with_maps(some({"f_knee_r": 7}, now, 28)), with_maps(some({"f_knee_r": 7}, before, 28)))
    assert np.isnan(found.values[KNEE])
    assert found.one_period[KNEE].kind == kind
    assert found.drawn[KNEE]


def test_the_share_that_is_displayed_decides_what_is_typical() -> None:
    """8 of 41 days is 19.5 %, displayed as 20 %: it is classed as it reads."""
    diary = with_maps(some({"f_knee_r": 7}, 8, 41))
    assert maps.how_often(diary).values[KNEE] == 20
    assert maps.typical(diary).values[KNEE] == 7


def test_change_against_a_period_without_maps_says_so_and_shows_nothing() -> None:
    found = maps.change(with_maps([{"b_neck_l": 6}]), with_maps([None]))

    assert np.isnan(found.values).all()
    assert "no map" in found.note


@pytest.mark.parametrize("mode", [maps.typical, maps.worst, maps.how_often, maps.latest])
def test_an_empty_diary_shows_nothing(mode: object) -> None:
    assert callable(mode)
    found = mode(empty_diary(FIRST, 28))

    assert np.isnan(found.values).all()
    assert found.days_with_map == 0
    assert found.values.dtype == np.float32


@given(st.lists(st.lists(st.integers(1, 10), min_size=3, max_size=3), min_size=1, max_size=30))
def test_typical_agrees_with_numpys_median(days: list[list[int]]) -> None:
    regions = ("b_neck_l", "b_lumbar_l", "f_knee_r")

    found = maps.typical(with_maps([dict(zip(regions, day, strict=True)) for day in days]))

    for region, values in zip(regions, zip(*days, strict=True), strict=True):
        assert found.values[REGION_INDEX[region]] == np.floor(np.median(values) + 0.5)
