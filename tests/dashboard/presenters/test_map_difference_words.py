"""The sentence of a difference map on cases made by hand: the facts and the words together."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.body_map import REGION_COUNT, REGION_INDEX, REGIONS
from clinical.diary import Diary, empty_diary
from clinical.map_difference import DifferenceFacts, MapDifference, difference, facts
from dashboard.presenters.map_difference import sentence, words
from dashboard.presenters.regions import places
from tests.clinical.diaries import FIRST, with_maps

Marks = dict[str, int | None]
BACK: Marks = {"b_lumbar_l": 6, "b_lumbar_r": 5}
WIDE: Marks = {
    "b_neck_l": 4, "b_shoulder_l": 5, "b_shoulder_r": 5, "b_thigh_l": 5, "f_thigh_l": 5, "b_calf_r": 3, **BACK,
}  # fmt: skip
ON = " 10 days with a map now, 9 before."


def diaries(now: Marks | None, before: Marks | None, days: int = 10) -> tuple[Diary, Diary]:
    """The same map on each of `days` days now and on one day fewer before; None is a period without a map."""
    nothing = empty_diary(FIRST, days)
    return (
        nothing if now is None else with_maps([now] * days),
        nothing if before is None else with_maps([before] * (days - 1)),
    )


def compared(now: Marks | None, before: Marks | None, days: int = 10) -> DifferenceFacts:
    return facts(difference(*diaries(now, before, days)))


def said(now: Marks | None, before: Marks | None, days: int = 10) -> str:
    return sentence(compared(now, before, days))


def test_a_new_left_leg_below_the_knee() -> None:
    now = BACK | {"b_calf_l": 6, "f_ankle_foot_l": 4}

    found = compared(now, BACK)

    assert [one.region_id for one in found.new] == ["f_ankle_foot_l", "b_calf_l"]
    assert found.below_knee_new == ("left",)
    assert sentence(found) == f"New pain below the knee on the left. New: left ankle and foot, left calf.{ON}"


def test_a_new_right_leg_is_never_called_left() -> None:
    text = said(BACK | {"b_calf_r": 6, "f_shin_r": 4}, BACK)
    assert text == f"New pain below the knee on the right. New: right shin, right calf.{ON}"


def test_a_new_thigh_and_knee_are_not_below_the_knee() -> None:
    found = compared(BACK | {"b_thigh_l": 6, "b_knee_l": 4}, BACK)
    assert found.below_knee_new == ()
    assert sentence(found) == f"New: back of the left thigh, back of the left knee.{ON}"


def test_pain_below_the_knee_on_one_side_that_moves_to_the_other_is_new_on_one_and_gone_on_the_other() -> None:
    text = said(BACK | {"b_calf_l": 6}, BACK | {"b_calf_r": 6})
    assert text.startswith(
        "New pain below the knee on the left. No more pain below the knee on the right. New: left calf."
    )


def test_more_of_the_same_leg_is_new_but_not_new_below_the_knee() -> None:
    assert "below" not in said(BACK | {"b_calf_l": 5, "f_shin_l": 5}, BACK | {"b_calf_l": 5})


@pytest.mark.parametrize(("was", "now"), [("right", "left"), ("left", "right")])
def test_a_shift_from_one_side_to_the_other(was: str, now: str) -> None:
    def on(side: str) -> Marks:
        return {f"{part}_{side[0]}": 6 for part in ("b_lumbar", "b_buttock", "b_thigh")}

    found = compared(on(now), on(was))

    assert (found.side_before, found.side_now, found.shifted) == (was, now, True)
    assert sentence(found) == (
        f"Pain shifted from the {was} side to the {now}. "
        f"New: {now} lower back, {now} buttock, back of the {now} thigh. "
        f"Gone: {was} lower back, {was} buttock, back of the {was} thigh.{ON}"
    )


def test_a_shift_between_regions_that_touch_across_the_midline_is_no_noise() -> None:
    found = compared({"b_sacroiliac_l": 5}, {"b_sacroiliac_r": 5})
    assert (found.noise_new, found.noise_gone) == ((), ())
    assert sentence(found).startswith("Pain shifted from the right side to the left.")


def test_most_of_the_pain_shifted_while_the_back_hurts_on_both_sides() -> None:
    def leg(side: str) -> Marks:
        return BACK | {f"{part}_{side}": 5 for part in ("b_buttock", "b_thigh", "b_calf")}

    assert said(leg("l"), leg("r")).startswith("Most of the pain shifted from the right side to the left.")


def test_pain_on_both_sides_in_one_of_the_periods_is_no_shift() -> None:
    assert not compared(BACK, {"b_lumbar_r": 5}).shifted
    assert not compared({"b_lumbar_spine_m": 5}, {"b_lumbar_r": 5}).shifted


def test_a_spread_from_the_back_to_widespread() -> None:
    found = compared(WIDE, BACK)

    assert (found.reach, found.back_only_before, found.acr_before) == ("widespread", True, ("axial",))
    assert found.acr_now == ("axial", "left_lower", "left_upper", "right_lower", "right_upper")
    assert sentence(found).startswith(
        "Pain spread from the back alone to widespread (5 of 5 regions of the 2016 criteria, was 1)."
    )


def test_widespread_pain_that_draws_back() -> None:
    assert said(BACK, WIDE).startswith(
        "Pain is no longer widespread, it is in the back alone (1 of 5 regions of the 2016 criteria, was 5)."
    )


def test_the_articles_picture_of_back_buttocks_and_both_legs_is_still_regional() -> None:
    legs: Marks = {f"{part}_{side}": 5 for part in ("b_buttock", "b_thigh", "b_calf") for side in "lr"}
    found = compared(BACK | legs, BACK)
    assert (found.reach, len(found.acr_now)) == ("", 3)
    assert "widespread" not in sentence(found)


def test_the_same_map() -> None:
    found = compared(BACK, BACK)
    assert found.same
    assert sentence(found) == f"The same map, 2 regions.{ON}"


def test_the_same_map_with_a_change_of_one_point() -> None:
    text = said({"b_lumbar_l": 6, "b_lumbar_r": 6}, BACK)
    assert text == f"The same map, 2 regions, no intensity changed by 2 points or more.{ON}"


def test_stronger_and_weaker_from_two_points_on() -> None:
    text = said({"b_lumbar_l": 8, "b_lumbar_r": 3}, BACK)
    assert text == f"Stronger: left lower back (8, was 6). Weaker: right lower back (3, was 5).{ON}"


def test_one_adjacent_back_region_is_noise() -> None:
    found = compared(BACK | {"b_mid_back_l": 4}, BACK, days=2)

    assert found.same
    assert [one.region_id for one in found.noise_new] == ["b_mid_back_l"]
    assert sentence(found) == (
        "The same map, 2 regions. Within drawing error, so counted apart: left mid back new (one adjacent back or "
        "shoulder region). 2 days with a map now, 1 before. "
        "Fewer than 4 days with a map in a period: little to go on."
    )


def test_a_back_region_drawn_day_after_day_is_no_drawing_error() -> None:
    found = compared(BACK | {"b_mid_back_l": 4}, BACK)
    assert ([one.region_id for one in found.new], found.noise_new) == (["b_mid_back_l"], ())


def test_new_lumbar_spine_pain_on_twelve_of_28_days_is_new_and_never_error() -> None:
    """Strong new midline pain can be a compression fracture: it has to be seen."""
    spine: Marks = {"b_lumbar_spine_m": 7}
    found = difference(some_days(spine, 12, 28), some_days(spine, 3, 28))
    assert found.kinds[REGION_INDEX["b_lumbar_spine_m"]] == "new"
    assert found.noise == frozenset()
    assert "Typical now: lumbar spine (12 of 28 days, was 3 of 28)" in sentence(facts(found))


@pytest.mark.parametrize(("intensity", "noise"), [(7, 0), (6, 1), (None, 1)])
def test_strong_midline_spine_pain_is_no_error_even_on_a_single_map(intensity: int | None, noise: int) -> None:
    found = difference(with_maps([BACK | {"b_lumbar_spine_m": intensity}]), with_maps([BACK]))
    assert len(found.noise) == noise
    gone = difference(with_maps([BACK]), with_maps([BACK | {"b_lumbar_spine_m": intensity}]))
    assert len(gone.noise) == noise


def test_far_more_often_is_told_whatever_the_intensity_did() -> None:
    now = with_maps([BACK | {"b_knee_r": 5, "b_neck_l": 4}] * 21 + [BACK | {"b_knee_r": 5}] * 3 + [BACK] * 2)
    before = with_maps(
        [BACK | {"b_knee_r": 8, "b_neck_l": 4}] * 5 + [BACK | {"b_knee_r": 8}] * 2 + [BACK] * 18
    )  # knee 24 of 26 against 7 of 25, neck 21 of 26 against 5 of 25
    found = difference(now, before)
    said_of = words(found)
    assert said_of[REGION_INDEX["b_neck_l"]] == "unchanged: 4; oftener: on 21 of 26 days, before on 5 of 25 days"
    assert said_of[REGION_INDEX["b_knee_r"]].startswith("weaker: 5, was 8; oftener: on 24 of 26 days")
    assert not facts(found).same
    text = sentence(facts(found))
    assert "Oftener: " in text
    assert "(21 of 26 days, was 5 of 25)" in text
    assert "(24 of 26 days, was 7 of 25)" in text
    assert "Seldomer" in sentence(facts(difference(before, now)))


def test_a_day_more_of_three_is_not_oftener() -> None:
    found = difference(some_days({"b_calf_l": 5}, 3, 3), some_days({"b_calf_l": 5}, 1, 2))
    assert found.oftener == frozenset()


def test_less_than_twice_as_often_is_not_told() -> None:
    found = difference(some_days({"b_calf_l": 5}, 9), some_days({"b_calf_l": 5}, 5))
    assert (found.oftener, facts(found).same) == (frozenset(), True)


def test_one_adjacent_shoulder_region_that_is_gone_is_noise_beside_a_real_change() -> None:
    before: Marks = {"b_shoulder_r": 5, "b_scapula_r": 5}
    found = compared({"b_scapula_r": 5, "f_knee_l": 3}, before, days=3)
    assert [one.region_id for one in found.noise_gone] == ["b_shoulder_r"]
    assert sentence(found).startswith("New: front of the left knee. Within drawing error, so counted apart")
    assert "Gone" not in sentence(found)


def test_two_new_back_regions_are_a_change() -> None:
    found = compared(BACK | {"b_mid_back_l": 4, "b_mid_back_r": 4}, BACK)
    assert (found.noise_new, found.same) == ((), False)
    assert "New: mid back (both sides)." in sentence(found)


def test_one_new_back_region_that_touches_no_painful_one_is_a_change() -> None:
    assert "New: left shoulder blade." in said(BACK | {"b_scapula_l": 4}, BACK)


def test_one_new_buttock_beside_a_painful_back_is_a_change() -> None:
    """Radiation begins there: the map's error is about the back and the shoulders."""
    assert "New: left buttock." in said(BACK | {"b_buttock_l": 4}, BACK)


