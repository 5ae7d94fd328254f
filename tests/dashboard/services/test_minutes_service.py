"""Who may have the minutes of a case review, whose patients are in them, and what the audit trail says of it."""

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
import sqlalchemy as sa
from docx import Document

from clinical.plan import Action
from dashboard.errors import ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import minutes
from data_access import audit, meetings, plan
from data_access.engine import reading, writing
from data_access.meetings import Discussion, Meeting, Person
from data_access.plan import Writer
from data_access.tables import patients
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    AUDITOR,
    COORDINATOR,
    PATIENT,
    PHYSIO,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW, TODAY, about, add, person

MOVED = 3
WRITER = Writer(PHYSIO.user_id, PHYSIO.name, NOW, TODAY)
SAID = Discussion(0, "Why the flares?", "discussed", decision="Rest before pain", teller_user_id=12, seconds=300)


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    return fill(engine)


@pytest.fixture
def meeting_id(clinic: sa.Engine) -> int:
    """A case review of team 1 on two patients, of whom one came into another team's care since."""
    add(clinic, about(person(MOVED)))
    _move(clinic, 1)
    with writing(clinic) as conn:
        people = (Person(11, "M. Physio", "physiotherapy", "present"), Person(None, "A Guest", "", "apologies"))
        met = meetings.save(conn, Meeting(0, 1, TODAY, "Fortnightly", people=people), WRITER).meeting_id
        for patient_id in (PATIENT, MOVED):
            queued = meetings.queue(conn, met, patient_id, SAID.question, WRITER)
            meetings.record(conn, patient_id, _said(met, queued), WRITER)
        action = Action("Ring the GP", TODAY + timedelta(days=7), owner_user_id=12, meeting_id=met, made=TODAY)
        plan.save(conn, PATIENT, action, writer=WRITER)
        plan.save(conn, PATIENT, Action("Older, of no meeting", made=TODAY), writer=WRITER)
    _move(clinic, 2)
    return met


def _said(met: int, queued: Discussion) -> Discussion:
    return Discussion(
        met, SAID.question, "discussed", decision=SAID.decision, teller_user_id=12, seconds=300, revised=queued.revised
    )


def _move(engine: sa.Engine, team_id: int) -> None:
    with writing(engine) as conn:
        conn.execute(sa.update(patients).where(patients.c.patient_id == MOVED).values(team_id=team_id))


def words(file: minutes.MinutesFile) -> str:
    document = Document(io.BytesIO(file.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def events(engine: sa.Engine, patient_id: int) -> list[tuple[str, str, str]]:
    with reading(engine) as conn:
        assert audit.verify(conn) == []
        return [(one.action, one.resource, one.detail) for one in audit.listed(conn, patient_id)]


@pytest.mark.parametrize("viewer", [PHYSIO, COORDINATOR], ids=lambda viewer: viewer.name)
def test_who_prepares_meetings_or_decides_in_them_gets_both_files(viewer: Viewer, meeting_id: int) -> None:
    made = minutes.minutes(viewer, meeting_id, "docx", now=NOW)
    for said in (
        "Why the flares?",
        "Rest before pain",
        "Ring the GP",
        "K. Psych",
        "M. Physio, physiotherapy",
        "Team 1",
    ):
        assert said in words(made)
    assert "Older, of no meeting" not in words(made)
    assert made.name == f"case-review-{TODAY.isoformat()}-{meeting_id}.docx"
    assert pikepdf.open(io.BytesIO(minutes.minutes(viewer, meeting_id, "pdf", now=NOW).content)).pages


@pytest.mark.parametrize("deidentified", [False, True])
def test_the_minutes_say_how_each_action_stands(meeting_id: int, clinic: sa.Engine, *, deidentified: bool) -> None:
    with writing(clinic) as conn:
        (agreed,) = (each for each in plan.load(conn, PATIENT).actions if each.meeting_id == meeting_id)
        plan.save(conn, PATIENT, replace(agreed, status="cancelled"), writer=WRITER)
    shown = words(minutes.minutes(PHYSIO, meeting_id, "docx", deidentified=deidentified, now=NOW))
    assert "cancelled" in shown
    assert ("Actions stand as the care plan has them now" in shown) is not deidentified


def test_a_patient_who_is_not_in_the_viewers_care_is_left_out_and_counted(meeting_id: int, clinic: sa.Engine) -> None:
    made = minutes.minutes(PHYSIO, meeting_id, "docx", now=NOW)
    assert made.left_out == 1
    assert "T-00003" not in words(made)
    assert "One patient of this meeting left out" in words(made)
    assert not [event for event in events(clinic, MOVED) if event[0] == "export"]


def test_the_minutes_are_on_record_for_the_meeting_and_for_every_patient_in_them(
    meeting_id: int, clinic: sa.Engine
) -> None:
    made = minutes.minutes(PHYSIO, meeting_id, "pdf", deidentified=True, now=NOW)
    resource, size = f"minutes of meeting {meeting_id}", f"{len(made.content)} bytes"
    assert events(clinic, PATIENT)[-1] == ("export", resource, f"pdf, de-identified, {size}")
    assert events(clinic, 0)[-1] == ("export", resource, f"pdf, de-identified, {size}, patients 1, left out 1")


def test_the_audit_trail_holds_nothing_of_what_was_said(meeting_id: int, clinic: sa.Engine) -> None:
    minutes.minutes(PHYSIO, meeting_id, "pdf", now=NOW)
    assert "flares" not in repr(events(clinic, PATIENT)[-1]) + repr(events(clinic, 0)[-1])


def test_minutes_without_names_hold_neither_name_nor_text_unless_it_was_asked_for(meeting_id: int) -> None:
    without = minutes.minutes(PHYSIO, meeting_id, "docx", deidentified=True, now=NOW)
    with_text = minutes.minutes(PHYSIO, meeting_id, "docx", deidentified=True, free_text=True, now=NOW)
    assert "Patient 1" in words(without)
    assert "Rest before pain" not in words(without)
    assert "Rest before pain" in words(with_text)
    for made in (without, with_text):
        assert not [
            known for known in ("T-1", "M. Physio", "K. Psych", "Team 1", TODAY.isoformat()) if known in words(made)
        ]
    assert TODAY.isoformat() not in without.name


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, AUDITOR, STRANGER], ids=lambda viewer: viewer.name)
def test_nobody_without_the_permission_and_the_team_gets_minutes(
    viewer: Viewer, meeting_id: int, clinic: sa.Engine
) -> None:
    with pytest.raises(NotPermitted):
        minutes.minutes(viewer, meeting_id, "pdf", now=NOW)
    assert not [event for event in events(clinic, PATIENT) if event[0] == "export"]
    assert events(clinic, 0)[-1][0] == "refused"


def test_a_meeting_that_does_not_exist_is_said_to(clinic: sa.Engine) -> None:
    with pytest.raises(ExplainedError, match="no such case review"):
        minutes.minutes(PHYSIO, 99, "pdf", now=NOW)


def test_nothing_is_handed_out_that_could_not_be_put_on_record(
    meeting_id: int, clinic: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    minutes.minutes(PHYSIO, meeting_id, "pdf", now=NOW)
    before = events(clinic, 0)
    monkeypatch.setattr("dashboard.services.minutes.audit.record", full)
    with pytest.raises(OSError, match="no space"):
        minutes.minutes(PHYSIO, meeting_id, "pdf", now=NOW)
    assert events(clinic, 0) == before
