"""What a plan is asked about: passive treatment alone, owners, days that have passed, reviews nobody set."""

from dataclasses import replace

import pytest

from clinical.plan import EMPTY, Action, Goal, Plan, PlannedIntervention
from clinical.plan_warnings import RULES, PlanWarning, only_passive, warnings
from tests.clinical.diaries import on

TODAY = on(100)


def running(code: str, **others: object) -> PlannedIntervention:
    found = PlannedIntervention(code, owner_name="B. Physio", review=on(120), status="active", intervention_id=3)
    return replace(found, **others)  # type: ignore[arg-type]


def kinds(plan: Plan) -> list[str]:
    return [each.kind for each in warnings(plan, TODAY)]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["massage"], True),
        (["massage", "heat", "medication_otc"], True),
        (["massage", "pacing"], False),
        (["massage", "medication_review"], False),  # of both classes
        (["walking"], False),
        (["massage", "a code of another clinic"], False),
        ([], False),
    ],
)
def test_a_plan_of_passive_measures_alone_is_told(codes: list[str], expected: bool) -> None:
    assert only_passive([running(code) for code in codes], TODAY) is expected


@pytest.mark.parametrize("status", ["planned", "active", "paused"])
def test_passive_measures_alone_are_told_before_they_begin_and_while_they_pause(status: str) -> None:
    assert only_passive([running("massage", status=status), running("heat", status="planned")], TODAY)


def test_what_was_finished_stopped_or_has_ended_is_not_on_the_plan() -> None:
    over = [running("massage", status="stopped"), running("heat", status="finished"), running("massage", end=on(99))]

    assert not only_passive(over, TODAY)


def test_active_treatment_that_is_planned_or_paused_counts_and_what_was_stopped_does_not() -> None:
    massage = running("massage")

    assert not only_passive([massage, running("walking", status="planned")], TODAY)
    assert not only_passive([massage, running("walking", status="paused")], TODAY)
    assert only_passive([massage, running("walking", status="stopped"), running("walking", status="finished")], TODAY)
    assert only_passive([massage, running("walking", end=on(99))], TODAY)


def test_what_has_ended_and_is_still_marked_as_active_is_told() -> None:
    yoga = running("yoga", end=on(99))

    (found,) = warnings(replace(EMPTY, interventions=(yoga,)), TODAY)
    assert (found.kind, found.what, found.day) == ("still_active", "yoga", on(99))
    for other in (replace(yoga, end=TODAY), replace(yoga, status="finished"), replace(yoga, end=None)):
        assert kinds(replace(EMPTY, interventions=(other,))) == []


def test_the_rule_of_passive_measures_names_the_article_and_that_it_is_our_own() -> None:
    found = warnings(replace(EMPTY, interventions=(running("massage"),)), TODAY)

    assert [(w.kind, w.item, w.number, w.what) for w in found] == [("only_passive", "plan", 0, "")]
    assert "source article" in found[0].rule
    assert found[0].rule.endswith("[P]")


def test_a_goal_without_owner_past_its_day_and_without_review_has_three_warnings() -> None:
    goal = Goal("Walk to school", due=on(99), goal_id=4)

    found = warnings(replace(EMPTY, goals=(goal,)), TODAY)

    assert [(w.kind, w.what, w.item, w.number, w.day) for w in found] == [
        ("no_owner", "Walk to school", "goal", 4, None),
        ("overdue", "Walk to school", "goal", 4, on(99)),
        ("no_review", "Walk to school", "goal", 4, None),
    ]


def test_a_day_is_passed_only_the_day_after() -> None:
    goal = Goal("Walk", due=TODAY, review=TODAY, owner_user_id=7)
    action = Action("Call", due=TODAY, owner_user_id=7)

    assert kinds(replace(EMPTY, goals=(goal,), actions=(action,))) == []
    late = replace(EMPTY, goals=(replace(goal, review=on(99)),), actions=(replace(action, due=on(99)),))
    assert kinds(late) == ["review_overdue", "overdue"]


def test_what_is_over_is_not_warned_of() -> None:
    plan = replace(
        EMPTY,
        goals=(Goal("Walk", due=on(1), status="completed"), Goal("Swim", due=on(1), status="cancelled")),
        interventions=(PlannedIntervention("walking", status="finished"), PlannedIntervention("yoga", end=on(9))),
        actions=(Action("Call", due=on(1), status="done"), Action("Write", due=on(1), status="cancelled")),
    )

    assert kinds(plan) == []


def test_an_intervention_is_called_by_its_label_and_a_discipline_is_no_owner() -> None:
    each = running("pacing", owner_name=" ", discipline="physiotherapy", review=on(90))

    assert warnings(replace(EMPTY, interventions=(each,)), TODAY) == (
        PlanWarning("no_owner", "activity pacing", "intervention", 3, RULES["no_owner"]),
        PlanWarning("review_overdue", "activity pacing", "intervention", 3, RULES["review_overdue"], on(90)),
    )


def test_heat_at_home_needs_no_owner_but_a_review() -> None:
    heat = PlannedIntervention("heat", status="active"), running("walking")

    assert [(w.kind, w.what) for w in warnings(replace(EMPTY, interventions=heat), TODAY)] == [
        ("no_review", "heat: pack, bath, shower")
    ]


def test_an_action_nobody_has_taken_on_is_told() -> None:
    assert kinds(replace(EMPTY, actions=(Action("Call", discipline="nursing"),))) == ["no_owner"]
    assert kinds(replace(EMPTY, actions=(Action("Call", owner_name="the GP"),))) == []
