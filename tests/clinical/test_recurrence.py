"""How flares come back, counted by hand."""

from datetime import date

import pytest

from clinical.diary import empty_diary
from clinical.flare_rates import rate, trend
from clinical.flares import Flare, Kind
from clinical.recovery import recovery
from clinical.recurrence import recurrence
from tests.clinical.diaries import FIRST, on, period, with_pain


def flare(first: int, last: int | None, *, peak: int | None = None, kind: Kind = "flare") -> Flare:
    end = None if last is None else on(last)
    return Flare(kind, on(first), end, on(first if peak is None else peak), 8, 4, ("pain",), 5, 0, "rule")


THREE = [flare(10, 14, peak=12), flare(100, 109, peak=101), flare(150, 152), flare(160, 160, kind="spike")]


def test_starts_and_flare_days_are_counted_in_their_window_only() -> None:
    diary = with_pain([4.0] * 180)
    found = recurrence(diary, THREE, on(179))

    assert (found.last_28.started, found.last_28.flare_days) == (0, 2)  # the last of a flare, and a spike
    assert (found.before_28.started, found.before_28.flare_days) == (1, 2)
    assert (found.last_90.started, found.last_90.flare_days) == (2, 14)
    assert (found.before_90.started, found.before_90.flare_days) == (1, 5)
    assert found.trend_90 == "no clear difference"


def test_a_flare_that_began_before_the_window_touches_it_and_did_not_start_in_it() -> None:
    """Days 152 to 179 are the last 28: a flare from day 140 to 160 gives them nine flare days and no start."""
    found = recurrence(with_pain([4.0] * 180), [flare(140, 160), flare(170, None)], on(179))

    assert (found.last_28.touching, found.last_28.started, found.last_28.flare_days) == (2, 1, 19)
    assert (found.before_28.touching, found.before_28.started, found.before_28.flare_days) == (1, 1, 12)


def test_a_spike_or_a_new_level_touches_no_window_as_a_flare() -> None:
    others = [flare(160, 160, kind="spike"), flare(165, None, kind="shift")]
    assert recurrence(with_pain([4.0] * 180), others, on(179)).last_28.touching == 0


def test_typical_length_recovery_and_time_since_the_last() -> None:
    found = recurrence(with_pain([4.0] * 180), THREE, on(179))

    assert found.length is not None
    assert (found.length.median, found.length.shortest, found.length.longest, found.length.flares) == (5, 3, 10, 3)
    assert found.recovery is not None
    assert (found.recovery.median, found.recovery.shortest, found.recovery.longest) == (3, 3, 9)
    assert found.days_since == 27
    assert found.open_since is None


def test_a_typical_way_back_is_of_the_flares_whose_way_back_is_told_with_each_episode() -> None:
    diary = with_pain([4.0] * 15 + [6.0] * 165)
    found = recurrence(diary, THREE, on(179)).recovery
    each = [recovery(diary, THREE, one, on(179)) for one in THREE]

    assert [one.days for one in each if one.days is not None] == []
    assert found is None
    assert [one.why for one in each] == ["another episode first"] * 3 + ["not back yet"]


def test_in_a_flare_there_is_no_time_since_the_last() -> None:
    found = recurrence(with_pain([4.0] * 180), [*THREE, flare(175, None)], on(179))

    assert found.open_since == on(175)
    assert found.days_since is None
    assert found.last_28.flare_days == 7


def test_flares_after_the_day_are_not_looked_at() -> None:
    assert recurrence(with_pain([4.0] * 180), THREE, on(120)) == recurrence(with_pain([4.0] * 180), THREE[:2], on(120))


def test_the_course_is_whole_windows_oldest_first_up_to_the_day() -> None:
    found = recurrence(with_pain([4.0] * 180), THREE, on(179))

    assert [window.started for window in found.course] == [1, 0, 0, 0, 1, 1, 0]
    assert found.course[-1].period == period(152, 179)
    assert all(window.period.days == 28 for window in found.course)
    assert found.course[0].days_logged == 12
    assert found.course[0].days_missing == 16


def test_a_rate_is_per_90_logged_days_with_the_exact_interval_of_a_count() -> None:
    """Garwood's limits of a count of 3 are 0.62 and 8.77, of 0 they are 0 and 3.69."""
    diary = with_pain([4.0] * 90)
    three = rate(diary, [flare(5, 8), flare(25, 28), flare(45, 48)], period(0, 89), on(89))
    none = rate(diary, [], period(0, 89), on(89))

    assert three.per_90 == 3
    assert three.low == pytest.approx(0.619, abs=1e-3)
    assert three.high == pytest.approx(8.767, abs=1e-3)
    assert none.per_90 == none.low == 0
    assert none.high == pytest.approx(3.689, abs=1e-3)


def test_a_rate_of_a_half_logged_period_is_twice_the_count() -> None:
    diary = with_pain([4.0 if day % 2 == 0 else None for day in range(90)])

    assert rate(diary, [flare(5, 8)], period(0, 89), on(89)).per_90 == 2


def test_two_rates_differ_only_when_chance_would_not_do() -> None:
    diary = with_pain([4.0] * 180)
    many = [flare(90 + 10 * n, 92 + 10 * n) for n in range(8)]
    now, before = rate(diary, many, period(90, 179), on(179)), rate(diary, many, period(0, 89), on(179))
    fewer = rate(diary, many[:4], period(90, 179), on(179))

    assert trend(now, before) == "more often"
    assert trend(before, now) == "less often"
    assert trend(fewer, before) == "no clear difference"


def test_a_hardly_logged_period_has_no_trend() -> None:
    diary = with_pain([4.0] * 20 + [None] * 70 + [4.0] * 90)

    found = recurrence(diary, [], on(179))

    assert found.trend_90 == "not enough days"
    assert found.before_90.days_logged == 20


def test_an_empty_diary_has_no_rate_and_no_typical_flare() -> None:
    found = recurrence(empty_diary(FIRST), [], date(2026, 3, 1))

    assert found.last_28.per_90 is None
    assert found.course == ()
    assert found.length is None
    assert found.recovery is None
    assert found.days_since is None
    assert found.trend_28 == "not enough days"
