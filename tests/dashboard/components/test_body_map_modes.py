"""What differences, courses and earlier locations tell the browser."""

import json
from dataclasses import replace
from itertools import combinations

import pytest

from clinical.body_map import PRESENT, REGION_COUNT, REGION_INDEX, UNMARKED, pack
from clinical.maps import OnePeriod
from dashboard.components.body_map import difference_message, play_message
from dashboard.components.body_map.difference_message import LOOKS
from dashboard.components.body_map.marks import Frame
from dashboard.components.body_map.message import message
from tests.dashboard.body_figure.maps import everywhere, region_map

CALF, CHEST = REGION_INDEX["b_calf_l"], REGION_INDEX["f_chest_l"]


def told_of(**kinds: str) -> dict[str, list[str]]:
    all_kinds = [""] * REGION_COUNT
    for region_id, kind in kinds.items():
        all_kinds[REGION_INDEX[region_id]] = kind
    words = [f"{kind}: said" if kind else "" for kind in all_kinds]
    regions = difference_message.message(all_kinds, words, height=400, title="")["regions"]
    assert isinstance(regions, dict)
    return regions


def test_kinds_differ_in_more_than_their_colour() -> None:
    for one, other in combinations(LOOKS.values(), 2):
        assert one.sign != other.sign
        assert one.border != other.border


def test_a_region_says_what_changed_and_a_quiet_one_does_not_travel() -> None:
    regions = told_of(b_calf_l="new", f_chest_l="unrated")
    assert set(regions) == {str(CALF), str(CHEST)}
    assert (regions[str(CALF)][0], regions[str(CALF)][3]) == ("+", "new: said")
    assert regions[str(CHEST)][5] == "dots"


def test_drawing_error_and_how_often_have_signs_of_their_own() -> None:
    kinds = [""] * REGION_COUNT
    kinds[CALF], kinds[CHEST], kinds[0] = "noise", "unchanged", "weaker"
    told = difference_message.message(kinds, kinds, height=400, title="", often={CHEST: "oftener", 0: "seldomer"})
    assert [told["regions"][str(i)][0] for i in (CALF, CHEST, 0)] == ["~", "↑", "▼↓"]
    assert [text for _, text in told["keys"]] == ["~ within drawing error", "↑ oftener", "↓ seldomer"]


def test_where_two_signs_have_no_room_the_kind_is_drawn() -> None:
    spine = REGION_INDEX["b_thoracic_spine_m"]
    kinds = [""] * REGION_COUNT
    kinds[spine] = "weaker"
    told = difference_message.message(kinds, kinds, height=300, title="", often={spine: "oftener"})
    assert told["regions"][str(spine)][0] == "▼"


def test_a_region_without_points_carries_its_sign_and_says_why() -> None:
    values = region_map("change", {"b_neck_l": 2})
    told = message(replace(values, one_period={CALF: OnePeriod("new", 3, 28)}), height=340)
    sign, _, _, said, _, border = told["regions"][str(CALF)]
    assert (sign, border) == ("+", "worse")
    assert said == "new, no points: not typical before (before on 3 of 28 days)"
    assert any("no points" in text for _, text in told["keys"])


def test_seldom_regions_of_a_step_travel_as_letters() -> None:
    values = pack({"b_calf_l": 10, "f_chest_l": 3})
    assert play_message.packed(values, {CALF}) == chr(48 + CHEST) + "3" + chr(48 + CALF) + "J"
    told = play_message.message([Frame("", values, 28, frozenset({CALF}))], height=400, title="")
    assert "seldom" in [kind for kind, _ in told["words"]["keys"]]


def test_a_difference_that_does_not_cover_the_body_is_refused() -> None:
    with pytest.raises(ValueError, match="74"):
        difference_message.message(["new"], ["new"], height=400, title="")


def test_a_step_names_the_regions_that_hurt_and_nothing_else() -> None:
    packed = play_message.packed(pack({"b_calf_l": 10, "f_chest_l": None, "f_knee_l": 0}))
    assert packed == chr(48 + CHEST) + "h" + chr(48 + CALF) + ":"
    assert play_message.packed(bytes([UNMARKED]) * REGION_COUNT) == ""


def test_every_value_of_every_region_survives_the_packing() -> None:
    for value in [*range(1, 11), PRESENT]:
        text = play_message.packed(bytes([value]) * REGION_COUNT)
        assert [ord(text[2 * i]) - 48 for i in range(REGION_COUNT)] == list(range(REGION_COUNT))
        assert set(text[1::2]) == {"h" if value == PRESENT else chr(48 + value)}


def test_ten_years_of_weeks_fit_into_one_small_message() -> None:
    spread = pack(dict.fromkeys(list(REGION_INDEX)[:20], 6))
    frames = [Frame("week of 28 September 2026", spread, 7)] * 520
    assert len(json.dumps(play_message.message(frames, height=400, title=""))) < 60_000


def test_a_ghost_is_drawn_only_where_nothing_hurts_now() -> None:
    values = region_map("typical", {"b_calf_l": 6}, present=["f_chest_l"])
    told = message(values, height=340, ghosts=["b_calf_l", "f_chest_l", "f_knee_l", "tail"])
    kinds = {index: region[5] for index, region in told["regions"].items()}
    assert [index for index, kind in kinds.items() if kind == "ghost"] == [str(REGION_INDEX["f_knee_l"])]
    assert told["regions"][str(REGION_INDEX["f_knee_l"])][3] == "no pain marked, hurt earlier"
    assert ["ghost", "faint: hurt earlier"] in told["keys"]


def test_a_map_without_ghosts_is_told_as_before() -> None:
    told = message(everywhere("typical", 6), height=340, ghosts=["b_calf_l"])
    assert all(kind != "ghost" for kind, _ in told["keys"])
