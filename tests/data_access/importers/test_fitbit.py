"""Fitbit accounts: the CSV of an export with its several tables, and the archive's list of sleep."""

import json
from datetime import date
from typing import Any

import pytest

from data_access.errors import UnreadableFile
from tests.data_access.importers.reading_files import read

MARCH_2 = date(2026, 3, 2)
SLEEP = "Start Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings,Time in Bed"
ACTIVITIES = "Date,Calories Burned,Steps,Distance"


def account(*, sleep: tuple[str, ...] = (), activities: tuple[str, ...] = ()) -> str:
    return "\n".join(("Activities", ACTIVITIES, *activities, "", "Sleep", SLEEP, *sleep, ""))


NIGHT = '"2026-03-01 11:25PM","2026-03-02 7:02AM","398","59","36","457"'
NAP = '"2026-03-02 2:00PM","2026-03-02 2:45PM","40","5","1","45"'


def test_nights_and_steps_of_an_account() -> None:
    found = read(account(sleep=(NIGHT, NAP), activities=('"2026-03-01","2,100","7,653","5.1"',)))
    (entry,) = found.only.entries
    (walked,) = found.only.measures
    assert (entry.day, entry.at_time, entry.sleep_hours) == (MARCH_2, "07:02", 7.3)
    assert (entry.note, entry.source_key) == ("Sleep from Fitbit (device)", "fitbit:sleep:2026-03-02")
    assert (walked.day, walked.instrument, walked.score) == (date(2026, 3, 1), "Steps in 24 h", 7653)
    assert found.parsed.format == "fitbit-csv"
    assert found.parsed.ownerless


def test_the_table_of_sleep_alone_is_read_too() -> None:
    assert read(f"{SLEEP}\n{NIGHT}\n").only.entries[0].sleep_hours == 6.63


def test_the_same_sleep_in_two_months_counts_once() -> None:
    found = read(account(sleep=(NIGHT, NIGHT)))
    assert found.only.entries[0].sleep_hours == 6.63
    assert found.account.repeated == 1


def test_a_day_without_any_step_is_a_day_the_device_was_not_worn() -> None:
    found = read(account(activities=('"2026-03-01","1,500","0","0"',)))
    assert found.only.measures == ()
    assert found.account.unused == {"day without steps (not worn)": 1}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (NIGHT.replace("2026-03-02", "02-03-2026"), "which day is meant is not certain"),
        (NIGHT.replace('"398"', '"N/A"'), "its number cannot be read"),
        (NIGHT.replace('"398"', '"-5"'), "its number cannot be read"),
        ('"2026-03-01 11:25PM"', "a cell is missing"),
    ],
)
def test_a_row_that_is_not_certain_is_rejected_with_its_line(row: str, why: str) -> None:
    found = read(account(sleep=(row, NAP)))
    assert [(each.where, each.what) for each in found.account.rejected] == [("line 6", "sleep")]
    assert why in found.account.rejected[0].why
    assert [each.day for each in found.only.entries] == [MARCH_2]


def test_other_tables_of_the_account_are_counted_as_unused() -> None:
    found = read("Foods\nDate,Calories In\n2026-03-01,1200\n\n" + account(sleep=(NIGHT,)))
    assert found.account.unused == {"row of a Fitbit table without a place here": 1}
    assert len(found.only.entries) == 1


def logged(number: int, ended: str, minutes: Any, **more: Any) -> dict[str, Any]:
    made = {
        "logId": number,
        "dateOfSleep": ended[:10],
        "startTime": "2026-03-01T23:17:00.000",
        "endTime": ended,
        "duration": 28_020_000,
        "minutesAsleep": minutes,
        "minutesAwake": 61,
        "timeInBed": 467,
        "type": "stages",
        "mainSleep": True,
        "levels": {"summary": {"deep": {"count": 3, "minutes": 70}}, "data": []},
    }
    return made | more


def test_the_list_of_sleep_of_the_archive() -> None:
    listed = [logged(1, "2026-03-02T07:04:00.000", 406), logged(2, "2026-03-02T15:00:00.000", 44)]
    found = read(json.dumps([*listed, listed[0]]))
    (entry,) = found.only.entries
    assert (entry.day, entry.at_time, entry.sleep_hours) == (MARCH_2, "07:04", 7.5)
    assert found.parsed.format == "fitbit-sleep-json"
    assert found.account.repeated == 1


def test_a_sleep_of_the_list_that_lacks_something_is_rejected_and_the_rest_goes_in() -> None:
    good = logged(1, "2026-03-02T07:04:00.000", 406)
    bad = [logged(2, "2026-03-03T07:04:00.000", "many"), logged(3, "yesterday", 5), logged(4, "2026-03-04T07:00", -3)]
    found = read(json.dumps([good, *bad, 7]))
    assert len(found.only.entries) == 1
    assert [each.where for each in found.account.rejected] == ["sleep 2", "sleep 3", "sleep 4", "sleep 5"]


def test_a_list_of_something_else_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="a list"):
        read('[{"dateTime": "03/02/26 08:00:00", "value": "12"}]')


def test_the_last_day_is_left_out_while_it_is_not_over() -> None:
    found = read(account(activities=('"2026-11-21","1","100","1"', '"2026-11-22","1","50","1"')))
    assert [each.day for each in found.only.measures] == [date(2026, 11, 21)]
