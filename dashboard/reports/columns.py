"""Columns of a table shared out over a line, and text in columns of characters that are all equally wide."""

import unicodedata
from collections.abc import Iterator, Sequence

from dashboard.reports.document import Table

GAP = 2
"""Characters between two columns of plain text."""
_NARROWEST = 8
_SHORT = 14
"""Letters up to which a column, such as one of days, is not wrapped while there is room."""
_NARROW_WRAPS = 1.5
_MARGINS = 3
"""Letters that the white at both sides of a cell takes the place of."""


def width(text: str) -> int:
    """Places that a text takes where every letter is equally wide: two for a wide one, none for a mark on another."""
    return sum(_places(character) for character in text)


def _places(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, places: int, *, right: bool = False) -> str:
    """The text filled up with spaces to that many places."""
    room = " " * max(places - width(text), 0)
    return room + text if right else text + room


def wrapped(text: str, places: int) -> list[str]:
    """The text in lines of at most that many places; a longer word is broken. One empty line for no text."""
    made: list[str] = []
    line = ""
    for word in (piece for written in text.split() for piece in pieces(written, places)):
        longer = f"{line} {word}" if line else word
        if width(longer) <= places:
            line = longer
        else:
            made.append(line)
            line = word
    return [*made, line]


def pieces(word: str, places: int) -> Iterator[str]:
    """The word in pieces of at most that many places; a mark stays with its letter."""
    piece, taken = "", 0
    for character in word:
        wide = _places(character)
        if taken + wide > max(places, 2):
            yield piece
            piece, taken = "", 0
        piece, taken = piece + character, taken + wide
    yield piece


def shares(columns: Sequence[str], rows: Sequence[Sequence[str]], places: int) -> tuple[int, ...]:
    """Places of each column: its longest word first, short ones whole, the rest to where most lines would stand.

    Their sum is at most `places` unless there are more columns than fit side by side. Shape (columns,).
    """
    written = [[columns[i], *(row[i] for row in rows)] for i in range(len(columns))]
    liked = [max(max(width(cell) for cell in cells), 1) for cells in written]
    words = [_longest_word(cells) for cells in written]
    whole = next((most for most in range(max(words), _NARROWEST, -1) if _sum(words, most) <= places), _NARROWEST)
    given = [min(word, whole) for word in words]
    short = [like if like <= _SHORT else least for like, least in zip(liked, given, strict=True)]
    return _filled(short if sum(short) <= places else given, liked, places)


def _filled(given: list[int], liked: list[int], places: int) -> tuple[int, ...]:
    """Place by place to the column that would need most lines, until no column would like more.

    A narrow column counts for more than its letters: it wraps at nearly every word.
    """
    for _ in range(max(places - sum(given), 0)):
        wanting = [i for i in range(len(given)) if given[i] < liked[i]]
        if not wanting:
            break
        given[max(wanting, key=lambda i: liked[i] / given[i] ** _NARROW_WRAPS)] += 1
    return tuple(given)


def across(table: Table, letters: int, line: float) -> list[float]:
    """Widths of the table's columns that fill a line of that length, on which so many letters fit. Shape (columns,)."""
    given = shares(table.columns, table.rows, letters - _MARGINS * len(table.columns))
    return [line * (share + _MARGINS) / (sum(given) + _MARGINS * len(given)) for share in given]


def _sum(words: Sequence[int], most: int) -> int:
    return sum(min(word, most) for word in words)


def _longest_word(cells: Sequence[str]) -> int:
    return max((width(word) for cell in cells for word in cell.split()), default=1)
