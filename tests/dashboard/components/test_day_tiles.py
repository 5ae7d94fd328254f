"""What the day tiles tell the browser, and what they believe of the answer."""

from datetime import date

from clinical.body_map import REGION_INDEX, pack
from dashboard.components import day_tiles
from dashboard.components.day_tiles import DayTile
from dashboard.components.day_tiles.message import HURTS, message

FULL = DayTile(
    date(2026, 10, 26),
    logged=True,
    pain=6.5,
    body_map=pack({"b_calf_l": 6, "f_chest_l": None, "f_knee_l": 0}),
    flare=True,
    sleep_hours=4.25,
    stress=8,
    rescue_doses=2,
)
QUIET = DayTile(date(2026, 10, 27), logged=True, pain=3, body_map=pack({"b_calf_l": 3}), sleep_hours=7, rescue_doses=0)
WITHOUT_MAP = DayTile(date(2026, 10, 31), logged=True)
MISSING = DayTile(date(2026, 11, 1), logged=False)
TILES = (FULL, QUIET, WITHOUT_MAP, MISSING)


def test_a_full_day_is_told_with_everything_that_was_logged() -> None:
    day = message(TILES)["days"][0]
    assert day["name"] == "Monday 26 October 2026"
    assert (day["kind"], day["pain"], day["flare"]) == ("map", "7", True)
    assert sorted(day["marks"]) == sorted([[REGION_INDEX["b_calf_l"], 6], [REGION_INDEX["f_chest_l"], HURTS]])
    assert day["signs"] == ["sleep", "stress", "rescue"]
    assert day["lines"] == [
        "Pain 7 of 10",
        "Part of a flare",
        "2 regions in pain",
        "Slept 4.3 h (short)",
        "Stress 8 of 10 (high)",
        "2 rescue doses",
    ]


def test_a_quiet_day_has_no_signs() -> None:
    day = message(TILES)["days"][1]
    assert day["signs"] == []
    assert day["lines"] == ["Pain 3 of 10", "1 region in pain", "Slept 7 h"]


def test_a_day_logged_without_a_map_says_so_and_is_not_a_gap() -> None:
    day = message(TILES)["days"][2]
    assert (day["kind"], day["pain"]) == ("nomap", "–")
    assert day["lines"] == ["Pain not answered", "No body map"]


def test_a_day_that_was_not_logged_says_only_that() -> None:
    day = message(TILES)["days"][3]
    assert (day["kind"], day["pain"], day["marks"], day["lines"]) == ("gap", "", [], ["Not logged"])


def test_the_month_stands_at_the_first_tile_and_the_first_of_a_month() -> None:
    assert [(day["date"], day["month"]) for day in message(TILES)["days"]] == [
        ("26", "Oct"),
        ("27", ""),
        ("31", ""),
        ("1", "Nov"),
    ]


def test_only_a_day_that_is_shown_can_be_picked() -> None:
    assert day_tiles._answer("2026-10-27", TILES) == date(2026, 10, 27)
    assert day_tiles._answer("2020-01-01", TILES) is None
    assert day_tiles._answer({"day": 1}, TILES) is None
    assert day_tiles._answer(None, TILES) is None
