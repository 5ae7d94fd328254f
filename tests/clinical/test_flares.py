"""What a flare is and is not: written-out diaries, one claim each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from clinical.diary import empty_diary
from clinical.flares import (
    Flare,
    Kind,
    day_of,
    detect_flares,
    flare_days,
    flare_mask,
    flares_of,
    open_flare,
    usual_range,
)
from tests.clinical.diaries import FIRST, on, period, steady, with_pain


def episode(kind: Kind, first: int, last: int | None) -> Flare:
    end = None if last is None else on(last)
    return Flare(kind, on(first), end, on(first), 8, 4, ("pain",), 1, 0, "rule")


def table(start: date = FIRST, **columns: Sequence[float]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame(columns, index=pd.date_range(start, periods=count), dtype=float)


def kinds(found: list[Flare]) -> list[str]:
    return [flare.kind for flare in found]


def with_rise(days: int, first: int, length: int, rise: float, level: int = 4) -> list[float]:
    pain = steady(days, level)
    for day in range(first, first + length):
        pain[day] = min(level + rise, 10)
    return pain


def test_a_week_well_above_usual_is_one_flare_with_its_dates_and_numbers() -> None:
    found = detect_flares(table(pain=with_rise(120, 60, 7, 4)))

    (flare,) = found
    assert (flare.kind, flare.start, flare.end) == ("flare", on(60), on(66))
    assert (flare.peak_pain, flare.usual_pain) == (8, 4)
    assert flare.signals == ("pain",)
    assert (flare.days_logged, flare.days_missing) == (7, 0)
    assert flare.rule


@pytest.mark.parametrize("length", [1, 2])
def test_one_or_two_days_are_a_spike(length: int) -> None:
    found = detect_flares(table(pain=with_rise(120, 60, length, 5)))

    assert [(flare.kind, flare.start, flare.end) for flare in found] == [("spike", on(60), on(60 + length - 1))]


def test_three_days_are_a_flare() -> None:
    assert kinds(detect_flares(table(pain=with_rise(120, 60, 3, 5)))) == ["flare"]


def test_ten_weeks_are_still_one_flare() -> None:
    (flare,) = detect_flares(table(pain=with_rise(240, 90, 70, 4)))

    assert flare.kind == "flare"
    assert abs((flare.start - on(90)).days) <= 1
    assert flare.end == on(159)


@pytest.mark.parametrize("level", [1, 2, 5])
def test_the_same_rise_counts_at_every_usual_level(level: int) -> None:
    assert kinds(detect_flares(table(pain=with_rise(120, 60, 6, 4, level)))) == ["flare"]


def test_at_usual_pain_nine_the_other_signals_speak() -> None:
    spread, fatigue = steady(120, 8, seed=2), steady(120, 5, seed=3)
    spread[60:68], fatigue[60:68] = [16.0] * 8, [9.0] * 8
    interference = steady(120, 5, seed=4)
    interference[60:68] = [9.0] * 8

    (flare,) = detect_flares(table(pain=[9.0] * 120, spread=spread, fatigue=fatigue, interference=interference))

    assert (flare.kind, flare.start, flare.end) == ("flare", on(60), on(67))
    assert flare.signals == ("spread", "fatigue", "interference")
    assert (flare.peak_pain, flare.usual_pain) == (9, 9)


def test_the_own_answer_makes_a_flare_without_any_rise() -> None:
    answer = [0.0] * 120
    answer[60:64] = [1.0] * 4

    (flare,) = detect_flares(table(pain=steady(120), flare=answer))

    assert (flare.kind, flare.start, flare.end, flare.signals[-1]) == ("flare", on(60), on(63), "flare")


def test_one_own_yes_is_a_spike() -> None:
    answer = [np.nan] * 120
    answer[60] = 1.0

    assert kinds(detect_flares(table(pain=steady(120), flare=answer))) == ["spike"]


def test_answers_alone_count_before_a_usual_level_is_known() -> None:
    (flare,) = detect_flares(table(pain=[4.0, 5, 8, 8, 8, 4, 4, 4, 4], flare=[0.0, 0, 1, 1, 1, 0, 0, 0, 0]))

    assert (flare.kind, flare.start, flare.end, flare.signals) == ("flare", on(2), on(4), ("flare",))
    assert flare.usual_pain == 4
    assert "too few logged days" in flare.rule


def test_an_improvement_is_a_shift_down_and_never_a_flare() -> None:
    found = detect_flares(table(pain=steady(120, 7) + steady(120, 4, seed=2)))

    (shift,) = found
    assert shift.kind == "shift"
    assert abs((shift.start - on(120)).days) <= 1
    assert (shift.usual_pain, shift.peak_pain) == (7, 4)


def test_after_an_improvement_the_new_level_is_the_usual_one() -> None:
    pain = steady(120, 7) + steady(120, 3, seed=2)
    pain[180:187] = [7.0] * 7

    found = detect_flares(table(pain=pain))

    assert kinds(found) == ["shift", "flare"]
    assert (found[1].start, found[1].end, found[1].usual_pain) == (on(180), on(186), 3)


def test_a_lasting_worsening_is_a_shift_up_and_ends_being_a_flare() -> None:
    pain = steady(120, 3) + steady(200, 6, seed=2)

    found = detect_flares(table(pain=pain))
    still_early = detect_flares(table(pain=pain[:180]))

    assert kinds(found) == ["shift"]
    assert abs((found[0].start - on(120)).days) <= 1
    assert (found[0].usual_pain, found[0].peak_pain) == (3, 6)
    assert [(flare.kind, flare.end) for flare in still_early] == [("flare", None)]


def test_missing_days_do_not_end_or_deepen_a_flare() -> None:
    pain = with_rise(120, 60, 10, 4)
    pain[63] = pain[64] = np.nan

    (flare,) = detect_flares(table(pain=pain))

    assert (flare.start, flare.end) == (on(60), on(69))
    assert (flare.days_logged, flare.days_missing) == (8, 2)
    assert flare.peak_pain == 8


def test_missing_days_neither_start_nor_end_an_episode() -> None:
    pain = with_rise(120, 60, 6, 4)
    pain[57:60] = [np.nan] * 3
    pain[66:69] = [np.nan] * 3

    (flare,) = detect_flares(table(pain=pain))

    assert (flare.start, flare.end) == (on(60), on(65))


def test_absent_rows_and_rows_without_answers_are_the_same() -> None:
    pain = with_rise(120, 60, 10, 4)
    for day in (20, 21, 64, 90):
        pain[day] = np.nan
    days = table(pain=pain)

    assert detect_flares(days.dropna()) == detect_flares(days)


def test_a_gap_of_seven_days_is_bridged_and_a_longer_one_splits() -> None:
    def around(gap: int) -> list[Flare]:
        pain = with_rise(160, 60, 10 + gap, 4)
        pain[65 : 65 + gap] = [np.nan] * gap
        return detect_flares(table(pain=pain))

    assert [(f.start, f.end) for f in around(7)] == [(on(60), on(76))]
    assert [(f.start, f.end) for f in around(8)] == [(on(60), on(64)), (on(73), on(77))]


def test_an_open_flare_is_recognised_while_it_happens() -> None:
    (flare,) = detect_flares(table(pain=with_rise(64, 60, 4, 4)))

    assert (flare.kind, flare.start, flare.end) == ("flare", on(60), None)
    assert open_flare([flare], on(63)) == flare
    assert day_of(flare, on(63)) == 4


def test_two_usual_days_do_not_yet_close_it_and_more_do() -> None:
    pain = with_rise(80, 60, 6, 4)

    assert detect_flares(table(pain=pain[:67]))[0].end is None
    assert detect_flares(table(pain=pain[:75]))[0].end == on(65)


def test_a_week_above_a_restless_persons_scatter_is_found_with_its_bounds() -> None:
    noisy = [4.0 + step for step in (0, 1, -1, 0, 2, -1, 1, -2, 0, 1, -1, 0, 1, -1)] * 12
    noisy[84:92] = [7.0, 6.0, 7.0, 8.0, 6.0, 7.0, 7.0, 6.0]

    (flare,) = [found for found in detect_flares(table(pain=noisy)) if found.kind == "flare"]

    assert (flare.start, flare.end) == (on(84), on(91))


def test_a_flare_that_is_followed_by_another_rise_is_over() -> None:
    found = detect_flares(table(pain=[*with_rise(66, 60, 6, 4), 2, 2, 9]))

    assert [(flare.kind, flare.start, flare.end) for flare in found] == [
        ("flare", on(60), on(65)),
        ("spike", on(68), None),
    ]


def test_an_open_flare_is_not_kept_open_by_silence() -> None:
    diary = with_pain(with_rise(64, 60, 4, 4))

    assert flares_of(diary, on(63 + 7))[0].end is None
    assert flares_of(diary, on(63 + 8))[0].end == on(63)


def test_later_days_are_not_looked_at_as_of_an_earlier_day() -> None:
    diary = with_pain(with_rise(120, 60, 20, 4))

    (flare,) = flares_of(diary, on(65))

    assert (flare.start, flare.end) == (on(60), None)
    assert flares_of(diary, on(50)) == []
    assert flares_of(diary, FIRST - timedelta(days=1)) == []
    assert flares_of(empty_diary(FIRST), on(5)) == []


@pytest.mark.parametrize(
    "days",
    [
        pd.DataFrame({"pain": []}, index=pd.DatetimeIndex([])),
        table(pain=[5.0]),
        table(pain=[np.nan] * 40),
        table(pain=[5.0] * 400),
        table(pain=[0.0] * 200),
        table(pain=[10.0] * 200),
    ],
    ids=["empty", "one entry", "nothing answered", "constant", "no pain", "always ten"],
)
def test_a_diary_without_a_rise_has_no_episode(days: pd.DataFrame) -> None:
    assert detect_flares(days) == []


def test_one_point_more_on_one_day_in_a_flat_diary_is_nothing() -> None:
    pain = [4.0] * 120
    pain[60] = 5.0

    assert detect_flares(table(pain=pain)) == []


def test_odd_tables_are_read_for_what_they_say() -> None:
    days = table(pain=with_rise(120, 60, 7, 4))
    as_text = days.astype(str).assign(note="x", pain=lambda d: d["pain"].where(d.index != d.index[5], "high"))
    with_zone = days.tz_localize("UTC")
    nullable = days.astype("Float64")

    expected = [(on(60), on(66))]
    for odd in (as_text, with_zone, nullable, pd.concat([days, days.iloc[60:62]])):
        assert [(flare.start, flare.end) for flare in detect_flares(odd)] == expected


def test_the_mask_covers_spikes_and_flares_but_not_shifts() -> None:
    flares = [episode("flare", -3, 1), episode("spike", 4, 4), episode("shift", 5, 7), episode("flare", 8, None)]

    mask = flare_mask(flares, period(0, 11), as_of=on(9))

    assert np.flatnonzero(mask).tolist() == [0, 1, 4, 8, 9]
    diary = with_pain([5, None, 5, 5, 5, 5, 5, 5, 5, None, 5, 5])
    assert flare_days(diary, flares, period(0, 11), on(9)) == 3


def test_the_usual_range_leaves_flares_out() -> None:
    diary = with_pain([4, 5, 3] * 10 + [9] * 6)
    flares = flares_of(diary, diary.end)

    found = usual_range(diary, flares, diary.end)

    assert found is not None
    assert (found.low, found.centre, found.high, found.days) == (3, 4, 5, 30)
    assert usual_range(diary, flares, on(12)) is None
    assert usual_range(empty_diary(FIRST), [], on(12)) is None


def test_the_usual_range_is_the_persons_own_and_not_that_of_a_bad_month() -> None:
    diary = with_pain([4.0, 5.0, 3.0] * 60 + [6.0, 7.0, 5.0] * 9)

    found = usual_range(diary, [episode("flare", 180, None)], diary.end)

    assert found is not None
    assert (found.low, found.centre, found.high, found.days) == (3, 4, 5, 63)


def test_a_new_level_is_the_new_usual_from_its_first_day() -> None:
    diary = with_pain([6.0] * 60 + [3.0] * 20)

    found = usual_range(diary, [episode("shift", 60, 79)], diary.end)

    assert found is not None
    assert (found.centre, found.days) == (3, 20)


def test_a_day_called_a_flare_by_the_person_alone_is_told_from_a_spike_of_pain() -> None:
    spike = episode("spike", 4, 4)

    assert replace(spike, signals=("flare",)).said_only
    assert not replace(spike, signals=("pain", "flare")).said_only
    assert not replace(episode("flare", 4, 9), signals=("flare",)).said_only
