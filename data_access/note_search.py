"""Finding notes by what they say: folded words, one row a signed version, compared within one patient.

Both engines compare the same folded text with the same LIKE, so both find the same notes (adr 17).
"""

import re

import sqlalchemy as sa

from data_access.tables import note_words
from data_access.text import begins_a_word, words

LONGEST_SEARCH = 200
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def index(conn: sa.Connection, patient_id: int, note_id: int, version: int, text: str) -> None:
    """Stores the words of a version that is being signed."""
    row = {"patient_id": patient_id, "note_id": note_id, "version": version, "words": words(text)}
    conn.execute(sa.insert(note_words).values(row))


def search(conn: sa.Connection, patient_id: int, text: str) -> frozenset[int]:
    """The notes whose current version holds all words of the text; none for a text without words.

    A word is found as the beginning of a word, "words in quotation marks" as they stand, whole and in that order.
    """
    wanted = _conditions(text[:LONGEST_SEARCH])
    if not wanted:
        return frozenset()
    w, later = note_words.c, note_words.alias("later")
    follows = sa.and_(later.c.patient_id == w.patient_id, later.c.note_id == w.note_id, later.c.version > w.version)
    query = sa.select(w.note_id).where(w.patient_id == patient_id, *wanted, ~sa.exists().where(follows))
    return frozenset(conn.execute(query).scalars())


def terms(text: str) -> tuple[str, ...]:
    """The folded words and phrases that are looked for, for a screen to mark."""
    found = (words(exact) or words(word) for exact, word in _TERM.findall(text[:LONGEST_SEARCH]))
    return tuple(term for term in found if term)


def _conditions(text: str) -> list[sa.ColumnElement[bool]]:
    quoted = [(words(exact), words(word)) for exact, word in _TERM.findall(text)]
    return [
        _whole(exact) if exact else begins_a_word(note_words.c.words, word) for exact, word in quoted if exact or word
    ]


def _whole(phrase: str) -> sa.ColumnElement[bool]:
    around = sa.literal(" ") + note_words.c.words + sa.literal(" ")
    return around.contains(f" {phrase} ", autoescape=True)
