"""The data-quality strip says how much was logged, and how much was not."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clinical.diary import Diary, Period, empty_diary
from dashboard.presenters.quality import MOST_CELLS, quality

TODAY = date(2026, 11, 22)


def logged_on(*ago: int, days: int = 40) -> Diary:
    diary = empty_diary(TODAY - timedelta(days=days - 1), days)
    for each in ago:
        diary.entries[days - 1 - each] = 1
    return diary


def last(days: int) -> Period:
    return Period(TODAY - timedelta(days=days - 1), TODAY)


def test_it_counts_days_the_longest_gap_and_the_last_entry() -> None:
    strip = quality(logged_on(0, 1, 2, 7, 8), last(10), TODAY)
    assert strip.said == "5 of 10 days · gap 4 days · last today"
    assert strip.cells == (0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0)


def test_nothing_logged_is_said_plainly() -> None:
    strip = quality(empty_diary(TODAY), last(28), TODAY)
    assert strip.said == "0 of 28 days · gap 28 days · no entry yet"
    assert set(strip.cells) == {0.0}


def test_an_entry_before_the_period_is_still_the_last_one() -> None:
    assert quality(logged_on(30), last(10), TODAY).said == "0 of 10 days · gap 10 days · last 23 Oct"


@given(st.integers(1, 4000), st.floats(0, 1))
def test_cells_stay_few_and_keep_the_share(days: int, share: float) -> None:
    diary = empty_diary(TODAY - timedelta(days=days - 1), days)
    diary.entries[: int(days * share)] = 1
    strip = quality(diary, last(days), TODAY)
    assert len(strip.cells) == min(days, MOST_CELLS)
    assert all(0 <= cell <= 1 for cell in strip.cells)
    assert abs(float(np.mean(strip.cells)) - int(days * share) / days) < 0.05
