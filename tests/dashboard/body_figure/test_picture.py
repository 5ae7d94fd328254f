"""The figure as SVG text: sides, numbers, words, and what is missing."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import REGIONS
from clinical.maps import Mode
from dashboard.body_figure import svg
from dashboard.theme import PAIN_RAMP
from tests.dashboard.body_figure.maps import everywhere, nothing, region_map

SVG = "{http://www.w3.org/2000/svg}"
BACK_PAIN = region_map("typical", {"b_lumbar_l": 6, "b_calf_r": 10, "f_thigh_l": 3})


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314  (our own drawing)


def texts(picture: str) -> list[str]:
    return [node.text or "" for node in parsed(picture).iter(f"{SVG}text")]


def group_of(picture: str, view: int) -> ElementTree.Element:
    return parsed(picture).findall(f"{SVG}g")[view]


def side_of(group: ElementTree.Element, letter: str) -> float:
    return next(float(node.get("x", "")) for node in group.iter(f"{SVG}text") if node.text == letter)


def test_the_patients_right_is_on_the_left_in_front_and_on_the_right_behind() -> None:
    picture = svg(BACK_PAIN, height_px=340)
    assert side_of(group_of(picture, 0), "R") < 0 < side_of(group_of(picture, 0), "L")
    assert side_of(group_of(picture, 1), "L") < 0 < side_of(group_of(picture, 1), "R")


@pytest.mark.parametrize("height", [60, 200, 340, 900])
def test_sides_are_printed_at_every_size(height: int) -> None:
    assert sorted(t for t in texts(svg(BACK_PAIN, height_px=height)) if t in "RL") == ["L", "L", "R", "R"]


def test_numbers_are_printed_where_there_is_room() -> None:
    assert {"6", "10", "3"} <= set(texts(svg(BACK_PAIN, height_px=340)))
    assert not {"6", "10", "3"} & set(texts(svg(BACK_PAIN, height_px=60)))
    assert not {"6", "10", "3"} & set(texts(svg(BACK_PAIN, height_px=340, labels=False)))


def test_every_number_fits_on_a_large_figure() -> None:
    assert texts(svg(everywhere("change", -3), height_px=900)).count("−3") == len(REGIONS)


def test_a_number_is_never_printed_smaller_than_it_can_be_read() -> None:
    for height in (120, 200, 340):
        picture = svg(everywhere("how_often", 100), height_px=height)
        unit = height / float(parsed(picture).get("viewBox", "").split()[3])
        numbers = [n for n in parsed(picture).iter(f"{SVG}text") if n.text == "100"]
        assert all(float(n.get("font-size", "")) * unit >= 7.4 for n in numbers)


def test_at_200_px_every_region_has_its_number_in_it_or_beside_it() -> None:
    picture = svg(everywhere("typical", 6), height_px=200)
    assert texts(picture).count("6") == len(REGIONS)
    anchors = {node.get("text-anchor") for node in parsed(picture).iter(f"{SVG}text") if node.text == "6"}
    assert anchors == {"start", "middle", "end"}


def test_a_change_carries_its_sign_and_its_border() -> None:
    change = region_map("change", {"b_lumbar_l": 2, "b_lumbar_r": -2, "f_chest_l": 0})
    picture = svg(change, height_px=340)
    assert {"+2", "−2", "0"} <= set(texts(picture))
    assert picture.count("stroke-dasharray") == 1


def test_the_picture_speaks() -> None:
    root = parsed(svg(BACK_PAIN, height_px=340))
    assert root.findtext(f"{SVG}title") == "Typical pain, front and back of the body"
    told = root.findtext(f"{SVG}desc") or ""
    assert told.index("Right calf: typically 10 of 10") < told.index("Left lower back: typically 6 of 10")
    assert BACK_PAIN.note in told


def test_a_period_without_a_map_is_hatched_and_says_so() -> None:
    picture = svg(nothing(), height_px=340)
    assert "No body map in this period" in texts(picture)
    assert 'fill="url(#hatch340l)"' in picture
    assert 'fill="url(#hatch60l)"' in svg(nothing(), height_px=60)


def test_two_periods_that_cannot_be_compared_are_not_drawn_as_no_change() -> None:
    assert "Nothing to compare" in texts(svg(region_map("change", {}), height_px=340))


def test_a_map_without_pain_is_not_hatched() -> None:
    assert "url(#hatch" not in svg(region_map("latest", {}, days_with_map=1), height_px=340)


def test_pain_without_an_intensity_is_dotted_and_has_no_number() -> None:
    picture = svg(region_map("latest", {}, present=["f_chest_l"]), height_px=340)
    assert picture.count('fill="url(#dots340l)"') == 1
    assert "Left chest and breast: hurts, intensity not recorded" in picture


def test_one_view_alone() -> None:
    picture = svg(BACK_PAIN, view="back", height_px=340)
    assert sorted(t for t in texts(picture) if t.isalpha()) == ["Back", "L", "R"]
    assert "Front" not in picture


def test_what_hurts_seldom_is_striped_and_its_number_keeps_its_ground() -> None:
    seldom = svg(region_map("typical", {"b_lumbar_l": 6}, days=11), height_px=340)
    assert 'fill="url(#stripes340l)"' in seldom
    assert f'paint-order="stroke" stroke="{PAIN_RAMP[6]}"' in seldom
    assert "url(#stripes" not in svg(region_map("typical", {"b_lumbar_l": 6}, days=12), height_px=340)
    assert "url(#stripes" not in svg(region_map("worst", {"b_lumbar_l": 6}, days=11), height_px=340)


def test_dark_and_light_have_the_same_pain_colours() -> None:
    for dark in (False, True):
        assert PAIN_RAMP[6] in svg(BACK_PAIN, height_px=340, dark=dark)


def test_a_note_is_only_ever_text() -> None:
    hostile = region_map("typical", {"b_lumbar_l": 6})
    hostile = type(hostile)(
        hostile.mode, hostile.values, 5, hostile.days_marked, "</desc><script>alert(1)</script>", hostile.present
    )
    assert "<script" not in svg(hostile, height_px=200)


@given(
    shown=st.one_of(
        st.tuples(st.sampled_from(["typical", "worst", "latest"]), st.integers(0, 10)),
        st.tuples(st.just("how_often"), st.integers(0, 100)),
        st.tuples(st.just("change"), st.integers(-10, 10)),
    ),
    height=st.integers(40, 1200),
    dark=st.booleans(),
)
def test_any_map_at_any_size_is_sound_svg_of_that_height(shown: tuple[Mode, int], height: int, dark: bool) -> None:
    picture = svg(everywhere(*shown), height_px=height, dark=dark)
    root = parsed(picture)
    assert root.get("height") == str(height)
    assert not re.search(r"nan|inf|None", re.sub(r"<(title|desc)>.*?</\1>", "", picture))
