"""Many rows in at once; a row the database refuses is found and left out, the rest goes in."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from data_access.ingest.validity import in_words
from data_access.refusals import refused_by
from data_access.rows import Row, put

Unit = Mapping[sa.Table, Sequence[Row]]
"""Rows that go in together or not at all, parents' table first: an entry with its marks."""


def insert(conn: sa.Connection, units: Sequence[Unit]) -> dict[int, str]:
    """Stores the units in order; for each that was refused its place in `units`, and why."""
    refused: dict[int, str] = {}
    _insert(conn, units, 0, refused)
    return refused


def _insert(conn: sa.Connection, units: Sequence[Unit], first: int, refused: dict[int, str]) -> None:
    if not units:
        return
    reason = _all_or_nothing(conn, units)
    if not reason:
        return
    if len(units) == 1:
        refused[first] = reason
        return
    middle = len(units) // 2  # halving finds one bad row among thousands in a dozen steps
    _insert(conn, units[:middle], first, refused)
    _insert(conn, units[middle:], first + middle, refused)


def _all_or_nothing(conn: sa.Connection, units: Sequence[Unit]) -> str:
    try:
        with conn.begin_nested():
            for table in dict.fromkeys(table for unit in units for table in unit):
                put(conn, table, [row for unit in units for row in unit.get(table, ())])
    except (sa.exc.IntegrityError, sa.exc.DataError) as error:
        return in_words(refused_by(error) or "a rule of the table")
    return ""
