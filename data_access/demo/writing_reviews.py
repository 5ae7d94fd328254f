"""Case reviews of invented teams in the database: meetings, what was said, signed notes, and the actions agreed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from clinical.plan import Action
from clinical.record import Revised
from data_access.demo import writing_notes
from data_access.demo.case_reviews import GUEST, ROLES, TITLE, InventedCase, InventedMeeting, attendance
from data_access.demo.case_words import ActionWords
from data_access.demo.clinic_notes import InventedNote
from data_access.demo.names import StaffRole
from data_access.demo.staff import DISCIPLINE, staff_name, staff_number
from data_access.demo.writing_plans import RealUser, Row, added_action, made
from data_access.rows import put
from data_access.tables import (
    actions,
    case_discussions,
    meeting_people,
    meeting_queue,
    meetings,
    notes,
    patients,
    plan_changes,
)

CHAIR: StaffRole = "physician"


@dataclass(frozen=True, slots=True)
class Clinic:
    """The real numbers: of teams and patients by their place, of users by staff number; `end` is today."""

    teams: Sequence[int]
    patients: Sequence[int]
    user: RealUser
    end: date


def write(conn: sa.Connection, held: Sequence[InventedMeeting], clinic: Clinic) -> None:
    """Stores the meetings, oldest first, and what they left in the records of the patients."""
    book = _Book(conn, clinic)
    rows: dict[sa.Table, list[Row]] = defaultdict(list)
    for meeting in held:
        meeting_id = _open(conn, meeting, clinic)
        rows[meeting_people] += _people(meeting, meeting_id, clinic)
        for place, case in enumerate(meeting.cases, 1):
            book.enter(rows, meeting, meeting_id, place, case)
    signed = rows.pop(notes, [])
    for table, found in rows.items():
        put(conn, table, found)
    writing_notes.store(conn, signed)
    changed = sorted({row["patient_id"] for row in signed})
    p = patients.c
    for patient_id in changed:
        conn.execute(sa.update(patients).where(p.patient_id == patient_id).values(data_version=p.data_version + 1))


def _open(conn: sa.Connection, meeting: InventedMeeting, clinic: Clinic) -> int:
    by = _chair(meeting, clinic)
    begun = datetime.combine(meeting.day, time(13, 0), UTC)
    row = {
        "team_id": clinic.teams[meeting.team - 1],
        "day": meeting.day,
        "title": TITLE,
        "status": "closed" if meeting.held else "planned",
        "opened_at": begun if meeting.held else None,
        "closed_at": begun + timedelta(minutes=55) if meeting.held else None,
        "revision": 1,
        "changed_by": by.user_id,
        "changed_by_name": by.name,
        "changed_at": begun - timedelta(days=6 if meeting.held else 12),
    }
    key = conn.execute(sa.insert(meetings).values(row)).inserted_primary_key
    return int(key[0]) if key else 0


@dataclass(frozen=True, slots=True)
class _Chair:
    user_id: int
    name: str


def _chair(meeting: InventedMeeting, clinic: Clinic) -> _Chair:
    return _Chair(clinic.user(staff_number(meeting.team, CHAIR)), staff_name(meeting.team, CHAIR))


def _people(meeting: InventedMeeting, meeting_id: int, clinic: Clinic) -> Iterator[Row]:
    for place, role in enumerate(ROLES, 1):
        yield {
            "meeting_id": meeting_id,
            "place": place,
            "user_id": clinic.user(staff_number(meeting.team, role)),
            "name": staff_name(meeting.team, role),
            "discipline": DISCIPLINE.get(role, ""),
            "attendance": attendance(meeting, role),
        }
    name, discipline = GUEST
    came = "present" if meeting.held else "invited"
    guest = {"user_id": None, "name": name, "discipline": discipline, "attendance": came}
    yield {"meeting_id": meeting_id, "place": len(ROLES) + 1, **guest}


class _Book:
    """Gives out the next numbers inside each patient, and writes one case after the other."""

    def __init__(self, conn: sa.Connection, clinic: Clinic) -> None:
        self._clinic = clinic
        self._last = {
            table: _last(conn, table.c.patient_id, number)
            for table, number in (
                (notes, notes.c.note_id),
                (actions, actions.c.action_id),
                (plan_changes, plan_changes.c.change_id),
            )
        }

    def enter(
        self, rows: dict[sa.Table, list[Row]], meeting: InventedMeeting, meeting_id: int, place: int, case: InventedCase
    ) -> None:
        """The case's row of the queue, its discussion, the signed note of what was discussed, and its actions."""
        patient_id = self._clinic.patients[case.patient - 1]
        agreed = list(self._actions(patient_id, meeting, meeting_id, case))
        chair = _chair(meeting, self._clinic)
        note_id = self._next(notes, patient_id) if case.said and not case.deferred else None
        rows[meeting_queue].append({"meeting_id": meeting_id, "patient_id": patient_id, "place": place})
        rows[case_discussions].append(
            {"patient_id": patient_id, "meeting_id": meeting_id, "note_id": note_id}
            | _said(case, meeting)
            | {"teller_user_id": chair.user_id if case.said and case.said.decision else None, "teller_name": ""}
            | {"changed_by": chair.user_id, "changed_by_name": chair.name}
        )
        for action in agreed:
            change = self._next(plan_changes, patient_id)
            ids = {action.revised.user_name: chair.user_id}
            rows[actions].append(added_action(patient_id, action, ids))
            rows[plan_changes].append(made(patient_id, change, action, ids))
        if note_id is not None:
            note = _note(case, meeting, agreed)
            row = writing_notes.row(patient_id, note_id, note, chair.user_id)
            rows[notes].append(row | {"meeting_id": meeting_id})

    def _actions(
        self, patient_id: int, meeting: InventedMeeting, meeting_id: int, case: InventedCase
    ) -> Iterator[Action]:
        for words in case.said.actions if case.said else ():
            yield self._action(words, self._next(actions, patient_id), meeting, meeting_id)

    def _action(self, words: ActionWords, number: int, meeting: InventedMeeting, meeting_id: int) -> Action:
        """Done on its day where that has passed: what is overdue in this clinic is so by its own case."""
        title, role, in_days = words
        due = meeting.day + timedelta(days=in_days)
        past = due < self._clinic.end
        at = datetime.combine(meeting.day, time(13, 50), UTC)
        return Action(
            title=title,
            due=due,
            status="done" if past else "open",
            done=due - timedelta(days=1) if past else None,
            discipline=DISCIPLINE[role],
            owner_user_id=self._clinic.user(staff_number(meeting.team, role)),
            action_id=number,
            meeting_id=meeting_id,
            made=meeting.day,
            revised=Revised(1, staff_name(meeting.team, CHAIR), at),
        )

    def _next(self, table: sa.Table, patient_id: int) -> int:
        last = self._last[table]
        last[patient_id] = last.get(patient_id, 0) + 1
        return last[patient_id]


