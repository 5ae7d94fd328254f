"""Whose patients the caseload shows, and who may mark whom reviewed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import caseload as service
from dashboard.services.caseload import Asked, Reach
from data_access import caseload, patients
from data_access.caseload import CaseloadRow, CaseloadScope
from data_access.engine import reading, writing
from data_access.tables import care_team_members
from tests.conftest import AS_OF, NOW

Acting = Callable[..., Viewer]


def link(engine: Engine, patient_id: int) -> str:
    with reading(engine) as conn:
        head = patients.head(conn, patient_id)
    assert head is not None
    return head.link_id


def row(engine: Engine, patient_id: int = 1) -> CaseloadRow:
    with reading(engine) as conn:
        everybody = caseload.page(conn, CaseloadScope(None, None)).rows
    return next(found for found in everybody if found.head.patient_id == patient_id)


@pytest.mark.parametrize("reach", ["mine", "team", "all"])
def test_no_reach_is_wider_than_what_the_person_may_see(reach: Reach, clinic: Engine, acting: Acting) -> None:
    assert service.queue(acting("clinician", teams=(77,)), Asked(reach)).found.rows == []
    assert service.queue(acting("clinician", teams=()), Asked(reach)).found.rows == []


def test_mine_are_those_i_care_for(clinic: Engine, acting: Acting) -> None:
    with writing(clinic) as conn:
        conn.execute(sa.delete(care_team_members).where(care_team_members.c.user_id == 1))
        conn.execute(sa.insert(care_team_members).values(patient_id=5, user_id=1))
    shown = service.queue(acting("clinician"), Asked("mine")).found.rows
    assert [each.head.patient_id for each in shown] == [5]
    assert service.queue(acting("clinician"), Asked("team")).found.total > 1


def test_a_person_starts_where_there_are_patients(clinic: Engine, acting: Acting) -> None:
    assert service.first_reach(acting("clinician")) == "mine"
    with writing(clinic) as conn:
        conn.execute(sa.delete(care_team_members))
    assert service.first_reach(acting("clinician")) == "team"
    assert service.first_reach(acting("clinician", teams=(), whole_clinic=True)) == "all"
    assert service.first_reach(acting("clinician", teams=(77,))) == "mine"


def test_a_page_beyond_the_last_is_the_last(clinic: Engine, acting: Acting) -> None:
    found = service.queue(acting("clinician"), Asked("team", page=99))
    assert (found.page, found.pages) == (1, 1)
    assert found.found.rows
    assert service.queue(acting("clinician"), Asked("team", page=-3)).page == 1


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_has_no_caseload_is_refused(role: str, clinic: Engine, acting: Acting) -> None:
    with pytest.raises(NotPermitted):
        service.queue(acting(role, whole_clinic=True), Asked("all"))


def test_only_reaches_that_differ_are_offered(acting: Acting) -> None:
    assert service.reaches(acting("clinician")) == ("mine", "team")
    assert service.reaches(acting("coordinator", teams=(), whole_clinic=True)) == ("all",)


def test_a_review_is_undone_by_the_same_person_on_the_same_day_only(clinic: Engine, acting: Acting) -> None:
    before = row(clinic)
    me, other = acting("clinician"), acting("clinician", user_id=2)
    service.mark_reviewed(me, link(clinic, 1), now=NOW, as_of=AS_OF)
    assert (row(clinic).last_reviewed_day, row(clinic).last_reviewed_by) == (AS_OF, 1)
    service.undo_review(other, link(clinic, 1), now=NOW, as_of=AS_OF)
    service.undo_review(me, link(clinic, 1), now=NOW, as_of=AS_OF + timedelta(days=1))
    assert row(clinic).last_reviewed_day == AS_OF
    service.undo_review(me, link(clinic, 1), now=NOW, as_of=AS_OF)
    assert row(clinic).last_reviewed_day == before.last_reviewed_day


def test_a_coordinator_cannot_mark_reviewed_nor_anybody_outside_the_team(clinic: Engine, acting: Acting) -> None:
    for person in (acting("coordinator", whole_clinic=True), acting("clinician", teams=(77,))):
        with pytest.raises(NotPermitted):
            service.mark_reviewed(person, link(clinic, 1), now=NOW, as_of=AS_OF)
    with pytest.raises(NotPermitted):
        service.mark_reviewed(acting("clinician"), "no-such-link", now=NOW, as_of=AS_OF)
