"""Where episodes start and end, in two looks at the diary.

The first look goes day by day and never ahead: two readings of the days so far (all is usual now; an episode began on
some day and still goes on) are weighed against each other by a log-likelihood. It finds lasting new levels, and the
days that are not usual, from which the usual level must not be learnt. The second look (`flare_review`) then judges
every day with what is around it, against the usual level before and after; its runs of days are the episodes. An
unlogged day adds nothing in either, and a flare of today needs no later day to be recognised.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clinical.flare_review import Review, review
from clinical.flare_signals import SD_OF_MEAN_DEVIATION, SETTING, Floats, LoggedDays, Rows, Usual, learn_usual, score

_NEVER = -1e300
"""The evidence for a reading that is not possible now."""


@dataclass(slots=True)
class Evidence:
    """Two paths through the days so far: usual now, or in an episode now, and where the present one began."""

    to_start: float
    to_end: float
    usual: float = 0.0
    apart: float = _NEVER
    start: int = 0
    last: int = 0
    inside: bool = False

    def restart(self, row: int) -> None:
        """Forget everything before `row`."""
        self.usual = 0.0
        self.apart = _NEVER
        self.start = self.last = row
        self.inside = False

    def last_so_far(self, row: int) -> int:
        """The last day of the present episode if nothing is known after `row`."""
        return row if self.apart - self.to_end > self.usual else self.last

    def add(self, row: int, begin: float, stay: float, end: float) -> int | None:
        """Take one day's evidence; the row of the last day of an episode that this day closes, else None."""
        if self.inside:
            ended = self.apart + end - self.to_end
            self.apart += stay
            if ended > self.usual:
                self.usual, self.last = ended, row - 1
            if self.usual > self.apart:
                self.inside, self.usual, self.apart = False, 0.0, _NEVER
                return self.last
            return None
        begun = begin - self.to_start
        self.apart += stay
        if begun >= self.apart:
            self.apart, self.start = begun, row
        if self.apart > 0:
            self.inside, self.usual, self.apart, self.last = True, _NEVER, 0.0, row
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
    before: float = 0.0
    opening: tuple[bytes, Usual | None] = (b"", None)


def find_spans(days: LoggedDays) -> tuple[list[Span], Floats]:
    """The episodes of a diary in order, and the score of each logged day (NaN without a usual level)."""
    walk = _walked(days)
    levels = [span for span in walk.spans if span.shift]
    level = np.zeros(len(days), np.int64)
    level[[span.first for span in levels]] = 1
    found = review(days, np.cumsum(level), walk.apart)
    spans = [*levels, *_episodes(days, found, levels)]
    return sorted([*spans, *_spikes(days, found, spans)], key=lambda span: span.first), found.scores


def _walked(days: LoggedDays) -> _Walk:
    """The first look: levels, and the days that are not usual."""
    walk = _Walk(days)
    walk.scores = np.full(len(days), np.nan)
    walk.apart = days.answer == 1
    apart_by = np.diff(days.day, prepend=days.day[:1] - _LONG_AGO).astype(np.float64)
    gaps = (apart_by - 1 > SETTING["longest_gap_days"]).tolist()
    row = 0
    while row < len(days):
        _begin_block(walk, row)
        row = _walk_block(walk, row, _evidence(walk, row, apart_by), gaps)
    _finish(walk)
    return walk


def _episodes(days: LoggedDays, found: Review, levels: Sequence[Span]) -> list[Span]:
    """Runs of days more likely in an episode than not; a long gap, or the first day of a new level, ends a run."""
    inside = found.chance >= SETTING["chance_inside"]
    inside[[span.first for span in levels]] = False  # a new level keeps its own first day
    parted = np.diff(days.day, prepend=days.day[:1]) - 1 > SETTING["longest_gap_days"]
    before = np.concatenate(([False], inside[:-1])) & ~parted
    first = np.flatnonzero(inside & ~before)
    after = np.concatenate((before[1:], [False])) & np.concatenate((inside[1:], [False]))
    last = np.flatnonzero(inside & ~after)
    runs = list(zip(first.tolist(), last.tolist(), strict=True))
    return [
        Span(
            a, b, (a, b) == runs[-1] and _still_open(days, a, b), found.usual[a]
        )  # what is followed by another is over
        for a, b in runs
    ]


def _still_open(days: LoggedDays, first: int, last: int) -> bool:
    """Whether too few usual days were logged since to call it over, and the last is not long ago."""
    since = len(days) - 1 - last
    if since >= SETTING["usual_days_to_close"]:
        return False
    fresh = int(days.last_day - days.day[-1]) <= SETTING["longest_gap_days"]
    lasting = days.day[last] - days.day[first] + 1 >= SETTING["flare_min_days"]
    return fresh and (lasting or since == 0)


_LONG_AGO = 1000


def _walk_block(walk: _Walk, row: int, evidence: Sequence[Sequence[float]], gaps: Sequence[bool]) -> int:
    """Take the days of a block; the row to go on with, which is an earlier one when a new level was found."""
    up, down = walk.up, walk.down
    for begin, stay, end, better_begin, better_stay, better_end in evidence:
        if gaps[row]:
            _split(walk, row)
        closed = up.add(row, begin, stay, end)
        if closed is not None:
            _close(walk, closed, still_open=False)
            up.start = row + 1
        if down.add(row, better_begin, better_stay, better_end) is not None:
            down.start = row + 1
        if up.inside or down.inside:
            restart = _lasting_level(walk, row)
            if restart is not None:
                return restart
        row += 1
    return row


