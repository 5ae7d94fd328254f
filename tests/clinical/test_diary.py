"""A part of a diary is the same part whichever way it is cut out."""

import numpy as np
import pytest

from clinical.diary import COLUMNS, Diary, empty_diary
from tests.clinical.diaries import FIRST, period, with_pain

SOME = with_pain([4, None, 6, 7, None, None, 2])


@pytest.mark.parametrize("diary", [SOME, empty_diary(FIRST)])
@pytest.mark.parametrize(
    ("first", "last"), [(0, 6), (2, 3), (-3, 2), (5, 12), (-4, 20), (-9, -2), (8, 11), (0, 0), (6, 6), (7, 7), (-1, -1)]
)
def test_a_column_and_the_logged_days_are_those_of_the_whole_cut(diary: Diary, first: int, last: int) -> None:
    cut = diary.during(period(first, last))
    for name in COLUMNS:
        np.testing.assert_array_equal(diary.column(name, period(first, last)), cut[name])
        assert diary.column(name, period(first, last)).dtype == np.float32
    np.testing.assert_array_equal(diary.logged_during(period(first, last)), cut.logged)
    assert diary.days_logged(period(first, last)) == int(cut.logged.sum())
