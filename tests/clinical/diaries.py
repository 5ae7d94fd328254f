"""Small diaries written out by hand for the tests of this folder."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from clinical.body_map import pack
from clinical.daily import Entry, day_rows
from clinical.diary import Diary, Period

FIRST = date(2026, 1, 1)


def on(day: int) -> date:
    """Day 0 is 1 January 2026."""
    return FIRST + timedelta(days=day)


def period(first: int, last: int) -> Period:
    return Period(on(first), on(last))


def with_pain(pain: Sequence[float | None], *, start: int = 0) -> Diary:
    """One entry a day; None is a day that was not logged."""
    return day_rows([Entry(on(start + i), pain=value) for i, value in enumerate(pain) if value is not None])


def with_maps(maps: Sequence[Mapping[str, int | None] | None]) -> Diary:
    """One entry a day with that map; None is an entry without a map."""
    packed = [None if marks is None else pack(marks) for marks in maps]
    return day_rows([Entry(on(i), pain=5, regions=one) for i, one in enumerate(packed)])


def steady(days: int, level: int = 4, seed: int = 1) -> list[float]:
    """A usual stretch: the level, give or take one."""
    random = np.random.default_rng(seed)
    return [float(x) for x in np.clip(level + random.integers(-1, 2, days), 0, 10)]
