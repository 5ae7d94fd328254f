"""Flare episodes in a diary: found against the person's own usual level, honest about missing days."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clinical.daily import frame
from clinical.diary import Diary, Period
from clinical.flare_episodes import Span, find_spans
from clinical.flare_signals import LoggedDays, deviations, logged_days
from clinical.rounding import displayed
from clinical.thresholds import FLARE_DETECTOR, limit
from clinical.thresholds import days as threshold_days

Kind = Literal["spike", "flare", "shift"]

VERSION = 3
"""Counts up whenever the same days may give other episodes; what an earlier version found is then found anew."""

LOOK_BACK_DAYS = 345
"""An episode closed for longer than this does not change any more: days up to 17 weeks later help to know its usual
level, and any of them may become part of a new level, which needs 28 logged days at most 8 days apart. Nearly always
an episode is settled within a month."""


@dataclass(frozen=True, slots=True)
class Flare:
    """One episode. `end` None while open; `peak_pain` and `usual_pain` None when no pain was answered.

    A shift lasts from the first day of the new level to the day it counts as the new usual; `peak_pain` is then the
    new level and `usual_pain` the old one, so a shift down has `peak_pain < usual_pain`.
    """

    kind: Kind
    start: date
    end: date | None
    peak: date
    peak_pain: float | None
    usual_pain: float | None
    signals: tuple[str, ...]
    days_logged: int
    days_missing: int
    rule: str

    @property
    def said_only(self) -> bool:
        """Whether a day or two count for nothing but the person's own answer: their flare, but no spike of pain."""
        return self.kind == "spike" and self.signals == ("flare",)


@dataclass(frozen=True, slots=True)
class UsualRange:
    """The person's own pain outside flares (0-10): 10th to 90th percentile and median of `days` logged days."""

    low: float
    high: float
    centre: float
    days: int


def detect_flares(days: pd.DataFrame) -> list[Flare]:
    """The spikes, flares and shifts in a daily table (formats.md), in order of start; they never overlap.

    Deterministic; row order does not matter; any column but pain may be absent. An episode that is closed for
    longer than `LOOK_BACK_DAYS` does not change when later days are added.
    """
    logged = logged_days(days)
    spans, scores = find_spans(logged)
    return [_flare(logged, span, scores) for span in _apart(spans)]


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans without overlap: a new level gives way to the episodes inside its first weeks."""
    starts = [*(span.first for span in spans[1:]), sys.maxsize][: len(spans)]
    cut = [
        span if span.last < start else replace(span, last=start - 1) for span, start in zip(spans, starts, strict=True)
    ]
    return [span for span in cut if span.last >= span.first]


def flares_of(diary: Diary, as_of: date) -> list[Flare]:
    """The episodes known on `as_of`: later days are not looked at, unlogged days up to it close what they must."""
    if not len(diary) or as_of < diary.start:
        return []
    return detect_flares(frame(diary.during(Period(diary.start, as_of))))


def open_flare(flares: Sequence[Flare], as_of: date) -> Flare | None:
    """The flare (not spike, not shift) that is still open on `as_of`, if any."""
    still = [f for f in flares if f.kind == "flare" and f.start <= as_of and (f.end is None or f.end > as_of)]
    return still[-1] if still else None


def day_of(flare: Flare, as_of: date) -> int:
    """Which day of the episode `as_of` is, 1 on its first day."""
    return (as_of - flare.start).days + 1


def flare_mask(flares: Sequence[Flare], period: Period, as_of: date) -> NDArray[np.bool_]:
    """The days of the period in a spike or flare (not a shift), shape (period.days,); open ones run to `as_of`."""
    mask = np.zeros(period.days, np.bool_)
    beginning = period.start.toordinal()
    for flare in flares:
        end = flare.end or as_of
        if flare.kind != "shift" and flare.start <= period.end and end >= period.start:
            first = flare.start.toordinal() - beginning
            mask[max(first, 0) : end.toordinal() - beginning + 1] = True
    return mask


def flare_days(diary: Diary, flares: Sequence[Flare], period: Period, as_of: date) -> int:
    """Logged days of the period inside a spike or flare (a day that was not logged is not counted)."""
    return int((flare_mask(flares, period, as_of) & diary.logged_during(period)).sum())


def enough_for_a_rate(diary: Diary, period: Period) -> bool:
    """Whether so much of the period was logged that its flare days can be compared with another period's."""
    logged = diary.days_logged(period)
    return logged >= threshold_days("change_min_days") and logged * 100 >= limit("flare_days_min_share") * period.days