def test_noise_alone_never_makes_pain_widespread() -> None:
    before: Marks = {"b_shoulder_l": 5, "b_shoulder_r": 5, "b_calf_r": 3}
    found = compared(before | {"b_trapezius_l": 5}, before, days=2)
    assert len(found.acr_now) == 4
    assert (found.reach, found.same) == ("", True)


def test_no_data_in_one_period() -> None:
    assert said(BACK, None) == "No map in the period before (10 days with a map now): nothing can be compared."
    assert said(None, BACK) == "No map in this period (9 days with a map before): nothing can be compared."
    assert said(None, None) == "No map in either period: there is nothing to compare."


def test_without_data_nothing_is_new_and_nothing_is_gone() -> None:
    now, before = diaries(BACK, None)
    found = difference(now, before)
    assert (set(found.kinds), found.comparable, facts(found).same) == ({""}, False, False)
    assert set(words(found)) == {""}


def test_days_without_a_map_are_no_days_without_pain() -> None:
    """Diary days without a map say nothing of where it hurts."""
    found = difference(with_maps([BACK] * 5), with_maps([None] * 5))
    assert not found.comparable


def test_a_filled_in_map_without_pain_is_a_map() -> None:
    assert said({}, BACK) == f"No region hurts typically any more. Gone: lower back (both sides).{ON}"
    assert said(BACK, {}) == f"No region hurt typically before. New: lower back (both sides).{ON}"
    assert said({}, {}) == f"No region hurt typically in either period.{ON}"


