"""A score against the last one: the direction of better, the published mark, and what is not settled."""

import pytest

from clinical.measures import INSTRUMENTS, Judged, against_last
from clinical.record import Score
from tests.clinical.diaries import on


def judged(code: str, before: float | None, now: float | None, unit: str = "") -> Judged:
    return against_last(Score(on(30), code, now, unit=unit), Score(on(0), code, before, unit=unit))


@pytest.mark.parametrize(
    ("code", "before", "now", "difference", "direction", "important"),
    [
        ("PHQ-9", 15, 10, -5, "better", "yes"),
        ("PHQ-9", 15, 11, -4, "better", "no"),
        ("PHQ-9", 10, 15, 5, "worse", "yes"),
        ("PHQ-9", 10, 10, 0, "unchanged", "no"),
        ("GAD-7", 12, 8, -4, "better", "yes"),
        ("GAD-7", 8, 11, 3, "worse", "no"),
        ("PEG", 7.0, 5.2, -1.8, "better", "yes"),
        ("PEG", 7.0, 5.25, -1.7, "better", "not settled"),  # 5.25 is shown as 5.3; 1.7 lies between 1.0 and 1.75
        ("PEG", 5.0, 6.0, 1.0, "worse", "not settled"),
        ("PEG", 5.0, 5.9, 0.9, "worse", "no"),
        ("BPI-SF severity", 6.0, 3.8, -2.2, "better", "yes"),
        ("BPI-SF severity", 6.0, 3.9, -2.1, "better", "no"),
        ("BPI-SF interference", 6.0, 5.0, -1.0, "better", "yes"),
        ("BPI-SF interference", 6.0, 5.1, -0.9, "better", "no"),
        ("ISI", 20, 14, -6, "better", "yes"),
        ("ISI", 20, 15, -5, "better", "no"),
        ("PSQI", 12, 9, -3, "better", "yes"),
        ("PSQI", 12, 10, -2, "better", "no"),
        ("PROMIS Pain Interference 4a", 63.8, 60.8, -3.0, "better", "yes"),
        ("PROMIS Pain Interference 4a", 63.8, 60.9, -2.9, "better", "no"),
        ("PROMIS Pain Interference 4a", 15, 14, -1.4, "better", "no"),  # raw sums: T 65.2 to 63.8
        ("PROMIS Pain Interference 4a", 15, 61.2, -4.0, "better", "yes"),  # a raw sum and a T score: both as T
        ("PROMIS Sleep Disturbance 4a", 52.4, 56.1, 3.7, "worse", "yes"),
        ("PROMIS Sleep Disturbance T-score", 58.1, 56.0, -2.1, "better", "no"),
        ("PCS", 30, 22, -8, "better", "yes"),
        ("PCS", 30, 23, -7, "better", "no"),
        ("PCS", 31, 21, -10, "better", "no"),  # above 30 it takes 11
        ("PCS", 31, 20, -11, "better", "yes"),
        ("TSK-11", 30, 24, -6, "better", "yes"),
        ("TSK-11", 30, 25, -5, "better", "no"),
        ("PSEQ-2", 4, 6, 2, "better", "yes"),
        ("PSEQ-2", 6, 5, -1, "worse", "no"),
        ("PSEQ-2", 6, 4, -2, "worse", "yes"),
        ("EQ-5D-5L VAS", 50, 60, 10, "better", "not settled"),
        ("EQ-5D-5L VAS", 60, 50, -10, "worse", "not settled"),
        ("FIQR", 60.0, 30.0, -30.0, "better", "not settled"),
        ("PSS-10", 30, 10, -20, "better", "not settled"),
        ("PSS-4", 12, 2, -10, "better", "not settled"),
        ("PHQ-4", 12, 2, -10, "better", "not settled"),
        ("PHQ-2", 6, 0, -6, "better", "not settled"),
        ("GAD-2", 0, 6, 6, "worse", "not settled"),
        ("painDETECT", 30, 10, -20, "better", "not settled"),
        ("WPI", 8, 12, 4, "worse", "not settled"),
        ("SSS", 8, 5, -3, "better", "not settled"),
        ("FS", 20, 10, -10, "better", "not settled"),
    ],
)
def test_the_change_and_whether_it_is_important(
    code: str, before: float, now: float, difference: float, direction: str, important: str
) -> None:
    found = judged(code, before, now)
    assert (found.difference, found.direction, found.important) == (difference, direction, important)


