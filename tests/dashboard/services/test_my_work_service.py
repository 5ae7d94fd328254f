"""My work as a service: who may mark an action as done, and what is told when somebody was quicker."""

import pytest
import sqlalchemy as sa

from clinical.plan import Action
from dashboard.errors import Conflict, NotPermitted, Overtaken
from dashboard.permissions import Viewer
from dashboard.services import my_work
from data_access import audit, patients, plan
from data_access.engine import reading, writing
from data_access.plan import Writer
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW, TODAY


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


def _act(engine: sa.Engine, viewer: Viewer = PHYSIO, patient_id: int = PATIENT) -> Action:
    with writing(engine) as conn:
        writer = Writer(viewer.user_id, viewer.name, NOW, TODAY)
        return plan.save(conn, patient_id, Action("Walk along", owner_user_id=viewer.user_id), writer=writer)


def _link(engine: sa.Engine, patient_id: int = PATIENT) -> str:
    with reading(engine) as conn:
        head = patients.head(conn, patient_id)
    assert head is not None
    return head.link_id


def _set(engine: sa.Engine, viewer: Viewer, action: Action, *, done: bool = True, pid: int = PATIENT) -> Action:
    number, revision = action.action_id, action.revised.revision
    return my_work.set_status(viewer, _link(engine, pid), number, revision, done=done, now=NOW, as_of=TODAY)


def _titles(viewer: Viewer) -> list[str]:
    return [each.title for each in my_work.load(viewer).actions]


def test_an_action_that_was_done_is_no_work_any_more_and_can_be_opened_again(clinic: sa.Engine) -> None:
    action = _act(clinic)
    assert _titles(PHYSIO) == ["Walk along"]
    done = _set(clinic, PHYSIO, action)
    assert (done.status, done.done, done.revised.user_name) == ("done", TODAY, PHYSIO.name)
    assert _titles(PHYSIO) == []
    again = _set(clinic, PHYSIO, done, done=False)
    assert (again.status, again.done) == ("open", None)
    assert _titles(PHYSIO) == ["Walk along"]
    with reading(clinic) as conn:
        acts = [event.action for event in audit.listed(conn, PATIENT)]
    assert {"mark action done", "open action again"} <= set(acts)


def test_whoever_is_second_is_told_what_stands_and_changes_nothing(clinic: sa.Engine) -> None:
    action = _act(clinic)
    first = _set(clinic, PSYCHOLOGIST, action)
    with pytest.raises(Overtaken) as caught:
        _set(clinic, PHYSIO, action)
    assert caught.value.theirs == first


def test_an_action_that_is_not_on_the_plan_is_explained(clinic: sa.Engine) -> None:
    with pytest.raises(Conflict, match="not on the plan"):
        my_work.set_status(PHYSIO, _link(clinic), 99, 1, done=True, now=NOW, as_of=TODAY)


@pytest.mark.parametrize("viewer", [STRANGER, COORDINATOR, ADMINISTRATOR, AUDITOR], ids=lambda viewer: viewer.name)
def test_nobody_else_marks_it_as_done(clinic: sa.Engine, viewer: Viewer) -> None:
    action = _act(clinic)
    with pytest.raises(NotPermitted):
        _set(clinic, viewer, action)
    assert _titles(PHYSIO) == ["Walk along"]


def test_a_link_that_opens_nothing_changes_nothing(clinic: sa.Engine) -> None:
    with pytest.raises(NotPermitted):
        my_work.set_status(PHYSIO, "no-such-link", 1, 1, done=True, now=NOW, as_of=TODAY)


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR], ids=lambda viewer: viewer.name)
def test_who_has_no_caseload_has_no_work_here(viewer: Viewer) -> None:
    with pytest.raises(NotPermitted):
        my_work.load(viewer)


def test_an_action_about_another_teams_patient_is_not_mine_to_see(clinic: sa.Engine) -> None:
    with writing(clinic) as conn:
        writer = Writer(STRANGER.user_id, STRANGER.name, NOW, TODAY)
        action = Action("Call", owner_user_id=PHYSIO.user_id)
        plan.save(conn, OTHER_TEAMS_PATIENT, action, writer=writer)
    assert _titles(PHYSIO) == []
