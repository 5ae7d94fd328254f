"""Areas of questionnaires as our regions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.area_names import UnknownArea, is_no_pain, regions_of_name, regions_of_wpi, wpi_area
from clinical.body_map import REGIONS, region, wpi_areas
from clinical.fibromyalgia import WPI_AREAS

SIDED = sorted(area for area in WPI_AREAS if area.endswith(("_left", "_right")))


def printed(area: str) -> str:
    """'Hip (buttock, trochanter), left', as forms print it."""
    part, _, side = area.rpartition("_")
    name = "hip (buttock, trochanter)" if part == "hip" else part.replace("_", " ")
    return f"{name}, {side}".capitalize()


@pytest.mark.parametrize("area", sorted(WPI_AREAS))
def test_each_of_the_19_areas_is_known_by_its_identifier_and_has_regions(area: str) -> None:
    assert wpi_area(area) == area
    assert regions_of_wpi(area)


@pytest.mark.parametrize("area", SIDED)
def test_a_sided_area_is_known_as_it_is_printed_on_either_hand(area: str) -> None:
    part, _, side = area.rpartition("_")
    spoken = part.replace("_", " ")
    for text in (printed(area), f"{side} {spoken}", f"{side[0].upper()} {spoken}", f"{spoken} ({side})"):
        assert wpi_area(text) == area


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("upper arm", "it says neither left nor right"),
        ("left neck", "it is none of the 19 areas of the widespread pain index"),
        ("left right jaw", "it is none of the 19 areas of the widespread pain index"),
        ("both jaw", "it is none of the 19 areas of the widespread pain index"),
        ("left knee", "it is none of the 19 areas of the widespread pain index"),
        ("front of left upper arm", "it is none of the 19 areas of the widespread pain index"),
        ("", "it is none of the 19 areas of the widespread pain index"),
    ],
)
def test_what_is_no_area_of_the_index_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnknownArea) as refused:
        wpi_area(text)
    assert str(refused.value) == reason


def test_every_region_is_in_at_most_one_area_of_the_index() -> None:
    for one in REGIONS:
        holding = [area for area in WPI_AREAS if one.region_id in regions_of_wpi(area)]
        assert holding == ([one.wpi_area] if one.wpi_area else [])


@given(st.sets(st.sampled_from(sorted(WPI_AREAS))))
def test_the_regions_of_areas_score_those_areas_and_no_other(areas: set[str]) -> None:
    regions = {name for area in areas for name in regions_of_wpi(area)}
    assert wpi_areas(regions) == areas


@given(st.sets(st.sampled_from([one.region_id for one in REGIONS])))
def test_no_map_scores_more_areas_than_it_has_regions(painful: set[str]) -> None:
    """A region counts for one area at most, by either mapping."""
    assert len(wpi_areas(painful)) <= len(painful)
    assert len(wpi_areas(painful, extended=True)) <= len(painful)


@given(st.sampled_from(SIDED))
def test_an_area_of_one_side_has_no_region_of_the_other(area: str) -> None:
    assert {region(name).side for name in regions_of_wpi(area)} == {area.rpartition("_")[2]}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Left knee", {"f_knee_l", "b_knee_l"}),
        ("back of right thigh", {"b_thigh_r"}),
        ("R hand (front)", {"f_wrist_hand_r"}),
        ("Lower leg, left", {"f_shin_l", "b_calf_l"}),
        ("right buttock", {"b_buttock_r"}),
        ("left shoulder blade", {"b_scapula_l"}),
        ("lower back", {"b_lumbar_l", "b_lumbar_r", "b_lumbar_spine_m", "b_sacroiliac_l", "b_sacroiliac_r"}),
        ("left lower back", {"b_lumbar_l", "b_sacroiliac_l"}),
        ("both feet's toes", set()),
        ("both groin", {"f_groin_l", "f_groin_r"}),
        ("face", {"f_face_l", "f_face_r"}),
        ("thoracic spine", {"b_thoracic_spine_m"}),
    ],
)
def test_plain_names_are_placed(text: str, regions: set[str]) -> None:
    if regions:
        assert set(regions_of_name(text)) == regions
    else:
        with pytest.raises(UnknownArea, match="no official crosswalk"):
            regions_of_name(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("left flank", "no official crosswalk"),
        ("pelvis", "no official crosswalk"),
        ("knee", "neither left nor right"),
        ("left right knee", "two sides"),
        ("left thoracic spine", "the spine has no side"),
        ("front of left buttock", "no official crosswalk"),
        ("", "no official crosswalk"),
    ],
)
def test_what_has_no_certain_place_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UnknownArea, match=reason):
        regions_of_name(text)


PARTS = sorted({one.region_id[2:-2].replace("_", " ") for one in REGIONS if one.side != "midline"})


@given(st.sampled_from(PARTS), st.sampled_from(["left", "right"]), st.booleans())
def test_a_named_side_is_the_side_of_every_region(part: str, side: str, after: bool) -> None:
    found = regions_of_name(f"{part} {side}" if after else f"{side} {part}")
    assert {region(name).side for name in found} == {side}


@given(st.text(max_size=40))
def test_any_text_is_placed_or_refused(text: str) -> None:
    for place in (wpi_area, regions_of_name):
        try:
            place(text)
        except UnknownArea as refused:
            assert str(refused)


def test_the_box_for_no_pain() -> None:
    assert is_no_pain("No pain")
    assert is_no_pain("none")
    assert not is_no_pain("")
    assert not is_no_pain("no pain in the neck")
