"""What waits for one person, over all patients of their teams: actions, countersignatures, drafts, open discussions.

Every list takes `teams` (None: the whole clinic) and asks it in the query: an old draft or request about a patient who
is no longer in one's care stays on record, and is not shown.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from data_access.patients import HEAD_COLUMNS, PatientHead
from data_access.tables import (
    actions,
    case_discussions,
    cosign_requests,
    cosignatures,
    entry_drafts,
    form_drafts,
    measure_drafts,
    meeting_queue,
    meetings,
    note_drafts,
    notes,
    patients,
)
from data_access.text import bytewise

DraftKind = Literal["note", "entry", "questionnaire", "form"]
Teams = frozenset[int] | None
_Select = sa.Select[*tuple[Any, ...]]
_WIDTH = len(HEAD_COLUMNS)


@dataclass(frozen=True, slots=True)
class OwnAction:
    """An open action that the person is to do, as it stood at that revision; `due` None where no day was agreed."""

    head: PatientHead
    action_id: int
    revision: int
    title: str
    detail: str
    due: date | None
    meeting_id: int | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A note whose current version waits for the person's countersignature."""

    head: PatientHead
    note_id: int
    version: int
    author_name: str
    discipline: str
    signed_at: datetime
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft. `what` is the form of a questionnaire or plan item; of a note or an entry the number of what it changes.

    `begins` is how the text of a note begins, '' for every other kind.
    """

    head: PatientHead
    kind: DraftKind
    what: str
    begins: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Undecided:
    """A patient whom a meeting left without a decision; `again` is the day of the next meeting that looks at them."""

    head: PatientHead
    meeting_id: int
    day: date
    title: str
    status: str
    question: str
    again: date | None


def actions_of(conn: sa.Connection, user_id: int, teams: Teams) -> list[OwnAction]:
    """The person's open actions, the one due first on top, those without a day last."""
    a = actions.c
    columns = (a.action_id, a.revision, a.title, a.detail, a.due_day, a.meeting_id)
    query = _of_patients(actions, teams, *columns).where(a.owner_user_id == user_id, a.status == "open")
    rows = conn.execute(query.order_by(a.due_day.is_(None), a.due_day, a.patient_id, a.action_id))
    return [OwnAction(_head(row), *row[_WIDTH:]) for row in rows]


def cosigns_awaited(conn: sa.Connection, user_id: int, teams: Teams) -> list[Awaited]:
    """The notes that wait for the person's countersignature, the longest waiting first; amended versions do not."""
    r, n, c = cosign_requests.c, notes.c, cosignatures.c
    given = sa.exists().where(
        c.patient_id == r.patient_id, c.note_id == r.note_id, c.version == r.version, c.user_id == user_id
    )
    later = notes.alias("later")
    follows = sa.exists().where(
        later.c.patient_id == r.patient_id, later.c.note_id == r.note_id, later.c.version > r.version
    )
    note = sa.and_(n.patient_id == r.patient_id, n.note_id == r.note_id, n.version == r.version)
    columns = (n.note_id, n.version, n.author_name, n.discipline, n.signed_at, r.asked_at)
    query = _of_patients(cosign_requests.join(notes, note), teams, *columns, key=r.patient_id)
    query = query.where(r.asked_user_id == user_id, ~given, ~follows)
    rows = conn.execute(query.order_by(r.asked_at, r.patient_id, r.request_id))
    return [Awaited(_head(row), *row[_WIDTH:]) for row in rows]


def drafts_of(conn: sa.Connection, user_id: int, teams: Teams) -> list[Unfinished]:
    """Everything the person began and did not finish, the one saved last on top."""
    found: list[Unfinished] = []
    for kind, table, what, begins in _DRAFTS:
        query = _of_patients(table, teams, what, begins, table.c.saved_at).where(table.c.author_user_id == user_id)
        found += [
            Unfinished(_head(row), kind, str(row[_WIDTH]), row[_WIDTH + 1], row.saved_at)
            for row in conn.execute(query.order_by(table.c.patient_id, bytewise(sa.cast(what, sa.String))))
        ]
    return sorted(found, key=lambda each: each.saved_at, reverse=True)