def test_few_days_are_said() -> None:
    assert said(BACK, BACK, days=4).endswith(
        "4 days with a map now, 3 before. Fewer than 4 days with a map in a period: little to go on."
    )


def some_days(marks: Marks, hurting: int, days: int = 10) -> Diary:
    """A sore back every day, those marks on the first `hurting` days."""
    return with_maps([BACK | marks] * hurting + [BACK] * (days - hurting))


def test_a_region_that_hurt_now_and_then_before_is_not_called_new() -> None:
    text = sentence(facts(difference(some_days({"b_calf_l": 5}, 10), some_days({"b_calf_l": 5}, 1))))
    assert text == (
        "Pain below the knee on the left is typical now. Typical now: left calf (10 of 10 days, was 1 of 10). "
        "10 days with a map now, 10 before."
    )


def test_a_region_that_still_hurts_now_and_then_is_not_called_gone() -> None:
    text = sentence(facts(difference(some_days({"b_calf_r": 5}, 1), some_days({"b_calf_r": 5}, 6))))
    assert text == (
        "Pain below the knee on the right is no longer typical. "
        "No longer typical: right calf (1 of 10 days, was 6 of 10). 10 days with a map now, 10 before."
    )


@pytest.mark.parametrize(("now", "before"), [(21, 19), (19, 21), (20, 11), (11, 20)])
def test_passing_the_threshold_of_typical_by_a_day_or_two_is_no_change(now: int, before: int) -> None:
    """20 % of map days make a region typical; 21 days of 100 after 19 are neither a new calf nor a new side."""
    calf: Marks = {"b_calf_l": 5}
    found = difference(some_days(calf, now, 100), some_days(calf, before, 100))
    assert found.kinds[REGION_INDEX["b_calf_l"]] == "unchanged"
    assert (facts(found).same, facts(found).below_knee_new, facts(found).below_knee_gone) == (True, (), ())
    assert sentence(facts(found)) == "The same map, 3 regions. 100 days with a map now, 100 before."
    assert words(found)[REGION_INDEX["b_calf_l"]] == (
        f"about as often: on {now} of 100 days; before on {before} of 100 days"
    )


