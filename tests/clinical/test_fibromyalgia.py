"""The 2016 criteria on the reference's sixteen worked cases, and the weekly estimate from maps."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import REGIONS
from clinical.diary import empty_diary
from clinical.fibromyalgia import WPI_AREAS, SymptomSeverity, assess_2016, fs_band, wpi_estimate
from tests.clinical.diaries import FIRST, with_maps

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("acr_2016_cases.json").read_text("utf-8"))
ITEMS = ("fatigue", "unrefreshed", "cognitive", "headache", "abdominal", "depression")
FULL = SymptomSeverity(3, 3, 3, 1, 1, 1)


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


@given(st.sets(st.sampled_from(sorted(WPI_AREAS))), st.integers(0, 120))
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
