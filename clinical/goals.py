"""Goal attainment scaling: how far a person's goals were reached, as one T score (reference 9.7).

Source: Turner-Stokes L. Clin Rehabil 2009;23:362-370, the formula as its erratum corrects it [V].
"""

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from clinical.thresholds import limit

EXPECTED = 50.0
"""The T score when every goal came out as expected."""
LEVELS = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "better than expected",
    2: "much better than expected",
}


class ScaledGoal(NamedTuple):
    """A goal's weight (importance 0-3 times difficulty 0-3; 1 unweighted) and its level -2..+2, None not scored yet."""

    weight: float
    attainment: int | None


def weight(importance: int, difficulty: int) -> int:
    """The weight 0-9 of a goal of that importance and difficulty, 0-3 each. Raises ValueError outside of them."""
    if not (0 <= importance <= 3 and 0 <= difficulty <= 3):
        raise ValueError("importance and difficulty are whole numbers from 0 to 3")
    return importance * difficulty


def attainment_t_score(goals: Iterable[ScaledGoal | tuple[float, int | None]]) -> float | None:
    """The T score of those goals: 50 is as expected, 10 points one standard deviation.

    None where it cannot be computed: no goal, every weight 0, or a goal that was not scored (missing is never 0).
    Raises ValueError for a negative weight or a level outside -2..+2.
    """
    scored = [_checked(*goal) for goal in goals]
    if any(level is None for _, level in scored):
        return None
    weights = [each for each, _ in scored]
    shared = limit("gas_correlation")
    spread = (1 - shared) * sum(each * each for each in weights) + shared * sum(weights) ** 2
    if spread <= 0:
        return None
    return EXPECTED + 10 * sum(each * (level or 0) for each, level in scored) / sqrt(spread)


def _checked(each: float, level: int | None) -> ScaledGoal:
    if not each >= 0:
        raise ValueError("a goal's weight is 0 or more")
    if level is not None and level not in LEVELS:
        raise ValueError("a goal is scored with a whole number from -2 to +2")
    return ScaledGoal(each, level)
