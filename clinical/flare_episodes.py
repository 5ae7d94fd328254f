"""Where episodes start and end: evidence for "this is a flare" is added up day by day.

A flare is recognised when the sum has risen by `evidence_to_start` above its lowest point, and is over when it has
fallen by `evidence_to_end` below its highest; it runs from the day after the lowest to the day of the highest. Nothing
after a day is used to recognise a flare on it, an unlogged day adds nothing, and once closed an episode stays.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clinical.flare_signals import SETTING, Floats, LoggedDays, Rows, Usual, learn_usual, score


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
    up: Evidence = field(default_factory=lambda: Evidence(SETTING["evidence_to_start"], SETTING["evidence_to_end"]))
    down: Evidence = field(default_factory=lambda: Evidence(SETTING["evidence_to_start"], SETTING["evidence_to_end"]))
    scores: Floats = field(default_factory=lambda: np.empty(0))
    apart: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    spans: list[Span] = field(default_factory=list)
    next_block: int = 0
    opening: tuple[bytes, Usual | None] = (b"", None)
    usual_at: list[Usual | None] = field(default_factory=list)


def find_spans(days: LoggedDays) -> tuple[list[Span], Floats]:
    """The episodes of a diary in order, and the score of each logged day (NaN before the usual level is known)."""
    walk = _Walk(days)
    walk.scores = np.full(len(days), np.nan)
    walk.apart = days.answer == 1
    walk.usual_at = [None] * len(days)
    gap_before = np.diff(days.day, prepend=days.day[:1]) - 1 > SETTING["longest_gap_days"]
    answers = days.answer.tolist()
    gaps = gap_before.tolist()
    row = 0
    for_flare: list[float] = []
    for_better: list[float] = []
    offset = 0
    while row < len(days):
        if row >= walk.next_block:
            _begin_block(walk, row)
            offset = row
            for_flare, for_better = _evidence(walk, row)
        if gaps[row]:
            _split(walk, row)
        restart = _take(walk, row, for_flare[row - offset], for_better[row - offset], answers[row])
        row = row + 1 if restart is None else restart
    _finish(walk)
    spans = sorted([*walk.spans, *_spikes(walk)], key=lambda span: span.first)
    return spans, walk.scores


def _spikes(walk: _Walk) -> list[Span]:
    """Single days, or two in a row, so far above usual that they need no further evidence."""
    high = walk.scores >= SETTING["spike_rise"]  # NaN compares as false
    for span in walk.spans:  # a shift keeps its own first day
        until = span.first + 1 if span.shift else None if span.open else span.last + 1
        high[span.first : until] = False
    rows = np.flatnonzero(high).tolist()
    day = walk.days.day
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][0] == row - 1 and found[-1][1] == row - 1 and day[row] - day[row - 1] == 1:
            found[-1] = (row - 1, row)
        else:
            found.append((row, row))
    fresh = walk.days.last_day - SETTING["longest_gap_days"]
    final = len(walk.days) - 1
    return [Span(a, b, b == final and int(day[b]) >= fresh, walk.usual_at[a]) for a, b in found]


def _begin_block(walk: _Walk, row: int) -> None:
    """Renew the usual level and score the next block of logged days."""
    end = min(row + int(SETTING["block_days"]), len(walk.days))
    walk.next_block = end
    if not (walk.up.inside or walk.down.inside) or walk.usual is None:
        walk.usual = _usual_at(walk, row)
    walk.usual_at[row:end] = [walk.usual] * (end - row)
    walk.scores[row:end] = np.nan if walk.usual is None else score(walk.days, slice(row, end), walk.usual)


def _evidence(walk: _Walk, row: int) -> tuple[list[float], list[float]]:
    """What each day's score says for a flare, and for a better spell; before the usual level is known it says nothing.

    Where much carries over from day to day, a chance rise lasts: a day must then be further out to speak for a flare.
    """
    if walk.usual is None:
        nothing = [0.0] * (walk.next_block - row)
        return nothing, nothing
    zero = SETTING["evidence_zero"] + SETTING["evidence_zero_carry"] * walk.usual.carry
    scores = walk.scores[row : walk.next_block]
    both = SETTING["evidence_slope"] * (np.stack((scores, -scores)) - zero)
    for_flare, for_better = np.minimum(np.maximum(both, SETTING["evidence_least"]), SETTING["evidence_most"]).tolist()
    return for_flare, for_better


def _usual_at(walk: _Walk, row: int) -> Usual | None:
    """The usual level on `row`, from the last logged days outside episodes; early on, from the start of this level."""
    settled = min(row, walk.up.start, walk.down.start) if row > walk.level_start else row
    window = int(SETTING["usual_window_days"])
    before = walk.level_start + np.flatnonzero(~walk.apart[walk.level_start : settled])
    if len(before) >= window:
        return learn_usual(walk.days, before[-window:])
    day = walk.days.day
    until = int(np.searchsorted(day, day[walk.level_start] + SETTING["usual_start_days"]))
    until = max(min(until, walk.level_start + window), settled)
    opening = walk.level_start + np.flatnonzero(~walk.apart[walk.level_start : until])
    rows = opening[-window:]
    key = rows.tobytes()
    if walk.opening[0] != key:  # the first weeks of a level share one opening
        walk.opening = (key, _from_opening(walk.days, rows))
    return walk.opening[1]


def _from_opening(days: LoggedDays, rows: Rows) -> Usual | None:
    """The usual level of an opening in which flares have not been looked for yet: days far above it are left out."""
    usual = learn_usual(days, rows)
    for _ in range(2):
        if usual is None:
            break
        ordinary = rows[score(days, rows, usual) <= SETTING["opening_most"]]
        if len(ordinary) == len(rows):
            break
        rows, usual = ordinary, learn_usual(days, ordinary)
    return usual


def _split(walk: _Walk, row: int) -> None:
    """A long gap ends whatever was going on at its last day of evidence, and nothing is carried over it."""
    if walk.up.inside:
        _close(walk, walk.up.last, still_open=False)
    walk.up.restart(row)
    walk.down.restart(row)


def _take(walk: _Walk, row: int, for_flare: float, for_better: float, answer: float) -> int | None:
    """Take one logged day; the row to go back to when a lasting new level was found, else None."""
    up, down = walk.up, walk.down
    if answer == answer:
        for_flare += SETTING["answer_yes"] if answer > 0 else SETTING["answer_no"]
    closed = up.add(row, for_flare)
    if closed is not None:
        _close(walk, closed, still_open=False)
        up.start = row + 1
    if down.add(row, for_better) is not None:
        down.start = row + 1
    return _lasting_level(walk, row) if up.inside or down.inside else None


def _close(walk: _Walk, last: int, *, still_open: bool) -> None:
    """Keep the episode when the person called it a flare, or when it rises far enough out of what chance does."""
    first = walk.up.start
    rows = slice(first, last + 1)
    if bool((walk.days.answer[rows] == 1).any()) or _stands_out(walk, rows):
        walk.spans.append(Span(first, last, still_open, walk.usual))
        walk.apart[rows] = True


def _stands_out(walk: _Walk, rows: slice) -> bool:
    scores = walk.scores[rows]
    known = scores[~np.isnan(scores)]
    if not known.size or walk.usual is None:
        return False
    rise = float(known.mean())
    carry = walk.usual.carry
    independent_days = max(known.size * (1 - carry) / (1 + carry), 1.0)
    return rise >= SETTING["least_rise"] and rise * independent_days**0.5 >= SETTING["least_strength"]


def _lasting_level(walk: _Walk, row: int) -> int | None:
    """Begin a new level when a rise or fall has lasted long enough; returns the row it began on."""
    day = walk.days.day
    up, down = walk.up, walk.down
    # A level must leave a usual level behind it; this also guarantees that going back always makes progress.
    earliest = walk.level_start + SETTING["usual_min_days"]
    if not ((up.inside and up.start >= earliest) or (down.inside and down.start >= earliest)):
        return None
    if (
        up.inside
        and up.start >= earliest
        and day[row] - day[up.start] >= SETTING["shift_up_days"]
        and _distance(walk, up, row) >= SETTING["shift_min_rise"]
    ):
        return _new_level(walk, up.start, row, 1)
    if (
        down.inside
        and down.start >= earliest
        and row - down.start + 1 >= SETTING["shift_down_days"]
        and _distance(walk, down, row) <= -SETTING["shift_min_rise"]
    ):
        return _new_level(walk, down.start, row, -1)
    return None


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
        _close(walk, walk.up.last, still_open=unlogged <= SETTING["longest_gap_days"])
