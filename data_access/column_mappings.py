"""How diary tables of other makes are read, remembered by their header for the whole clinic.

A save goes onto the revision its writer saw, or it does not happen: the second of two is told what the first one saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data_access import drafts
from data_access.errors import ExplainedError, Overtaken
from data_access.importers.mapped_rules import ColumnMapping, MappingRefused, header_key
from data_access.tables import column_mappings

LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was saved last for a header; `mapping` None: another version of Flareboard wrote it."""

    mapping: ColumnMapping | None
    revision: int
    saved_by_name: str
    saved_at: datetime


def remembered(conn: sa.Connection, header: Sequence[str]) -> Remembered | None:
    """The mapping of tables with that header, None where nobody made one."""
    c = column_mappings.c
    query = sa.select(c.content, c.revision, c.saved_by_name, c.saved_at)
    row = conn.execute(query.where(c.header_key == header_key(header))).one_or_none()
    return None if row is None else Remembered(_read(row.content, header), *row[1:])


def _read(content: str, header: Sequence[str]) -> ColumnMapping | None:
    try:
        mapping = ColumnMapping.from_json(content)
    except MappingRefused:
        return None
    return mapping if header_key(mapping.columns) == header_key(header) else None


def remember(
    conn: sa.Connection,
    mapping: ColumnMapping,
    *,
    expected_revision: int,
    user_id: int,
    user_name: str,
    now: datetime,
) -> int:
    """The revision of the mapping as saved for its own header. `expected_revision` 0: none is there yet.

    Words that were given no meaning, or left out, are not saved: everybody who imports sees what is remembered.

    Raises Overtaken, with nothing written, where another revision stands; ExplainedError for one too long to keep.
    """
    content = mapping.memorable.as_json()
    if len(content) > LONGEST:
        raise ExplainedError(
            "This explanation of the columns is too long to be remembered.",
            "Nothing was written.",
            "Leave out columns that are not needed, or give fewer words a meaning.",
        )
    said = {"content": content, "saved_by": user_id, "saved_by_name": user_name}
    key = {"header_key": header_key(mapping.columns)}
    revision = drafts.save(conn, column_mappings, key, said, expected_revision=expected_revision, now=now)
    if revision is None:
        raise Overtaken(remembered(conn, mapping.columns))
    return revision
