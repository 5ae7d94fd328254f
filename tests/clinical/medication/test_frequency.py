"""How often a day: only what is understood in every word counts."""

import pytest

from clinical.medication.frequency import times_a_day
from data_access.demo.medicines import AS_NEEDED, REGULAR


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("once a day", 1), ("daily", 1), ("once at night", 1), ("once in the morning", 1), ("twice a day", 2),
        ("three times a day", 3), ("4 times a day", 4), ("BID", 2), ("tds", 3), ("q6h", 4), ("every 12 hours", 2),
        ("2 times every 3 days", 2 / 3), ("once every 3 days", 1 / 3), ("every 72 hours", 1 / 3),
        ("once a week", 1 / 7), ("3 times a week", 3 / 7), ("once every 2 weeks", 1 / 14), ("one at night", 1),
        ("Take 1 tablet twice a day as directed.", 2), ("Take 1 tablet every 12 hours as directed.", 2),
    ],
)  # fmt: skip
def test_wordings_that_are_understood(text: str, times: float) -> None:
    found = times_a_day(text)
    assert found is not None
    assert found.times == pytest.approx(times)
    assert not found.at_most
    assert found.averaged == (times < 1)


@pytest.mark.parametrize(
    "text", ["up to four times a day", "up to three times a day, with food", "every 4-6 hours", "twice a day prn"]
)
def test_a_ceiling_is_called_one(text: str) -> None:
    found = times_a_day(text)
    assert found is not None
    assert found.at_most


@pytest.mark.parametrize(
    "text",
    [
        "", "when it hurts", "as needed", "at the start of a migraine", "at night, not every night", "once", "a lot",
        "0 times a day", "every 0 days", "twice a day then stop", "one or two a day", "1-2 tablets twice a day",
        "2 at night", "up to 8 a day", "two a day", "2 every 3 days",
    ],
)  # fmt: skip
def test_any_other_wording_is_not_guessed(text: str) -> None:
    assert times_a_day(text) is None


def test_the_tablets_a_wording_names_are_kept() -> None:
    found = times_a_day("Take 2 tablets twice a day")
    assert found is not None
    assert (found.pieces, found.times) == (2, 2)


def test_of_the_invented_clinic_only_two_wordings_say_no_count() -> None:
    wordings = {product.frequency for product in (*REGULAR, *AS_NEEDED)}
    unread = {text for text in wordings if times_a_day(text) is None}
    assert unread == {"at the start of a migraine", "at night, not every night"}


def test_the_day_the_supply_runs_to_says_nothing_of_how_often() -> None:
    with_note = times_a_day("Take 1 tablet twice a day as directed; supply to 7 Jun 2023")
    assert with_note == times_a_day("Take 1 tablet twice a day as directed")
    assert times_a_day("supply to 7 Jun 2023") is None
    assert times_a_day("once every 12 hours") == times_a_day("every 12 hours")
