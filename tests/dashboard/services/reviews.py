"""Case reviews of the small clinic, as its people make, open, record and close them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from dashboard.permissions import Viewer
from dashboard.services import case_review, case_review_arranging, case_review_closing
from dashboard.services import case_review_case as cases
from dashboard.services.case_review import Discussion, Meeting
from dashboard.services.case_review_arranging import Arranged
from dashboard.services.case_review_case import Case, Said
from dashboard.services.case_review_closing import Closed
from data_access import notes, patients
from data_access.engine import connect_engine, reading, writing
from data_access.patients import PatientHead
from data_access.tables import patients as patient_rows
from tests.dashboard.services.clinic import (
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    fill,
)
from tests.data_access.made_up import NOW, TODAY, about, add, person

SECOND = 3
LATER = NOW + timedelta(minutes=5)


def begin(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on that database, with a second patient of the first team."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    fill(engine, about(person(1)))
    add(engine, about(person(3)))
    with writing(engine) as conn:
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == SECOND).values(team_id=1))
    return engine


def team(viewer: Viewer = PHYSIO) -> case_review.TeamOf:
    return case_review.listed(viewer).teams[0]


def arranged(**other: object) -> Arranged:
    asked = Arranged(team(), TODAY, "Case review", (PHYSIO.user_id,), (PSYCHOLOGIST.user_id,), "Dr Guest, rheumatology")
    return replace(asked, **other)  # type: ignore[arg-type]


def made(viewer: Viewer = PHYSIO) -> Meeting:
    return case_review_arranging.make(viewer, arranged(), now=NOW, as_of=TODAY)


def opened(*queue: int) -> int:
    """A meeting that has begun, with that queue."""
    meeting_id = made().meeting_id
    for patient_id in queue or (PATIENT, SECOND):
        case_review.queue(PHYSIO, meeting_id, patient_id, "What now?", now=NOW)
    case_review.start(PHYSIO, meeting_id, now=NOW)
    return meeting_id


def head(engine: sa.Engine, patient_id: int = PATIENT) -> PatientHead:
    with reading(engine) as conn:
        found = patients.head(conn, patient_id)
    assert found is not None
    return found


def case(engine: sa.Engine, meeting_id: int, patient_id: int = PATIENT) -> Case:
    found = cases.case(PHYSIO, meeting_id, head(engine, patient_id))
    assert found is not None
    return found


def record(
    engine: sa.Engine, meeting_id: int, patient_id: int = PATIENT, *, viewer: Viewer = PHYSIO, **said: object
) -> Discussion:
    revision = case(engine, meeting_id, patient_id).said.revised.revision
    whole = replace(Said(revision, "discussed", decision="Start pacing."), **said)  # type: ignore[arg-type]
    return cases.record(viewer, meeting_id, patient_id, whole, now=NOW, as_of=TODAY)


def shown(meeting_id: int, viewer: Viewer = PHYSIO) -> dict[int, str]:
    """The texts that closing would sign, as somebody sees them."""
    review = case_review.review(viewer, meeting_id)
    assert review is not None
    return {part.each.patient_id: part.text for part in case_review_closing.parts(viewer, review)}


def close(viewer: Viewer, meeting_id: int, *, now: datetime, seen: dict[int, str] | None = None) -> Closed:
    """Close the meeting, having seen its texts as they stand."""
    texts = shown(meeting_id, viewer) if seen is None else seen
    return case_review_closing.close(viewer, meeting_id, seen=texts, now=now)


def signed(engine: sa.Engine, patient_id: int = PATIENT) -> list[notes.Note]:
    with reading(engine) as conn:
        return [note for note in notes.listed(conn, patient_id) if note.template == "case_review"]


def moves(engine: sa.Engine, patient_id: int = PATIENT) -> None:
    """The patient comes into the care of the second team."""
    with writing(engine) as conn:
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == patient_id).values(team_id=2))


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """The statements that run on that engine meanwhile."""
    asked: list[str] = []

    def ask(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(connect_engine(engine.url.render_as_string(hide_password=False)), "before_cursor_execute", ask)
    try:
        yield asked
    finally:
        sa.event.remove(connect_engine(engine.url.render_as_string(hide_password=False)), "before_cursor_execute", ask)
