"""Closing a case review: what is still missing, and each discussed patient's part as a signed note of their record.

One transaction a patient, and the discussion then holds the number of its note: pressed twice, by two people at once,
or again after a crash, every note is signed once.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from dashboard.errors import Conflict, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.reports import case_review_note
from dashboard.services import case_review, work
from dashboard.services.case_review import Discussion, Meeting, Queued
from dashboard.services.case_review_case import agreed
from dashboard.services.work import Told
from data_access import access, meetings, notes
from data_access import plan as plans
from data_access.notes import Author

TEMPLATE = "case_review"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did: notes signed now, and places of the queue that only somebody of their care team can close."""

    signed: int
    left: tuple[int, ...]


def lacks(said: Discussion) -> tuple[str, ...]:
    """What a patient's part still lacks, in the order it is asked for; empty for a deferred patient."""
    if said.status == "deferred":
        return ()
    if said.status == "queued":
        return ("not discussed",)
    missing = [] if said.decision.strip() else ["no decision"]
    if said.teller_user_id is None and not said.teller_name.strip():
        missing.append("nobody tells the patient")
    return tuple(missing)


def close(viewer: Viewer, meeting_id: int, *, now: datetime) -> Closed:
    """Sign each discussed patient's part and close the meeting. Raises NotPermitted, Conflict.

    The meeting stays open while a part is left that the viewer may not sign.
    """
    review = case_review.review(viewer, meeting_id)
    if review is None or not viewer.discipline:
        raise NotPermitted("close a case review without a discipline")
    signed = sum(_sign(viewer, meeting_id, each, now) for each in review.queue if each.head is not None)
    left = tuple(each.place for each in review.queue if each.head is None)
    if not left:
        _close(viewer, meeting_id, now)
    return Closed(signed, left)


def _close(viewer: Viewer, meeting_id: int, now: datetime) -> None:
    with work.writing(
        viewer, Permission.RECORD_DECISIONS, action="close case review", resource=case_review.of(meeting_id)
    ) as conn:
        meeting = _at(conn, viewer, meeting_id)
        if any(_unsigned(meetings.discussion(conn, patient_id, meeting_id)) for patient_id in meeting.queue):
            raise Conflict(
                "Somebody recorded a discussion while this meeting was being closed.",
                "The notes signed so far stand; the meeting is still open and nothing is lost.",
                "Look at what was recorded, then close the meeting again.",
            )
        if meeting.status != "closed":
            meetings.close(conn, meeting_id, case_review.writer(viewer, now))


def _unsigned(said: Discussion | None) -> bool:
    return said is not None and said.status == "discussed" and said.note_id is None


def _sign(viewer: Viewer, meeting_id: int, each: Queued, now: datetime) -> bool:
    """Sign that patient's part; False where there is nothing to sign or it is signed already."""
    if not _unsigned(each.said):
        return False
    told = Told()
    with work.writing(
        viewer,
        Permission.RECORD_DECISIONS,
        each.patient_id,
        action="sign case review",
        resource=case_review.of(meeting_id),
        detail=told,
    ) as conn:
        meeting = _at(conn, viewer, meeting_id)
        said = meetings.discussion(conn, each.patient_id, meeting_id)  # as it stands now, under the patient's lock
        if said is None or not _unsigned(said):
            told.words = "signed already"
            return False
        told.words = f"note {_note(conn, viewer, meeting, said, each.patient_id, now)}"
    return True


def _note(conn: Connection, viewer: Viewer, meeting: Meeting, said: Discussion, patient_id: int, now: datetime) -> int:
    """The number of the note signed of that part; the discussion holds it from now on."""
    note = notes.sign_text(
        conn,
        patient_id,
        Author(viewer.user_id, viewer.name, viewer.discipline),
        text=_text(conn, meeting, said, patient_id),
        template=TEMPLATE,
        meeting_id=meeting.meeting_id,
        now=now,
    )
    meetings.record(conn, patient_id, replace(said, note_id=note.note_id), case_review.writer(viewer, now))
    return note.note_id


def _at(conn: Connection, viewer: Viewer, meeting_id: int) -> Meeting:
    meeting = meetings.get(conn, meeting_id)
    if meeting is None or not viewer.in_scope(meeting.team_id):
        raise NotPermitted(Permission.RECORD_DECISIONS.value)
    return meeting


def _text(conn: Connection, meeting: Meeting, said: Discussion, patient_id: int) -> str:
    owners = {user.user_id: user.name for user in access.users(conn)}
    actions = agreed(plans.load(conn, patient_id), meeting.meeting_id)
    return case_review_note.text(meeting, said, actions, owners)
