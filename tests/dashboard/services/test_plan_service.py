"""Changing the care plan: who may, what is refused at which field, who is told that somebody was quicker."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from clinical.diary import Period
from clinical.plan import Action, Formulation, Goal, Item, PlannedIntervention
from clinical.record import Pinned, Revised
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import plan_goals
from dashboard.services import form_drafts, plan, plan_answers, plan_drafts, plan_saving
from dashboard.services.form_drafts import Sent
from dashboard.services.form_fields import Somebody
from dashboard.services.plan import PlanView
from dashboard.services.plan_answers import Filled, Rated
from dashboard.services.plan_saving import FieldsRefused
from data_access import patients
from data_access.engine import reading, writing
from data_access.plan import Overtaken
from data_access.tables import actions, audit_events, goals
from tests.conftest import AS_OF, NOW
from tests.dashboard.services.clinic import (
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)


@pytest.fixture
def team(sqlite_engine: Engine, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Two teams with one patient each, to write to."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", sqlite_url)
    made = fill(sqlite_engine)
    with writing(made) as conn:
        for table in (goals, actions):
            conn.execute(sa.delete(table))  # the year of diary brings a plan of its own
    return made


def view(engine: Engine, viewer: Viewer = PHYSIO) -> PlanView:
    with reading(engine) as conn:
        head = patients.head(conn, PATIENT)
    assert head is not None
    return plan.view(viewer, head, as_of=AS_OF)


def saved(item: Item, viewer: Viewer = PHYSIO) -> Item:
    """Fills in and saves the form of that item, on the revision that it says."""
    kind, number = plan.named(item)
    filled = Filled(kind, number, plan_answers.of(item, {}), item.revised.revision)
    return plan_saving.save(viewer, PATIENT, filled, now=NOW, as_of=AS_OF)


def refused(item: Item) -> dict[str, str]:
    with pytest.raises(FieldsRefused) as error:
        saved(item)
    return error.value.fields


def agreed_on(engine: Engine, goal: Item, day: date) -> None:
    """As if that goal had been agreed on that day."""
    assert isinstance(goal, Goal)
    with writing(engine) as conn:
        conn.execute(sa.update(goals).where(goals.c.goal_id == goal.goal_id).values(made_day=day))


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def test_what_is_saved_stands_on_the_plan_agreed_today(team: Engine) -> None:
    saved(Goal("Walk", "minutes"))
    (goal,) = view(team).plan.goals
    assert (goal.title, goal.made, goal.revised.user_name) == ("Walk", AS_OF, PHYSIO.name)


@pytest.mark.parametrize("viewer", [COORDINATOR, STRANGER])
def test_who_may_not_change_the_plan_is_refused_and_that_is_on_record(team: Engine, viewer: Viewer) -> None:
    with pytest.raises(NotPermitted):
        saved(Action("Call"), viewer)
    with pytest.raises(NotPermitted):
        plan_saving.rate(viewer, PATIENT, Rated(1, 0, AS_OF), now=NOW, as_of=AS_OF)
    assert view(team).plan.actions == ()
    with reading(team) as conn:
        events = conn.execute(sa.select(audit_events.c.action).where(audit_events.c.user_id == viewer.user_id))
        assert set(events.scalars()) == {"refused"}


def test_nobody_reads_the_plan_of_another_teams_patient(team: Engine) -> None:
    with reading(team) as conn:
        head = patients.head(conn, OTHER_TEAMS_PATIENT)
    assert head is not None
    with pytest.raises(NotPermitted):
        plan.view(PHYSIO, head, as_of=AS_OF)


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(team: Engine) -> None:
    assert set(refused(Goal("Walk", "", due=ago(1)))) == {"due", "measure"}
    assert set(refused(PlannedIntervention("leeches", discipline="astrology"))) == {"code", "discipline"}
    assert set(refused(PlannedIntervention("pacing", start=AS_OF, end=ago(1)))) == {"end"}
    assert set(refused(Action("  ", ago(1)))) == {"title", "due"}
    assert set(refused(Formulation(social="x" * 4_001))) == {"social"}
    found = view(team).plan
    assert (found.goals, found.interventions, found.actions) == ((), (), ())


def test_the_second_of_two_is_shown_what_the_first_one_saved(team: Engine) -> None:
    first = saved(Goal("Walk", "minutes"))
    assert isinstance(first, Goal)
    saved(replace(first, target=30.0), PSYCHOLOGIST)
    with pytest.raises(Overtaken) as late:
        saved(replace(first, target=45.0))
    assert (late.value.theirs.target, late.value.theirs.revised.user_name) == (30.0, PSYCHOLOGIST.name)
    assert view(team).plan.goals[0].target == 30.0


def test_an_action_is_done_today_by_whoever_said_so_unless_somebody_was_quicker(team: Engine) -> None:
    action = saved(Action("Call the employer", AS_OF))
    assert isinstance(action, Action)
    done = plan_saving.set_status(PSYCHOLOGIST, PATIENT, action, "done", now=NOW, as_of=AS_OF)
    assert (done.status, done.done, done.revised.user_name) == ("done", AS_OF, PSYCHOLOGIST.name)
    with pytest.raises(Conflict, match=PSYCHOLOGIST.name):
        plan_saving.set_status(PHYSIO, PATIENT, action, "cancelled", now=NOW, as_of=AS_OF)
    reopened = plan_saving.set_status(PHYSIO, PATIENT, done, "open", now=NOW, as_of=AS_OF)
    assert (reopened.status, reopened.done) == ("open", None)
    (change, *_) = plan.changes(PHYSIO, PATIENT, reopened)
    assert (change.before["status"], change.after["status"], change.user_name) == ("done", "open", PHYSIO.name)


def test_what_the_form_does_not_ask_is_never_taken_back_to_what_it_was_when_the_form_was_opened(team: Engine) -> None:
    action = saved(Action("Call the employer", AS_OF))
    assert isinstance(action, Action)
    done = plan_saving.set_status(PSYCHOLOGIST, PATIENT, action, "done", now=NOW, as_of=AS_OF)
    renamed = saved(replace(action, title="Call the school", revised=done.revised))
    assert isinstance(renamed, Action)
    assert (renamed.title, renamed.status, renamed.done) == ("Call the school", "done", AS_OF)


def test_an_item_that_is_not_on_the_plan_is_not_made_anew(team: Engine) -> None:
    with pytest.raises(ExplainedError, match="not on the plan"):
        saved(Goal("Gone", "minutes", goal_id=77, revised=Revised(2)))


def test_a_rating_needs_a_level_and_a_day_that_has_come(team: Engine) -> None:
    saved(Goal("Walk", "minutes"))
    for said, wrong in ((Rated(1, None, AS_OF), "level"), (Rated(1, 3, AS_OF), "level"), (Rated(1, 0, ago(-1)), "day")):
        with pytest.raises(FieldsRefused) as error:
            plan_saving.rate(PHYSIO, PATIENT, said, now=NOW, as_of=AS_OF)
        assert set(error.value.fields) == {wrong}
    with pytest.raises(FieldsRefused) as early:
        plan_saving.rate(PHYSIO, PATIENT, Rated(1, 0, ago(1)), now=NOW, as_of=AS_OF)
    assert "before the goal was agreed" in early.value.fields["day"]
    with pytest.raises(ExplainedError, match="not on the plan"):
        plan_saving.rate(PHYSIO, PATIENT, Rated(77, 0, AS_OF), now=NOW, as_of=AS_OF)
    assert view(team).plan.ratings == ()


def test_who_rates_is_told_of_another_rating_of_that_day_and_of_the_one_that_counts(team: Engine) -> None:
    agreed_on(team, saved(Goal("Walk", "minutes")), ago(9))
    first = plan_saving.rate(PSYCHOLOGIST, PATIENT, Rated(1, -1, AS_OF), now=NOW, as_of=AS_OF)
    assert (first.beside, plan_goals.rated_beside(first)) == ((), "")
    twice = plan_saving.rate(PSYCHOLOGIST, PATIENT, Rated(1, -1, AS_OF), now=NOW, as_of=AS_OF)
    assert (twice.rating, twice.beside) == (first.rating, ())
    second = plan_saving.rate(PHYSIO, PATIENT, Rated(1, 1, AS_OF), now=NOW, as_of=AS_OF)
    assert second.beside == (first.rating,)
    said = plan_goals.rated_beside(second)
    assert f"−1: less than expected, by {PSYCHOLOGIST.name}" in said and said.endswith(
        "This one was made last and counts."
    )
    earlier = plan_saving.rate(PHYSIO, PATIENT, Rated(1, 2, ago(9)), now=NOW, as_of=AS_OF)
    assert earlier.holds == second.rating
    assert plan_goals.rated_beside(earlier).endswith(f"by {PHYSIO.name}, still counts.")


def test_the_rating_of_the_last_day_holds(team: Engine) -> None:
    agreed_on(team, saved(Goal("Walk", "minutes", baseline_attainment=-2)), ago(9))
    for level, day in ((1, ago(1)), (-1, ago(9))):
        plan_saving.rate(PHYSIO, PATIENT, Rated(1, level, day), now=NOW, as_of=AS_OF)
    found = view(team)
    latest = found.rated(1)
    assert latest is not None and latest.level == 1
    assert (found.attainment.now, found.attainment.baseline) == (60.0, 30.0)


def test_the_score_is_not_computed_while_a_goal_lacks_a_rating(team: Engine) -> None:
    saved(Goal("Walk", "minutes"))
    saved(Goal("Sleep", "nights"))
    plan_saving.rate(PHYSIO, PATIENT, Rated(1, 1, AS_OF), now=NOW, as_of=AS_OF)
    found = view(team).attainment
    assert (found.now, found.why_not) == (None, "not rated yet: Sleep")


def test_who_works_with_the_patient_can_own_something(team: Engine) -> None:
    names = {user.name for user in view(team).staff}
    assert names == {PHYSIO.name, PSYCHOLOGIST.name, COORDINATOR.name}


def test_what_a_form_does_not_ask_stays_as_it_is() -> None:
    rested = Pinned(Period(ago(30), ago(3)), "pain")
    goal = Goal("Walk", attainment=1, made=ago(9), owner_user_id=7, evidence=rested, goal_id=3, importance=2)
    values = plan_answers.of(goal, {7: "Kemi"})
    assert values["owner"] == Somebody(7, "Kemi")
    assert plan_answers.onto(goal, values, 4) == replace(goal, revised=Revised(4))


def test_somebody_without_an_account_owns_by_name_and_an_emptied_answer_is_none() -> None:
    action = Action("Call", owner_user_id=7, goal_id=2, action_id=1)
    values = {**plan_answers.of(action, {}), "owner": Somebody(None, "Her sister"), "goal_id": "", "evidence": None}
    made = plan_answers.onto(action, values, 1)
    assert isinstance(made, Action)
    assert (made.owner_user_id, made.owner_name, made.goal_id, made.evidence) == (None, "Her sister", None, None)


def test_a_draft_waits_for_its_author_alone(team: Engine) -> None:
    sent = Sent({"title": "Half a goal"}, {})
    form_drafts.keep(PHYSIO, Permission.EDIT_PLAN, PATIENT, "goal 0", sent, now=NOW)
    form_drafts.keep(PHYSIO, Permission.EDIT_PLAN, PATIENT, "case review 4", sent, now=NOW)
    assert plan_drafts.waiting(PHYSIO, PATIENT) == {"goal 0"}
    assert plan_drafts.waiting(PSYCHOLOGIST, PATIENT) == frozenset()
    assert plan_drafts.waiting(COORDINATOR, PATIENT) == frozenset()
