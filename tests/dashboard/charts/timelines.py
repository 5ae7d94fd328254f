"""Timelines written out by hand, and the arrays of a figure read back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from clinical.daily import Entry, day_rows
from clinical.diary import Diary, Period
from clinical.flares import Flare, UsualRange
from dashboard.services.timeline import Lane, Marker, Timeline, timeline

FIRST = date(2026, 1, 1)


def on(day: int) -> date:
    """Day 0 is 1 January 2026."""
    return FIRST + timedelta(days=day)


def diary(pain: Sequence[float | None], **others: Any) -> Diary:
    """One entry a day; None is a day that was not logged."""
    logged = [Entry(on(i), pain=value) for i, value in enumerate(pain) if value is not None]
    return day_rows([replace(entry, **others) for entry in logged])


def flare(first: int, last: int | None, kind: str = "flare") -> Flare:
    end = None if last is None else on(last)
    days = 1 if last is None else last - first + 1
    return Flare("spike" if kind == "spike" else "flare", on(first), end, on(first), 8, 4, ("pain",), days, 0, "a rule")


def view(
    pain: Sequence[float | None],
    *,
    flares: Sequence[Flare] = (),
    markers: tuple[Marker, ...] = (),
    lanes: tuple[Lane, ...] = (),
    usual: UsualRange | None = None,
    **others: Any,
) -> Timeline:
    period = Period(FIRST, on(len(pain) - 1))
    logged = diary(pain, **others)
    return timeline(logged, period, flares, usual=usual, lanes=lanes, markers=markers, as_of=period.end)


def array(encoded: Any) -> Any:
    """The numbers of an array as it goes over the wire, None as NaN."""
    return np.array(encoded, np.float64)