def others(found: Judged) -> dict[str, str]:
    return {each.text: important for each, important in found.others}


def test_where_sources_disagree_each_says_its_own() -> None:
    found = judged("PHQ-9", 12, 10)
    assert found.important == "no"
    assert others(found) == {"1.7 points or about 20 %, UK primary care": "yes"}
    assert "our choice [P]" in found.rule

    promis = judged("PROMIS Pain Interference 4a", 63.8, 61.2)  # 2.6 T points
    assert promis.important == "no"
    assert others(promis) == {
        "2 to 3 T points, samples with pain": "not settled",
        "3.5 to 5.5 T points, back pain": "no",
        "1.3 to 1.8 T points, rheumatoid arthritis": "yes",
    }
    assert others(judged("TSK-11", 30, 25)) == {"4 points": "yes"}
    assert others(judged("PEG", 5.0, 3.5)) == {
        "0.60 to 1.22 points, by distribution": "yes",
        "30 %, of a responder": "yes",
    }


def test_the_figure_of_the_original_fiq_and_of_the_pseq_10_judge_nothing() -> None:
    assert others(judged("FIQR", 60, 30)) == {"27.9 points, reported for the FIQR": "yes"}
    assert others(judged("PSEQ-2", 4, 6)) == {}
    assert [each.of for each in INSTRUMENTS["PSEQ-2"].differences] == ["", "the PSEQ-10", "the PSEQ-10"]
    assert [each.of for each in INSTRUMENTS["FIQR"].differences] == ["the original FIQ", ""]


def test_no_percentage_where_one_would_mean_nothing() -> None:
    assert judged("PHQ-9", 10, 15).percent == 50
    assert judged("PHQ-9", 1, 2).percent is None
    assert judged("TSK-11", 20, 30).percent is None  # the scale starts at 11
    assert judged("PROMIS Pain Interference 4a", 50.0, 60.0).percent is None


@pytest.mark.parametrize(
    ("code", "before", "now", "why"),
    [
        ("PHQ-9", None, 10, "no score before"),
        ("PHQ-9", 10, None, "no score now"),
        ("PROMIS Pain Interference 8a", 35, 60.0, "the two cannot be compared: not the same form or scale"),
    ],
)
def test_nothing_is_judged_without_two_scores_of_one_scale(
    code: str, before: float | None, now: float | None, why: str
) -> None:
    found = judged(code, before, now)
    assert (found.difference, found.important, found.direction, found.why) == (None, None, None, why)


def test_another_questionnaire_is_not_what_was_before() -> None:
    found = against_last(Score(on(3), "PHQ-9", 10), Score(on(0), "GAD-7", 5))
    assert (found.difference, found.why) == (None, "the two cannot be compared: not the same form or scale")
    assert against_last(Score(on(3), "PHQ-9", 10), None).why == "no score before"
    assert against_last(Score(on(3), "phq9", 10), Score(on(0), "PHQ-9 total score", 15)).important == "yes"


def test_an_unknown_questionnaire_and_a_profile_are_not_judged() -> None:
    ours = judged("Our own scale", 10, 12)
    assert (ours.difference, ours.direction, ours.important) == (2, None, None)
    profile = against_last(Score(on(3), "EQ-5D-5L", None, (1,) * 5), Score(on(0), "EQ-5D-5L", None, (2,) * 5))
    assert (profile.difference, profile.important) == (None, None)