def usual_range(diary: Diary, flares: Sequence[Flare], as_of: date) -> UsualRange | None:
    """The person's own pain range outside flares on `as_of`, whatever period is looked at; None with too few days.

    Learnt as the detector learns: on the last `usual_window_days` logged days outside flares, since the last new level.
    """
    if not len(diary) or as_of < diary.start:
        return None
    first = max([diary.start, *(f.start for f in flares if f.kind == "shift" and f.start <= as_of)])
    known = Period(first, as_of)
    pain = diary.column("pain", known)
    usual = pain[~np.isnan(pain) & ~flare_mask(flares, known, as_of)].astype(np.float64)
    usual = usual[-int(FLARE_DETECTOR["usual_window_days"].value) :]
    if usual.size < threshold_days("usual_range_min_days"):
        return None
    low, centre, high = np.percentile(usual, [limit("usual_range_low"), 50, limit("usual_range_high")])
    return UsualRange(displayed(low), displayed(high), displayed(centre), int(usual.size))


def _flare(days: LoggedDays, span: Span, scores: NDArray[np.float64]) -> Flare:
    final = len(days) - 1 if span.open else span.last
    first_day, last_day = int(days.day[span.first]), int(days.day[final])
    peak_row, peak_pain = _peak(days, span, scores)
    logged = final - span.first + 1
    return Flare(
        kind=_kind(days, span),
        start=_date(first_day),
        end=None if span.open else _date(last_day),
        peak=_date(int(days.day[peak_row])),
        peak_pain=peak_pain,
        usual_pain=_usual_pain(days, span),
        signals=_signals(days, span),
        days_logged=logged,
        days_missing=last_day - first_day + 1 - logged,
        rule=_rule(days, span, scores),
    )


def _date(day_number: int) -> date:
    return date.fromordinal(_EPOCH + day_number)


_EPOCH = date(1970, 1, 1).toordinal()


def _kind(days: LoggedDays, span: Span) -> Kind:
    if span.shift:
        return "shift"
    length = days.day[span.last] - days.day[span.first] + 1
    return "flare" if length >= FLARE_DETECTOR["flare_min_days"].value else "spike"


def _peak(days: LoggedDays, span: Span, scores: NDArray[np.float64]) -> tuple[int, float | None]:
    """The row and pain of the worst day (of equal pain the one worse in everything else); a shift: its new level."""
    pain = days.pain[span.first : span.last + 1]
    if span.shift:
        known = pain[pain == pain]
        return span.first, float(np.median(known)) if known.size else None
    values = pain.tolist()
    known_scores = [0.0 if s != s else s for s in scores[span.first : span.last + 1].tolist()]
    best = max(
        (row for row, p in enumerate(values) if p == p), key=lambda row: (values[row], known_scores[row]), default=None
    )
    return (span.first, None) if best is None else (span.first + best, values[best])


def _usual_pain(days: LoggedDays, span: Span) -> float | None:
    if span.usual is not None:
        return None if np.isnan(span.usual.pain) else span.usual.pain
    # Too early for a usual level: days so far and of the opening weeks that the person did not call a flare.
    known = days.day <= max(days.day[span.last], days.day[0] + FLARE_DETECTOR["usual_start_days"].value)
    other = days.pain[known & (days.answer != 1)]
    other = other[~np.isnan(other)]
    return float(np.median(other)) if other.size else None


def _signals(days: LoggedDays, span: Span) -> tuple[str, ...]:
    """The columns that were a person's sd or more away from usual on average, else the one that was farthest."""
    rows = slice(span.first, span.last + 1)
    answered = ("flare",) if not span.shift and 1.0 in days.answer[rows].tolist() else ()
    if span.usual is None:
        return answered
    away = np.add.reduce(deviations(days, rows, span.usual), axis=0) * (span.shift or 1)
    known = np.add.reduce(days.given[rows], axis=0, dtype=np.float64)
    mean = np.where((known > 0) & (span.usual.weight > 0), away / np.maximum(known, 1), -np.inf).tolist()
    loud = tuple(s.column for s, m in zip(days.signals, mean, strict=True) if m >= _LOUD)
    if loud or answered:
        return loud + answered
    return (days.signals[mean.index(max(mean))].column,)


_LOUD = 1.0


def _days(count: int) -> str:
    return f"{count} logged day" if count == 1 else f"{count} logged days"


def _rule(days: LoggedDays, span: Span, scores: NDArray[np.float64]) -> str:
    known = scores[span.first : span.last + 1]
    known = known[~np.isnan(known)]
    if span.usual is None or not known.size:
        return "The person's own answers only: too few logged days to know the usual level [P]"
    mean = displayed(float(known.mean()))
    side = "worse than" if mean >= 0 else "better than"
    rise = f"on average {abs(mean):.1f} sd {side} the person's own usual level (outside flares)"
    if span.shift > 0:
        return f"{rise}, lasting more than {FLARE_DETECTOR['shift_up_days'].value:.0f} days: a new level [P]"
    if span.shift < 0:
        return f"{rise}, lasting {FLARE_DETECTOR['shift_down_days'].value:.0f} logged days or more: a new level [P]"
    said = int((days.answer[span.first : span.last + 1] == 1).sum())
    own = f"; the person called {said} of them a flare" if said else ""
    return f"{rise} over {_days(known.size)}{own}; every column that was answered counts [P]"
