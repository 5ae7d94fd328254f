"""Which days a choice means, and that nothing in an address can break it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.diary import Period
from dashboard.periods import CHOICES, Chosen, as_text, from_text, in_words, offered, resolve

TODAY = date(2026, 11, 22)
VISIT = date(2026, 8, 31)
FIRST = date(2025, 1, 10)


def days(choice: str, **known: date | None) -> Period:
    seen = {"last_visit": VISIT, "first_day": FIRST, **known}
    return resolve(Chosen(choice), as_of=TODAY, **seen).now


def test_each_choice_ends_today_and_starts_where_it_says() -> None:
    assert days("visit") == Period(VISIT, TODAY)
    assert days("4w").days == 28
    assert days("3m").days == 91
    assert days("1y").days == 365
    assert days("all") == Period(FIRST, TODAY)


def test_without_a_visit_there_is_no_since_last_visit() -> None:
    assert "visit" not in offered(None)
    assert "visit" in offered(VISIT)
    assert resolve(Chosen("visit"), last_visit=None, first_day=None, as_of=TODAY).choice == "4w"


def test_somebody_who_never_logged_still_has_four_weeks_to_look_at() -> None:
    assert days("all", first_day=None).days == 28


def test_it_is_compared_with_the_period_before_unless_one_is_picked() -> None:
    found = resolve(Chosen("4w"), last_visit=None, first_day=None, as_of=TODAY)
    assert found.before == Period(date(2026, 9, 28), date(2026, 10, 25))
    picked = Period(date(2026, 1, 1), date(2026, 1, 31))
    found = resolve(Chosen("4w", against=picked), last_visit=None, first_day=None, as_of=TODAY)
    assert (found.before, found.compared_with_chosen) == (picked, True)


def test_it_opens_on_the_four_weeks_to_the_last_entry_where_nothing_was_logged_since() -> None:
    known = {"last_visit": VISIT, "first_day": FIRST, "as_of": TODAY}
    old = resolve(Chosen(), last_day=date(2026, 3, 14), **known)
    assert (old.now, old.choice, old.moved) == (Period(date(2026, 2, 15), date(2026, 3, 14)), "custom", True)
    assert not resolve(Chosen(), last_day=VISIT, **known).moved
    assert not resolve(Chosen("4w"), last_day=date(2026, 3, 14), **known).moved, "who chose days gets these days"


@given(st.text(max_size=40))
def test_no_text_in_an_address_is_anything_but_a_period_or_nothing(text: str) -> None:
    found = from_text(text, as_of=TODAY)
    assert found is None or found.end <= TODAY


@given(st.dates(date(1990, 1, 1), TODAY), st.integers(0, 4000))
def test_a_period_survives_its_way_through_the_address(end: date, length: int) -> None:
    period = Period(max(end - timedelta(days=length), date(1990, 1, 1)), end)
    assert from_text(as_text(period), as_of=TODAY) == period


@pytest.mark.parametrize(
    "text", ["2026-11-01_2026-12-01", "2026-11-02_2026-11-01", "1900-01-01_1900-02-01", "2026-02-30_2026-03-01", "_"]
)
def test_future_backward_ancient_and_impossible_days_mean_nothing(text: str) -> None:
    assert from_text(text, as_of=TODAY) is None


@given(
    st.sampled_from(sorted(CHOICES)),
    st.none() | st.dates(date(1990, 1, 1), TODAY),
    st.none() | st.dates(date(1900, 1, 1)),
)
def test_every_choice_means_some_days_that_end_today(
    choice: str, last_visit: date | None, first_day: date | None
) -> None:
    found = resolve(Chosen(choice), last_visit=last_visit, first_day=first_day, as_of=TODAY)
    assert found.now.end == TODAY
    assert found.choice in CHOICES


def test_lengths_are_said_as_a_clinician_says_them() -> None:
    assert [in_words(n) for n in (1, 7, 10, 28, 84, 365, 800)] == [
        "1 day",
        "1 week",
        "10 days",
        "4 weeks",
        "12 weeks",
        "1 year",
        "2 years",
    ]


@pytest.mark.parametrize(
    "against",
    [Period(date(2026, 11, 16), date(2026, 11, 22)), Period(date(2026, 11, 1), date(2026, 11, 12))],
)
def test_days_to_compare_with_must_all_lie_before(against: Period) -> None:
    shown = Period(date(2026, 11, 9), date(2026, 11, 15))
    found = resolve(Chosen("custom", shown, against), last_visit=None, first_day=None, as_of=TODAY)
    assert found.before == shown.before()
    assert found.against_refused
    assert not found.compared_with_chosen


def test_days_to_compare_with_that_lie_before_are_taken() -> None:
    shown, against = Period(date(2026, 11, 9), date(2026, 11, 15)), Period(date(2026, 9, 1), date(2026, 11, 8))
    found = resolve(Chosen("custom", shown, against), last_visit=None, first_day=None, as_of=TODAY)
    assert found.before == against
    assert not found.against_refused
