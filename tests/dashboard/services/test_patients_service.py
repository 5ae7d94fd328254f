"""Finding a patient: within the viewer's reach, and nothing beyond it."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard.permissions import Viewer
from dashboard.services import patients as service
from data_access import patients
from data_access.engine import reading, writing
from data_access.tables import audit_events, events
from data_access.tables import patients as rows
from tests.conftest import AS_OF

Acting = Callable[..., Viewer]


@pytest.fixture
def two_teams(clinic: Engine) -> Engine:
    """The clinic with every other patient moved to team 2."""
    with writing(clinic) as conn:
        conn.execute(sa.text("INSERT INTO care_teams (team_id, name) VALUES (2, 'Second') ON CONFLICT DO NOTHING"))
        conn.execute(sa.update(rows).where(rows.c.patient_id % 2 == 0).values(team_id=2))
    return clinic


def test_search_finds_names_and_record_numbers_of_the_own_teams_only(two_teams: Engine, acting: Acting) -> None:
    everybody = service.search(acting("coordinator", whole_clinic=True), "fb-000", limit=100)
    own = service.search(acting("clinician"), "fb-000", limit=100)
    assert {head.team_id for head in everybody} == {1, 2}
    assert {head.team_id for head in own} == {1}
    assert service.search(acting("clinician"), own[0].record_number.lower()) == [own[0]]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "\\", "'; DROP TABLE patients; --", "x" * 10_000])
def test_a_text_that_means_nothing_finds_nobody(text: str, clinic: Engine, acting: Acting) -> None:
    assert service.search(acting("clinician"), text) == []


def test_a_link_opens_a_patient_of_the_own_team_and_no_other(two_teams: Engine, acting: Acting) -> None:
    with reading(two_teams) as conn:
        own, foreign = patients.head(conn, 1), patients.head(conn, 2)
    assert own is not None
    assert foreign is not None
    assert service.by_link(acting("clinician"), own.link_id) == own
    assert service.by_link(acting("clinician"), foreign.link_id) is None
    assert service.by_link(acting("administrator", whole_clinic=True), own.link_id) is None
    e = audit_events.c
    with reading(two_teams) as conn:
        kept = conn.execute(sa.select(e.action, e.resource).where(e.patient_id == 2).order_by(e.seq.desc())).first()
    assert kept == ("refused", "open link")


def test_the_frame_knows_the_last_visit_before_today(clinic: Engine, acting: Acting) -> None:
    with writing(clinic) as conn:
        conn.execute(sa.delete(events).where(events.c.patient_id == 1))
        for number, day in enumerate((date(2026, 8, 31), date(2026, 10, 1), AS_OF, date(2026, 12, 1)), 1):
            conn.execute(
                sa.insert(events).values(patient_id=1, event_id=number, day=day, kind="visit", source="clinic")
            )
        head = patients.head(conn, 1)
    assert head is not None
    logged = service.frame(acting("clinician"), head, as_of=AS_OF).calendar
    assert logged.last_visit == date(2026, 10, 1)
    assert logged.first_day is not None
    assert logged.first_day <= AS_OF
    alone = service.calendar(acting("clinician"), head, as_of=AS_OF)
    assert (alone.last_visit, alone.first_day, alone.last_day) == (logged.last_visit, logged.first_day, logged.last_day)
