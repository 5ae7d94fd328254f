"""The words of the notes that were signed before migration 0007, for the search; the notes stay as they are."""

import sqlalchemy as sa

from data_access.text import words

BATCH = 200
"""Notes read at a time: at most 200,000 characters each."""


def _rows(name: str, said: str) -> sa.TableClause:
    key: tuple[sa.ColumnClause[int], ...] = (sa.column("patient_id"), sa.column("note_id"), sa.column("version"))
    return sa.table(name, *key, sa.column(said))


_NOTES = _rows("notes", "text")
_WORDS = _rows("note_words", "words")


def fill(conn: sa.Connection) -> None:
    """The words of every signed version, in the order of their key."""
    seen: tuple[int, int, int] | None = None
    while found := _after(conn, seen):
        conn.execute(
            sa.insert(_WORDS),
            [
                {"patient_id": patient, "note_id": note, "version": version, "words": words(text)}
                for patient, note, version, text in found
            ],
        )
        seen = found[-1][:3]


def _after(conn: sa.Connection, seen: tuple[int, int, int] | None) -> list[tuple[int, int, int, str]]:
    n = _NOTES.c
    query = sa.select(n.patient_id, n.note_id, n.version, n.text).order_by(n.patient_id, n.note_id, n.version)
    if seen is not None:
        query = query.where(sa.tuple_(n.patient_id, n.note_id, n.version) > sa.tuple_(*seen))
    return [(patient, note, version, text) for patient, note, version, text in conn.execute(query.limit(BATCH))]
