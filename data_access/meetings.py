"""Case reviews: meetings of a care team, and the queue of patients each looks at.

Day, title and people of a meeting are saved onto the revision they were read at; the queue changes patient by patient,
so that two people who prepare a meeting do not get in each other's way. What was said is in `data_access.discussions`.
"""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from clinical.record import Revised
from data_access.discussions import at_meeting, discussion, discussions, record, spend
from data_access.engine import lock_patient
from data_access.errors import Conflict, ExplainedError, Overtaken
from data_access.meeting_records import (
    Attendance,
    Discussed,
    Discussion,
    DiscussionStatus,
    Meeting,
    MeetingFacts,
    MeetingStatus,
    Person,
    closed,
)
from data_access.plan import Writer
from data_access.tables import case_discussions, meeting_people, meeting_queue, meetings, patients

__all__ = [
    "Attendance",
    "Discussed",
    "Discussion",
    "DiscussionStatus",
    "Meeting",
    "MeetingFacts",
    "MeetingStatus",
    "Overtaken",
    "Person",
    "at_meeting",
    "close",
    "discussion",
    "discussions",
    "get",
    "listed",
    "move",
    "queue",
    "record",
    "save",
    "spend",
    "start",
    "unqueue",
]


def listed(conn: sa.Connection, teams: frozenset[int] | None) -> list[Meeting]:
    """The meetings of those teams (None: of every team), the latest day first."""
    m = meetings.c
    of_teams = sa.true() if teams is None else m.team_id.in_(sorted(teams))
    query = sa.select(*m).where(of_teams).order_by(m.day.desc(), m.meeting_id.desc())
    rows = list(conn.execute(query))
    people, queues = _people(conn, of_teams), _queues(conn, of_teams)
    return [_meeting(row, people.get(row.meeting_id, ()), queues.get(row.meeting_id, ())) for row in rows]


def get(conn: sa.Connection, meeting_id: int) -> Meeting | None:
    """That meeting, None where there is none."""
    this = meetings.c.meeting_id == meeting_id
    row = conn.execute(sa.select(*meetings.c).where(this)).one_or_none()
    if row is None:
        return None
    return _meeting(row, _people(conn, this).get(meeting_id, ()), _queues(conn, this).get(meeting_id, ()))


def _people(conn: sa.Connection, which: sa.ColumnElement[bool]) -> dict[int, tuple[Person, ...]]:
    p = meeting_people.c
    joined = meeting_people.join(meetings, meetings.c.meeting_id == p.meeting_id)
    columns = (p.meeting_id, p.user_id, p.name, p.discipline, p.attendance)
    query = sa.select(*columns).select_from(joined).where(which).order_by(p.meeting_id, p.place)
    found: dict[int, tuple[Person, ...]] = {}
    for meeting_id, *person in conn.execute(query):
        found[meeting_id] = (*found.get(meeting_id, ()), Person(*person))
    return found


def _queues(conn: sa.Connection, which: sa.ColumnElement[bool]) -> dict[int, tuple[int, ...]]:
    q = meeting_queue.c
    joined = meeting_queue.join(meetings, meetings.c.meeting_id == q.meeting_id)
    query = sa.select(q.meeting_id, q.patient_id).select_from(joined).where(which)
    found: dict[int, tuple[int, ...]] = {}
    for meeting_id, patient_id in conn.execute(query.order_by(q.meeting_id, q.place, q.patient_id)):
        found[meeting_id] = (*found.get(meeting_id, ()), patient_id)
    return found


def _meeting(row: sa.Row[*tuple[Any, ...]], people: tuple[Person, ...], queued: tuple[int, ...]) -> Meeting:
    return Meeting(
        meeting_id=row.meeting_id,
        team_id=row.team_id,
        day=row.day,
        title=row.title,
        status=row.status,
        people=people,
        queue=queued,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        revised=Revised(row.revision, row.changed_by_name, row.changed_at),
    )


