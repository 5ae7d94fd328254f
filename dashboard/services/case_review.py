"""Case reviews: the meetings of one's teams, who is there, and which patients they look at with which question."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.team_members import works_for
from data_access import access, audit, meetings, patients
from data_access.access import User
from data_access.errors import Overtaken
from data_access.meeting_records import closed
from data_access.meetings import Discussion, Meeting
from data_access.patients import PatientHead
from data_access.plan import Writer

LONGEST_QUESTION = 1_000


@dataclass(frozen=True, slots=True)
class TeamOf:
    """A care team the viewer may hold meetings of, and who works for it."""

    team_id: int
    name: str
    members: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The meetings of the viewer's teams: open ones, those to come (the next first), those over (the latest first)."""

    open: tuple[Meeting, ...]
    coming: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    teams: tuple[TeamOf, ...]


@dataclass(frozen=True, slots=True)
class Queued:
    """One place of a queue, from 1; `head` and `said` None where the patient is not the viewer's to see."""

    place: int
    patient_id: int
    head: PatientHead | None
    said: Discussion | None


@dataclass(frozen=True, slots=True)
class Review:
    """One meeting with its queue, as the viewer may see it."""

    meeting: Meeting
    team_name: str
    queue: tuple[Queued, ...]


def listed(viewer: Viewer) -> Listed:
    """Every meeting of the viewer's teams. Raises NotPermitted."""
    with work.reading(viewer, Permission.PREPARE_MEETINGS, action="view case reviews") as conn:
        found = meetings.listed(conn, None if viewer.whole_clinic else viewer.teams)
        teams = _teams(conn, viewer)
    past = [each for each in found if each.status == "closed"]
    coming = [each for each in found if each.status == "planned"]
    return Listed(
        open=tuple(each for each in found if each.status == "open"),
        coming=tuple(sorted(coming, key=_day)),
        past=tuple(sorted(past, key=_day, reverse=True)),
        teams=teams,
    )


def _day(meeting: Meeting) -> tuple[date, int]:
    return meeting.day, meeting.meeting_id


def _teams(conn: Connection, viewer: Viewer) -> tuple[TeamOf, ...]:
    staff = access.users(conn)
    return tuple(
        TeamOf(team.team_id, team.name, tuple(user for user in staff if works_for(user, team.team_id)))
        for team in access.teams(conn)
        if viewer.in_scope(team.team_id)
    )


def review(viewer: Viewer, meeting_id: int) -> Review | None:
    """That meeting and its queue; None where there is none, or it is of a team that is not the viewer's.

    Each patient of the queue is looked at under their own name: scope and audit are theirs.
    """
    with work.reading(viewer, Permission.PREPARE_MEETINGS, action="view case review", resource=of(meeting_id)) as conn:
        meeting = meetings.get(conn, meeting_id)
        name = access.team_name(conn, meeting.team_id) if meeting else ""
        heads = patients.heads(conn, meeting.queue) if meeting else {}
        said = meetings.at_meeting(conn, meeting_id, meeting.queue) if meeting else {}
    if meeting is None:
        return None
    if not viewer.in_scope(meeting.team_id):
        work.refuse(viewer, Permission.PREPARE_MEETINGS, None, of(meeting_id))
        return None
    mine = {number: head for number, head in heads.items() if viewer.in_scope(head.team_id)}
    work.looked_at(viewer, mine, action="view case review", resource=of(meeting_id))
    return Review(
        meeting,
        name,
        tuple(
            Queued(place, number, mine.get(number), said.get(number) if number in mine else None)
            for place, number in enumerate(meeting.queue, start=1)
        ),
    )


def of(meeting_id: int) -> str:
    """What the audit trail calls that meeting."""
    return f"meeting {meeting_id}"


def coming_for(viewer: Viewer, head: PatientHead) -> tuple[tuple[Meeting, Discussion | None], ...]:
    """The meetings of the patient's team that are not over, the next first, with what is queued there of them."""
    with work.reading(viewer, Permission.PREPARE_MEETINGS, head.patient_id, action="view case reviews") as conn:
        found = [] if head.team_id is None else meetings.listed(conn, frozenset({head.team_id}))
        going = sorted((each for each in found if each.status != "closed"), key=_day)
        return tuple((each, _of_queue(conn, each, head.patient_id)) for each in going)


def _of_queue(conn: Connection, meeting: Meeting, patient_id: int) -> Discussion | None:
    return meetings.discussion(conn, patient_id, meeting.meeting_id) if patient_id in meeting.queue else None


