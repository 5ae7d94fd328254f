"""Days as people type them: read when they can mean one day only, explained when they cannot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.services import typed_days

NOVEMBER = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    ["2026-11-03", "2026-11-3", "3 Nov 2026", "03 november 2026", " 3  Nov. 2026 ", "Tue 3 Nov 2026", "3.11.2026"],
)
def test_one_day_is_read_however_it_is_written(text: str) -> None:
    assert typed_days.read(text) == NOVEMBER


def test_nothing_typed_is_no_day() -> None:
    assert typed_days.read("  ") is None
    assert typed_days.written(None) == ""


@pytest.mark.parametrize(("text", "day"), [("23/11/2026", 23), ("11/23/2026", 23), ("11/11/2026", 11)])
def test_slashes_are_read_where_one_reading_only_is_a_day(text: str, day: int) -> None:
    assert typed_days.read(text) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("3/11/2026", "This can be read as two different days."),
        ("31 Feb 2026", "There is no such day."),
        ("40/40/2026", "There is no such day."),
        ("3 Ju 2026", "This is not read as a day."),
        ("3 Jut 2026", "the month is not known"),
        ("3 Nov", "This is not read as a day."),
        ("tomorrow", "This is not read as a day."),
        ("3 Nov 0026", "The year 26 cannot be meant."),
        ("2026-13-01", "There is no such day."),
    ],
)
def test_what_is_no_day_is_explained_with_an_example(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        typed_days.read(text)
    assert "Write it like 23 Nov 2026" in str(refused.value)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert typed_days.read(typed_days.written(day)) == day
    assert typed_days.read(day.isoformat()) == day


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_day_or_is_explained(text: str) -> None:
    try:
        typed_days.read(text)
    except ValueError as refused:
        assert "Write it like" in str(refused)
