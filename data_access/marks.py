"""Pain marks of chosen diary entries, read without a join: one that misjudges a new patient takes seconds."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from data_access.tables import pain_marks

MOST_ENTRIES_NAMED = 500


def of_entries(
    conn: sa.Connection, patient_id: int, entry_ids: Collection[int], *columns: sa.ColumnElement[Any]
) -> list[tuple[Any, ...]]:
    """One tuple a mark of those entries of one patient: the entry's number, then `columns`; by entry, then region."""
    if not entry_ids:
        return []
    m = pain_marks.c
    named = len(entry_ids) <= MOST_ENTRIES_NAMED
    chosen = m.entry_id.in_(sorted(entry_ids)) if named else m.entry_id.between(min(entry_ids), max(entry_ids))
    query = sa.select(m.entry_id, *columns).where(m.patient_id == patient_id, chosen).order_by(m.entry_id, m.region)
    rows = map(tuple, conn.execute(query))
    wanted = frozenset(entry_ids)
    return list(rows) if named else [row for row in rows if row[0] in wanted]