_BEGINNING = 400
"""Characters of a note that tell what it is about, and whether anything was written beyond its outline."""
_DRAFTS: tuple[tuple[DraftKind, sa.Table, sa.Column[Any], sa.ColumnElement[str]], ...] = (
    ("note", note_drafts, note_drafts.c.amends_note_id, sa.func.substr(note_drafts.c.text, 1, _BEGINNING)),
    ("entry", entry_drafts, entry_drafts.c.corrects_entry_id, sa.literal("")),
    ("questionnaire", measure_drafts, measure_drafts.c.form, sa.literal("")),
    ("form", form_drafts, form_drafts.c.form, sa.literal("")),
)


def undecided(conn: sa.Connection, teams: Teams) -> list[Undecided]:
    """Patients discussed, deferred, or left in the queue of a closed meeting, without a decision then or since.

    Each once, with the latest such meeting; the longest waiting first.
    """
    d, m = case_discussions.c, meetings.c
    left = sa.or_(d.status != "queued", m.status == "closed")
    joined = case_discussions.join(meetings, m.meeting_id == d.meeting_id)
    columns = (m.meeting_id, m.day, m.title, d.status, d.question, _again().label("again"))
    query = _of_patients(joined, teams, *columns, key=d.patient_id).where(
        left, ~_decided(d.decision), ~_settled_later()
    )
    rows = conn.execute(query.order_by(m.day, m.meeting_id, d.patient_id))
    latest = {row.patient_id: Undecided(_head(row), *row[_WIDTH:]) for row in rows}
    return sorted(latest.values(), key=lambda each: (each.day, each.meeting_id, each.head.patient_id))


def _decided(decision: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return sa.func.trim(decision, " \n\t") != ""


def _settled_later() -> sa.ColumnElement[bool]:
    """Whether a meeting that came after this one decided about the patient."""
    d, m = case_discussions.c, meetings.c
    other, held = case_discussions.alias("other"), meetings.alias("held")
    after = sa.or_(held.c.day > m.day, sa.and_(held.c.day == m.day, held.c.meeting_id > m.meeting_id))
    joined = other.join(held, held.c.meeting_id == other.c.meeting_id)
    mine = sa.select(sa.literal(1)).select_from(joined).where(other.c.patient_id == d.patient_id, after)
    return sa.exists(mine.where(_decided(other.c.decision)).correlate(case_discussions, meetings))


def _again() -> sa.ScalarSelect[Any]:
    """The day of the next meeting, not over yet, in whose queue the patient stands."""
    d, m = case_discussions.c, meetings.c
    coming, q = meetings.alias("coming"), meeting_queue.c
    joined = meeting_queue.join(coming, coming.c.meeting_id == q.meeting_id)
    found = sa.select(sa.func.min(coming.c.day)).select_from(joined)
    goes_on = (coming.c.status != "closed", coming.c.meeting_id != m.meeting_id, coming.c.day >= m.day)
    return found.where(q.patient_id == d.patient_id, *goes_on).correlate(case_discussions, meetings).scalar_subquery()


def _of_patients(
    source: sa.FromClause, teams: Teams, *columns: sa.ColumnElement[Any], key: sa.ColumnElement[Any] | None = None
) -> _Select:
    """Rows about patients of those teams: the columns of `PatientHead`, then the asked ones."""
    about = source.c.patient_id if key is None else key
    query = sa.select(*HEAD_COLUMNS, *columns).select_from(source.join(patients, patients.c.patient_id == about))
    return query if teams is None else query.where(patients.c.team_id.in_(sorted(teams)))


def _head(row: sa.Row[*tuple[Any, ...]]) -> PatientHead:
    return PatientHead(*row[:_WIDTH])
