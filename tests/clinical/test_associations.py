"""What pain went with: found when planted, not found in noise, refused with too few days."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.associations import Association, Verdict, find_associations, find_reverse
from tests.clinical.patterned_diaries import COLUMNS, patterned

few = settings(max_examples=20)


def of(found: list[Association], factor: str) -> Association:
    return next(one for one in found if one.factor == factor)


def verdicts(found: list[Association]) -> set[Verdict]:
    return {one.verdict for one in found}


@pytest.mark.parametrize("carry", [0.4, 0.6, 0.8])
def test_in_noise_that_lasts_hardly_anybody_gets_a_claim(carry: float) -> None:
    diaries = [patterned(seed, carry) for seed in range(1000, 1040)]

    assert np.mean([any(one.found for one in find_associations(days)) for days in diaries]) <= 0.10
    assert np.mean([any("after" in one.verdict for one in find_reverse(days)) for days in diaries]) <= 0.10


@pytest.mark.parametrize("course", ["flares", "step", "trend", "week", "season"])
def test_what_only_moves_at_the_same_time_is_hardly_ever_claimed(course: str) -> None:
    diaries = [patterned(seed, 0.6, course=course) for seed in range(2000, 2025)]

    assert np.mean([any(one.found for one in find_associations(days)) for days in diaries]) <= 0.15


@pytest.mark.parametrize("carry", [0.4, 0.6, 0.8])
def test_a_planted_effect_of_sleep_is_found_with_its_size(carry: float) -> None:
    found = [
        of(find_associations(patterned(seed, carry, sleep_effect=-0.45, missing=0.2)), "sleep_hours")
        for seed in range(3000, 3020)
    ]
    right = [one for one in found if one.verdict == "better after" and one.lag_days == 0]

    assert len(right) >= 18
    assert np.median([one.effect or 0 for one in right]) == pytest.approx(-0.45, abs=0.1)
    assert np.mean([(one.low or 0) <= -0.45 <= (one.high or 0) for one in right]) >= 0.8


@pytest.mark.parametrize("carry", [0.4, 0.6, 0.8])
def test_a_planted_effect_of_yesterdays_stress_is_found_with_its_lag(carry: float) -> None:
    found = [
        of(find_associations(patterned(seed, carry, stress_effect=0.30, missing=0.2)), "stress")
        for seed in range(4000, 4020)
    ]

    assert sum(one.verdict == "worse after" and one.lag_days == 1 for one in found) >= 14


def test_pain_that_disturbs_the_next_night_is_reported_the_other_way_round_only() -> None:
    diaries = [patterned(seed, 0.6, pain_to_sleep=-0.5) for seed in range(5000, 5012)]

    forward = [of(find_associations(days), "sleep_hours").found for days in diaries]
    reverse = [next(one for one in find_reverse(days) if one.factor == "sleep_hours").verdict for days in diaries]

    assert sum(forward) <= 1
    assert reverse.count("lower after pain") >= 11


def test_a_factor_that_was_hardly_ever_unlike_itself_is_not_said_to_follow_pain() -> None:
    days = patterned(3, 0.4, missing=0)
    worst = days["pain"].shift(1).nlargest(7).index
    seldom = days.assign(doses=np.where(days.index.isin(worst), 1.0, 0.0))

    assert next(one for one in find_reverse(seldom) if one.factor == "doses").verdict == "not enough days"
    assert find_reverse(days.assign(doses=1.0))[-1].verdict == "not enough days"


def test_fourteen_days_are_refused() -> None:
    found = find_associations(patterned(1, 0.6, sleep_effect=-2, days=14, missing=0))

    assert {one.factor for one in found} == set(COLUMNS)
    assert verdicts(found) == {"not enough days"}
    assert all(one.effect is None and one.low is None and one.high is None for one in found)


def test_thirty_paired_days_are_needed_and_are_enough() -> None:
    days = patterned(2, 0.4, missing=0)

    assert of(find_associations(days.iloc[:29]), "sleep_hours").verdict == "not enough days"
    assert of(find_associations(days.iloc[:30]), "sleep_hours").verdict != "not enough days"
    assert of(find_associations(days.iloc[:30]), "sleep_hours").days_used == 30


def test_eight_exposed_days_are_needed() -> None:
    days = patterned(3, 0.4, missing=0)
    heat = np.zeros(len(days))
    heat[[20, 45, 70, 95, 120, 145, 170]] = 1

    seven = of(find_associations(days.assign(heat=heat)), "heat")
    heat[195] = 1
    eight = of(find_associations(days.assign(heat=heat)), "heat")

    assert (seven.days_exposed, seven.verdict) == (7, "not enough days")
    assert (eight.days_exposed, eight.verdict) == (8, "no association found")


def test_the_means_after_exposed_and_other_days_are_those_of_the_rows() -> None:
    days = patterned(4, 0.4, missing=0, sleep_effect=-0.45)
    found = of(find_associations(days), "sleep_hours")
    usual = days["sleep_hours"].median()
    exposed = days["sleep_hours"] > usual if found.exposed == "above" else days["sleep_hours"] < usual

    assert found.lag_days == 0
    assert found.usual == usual
    assert found.days_exposed == exposed.sum()
    assert found.pain_exposed == pytest.approx(days["pain"][exposed].mean())
    assert found.pain_other == pytest.approx(days["pain"][~exposed].mean())


def test_a_factor_that_is_nothing_but_the_weekday_is_not_told_apart_from_it() -> None:
    days = patterned(5, 0.4, missing=0, course="week")
    found = of(find_associations(days.assign(work=np.arange(len(days)) % 7 < 5)), "work")

    assert found.verdict == "no association found"
    assert found.lag_days in range(4)
    assert found.effect is None


def test_how_bad_the_day_was_is_no_factor_and_doses_of_the_same_day_are_not_looked_at() -> None:
    days = patterned(6, 0.6, missing=0)
    days = days.assign(rescue_doses=(days["pain"] > 5) * 2.0, fatigue=days["pain"], spread=days["pain"])
    found = find_associations(days)

    assert {one.factor for one in found} == set(COLUMNS)
    assert of(found, "rescue_doses").lag_days > 0
    assert of(found, "rescue_doses").verdict != "worse after"


def test_same_day_says_that_nothing_tells_which_came_first() -> None:
    days = patterned(7, 0.4, missing=0)
    found = find_associations(days.assign(stress=np.clip(days["pain"] + days["stress"] % 2, 0, 10)))

    assert of(found, "stress").verdict == "worse after"
    assert of(found, "stress").lag_days == 0
    assert of(found, "stress").same_day
    assert not of(find_associations(patterned(8, 0.4, sleep_effect=-0.6)), "sleep_hours").same_day


def test_without_pain_or_without_days_there_is_no_answer() -> None:
    assert find_associations(patterned(1, 0.4).drop(columns="pain")) == []
    assert find_associations(patterned(1, 0.4).iloc[:0]) == []
    assert find_associations(patterned(1, 0.4)[["pain"]]) == []
    assert find_reverse(patterned(1, 0.4).iloc[:0]) == []


@few
@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 3000))
def test_row_order_and_dates_moved_by_weeks_do_not_matter(seed: int, order: int, weeks: int) -> None:
    days = patterned(seed, 0.6, days=60, sleep_effect=-0.5)
    moved = days.set_axis(days.index + pd.Timedelta(weeks=weeks - 1500))

    assert find_associations(days.sample(frac=1, random_state=order)) == find_associations(days)
    assert verdicts(find_associations(moved)) == verdicts(find_associations(days))


@few
@given(st.integers(0, 500), st.sets(st.sampled_from(COLUMNS)), st.sampled_from([0.0, 0.3, 0.7, 1.0]))
def test_missing_columns_and_answers_never_raise(seed: int, absent: set[str], unanswered: float) -> None:
    days = patterned(seed, 0.6, days=70).drop(columns=sorted(absent))
    random = np.random.default_rng(seed)
    holes = days.mask(random.random(days.shape) < unanswered)

    for one in find_associations(holes):
        assert one.factor not in absent
        assert (one.verdict == "not enough days") <= (one.effect is None)
        assert not one.found or (one.low or 0) * (one.high or 0) > 0
    find_reverse(holes)


def test_further_columns_of_any_kind_and_dates_as_text_are_taken() -> None:
    days = patterned(10, 0.6, missing=0)
    odd = days.assign(
        note="a good day",
        heat=pd.array([True, None, False] * 80, dtype="boolean"),
        pollen=["", "3", "4"] * 80,
    )
    as_text = odd.set_axis([day.isoformat() for day in pd.DatetimeIndex(days.index).date])

    found = find_associations(odd)

    assert of(found, "note").verdict == "not enough days"
    assert {of(found, name).days_used for name in ("heat", "pollen")} <= {158, 159, 160}
    assert find_associations(as_text) == find_associations(odd.tz_localize("UTC")) == found
