"""Entries that are being filled in: the answers so far, saved as one taps and types, one draft a person and patient.

A draft belongs to who fills it in and to the entry it corrects (0: a new entry). What it holds is JSON that this floor
keeps and does not read.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data_access import drafts
from data_access.errors import Conflict
from data_access.tables import entry_drafts

NEW_ENTRY = 0
LONGEST_CONTENT = 60_000


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What is being filled in; `revision` rises with every save, from 1."""

    corrects: int
    content: str
    revision: int
    saved_at: datetime


def draft(conn: sa.Connection, patient_id: int, user_id: int, corrects: int = NEW_ENTRY) -> EntryDraft | None:
    """What that user is filling in for that patient, None when nothing."""
    d = entry_drafts.c
    query = sa.select(d.corrects_entry_id, d.content, d.revision, d.saved_at)
    row = conn.execute(query.where(*_of(patient_id, user_id, corrects))).one_or_none()
    return None if row is None else EntryDraft(*row)


def corrections(conn: sa.Connection, patient_id: int, user_id: int) -> list[EntryDraft]:
    """The corrections which that user began for that patient and did not save, the latest first."""
    d = entry_drafts.c
    own = sa.and_(d.patient_id == patient_id, d.author_user_id == user_id, d.corrects_entry_id != NEW_ENTRY)
    query = sa.select(d.corrects_entry_id, d.content, d.revision, d.saved_at).where(own)
    return [EntryDraft(*row) for row in conn.execute(query.order_by(d.corrects_entry_id.desc()))]


def _of(patient_id: int, user_id: int, corrects: int) -> tuple[sa.ColumnElement[bool], ...]:
    d = entry_drafts.c
    return d.patient_id == patient_id, d.author_user_id == user_id, d.corrects_entry_id == corrects


def save_draft(
    conn: sa.Connection,
    patient_id: int,
    user_id: int,
    *,
    content: str,
    corrects: int = NEW_ENTRY,
    expected_revision: int,
    now: datetime,
) -> EntryDraft:
    """The draft as saved, one revision on. `expected_revision` 0: none is there yet. Raises Conflict when it moved."""
    revision = drafts.save(
        conn,
        entry_drafts,
        {"patient_id": patient_id, "author_user_id": user_id, "corrects_entry_id": corrects},
        {"content": content},
        expected_revision=expected_revision,
        now=now,
    )
    if revision is None:
        raise _moved()
    return EntryDraft(corrects, content, revision, now)


def discard_draft(conn: sa.Connection, patient_id: int, user_id: int, *, corrects: int = NEW_ENTRY) -> bool:
    """Removes the draft, whatever its revision; whether there was one."""
    return conn.execute(sa.delete(entry_drafts).where(*_of(patient_id, user_id, corrects))).rowcount == 1


def _moved() -> Conflict:
    """The refusal when another window saved first."""
    return Conflict(
        "This entry was changed in another window.",
        "Nothing was overwritten: what that window saved is safe, and what stands here is still here.",
        "Look at both and keep the right one.",
    )
