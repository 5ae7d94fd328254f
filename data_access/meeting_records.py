"""What a case review is: the meeting, its people and its queue, and what it said about each patient."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from clinical.record import UNREVISED, Revised
from data_access.errors import Conflict

Attendance = Literal["invited", "present", "apologies"]
MeetingStatus = Literal["planned", "open", "closed"]
DiscussionStatus = Literal["queued", "discussed", "deferred"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a meeting names; `user_id` None for a guest without an account."""

    user_id: int | None
    name: str
    discipline: str = ""
    attendance: Attendance = "invited"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One case review of a care team; `queue` its patients in their order. `meeting_id` 0: not on record yet."""

    meeting_id: int
    team_id: int
    day: date
    title: str
    status: MeetingStatus = "planned"
    people: tuple[Person, ...] = ()
    queue: tuple[int, ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    revised: Revised = UNREVISED


@dataclass(frozen=True, slots=True)
class Discussion:
    """What one meeting said about one patient; `seconds` how long, `note_id` its signed note, None while there is none.

    `teller` is who tells the patient.
    """

    meeting_id: int
    question: str = ""
    status: DiscussionStatus = "queued"
    discussion: str = ""
    options: str = ""
    decision: str = ""
    reason: str = ""
    disagreement: str = ""
    disagreement_by: str = ""
    teller_user_id: int | None = None
    teller_name: str = ""
    next_review: date | None = None
    seconds: int = 0
    note_id: int | None = None
    revised: Revised = UNREVISED


class MeetingFacts(NamedTuple):
    """Which meeting a discussion was part of."""

    meeting_id: int
    day: date
    title: str
    status: MeetingStatus


class Discussed(NamedTuple):
    """One discussion of a patient, with its meeting."""

    meeting: MeetingFacts
    said: Discussion


def closed() -> Conflict:
    """The refusal of a change to a meeting that is over."""
    return Conflict(
        "This case review was closed meanwhile.",
        "Nothing was changed; its notes are signed, and what it recorded stands.",
        "What is to be added goes into a note of the patient's record, or into the next case review.",
    )
