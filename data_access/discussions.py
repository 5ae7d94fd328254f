"""What case reviews said about a patient: the question, what was discussed and decided, and who tells the patient."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from clinical.record import Revised
from data_access.engine import lock_patient
from data_access.errors import Conflict, Overtaken
from data_access.meeting_records import Discussed, Discussion, MeetingFacts, closed
from data_access.plan import Writer
from data_access.tables import case_discussions, meetings

_SAID = (
    "question", "status", "discussion", "options", "decision", "reason", "disagreement", "disagreement_by",
    "teller_user_id", "teller_name", "next_review", "note_id",
)  # fmt: skip


def discussion(conn: sa.Connection, patient_id: int, meeting_id: int) -> Discussion | None:
    """What that meeting said about the patient so far, None where they are not in its queue."""
    return next((each.said for each in _discussed(conn, patient_id) if each.said.meeting_id == meeting_id), None)


def discussions(conn: sa.Connection, patient_id: int) -> list[Discussed]:
    """Every meeting that has, had or will have the patient in its queue, the latest first."""
    return _discussed(conn, patient_id)


def at_meeting(conn: sa.Connection, meeting_id: int, patient_ids: Collection[int]) -> dict[int, Discussion]:
    """What that meeting said about each of those patients so far; who is not in its queue is not in it."""
    d = case_discussions.c
    rows = conn.execute(sa.select(*d).where(d.patient_id.in_(sorted(patient_ids)), d.meeting_id == meeting_id))
    return {row.patient_id: _discussion(row) for row in rows}


def _discussed(conn: sa.Connection, patient_id: int) -> list[Discussed]:
    d, m = case_discussions.c, meetings.c
    joined = case_discussions.join(meetings, m.meeting_id == d.meeting_id)
    query = sa.select(*d, m.day, m.title, m.status.label("meeting_status")).select_from(joined)
    rows = conn.execute(query.where(d.patient_id == patient_id).order_by(m.day.desc(), m.meeting_id.desc()))
    return [Discussed(MeetingFacts(r.meeting_id, r.day, r.title, r.meeting_status), _discussion(r)) for r in rows]


def _discussion(row: sa.Row[*tuple[Any, ...]]) -> Discussion:
    return Discussion(
        meeting_id=row.meeting_id,
        seconds=row.seconds,
        revised=Revised(row.revision, row.changed_by_name, row.changed_at),
        **{name: getattr(row, name) for name in _SAID},
    )


def record(conn: sa.Connection, patient_id: int, said: Discussion, writer: Writer) -> Discussion:
    """What the meeting said, as recorded onto the revision it was read at; the time spent is kept apart (`spend`).

    Raises Overtaken when it moved, Conflict when the patient was taken out of the queue or the meeting was closed.
    """
    lock_patient(conn, patient_id)
    meeting, there = _going(conn, patient_id, said.meeting_id)
    if there.revised.revision != said.revised.revision:
        raise Overtaken(there)
    stamp = {"changed_by": writer.user_id, "changed_by_name": writer.name, "changed_at": writer.now}
    revision = there.revised.revision + 1
    values = {name: getattr(said, name) for name in _SAID}
    conn.execute(_this(patient_id, meeting.meeting_id).values(**values, revision=revision, **stamp))
    return replace(said, seconds=there.seconds, revised=Revised(revision, writer.name, writer.now))


def spend(conn: sa.Connection, patient_id: int, meeting_id: int, seconds: int) -> int:
    """For how long the patient was discussed, in seconds; it grows and never shrinks. Raises Conflict as `record`."""
    lock_patient(conn, patient_id)
    _, there = _going(conn, patient_id, meeting_id)
    spent = max(there.seconds, seconds)
    conn.execute(_this(patient_id, meeting_id).values(seconds=spent))
    return spent


def _going(conn: sa.Connection, patient_id: int, meeting_id: int) -> Discussed:
    """The discussion of a meeting that nobody can close before this transaction ends."""
    m = meetings.c
    conn.execute(sa.select(m.meeting_id).where(m.meeting_id == meeting_id).with_for_update(read=True))
    found = next((each for each in _discussed(conn, patient_id) if each.meeting.meeting_id == meeting_id), None)
    if found is None:
        raise _not_queued()
    if found.meeting.status == "closed":
        raise closed()
    return found


def _this(patient_id: int, meeting_id: int) -> sa.Update:
    d = case_discussions.c
    return sa.update(case_discussions).where(d.patient_id == patient_id, d.meeting_id == meeting_id)


def _not_queued() -> Conflict:
    return Conflict(
        "This patient was taken out of the queue meanwhile.",
        "Nothing was recorded; what you wrote is kept as your draft.",
        "Queue the patient again, and save once more.",
    )
