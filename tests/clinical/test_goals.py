"""Goal attainment scaling on the reference's worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.goals import ScaledGoal, attainment_t_score, weight
from clinical.rounding import displayed

Goals = list[tuple[float, int | None]]
levels = st.integers(-2, 2)
weights = st.integers(0, 9)


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ([(1, 0), (1, 0), (1, 0)], 50.0),
        ([(1, 1), (1, 1), (1, 0)], 59.1),
        ([(1, -1), (1, -1), (1, -1)], 36.3),
        ([(1, 2), (1, 2), (1, 2)], 77.4),
        ([(3, 1), (2, 0), (1, -1)], 54.4),
        ([(2, -2)], 30.0),
    ],
)
def test_the_worked_examples_come_out_as_printed(goals: Goals, expected: float) -> None:
    found = attainment_t_score(goals)
    assert found is not None
    assert displayed(found) == expected


@pytest.mark.parametrize("goals", [[], [(0, 2), (0, -1)], [(1, 1), (1, None)]])
def test_without_weight_or_with_a_goal_not_scored_nothing_is_computed(goals: Goals) -> None:
    assert attainment_t_score(goals) is None


@pytest.mark.parametrize("goals", [[(1, 3)], [(1, -3)], [(-1, 0)], [(float("nan"), 0)]])
def test_a_level_or_weight_that_cannot_be_is_refused(goals: Goals) -> None:
    with pytest.raises(ValueError, match="goal"):
        attainment_t_score(goals)


def test_the_weight_is_importance_times_difficulty() -> None:
    assert (weight(3, 2), weight(0, 3)) == (6, 0)
    with pytest.raises(ValueError, match="0 to 3"):
        weight(4, 1)


@given(st.lists(st.tuples(weights, levels), min_size=1), st.data())
def test_a_goal_that_went_better_never_lowers_the_score_and_order_does_not_matter(
    goals: list[tuple[int, int]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(goals) - 1))
    better = [ScaledGoal(w, min(x + 1, 2) if i == place else x) for i, (w, x) in enumerate(goals)]
    before, after = attainment_t_score(goals), attainment_t_score(better)
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before
    shuffled = attainment_t_score(data.draw(st.permutations(goals)))
    assert shuffled == (None if before is None else pytest.approx(before))
