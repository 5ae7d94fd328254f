"""What a map to fill in tells the browser, and what is believed of the marks that come back."""

import json

import pytest

from clinical.body_map import QUALITIES, REGION_INDEX, REGIONS
from dashboard.components.body_map.marks import Mark
from dashboard.components.body_map.record_message import answer, message

CALF, CHEST = REGION_INDEX["b_calf_l"], REGION_INDEX["f_chest_l"]
HELD = (Mark("b_calf_l", 6, ("burning",), "deep"),)


def sent_back(*marks: object, revision: int = 3) -> dict[str, object]:
    return {"revision": revision, "marks": list(marks)}


def test_a_mark_travels_as_its_place_with_everything_said_of_it() -> None:
    told = message(HELD, height=420, revision=3)
    assert told["marks"] == [[CALF, 6, ["burning"], "deep"]]
    assert [quality for quality, _ in told["qualities"]] == list(QUALITIES)
    assert (told["revision"], len(told["ramp"]), len(told["said"])) == (3, 11, 11)


def test_a_map_with_every_region_marked_stays_small() -> None:
    full = [Mark(region.region_id, 10, QUALITIES, "surface") for region in REGIONS]
    assert len(json.dumps(message(full, height=420, revision=0))) < 15_000


def test_what_comes_back_is_read_as_marks_in_vocabulary_order() -> None:
    told = sent_back([CALF, 6, ["stiff", "aching"], "deep"], [CHEST, None, [], ""], [0, 0, [], ""])
    assert answer(told, (), 3) == (
        Mark(REGIONS[0].region_id, 0),
        Mark("f_chest_l", None),
        Mark("b_calf_l", 6, ("aching", "stiff"), "deep"),
    )


def test_a_map_that_was_emptied_is_empty_and_not_the_old_one() -> None:
    assert answer(sent_back(), HELD, 3) == ()


def test_marks_made_before_the_page_replaced_them_are_out_of_date() -> None:
    assert answer(sent_back([CHEST, 4, [], ""], revision=2), HELD, 3) == HELD


@pytest.mark.parametrize(
    "mark",
    [
        [74, 5, [], ""],
        [-1, 5, [], ""],
        [CALF, 11, [], ""],
        [CALF, -1, [], ""],
        [CALF, 5.5, [], ""],
        [CALF, "5", [], ""],
        [True, 5, [], ""],
        [CALF, True, [], ""],
        [CALF, 5, "burning", ""],
        [CALF, 5],
        "b_calf_l",
        None,
    ],
)
def test_a_mark_that_no_browser_of_ours_sends_is_left_out(mark: object) -> None:
    assert answer(sent_back(mark, [CHEST, 4, [], ""]), (), 3) == (Mark("f_chest_l", 4),)


def test_unknown_qualities_and_depths_are_left_out_of_a_mark() -> None:
    assert answer(sent_back([CALF, 5, ["burning", "itchy", 7], "middle"]), (), 3) == (
        Mark("b_calf_l", 5, ("burning",)),
    )


@pytest.mark.parametrize("state", [None, "marks", [], {}, {"revision": 3}, {"revision": 3, "marks": "none"}])
def test_without_an_answer_the_marks_are_those_of_the_page(state: object) -> None:
    assert answer(state, HELD, 3) == HELD
