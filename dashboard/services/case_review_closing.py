"""Closing a case review: what is still missing, and each discussed patient's part as a signed note of their record.

One transaction a patient, and the discussion then holds the number of its note: pressed twice, by two people at once,
or again after a crash, every note is signed once. Only a text that whoever closes was shown is signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from dashboard.errors import Conflict, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.reports import case_review_note
from dashboard.services import case_review, work
from dashboard.services.case_review import Discussion, Meeting, Queued, Review
from dashboard.services.case_review_case import agreed
from dashboard.services.work import Told
from data_access import access, form_drafts, meetings, notes
from data_access import plan as plans
from data_access.notes import Author

TEMPLATE = "case_review"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did: notes signed now, and places of the queue that only somebody of their care team can close."""

    signed: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A patient's part as it would be signed now: the whole note, and what it says of them by heading."""

    each: Queued
    text: str
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Forms of the meeting about one patient that were begun and not saved: one's own, and how many colleagues'."""

    each: Queued
    mine: bool
    colleagues: int


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


def forms(meeting_id: int) -> tuple[str, str]:
    """The names of the forms of that meeting: what is recorded, and an action agreed."""
    return f"case review {meeting_id}", f"case action {meeting_id}"


def unsaved(viewer: Viewer, review: Review) -> tuple[Unsaved, ...]:
    """What was begun at that meeting about each patient the viewer sees, and not saved. Raises NotPermitted."""
    shown = {each.patient_id: each for each in review.queue if each.head is not None and _waits(each.said)}
    meeting_id = review.meeting.meeting_id
    with work.reading(
        viewer, Permission.RECORD_DECISIONS, action="view case review", resource=case_review.of(meeting_id)
    ) as conn:
        found = form_drafts.begun(conn, shown, forms(meeting_id))
    whose = {patient_id: {author for of, _, author in found if of == patient_id} for patient_id, _, _ in found}
    return tuple(
        Unsaved(each, viewer.user_id in whose[number], len(whose[number] - {viewer.user_id}))
        for number, each in shown.items()
        if number in whose
    )


def _waits(said: Discussion | None) -> bool:
    return said is not None and said.note_id is None


def parts(viewer: Viewer, review: Review) -> tuple[Part, ...]:
    """What closing would sign, patient by patient, as it stands now. Raises NotPermitted."""
    shown = (each for each in review.queue if each.head is not None and _unsigned(each.said))
    return tuple(found for each in shown if (found := _part(viewer, review.meeting.meeting_id, each)) is not None)


def _part(viewer: Viewer, meeting_id: int, each: Queued) -> Part | None:
    with work.reading(
        viewer,
        Permission.RECORD_DECISIONS,
        each.patient_id,
        action="view case review",
        resource=case_review.of(meeting_id),
    ) as conn:
        meeting = _at(conn, viewer, meeting_id)
        said = meetings.discussion(conn, each.patient_id, meeting_id)
        if said is None or not _unsigned(said):
            return None
        owners, actions = _owners(conn), agreed(plans.load(conn, each.patient_id), meeting_id)
    text = case_review_note.text(meeting, said, actions, owners)
    return Part(each, text, case_review_note.sections(said, actions, owners))


def close(viewer: Viewer, meeting_id: int, *, seen: Mapping[int, str], now: datetime) -> Closed:
    """Sign each discussed patient's part and close the meeting. Raises NotPermitted, Conflict.

    `seen` holds the texts by patient as they were shown: nothing else is signed, and nothing at all where one of them
    stands otherwise by now. The meeting stays open while a part is left that the viewer may not sign.
    """
    review = case_review.review(viewer, meeting_id)
    if review is None or not viewer.discipline:
        raise NotPermitted("close a case review without a discipline")
    if any(seen.get(part.each.patient_id) != part.text for part in parts(viewer, review)):
        raise _otherwise("No note was signed now")
    signed = sum(_sign(viewer, meeting_id, each, seen, now) for each in review.queue if each.head is not None)
    left = _left(viewer, review)
    if not left:
        _close(viewer, meeting_id, now)
    return Closed(signed, left)


def _otherwise(safe: str) -> Conflict:
    return Conflict(
        "Something was recorded or changed at this meeting since its texts were drawn here.",
        f"{safe}; the meeting is still open and nothing is lost.",
        "Read the texts as they stand now, then close the meeting again.",
    )


def _left(viewer: Viewer, review: Review) -> tuple[int, ...]:
    """Places of patients who were discussed and whom the viewer does not see; who was only queued is not waited for."""
    hidden = {each.patient_id: each.place for each in review.queue if each.head is None}
    meeting_id = review.meeting.meeting_id
    with work.reading(
        viewer, Permission.RECORD_DECISIONS, action="view case review", resource=case_review.of(meeting_id)
    ) as conn:
        said = meetings.at_meeting(conn, meeting_id, hidden)
    return tuple(place for number, place in hidden.items() if _unsigned(said.get(number)))


def _close(viewer: Viewer, meeting_id: int, now: datetime) -> None:
    with work.writing(
        viewer, Permission.RECORD_DECISIONS, action="close case review", resource=case_review.of(meeting_id)
    ) as conn:
        meeting = _at(conn, viewer, meeting_id)
        said = meetings.at_meeting(conn, meeting_id, meeting.queue)
        if any(_unsigned(each) for each in said.values()):
            raise _otherwise("The notes signed so far stand")
        if meeting.status != "closed":
            meetings.close(conn, meeting_id, case_review.writer(viewer, now))


def _unsigned(said: Discussion | None) -> bool:
    return said is not None and said.status == "discussed" and said.note_id is None


def _sign(viewer: Viewer, meeting_id: int, each: Queued, seen: Mapping[int, str], now: datetime) -> bool:
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
        text = case_review_note.text(
            meeting, said, agreed(plans.load(conn, each.patient_id), meeting_id), _owners(conn)
        )
        if seen.get(each.patient_id) != text:
            raise _otherwise("The notes signed so far stand")
        told.words = f"note {_note(conn, viewer, text, said, each.patient_id, now)}"
    return True


def _note(conn: Connection, viewer: Viewer, text: str, said: Discussion, patient_id: int, now: datetime) -> int:
    """The number of the note signed of that part; the discussion holds it from now on."""
    note = notes.sign_text(
        conn,
        patient_id,
        Author(viewer.user_id, viewer.name, viewer.discipline),
        text=text,
        template=TEMPLATE,
        meeting_id=said.meeting_id,
        now=now,
    )
    meetings.record(conn, patient_id, replace(said, note_id=note.note_id), case_review.writer(viewer, now))
    return note.note_id


def _at(conn: Connection, viewer: Viewer, meeting_id: int) -> Meeting:
    meeting = meetings.get(conn, meeting_id)
    if meeting is None or not viewer.in_scope(meeting.team_id):
        raise NotPermitted(Permission.RECORD_DECISIONS.value)
    return meeting


def _owners(conn: Connection) -> dict[int, str]:
    return {user.user_id: user.name for user in access.users(conn)}
