"""Both editions side by side on the published cases, condition by condition, and what stays open."""

import json
from pathlib import Path
from typing import Any

import pytest

from clinical.criteria import AREAS, EDITIONS, Answers, Conditions, result
from clinical.fibromyalgia import SymptomSeverity

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("acr_2016_cases.json").read_text("utf-8"))
ITEMS = ("fatigue", "unrefreshed", "cognitive", "headache", "abdominal", "depression")


def answers_of(case: dict[str, Any], **other: Any) -> Answers:
    said: dict[str, Any] = {
        "areas": frozenset(case["areas"]),
        "symptoms": SymptomSeverity(*(case[item] for item in ITEMS)),
        "months": case["months"],
        "other_disorder": case["other_explains"],
    }
    return Answers(**said | other)


def case(name: str) -> dict[str, Any]:
    return next(each for each in CASES if each["id"] == name)


@pytest.mark.parametrize("printed", CASES, ids=[each["id"] for each in CASES])
def test_the_published_cases_come_out_by_both_editions(printed: dict[str, Any]) -> None:
    found, expected = result(answers_of(printed)), printed["expected"]

    assert (found.wpi, found.sss, found.fs) == (expected["wpi"], expected["sss"], expected["fs"])
    assert (list(found.regions or ()), found.generalised) == (expected["regions"], expected["generalised"])
    for edition in EDITIONS:
        assert found.outcomes[edition].verdict == ("met" if expected[f"met_{edition}"] else "not_met")


@pytest.mark.parametrize("printed", CASES, ids=[each["id"] for each in CASES])
def test_thresholds_are_met_exactly_where_every_condition_is(printed: dict[str, Any]) -> None:
    for outcome in result(answers_of(printed)).outcomes.values():
        asked = outcome.conditions
        each = (asked.scores, asked.spread, asked.duration, asked.other_disorder)
        assert (outcome.verdict == "met") == all(state in ("met", None) for state in each)


@pytest.mark.parametrize("printed", CASES, ids=[each["id"] for each in CASES])
def test_areas_that_nobody_confirmed_leave_both_editions_not_assessable(printed: dict[str, Any]) -> None:
    found = result(answers_of(printed, areas=None))

    assert (found.wpi, found.fs, found.regions, found.generalised) == (None, None, None, None)
    assert found.sss == printed["expected"]["sss"]
    assert {each.verdict for each in found.outcomes.values()} == {"not_assessable"}
    assert all(each.missing == (AREAS,) for each in found.outcomes.values())


def test_that_no_area_hurt_is_an_answer_once_it_is_confirmed() -> None:
    found = result(answers_of(case("T15"), areas=frozenset()))

    assert (found.wpi, found.fs, found.outcomes["2016"].verdict) == (0, 12, "not_met")


def test_a_condition_that_fails_is_told_while_others_are_open() -> None:
    found = result(Answers(areas=frozenset(case("T11")["areas"])))

    assert found.outcomes["2016"].verdict == "not_assessable"
    assert found.outcomes["2016"].conditions == Conditions("open", "not_met", "open", None)
    assert found.outcomes["2011"].conditions == Conditions("open", None, "open", "open")
    assert found.outcomes["2016"].missing == (*ITEMS, "months")


def test_two_months_fail_on_the_duration_alone() -> None:
    assert result(answers_of(case("T12"))).outcomes["2016"].conditions == Conditions("met", "met", "not_met", None)


def test_another_disorder_is_a_condition_of_2011_alone() -> None:
    found = result(answers_of(case("T13")))

    assert found.outcomes["2016"].conditions == Conditions("met", "met", "met", None)
    assert found.outcomes["2011"].conditions == Conditions("met", None, "met", "not_met")


def test_areas_that_count_for_no_region_are_named() -> None:
    assert result(answers_of(case("T09"))).uncounted == ("abdomen", "jaw_right")
    assert result(answers_of(case("T08"))).uncounted == ("abdomen", "chest", "jaw_left", "jaw_right")


def test_nothing_answered_says_nothing() -> None:
    found = result(Answers())

    assert (found.wpi, found.sss, found.fs) == (None, None, None)
    assert found.outcomes["2011"].missing == (AREAS, *ITEMS, "months", "other_disorder")