def save(conn: sa.Connection, meeting: Meeting, writer: Writer) -> Meeting:
    """The meeting as saved: its day, title and people; queue and status are changed by functions of their own.

    `meeting.revised.revision` is the revision it was read at, 0 with `meeting_id` 0 for a new one. Raises Overtaken
    when it moved, Conflict when it was closed, LookupError where there is none.
    """
    said = {"day": meeting.day, "title": meeting.title, **_stamp(writer)}
    if not meeting.meeting_id:
        added = conn.execute(sa.insert(meetings).values(team_id=meeting.team_id, revision=1, **said))
        key = added.inserted_primary_key
        return _with_people(conn, int(key[0]) if key else 0, meeting.people)
    there = _held(conn, meeting.meeting_id)
    if there.revised.revision != meeting.revised.revision:
        raise Overtaken(there)
    _require_going(there)
    revision = there.revised.revision + 1
    changed = sa.update(meetings).where(meetings.c.meeting_id == meeting.meeting_id)
    conn.execute(changed.values(revision=revision, **said))
    return _with_people(conn, meeting.meeting_id, meeting.people)


def _with_people(conn: sa.Connection, meeting_id: int, people: tuple[Person, ...]) -> Meeting:
    conn.execute(sa.delete(meeting_people).where(meeting_people.c.meeting_id == meeting_id))
    rows = [
        {
            "meeting_id": meeting_id,
            "place": place,
            "user_id": person.user_id,
            "name": person.name,
            "discipline": person.discipline,
            "attendance": person.attendance,
        }
        for place, person in enumerate(people, start=1)
    ]
    if rows:
        conn.execute(sa.insert(meeting_people), rows)
    return _found(conn, meeting_id)


def start(conn: sa.Connection, meeting_id: int, writer: Writer) -> Meeting:
    """The meeting, open from now on; one that is open stays as it is. Raises Conflict when it was closed."""
    there = _held(conn, meeting_id)
    _require_going(there)
    if there.status == "planned":
        _put(conn, meeting_id, {"status": "open", "opened_at": writer.now})
    return _found(conn, meeting_id)


def close(conn: sa.Connection, meeting_id: int, writer: Writer) -> Meeting:
    """The meeting, closed for good; one that is closed stays as it is."""
    if _held(conn, meeting_id).status != "closed":
        _put(conn, meeting_id, {"status": "closed", "closed_at": writer.now})
    return _found(conn, meeting_id)


def queue(
    conn: sa.Connection, meeting_id: int, patient_id: int, question: str, writer: Writer, *, seen: str | None = None
) -> Discussion:
    """The patient at the end of the queue with that question; who is in it already keeps the place.

    `seen` is the question that was there when this one was written, None where the patient was not in the queue.
    Raises Overtaken when somebody asked another one meanwhile; Conflict when the meeting was closed or the patient's
    part is signed; ExplainedError for a patient of another team.
    """
    lock_patient(conn, patient_id)
    there = _held(conn, meeting_id)
    _require_going(there)
    team = conn.execute(sa.select(patients.c.team_id).where(patients.c.patient_id == patient_id)).scalar()
    if team != there.team_id:
        raise _of_another_team()
    if patient_id not in there.queue:
        q = meeting_queue.c
        last = conn.execute(sa.select(sa.func.max(q.place)).where(q.meeting_id == meeting_id)).scalar() or 0
        row = {"patient_id": patient_id, "meeting_id": meeting_id, "place": last + 1}
        conn.execute(sa.insert(meeting_queue).values(row))
    asked = discussion(conn, patient_id, meeting_id)
    if asked is not None and (asked.question == question or (seen is None and not question)):
        return asked
    _require_unmoved(asked, seen)
    return _asked(conn, meeting_id, patient_id, question, asked, writer)


