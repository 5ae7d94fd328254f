"""CHOIR segments in both numberings, out of our regions and into them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import REGIONS, mirror, region, wpi_areas
from clinical.choir import FEMALE_TO_STANDARD, SEGMENTS, Numbering, numbered, regions_of, segments_of, standard

NUMBERINGS: tuple[Numbering, ...] = ("male", "female")
LEFT_FRONT = (102, 104, 106, 110, 109, 112, 114, 118, 117, 124, 123, 122, 128, 127, 130, 132, 134, 136)
LEFT_BACK = (201, 203, 205, 207, 208, 211, 212, 215, 217, 218, 221, 222, 223, 227, 228, 231, 233, 235, 237)
"""The segments of the patient's left in the standard numbering, copied from the reference's table (2.1)."""

numberings = st.sampled_from(NUMBERINGS)
painful = st.sets(st.sampled_from([one.region_id for one in REGIONS]))
codes = st.sets(st.sampled_from(SEGMENTS))


def sides(names: set[str]) -> set[str]:
    return {region(name).side for name in names}


@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_each_of_the_74_segments_of_a_numbering_is_known(numbering: Numbering) -> None:
    assert len(SEGMENTS) == 36 + 38
    assert all(regions_of(code, numbering) for code in SEGMENTS)
    assert sorted(standard(code, numbering) for code in SEGMENTS) == sorted(SEGMENTS)
    other_area = {"f_jaw_r", "f_jaw_l", "b_sacroiliac_r", "b_sacroiliac_l"}
    named = {name for code in SEGMENTS for name in regions_of(code, numbering)}
    assert named == {one.region_id for one in REGIONS} - other_area


@pytest.mark.parametrize("code", [-1, 0, 100, 137, 200, 239, 999])
@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_any_other_number_is_unknown(code: int, numbering: Numbering) -> None:
    assert regions_of(code, numbering) == ()


@pytest.mark.parametrize("code", SEGMENTS)
def test_every_segment_is_on_the_side_the_reference_says(code: int) -> None:
    side = "left" if code in (*LEFT_FRONT, *LEFT_BACK) else "right"
    assert sides(set(regions_of(code, "male"))) - {"midline"} == {side}
    assert {region(name).view for name in regions_of(code, "male")} == {"front" if code < 200 else "back"}


def test_the_female_drawing_numbers_six_segments_differently_and_keeps_their_side() -> None:
    assert {code for code in SEGMENTS if standard(code, "female") != code} == set(FEMALE_TO_STANDARD)
    assert regions_of(112, "female") == ("f_abdomen_r",) == regions_of(116, "male")
    assert regions_of(112, "male") == ("f_upper_arm_l",) == regions_of(114, "female")


def test_regions_that_share_a_segment_go_out_as_one_that_is_flagged() -> None:
    found = segments_of(["b_trapezius_l", "b_scapula_l", "f_knee_r"])
    assert (found.codes, found.merged) == ((129, 208), (208,))
    (knee, upper_back) = found.segments
    assert (knee.merged, upper_back.marked) == (False, ("b_trapezius_l", "b_scapula_l"))
    assert upper_back.covers == ("b_trapezius_l", "b_interscapular_l", "b_thoracic_spine_m", "b_scapula_l")


def test_a_region_of_two_segments_goes_out_as_both_and_is_flagged() -> None:
    found = segments_of(["f_wrist_hand_l"])
    assert (found.codes, found.widened) == ((124, 128), ("f_wrist_hand_l",))


def test_the_female_numbers_go_out_for_the_female_drawing() -> None:
    assert segments_of(["f_abdomen_r", "f_upper_arm_l"], "female").codes == (112, 114)
    assert segments_of(["f_abdomen_r", "f_upper_arm_l"], "male").codes == (112, 116)


def test_the_spine_alone_goes_out_on_both_sides_and_beside_one_side_on_that_side_only() -> None:
    alone = segments_of(["b_lumbar_spine_m"])
    assert (alone.codes, alone.widened, alone.on_marked_sides) == ((218, 219), ("b_lumbar_spine_m",), ())
    beside = segments_of(["b_lumbar_spine_m", "b_lumbar_l"])
    assert (beside.codes, beside.on_marked_sides) == ((218,), ("b_lumbar_spine_m",))


def test_a_map_without_pain_has_no_segments() -> None:
    assert segments_of([]).codes == ()


@given(st.sampled_from(SEGMENTS), numberings)
def test_a_number_goes_to_the_standard_and_back(code: int, numbering: Numbering) -> None:
    assert numbered(standard(code, numbering), numbering) == code


@given(painful, numberings)
def test_going_out_no_side_becomes_painful_that_was_not(marked: set[str], numbering: Numbering) -> None:
    found = segments_of(marked, numbering)
    for segment in found.segments:
        from_sides = sides(set(segment.marked)) - {"midline"}
        to_sides = sides(set(regions_of(segment.code, numbering))) - {"midline"}
        assert from_sides <= to_sides
        assert len(to_sides) == 1
    if "midline" not in sides(marked):
        assert sides({name for code in found.codes for name in regions_of(code, numbering)}) - {"midline"} == sides(
            marked
        )


@given(painful, numberings)
def test_everything_marked_comes_back_but_what_shares_a_segment_of_another_area(
    marked: set[str], numbering: Numbering
) -> None:
    found = segments_of(marked, numbering)
    other_area = {"f_jaw_r", "f_jaw_l", "b_sacroiliac_r", "b_sacroiliac_l"}
    assert marked - other_area <= back(marked, numbering)
    assert marked == {name for segment in found.segments for name in segment.marked}


def back(marked: set[str], numbering: Numbering) -> set[str]:
    return {name for code in segments_of(marked, numbering).codes for name in regions_of(code, numbering)}


@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_no_region_and_no_pair_comes_back_with_an_area_or_a_side_that_was_not_marked(numbering: Numbering) -> None:
    every = [one.region_id for one in REGIONS]
    for marked in ({one, other} for one in every for other in every):
        returned = back(marked, numbering)
        assert wpi_areas(returned) <= wpi_areas(marked), marked
        if sides(marked) == {"midline"}:
            assert segments_of(marked, numbering).widened, "the spine alone can only go out on both sides: it is said"
        else:
            assert sides(returned) - {"midline"} <= sides(marked), marked


@given(painful, numberings)
def test_no_map_comes_back_with_an_area_of_the_index_that_was_not_marked(
    marked: set[str], numbering: Numbering
) -> None:
    assert wpi_areas(back(marked, numbering)) <= wpi_areas(marked)


def test_the_sacroiliac_area_goes_out_as_the_lower_back_of_its_side_and_is_flagged() -> None:
    found = segments_of(["b_sacroiliac_l", "b_lumbar_spine_m"])
    assert (found.codes, found.moved, found.on_marked_sides) == ((218,), ("b_sacroiliac_l",), ("b_lumbar_spine_m",))
    assert not found.exact
    assert segments_of(["b_calf_r"]).exact


@given(codes, numberings)
def test_coming_in_and_going_out_gives_the_same_segments_again(given_codes: set[int], numbering: Numbering) -> None:
    """Once more out and in changes nothing, and the first time only adds the other half of a region on its own side."""
    first = segments_of({name for code in given_codes for name in regions_of(code, numbering)}, numbering)
    second = segments_of({name for code in first.codes for name in regions_of(code, numbering)}, numbering)
    assert given_codes <= set(first.codes)
    assert second.codes == first.codes
    added = set(first.codes) - given_codes
    assert all(any(code in region(name).choir_codes for name in first.widened) for code in _standard(added, numbering))


def _standard(found: set[int], numbering: Numbering) -> list[int]:
    return [standard(code, numbering) for code in found]


@given(codes, numberings)
def test_segments_of_one_side_never_become_those_of_the_other(given_codes: set[int], numbering: Numbering) -> None:
    left = {code for code in given_codes if standard(code, numbering) in (*LEFT_FRONT, *LEFT_BACK)}
    there = {name for code in left for name in regions_of(code, numbering)}
    out = segments_of(there, numbering)
    assert "right" not in sides(there)
    assert {standard(code, numbering) for code in out.codes} <= {*LEFT_FRONT, *LEFT_BACK}


@given(painful)
def test_the_mirrored_map_goes_out_as_the_mirrored_segments(marked: set[str]) -> None:
    here, there = segments_of(marked), segments_of({mirror(name) for name in marked})
    assert {mirror(name) for segment in here.segments for name in segment.covers} == {
        name for segment in there.segments for name in segment.covers
    }
