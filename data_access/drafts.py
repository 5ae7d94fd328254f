"""Drafts that two windows of one person may hold at once: each save goes onto the revision that the window saw."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from data_access.rows import Row
from data_access.text import bytewise


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form that is being filled in; `content` is JSON that this floor does not read, `revision` rises from 1."""

    form: str
    content: str
    revision: int
    saved_at: datetime


def forms(conn: sa.Connection, table: sa.Table, patient_id: int, user_id: int) -> list[FormDraft]:
    """Everything that user is filling in for that patient in that table, by form."""
    d = table.c
    query = sa.select(d.form, d.content, d.revision, d.saved_at)
    own = sa.and_(d.patient_id == patient_id, d.author_user_id == user_id)
    return [FormDraft(*row) for row in conn.execute(query.where(own).order_by(bytewise(d.form)))]


def save_form(conn: sa.Connection, table: sa.Table, patient_id: int, user_id: int, draft: FormDraft) -> bool:
    """Whether it was written: `draft` goes onto the revision before its own, where that one still stands."""
    key = {"patient_id": patient_id, "author_user_id": user_id, "form": draft.form}
    said = {"content": draft.content}
    return bool(save(conn, table, key, said, expected_revision=draft.revision - 1, now=draft.saved_at))


def discard_form(
    conn: sa.Connection, table: sa.Table, patient_id: int, user_id: int, form: str, revision: int | None = None
) -> bool:
    """Removes the draft, with `revision` only if it did not move since; whether one was removed."""
    d = table.c
    own = sa.and_(d.patient_id == patient_id, d.author_user_id == user_id, d.form == form)
    if revision is not None:
        own = sa.and_(own, d.revision == revision)
    return conn.execute(sa.delete(table).where(own)).rowcount == 1


def save(
    conn: sa.Connection, table: sa.Table, key: Row, said: Row, *, expected_revision: int, now: datetime
) -> int | None:
    """The new revision, from 1; None, with nothing written, where the draft moved meanwhile.

    `key` names the draft by the columns of its primary key; `expected_revision` 0: none is there yet.
    """
    saved = {**said, "revision": expected_revision + 1, "saved_at": now}
    written = _next(conn, table, key, saved) if expected_revision else _first(conn, table, key, saved)
    return expected_revision + 1 if written else None


def _first(conn: sa.Connection, table: sa.Table, key: Row, saved: Row) -> bool:
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    added = insert(table).values({**key, **saved}).on_conflict_do_nothing().returning(table.c.revision)
    return conn.execute(added).first() is not None


def _next(conn: sa.Connection, table: sa.Table, key: Row, saved: Row) -> bool:
    own = (table.c[name] == value for name, value in key.items())
    expected = table.c.revision == saved["revision"] - 1
    return conn.execute(sa.update(table).where(*own, expected).values(saved)).rowcount == 1
