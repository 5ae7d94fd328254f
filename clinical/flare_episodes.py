"""Where episodes start and end: evidence for "this is a flare" is added up day by day.

A flare is recognised when the sum has risen by `evidence_to_start` above its lowest point, and is over when it has
fallen by `evidence_to_end` below its highest; it runs from the day after the lowest to the day of the highest. Nothing
after a day is used to recognise a flare on it, an unlogged day adds nothing, and once closed an episode stays.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clinical.flare_signals import Floats, LoggedDays, Rows, Usual, learn_usual, score
from clinical.thresholds import FLARE_DETECTOR

_SET = {name: threshold.value for name, threshold in FLARE_DETECTOR.items()}


@dataclass(slots=True)
class Evidence:
    """A running sum of evidence for one direction, with the row where the present rise began."""

    to_start: float
    to_end: float
    total: float = 0.0
    low: float = 0.0
    high: float = 0.0
    start: int = 0
    last: int = 0
    inside: bool = False

    def restart(self, row: int) -> None:
        """Forget everything before `row`."""
        self.total = self.low = self.high = 0.0
        self.start = self.last = row
        self.inside = False

    def add(self, row: int, amount: float) -> int | None:
        """Take one day's evidence; the row of the last day of an episode that this day closes, else None."""
        self.total += amount
        if not self.inside:
            if self.total <= self.low:
                self.low, self.start = self.total, row + 1
            elif self.total - self.low >= self.to_start:
                self.inside, self.high, self.last = True, self.total, row
            return None
        if self.total > self.high:
            self.high, self.last = self.total, row
        elif self.high - self.total >= self.to_end:
            self.inside, self.low = False, self.total
            return self.last
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """One episode on logged rows `first` to `last`; `usual` is what it is measured against."""

    first: int
    last: int
    open: bool
    usual: Usual | None
    shift: int = 0  # +1 a lasting worse level, -1 a lasting better one, 0 a spike or flare


@dataclass(slots=True)
class _Walk:
    """The state of one walk along a diary."""

    days: LoggedDays
    level_start: int = 0
    usual: Usual | None = None
    up: Evidence = field(default_factory=lambda: Evidence(_SET["evidence_to_start"], _SET["evidence_to_end"]))
    down: Evidence = field(default_factory=lambda: Evidence(_SET["evidence_to_start"], _SET["evidence_to_end"]))
    scores: Floats = field(default_factory=lambda: np.empty(0))
    apart: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    spans: list[Span] = field(default_factory=list)
    next_block: int = 0


def find_spans(days: LoggedDays) -> tuple[list[Span], Floats]:
    """The episodes of a diary in order, and the score of each logged day (NaN before the usual level is known)."""
    walk = _Walk(days)
    walk.scores = np.full(len(days), np.nan)
    walk.apart = days.answer == 1
    gap_before = np.diff(days.day, prepend=days.day[:1]) - 1 > _SET["longest_gap_days"]
    answers = days.answer.tolist()
    gaps = gap_before.tolist()
    row = 0
    evidence: list[float] = []
    offset = 0
    while row < len(days):
        if row >= walk.next_block:
            evidence, offset = _begin_block(walk, row), row
        if gaps[row]:
            _split(walk, row)
        restart = _take(walk, row, evidence[row - offset], answers[row])
        row = row + 1 if restart is None else restart
    _finish(walk)
    return sorted(walk.spans, key=lambda span: span.first), walk.scores


def _begin_block(walk: _Walk, row: int) -> list[float]:
    """Renew the usual level and return the scores of the next block of logged days."""
    end = min(row + int(_SET["block_days"]), len(walk.days))
    walk.next_block = end
    if not (walk.up.inside or walk.down.inside) or walk.usual is None:
        walk.usual = learn_usual(walk.days, _usual_rows(walk, row))
    if walk.usual is None:
        walk.scores[row:end] = np.nan
    else:
        walk.scores[row:end] = score(walk.days, slice(row, end), walk.usual)
    found: list[float] = walk.scores[row:end].tolist()
    return found


