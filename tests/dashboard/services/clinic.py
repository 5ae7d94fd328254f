"""A small clinic for the tests of services: two teams, one patient with a year of diary, staff of every role."""

import sqlalchemy as sa

from dashboard.permissions import Viewer
from data_access.engine import writing
from data_access.records import PatientBundle
from data_access.tables import care_teams, patients, team_members, users
from tests.data_access.made_up import ANNA, a_year, about, add, person

PATIENT = 1
OTHER_TEAMS_PATIENT = 2

PHYSIO = Viewer(11, "M. Physio", "clinician", "physiotherapy", frozenset({1}), False)
PSYCHOLOGIST = Viewer(12, "K. Psych", "clinician", "psychology", frozenset({1}), False)
COORDINATOR = Viewer(13, "C. Coord", "coordinator", "", frozenset({1}), False)
ADMINISTRATOR = Viewer(14, "I. Admin", "administrator", "", frozenset(), True)
AUDITOR = Viewer(15, "U. Audit", "auditor", "", frozenset(), True)
STRANGER = Viewer(16, "S. Stranger", "clinician", "medicine", frozenset({2}), False)
STAFF = (PHYSIO, PSYCHOLOGIST, COORDINATOR, ADMINISTRATOR, AUDITOR, STRANGER)


def fill(engine: sa.Engine, bundle: PatientBundle | None = None) -> sa.Engine:
    """The clinic in an empty, migrated database; `bundle` is patient 1 of team 1."""
    with writing(engine) as conn:
        conn.execute(sa.insert(care_teams), [{"team_id": n, "name": f"Team {n}"} for n in (1, 2)])
        conn.execute(sa.insert(users), [_row(viewer) for viewer in STAFF])
        conn.execute(
            sa.insert(team_members), [{"team_id": t, "user_id": v.user_id} for v in STAFF for t in sorted(v.teams)]
        )
    add(engine, bundle or a_year(ANNA, seed=3))
    add(engine, about(person(2)))
    _put_in_team(engine, PATIENT, 1)
    _put_in_team(engine, OTHER_TEAMS_PATIENT, 2)
    return engine


def _put_in_team(engine: sa.Engine, patient_id: int, team_id: int) -> None:
    with writing(engine) as conn:
        conn.execute(sa.update(patients).where(patients.c.patient_id == patient_id).values(team_id=team_id))


def _row(viewer: Viewer) -> dict[str, object]:
    return {
        "user_id": viewer.user_id,
        "name": viewer.name,
        "role": viewer.role,
        "discipline": viewer.discipline or None,
        "scope": "clinic" if viewer.whole_clinic else "team",
        "active": True,
        "synthetic": True,
    }
