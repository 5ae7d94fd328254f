"""Cells of foreign diaries as values: what a scale is converted to, what a date can mean, and what is refused."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importers import mapped_values as values
from data_access.importers.mapped_rules import DATE_ORDERS, ColumnMapping, DateOrder, MappingRefused, Rule, Scale
from data_access.importers.mapped_values import ValueRefused

ENDS = st.floats(-1000, 1000, allow_nan=False).map(lambda number: round(number, 2))
SCALES = st.builds(Scale, ENDS, ENDS, st.sampled_from([0, 10])).filter(lambda scale: scale.high - scale.low >= 0.5)


@given(SCALES)
def test_the_ends_of_every_scale_are_exactly_0_and_10(scale: Scale) -> None:
    ends = [values.converted(scale.low, scale), values.converted(scale.high, scale)]
    assert ends == ([0, 10] if scale.low_is == 0 else [10, 0])


@given(SCALES, st.floats(0, 1), st.floats(0, 1))
def test_a_conversion_keeps_the_order_and_turns_it_only_where_that_was_said(
    scale: Scale, one: float, other: float
) -> None:
    low, high = sorted(min(scale.high, scale.low + share * (scale.high - scale.low)) for share in (one, other))
    first, last = values.converted(low, scale), values.converted(high, scale)
    assert (first <= last) if scale.low_is == 0 else (first >= last)
    assert min(first, last) >= 0 and max(first, last) <= 10


def test_one_to_five_is_a_quarter_of_ten_a_step() -> None:
    assert [values.converted(step, Scale(1, 5)) for step in range(1, 6)] == [0, 2.5, 5, 7.5, 10]
    assert [values.converted(step, Scale(1, 5, 10)) for step in range(1, 6)] == [10, 7.5, 5, 2.5, 0]
    assert values.converted(37, Scale(0, 100)) == 3.7


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("6", "is outside 1 to 5"),
        ("0", "is outside 1 to 5"),
        ("2.5", "has a decimal point, and the other sign was chosen"),
        ("=1+1", "is not a number"),
        ("nan", "is not a number"),
        ("1e3", "is not a number"),
        ("zwei", "is not a number"),
    ],
)
def test_what_is_no_value_of_the_scale_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        values.on_scale(text, Scale(1, 5), {}, ",")
    assert str(refused.value) == why


def test_words_and_fractions_stand_for_numbers_of_the_scale() -> None:
    words = {"none": "0", "mild": "1", "severe": "2"}
    said = [values.on_scale(word, Scale(0, 2), words, ".") for word in ("None", "MILD", "severe", "1/2")]
    assert said == [0, 5, 10, 5]
    with pytest.raises(ValueRefused, match="none of the words that mean something: none, mild, severe"):
        values.on_scale("awful", Scale(0, 2), words, ".")


@pytest.mark.parametrize("text", ["7h30", "7:30", "7 h 30", "450 min", "7,5", "7 h 30 min"])
def test_hours_are_understood_however_they_are_written(text: str) -> None:
    assert values.hours(text, "hours", ",") == 7.5
    assert values.minutes(text.replace("7,5", "450"), "minutes", ",") == 450


def test_a_number_alone_is_of_the_unit_that_was_chosen() -> None:
    assert values.hours("450", "minutes", ".") == 7.5
    assert values.minutes("1.5", "hours", ".") == 90


@pytest.mark.parametrize(
    ("text", "time"),
    [("8:05", "08:05"), ("20:05:31", "20:05"), ("8 am", "08:00"), ("12 am", "00:00"), ("8:30 pm", "20:30"),
     ("8h05", "08:05"), ("8 Uhr", "08:00"), ("12:30 p.m.", "12:30")],
)  # fmt: skip
def test_times_of_day(text: str, time: str) -> None:
    assert values.clock(text) == time


@pytest.mark.parametrize("text", ["8", "25:00", "8:61", "13 pm", "noon", ""])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueRefused):
        values.clock(text)


def test_an_ambiguous_date_keeps_every_reading() -> None:
    assert values.readings("03.04.2026") == {"dmy": date(2026, 4, 3), "mdy": date(2026, 3, 4)}
    assert values.readings("25/03/2026") == {"dmy": date(2026, 3, 25)}
    assert values.readings("25.03.26") == {"dmy2": date(2026, 3, 25), "ymd2": date(2025, 3, 26)}
    assert values.readings("3. März 2026") == {"named": date(2026, 3, 3)}


FORMS: dict[DateOrder, str] = {
    "ymd": "%Y-%m-%d", "dmy": "%d.%m.%Y", "mdy": "%m/%d/%Y", "ymd2": "%y-%m-%d", "dmy2": "%d.%m.%y", "mdy2": "%m/%d/%y",
    "named": "%d %B %Y",
}  # fmt: skip


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(DATE_ORDERS))
def test_a_date_written_in_an_order_is_read_back_in_it(day: date, order: DateOrder) -> None:
    assert values.day(day.strftime(FORMS[order]), order) == day
    assert order in values.readings(day.strftime(FORMS[order]))


def test_date_and_time_of_one_cell_are_those_of_the_place_where_it_was_written() -> None:
    assert values.split_moment("2026-03-02T23:30:00+01:00") == ("2026-03-02", "23:30:00")
    assert values.split_moment("2/3/2026, 8:30 PM") == ("2/3/2026", "8:30 pm")
    assert values.split_moment("02.03.2026") == ("02.03.2026", "")


@given(st.text(max_size=30))
def test_no_cell_makes_a_reader_fail_in_another_way_than_refusing(text: str) -> None:
    attempts: list[Callable[[], object]] = [
        partial(values.number, text, "."),
        partial(values.whole, text, ","),
        partial(values.on_scale, text, Scale(1, 5), {}, "."),
        partial(values.hours, text, "", "."),
        partial(values.minutes, text, "", ","),
        partial(values.clock, text),
        partial(values.yes, text, {}),
        *(partial(values.day, text, order) for order in DATE_ORDERS),
    ]
    for attempt in attempts:
        try:
            attempt()
        except ValueRefused as refused:
            assert str(refused)
    assert all(part is not None for part in values.split_moment(text))


RULES = st.builds(
    Rule,
    column=st.text(max_size=8),
    role=st.sampled_from(["ignored", "date", "pain", "regions", "note"]),
    at=st.sampled_from(["", "08:00"]),
    scale=st.none() | SCALES,
    words=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=3).map(tuple),
    unit=st.sampled_from(["", "hours"]),
    dates=st.sampled_from(["", "dmy"]),
    separator=st.sampled_from(["", ";"]),
    means=st.text(max_size=5),
    as_needed=st.booleans(),
)


@given(st.lists(RULES, max_size=4), st.sampled_from([".", ","]), st.lists(st.text(max_size=4), max_size=3))
def test_a_mapping_is_read_back_as_it_was_written(rules: list[Rule], decimal: str, missing: list[str]) -> None:
    mapping = ColumnMapping(tuple(rules), decimal, tuple(missing))  # type: ignore[arg-type]
    assert ColumnMapping.from_json(mapping.as_json()) == mapping


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ('"version": 1|"version": 2', "it was written by another version"),
        ('"decimal"|"decimals"', "it holds a field we do not know: decimals"),
        ('"role": "pain"|"role": "anger"', "a rule holds a word we do not know"),
        ('"at"|"when"', "it holds a field we do not know: when"),
        ('"low": 1|"low": "one"', "a scale holds no numbers"),
        ('"low_is": 0|"low_is": 3', "a scale holds no numbers"),
        ("{|[", "it is no JSON"),
    ],
)
def test_text_that_is_no_mapping_of_ours_is_refused(change: str, why: str) -> None:
    text = ColumnMapping((Rule("Schmerz", "pain", scale=Scale(1, 5)),)).as_json()
    before, after = change.split("|")
    assert before in text
    with pytest.raises(MappingRefused, match=why):
        ColumnMapping.from_json(text.replace(before, after))
