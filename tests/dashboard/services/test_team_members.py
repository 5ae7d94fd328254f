"""Who works for a team: the same people may own an item of a plan, be at a case review and tell the patient."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard.permissions import Viewer
from dashboard.services import case_review, case_review_arranging, plan
from dashboard.services import case_review_case as cases
from dashboard.services.case_review_arranging import Arranged
from dashboard.services.team_members import works_for
from data_access import patients
from data_access.access import User
from data_access.engine import reading, writing
from data_access.tables import users
from tests.dashboard.services.clinic import COORDINATOR, PATIENT, PHYSIO, PSYCHOLOGIST, fill
from tests.data_access.made_up import NOW, TODAY

NURSE = Viewer(21, "W. Nurse", "clinician", "nursing", frozenset(), True)


@pytest.fixture
def clinic(sqlite_engine: Engine, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The small clinic, and a nurse who works for all of it."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", sqlite_url)
    made = fill(sqlite_engine)
    row = {"user_id": NURSE.user_id, "name": NURSE.name, "role": "clinician", "discipline": "nursing"}
    with writing(made) as conn:
        conn.execute(sa.insert(users).values(**row, scope="clinic", active=True, synthetic=True))
    return made


@pytest.mark.parametrize(
    ("changed", "works"),
    [
        ({}, True),
        ({"role": "coordinator"}, True),
        ({"role": "administrator"}, False),
        ({"active": False}, False),
        ({"teams": frozenset({2})}, False),
        ({"teams": frozenset(), "scope": "clinic"}, True),
        ({"teams": frozenset(), "scope": "clinic", "role": "coordinator"}, False),
    ],
)
def test_who_works_for_a_team(changed: dict[str, object], works: bool) -> None:
    said = {"role": "clinician", "scope": "team", "teams": frozenset({1}), "active": True, **changed}
    user = User(user_id=1, name="A", discipline="nursing", synthetic=True, **said)  # type: ignore[arg-type]
    assert works_for(user, 1) == works


def test_plan_and_case_review_offer_the_same_people(clinic: Engine) -> None:
    team = case_review.listed(PHYSIO).teams[0]
    asked = Arranged(team, TODAY, "Case review", (PHYSIO.user_id,))
    meeting = case_review_arranging.make(PHYSIO, asked, now=NOW, as_of=TODAY)
    case_review.queue(PHYSIO, meeting.meeting_id, PATIENT, "", now=NOW)
    with reading(clinic) as conn:
        head = patients.head(conn, PATIENT)
    assert head is not None
    case = cases.case(PHYSIO, meeting.meeting_id, head)
    assert case is not None
    everybody = {PHYSIO.name, PSYCHOLOGIST.name, COORDINATOR.name, NURSE.name}
    owners = plan.view(PHYSIO, head, as_of=TODAY).staff
    assert [{user.name for user in offered} for offered in (team.members, case.members, owners)] == [everybody] * 3


def test_who_works_for_the_whole_clinic_is_named_where_they_came(clinic: Engine) -> None:
    team = case_review.listed(PHYSIO).teams[0]
    away, there = Arranged(team, TODAY, "Case review"), Arranged(team, TODAY, "Case review", (NURSE.user_id,))
    assert NURSE.name not in [who.name for who in case_review_arranging.people(away)]
    assert NURSE.name in [who.name for who in case_review_arranging.people(there) if who.attendance == "present"]
