"""The rows of a CSV file with their line numbers; the whole file is looked at before the first row is believed."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from data_access.importers.reading import Limits, unreadable

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it: (line number in the file, cells)."""

    header: Row
    rows: list[tuple[int, Row]]


def read_header(text: str) -> Row:
    """The cells of the first row. Raises UnreadableFile when there is none."""
    first = next(rows_of(text[: csv.field_size_limit()]), None) if text.strip() else None
    if first is None:
        raise unreadable("The file is empty.", "Check that it was exported whole.")
    return tuple(cell.strip() for cell in first[1])


def read_table(text: str, limits: Limits) -> Table:
    """Header and rows, blank lines left out. Raises UnreadableFile: broken quoting, too many rows, empty."""
    header = read_header(text)
    rows = rows_of(text)
    next(rows)
    kept: list[tuple[int, Row]] = []
    for row in rows:
        if len(kept) >= limits.rows:
            raise unreadable(f"The file holds more than {limits.rows:,} rows.", "Split it.")
        kept.append(row)
    return Table(header, kept)


def rows_of(text: str, delimiter: str = ",") -> Iterator[tuple[int, Row]]:
    """Every row that is not empty, with the line it begins on. Raises UnreadableFile where the quoting is broken."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, tuple(cells)
            line = reader.line_num + 1
    except csv.Error:
        raise unreadable(
            f"The table is broken or cut off near line {line} (quotation marks, or a cell that is far too long).",
            "Export it again, and check that it arrived whole.",
        ) from None
