"""A table of any make as rows of text: its encoding, the sign between its cells, its header, and what stands in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from data_access.errors import UnreadableFile
from data_access.importers.csv_cells import read_text
from data_access.importers.csv_table import Row, rows_of
from data_access.importers.mapped_values import readings, split_moment
from data_access.importers.reading import BOM, Limits, SourceFile, is_zip, like_text, no_text, unreadable
from data_access.text import folded

DELIMITERS = (";", "\t", "|", ",")
LOOKED_AT = 2_000
"""Rows that are looked at for examples and guesses."""
MOST_COLUMNS = 200
MOST_EXAMPLES = 40
LONGEST_EXAMPLE = 80
_HEADER_WITHIN = 20
_TRIED = 60
_HEAD = 200_000
"""Characters that the sign between the cells and the header are told from."""
_STARTS = {"{": "JSON", "[": "JSON", "<": "XML or HTML"}
_MAGIC = {b"\x1f\x8b": "a gzip archive", b"%PDF": "a PDF document", b"\xd0\xcf\x11\xe0": "an old office document"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: distinct cells in the order they first stand, and how many rows have one.

    `examples` are at most 40 of them, cut to what can be shown; `cells` are all of the rows looked at, whole.
    """

    name: str
    examples: tuple[str, ...]
    more: bool
    filled: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A table that was made out. `encoding_guessed`: the bytes do not say which it is; accents may be wrong."""

    header: Row
    header_line: int
    delimiter: str
    encoding: str
    encoding_guessed: bool
    text: str

    def rows(self, limits: Limits) -> Iterator[tuple[int, Row]]:
        """The rows below the header with their lines, cells trimmed. Raises UnreadableFile: too many, broken."""
        count = 0
        for line, cells in rows_of(self.text, self.delimiter):
            if line <= self.header_line or not any(cell.strip() for cell in cells):
                continue
            if count >= limits.rows:
                raise unreadable(f"The file holds more than {limits.rows:,} rows.", "Split it.")
            count += 1
            yield line, tuple(read_text(cell).strip() for cell in cells)


def opened(source: SourceFile, limits: Limits) -> Opened:
    """The table in that file. Raises UnreadableFile for anything that is none."""
    text, encoding, guessed = _decoded(source.content)
    if not text.strip():
        raise unreadable("The file is empty.", "Check that it was exported whole.")
    if (start := text.lstrip()[:1]) in _STARTS:
        raise unreadable(f"The file is {_STARTS[start]}, no table.", "Export the diary as CSV.")
    delimiter = max(DELIMITERS, key=lambda sign: _score(text, sign))
    top = _top(text, delimiter)
    width = _width(top)
    if width < 2:
        raise unreadable("No columns can be told apart in this file.", "Export the diary as CSV, with a row of names.")
    if width > MOST_COLUMNS:
        raise unreadable(f"The table has more than {MOST_COLUMNS} columns.", "Export fewer columns.")
    line, cells = _header(top, width)
    return Opened(_named(cells), line, delimiter, encoding, guessed, text)


def _decoded(content: bytes) -> tuple[str, str, bool]:
    """The text, its encoding, and whether that is a guess."""
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise unreadable(f"The file is {what}, no table.", "Export the diary as CSV.")
    if is_zip(content):
        raise unreadable("The file is an archive or an office document.", "Save the table as CSV (UTF-8).")
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text, encoding, guessed = _utf16(content) if utf16 else _utf8(content)
    if "\0" in text:
        raise unreadable("The file holds NUL bytes: it is damaged, or no text.", "Export it again as UTF-8 text.")
    return text, encoding, guessed


def _utf16(content: bytes) -> tuple[str, str, bool]:
    try:
        return content.decode("utf-16"), "UTF-16", False
    except UnicodeDecodeError:
        raise unreadable("The file begins like UTF-16 and is none.", "Save it again as UTF-8.") from None


def _utf8(content: bytes) -> tuple[str, str, bool]:
    try:
        return content.removeprefix(BOM).decode("utf-8"), "UTF-8", False
    except UnicodeDecodeError:
        if not like_text(content):
            raise no_text() from None
    try:
        return content.decode("cp1252"), "Windows-1252", True
    except UnicodeDecodeError:
        raise unreadable("The file's letters cannot be made out.", "Save it again as UTF-8.") from None


def _top(text: str, delimiter: str) -> list[tuple[int, Row]]:
    """The first rows that are not blank; fewer where the quoting breaks later, none where it breaks at once."""
    found: list[tuple[int, Row]] = []
    try:
        for line, cells in islice(rows_of(text[:_HEAD], delimiter), _TRIED):
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
    except UnreadableFile:
        pass  # told with its line once the rows are read; another sign may still fit
    return found


def _score(text: str, delimiter: str) -> tuple[int, int]:
    """How well that sign cuts the table: rows as wide as most are, then how wide that is."""
    top = _top(text, delimiter)
    width = _width(top)
    alike = sum(len(cells) == width for _, cells in top)
    return (alike, width) if width > 1 else (0, 0)


def _width(top: Sequence[tuple[int, Row]]) -> int:
    """How many cells most rows have; of two that are as frequent the wider."""
    widths = Counter(len(cells) for _, cells in top)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _header(top: Sequence[tuple[int, Row]], width: int) -> tuple[int, Row]:
    """The first row that names as many columns as most rows have; lines above it are a title."""
    for line, cells in top[:_HEADER_WITHIN]:
        names = [cell.strip() for cell in cells]
        if len(cells) == width and sum(map(bool, names)) > width / 2 and not any(map(_is_answer, names)):
            return line, cells
    raise unreadable(
        "No row with the names of the columns was found at the top of the table.",
        "Add a first row that names each column, and try again.",
    )


def _is_answer(cell: str) -> bool:
    """Whether the cell is a number or a day: then its row is a row of the diary. '8 am' may well be a name."""
    return _numeric(cell) or bool(readings(split_moment(cell)[0]))


def _numeric(cell: str) -> bool:
    return any(c.isdigit() for c in cell) and not any(c.isalpha() for c in cell)


def _named(cells: Row) -> Row:
    """The names of the columns; a missing one is called by its place, a repeated one is counted."""
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(read_text(cell).split()) or f"column {place}"
        while folded(name) in seen:
            seen[folded(name)] += 1
            name = f"{name} ({seen[folded(name)]})"
        seen[folded(name)] = 1
        names.append(name)
    return tuple(names)


def _examples(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell[:LONGEST_EXAMPLE] for cell in islice(cells, MOST_EXAMPLES)))


def columns_of(header: Row, rows: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """What stands in each column of those rows."""
    found: list[dict[str, None]] = [{} for _ in header]
    filled = [0] * len(header)
    for _, cells in rows:
        for place, cell in enumerate(cells[: len(header)]):
            if cell:
                filled[place] += 1
                found[place].setdefault(cell)
    return tuple(
        Column(name, _examples(cells), len(cells) > MOST_EXAMPLES, filled[place], tuple(cells))
        for place, (name, cells) in enumerate(zip(header, found, strict=True))
    )
