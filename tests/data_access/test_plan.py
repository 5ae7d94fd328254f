"""The care plan on both engines: saved on the revision that was seen, rated, with its whole history."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import (
    EMPTY,
    Action,
    Formulation,
    Goal,
    Item,
    Pinned,
    Plan,
    PlannedIntervention,
    Revised,
)
from data_access import caseload, ingest, plan
from data_access.engine import reading, writing
from data_access.errors import Conflict, ExplainedError
from data_access.plan import Kept, Overtaken
from data_access.plan_records import KINDS, PlanKind, item_of
from data_access.records import ActionRecord, GoalRecord
from data_access.tables import plan_changes
from tests.data_access.made_up import NOW, PLANNER, TODAY, about, add

LATER = replace(PLANNER, user_id=8, name="Ms P", now=NOW + timedelta(hours=1))
PINNED = Pinned(Period(TODAY - timedelta(days=27), TODAY), "region", "b_lumbar_l")
GOAL = Goal(
    title="Schwimmen — 20 Bahnen", measure="lengths", baseline=0.0, target=20.5, unit="lengths",
    due=TODAY + timedelta(days=60), why="with my granddaughter", confidence=7, barriers="cold water", owner_user_id=7,
    review=TODAY + timedelta(days=28), importance=3, difficulty=2, baseline_attainment=-1, made=TODAY, evidence=PINNED,
)  # fmt: skip
INTERVENTION = PlannedIntervention(
    "pacing", "at the till", "physiotherapy", 9, "", "twice a week", TODAY, TODAY + timedelta(days=28), None, "active",
    goal_id=1, made=TODAY, evidence=PINNED,
)  # fmt: skip
ACTION = Action(
    "Ring the employer", TODAY, discipline="social_work", detail="phased return", owner_name="Herr Öz (daughter)",
    goal_id=1, meeting_id=4, made=TODAY, evidence=PINNED,
)  # fmt: skip
FORMULATION = Formulation("b", "p", "s", "two friends", "to lift my granddaughter")
ITEMS: tuple[Item, ...] = (FORMULATION, GOAL, INTERVENTION, ACTION)


@pytest.fixture
def clinic(engine: sa.Engine) -> sa.Engine:
    """One person with a goal and an action that came in a file."""
    goal = GoalRecord("Walk to the park", "minutes", 5, 20, "min", TODAY, attainment=-1, source_key="Goal/1")
    action = ActionRecord("Order a sleep diary", "psychology", due_day=TODAY, source_key="CarePlan/1#0")
    add(engine, about(goals=(goal,), actions=(action,)))
    return engine


def _saved(engine: sa.Engine, item: Kept, *, writer: plan.Writer = PLANNER, reason: str = "") -> Kept:
    with writing(engine) as conn:
        return plan.save(conn, 1, item, writer=writer, reason=reason)


def _plan(engine: sa.Engine) -> Plan:
    with reading(engine) as conn:
        return plan.load(conn, 1)


def _history(engine: sa.Engine, kind: PlanKind, number: int) -> list[plan.Change]:
    with reading(engine) as conn:
        return plan.history(conn, 1, kind, number)


def test_nobody_has_a_plan_before_something_is_agreed(engine: sa.Engine) -> None:
    add(engine, about())
    assert _plan(engine) == EMPTY
    assert _history(engine, "formulation", 0) == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_all_that_an_item_says_comes_back_with_its_number_and_who_made_it(engine: sa.Engine, item: Item) -> None:
    add(engine, about())
    kept = _saved(engine, item)
    made = _plan(engine)
    assert kept in (made.formulation, *made.goals, *made.interventions, *made.actions)
    counted = KINDS[_kind(item)].number
    number: dict[str, Any] = {counted: 1} if counted else {}
    assert kept == replace(item, revised=Revised(1, "Dr T", NOW), **number)
    (change,) = _history(engine, _kind(item), sum(number.values()))
    assert (change.before, change.revision, change.user_name) == ({}, 1, "Dr T")
    assert item_of(_kind(item), change.after) == item


def _kind(item: Item) -> PlanKind:
    return next(name for name, kind in KINDS.items() if kind.record is type(item))


def test_a_new_item_without_a_day_is_agreed_today(clinic: sa.Engine) -> None:
    kept = _saved(clinic, Goal("Swim"))
    assert (kept.goal_id, kept.made) == (2, TODAY)


def test_an_item_of_a_file_is_changed_like_any_other_and_keeps_its_beginning(clinic: sa.Engine) -> None:
    came = _plan(clinic)
    (goal,), (action,) = came.goals, came.actions
    assert goal.revised == action.revised == Revised(1, "", None)
    assert goal.made is None
    changed = _saved(clinic, replace(goal, title="Walk to the lake", evidence=PINNED), reason=" at the review ")
    assert changed == replace(goal, title="Walk to the lake", evidence=PINNED, revised=Revised(2, "Dr T", NOW))
    (change,) = _history(clinic, "goal", 1)
    assert (change.revision, change.reason) == (2, "at the review")
    assert (change.before["title"], change.after["title"]) == ("Walk to the park", "Walk to the lake")
    assert (change.before["evidence"], change.before["due"]) == (None, TODAY.isoformat())
    assert item_of("goal", change.before) == replace(goal, goal_id=0, revised=Revised())


def test_every_revision_stays_the_latest_first(clinic: sa.Engine) -> None:
    kept = _saved(clinic, FORMULATION)
    again = _saved(clinic, replace(kept, social="works again"), writer=LATER)
    _saved(clinic, replace(again, social=""), writer=LATER)
    said = [(change.revision, change.before.get("social"), change.after["social"], change.user_name)
            for change in _history(clinic, "formulation", 0)]  # fmt: skip
    assert said == [(3, "works again", "", "Ms P"), (2, "s", "works again", "Ms P"), (1, None, "s", "Dr T")]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_the_second_of_two_is_shown_what_the_first_saved_and_writes_nothing(clinic: sa.Engine, item: Item) -> None:
    seen = _saved(clinic, item)
    first = _saved(clinic, seen, writer=LATER, reason="first")
    before = _plan(clinic), _count(clinic)
    with pytest.raises(Overtaken) as overtaken, writing(clinic) as conn:
        plan.save(conn, 1, seen, writer=PLANNER)
    assert overtaken.value.theirs == first
    assert isinstance(overtaken.value, Conflict)
    assert (_plan(clinic), _count(clinic)) == before
    _saved(clinic, replace(seen, revised=overtaken.value.theirs.revised))


def _count(engine: sa.Engine) -> int:
    with reading(engine) as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(plan_changes)).scalar_one()


def test_a_second_first_formulation_is_shown_the_first(clinic: sa.Engine) -> None:
    first = _saved(clinic, FORMULATION)
    with pytest.raises(Overtaken) as overtaken, writing(clinic) as conn:
        plan.save(conn, 1, Formulation(matters="peace"), writer=LATER)
    assert overtaken.value.theirs == first


def test_an_item_that_is_not_there_cannot_be_changed(clinic: sa.Engine) -> None:
    for item in (replace(GOAL, goal_id=99), replace(ACTION, action_id=9, revised=Revised(3))):
        with pytest.raises(LookupError), writing(clinic) as conn:
            plan.save(conn, 1, item, writer=PLANNER)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (replace(GOAL, title="x" * 401), "title is longer than 400"),
        (replace(GOAL, target=float("nan")), "target is not a number"),
        (replace(GOAL, confidence=11), "confidence is not between 0 and 10"),
        (replace(GOAL, due=date(2222, 1, 1)), "due day is not between 1900 and 2200"),
        (replace(INTERVENTION, discipline="witchcraft"), "discipline is not one of"),
        (replace(INTERVENTION, status="over"), "status is not one of"),  # type: ignore[arg-type]
        (replace(FORMULATION, matters="x" * 4_001), "matters is longer than 4000"),
        (replace(ACTION, detail="a\x00b"), "characters that cannot be stored"),
        (replace(ACTION, detail="a\ud800b"), "characters that cannot be stored"),
    ],
)
def test_what_no_row_can_hold_is_refused_in_words_on_both_engines(clinic: sa.Engine, item: Item, why: str) -> None:
    with pytest.raises(ExplainedError, match=why), writing(clinic) as conn:
        plan.save(conn, 1, item, writer=PLANNER)


def test_a_reason_that_is_too_long_is_refused(clinic: sa.Engine) -> None:
    with pytest.raises(ExplainedError, match="longer than 400"), writing(clinic) as conn:
        plan.save(conn, 1, GOAL, writer=PLANNER, reason="x" * 401)


def test_a_goal_stands_where_it_was_rated_on_its_latest_day(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        last = plan.rate(conn, 1, 1, level=1, day=TODAY, remark=" 15 minutes ", writer=PLANNER)
        earlier = plan.rate(conn, 1, 1, level=-2, day=TODAY - timedelta(days=30), remark="", writer=LATER)
    (goal,) = _plan(clinic).goals
    assert (goal.attainment, goal.revised.revision) == (1, 1)
    assert _plan(clinic).ratings == (earlier, last)
    assert (last.remark, last.user_name, last.rated_at) == ("15 minutes", "Dr T", NOW)


def test_a_rating_that_is_sent_twice_is_one_rating(clinic: sa.Engine) -> None:
    def given(writer: plan.Writer, level: int = 1, remark: str = "uphill", day: date = TODAY) -> int:
        with writing(clinic) as conn:
            return plan.rate(conn, 1, 1, level=level, day=day, remark=remark, writer=writer).rating_id

    again = replace(PLANNER, now=LATER.now)
    assert [given(PLANNER), given(again), given(again, remark=" uphill ")] == [1, 1, 1]
    others = [given(LATER), given(again), given(again, remark="flat"), given(again, 0), given(again, 0, day=PASSED)]
    assert others == [2, 3, 4, 5, 6]
    assert [each.rating_id for each in _plan(clinic).ratings] == [6, 1, 2, 3, 4, 5]


def test_a_form_that_was_open_while_the_goal_was_rated_leaves_the_rating(clinic: sa.Engine) -> None:
    (seen,) = _plan(clinic).goals
    with writing(clinic) as conn:
        plan.rate(conn, 1, 1, level=2, day=TODAY, remark="", writer=LATER)
    kept = _saved(clinic, replace(seen, barriers="hills"))
    assert (kept.attainment, kept.barriers) == (2, "hills")


@pytest.mark.parametrize(("number", "level"), [(1, 3), (1, -3)])
def test_a_level_that_does_not_exist_is_refused(clinic: sa.Engine, number: int, level: int) -> None:
    with pytest.raises(ExplainedError, match="not between -2 and 2"), writing(clinic) as conn:
        plan.rate(conn, 1, number, level=level, day=TODAY, remark="", writer=PLANNER)


def test_a_goal_that_is_not_there_cannot_be_rated(clinic: sa.Engine) -> None:
    with pytest.raises(LookupError), writing(clinic) as conn:
        plan.rate(conn, 1, 99, level=0, day=TODAY, remark="", writer=PLANNER)
    assert _plan(clinic).ratings == ()


PASSED, TO_COME = TODAY - timedelta(days=9), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("item", "comes_up"),
    [
        (Goal("g", review=PASSED), True),
        (Goal("g", review=PASSED, status="on-hold"), True),
        (Goal("g", review=PASSED, status="completed"), False),
        (Goal("g", review=TODAY), False),
        (Goal("g", due=PASSED), False),
        (PlannedIntervention("pacing", review=PASSED, status="active"), True),
        (PlannedIntervention("pacing", review=PASSED, status="stopped", end=PASSED), False),
        (PlannedIntervention("pacing", review=PASSED, status="active", end=PASSED), False),
        (PlannedIntervention("pacing", review=TO_COME, status="active"), False),
        (Action("a", due=PASSED), True),
        (Action("a", due=PASSED, status="done", done=TODAY), False),
    ],
)
def test_a_review_whose_day_has_passed_comes_up_in_the_caseload(engine: sa.Engine, item: Item, comes_up: bool) -> None:
    add(engine, about())
    _saved(engine, item)
    with reading(engine) as conn:
        assert ("overdue" in caseload.reasons(conn, 1)) is comes_up


def test_a_file_read_again_after_its_items_were_changed_and_rated_adds_nothing(clinic: sa.Engine) -> None:
    (goal,), (action,) = _plan(clinic).goals, _plan(clinic).actions
    with writing(clinic) as conn:
        plan.rate(conn, 1, 1, level=1, day=TODAY, remark="", writer=PLANNER)
    changed = _saved(clinic, replace(goal, title="Walk to the lake", due=None))
    _saved(clinic, replace(changed, title="Walk"))
    _saved(clinic, replace(action, status="done", done=TODAY))
    before = _plan(clinic)
    came = GoalRecord("Walk to the park", "minutes", 5, 20, "min", TODAY, attainment=-1, source_key="Goal/1")
    there = ActionRecord("Order a sleep diary", "psychology", due_day=TODAY, source_key="CarePlan/1#0")
    with writing(clinic) as conn:
        again = ingest.add(conn, about(goals=(came,), actions=(there,)), now=NOW, as_of=TODAY)
    assert (again.added, again.already_there, again.rejected) == ({}, 2, [])
    with writing(clinic) as conn:
        other = ingest.add(conn, about(goals=(replace(came, target=30),)), now=NOW, as_of=TODAY)
    assert [each.why for each in other.rejected] == ["the same record is already there with other values"]
    assert _plan(clinic) == before
