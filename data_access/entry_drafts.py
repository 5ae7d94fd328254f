"""Entries that are being filled in: the answers so far, saved as one taps and types, one draft a person and patient.

A draft belongs to who fills it in and to the entry it corrects (0: a new entry). What it holds is JSON that this floor
keeps and does not read.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

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
    saved = {"content": content, "revision": expected_revision + 1, "saved_at": now}
    key = patient_id, user_id, corrects
    if not (_first_save if expected_revision == 0 else _next_save)(conn, key, saved):
        raise moved()
    return EntryDraft(corrects, content, expected_revision + 1, now)


def _first_save(conn: sa.Connection, key: tuple[int, int, int], saved: dict[str, Any]) -> bool:
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    names = ("patient_id", "author_user_id", "corrects_entry_id")
    row = insert(entry_drafts).values(saved | dict(zip(names, key, strict=True)))
    added = row.on_conflict_do_nothing().returning(entry_drafts.c.revision)
    return conn.execute(added).first() is not None


def _next_save(conn: sa.Connection, key: tuple[int, int, int], saved: dict[str, Any]) -> bool:
    expected = entry_drafts.c.revision == saved["revision"] - 1
    return conn.execute(sa.update(entry_drafts).where(*_of(*key), expected).values(saved)).rowcount == 1


def discard_draft(conn: sa.Connection, patient_id: int, user_id: int, *, corrects: int = NEW_ENTRY) -> bool:
    """Removes the draft, whatever its revision; whether there was one."""
    return conn.execute(sa.delete(entry_drafts).where(*_of(patient_id, user_id, corrects))).rowcount == 1


def moved() -> Conflict:
    """The refusal when another window saved first."""
    return Conflict(
        "This entry was changed in another window.",
        "Nothing was overwritten: what that window saved is safe, and what stands here is still here.",
        "Look at both and keep the right one.",
    )
