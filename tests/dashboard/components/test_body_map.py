"""What the body map tells the browser, and what it believes of the answer."""

import json
import math

import pytest

from clinical.body_map import REGION_INDEX, REGIONS
from dashboard.components import body_map
from dashboard.components.body_map.message import message
from tests.dashboard.body_figure.maps import everywhere, nothing, region_map

CALF = str(REGION_INDEX["b_calf_l"])


def test_only_regions_with_something_to_say_travel() -> None:
    told = message(region_map("typical", {"b_calf_l": 6, "f_knee_l": math.nan}, present=["f_chest_l"]), height=340)
    assert set(told["regions"]) == {str(REGION_INDEX[i]) for i in ("b_calf_l", "f_knee_l", "f_chest_l")}
    assert told["regions"][CALF][0] == "6"
    assert told["regions"][CALF][3:5] == ["typically 6 of 10", "hurt on 5 of 23 days with a map"]


def test_a_full_map_is_a_few_kilobytes_and_holds_no_geometry() -> None:
    text = json.dumps(message(everywhere("how_often", 52), height=340))
    assert len(text) < 10_000
    assert all(region.label not in text for region in REGIONS)


def test_a_change_says_which_way_beside_its_colour() -> None:
    told = message(region_map("change", {"b_calf_l": -2, "b_calf_r": 2, "f_chest_l": 0}), height=340)["regions"]
    kinds = {region_id: told[str(REGION_INDEX[region_id])][5] for region_id in ("b_calf_l", "b_calf_r", "f_chest_l")}
    assert kinds == {"b_calf_l": "better", "b_calf_r": "worse", "f_chest_l": ""}


def test_the_legend_of_a_change_is_bordered_like_its_regions() -> None:
    legend = message(region_map("change", {"b_calf_l": -2}), height=340)["legend"]
    assert [step[3] for step in legend] == ["better"] * 5 + ["worse"] * 5


def test_a_region_that_hurts_on_under_half_of_the_map_days_is_striped_and_explained() -> None:
    seldom = message(region_map("typical", {"b_calf_l": 6}, days=11), height=340)
    assert seldom["regions"][CALF][5] == "seldom"
    assert ["seldom", "striped: hurt on under half of the map days"] in seldom["keys"]
    often = message(region_map("typical", {"b_calf_l": 6}, days=12), height=340)
    assert (often["regions"][CALF][5], often["keys"]) == ("", [])
    assert message(region_map("worst", {"b_calf_l": 6}), height=340)["regions"][CALF][5] == "", (
        "only typical says usual"
    )


def test_an_empty_period_is_announced_with_its_hatch() -> None:
    told = message(nothing(), height=340)
    assert told["empty"] == "No body map in this period"
    assert ["hatch", "no data"] in told["keys"]


def test_unknown_regions_cannot_be_selected_by_a_page() -> None:
    assert message(nothing(), height=340, selected=["b_calf_l", "tail"])["selected"] == ["b_calf_l"]


@pytest.mark.parametrize(
    ("state", "asked", "answer"),
    [
        (None, (), ()),
        (None, ("b_calf_l",), ("b_calf_l",)),
        ({"ids": ["b_calf_l", "f_knee_l"], "given": ""}, (), ("b_calf_l", "f_knee_l")),
        ({"ids": ["f_knee_l"], "given": ""}, ("b_calf_l",), ("b_calf_l",)),
        ({"ids": [], "given": "b_calf_l"}, ("b_calf_l",), ()),
        ({"ids": ["tail", 7, "b_calf_l", "b_calf_l"], "given": ""}, (), ("b_calf_l",)),
        ({"ids": "b_calf_l", "given": ""}, (), ()),
        ("b_calf_l", (), ()),
    ],
)
def test_an_answer_is_taken_only_as_known_regions_on_top_of_what_was_asked(
    state: object, asked: tuple[str, ...], answer: tuple[str, ...]
) -> None:
    assert body_map._answer(state, asked) == answer
