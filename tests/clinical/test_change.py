"""Change against the published important differences, on the numbers as displayed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.change import PROVISIONAL, Change, Sample, compare, sample
from tests.clinical.diaries import period, with_pain


def change(now: float | None, before: float | None, days: int = 28) -> Change:
    return compare(Sample(now, 0 if now is None else days), Sample(before, 0 if before is None else days))


@pytest.mark.parametrize(
    ("now", "before", "difference", "percent", "important"),
    [
        (6.4, 5.1, 1.3, 25, "not an important change"),  # the sentence of the design
        (4.9, 4.2, 0.7, 17, "not an important change"),  # the drawn summary
        (5.6, 3.5, 2.1, 60, "important worsening"),
        (6.0, 4.0, 2.0, 50, "important worsening"),  # exactly two points
        (3.5, 5.0, -1.5, -30, "important improvement"),  # exactly 30 %
        (3.6, 5.0, -1.4, -28, "not an important change"),
        (9.0, 7.0, 2.0, 29, "important worsening"),  # two points, under 30 %
        (2.6, 4.5, -1.9, -42, "important improvement"),
    ],
)
def test_immpact_marks_two_points_or_thirty_percent(
    now: float, before: float, difference: float, percent: int, important: str
) -> None:
    found = change(now, before)

    assert (found.difference, found.percent, found.important) == (difference, percent, important)


def test_no_percentage_below_a_baseline_of_two() -> None:
    small, large = change(1.0, 1.9), change(4.0, 1.9)

    assert (small.percent, small.important) == (None, "not an important change")
    assert (large.percent, large.important) == (None, "important worsening")


def test_three_logged_days_are_not_enough_on_either_side() -> None:
    assert compare(Sample(9, 3), Sample(3, 28)).important == "not enough days"
    assert compare(Sample(9, 28), Sample(3, 3)).important == "not enough days"
    assert compare(Sample(9, 4), Sample(3, 4)).important == "important worsening"


def test_a_missing_side_has_no_difference() -> None:
    found = change(5.0, None)

    assert (found.now, found.before, found.difference, found.percent) == (5.0, None, None, None)
    assert found.important == "not enough days"


def test_the_difference_is_that_of_the_displayed_numbers() -> None:
    found = change(5.149, 3.151)  # displayed 5.1 and 3.2

    assert (found.now, found.before, found.difference) == (5.1, 3.2, 1.9)
    assert found.important == "important worsening"  # 59 %


def test_the_rule_names_its_source_and_that_worsening_is_not_validated() -> None:
    rule = change(5, 4).rule

    assert "IMMPACT" in rule
    assert "[V2]" in rule
    assert "not validated for worsening" in rule
    assert "Provisional" in PROVISIONAL.rule


@given(st.floats(0, 10), st.floats(0, 10))
def test_the_verdict_follows_the_direction(now: float, before: float) -> None:
    found = change(now, before)

    assert found.difference is not None
    if found.important == "important worsening":
        assert found.difference > 0
    if found.important == "important improvement":
        assert found.difference < 0


def test_a_sample_is_the_mean_of_answered_days() -> None:
    found = sample(with_pain([2, None, 5, 9]), period(0, 2))

    assert (found.value, found.days) == (3.5, 2)
    assert sample(with_pain([2]), period(5, 9)) == Sample(None, 0)
