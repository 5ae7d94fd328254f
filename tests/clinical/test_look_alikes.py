"""The seven look-alikes (reference 8.2): when each is seen, when there is not enough to say, and left as right."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.body_map import REGIONS, mirror
from clinical.pointers import Known, pointers
from clinical.pointers.look_alikes import CODES
from clinical.record import Event, Medicine
from tests.clinical.pointed import ASAS, TODAY, Painful, ago, each_day, logged, look_alike, mirrored, said, without_log

MONTH = range(28)
SCIATICA: dict[str, int | None] = {
    "b_lumbar_r": 5,
    "b_buttock_r": 6,
    "b_thigh_r": 6,
    "b_calf_r": 7,
    "b_ankle_foot_r": 5,
}
HANDS: dict[str, int | None] = {"f_wrist_hand_l": 5, "b_wrist_hand_r": 5}
BEFORE: dict[int, Painful] = each_day(range(28, 84), {})


def test_nothing_logged_and_nothing_asked_is_not_enough_to_say_of_all_seven() -> None:
    found = pointers(without_log()).look_alikes
    assert tuple(each.code for each in found) == CODES
    assert len(found) == 7
    assert {each.outcome for each in found} == {"not_enough"}


def test_pain_all_over_makes_none_of_the_patterns_of_one_spot_or_side() -> None:
    everywhere: Painful = {one.region_id: 6 for one in REGIONS}
    found = {
        each.code: each.outcome for each in pointers(Known(logged(each_day(range(112), everywhere)), {})).look_alikes
    }
    assert (
        found["strain"] == found["scoliosis"] == found["radiculopathy"] == found["compression_fracture"] == "not_seen"
    )


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"onset_manner": "sudden"}, "seen"),
        ({"trauma": "minor injury or overuse"}, "seen"),
        ({"onset_manner": "gradual", "trauma": "none"}, "not_seen"),
        ({"onset_manner": "gradual"}, "not_enough"),
        ({}, "not_enough"),
    ],
)
def test_a_new_small_spot_is_a_strain_only_with_a_sudden_beginning_or_an_injury(
    answers: dict[str, str], outcome: str
) -> None:
    maps = each_day(range(20), {"b_lumbar_l": 6, "b_sacroiliac_l": 4}) | each_day(range(20, 90), {})
    found = look_alike(Known(logged(maps), said(answers)), "strain")
    assert found.outcome == outcome
    assert found.regions == ("b_lumbar_l", "b_sacroiliac_l")
    assert found.days == tuple(ago(day) for day in reversed(range(20)))


def test_an_injury_on_record_counts_only_for_six_weeks() -> None:
    maps = each_day(range(20), {"b_lumbar_l": 6}) | each_day(range(20, 90), {})
    recent, old = (Known(logged(maps), {}, events=(Event(ago(days), "injury", "fall"),)) for days in (42, 43))
    assert look_alike(recent, "strain").outcome == "seen"
    assert look_alike(old, "strain").outcome == "not_enough"


@pytest.mark.parametrize(
    "painful",
    [
        {"b_lumbar_l": 6, "b_lumbar_r": 6},
        {"b_lumbar_l": 6, "f_knee_l": 6},
        {"b_lumbar_l": 6, "b_mid_back_l": 6, "b_sacroiliac_l": 6, "b_buttock_l": 6},
    ],
    ids=["both sides", "not adjacent", "four regions"],
)
def test_what_is_no_small_spot_is_no_strain(painful: Painful) -> None:
    maps = each_day(range(20), painful) | each_day(range(20, 90), {})
    assert look_alike(Known(logged(maps), said({"onset_manner": "sudden"})), "strain").outcome == "not_seen"


def test_axial_spondyloarthritis_follows_asas_and_berlin_alone() -> None:
    found = look_alike(without_log(**ASAS), "axial_spondyloarthritis")
    assert found.outcome == "seen"
    assert "4 of 5 hold" in found.one_of[0].facts[0].said
    only_history = without_log(psoriasis="yes", uveitis="yes", family_history="yes")
    assert look_alike(only_history, "axial_spondyloarthritis").outcome == "not_enough"


@pytest.mark.parametrize(("right", "outcome"), [(5, "seen"), (6, "not_seen")])
def test_scoliosis_is_eighty_percent_of_the_back_on_one_side(right: int, outcome: str) -> None:
    one_side = each_day(range(20), {"b_mid_back_l": 5})
    both = each_day(range(20, 20 + right), {"b_mid_back_r": 5})
    found = look_alike(Known(logged(one_side | both), {}), "scoliosis")
    assert found.outcome == outcome


def test_midline_marks_are_no_side_of_the_back() -> None:
    maps = each_day(MONTH, {"b_lumbar_spine_m": 5}) | each_day(range(3), {"b_lumbar_l": 5, "b_lumbar_spine_m": 5})
    assert look_alike(Known(logged(maps), {}), "scoliosis").outcome == "not_seen"


def test_a_leg_below_the_knee_that_hurts_more_than_the_back_points_to_a_nerve() -> None:
    maps = each_day(MONTH, {}) | each_day(range(3), {"b_calf_l": 6, "b_lumbar_l": 3})
    found = look_alike(Known(logged(maps), {}), "radiculopathy")
    assert found.outcome == "seen"
    assert set(found.regions) == {"b_calf_l", "b_lumbar_l"}
    assert found.days == (ago(2), ago(1), ago(0))


def test_leg_pain_below_the_knee_alone_is_not_enough_to_say() -> None:
    maps = each_day(MONTH, {}) | each_day(range(3), {"b_calf_l": 3, "b_lumbar_l": 6})
    assert look_alike(Known(logged(maps), {}), "radiculopathy").outcome == "not_enough"
    assert look_alike(Known(logged(maps), said({"cough_sneeze": "yes"})), "radiculopathy").outcome == "seen"
    assert look_alike(Known(logged(maps, nerve=["b_calf_l"]), {}), "radiculopathy").outcome == "seen"


def test_numbness_of_the_other_leg_does_not_count() -> None:
    maps = each_day(range(10), {"b_calf_l": 3, "b_lumbar_l": 6}) | each_day(range(10, 14), {"b_calf_r": 2})
    item = look_alike(Known(logged(maps, nerve=["b_calf_r"]), {}), "radiculopathy").one_of[1]
    assert item.facts[0].state == "no"


def test_pain_in_both_legs_or_above_the_knee_is_no_one_sided_leg() -> None:
    both = each_day(MONTH, {"b_calf_l": 6, "b_calf_r": 6})
    above = each_day(MONTH, {"b_thigh_l": 6})
    for maps in (both, above):
        assert look_alike(Known(logged(maps), {}), "radiculopathy").outcome == "not_seen"


@pytest.mark.parametrize("gap", ["b_lumbar_r", "b_buttock_r", "b_thigh_r"])
def test_sciatica_is_the_whole_line_of_one_side_on_the_same_day(gap: str) -> None:
    assert look_alike(Known(logged(each_day(range(8), SCIATICA)), {}), "sciatica").outcome == "seen"
    broken = {one: strength for one, strength in SCIATICA.items() if one != gap}
    assert look_alike(Known(logged(each_day(range(8), broken)), {}), "sciatica").outcome == "not_seen"


def test_sciatica_of_both_sides_has_to_shoot_and_names_both() -> None:
    both = SCIATICA | {mirror(one): strength for one, strength in SCIATICA.items()}
    maps = each_day(range(8), both)
    assert look_alike(Known(logged(maps), {}), "sciatica").outcome == "not_seen"
    found = look_alike(Known(logged(maps, nerve=["b_calf_l", "b_calf_r"]), {}), "sciatica")
    assert found.outcome == "seen"
    assert {"b_calf_l", "b_calf_r"} <= set(found.regions)


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [
        (None, 7, "seen"),
        (None, 6, "seen"),
        (None, 3, "not_seen"),
        (4, 8, "seen"),
        (4, 7, "not_seen"),
        (7, 8, "not_seen"),
    ],
)
def test_a_fracture_is_new_strong_pain_in_the_midline_of_somebody_over_fifty(
    before: int | None, now: int, outcome: str
) -> None:
    spine: Painful = {} if before is None else {"b_lumbar_spine_m": before}
    maps = each_day(range(2), {"b_lumbar_spine_m": now}) | each_day(range(2, 84), spine)
    found = look_alike(Known(logged(maps), {}, birth_date=date(1960, 5, 1)), "compression_fracture")
    assert found.outcome == outcome
    assert found.days == ((ago(1), ago(0)) if outcome == "seen" else ())


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        (Known(logged({}), {}, birth_date=date(1976, 11, 22)), "seen"),
        (Known(logged({}), {}, birth_date=date(1976, 11, 23)), "not_enough"),
        (Known(logged({}), said({"osteoporosis": "yes"})), "seen"),
        (Known(logged({}), {}, medicines=(Medicine("Prednisolone 5 mg", ago(90)),)), "seen"),
        (Known(logged({}), {}, medicines=(Medicine("Hydrocortisone cream", ago(90), atc="D07AA02"),)), "not_enough"),
        (
            Known(
                logged({}),
                said({"osteoporosis": "no", "height_loss": "no", "corticosteroids": "no"}),
                birth_date=date(1990, 1, 1),
            ),
            "not_seen",
        ),
    ],
    ids=["50 today", "49", "osteoporosis", "prednisolone", "a cream", "none of them"],
)
def test_a_fracture_needs_somebody_at_risk(known: Known, outcome: str) -> None:
    log = logged(each_day(range(2), {"b_thoracic_spine_m": 8}) | each_day(range(2, 84), {}))
    assert look_alike(replace(known, logged=log), "compression_fracture").outcome == outcome


@pytest.mark.parametrize(
    ("medicine", "state"),
    [
        (Medicine("Prednisolone 5 mg", date(2005, 3, 1), date(2005, 3, 7)), "unknown"),
        (Medicine("Prednisolone 5 mg", ago(500), ago(366)), "unknown"),
        (Medicine("Prednisolone 5 mg", ago(500), ago(365)), "yes"),
        (Medicine("Prednisolone 5 mg", ago(500)), "yes"),
        (Medicine("Prednisolone 5 mg"), "yes"),
        (Medicine("Prednisolone 5 mg", ago(500), reason_stopped="no longer needed"), "unknown"),
    ],
    ids=["a week in 2005", "over a year ago", "a year ago", "runs", "runs, start not known", "stopped, day not known"],
)
def test_prednisolone_counts_while_it_runs_and_for_a_year_and_is_named_later(medicine: Medicine, state: str) -> None:
    log = logged(each_day(range(2), {"b_thoracic_spine_m": 8}) | each_day(range(2, 84), {}))
    found = look_alike(Known(log, {}, medicines=(medicine,)), "compression_fracture")
    fact = next(item for item in found.one_of if item.code == "corticosteroids").facts[0]
    assert (fact.state, fact.basis) == (state, "record")
    assert "Prednisolone" in fact.said
    assert found.outcome == ("seen" if state == "yes" else "not_enough")


def test_strong_midline_pain_without_days_before_it_is_not_enough_to_say() -> None:
    log = logged(each_day(range(14), {"b_thoracic_spine_m": 9}))
    found = look_alike(Known(log, {}, birth_date=date(1950, 1, 1)), "compression_fracture")
    assert found.outcome == "not_enough"


def test_a_spine_marked_without_an_intensity_is_not_enough_to_say() -> None:
    maps = each_day(range(28, 84), {}) | each_day(range(28), {"b_thoracic_spine_m": None})
    found = look_alike(Known(logged(maps), {}, birth_date=date(1950, 1, 1)), "compression_fracture")
    assert found.outcome == "not_enough"


def test_a_spine_that_hurt_now_and_then_before_is_not_new() -> None:
    now_and_then: dict[int, Painful] = {day: {"b_lumbar_spine_m": 5} if day % 3 == 0 else {} for day in range(84)}
    found = look_alike(Known(logged(now_and_then), {}, birth_date=date(1950, 1, 1)), "compression_fracture")
    assert found.outcome == "not_seen"


def test_days_with_the_thigh_alone_do_not_hide_a_leg_that_hurts_below_the_knee() -> None:
    maps = each_day(range(3), {"b_calf_l": 6}) | each_day(range(3, 28), {"b_thigh_l": 4})
    assert look_alike(Known(logged(maps), {}), "radiculopathy").needed[0].state == "yes"


def test_stronger_pain_beside_the_spine_does_not_hide_a_new_pain_in_it() -> None:
    maps = each_day(range(2), {"b_lumbar_spine_m": 8, "b_lumbar_l": 9}) | BEFORE | each_day(range(2, 28), {})
    found = look_alike(Known(logged(maps), {}, birth_date=date(1940, 1, 1)), "compression_fracture")
    assert (found.outcome, found.regions) == ("seen", ("b_lumbar_spine_m",))
    said = found.needed[0].facts[0].said
    assert said.startswith("Midline lumbar spine up to 8")
    assert said.endswith("rest of the back on those days up to 9")


def test_a_spine_without_new_pain_is_told_place_by_place() -> None:
    maps = each_day(range(28), {"b_lumbar_spine_m": 3}) | BEFORE
    found = look_alike(Known(logged(maps), {}, birth_date=date(1940, 1, 1)), "compression_fracture")
    said = found.needed[0].facts[0].said
    assert found.outcome == "not_seen"
    assert "Midline thoracic spine up to 0" in said
    assert "Midline lumbar spine up to 3" in said


def test_one_shin_alone_is_no_run_along_a_nerve_and_no_comparison_with_the_back() -> None:
    found = look_alike(Known(logged(each_day(MONTH, {"f_shin_r": 5})), {}), "radiculopathy")
    states = {item.code: item.state for item in found.one_of}
    assert (states["dermatomal_run"], states["leg_worse_than_back"]) == ("unknown", "unknown")
    assert found.outcome == "not_enough"


@pytest.mark.parametrize("foot", ["f_ankle_foot_r", "b_ankle_foot_r"])
def test_calf_and_foot_of_one_leg_are_a_run_along_a_nerve(foot: str) -> None:
    found = look_alike(Known(logged(each_day(MONTH, {"b_calf_r": 5, foot: 4})), {}), "radiculopathy")
    assert {item.code: item.state for item in found.one_of}["dermatomal_run"] == "yes"
    assert found.outcome == "seen"


def test_a_leg_is_compared_with_the_back_on_days_on_which_both_hurt() -> None:
    both = each_day(range(3), {"b_calf_l": 3, "b_lumbar_l": 6}) | each_day(range(3, 28), {"b_calf_l": 8})
    item = look_alike(Known(logged(both), {}), "radiculopathy").one_of[0]
    assert item.facts[0].state == "no"
    assert "0 of 3 days with both" in item.facts[0].said


@pytest.mark.parametrize(
    ("painful", "outcome"),
    [
        ({"b_lumbar_l": 5, "b_lumbar_spine_m": 5, "b_thoracic_spine_m": 5}, "seen"),
        ({"b_sacroiliac_l": 5}, "not_seen"),
        ({"b_lumbar_l": 5, "b_sacroiliac_r": 5}, "seen"),
    ],
    ids=["the midline beside it", "sacroiliac alone", "sacroiliac of the other side"],
)
def test_midline_and_sacroiliac_marks_are_no_side_of_the_thoracic_and_lumbar_back(
    painful: Painful, outcome: str
) -> None:
    assert look_alike(Known(logged(each_day(MONTH, painful)), {}), "scoliosis").outcome == outcome


@pytest.mark.parametrize(("days", "outcome"), [(range(44), "seen"), (range(42), "not_enough")])
def test_both_hands_for_more_than_six_weeks_with_swelling_points_to_arthritis(days: range, outcome: str) -> None:
    maps = each_day(days, HANDS)
    found = look_alike(Known(logged(maps), said({"joint_swelling": "yes"})), "inflammatory_arthritis")
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("painful", "often", "outcome"),
    [(HANDS, 2, "seen"), (HANDS, 3, "not_seen"), ({"f_wrist_hand_l": 5}, 1, "not_seen")],
)
def test_joints_are_marked_on_both_sides_on_half_of_the_days(painful: Painful, often: int, outcome: str) -> None:
    maps: dict[int, Painful] = {day: painful if day % often == 0 else {} for day in range(49)}
    found = look_alike(Known(logged(maps), said({"joint_swelling": "yes"})), "inflammatory_arthritis")
    assert found.outcome == outcome


def test_painful_hands_alone_are_not_enough_to_say() -> None:
    found = look_alike(Known(logged(each_day(range(49), HANDS)), {}), "inflammatory_arthritis")
    assert found.outcome == "not_enough"
    stiff = logged(each_day(range(49), HANDS), stiffness=dict.fromkeys(range(14), 60.0))
    assert look_alike(Known(stiff, {}), "inflammatory_arthritis").outcome == "seen"


def test_every_item_says_what_it_rests_on() -> None:
    found = pointers(Known(logged(each_day(MONTH, SCIATICA)), said(ASAS)))
    for each in found.look_alikes:
        for item in each.items:
            assert item.facts
            assert all(fact.said for fact in item.facts)


_LINES = [
    tuple(SCIATICA),
    tuple(mirror(one) for one in SCIATICA),
    tuple(HANDS),
    ("b_lumbar_spine_m",),
    ("b_mid_back_l",),
]
_SOME = st.one_of(
    st.lists(st.sampled_from([one.region_id for one in REGIONS]), max_size=6, unique=True),
    st.lists(st.sampled_from(_LINES), min_size=1, max_size=3, unique=True).map(
        lambda lines: sorted({one for line in lines for one in line})
    ),
)


@settings(max_examples=40, deadline=None)
@given(
    painful=st.lists(st.tuples(_SOME, st.integers(1, 10)), min_size=1, max_size=3),
    answers=st.dictionaries(st.sampled_from(["cough_sneeze", "joint_swelling"]), st.sampled_from(["yes", "no"])),
)
def test_a_mirrored_diary_gives_the_mirrored_pointers(
    painful: list[tuple[list[str], int]], answers: dict[str, str]
) -> None:
    maps: dict[int, Painful] = {day: dict.fromkeys(*painful[day % len(painful)]) for day in range(90)}
    as_it_is = pointers(Known(logged(maps), said(answers), birth_date=TODAY.replace(year=1960)))
    swapped = pointers(Known(logged(mirrored(maps)), said(answers), birth_date=TODAY.replace(year=1960)))
    for one, other in zip(as_it_is.look_alikes, swapped.look_alikes, strict=True):
        assert one.outcome == other.outcome
        assert one.days == other.days
        assert {mirror(region) for region in one.regions} == set(other.regions)
    assert [each.outcome for each in as_it_is.sets] == [each.outcome for each in swapped.sets]


@settings(max_examples=40, deadline=None)
@given(
    answers=st.dictionaries(
        st.sampled_from(["cough_sneeze", "joint_swelling", "osteoporosis", "improves_with_exercise", "psoriasis"]),
        st.sampled_from(["yes", "no", "not_known"]),
    )
)
def test_taking_an_answer_back_never_makes_a_pattern_absent(answers: dict[str, str]) -> None:
    log = logged(each_day(range(49), SCIATICA | HANDS))
    outcomes = {each.code: each.outcome for each in pointers(Known(log, said(answers))).look_alikes}
    unasked = {each.code: each.outcome for each in pointers(Known(log, {})).look_alikes}
    for code, outcome in unasked.items():
        assert outcome != "not_seen" or outcomes[code] == "not_seen"
