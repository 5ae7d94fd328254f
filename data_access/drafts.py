"""Drafts that two windows of one person may hold at once: each save goes onto the revision that the window saw."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from data_access.rows import Row


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
