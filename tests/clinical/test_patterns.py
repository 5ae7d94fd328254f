"""The patterns of a diary: its factors in one table, nothing from the future."""

from datetime import timedelta

import pandas as pd
import pytest

from clinical.daily import Entry, day_rows
from clinical.diary import Diary, empty_diary
from clinical.patterns import pattern_frame, patterns_of
from tests.clinical.diaries import FIRST, on
from tests.clinical.patterned_diaries import patterned
from tests.clinical.test_before_flares import diary as with_flares
from tests.clinical.test_before_flares import flares

ANSWERED = ("sleep_hours", "sleep_quality", "stress", "activity")


def diary_of(days: pd.DataFrame) -> Diary:
    """The diary with one entry a day of such a table."""
    values = {name: days[name].tolist() for name in ("pain", *ANSWERED)}
    start = pd.DatetimeIndex(days.index)[0].date()
    every = range(len(days))
    return day_rows([Entry(start + timedelta(days=n), **{name: values[name][n] for name in values}) for n in every])


def test_the_table_holds_pain_and_the_factors_that_were_answered_up_to_the_day() -> None:
    days = patterned(1, 0.6, missing=0)
    diary = diary_of(days)
    table = pattern_frame(diary, diary.start + timedelta(days=99))

    assert list(table) == ["pain", *ANSWERED, "rescue_doses"]
    assert len(table) == 100
    assert table["stress"].to_numpy() == pytest.approx(days["stress"].to_numpy()[:100])


def test_later_days_and_flares_do_not_change_what_was_known() -> None:
    days = with_flares(1, stress=4, sleep=-3)
    whole, part = diary_of(days), diary_of(days.iloc[:400])
    found = flares(days)
    as_of = part.end

    assert patterns_of(whole, found, as_of) == patterns_of(part, [f for f in found if f.start <= as_of], as_of)


def test_what_was_planted_is_found_in_each_of_the_three() -> None:
    days = with_flares(1, stress=4, sleep=-3)
    found = patterns_of(diary_of(days), flares(days), on(2000))
    nights = patterned(3, 0.6, days=400, pain_to_sleep=-0.5, missing=0)
    effect = patterned(3, 0.6, days=400, sleep_effect=-0.45, missing=0)

    assert "lower before flares" in {one.verdict for one in found.before_flares if one.factor == "sleep_hours"}
    assert {one.factor for one in patterns_of(diary_of(nights), [], on(2000)).reverse if "pain" in one.verdict} == {
        "sleep_hours"
    }
    assert {one.factor for one in patterns_of(diary_of(effect), [], on(2000)).associations if one.found} == {
        "sleep_hours"
    }


def test_without_days_there_is_no_pattern() -> None:
    found = patterns_of(empty_diary(FIRST), [], on(10))

    assert (found.associations, found.reverse, found.before_flares, found.period) == ((), (), (), None)
    assert patterns_of(diary_of(patterned(1, 0.6, missing=0)), [], FIRST - timedelta(days=1000)).period is None