def test_twice_as_often_is_a_change() -> None:
    found = difference(some_days({"b_calf_l": 5}, 20, 100), some_days({"b_calf_l": 5}, 10, 100))
    assert found.kinds[REGION_INDEX["b_calf_l"]] == "new"


def test_a_region_at_the_threshold_never_makes_pain_widespread() -> None:
    regional: Marks = {"b_shoulder_l": 5, "b_calf_r": 3}
    now = with_maps([BACK | regional | {"b_shoulder_r": 4}] * 21 + [BACK | regional] * 79)
    before = with_maps([BACK | regional | {"b_shoulder_r": 4}] * 19 + [BACK | regional] * 81)
    found = facts(difference(now, before))
    assert (len(found.acr_now), len(found.acr_before), found.reach) == (4, 3, "")


def test_a_region_without_an_intensity_is_new_and_gets_no_number() -> None:
    found = difference(*diaries({"f_knee_r": None, "b_neck_l": 3}, {"b_neck_l": None}))
    told = words(found)
    assert told[REGION_INDEX["f_knee_r"]] == "new: on 10 of 10 days; before on 0 of 9 days"
    assert told[REGION_INDEX["b_neck_l"]] == "hurts in both periods; without an intensity in one of them"
    assert "front of the right knee" in sentence(facts(found))


