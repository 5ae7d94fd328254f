"""Pain marks of chosen diary entries, read without a join: one that misjudges a new patient takes seconds."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from clinical.body_map import PRESENT, REGION_COUNT, UNMARKED
from data_access.tables import pain_marks

MOST_ENTRIES_NAMED = 500


def of_entries(
    conn: sa.Connection,
    patient_id: int,
    entry_ids: Collection[int],
    *columns: sa.ColumnElement[Any],
    only: sa.ColumnElement[bool] | None = None,
) -> list[tuple[Any, ...]]:
    """One tuple a mark of those entries of one patient: the entry's number, then `columns`; by entry, then region.

    `only`: which marks of them.
    """
    if not entry_ids:
        return []
    m = pain_marks.c
    named = len(entry_ids) <= MOST_ENTRIES_NAMED
    chosen = m.entry_id.in_(sorted(entry_ids)) if named else m.entry_id.between(min(entry_ids), max(entry_ids))
    query = sa.select(m.entry_id, *columns).where(m.patient_id == patient_id, chosen).order_by(m.entry_id, m.region)
    rows = map(tuple, conn.execute(query if only is None else query.where(only)))
    wanted = frozenset(entry_ids)
    return list(rows) if named else [row for row in rows if row[0] in wanted]


def packed(
    conn: sa.Connection, patient_id: int, entry_ids: Sequence[int], only: sa.ColumnElement[bool] | None = None
) -> NDArray[np.uint8]:
    """One packed map for each of those entries, in their order: (entries, 74); `only`: which marks they hold."""
    m = pain_marks.c
    found = of_entries(conn, patient_id, entry_ids, m.region, sa.func.coalesce(m.intensity, PRESENT), only=only)
    marked: NDArray[np.int64] = np.array(found, np.int64).reshape(-1, 3)
    ids = np.array(entry_ids, np.int64)
    order = np.argsort(ids)
    maps = np.full((len(ids), REGION_COUNT), UNMARKED, np.uint8)
    maps[order[np.searchsorted(ids, marked[:, 0], sorter=order)], marked[:, 1]] = marked[:, 2]
    return maps


def such(qualities: Collection[str], depths: Collection[str]) -> sa.ColumnElement[bool]:
    """The marks with any of those qualities and one of those depths; an empty collection asks for nothing."""
    m = pain_marks.c
    joined = sa.literal("|") + m.qualities + sa.literal("|")
    named = [joined.contains(f"|{quality}|", autoescape=True) for quality in sorted(qualities)]
    return sa.and_(sa.true(), *([sa.or_(*named)] if named else []), *([m.depth.in_(sorted(depths))] if depths else []))
