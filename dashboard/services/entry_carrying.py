"""Corrections that were begun and not saved: which wait, and what is kept when their entry was changed meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from dashboard.errors import Conflict
from dashboard.permissions import Permission, Viewer
from dashboard.services import entry_fields, entry_holding, entry_medicines, work
from dashboard.services.entry_fields import Fields
from dashboard.services.entry_holding import Held
from data_access import entries, entry_drafts
from data_access.entries import Listed
from data_access.entry_drafts import NEW_ENTRY


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction of `listed` that its author did not finish."""

    listed: Listed
    held: Held


def waiting(conn: Connection, viewer: Viewer, patient_id: int) -> tuple[Waiting, ...]:
    """The viewer's unfinished corrections of that patient's entries."""
    drafts = entry_drafts.corrections(conn, patient_id, viewer.user_id)
    found = ((entries.one(conn, patient_id, draft.corrects), draft) for draft in drafts)
    return tuple(Waiting(listed, entry_holding.as_held(draft)) for listed, draft in found if listed is not None)


def counts_now(conn: Connection, patient_id: int, closed: Listed) -> Listed | None:
    """The entry that counts instead of a corrected one, None where it was withdrawn."""
    at: Listed | None = closed
    while at is not None and at.change is not None:
        following = at.change.new_entry_id
        at = entries.one(conn, patient_id, following) if following else None
    return at


def carry_over(viewer: Viewer, patient_id: int, *, closed: int, to: int, now: datetime) -> tuple[str, ...]:
    """The draft about a `closed` entry becomes a correction of the entry `to`, or a new entry (0).

    Returns the answers in which it differs from what a colleague changed too. Raises Conflict where another draft
    stands there already, with nothing moved.
    """
    with work.writing(
        viewer, Permission.ADD_ENTRY, patient_id, action="carry entry draft over", resource=f"entry {closed}"
    ) as conn:
        mine = entry_holding.held(conn, viewer, patient_id, closed)
        there = entry_holding.held(conn, viewer, patient_id, to)
        if entry_fields.answered(there.fields):
            raise _taken(to)
        fields, both = _onto(conn, patient_id, mine.fields, closed, to)
        moved = Held(fields, there.revision, begun_at=mine.begun_at)
        entry_holding.keep(conn, viewer, patient_id, to, moved, now)
        entry_drafts.discard_draft(conn, patient_id, viewer.user_id, corrects=closed)
        return both


def _taken(to: int) -> Conflict:
    return Conflict(
        "You have another unfinished entry." if to == NEW_ENTRY else "You have already begun to correct that entry.",
        "Both are kept as they are.",
        "Save or discard that one first, then come back to this one.",
    )


def _onto(conn: Connection, patient_id: int, mine: Fields, closed: int, to: int) -> tuple[Fields, tuple[str, ...]]:
    old, new = entries.one(conn, patient_id, closed), entries.one(conn, patient_id, to) if to else None
    if old is None or new is None:
        return {name: value for name, value in mine.items() if name != "reason"}, ()
    token = str(mine.get("token", ""))
    base, theirs = (_as_fields(conn, patient_id, each, token) for each in (old, new))
    together, both = entry_fields.merged(mine, base, theirs)
    for name in both:
        together.pop(name, None)
    return {**together, **{name: mine[name] for name in both if name in mine}}, both


def _as_fields(conn: Connection, patient_id: int, listed: Listed, token: str) -> Fields:
    day = listed.entry.day or date.min
    medicines = entry_medicines.offered(conn, patient_id, day, fields={}, corrected=listed)
    return entry_fields.fields_of(listed, medicines, token)