def _spikes(days: LoggedDays, found: Review, spans: Sequence[Span]) -> list[Span]:
    """Single days, or two in a row, so far above usual that they need no further evidence."""
    high = (found.scores >= SETTING["spike_rise"]) | (days.answer == 1)  # NaN compares as false
    for span in spans:  # a shift keeps its own first day
        until = span.first + 1 if span.shift else None if span.open else span.last + 1
        high[span.first : until] = False
    day = days.day
    rows: list[tuple[int, int]] = []
    for row in np.flatnonzero(high).tolist():
        if rows and rows[-1][0] == row - 1 and rows[-1][1] == row - 1 and day[row] - day[row - 1] == 1:
            rows[-1] = (row - 1, row)
        else:
            rows.append((row, row))
    return [Span(a, b, _still_open(days, a, b), found.usual[a]) for a, b in rows]


def _begin_block(walk: _Walk, row: int) -> None:
    """Renew the usual level and score the next block of logged days."""
    end = min(row + int(SETTING["block_days"]), len(walk.days))
    walk.next_block = end
    if not (walk.up.inside or walk.down.inside) or walk.usual is None:
        walk.usual = _usual_at(walk, row)
    if walk.usual is None:
        walk.scores[row:end] = np.nan
        return
    first = row - 1 if row > walk.level_start else row  # the day before, as seen from the present usual level
    scores = score(walk.days, slice(first, end), walk.usual)
    walk.before = float(scores[0]) if first < row else 0.0
    walk.scores[row:end] = scores[row - first :]


def _evidence(walk: _Walk, row: int, apart_by: Floats) -> list[list[float]]:
    """Per day of the block what it says for an episode that begins on it, goes on, or ended the day before.

    Three numbers for worse and three for better: log-likelihoods against a usual day after a usual day. What carries
    over from the day before is taken off first, so that a jump counts where days creep. The own answer comes on top.
    """
    rows = slice(row, walk.next_block)
    if walk.usual is None:
        found = np.zeros((6, walk.next_block - row))
    else:
        found = _against_usual(walk.scores[rows], walk.before, apart_by[rows], walk.usual.carry)
    answer = walk.days.answer[rows]
    said = answer > 0
    if said.any():  # what the person calls a flare is not held against one
        found[:2, said] = np.maximum(found[:2, said], SETTING["answer_least"]) + SETTING["answer_yes"]
    found[:2, answer == 0] += SETTING["answer_no"]
    return found.T.tolist()


def _against_usual(scores: Floats, before: float, apart_by: Floats, carry: float) -> Floats:
    kept = min(carry * SETTING["carry_scale"] + SETTING["carry_plus"], SETTING["carry_most"]) ** apart_by
    fresh = scores.copy()
    fresh[0] -= kept[0] * before
    fresh[1:] -= kept[1:] * scores[:-1]
    moved = fresh + _FIXED + _CARRIED * kept
    spread = SETTING["freedom"] * SETTING["variance"] * (1 - kept * kept)
    likelihood = -0.5 * (SETTING["freedom"] + 1) * np.log1p(moved * moved / spread)
    found: Floats = likelihood[1:] - likelihood[0]
    return found


def _columns_of(height: float) -> list[tuple[float, float]]:
    """What is taken off a day's score, fixed and per unit carried over: the episode begins, goes on, ended."""
    return [(-height, 0.0), (-height, height), (0.0, height)]


_EACH = np.array([(0.0, 0.0), *_columns_of(SETTING["height"]), *_columns_of(-SETTING["height_down"])])
_FIXED, _CARRIED = _EACH[:, :1], _EACH[:, 1:]


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
    if usual is None:
        return None
    ordinary = rows[_ordinary(score(days, rows, usual))]
    return usual if len(ordinary) == len(rows) else learn_usual(days, ordinary)


def _ordinary(scores: Floats) -> NDArray[np.bool_]:
    """The days not far above the middle, measured by the days below it: flares stretch one side only."""
    middle = float(np.median(scores))
    below = middle - scores[scores < middle]
    sd = SD_OF_MEAN_DEVIATION * float(below.mean()) if below.size else 1.0
    ordinary: NDArray[np.bool_] = scores - middle <= SETTING["opening_most"] * min(
        max(sd, SETTING["opening_least_sd"]), 1.0
    )
    return ordinary


def _split(walk: _Walk, row: int) -> None:
    """A long gap ends whatever was going on at its last day of evidence, and nothing is carried over it."""
    if walk.up.inside:
        _close(walk, walk.up.last_so_far(row - 1), still_open=False)
    walk.up.restart(row)
    walk.down.restart(row)


def _close(walk: _Walk, last: int, *, still_open: bool) -> None:
    """Set its days apart if the person called it a flare, or if it rises far enough out of what chance does."""
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
        _close(walk, walk.up.last_so_far(len(walk.days) - 1), still_open=unlogged <= SETTING["longest_gap_days"])
