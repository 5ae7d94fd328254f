"""Tenderness, weather and doses as daily columns: what nobody answered is missing, what was not taken is none."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from clinical.daily import DoseTaken, Entry, day_rows
from clinical.diary import Days, Diary
from clinical.further_columns import FurtherAnswers, further_columns
from clinical.patterns import pattern_frame, patterns_of
from tests.clinical.diaries import FIRST, on
from tests.clinical.patterned_diaries import patterned
from tests.clinical.test_patterns import diary_of

Dose = tuple[int, str, bool]
Said = tuple[int, float | None, str]


def days_of(*days: date) -> NDArray[np.datetime64]:
    return np.array(days, "datetime64[D]")


def columns(diary: Diary, said: Sequence[Said] = (), doses: Sequence[Dose] = ()) -> dict[str, Days]:
    answers = FurtherAnswers(
        days_of(*(on(day) for day, *_ in said)),
        np.array([np.nan if value is None else value for _, value, _ in said], np.float32),
        np.array([weather for *_, weather in said], object),
    )
    taken = np.array([was_taken for *_, was_taken in doses], np.bool_)
    return further_columns(diary, answers, days_of(*(on(d) for d, *_ in doses)), [name for _, name, _ in doses], taken)


def week(*unlogged: int, doses: Sequence[int] = ()) -> Diary:
    return day_rows(
        [Entry(on(day), pain=4) for day in range(7) if day not in unlogged],
        [DoseTaken(on(day), as_needed=True) for day in doses],
    )


def test_several_answers_of_a_day_are_averaged_and_a_day_without_one_is_missing() -> None:
    found = columns(week(), [(0, 4.0, ""), (0, 7.0, ""), (2, 0.0, ""), (3, None, "damp")])

    np.testing.assert_array_equal(found["tenderness"], [5.5, np.nan, 0, np.nan, np.nan, np.nan, np.nan])


def test_weather_named_by_any_entry_of_the_day_holds_and_other_answered_days_are_without_it() -> None:
    found = columns(week(), [(0, None, "cold|damp"), (0, None, "windy"), (1, None, "dry"), (2, 3.0, "")])

    assert {name for name in found if name.startswith("weather")} == {
        "weather: cold",
        "weather: damp",
        "weather: dry",
        "weather: windy",
    }
    np.testing.assert_array_equal(found["weather: damp"], [1, 0, *[np.nan] * 5])
    np.testing.assert_array_equal(found["weather: windy"], [1, 0, *[np.nan] * 5])


def test_doses_are_counted_by_medicine_from_its_first_to_its_last_day_however_it_was_written() -> None:
    doses = [(1, "Tramadol", True), (1, "tramadol ", True), (4, "tramadol", False), (5, "tramadol", True)]
    found = columns(week(3, doses=[1, 1, 5]), [], [*doses, (0, "heparin", True)])

    np.testing.assert_array_equal(found["doses: tramadol"], [np.nan, 2, 0, np.nan, 0, 1, np.nan])
    np.testing.assert_array_equal(found["doses: heparin"], [1, *[np.nan] * 6])


def test_what_nobody_answered_is_no_column() -> None:
    assert columns(week(), [(1, None, "dry")]).keys() == {"weather: dry"}
    assert columns(week()) == {}
    assert columns(day_rows([])) == {}


def test_named_doses_take_the_place_of_the_number_of_as_needed_doses_up_to_the_day() -> None:
    diary = week(doses=[1, 2])
    doses = [(1, "tramadol", True), (2, "tramadol", True)]

    assert "rescue_doses" in pattern_frame(diary, on(6))
    table = pattern_frame(diary, on(2), columns(diary, [(5, 3.0, "")], doses))
    assert list(table) == ["pain", "doses: tramadol"], "what is answered later is not known yet"
    assert len(table) == 3


@pytest.mark.parametrize(("column", "reverse"), [("weather: damp", False), ("doses: tramadol", True)])
def test_further_columns_are_factors_and_pain_makes_no_weather(column: str, *, reverse: bool) -> None:
    days = patterned(1, 0.6, missing=0)
    diary = diary_of(days)
    values = (days["stress"].to_numpy() > 5).astype(np.float32)
    found = patterns_of(diary, [], diary.end, {column: values})

    assert column in {one.factor for one in found.associations}
    assert (column in {one.factor for one in found.reverse}) is reverse
    assert column in {one.factor for one in found.before_flares}


def test_doses_and_tenderness_are_never_set_against_the_pain_of_the_same_day() -> None:
    days = patterned(2, 0.6, missing=0)
    pain = days["pain"].to_numpy(np.float32)
    found = patterns_of(diary_of(days), [], FIRST.replace(year=2100), {"tenderness": pain, "doses: tramadol": pain})
    lags = {one.factor: one.lag_days for one in found.associations}

    assert min(lags["tenderness"], lags["doses: tramadol"]) > 0
    assert [one.factor for one in found.associations if one.answers_to_pain] == ["doses: tramadol"]
