"""What became of the measure an item rests on: both windows, their logged days, and what may be said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from clinical.body_map import REGIONS
from clinical.daily import Entry, day_rows
from clinical.diary import Diary
from clinical.flares import Flare
from clinical.plan import CHARTS, Action, Goal, PlannedIntervention
from clinical.record import Pinned, Score
from clinical.since_plan import Since, agreed_on, since
from tests.clinical.diaries import on, period, with_maps, with_pain

PINNED, AGREED, TODAY = period(0, 27), on(30), on(79)
REGION = REGIONS[10].region_id


def marked(level: int | None) -> Mapping[str, int | None]:
    return {REGION: level}


def of_pain(before: Sequence[float | None], after: Sequence[float | None]) -> Since:
    pain = [*before, *[None] * (30 - len(before)), *after]
    return since(with_pain(pain), [], [], Pinned(PINNED, "pain"), AGREED, TODAY)


def stepped(column: str, before: float, after: float) -> Diary:
    return day_rows([Entry(on(i), pain=5, **{column: before if i < 30 else after}) for i in range(80)])  # type: ignore[arg-type]


def of_column(column: str, before: float, after: float) -> Since:
    return since(stepped(column, before, after), [], [], Pinned(PINNED, column), AGREED, TODAY)


def test_pain_is_the_mean_of_the_pinned_window_against_that_since_the_plan() -> None:
    found = of_pain([6.0] * 28, [5.0] * 22 + [3.5] * 28)

    assert (found.label, found.unit) == ("Pain", "")
    assert (found.before.value, found.before.days, found.before.period) == (6.0, 28, PINNED)
    assert (found.after.value, found.after.days, found.after.period) == (4.2, 50, period(30, 79))
    assert (found.last.value, found.last.days, found.last.period) == (3.5, 28, period(52, 79))
    assert (found.difference, found.change, found.direction) == (-1.8, "important improvement", "better")
    assert (found.enough, found.why_not) == (True, "")
    assert found.rule.startswith("Important: 2 points or 30 %")


def test_the_series_runs_from_the_pinned_window_to_today_with_its_gaps() -> None:
    found = of_pain([6.0] * 10, [5.0] * 5)

    assert found.starts == on(0)
    assert found.series.shape == (80,)
    assert np.isnan(found.series[10:30]).all()
    assert found.series[[0, 30, 34]].tolist() == [6.0, 5.0, 5.0]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ([6.0] * 3, [4.0] * 9, "too few days logged in the pinned window"),
        ([6.0] * 9, [4.0] * 3, "too few days logged since"),
        ([], [], "too few days logged in the pinned window and since"),
    ],
)
def test_too_few_days_say_nothing_and_which_side_it_is(
    before: list[float | None], after: list[float | None], why: str
) -> None:
    found = of_pain(before, after)

    assert (found.enough, found.change, found.difference, found.direction) == (False, "not enough days", None, None)
    assert found.why_not == why
    assert (found.before.days, found.after.days) == (len(before), len(after))


def test_four_days_on_either_side_are_enough() -> None:
    assert of_pain([6.0] * 4, [4.0] * 4).change == "important improvement"


def test_no_day_counts_on_both_sides_and_none_after_today() -> None:
    pain = [6.0] * 28 + [2.0] * 72
    found = since(with_pain(pain), [], [], Pinned(period(0, 39), "pain"), AGREED, TODAY)

    assert (found.before.days, found.after.days, found.after.period) == (40, 40, period(40, 79))


def test_a_plan_of_tomorrow_has_no_day_yet() -> None:
    found = since(with_pain([6.0] * 80), [], [], Pinned(PINNED, "pain"), on(80), TODAY)

    assert (found.after.value, found.after.days, found.after.period) == (None, 0, None)
    assert (found.enough, found.why_not) == (False, "no day since it was agreed")


def test_higher_is_better_of_mood_and_of_the_quality_of_sleep() -> None:
    quality = of_column("sleep_quality", 4, 6)

    assert (quality.change, quality.direction) == ("important improvement", "better")
    assert of_column("sleep_quality", 6, 3).change == "important worsening"
    assert (of_column("mood", 4, 6).change, of_column("mood", 4, 6).direction) == ("no agreed threshold", "better")
    assert of_column("mood", 6, 4).direction == "worse"


@pytest.mark.parametrize("column", ["sleep_hours", "activity"])
def test_more_sleep_or_more_activity_is_called_neither_better_nor_worse(column: str) -> None:
    found = of_column(column, 5, 8)

    assert (found.change, found.direction, found.difference) == ("no agreed threshold", "higher", 3.0)
    assert of_column(column, 8, 5).direction == "lower"


def test_stress_has_the_provisional_marks_and_fatigue_none() -> None:
    assert of_column("stress", 6, 4).change == "important improvement"
    assert of_column("fatigue", 6, 2).change == "no agreed threshold"
    assert of_column("fatigue", 5, 5).direction == "unchanged"


def flare(first: int, last: int) -> Flare:
    return Flare("flare", on(first), on(last), on(first), 8.0, 4.0, ("pain",), 5, 0, "rule")


def test_flare_days_come_from_the_list_of_flares_per_28_logged_days() -> None:
    found = since(with_pain([4.0] * 80), [flare(3, 9), flare(40, 44)], [], Pinned(PINNED, "flare_days"), AGREED, TODAY)

    assert (found.before.value, found.after.value, found.last.value) == (7.0, 2.8, 0.0)
    assert (found.change, found.direction, found.unit) == ("no agreed threshold", "better", "per 28 logged days")
    assert found.series[[2, 3, 40]].tolist() == [0.0, 1.0, 1.0]


def test_flare_days_of_a_mostly_unlogged_window_are_not_known() -> None:
    pain = [4.0] * 28 + [None] * 45 + [4.0] * 7
    found = since(with_pain(pain), [flare(3, 9)], [], Pinned(PINNED, "flare_days"), AGREED, TODAY)

    assert (found.after.value, found.enough) == (None, False)
    assert found.why_not == "too few days logged since"
    assert np.isnan(found.series[40])


NOWHERE: Mapping[str, int | None] = {}


def of_region(maps: Sequence[Mapping[str, int | None] | None]) -> Since:
    return since(with_maps(maps), [], [], Pinned(PINNED, "region", REGION), AGREED, TODAY)


def test_one_region_is_read_from_the_maps_and_days_are_those_with_a_map() -> None:
    found = of_region([marked(7)] * 20 + [None] * 10 + [marked(4)] * 25 + [NOWHERE] * 25)

    assert found.label == f"Pain, {REGIONS[10].label}"
    assert (found.before.value, found.before.days, found.after.value, found.after.days) == (7, 20, 4, 50)
    assert (found.change, found.direction) == ("no agreed threshold", "better")
    assert found.series[[0, 30, 79]].tolist() == [7.0, 4.0, 0.0]
    assert np.isnan(found.series[25])


def test_a_region_that_hurt_on_no_map_is_0_and_one_that_hurt_now_and_then_has_no_value() -> None:
    never = of_region([marked(7)] * 30 + [NOWHERE] * 50)
    seldom = of_region([marked(7)] * 30 + [marked(6)] * 5 + [NOWHERE] * 45)

    assert (never.after.value, never.difference) == (0.0, -7.0)
    assert (seldom.after.value, seldom.difference, seldom.enough) == (None, None, False)
    assert seldom.why_not == "the region hurt on 5 of 50 days with a map: too few for an intensity"


def test_a_region_marked_without_an_intensity_has_no_value() -> None:
    found = of_region([marked(7)] * 30 + [marked(None)] * 50)

    assert (found.after.value, found.why_not) == (None, "the region was marked without an intensity")


def of_scores(*scores: Score, code: str = "PHQ-9") -> Since:
    return since(with_pain([5.0] * 80), [], scores, Pinned(PINNED, f"measure:{code}"), AGREED, TODAY)


def test_a_questionnaire_is_judged_by_its_own_difference() -> None:
    found = of_scores(Score(on(2), "PHQ-9", 19), Score(on(20), "phq9", 16), Score(on(70), "PHQ-9", 9))

    assert (found.label, found.before.value, found.before.days) == ("PHQ-9", 16, 2)
    assert (found.after.value, found.after.days, found.last.value) == (9, 1, 9)
    assert (found.difference, found.change, found.direction) == (-7, "important improvement", "better")
    assert [found.series[i] for i in (2, 20, 70)] == [19, 16, 9]


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ([Score(on(70), "PHQ-9", 9)], "no score in the pinned window"),
        ([Score(on(2), "PHQ-9", 9)], "no score since"),
        ([Score(on(2), "PHQ-9", 9), Score(on(29), "PHQ-9", 5), Score(on(80), "PHQ-9", 4)], "no score since"),
        ([Score(on(2), "GAD-7", 9), Score(on(50), "GAD-7", 5)], "no score in the pinned window"),
    ],
)
def test_without_a_score_on_either_side_nothing_is_said(scores: list[Score], why: str) -> None:
    found = of_scores(*scores)

    assert (found.enough, found.change, found.why_not) == (False, "not enough days", why)


def test_a_questionnaire_without_an_agreed_difference_says_so() -> None:
    found = of_scores(Score(on(2), "PHQ-4", 9), Score(on(50), "PHQ-4", 3), code="PHQ-4")

    assert (found.change, found.direction, found.difference) == ("no agreed threshold", "better", -6)


@pytest.mark.parametrize("chart", CHARTS)
def test_an_empty_diary_says_nothing_of_any_chart_and_does_not_fail(chart: str) -> None:
    region = REGION if chart == "region" else ""
    found = since(with_pain([]), [], [], Pinned(PINNED, chart, region), AGREED, TODAY)

    assert (found.before.value, found.after.value, found.enough) == (None, None, False)
    assert found.label


def test_an_item_counts_from_the_day_it_was_agreed_else_started_else_after_its_window() -> None:
    goal, action = Goal("Walk", made=on(5)), Action("Call", evidence=Pinned(PINNED, "pain"))
    walking = PlannedIntervention("walking", start=on(6))

    assert (agreed_on(goal), agreed_on(walking), agreed_on(action)) == (on(5), on(6), on(28))
    assert agreed_on(replace(goal, made=None)) is None