def test_the_words_of_the_regions() -> None:
    now: Marks = {"b_lumbar_l": 8, "b_lumbar_r": 2, "f_knee_l": 4, "b_neck_l": 3}
    before: Marks = {"b_lumbar_l": 6, "b_lumbar_r": 5, "b_neck_l": 3, "b_calf_r": 7}
    found = difference(*diaries(now, before))
    told = {REGIONS[i].region_id: text for i, text in enumerate(words(found)) if text}
    assert told == {
        "b_lumbar_l": "stronger: 8, was 6",
        "b_lumbar_r": "weaker: 2, was 5",
        "b_neck_l": "unchanged: 3",
        "f_knee_l": "new: 4 on 10 of 10 days; before on 0 of 9 days",
        "b_calf_r": "gone: was 7 on 9 of 9 days; now on 0 of 10 days",
    }


def test_front_and_back_of_a_limb_are_told_apart() -> None:
    assert places(["f_knee_l"]) == ["front of the left knee"]
    assert places(["f_knee_l", "b_knee_l"]) == ["left knee"]
    assert places(["f_knee_l", "f_knee_r", "b_calf_r"]) == ["front of the knee (both sides)", "right calf"]
    assert places(["b_thoracic_spine_m"]) == ["thoracic spine"]


marks = st.dictionaries(st.sampled_from([one.region_id for one in REGIONS]), st.none() | st.integers(0, 10), max_size=6)


def flipped(marked: Marks) -> Marks:
    swap = {"l": "r", "r": "l", "m": "m"}
    return {f"{region[:-1]}{swap[region[-1]]}": value for region, value in marked.items()}


def spoken(text: str) -> list[str]:
    """The words of a text in no order: two sides of a part are named in the order of the vocabulary."""
    return sorted(re.findall(r"[\w']+", text))


@settings(deadline=None)  # a busy machine is not a wrong result
@given(marks, marks)
def test_the_mirrored_maps_give_the_mirrored_sentence(now: Marks, before: Marks) -> None:
    """Left and right change places in the words when they do on the maps, and nothing else changes."""
    turned = {"left": "right", "right": "left"}
    mirrored = re.sub("left|right", lambda side: turned[side[0]], said(now, before, 4))
    assert spoken(mirrored) == spoken(said(flipped(now), flipped(before), 4))


@settings(deadline=None)  # a busy machine is not a wrong result
@given(marks, marks)
def test_looking_back_turns_new_into_gone(now: Marks, before: Marks) -> None:
    there, back = difference(*diaries(now, before, 3)), difference(*diaries(before, now, 3))
    turned = {"new": "gone", "gone": "new", "stronger": "weaker", "weaker": "stronger"}
    assert back.kinds == tuple(turned.get(kind, kind) for kind in there.kinds)
    assert back.noise == there.noise


@settings(deadline=None)  # a busy machine is not a wrong result
@given(marks, marks)
def test_each_region_that_differs_is_told_once_or_is_noise(now: Marks, before: Marks) -> None:
    found: MapDifference = difference(*diaries(now, before, 3))
    told = facts(found)
    named = [one.region_id for one in (*told.new, *told.gone, *told.noise_new, *told.noise_gone)]
    differing = [REGIONS[i].region_id for i in range(REGION_COUNT) if found.kinds[i] in ("new", "gone")]
    assert sorted(named) == sorted(differing)
    assert len(told.noise_new) <= 1
    assert len(told.noise_gone) <= 1
