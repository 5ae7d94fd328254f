"""The second look at a diary: which days were more likely in an episode than not, everything around them considered.

Three readings of a day: usual, a moderate rise, a high one (a Markov chain with three states). What a day says for
each is a likelihood against a usual day, after what carries over from the day before is taken off; the chain adds up
over every way in which the days before and after can be read (forward and backward). So a fall back to usual speaks
for the episode it ends, a ramp goes from moderate to high, and no single day decides. The usual level comes from days
before and after. On the last logged day nothing later exists: there it is a judgement of the day itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clinical.flare_signals import SETTING, Floats, LoggedDays, Rows, Usual, learn_each, scores_against

Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Review:
    """Per logged day: score in sd (NaN without a usual level), what it was measured against, chance of an episode."""

    scores: Floats
    usual: Sequence[Usual | None]
    chance: Floats


def review(days: LoggedDays, level: Whole, apart: Bools) -> Review:
    """The second look. `level`: number of the level of each day; `apart`: days the usual level is not learnt from."""
    if not len(days):
        return Review(np.empty(0), [], np.empty(0))
    block, first = _blocks(days, level)
    usual = learn_each(days, [_window(days, level, ~apart, row) for row in first.tolist()])
    scores = scores_against(days, usual, block)
    carry = np.array([0.0 if one is None else one.carry for one in usual])[block]
    chance = _chances(days, level, scores, carry)
    return Review(scores, [usual[each] for each in block.tolist()], chance)


def _blocks(days: LoggedDays, level: Whole) -> tuple[Rows, Rows]:
    """Per day the number of its stretch of `block_days` calendar days in one level, and the first day of each."""
    stretch = (days.day - days.day[0]) // int(SETTING["review_block_days"])
    fresh = np.ones(len(days), np.bool_)
    fresh[1:] = (stretch[1:] != stretch[:-1]) | (level[1:] != level[:-1])
    return np.cumsum(fresh) - 1, np.flatnonzero(fresh)


def _window(days: LoggedDays, level: Whole, ordinary: Bools, row: int) -> Rows:
    """The days around a stretch that its usual level is learnt from; from twice as far back where those are few."""
    day = days.day
    block = int(SETTING["review_block_days"])
    start = int(day[0]) + (int(day[row]) - int(day[0])) // block * block
    rows = np.empty(0, np.intp)
    for times in (1, 2):
        low = np.searchsorted(day, start - times * SETTING["review_days_before"])
        high = np.searchsorted(day, start + block + SETTING["review_days_after"])
        rows = low + np.flatnonzero(ordinary[low:high] & (level[low:high] == level[row]))
        if len(rows) >= SETTING["review_enough_days"]:
            break
    return rows


def _chances(days: LoggedDays, level: Whole, scores: Floats, carry: Floats) -> Floats:
    """How likely each day was in an episode (0-1)."""
    apart_by = np.diff(days.day, prepend=days.day[:1]).astype(np.float64)
    fresh = apart_by - 1 > SETTING["longest_gap_days"]
    fresh[1:] |= level[1:] != level[:-1]
    fresh[0] = True
    steps = _steps(scores, _kept(carry, apart_by, fresh), days.answer)
    steps[fresh, 1:] = steps[fresh, :1]  # nothing is carried over a long gap or into a new level
    forward, backward = _both_ways(steps)
    both = forward * backward
    chance: Floats = 1 - both[:, 0] / both.sum(axis=1)
    return chance


def _kept(carry: Floats, apart_by: Floats, fresh: Bools) -> Floats:
    """How much of the day before carries over to a day (0-1)."""
    kept: Floats = np.minimum(carry * SETTING["carry_scale"] + SETTING["carry_plus"], SETTING["carry_most"]) ** apart_by
    kept[fresh] = 0.0
    return kept


def _steps(scores: Floats, kept: Floats, answer: Floats) -> Floats:
    """Per day and pair of states (from, to): chance of the step times its likelihood against staying usual."""
    known = np.nan_to_num(scores, nan=0.0)
    fresh = known.copy()
    fresh[1:] -= kept[1:] * known[:-1]
    moved = fresh + _TO + _FROM * kept
    spread = SETTING["freedom"] * SETTING["variance"] * (1 - kept * kept)
    likelihood = -0.5 * (SETTING["freedom"] + 1) * np.log1p(moved * moved / spread)
    likelihood -= likelihood[0].copy()
    likelihood[:, np.isnan(scores)] = 0.0
    _add_answers(likelihood, answer)
    steps: Floats = np.exp(likelihood.T).reshape(-1, 3, 3) * _STEP
    return steps


def _add_answers(likelihood: Floats, answer: Floats) -> None:
    """The person's own answer on top; what they call a flare is not held against one."""
    said = answer > 0
    if said.any():
        likelihood[np.ix_(_AWAY, said)] = (
            np.maximum(likelihood[np.ix_(_AWAY, said)], SETTING["answer_least"]) + SETTING["answer_yes"]
        )
    likelihood[np.ix_(_AWAY, answer == 0)] += SETTING["answer_no"]


_HEIGHTS = np.array([0.0, SETTING["height_moderate"], SETTING["height_high"]])
_TO = -np.tile(_HEIGHTS, 3)[:, None]
_FROM = np.repeat(_HEIGHTS, 3)[:, None]
_AWAY = np.flatnonzero(np.tile(_HEIGHTS, 3) > 0)


def _step_chances() -> Floats:
    """How often a day in one state (rows) is followed by one in another."""
    begin, end, change = SETTING["chance_begin"], SETTING["chance_end"], SETTING["chance_change"]
    moderate = SETTING["share_moderate"]
    return np.array(
        [
            [1 - begin, begin * moderate, begin * (1 - moderate)],
            [end, 1 - end - change, change],
            [end, change, 1 - end - change],
        ]
    )


_STEP = _step_chances()


def _both_ways(steps: Floats) -> tuple[Floats, Floats]:
    """Per day the weight of each state by the days until it, and by the days after it (each up to a factor).

    Days are taken in runs: products inside all runs at once, then from run to run.
    """
    count = len(steps)
    runs = -(-count // _RUN)
    padded = np.broadcast_to(np.eye(3), (runs * _RUN, 3, 3)).copy()
    padded[:count] = steps
    padded = padded.reshape(runs, _RUN, 3, 3)
    until, after = padded.copy(), padded.copy()
    for i in range(1, _RUN):
        np.matmul(until[:, i - 1], padded[:, i], out=until[:, i])
        np.matmul(padded[:, -1 - i], after[:, -i], out=after[:, -1 - i])
    before, beyond = _between(until[:, -1])
    forward = np.einsum("ri,rkij->rkj", before, until).reshape(-1, 3)[:count]
    backward = np.ones((runs, _RUN, 3))
    backward[:, -1] = beyond
    backward[:, :-1] = np.einsum("rkij,rj->rki", after[:, 1:], beyond)
    return forward, backward.reshape(-1, 3)[:count]


_RUN = 16


def _between(whole: Floats) -> tuple[Floats, Floats]:
    """The weights of the states before each run by all earlier ones, and after it by all later ones."""
    runs = len(whole)
    before, beyond = np.empty((runs, 3)), np.empty((runs, 3))
    ahead, back = np.array([1.0, 0.0, 0.0]), np.ones(3)
    for i, (here, there) in enumerate(zip(whole, whole[::-1], strict=True)):
        before[i], beyond[-1 - i] = ahead, back
        ahead, back = ahead @ here, there @ back
        ahead, back = ahead / np.add.reduce(ahead), back / np.add.reduce(back)
    return before, beyond