def queue(
    viewer: Viewer, meeting_id: int, patient_id: int, question: str, *, seen: str | None = None, now: datetime
) -> None:
    """Put the patient at the end of that queue with the question to answer; again: only the question changes.

    `seen` is the question that was on the screen, None where the patient was not in the queue. Raises NotPermitted;
    Conflict when somebody asked another one meanwhile, the part is signed or the meeting closed; ExplainedError.
    """
    asked = " ".join(question.split())
    if len(asked) > LONGEST_QUESTION:
        raise ExplainedError(
            f"The question has {len(asked):,} characters; it holds {LONGEST_QUESTION:,}.",
            "Nothing was changed, and your question is still in the field.",
            "Shorten it; what belongs to the discussion is recorded at the meeting.",
        )
    with _changing(viewer, meeting_id, patient_id, "queue for case review") as conn:
        try:
            meetings.queue(conn, meeting_id, patient_id, asked, writer(viewer, now), seen=seen)
        except Overtaken as late:
            raise _asked_meanwhile(late.theirs) from late


def _asked_meanwhile(theirs: Discussion) -> Conflict:
    return Conflict(
        f"{theirs.revised.user_name or 'Somebody else'} asked another question about this patient meanwhile.",
        "Theirs stands; nothing was overwritten.",
        "Read it, then change it where yours is still to be asked.",
    )


def unqueue(viewer: Viewer, meeting_id: int, patient_id: int, *, now: datetime) -> None:
    """Take the patient out of the queue, as long as nothing was recorded. Raises NotPermitted, Conflict.

    The team that meets may, even where the patient came into the care of another one since: it shows nothing of them.
    """
    action, resource = "remove from case review", of(meeting_id)
    with work.writing(viewer, Permission.PREPARE_MEETINGS, action=action, resource=resource) as conn:
        if patient_id not in going(conn, viewer, meeting_id).queue:
            return
        audit.record(
            conn,
            user_id=viewer.user_id,
            role=viewer.role,
            action=action,
            patient_id=patient_id,
            resource=resource,
            now=now,
        )
        meetings.unqueue(conn, meeting_id, patient_id, writer(viewer, now))


def move(viewer: Viewer, meeting_id: int, patient_id: int, step: int, *, now: datetime) -> None:
    """Move the patient that many places down the queue, up for less than 0. Raises NotPermitted, Conflict."""
    with _changing(viewer, meeting_id, patient_id, "reorder case review") as conn:
        if meetings.discussion(conn, patient_id, meeting_id) is None:
            raise gone()
        meetings.move(conn, meeting_id, patient_id, step, writer(viewer, now))


def start(viewer: Viewer, meeting_id: int, *, now: datetime) -> None:
    """Open the meeting; one that is open already stays so. Raises NotPermitted, Conflict when it was closed."""
    with _changing(viewer, meeting_id, None, "start case review") as conn:
        meetings.start(conn, meeting_id, writer(viewer, now))


@contextmanager
def _changing(viewer: Viewer, meeting_id: int, patient_id: int | None, action: str) -> Iterator[Connection]:
    with work.writing(viewer, Permission.PREPARE_MEETINGS, patient_id, action=action, resource=of(meeting_id)) as conn:
        going(conn, viewer, meeting_id)
        yield conn


def going(conn: Connection, viewer: Viewer, meeting_id: int) -> Meeting:
    """That meeting, as long as it is not closed, inside a piece of work. Raises NotPermitted, Conflict."""
    meeting = meetings.get(conn, meeting_id)
    if meeting is None or not viewer.in_scope(meeting.team_id):
        raise NotPermitted(Permission.PREPARE_MEETINGS.value)
    if meeting.status == "closed":
        raise closed()
    return meeting


def writer(viewer: Viewer, now: datetime) -> Writer:
    """The viewer as those who write see them."""
    return Writer(viewer.user_id, viewer.name, now, now.astimezone().date())


def gone() -> Conflict:
    """The refusal where the patient is not in the queue any more."""
    return Conflict(
        "This patient was taken out of the queue meanwhile.",
        "Nothing was recorded; what you wrote is kept as your draft.",
        "Look at the queue; queue the patient again where that was a mistake.",
    )


__all__ = [
    "LONGEST_QUESTION",
    "Discussion",
    "Listed",
    "Meeting",
    "Queued",
    "Review",
    "TeamOf",
    "coming_for",
    "going",
    "gone",
    "listed",
    "move",
    "of",
    "queue",
    "review",
    "start",
    "unqueue",
    "writer",
]
