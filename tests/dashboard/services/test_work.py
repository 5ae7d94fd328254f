"""Permission, care team and audit, in one place for every service."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard import clock
from dashboard.errors import NotPermitted
from dashboard.permissions import PERMISSIONS, Permission, Role, Viewer
from dashboard.services import work
from data_access import audit
from data_access.engine import reading, writing
from data_access.tables import audit_events, facts, patients
from tests.conftest import NOW

Acting = Callable[..., Viewer]


def trail(engine: Engine, patient_id: int = 1) -> list[tuple[str, str, str]]:
    """The audit events of that patient, as (action, resource, detail)."""
    e = audit_events.c
    with reading(engine) as conn:
        rows = conn.execute(sa.select(e.action, e.resource, e.detail).where(e.patient_id == patient_id).order_by(e.seq))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("role", sorted(PERMISSIONS))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_may_what_the_table_says_and_nothing_else(
    role: Role, permission: Permission, clinic: Engine, acting: Acting
) -> None:
    permitted = permission in PERMISSIONS[role]
    for way in (work.reading, work.writing):
        if permitted:
            with way(acting(role), permission, 1, action="try"):
                pass
        else:
            with pytest.raises(NotPermitted), way(acting(role), permission, 1, action="try"):
                pytest.fail("the door was open")
    kept = {action for action, _, _ in trail(clinic)}
    assert ("try" in kept, "refused" in kept) == (permitted, not permitted)


def test_another_teams_patient_is_refused_and_the_attempt_is_kept(clinic: Engine, acting: Acting) -> None:
    foreign = acting("clinician", teams=(77,))
    with pytest.raises(NotPermitted), work.reading(foreign, Permission.VIEW_PATIENT, 1, action="open patient"):
        pytest.fail("the door was open")
    assert trail(clinic)[-1] == ("refused", "open patient", Permission.VIEW_PATIENT.value)


def test_a_patient_that_is_not_there_is_refused_with_the_same_words(clinic: Engine, acting: Acting) -> None:
    with (
        pytest.raises(NotPermitted) as there,
        work.reading(acting("clinician", teams=()), Permission.VIEW_PATIENT, 1, action="x"),
    ):
        pytest.fail("the door was open")
    with (
        pytest.raises(NotPermitted) as not_there,
        work.reading(acting("clinician"), Permission.VIEW_PATIENT, 987_654, action="x"),
    ):
        pytest.fail("the door was open")
    assert str(there.value) == str(not_there.value)


def test_who_sees_the_whole_clinic_needs_no_team(clinic: Engine, acting: Acting) -> None:
    with work.reading(acting("coordinator", teams=(), whole_clinic=True), Permission.VIEW_PATIENT, 1, action="look"):
        pass
    assert trail(clinic)[-1][0] == "look"


def test_looking_again_within_a_quarter_of_an_hour_is_recorded_once(
    clinic: Engine, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(user_id: int = 1) -> None:
        with work.reading(acting("clinician", user_id=user_id), Permission.VIEW_PATIENT, 1, action="look"):
            pass

    before = len(trail(clinic))
    look()
    look()
    assert len(trail(clinic)) == before + 1
    look(user_id=2)
    assert len(trail(clinic)) == before + 2
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=16))
    look()
    assert len(trail(clinic)) == before + 3


def test_a_patient_who_left_the_team_is_refused_although_looked_at_a_minute_ago(clinic: Engine, acting: Acting) -> None:
    with work.reading(acting("clinician"), Permission.VIEW_PATIENT, 1, action="look"):
        pass
    with writing(clinic) as conn:
        conn.execute(sa.update(patients).where(patients.c.patient_id == 1).values(team_id=None))
    with (
        pytest.raises(NotPermitted),
        work.reading(acting("clinician"), Permission.VIEW_PATIENT, 1, action="look"),
    ):
        pytest.fail("the door was open")
    assert trail(clinic)[-1] == ("refused", "look", Permission.VIEW_PATIENT.value)


def test_what_is_written_and_its_audit_event_are_kept_or_lost_together(clinic: Engine, acting: Acting) -> None:
    before = trail(clinic)

    def fail() -> None:
        with work.writing(acting("clinician"), Permission.WRITE_NOTE, 1, action="write") as conn:
            conn.execute(sa.insert(facts).values(name="half", value="written"))
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fail()
    assert trail(clinic) == before
    with reading(clinic) as conn:
        assert conn.execute(sa.select(facts).where(facts.c.name == "half")).first() is None
    with work.writing(acting("clinician"), Permission.WRITE_NOTE, 1, action="write", detail="1 row"):
        pass
    assert trail(clinic)[-1] == ("write", "", "1 row")


def test_nothing_can_be_written_while_reading(clinic: Engine, acting: Acting) -> None:
    with (
        pytest.raises(Exception, match="read"),
        work.reading(acting("clinician"), Permission.VIEW_PATIENT, 1, action="look") as conn,
    ):
        conn.execute(sa.insert(facts).values(name="sly", value="1"))


def test_the_chain_stays_whole_through_all_of_it(clinic: Engine, acting: Acting) -> None:
    for number in range(1, 6):
        with work.reading(acting("clinician"), Permission.VIEW_PATIENT, number, action="look"):
            pass
    with reading(clinic) as conn:
        assert audit.verify(conn) == []
