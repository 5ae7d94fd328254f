"""How flares come back: how often in 28 and 90 days, how long they last, how long until usual again, since when none.

There is no probability of a next flare: none was shown to be calibrated and better than yesterday's pain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from clinical.diary import Diary, Period
from clinical.flare_rates import FlareRate, Trend, rate, trend
from clinical.flares import Flare, open_flare
from clinical.recovery import recovery

SHORT, LONG = 28, 90
MOST_WINDOWS = 13


@dataclass(frozen=True, slots=True)
class Span:
    """The typical of `flares` closed flares in days: median, shortest, longest (medians may be halves)."""

    median: float
    shortest: int
    longest: int
    flares: int


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The flares of a diary up to a day.

    `last_28`, `before_28`, `last_90`, `before_90` with the trend between each two; `course`: up to 13 windows of 28
    days, oldest first, the last one ending on the day; `length` of closed flares, `recovery` of those back at the
    usual level (`clinical.recovery`); None without any. `days_since` the end of the last flare: None while in one, or
    without any.
    """

    last_28: FlareRate
    before_28: FlareRate
    trend_28: Trend
    last_90: FlareRate
    before_90: FlareRate
    trend_90: Trend
    course: tuple[FlareRate, ...]
    length: Span | None
    recovery: Span | None
    open_since: date | None
    days_since: int | None


def recurrence(diary: Diary, flares: Sequence[Flare], as_of: date) -> Recurrence:
    """How flares came back up to `as_of`; later ones are not looked at."""
    known = [flare for flare in flares if flare.start <= as_of]
    course = _course(diary, known, as_of)
    last_28, before_28 = _last(diary, known, as_of, SHORT)
    last_90, before_90 = _last(diary, known, as_of, LONG)
    ended = [(flare, flare.end) for flare in known if flare.kind == "flare"]
    closed = [(flare, end) for flare, end in ended if end is not None and end <= as_of]
    ways = [recovery(diary, known, flare, as_of).days for flare, _ in closed]
    now = open_flare(known, as_of)
    return Recurrence(
        last_28=last_28,
        before_28=before_28,
        trend_28=trend(last_28, before_28),
        last_90=last_90,
        before_90=before_90,
        trend_90=trend(last_90, before_90),
        course=course,
        length=_span([(end - flare.start).days + 1 for flare, end in closed]),
        recovery=_span([days for days in ways if days is not None]),
        open_since=now.start if now else None,
        days_since=(as_of - max(end for _, end in closed)).days if closed and not now else None,
    )


def _last(diary: Diary, flares: Sequence[Flare], as_of: date, length: int) -> tuple[FlareRate, FlareRate]:
    now = Period(as_of - timedelta(days=length - 1), as_of)
    return rate(diary, flares, now, as_of), rate(diary, flares, now.before(), as_of)


def _course(diary: Diary, flares: Sequence[Flare], as_of: date) -> tuple[FlareRate, ...]:
    windows: list[Period] = []
    window = Period(as_of - timedelta(days=SHORT - 1), as_of)
    while len(windows) < MOST_WINDOWS and len(diary) and window.end >= diary.start:
        windows.append(window)
        window = window.before()
    return tuple(rate(diary, flares, each, as_of) for each in reversed(windows))


def _span(lengths: Sequence[int]) -> Span | None:
    return Span(float(np.median(lengths)), min(lengths), max(lengths), len(lengths)) if lengths else None
