"""The minutes of a case review as a file: who may have them, whose patients they show, and that they were made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from dashboard.errors import ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.reports import minutes_deidentified, minutes_words
from dashboard.reports.minutes_docx import docx
from dashboard.reports.minutes_words import Case, Told
from dashboard.services import work
from data_access import access, audit, meetings, patients, plan

Kind = Literal["pdf", "docx"]
TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """The file; `left_out` patients of the meeting are not in the viewer's care and not in it."""

    name: str
    content: bytes
    media_type: str
    left_out: int


def minutes(
    viewer: Viewer,
    meeting_id: int,
    kind: Kind,
    *,
    deidentified: bool = False,
    free_text: bool = False,
    now: datetime,
) -> MinutesFile:
    """The minutes of that meeting; without names, and then without texts unless `free_text`, where asked for.

    It is on record for the meeting and for every patient in it before it is handed over. Raises NotPermitted, and
    ExplainedError where there is no such meeting.
    """
    told = _read(viewer, meeting_id)
    made = minutes_deidentified.minutes(told, free_text=free_text) if deidentified else minutes_words.minutes(told)
    content = made.pdf(now=now) if kind == "pdf" else docx(made, now=now)
    how = f"{kind}{', de-identified' if deidentified else ''}{', with free text' if deidentified and free_text else ''}"
    _put_on_record(viewer, told, f"{how}, {len(content)} bytes", now)
    return MinutesFile(_file_name(told, kind, deidentified), content, TYPES[kind], told.left_out)


def _permission(viewer: Viewer) -> Permission:
    """Who records decisions may have their minutes, and so may who prepares meetings."""
    recording = viewer.may(Permission.RECORD_DECISIONS)
    return Permission.RECORD_DECISIONS if recording else Permission.PREPARE_MEETINGS


def _read(viewer: Viewer, meeting_id: int) -> Told:
    permission, action = _permission(viewer), "prepare minutes"
    with work.reading(viewer, permission, action=action, resource=f"meeting {meeting_id}") as conn:
        meeting = meetings.get(conn, meeting_id)
        if meeting is None:
            raise _no_such_meeting()
        if viewer.in_scope(meeting.team_id):
            return _told(conn, viewer, meeting)
    work.refuse(viewer, permission, None, action)
    raise NotPermitted("make the minutes of this case review")


def _told(conn: Connection, viewer: Viewer, meeting: meetings.Meeting) -> Told:
    heads = [patients.head(conn, patient_id) for patient_id in meeting.queue]
    mine = [head for head in heads if head is not None and viewer.in_scope(head.team_id)]
    users = access.users(conn)
    return Told(
        meeting=meeting,
        team=next((team.name for team in access.teams(conn) if team.team_id == meeting.team_id), ""),
        cases=tuple(_case(conn, head, meeting.meeting_id) for head in mine),
        left_out=len(heads) - len(mine),
        names={user.user_id: user.name for user in users},
        disciplines={user.user_id: user.discipline or "" for user in users},
    )


def _case(conn: Connection, head: patients.PatientHead, meeting_id: int) -> Case:
    agreed = [action for action in plan.load(conn, head.patient_id).actions if action.meeting_id == meeting_id]
    return Case(head, meetings.discussion(conn, head.patient_id, meeting_id), tuple(agreed))


def _put_on_record(viewer: Viewer, told: Told, how: str, now: datetime) -> None:
    """One event for the meeting and one for each patient, all of them or none, before anything is handed over."""
    resource = f"minutes of meeting {told.meeting.meeting_id}"
    detail = f"{how}, patients {len(told.cases)}, left out {told.left_out}"
    everybody = sorted(case.head.patient_id for case in told.cases)
    with work.writing(viewer, _permission(viewer), action="export", resource=resource, detail=detail) as conn:
        for patient_id in everybody:  # in order, so that two who do this at once never wait in a circle
            audit.record(
                conn,
                user_id=viewer.user_id,
                role=viewer.role,
                action="export",
                patient_id=patient_id,
                resource=resource,
                detail=how,
                now=now,
            )


def _no_such_meeting() -> ExplainedError:
    return ExplainedError(
        "There is no such case review.",
        "Nothing was made.",
        "Go back to the list of case reviews and choose one.",
    )


def _file_name(told: Told, kind: Kind, deidentified: bool) -> str:
    """'case-review-2026-11-22-3.pdf': the day and number of the meeting, nobody's name; without a day for teaching."""
    if deidentified:
        return f"case-review-de-identified-{told.meeting.day:%Y-%m}.{kind}"
    return f"case-review-{told.meeting.day.isoformat()}-{told.meeting.meeting_id}.{kind}"
