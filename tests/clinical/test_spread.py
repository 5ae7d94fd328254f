"""How far the pain reaches, on maps small enough to count by eye."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical import spread
from clinical.body_map import REGION_COUNT, REGIONS, active, area_shares, mirror, neighbours, pack, region, unpack
from clinical.diary import empty_diary
from clinical.fibromyalgia import ACR_REGIONS, NOT_COUNTED
from clinical.parts import ABOVE_WAIST, AXIAL, BELOW_KNEE, BELOW_WAIST, LIMB, acr_regions, sides_of
from tests.clinical.diaries import FIRST, on, with_maps

Marks = dict[str, int | None]
WIDE: Marks = {"b_neck_l": 4, "b_shoulder_l": 5, "b_shoulder_r": 5, "b_hip_l": 5, "b_calf_r": 3}


def flags(*regions: str) -> spread.Flags:
    return active(unpack(pack(dict.fromkeys(regions, 5))))


def one(marks: Marks) -> spread.Spread:
    return spread.of_map(unpack(pack(marks)))


def test_the_measures_of_one_map() -> None:
    found = one({"b_lumbar_l": 6, "b_lumbar_r": 4, "b_calf_l": 5, "b_thoracic_spine_m": 1, "f_knee_r": 0})

    assert (found.regions, found.summed_intensity, found.mean_intensity) == (4, 16, 4.0)
    assert found.laterality == pytest.approx(1 / 3)  # two left, one right; the spine is on neither side
    assert (found.above_waist, found.below_waist) == (1, 3)
    assert (found.axial, found.limb) == (3, 1)
    assert (found.acr_regions, found.widespread) == (2, False)
    of_figure = sum(float(area_shares()[region(r).index]) for r in ("b_lumbar_l", "b_lumbar_r", "b_calf_l"))
    assert found.area == pytest.approx(of_figure + float(area_shares()[region("b_thoracic_spine_m").index]), abs=1e-4)


def test_a_map_without_pain_has_no_intensity_and_lies_on_no_side() -> None:
    found = one({})
    assert (found.regions, found.area, found.summed_intensity) == (0, 0, 0)
    assert (found.mean_intensity, found.laterality) == (None, None)


def test_a_region_without_an_intensity_counts_as_painful_and_its_sum_is_not_known() -> None:
    found = one({"b_lumbar_l": 6, "f_knee_r": None})
    assert (found.regions, found.mean_intensity, found.summed_intensity) == (2, 6.0, None)


def test_four_of_five_regions_are_widespread_and_jaw_chest_and_abdomen_make_none() -> None:
    assert one(WIDE).widespread
    assert (one(WIDE).acr_regions, one({**WIDE, "b_neck_l": 0}).acr_regions) == (5, 4)
    nearly: Marks = {"b_neck_l": 4, "b_shoulder_l": 4, "b_hip_l": 4, "f_jaw_r": 5, "f_abdomen_r": 5}
    assert (one(nearly).acr_regions, one(nearly).widespread) == (3, False)


def test_the_articles_picture_is_regional() -> None:
    legs: Marks = {f"{part}_{side}": 5 for part in ("b_lumbar", "b_buttock", "b_thigh", "b_calf") for side in "lr"}
    assert (one(legs).acr_regions, one(legs).widespread) == (3, False)


def test_the_course_is_the_mean_over_the_days_with_a_map() -> None:
    days = with_maps([{"b_lumbar_l": 4}, {"b_lumbar_l": 6, "f_knee_r": 2}, None, {}, {"b_calf_l": 9}])

    found = spread.course(days, 2)

    assert found.first_day.tolist() == [on(0), on(2), on(4)]
    assert (found.days.tolist(), found.days_with_map.tolist()) == ([2, 2, 1], [2, 1, 1])
    assert found.regions.tolist() == [1.5, 0, 1]
    assert found.summed_intensity.tolist() == [6, 0, 9]
    assert found.mean_intensity[[0, 2]].tolist() == [4, 9]
    assert np.isnan(found.mean_intensity[1])  # a map without pain has no intensity, and that is not 0
    assert found.laterality[[0, 2]].tolist() == [pytest.approx(1 / 3), 1]
    assert np.isnan(found.laterality[1])
    assert found.below_waist.tolist() == [1.5, 0, 1]


def test_a_step_without_a_map_is_missing_and_not_zero() -> None:
    found = spread.course(with_maps([{"b_neck_l": 3}, None, None]), 1)
    for name in spread.DEFINITIONS:
        assert np.isnan(getattr(found, name)[1:]).all(), name
        assert getattr(found, name).dtype == np.float32


def test_the_share_of_widespread_days() -> None:
    assert spread.course(with_maps([WIDE, {"b_neck_l": 4}, None, WIDE]), 4).widespread.tolist() == [
        pytest.approx(200 / 3)
    ]


def test_an_empty_diary_has_no_steps_and_one_without_maps_has_only_missing_ones() -> None:
    assert len(spread.course(empty_diary(FIRST), 7)) == 0
    found = spread.course(empty_diary(FIRST, 10), 7)
    assert found.days.tolist() == [7, 3]
    assert np.isnan(found.regions).all()


def test_a_step_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        spread.course(empty_diary(FIRST, 3), 0)


def test_every_measure_says_what_it_is_and_which_are_our_own() -> None:
    assert all("[P]" in text for text in spread.DEFINITIONS.values())
    assert "ACR 2016" in spread.DEFINITIONS["widespread"]


def test_the_lower_back_radiates_only_together_with_buttock_or_leg() -> None:
    assert not spread.radiation(flags("b_calf_l", "f_shin_l")).radiates
    assert not spread.radiation(flags("b_lumbar_l", "b_mid_back_l", "f_hip_l", "f_groin_l")).radiates
    found = spread.radiation(flags("b_lumbar_spine_m", "b_buttock_r"))
    assert (found.radiates, found.sides, found.below_knee) == (True, ("right",), ())


@pytest.mark.parametrize("part", ["f_shin", "f_ankle_foot", "b_calf", "b_ankle_foot"])
@pytest.mark.parametrize(("letter", "side"), [("l", "left"), ("r", "right")])
def test_below_the_knee_is_shin_calf_ankle_and_foot_with_its_side(part: str, letter: str, side: str) -> None:
    assert spread.radiation(flags("b_lumbar_l", f"{part}_{letter}")).below_knee == (side,)


def test_the_knee_itself_is_not_below_the_knee() -> None:
    assert spread.radiation(flags("b_lumbar_l", "b_knee_l", "f_knee_l", "f_thigh_l")).below_knee == ()


def test_radiation_is_counted_by_entry() -> None:
    maps = [{"b_lumbar_l": 5, "b_calf_r": 5}, {"b_lumbar_l": 5}, {"b_calf_r": 5}, {"b_sacroiliac_l": 3, "b_thigh_l": 2}]
    found = spread.radiation_count(np.stack([unpack(pack(marks)) for marks in maps]))
    assert (found.maps, found.radiating, found.radiating_left, found.radiating_right) == (4, 2, 1, 1)
    assert (found.below_knee_left, found.below_knee_right) == (0, 2)


def test_radiation_of_no_maps_at_all() -> None:
    assert spread.radiation_count(np.zeros((0, REGION_COUNT), np.uint8)).radiating == 0


def test_the_articles_spots() -> None:
    assert spread.article_spots(flags("b_interscapular_l")) == ("between_shoulder_blades",)
    assert spread.article_spots(flags("b_scapula_r", "b_thoracic_spine_m")) == (
        "between_shoulder_blades",
        "upper_back_trapezius",
    )
    assert spread.article_spots(flags("b_calf_l")) == ()  # a leg without the lower back radiates from nowhere
    assert spread.article_spots(flags("b_calf_l", "b_lumbar_r")) == ("lower_back", "radiating_buttock_leg")


def test_above_and_below_the_waist_share_the_figure_and_no_region_is_axial_and_limb() -> None:
    assert (ABOVE_WAIST ^ BELOW_WAIST).all()
    assert not (AXIAL & LIMB).any()
    neither = {REGIONS[i].region_id[2:-2] for i in np.flatnonzero(~(AXIAL | LIMB))}
    assert neither == {"head", "face", "jaw"}


def test_left_and_right_belong_to_the_same_parts() -> None:
    for part in (ABOVE_WAIST, BELOW_WAIST, AXIAL, LIMB, BELOW_KNEE):
        assert all(part[each.index] == part[region(mirror(each.region_id)).index] for each in REGIONS)


def test_the_five_regions_agree_with_the_criteria() -> None:
    """By area, as `fibromyalgia.ACR_REGIONS` has it: two ways to the same five."""
    for each in REGIONS:
        by_area = [name for name, areas in ACR_REGIONS.items() if each.wpi_area in areas]
        expected = tuple(by_area) if each.wpi_area not in NOT_COUNTED else ()
        assert acr_regions(flags(each.region_id)) == expected


def test_each_side_is_named_once() -> None:
    assert sides_of(flags("b_calf_r", "f_shin_r", "b_calf_l")) == ("left", "right")


def test_neighbours_are_mutual_and_of_one_view() -> None:
    for each in REGIONS:
        for near in neighbours(each.region_id):
            assert each.region_id in neighbours(near)
            assert region(near).view == each.view
    assert "b_lumbar_spine_m" in neighbours("b_lumbar_l")
    assert "b_lumbar_r" not in neighbours("b_lumbar_l")


def test_the_shares_of_the_figure_make_the_whole_and_both_sides_are_alike() -> None:
    shares = area_shares()
    assert shares.sum() == pytest.approx(100, abs=1e-3)
    assert (shares > 0).all()
    for each in REGIONS:
        assert shares[each.index] == pytest.approx(shares[region(mirror(each.region_id)).index], abs=0.05)


marks = st.dictionaries(st.sampled_from([each.region_id for each in REGIONS]), st.none() | st.integers(0, 10))


@given(marks)
def test_the_mirrored_map_lies_on_the_other_side_and_is_otherwise_the_same(marked: Marks) -> None:
    here, there = one(marked), one({mirror(name): value for name, value in marked.items()})
    assert (here.laterality or 0) == -(there.laterality or 0)
    same = ("regions", "summed_intensity", "above_waist", "below_waist", "axial", "limb", "widespread", "acr_regions")
    assert [getattr(here, name) for name in same] == [getattr(there, name) for name in same]


@given(st.lists(st.none() | marks, min_size=1, max_size=6))
def test_a_course_of_single_days_is_each_days_own_map(days: list[Marks | None]) -> None:
    found = spread.course(with_maps(days), 1)
    for place, marked in enumerate(days):
        alone = None if marked is None else one(marked)
        for name in spread.DEFINITIONS:
            value = getattr(found, name)[place]
            expected = None if alone is None else getattr(alone, name)
            if name == "widespread" and expected is not None:
                expected = 100.0 * expected
            assert np.isnan(value) if expected is None else value == pytest.approx(expected, abs=1e-4), name
