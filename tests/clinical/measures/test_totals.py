"""Totals typed in: decimals with a point or a comma, refused with the range when they cannot be."""

import pytest

from clinical.measures import INSTRUMENTS, allowed, range_problem, read_total


@pytest.mark.parametrize(
    ("code", "text", "value", "unit"),
    [
        ("PHQ-9", " 14 ", 14, ""), ("PEG", "5.3", 5.3, ""), ("PEG", "5,3", 5.3, ""), ("painDETECT", "-1", -1, ""),
        ("painDETECT", "−1", -1, ""), ("FIQR", "58,1", 58.1, ""), ("PHQ-9", "14.0", 14, ""), ("TSK-11", "11", 11, ""),
        ("PROMIS Pain Interference 4a", "12", 12, ""), ("PROMIS Pain Interference 4a", "61,2", 61.2, ""),
        ("PROMIS Pain Interference 8a", "38.7", 38.7, "T score"),
        ("PROMIS Sleep Disturbance 8a", "35.0", 35, "T score"),
        ("PROMIS Pain Interference 6b", "30,0", 30, "T score"), ("PROMIS Pain Interference 6b", "61", 61, "T score"),
        ("PHQ-9", "", None, ""), ("PHQ-9", "  ", None, ""),
    ],
)  # fmt: skip
def test_a_total_is_read(code: str, text: str, value: float | None, unit: str) -> None:
    found = read_total(code, text)
    assert (found.value, found.unit, found.problem) == (value, unit, "")


@pytest.mark.parametrize(
    ("code", "text", "problem"),
    [
        ("PHQ-9", "28", "PHQ-9 is a whole number from 0 to 27: 28 was not taken"),
        ("PHQ-9", "-1", "PHQ-9 is a whole number from 0 to 27: -1 was not taken"),
        ("PHQ-9", "12.5", "PHQ-9 is a whole number from 0 to 27: 12.5 was not taken"),
        ("PHQ-9", "twelve", "'twelve' is not a number: enter a whole number from 0 to 27"),
        ("PHQ-9", "nan", "'nan' is not a number: enter a whole number from 0 to 27"),
        ("PHQ-9", "1_0", "'1_0' is not a number: enter a whole number from 0 to 27"),
        ("PHQ-9", "1.000,5", "'1.000,5' is not a number: enter a whole number from 0 to 27"),
        ("PEG", "10,1", "PEG is a number from 0 to 10: 10,1 was not taken"),
        ("TSK-11", "10", "TSK-11 is a whole number from 11 to 44: 10 was not taken"),
        ("PSEQ-2", "13", "PSEQ-2 is a whole number from 0 to 12: 13 was not taken"),
        ("painDETECT", "39", "painDETECT is a whole number from -1 to 38: 39 was not taken"),
        (
            "PROMIS Pain Interference 4a", "30",
            "PROMIS Pain Interference 4a is a whole number from 4 to 20 (raw sum) or a T score from 41.6 to 75.8: "
            "30 was not taken",
        ),
        (
            "PROMIS Pain Interference 6b", "101",
            "PROMIS Pain Interference 6b is a T score from 0 to 100: 101 was not taken",
        ),
        ("EQ-5D-5L", "21342", "EQ-5D-5L is not entered as a total: 21342 was not taken"),
    ],
)  # fmt: skip
def test_a_total_that_cannot_be_is_refused_with_the_range(code: str, text: str, problem: str) -> None:
    found = read_total(code, text)
    assert (found.value, found.problem) == (None, problem)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PROMIS Pain Interference 6b", "30"),
        ("PROMIS Pain Interference 8a", "40"),
        ("PROMIS Sleep Disturbance 8a", "8"),
    ],
)
def test_a_whole_number_that_may_be_the_raw_sum_is_not_taken_for_a_t_score(code: str, text: str) -> None:
    found = read_total(code, text)
    assert found.value is None
    assert f"{text} may be the raw sum" in found.problem
    assert f"({text}.0)" in found.problem


def test_an_unknown_questionnaire_takes_no_total() -> None:
    with pytest.raises(KeyError):
        read_total("Our own scale", "3")


@pytest.mark.parametrize("code", [code for code, each in INSTRUMENTS.items() if each.entry != "none"])
def test_both_ends_of_every_range_are_taken_and_what_lies_beyond_is_not(code: str) -> None:
    known = INSTRUMENTS[code]
    scale = known.t_score if known.entry == "T" else known.score
    assert scale is not None
    assert read_total(code, f"{scale.low:g}").value == scale.low
    assert read_total(code, f"{scale.high:g}").value == scale.high
    for beyond in (scale.low - 1, scale.high + 1):
        assert read_total(code, f"{beyond:g}").problem.startswith(f"{code} is {allowed(known)}")


def test_each_part_of_a_questionnaire_has_its_own_range_of_answers() -> None:
    fine = (5, 5, 5, 5, 5, 5, 5, 1, 2)
    assert range_problem("painDETECT", 38, fine) == ""
    assert range_problem("painDETECT", 38, (*fine[:7], 2)) == "item 8 of painDETECT is outside -1 to 1"
    assert range_problem("SSS", 8, (3, 3, 1, 2)) == "item 4 of SSS is outside 0 to 1"
    assert range_problem("EQ-5D-5L", None, (1, 6)) == "item 2 of EQ-5D-5L is outside 1 to 5"
    assert range_problem("EQ-5D-5L", 0.7, ()) == ""  # an index scored elsewhere has no range of ours