def _last(conn: sa.Connection, patient: sa.Column[Any], number: sa.Column[Any]) -> dict[int, int]:
    rows = conn.execute(sa.select(patient, sa.func.max(number)).group_by(patient))
    return {int(patient_id): int(last) for patient_id, last in rows}


def _said(case: InventedCase, meeting: InventedMeeting) -> Row:
    words = case.said
    by = words.disagreement_by if words else None
    decided = bool(words and words.decision)
    return {
        "question": case.question,
        "status": "queued" if words is None else "deferred" if case.deferred else "discussed",
        "discussion": words.discussion if words else "",
        "options": words.options if words else "",
        "decision": words.decision if words else "",
        "reason": words.reason if words else "",
        "disagreement": words.disagreement if words else "",
        "disagreement_by": staff_name(meeting.team, by) if by else "",
        "next_review": meeting.day + timedelta(weeks=12) if decided else None,
        "seconds": case.seconds,
        "revision": 2 if words else 1,
        "changed_at": datetime.combine(meeting.day, time(13, 45), UTC) - timedelta(days=0 if words else 12),
    }


def _note(case: InventedCase, meeting: InventedMeeting, agreed: Sequence[Action]) -> InventedNote:
    return InventedNote(
        author=staff_number(meeting.team, CHAIR),
        author_name=staff_name(meeting.team, CHAIR),
        discipline=DISCIPLINE[CHAIR],
        text=_text(case, meeting, agreed),
        signed_at=datetime.combine(meeting.day, time(14, 0), UTC),
        template="case_review",
    )


def _text(case: InventedCase, meeting: InventedMeeting, agreed: Sequence[Action]) -> str:
    """What the meeting said of the patient, as the note that a case review leaves."""
    words = case.said
    there = [staff_name(meeting.team, role) for role in ROLES if attendance(meeting, role) == "present"]
    parts: Mapping[str, str] = {
        "Question": case.question,
        "Discussion": words.discussion if words else "",
        "Options considered": words.options if words else "",
        "Decision": words.decision if words else "",
        "Reason": words.reason if words else "",
        "Disagreement": words.disagreement if words else "",
        "Actions": "\n".join(f"- {each.title}" for each in agreed) or "None agreed.",
    }
    head = f"# Case review, {meeting.day.day} {meeting.day:%B %Y}\n\n**Present:** {', '.join(there)}, {GUEST[0]}"
    return "\n\n".join((head, *(f"## {name}\n{text or 'Not recorded.'}" for name, text in parts.items())))
