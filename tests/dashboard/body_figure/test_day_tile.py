"""One day as a tile shows it."""

from datetime import date

import numpy as np
import pytest

from clinical.body_map import pack
from clinical.diary import Diary, empty_diary
from dashboard.body_figure import DayTile, day_tiles

DAY = date(2026, 11, 1)


def diary() -> Diary:
    """Three days: a full one, one logged without a map, one not logged."""
    made = empty_diary(DAY, 3)
    made.entries[:2] = 1
    made.values["pain"][0] = 6.5
    made.values["sleep_hours"][0] = 4.9
    made.values["stress"][:2] = (6.5, 6.4)
    made.values["rescue_doses"][:2] = (2, 0)
    made.maps[0] = np.frombuffer(pack({"b_calf_l": 6, "f_chest_l": None, "f_knee_l": 0}), np.uint8)
    made.has_map[0] = True
    return made


def test_a_day_keeps_what_was_answered_and_no_more() -> None:
    full, without_map, missing = day_tiles(diary(), [True, False, False])
    assert (full.day, full.logged, full.pain, full.flare, full.rescue_doses) == (DAY, True, 6.5, True, 2)
    assert (without_map.logged, without_map.body_map, without_map.pain) == (True, None, None)
    assert missing == DayTile(date(2026, 11, 3), logged=False)


def test_regions_in_pain_count_marks_without_intensity_but_not_zeros() -> None:
    full, without_map, _ = day_tiles(diary(), [False] * 3)
    assert full.regions_in_pain == 2
    assert without_map.regions_in_pain is None


@pytest.mark.parametrize(("hours", "short"), [(4.9, True), (5.0, False), (None, False), (0.0, True)])
def test_a_night_is_short_under_five_hours(hours: float | None, short: bool) -> None:
    assert DayTile(DAY, True, sleep_hours=hours).short_sleep is short


@pytest.mark.parametrize(("stress", "high"), [(7.0, True), (6.5, True), (6.4, False), (None, False)])
def test_stress_is_rounded_as_displayed_and_then_judged(stress: float | None, high: bool) -> None:
    assert DayTile(DAY, True, stress=stress).high_stress is high
