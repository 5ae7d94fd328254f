"""Goal attainment scaling on the reference's worked examples."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.goals import Attained, ScaledGoal, attainment, attainment_t_score, course_of_t, weight, weights
from clinical.plan import EMPTY, Goal, Rating
from clinical.rounding import displayed

Goals = list[tuple[float, int | None]]
levels = st.integers(-2, 2)
some_weight = st.integers(0, 9)


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


@given(st.lists(st.tuples(some_weight, levels), min_size=1), st.data())
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


MADE, MARCH, JUNE = date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 1)


def goal(
    number: int, *, baseline: int | None = -1, weighed: tuple[int, int] | None = None, status: str = "active"
) -> Goal:
    importance, difficulty = weighed or (None, None)
    return Goal(
        f"Goal {number}",
        goal_id=number,
        baseline_attainment=baseline,
        importance=importance,
        difficulty=difficulty,
        made=MADE,
        status=status,
    )


def rated(number: int, level: int, day: date, place: int = 1) -> Rating:
    return Rating(number, level, day, "", "M. Physio", datetime(2026, 7, 1, tzinfo=UTC), place)


def shown(course: list[Attained]) -> list[tuple[date | None, float | None, str]]:
    return [(day, None if t is None else displayed(t), why) for day, t, why in course]


def test_the_course_starts_at_the_baseline_and_has_a_t_on_every_day_of_ratings() -> None:
    goals = [goal(1), goal(2), goal(3)]
    ratings = [*(rated(n, 0, MARCH, n) for n in (1, 2, 3)), rated(1, 1, JUNE, 4), rated(2, 1, JUNE, 5)]

    assert shown(course_of_t(goals, ratings)) == [(MADE, 36.3, ""), (MARCH, 50.0, ""), (JUNE, 59.1, "")]


def test_a_goal_that_was_not_rated_yet_keeps_the_t_from_being_computed_and_is_named() -> None:
    course = course_of_t([goal(1), goal(2, baseline=None)], [rated(1, 0, MARCH), rated(2, 0, JUNE, 2)])

    assert shown(course) == [
        (MADE, None, "not rated at the start: 'Goal 2'"),
        (MARCH, None, "not rated by then: 'Goal 2'"),
        (JUNE, 50.0, ""),
    ]


def test_the_later_of_two_ratings_of_one_day_counts() -> None:
    course = course_of_t([goal(1)], [rated(1, 2, MARCH, 2), rated(1, -2, MARCH, 1)])

    assert shown(course)[1:] == [(MARCH, 70.0, "")]


def test_goals_given_up_do_not_count_and_reached_ones_do() -> None:
    goals = [goal(1, status="completed"), goal(2, status="cancelled")]

    assert shown(course_of_t(goals, [rated(1, 0, MARCH), rated(2, -2, JUNE, 2)])) == [
        (MADE, 40.0, ""),
        (MARCH, 50.0, ""),
    ]
    assert course_of_t([goal(2, status="cancelled")], []) == []


def test_goals_weigh_by_importance_and_difficulty_only_when_every_goal_has_both() -> None:
    assert weights([goal(1, weighed=(3, 2)), goal(2, weighed=(1, 1))]) == (6, 1)
    assert weights([goal(1, weighed=(3, 3)), goal(2)]) == (1, 1)


def test_the_goals_because_of_which_every_weight_is_1_are_named() -> None:
    weighed, plain = goal(1, weighed=(3, 3)), goal(2)
    both = attainment(replace(EMPTY, goals=(weighed, plain, goal(3, status="cancelled"))))
    assert (both.unweighted, [part.weight for part in both.parts]) == (("Goal 2",), [1, 1])
    alone = attainment(replace(EMPTY, goals=(weighed,)))
    assert (alone.unweighted, [part.weight for part in alone.parts]) == ((), [9])


def test_a_weighted_course_comes_out_as_the_worked_example() -> None:
    goals = [goal(1, weighed=(3, 1)), goal(2, weighed=(2, 1)), goal(3, weighed=(1, 1))]
    ratings = [rated(1, 1, MARCH, 1), rated(2, 0, MARCH, 2), rated(3, -1, MARCH, 3)]

    assert shown(course_of_t(goals, ratings))[1:] == [(MARCH, 54.4, "")]


def test_weights_that_are_all_0_leave_nothing_to_compute() -> None:
    assert course_of_t([goal(1, weighed=(0, 3))], []) == [(MADE, None, "every goal has the weight 0")]