def _require_unmoved(there: Discussion | None, seen: str | None) -> None:
    if there is not None and there.note_id is not None:
        raise _signed()
    if there is not None and there.question not in ("", seen):
        raise Overtaken(there)


def _asked(
    conn: sa.Connection, meeting_id: int, patient_id: int, question: str, there: Discussion | None, writer: Writer
) -> Discussion:
    said = replace(there or Discussion(meeting_id), question=question)
    revised = Revised(said.revised.revision + 1, writer.name, writer.now)
    values = {"question": question, "revision": revised.revision, **_stamp(writer)}
    if there is None:
        row = {"patient_id": patient_id, "meeting_id": meeting_id, **values}
        conn.execute(sa.insert(case_discussions).values(row))
    else:
        d = case_discussions.c
        this = sa.update(case_discussions).where(d.patient_id == patient_id, d.meeting_id == meeting_id)
        conn.execute(this.values(values))
    return replace(said, revised=revised)


def unqueue(conn: sa.Connection, meeting_id: int, patient_id: int, writer: Writer) -> None:
    """Takes the patient out of the queue. Raises Conflict once something was recorded, or the meeting was closed."""
    lock_patient(conn, patient_id)
    _require_going(_held(conn, meeting_id))
    said = discussion(conn, patient_id, meeting_id)
    if said is not None and (said.status != "queued" or said.note_id is not None):
        raise _recorded()
    for table in (meeting_queue, case_discussions):
        row = (table.c.patient_id == patient_id, table.c.meeting_id == meeting_id)
        conn.execute(sa.delete(table).where(*row))


def move(conn: sa.Connection, meeting_id: int, patient_id: int, step: int, writer: Writer) -> tuple[int, ...]:
    """The queue with that patient `step` places further down (up for less than 0), at most to its ends."""
    there = _held(conn, meeting_id)
    _require_going(there)
    if patient_id not in there.queue:
        raise LookupError("this patient is not in that queue")
    order = [each for each in there.queue if each != patient_id]
    order.insert(min(max(there.queue.index(patient_id) + step, 0), len(order)), patient_id)
    q = meeting_queue.c
    for place, each in enumerate(order, start=1):
        this = sa.update(meeting_queue).where(q.meeting_id == meeting_id, q.patient_id == each)
        conn.execute(this.values(place=place))
    return tuple(order)


def _stamp(writer: Writer) -> dict[str, Any]:
    return {"changed_by": writer.user_id, "changed_by_name": writer.name, "changed_at": writer.now}


def _put(conn: sa.Connection, meeting_id: int, values: dict[str, Any]) -> None:
    conn.execute(sa.update(meetings).where(meetings.c.meeting_id == meeting_id).values(values))


def _held(conn: sa.Connection, meeting_id: int) -> Meeting:
    """The meeting, once this transaction is the only one that changes it. Raises LookupError where there is none."""
    m = meetings.c
    conn.execute(sa.select(m.meeting_id).where(m.meeting_id == meeting_id).with_for_update())
    return _found(conn, meeting_id)


def _found(conn: sa.Connection, meeting_id: int) -> Meeting:
    found = get(conn, meeting_id)
    if found is None:
        raise LookupError("there is no such meeting")
    return found


def _require_going(meeting: Meeting) -> None:
    if meeting.status == "closed":
        raise closed()


def _recorded() -> Conflict:
    return Conflict(
        "Something was recorded for this patient at this case review.",
        "It is kept, and the patient stays in the queue.",
        "Say that the patient is deferred instead.",
    )


def _signed() -> Conflict:
    return Conflict(
        "The note of this patient's review is signed, with the question it answers.",
        "It stands as it was signed; nothing was changed.",
        "Queue the patient for another case review with the new question.",
    )


def _of_another_team() -> ExplainedError:
    return ExplainedError(
        "This patient is cared for by another team than the one that meets.",
        "Nothing was queued.",
        "Queue them for a case review of their own team.",
    )