def _usual_rows(walk: _Walk, row: int) -> Rows:
    """The logged rows the usual level is learnt from: the last ones outside episodes, or the start of this level."""
    settled = min(row, walk.up.start, walk.down.start) if row > walk.level_start else row
    window = int(_SET["usual_window_days"])
    before = walk.level_start + np.flatnonzero(~walk.apart[walk.level_start : settled])
    if len(before) >= window:
        return before[-window:]
    day = walk.days.day
    until = int(np.searchsorted(day, day[walk.level_start] + _SET["usual_start_days"]))
    until = max(min(until, walk.level_start + window), settled)
    opening = walk.level_start + np.flatnonzero(~walk.apart[walk.level_start : until])
    return opening[-window:]


def _split(walk: _Walk, row: int) -> None:
    """A long gap ends whatever was going on at its last day of evidence, and nothing is carried over it."""
    if walk.up.inside:
        _close(walk, walk.up.last, still_open=False)
    walk.up.restart(row)
    walk.down.restart(row)


def _take(walk: _Walk, row: int, above: float, answer: float) -> int | None:
    """Take one logged day; the row to go back to when a lasting new level was found, else None."""
    closed = walk.up.add(row, _evidence(above) + _of_answer(answer))
    if closed is not None:
        _close(walk, closed, still_open=False)
        walk.up.start = row + 1
    was_down = walk.down.inside
    walk.down.add(row, _evidence(-above))
    if was_down and not walk.down.inside:
        walk.down.start = row + 1
    return _lasting_level(walk, row)


def _evidence(above: float) -> float:
    """What a day's score says for an episode; a day before the usual level is known says nothing."""
    if above != above:
        return 0.0
    said = _SET["evidence_slope"] * (above - _SET["evidence_zero"])
    return min(max(said, _SET["evidence_least"]), _SET["evidence_most"])


def _of_answer(answer: float) -> float:
    if answer != answer:
        return 0.0
    return _SET["answer_yes"] if answer > 0 else _SET["answer_no"]


def _close(walk: _Walk, last: int, *, still_open: bool) -> None:
    first = walk.up.start
    rows = slice(first, last + 1)
    said_so = bool((walk.days.answer[rows] == 1).any())
    scores = walk.scores[rows]
    if said_so or float(np.nanmean(scores)) >= _SET["least_rise"]:
        walk.spans.append(Span(first, last, still_open, walk.usual))
        walk.apart[rows] = True


def _lasting_level(walk: _Walk, row: int) -> int | None:
    """Begin a new level when a rise or fall has lasted long enough; returns the row it began on."""
    day = walk.days.day
    up, down = walk.up, walk.down
    # A level must leave a usual level behind it; this also guarantees that going back always makes progress.
    earliest = walk.level_start + _SET["usual_min_days"]
    if not ((up.inside and up.start >= earliest) or (down.inside and down.start >= earliest)):
        return None
    if (
        up.inside
        and up.start >= earliest
        and day[row] - day[up.start] >= _SET["shift_up_days"]
        and _distance(walk, up, row) >= _RISE
    ):
        return _new_level(walk, up.start, row, 1)
    if (
        down.inside
        and down.start >= earliest
        and row - down.start + 1 >= _SET["shift_down_days"]
        and _distance(walk, down, row) <= -_RISE
    ):
        return _new_level(walk, down.start, row, -1)
    return None


_RISE = _SET["shift_min_rise"]


def _distance(walk: _Walk, evidence: Evidence, row: int) -> float:
    scores = walk.scores[evidence.start : row + 1]
    known = scores[~np.isnan(scores)]
    return float(np.median(known)) if known.size else 0.0


def _new_level(walk: _Walk, first: int, row: int, direction: int) -> int:
    walk.spans = [span for span in walk.spans if span.last < first]
    walk.spans.append(Span(first, row, False, walk.usual, direction))
    walk.apart[first:] = walk.days.answer[first:] == 1
    walk.level_start = first
    walk.usual = None
    walk.up.restart(first)
    walk.down.restart(first)
    walk.next_block = first
    return first


def _finish(walk: _Walk) -> None:
    if walk.up.inside and len(walk.days):
        unlogged = walk.days.last_day - int(walk.days.day[-1])
        _close(walk, walk.up.last, still_open=unlogged <= _SET["longest_gap_days"])
