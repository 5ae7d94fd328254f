"""Arranging a case review: when, of which team, who is there, who sent apologies, which guests."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from dashboard.errors import ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import case_review, work
from dashboard.services.case_review import TeamOf
from data_access import meetings
from data_access.meetings import Meeting, Person

Attendance = Literal["invited", "present", "apologies"]

LONGEST_TITLE = 200
LONGEST_NAME, LONGEST_ROLE = 160, 24
MOST_GUESTS = 30
FARTHEST = timedelta(days=2 * 366)
"""A meeting is planned at most two years ahead: farther off is a slip of the year."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """What the form holds. `guests`: one a line, name and role with a comma between."""

    team: TeamOf | None
    day: date | None
    title: str
    present: tuple[int, ...] = ()
    apologies: tuple[int, ...] = ()
    guests: str = ""


def problems(asked: Arranged, as_of: date) -> dict[str, str]:
    """What cannot be, by field; empty when all of it can."""
    found = {
        "team": "" if asked.team else "Choose the team that meets.",
        "day": _day_problem(asked.day, as_of),
        "title": _title_problem(" ".join(asked.title.split())),
        "apologies": _twice(asked),
        "guests": _guests_problem(asked.guests),
    }
    return {field: problem for field, problem in found.items() if problem}


def _day_problem(day: date | None, as_of: date) -> str:
    if day is None:
        return "Choose the day."
    return f"{day.isoformat()} is more than two years ahead." if day > as_of + FARTHEST else ""


def _title_problem(title: str) -> str:
    if not title:
        return "Give it a title; 'Case review' will do."
    return f"{len(title):,} characters; a title holds {LONGEST_TITLE}." if len(title) > LONGEST_TITLE else ""


def _twice(asked: Arranged) -> str:
    names = {user.user_id: user.name for user in asked.team.members} if asked.team else {}
    both = [names.get(each, "Somebody") for each in asked.apologies if each in asked.present]
    return f"{both[0]} is among those present as well; a person is one or the other." if both else ""


def _guests_problem(guests: str) -> str:
    found = _guests(guests)
    if len(found) > MOST_GUESTS:
        return f"{len(found)} guests; a case review holds {MOST_GUESTS}."
    for name, role in found:
        if not name:
            return "A line has no name before the comma."
        if len(name) > LONGEST_NAME:
            return f"A name has {len(name)} characters; it holds {LONGEST_NAME}. One guest a line."
        if len(role) > LONGEST_ROLE:
            return f"The role of {name} has {len(role)} characters; it holds {LONGEST_ROLE}."
    return ""


def _guests(text: str) -> list[tuple[str, str]]:
    lines = [line.partition(",") for line in text.splitlines() if line.strip(" ,")]
    return [(" ".join(name.split()), " ".join(role.split())) for name, _, role in lines]


def people(asked: Arranged) -> tuple[Person, ...]:
    """Everybody the meeting names: members of the team in their order, then guests.

    Whoever works for the whole clinic is named where they came or sent apologies, not as invited everywhere.
    """
    members = asked.team.members if asked.team else ()
    of_team = [
        Person(user.user_id, user.name, user.discipline or user.role, _attendance(user.user_id, asked))
        for user in members
        if asked.team and (asked.team.team_id in user.teams or _attendance(user.user_id, asked) != "invited")
    ]
    return (*of_team, *(Person(None, name, role, "present") for name, role in _guests(asked.guests)))


def _left(meeting: Meeting, asked: Arranged) -> tuple[Person, ...]:
    """Those the meeting names who are not of the team any more: they stay as they were named."""
    members = {user.user_id for user in asked.team.members} if asked.team else set()
    return tuple(who for who in meeting.people if who.user_id is not None and who.user_id not in members)


def _attendance(user_id: int, asked: Arranged) -> Attendance:
    if user_id in asked.present:
        return "present"
    return "apologies" if user_id in asked.apologies else "invited"


def make(viewer: Viewer, asked: Arranged, *, now: datetime, as_of: date) -> Meeting:
    """The new meeting. Raises NotPermitted, ExplainedError with the first thing that cannot be."""
    team, day = _checked(viewer, asked, as_of)
    meeting = Meeting(0, team.team_id, day, " ".join(asked.title.split()), "planned", people(asked))
    with work.writing(
        viewer, Permission.PREPARE_MEETINGS, action="make case review", resource=f"team {team.team_id}"
    ) as conn:
        return meetings.save(conn, meeting, case_review.writer(viewer, now))


def change(viewer: Viewer, meeting: Meeting, asked: Arranged, *, now: datetime, as_of: date) -> Meeting:
    """The meeting, read at its revision, as arranged anew. Raises NotPermitted, Conflict, ExplainedError."""
    _, day = _checked(viewer, asked, as_of)
    with work.writing(
        viewer,
        Permission.PREPARE_MEETINGS,
        action="change case review",
        resource=case_review.of(meeting.meeting_id),
    ) as conn:
        case_review.going(conn, viewer, meeting.meeting_id)
        everybody = (*people(asked), *_left(meeting, asked))
        changed = replace(meeting, day=day, title=" ".join(asked.title.split()), people=everybody)
        return meetings.save(conn, changed, case_review.writer(viewer, now))


def _checked(viewer: Viewer, asked: Arranged, as_of: date) -> tuple[TeamOf, date]:
    found = problems(asked, as_of)
    if found or asked.team is None or asked.day is None:
        raise ExplainedError(
            next(iter(found.values()), "Something is missing."),
            "Nothing was saved, and what you filled in is still here.",
            "Correct the field and save again.",
        )
    if not viewer.in_scope(asked.team.team_id):
        raise NotPermitted(Permission.PREPARE_MEETINGS.value)
    return asked.team, asked.day
