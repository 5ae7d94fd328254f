"""The 2016 and 2011 criteria on the reference's sixteen worked cases, severity bands, and the estimate from maps."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import REGIONS, mirror
from clinical.diary import empty_diary
from clinical.fibromyalgia import (
    ACR_REGIONS,
    AREA_LABELS,
    NOT_COUNTED,
    OTHER_SCALE,
    RULES,
    SEVERITY,
    SHIPPED_SCALE,
    SYMPTOMS,
    WPI_AREAS,
    Reading,
    SymptomSeverity,
    assess_2011,
    assess_2016,
    fs_band,
    is_generalised,
    regions_in_pain,
    severity_band,
    wpi_estimate,
)
from tests.clinical.diaries import FIRST, with_maps

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("acr_2016_cases.json").read_text("utf-8"))
ITEMS = ("fatigue", "unrefreshed", "cognitive", "headache", "abdominal", "depression")
FULL = SymptomSeverity(3, 3, 3, 1, 1, 1)
READINGS: tuple[Reading, ...] = ("strict", "extended")


def symptoms_of(case: dict[str, Any]) -> SymptomSeverity:
    return SymptomSeverity(*(case[item] for item in ITEMS))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']} {case['note']}" for case in CASES])
def test_the_published_cases_come_out_as_printed(case: dict[str, Any]) -> None:
    expected = case["expected"]

    found = assess_2016(case["areas"], symptoms_of(case), case["months"])

    assert (found.wpi, found.sss, found.fs) == (expected["wpi"], expected["sss"], expected["fs"])
    assert list(found.regions) == expected["regions"]
    assert found.generalised == expected["generalised"]
    assert found.verdict == ("met" if expected["met_2016"] else "not_met")
    assert found.missing == ()
    assert found.fs is not None
    assert fs_band(found.fs) == expected["fs_band"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']} {case['note']}" for case in CASES])
def test_the_published_cases_come_out_as_printed_by_the_2011_rule(case: dict[str, Any]) -> None:
    expected = case["expected"]

    found = assess_2011(case["areas"], symptoms_of(case), case["months"], case["other_explains"])

    assert (found.wpi, found.sss, found.fs) == (expected["wpi"], expected["sss"], expected["fs"])
    assert len(found.regions) == expected["region_count"]
    assert found.verdict == ("met" if expected["met_2011"] else "not_met")
    assert found.missing == ()


def test_another_disorder_that_was_not_asked_about_matters_to_2011_alone() -> None:
    by_2011 = assess_2011(WPI_AREAS, FULL, 12, None)

    assert (by_2011.verdict, by_2011.missing, by_2011.fs) == ("not_assessable", ("other_disorder",), 31)
    assert assess_2016(WPI_AREAS, FULL, 12).verdict == "met"


@pytest.mark.parametrize("item", ITEMS)
def test_an_unanswered_item_is_not_assessable_by_2011_either(item: str) -> None:
    answers = dict.fromkeys(ITEMS, 1) | {item: None}

    found = assess_2011((), SymptomSeverity(**answers), 12, False)

    assert (found.verdict, found.missing) == ("not_assessable", (item,))


@pytest.mark.parametrize(
    ("fs", "wolfe", "salaffi"),
    [
        (0, "none", "remission"), (3, "none", "remission"), (4, "mild", "remission"), (5, "mild", "remission"),
        (6, "mild", "mild"), (7, "mild", "mild"), (8, "moderate", "mild"), (11, "moderate", "mild"),
        (12, "severe", "mild"), (15, "severe", "mild"), (16, "severe", "moderate"), (19, "severe", "moderate"),
        (20, "very severe", "moderate"), (21, "very severe", "severe"), (25, "very severe", "severe"),
        (26, "very severe", "very severe"), (31, "very severe", "very severe"),
    ],
)  # fmt: skip
def test_both_published_severity_scales_are_known_and_wolfes_is_used(fs: int, wolfe: str, salaffi: str) -> None:
    assert fs_band(fs) == severity_band(fs, SHIPPED_SCALE).band == wolfe
    assert severity_band(fs, OTHER_SCALE).band == salaffi


def test_a_severity_band_names_its_source_and_how_far_it_was_checked() -> None:
    assert "J Rheumatol 2015;42:1494-1501 [K]" in severity_band(12).source
    assert severity_band(12, OTHER_SCALE).source.endswith("[V]")
    for scale in (SHIPPED_SCALE, OTHER_SCALE):
        bands = [each for each in SEVERITY if each.scale == scale]
        assert [fs for each in bands for fs in range(each.fs_from, each.fs_to + 1)] == list(range(32))


def test_the_rules_are_those_of_the_two_editions() -> None:
    arms = {
        edition: [(r.wpi_from, r.wpi_to, r.sss_from, r.regions_from, r.months_from) for r in rules]
        for edition, rules in RULES.items()
    }
    assert arms == {"2016": [(7, 19, 5, 4, 3), (4, 6, 9, 4, 3)], "2011": [(7, 19, 5, 0, 3), (3, 6, 9, 0, 3)]}
    assert all(rule.other_disorder_excludes == (rule.edition == "2011") for rules in RULES.values() for rule in rules)
    assert is_generalised(["a"] * RULES["2016"][0].regions_from)
    assert not is_generalised(["a"] * (RULES["2016"][0].regions_from - 1))


def test_each_symptom_has_its_own_recall_window() -> None:
    assert [(each.item, each.recall, each.highest) for each in SYMPTOMS] == [
        *((item, "past week", 3) for item in ITEMS[:3]),
        *((item, "previous 6 months", 1) for item in ITEMS[3:]),
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_an_unanswered_item_is_not_assessable_and_named(item: str) -> None:
    answers = dict.fromkeys(ITEMS, 1) | {item: None}

    found = assess_2016(WPI_AREAS, SymptomSeverity(**answers), 12)

    assert (found.verdict, found.missing, found.sss, found.fs) == ("not_assessable", (item,), None, None)


def test_an_unknown_duration_is_not_assessable_but_the_scores_stand() -> None:
    found = assess_2016(WPI_AREAS, FULL, None)

    assert (found.verdict, found.missing, found.fs) == ("not_assessable", ("months",), 31)


def test_the_same_area_twice_counts_once() -> None:
    assert assess_2016(["neck", "neck"], FULL, 12).wpi == 1


def test_an_area_outside_the_nineteen_is_refused() -> None:
    with pytest.raises(ValueError, match="elbow_left"):
        assess_2016(["elbow_left"], FULL, 12)


@pytest.mark.parametrize("answers", [{"fatigue": 4}, {"headache": 2}, {"cognitive": -1}])
def test_an_answer_outside_its_scale_is_refused(answers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="whole number"):
        SymptomSeverity(**answers)


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        assess_2016([], FULL, -1)


def mirrored(area: str) -> str:
    """The same area, or region of the five, on the other side of the body."""
    return area.replace("left", "?").replace("right", "left").replace("?", "right")


some_areas = st.sets(st.sampled_from(sorted(WPI_AREAS)))
answers = st.tuples(*[st.integers(0, 3)] * 3, *[st.integers(0, 1)] * 3)


@given(some_areas, st.sampled_from(sorted(WPI_AREAS)), answers, st.integers(0, 24), st.booleans())
def test_one_more_painful_area_never_lowers_anything(
    areas: set[str], extra: str, given_answers: tuple[int, ...], months: int, other: bool
) -> None:
    symptoms = SymptomSeverity(*given_answers)
    before, after = (assess_2011(each, symptoms, months, other) for each in (areas, areas | {extra}))
    assert after.wpi >= before.wpi
    assert (after.fs or 0) >= (before.fs or 0)
    assert set(after.regions) >= set(before.regions)
    assert not (before.verdict == "met" and after.verdict == "not_met")


@given(some_areas, answers, answers, st.integers(0, 24), st.integers(0, 24))
def test_more_severe_answers_never_lower_anything(
    areas: set[str], one: tuple[int, ...], other: tuple[int, ...], months: int, longer: int
) -> None:
    worse = SymptomSeverity(*(max(pair) for pair in zip(one, other, strict=True)))
    mild = SymptomSeverity(*one)
    for before, after in (
        (assess_2016(areas, mild, months), assess_2016(areas, worse, months + longer)),
        (assess_2011(areas, mild, months, False), assess_2011(areas, worse, months + longer, False)),
    ):
        assert (after.sss or 0) >= (before.sss or 0)
        assert (after.fs or 0) >= (before.fs or 0)
        assert not (before.verdict == "met" and after.verdict == "not_met")


@given(some_areas, answers, st.integers(0, 24))
def test_the_mirrored_answers_give_the_mirrored_result(
    areas: set[str], given_answers: tuple[int, ...], months: int
) -> None:
    symptoms = SymptomSeverity(*given_answers)
    one, other = (assess_2016(each, symptoms, months) for each in (areas, {mirrored(area) for area in areas}))
    assert (one.wpi, one.sss, one.fs, one.verdict) == (other.wpi, other.sss, other.fs, other.verdict)
    assert {mirrored(region) for region in one.regions} == set(other.regions)


@given(st.lists(st.sets(st.sampled_from([r.region_id for r in REGIONS])), max_size=8), st.sampled_from(READINGS))
def test_the_mirrored_map_gives_the_mirrored_estimate(drawn: list[set[str]], reading: Reading) -> None:
    one = wpi_estimate(with_maps([dict.fromkeys(each, 5) for each in drawn]), reading)
    other = wpi_estimate(with_maps([{mirror(region): 5 for region in each} for each in drawn]), reading)
    assert {mirrored(area) for area in one.areas} == set(other.areas)
    assert {mirrored(a): n for a, n in zip(one.areas, one.area_days, strict=True)} == dict(
        zip(other.areas, other.area_days, strict=True)
    )


@given(
    st.sets(st.sampled_from([r.region_id for r in REGIONS])),
    st.sampled_from([r.region_id for r in REGIONS]),
    st.sampled_from(READINGS),
)
def test_one_more_painful_region_never_lowers_the_estimate(drawn: set[str], extra: str, reading: Reading) -> None:
    before, after = (wpi_estimate(with_maps([dict.fromkeys(each, 3)]), reading) for each in (drawn, drawn | {extra}))
    assert set(after.areas) >= set(before.areas)


@given(some_areas, st.integers(0, 120))
def test_one_more_area_never_undoes_met(areas: set[str], months: int) -> None:
    before = assess_2016(areas, FULL, months)
    for extra in WPI_AREAS:
        after = assess_2016(areas | {extra}, FULL, months)
        assert not (before.verdict == "met" and after.verdict == "not_met")


def test_there_are_nineteen_areas_and_the_body_regions_score_nothing_else() -> None:
    assert len(WPI_AREAS) == 19
    assert {region.wpi_area for region in REGIONS if region.wpi_area} == WPI_AREAS


def test_the_estimate_takes_the_last_seven_days_only() -> None:
    diary = with_maps([{"f_jaw_l": 5}] + [{"b_lumbar_l": 4, "b_buttock_r": 1}] * 7)

    found = wpi_estimate(diary)

    assert (found.count, found.areas, found.days_logged) == (2, ("hip_right", "lower_back"), 7)
    assert not found.low_completeness


def test_the_estimate_is_marked_low_with_three_days_and_ignores_marks_of_zero() -> None:
    found = wpi_estimate(with_maps([{"b_lumbar_l": 0, "b_neck_l": None}, None, None, None, None, {}, {}]))

    assert (found.count, found.areas, found.days_logged, found.low_completeness) == (1, ("neck",), 3, True)


def test_an_empty_diary_estimates_nothing() -> None:
    found = wpi_estimate(empty_diary(FIRST))

    assert (found.count, found.days_logged, found.low_completeness) == (0, 0, True)


def test_the_extended_reading_scores_the_limb_beside_and_never_mixes_with_the_strict_one() -> None:
    week = with_maps([{"b_elbow_l": 4, "b_trapezius_r": 3}] * 4)

    strict, extended = (wpi_estimate(week, reading) for reading in READINGS)

    assert (strict.reading, strict.areas) == ("strict", ("upper_back",))
    assert (extended.reading, extended.areas) == ("extended", ("lower_arm_left", "shoulder_girdle_right"))


def test_the_estimate_says_on_how_many_days_each_area_hurt() -> None:
    found = wpi_estimate(with_maps([{"b_neck_l": 2, "f_neck_r": 3}, {"b_neck_l": 1, "b_lumbar_l": 4}, None, {}]))

    assert dict(zip(found.areas, found.area_days, strict=True)) == {"lower_back": 1, "neck": 2}


def test_an_area_belongs_to_one_region_and_jaw_chest_and_abdomen_satisfy_none() -> None:
    assert sorted(area for areas in ACR_REGIONS.values() for area in areas) == sorted(AREA_LABELS)
    assert {"jaw_left", "jaw_right", "chest", "abdomen"} == NOT_COUNTED
    assert regions_in_pain(NOT_COUNTED) == ()
