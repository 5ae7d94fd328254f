"""Clinical definitions as data that a clinician can read and review: tables of rows, each with its source and mark.

Evidence marks as in the clinical reference: V read in the primary source, V2 in a secondary one, K from general
knowledge (unconfirmed), P our own product decision. `reviewed_by` stays empty until a clinician fills it in.
"""

import csv
from importlib.resources import files
from typing import Literal, get_args

MARKS = ("V", "V2", "K", "P")
Mark = Literal["V", "V2", "K", "P"]
REQUIRED = ("source", "version", "evidence", "reviewed_by")
"""Columns every table has; the first three are filled in on every row."""
UNCONFIRMED = "unconfirmed: needs pharmacist review"
"""What the screen says of a medicine's row marked K."""

Row = dict[str, str]


def rows(table: str) -> tuple[Row, ...]:
    """The rows of `definitions/<table>.csv`. Raises ValueError for a row without source, version or a known mark."""
    return checked(table, files("clinical.definitions").joinpath(f"{table}.csv").read_text("utf-8"))


def checked(table: str, text: str) -> tuple[Row, ...]:
    """The rows of that CSV text, which is called `table`. Raises ValueError like `rows`."""
    found = tuple(csv.DictReader(text.splitlines()))
    for line, row in enumerate(found, 2):
        if problem := _problem(row):
            raise ValueError(f"{table}.csv, line {line}: {problem}")
    return found


def cited(row: Row) -> str:
    """The source of that row with its evidence mark, as printed in a rule."""
    return f"{row['source']} [{row['evidence']}]"


def mark(row: Row) -> Mark:
    """The evidence mark of that row."""
    return next(each for each in get_args(Mark) if each == row["evidence"])


def _problem(row: Row) -> str:
    if None in row or None in row.values():
        return "more or fewer cells than the header names"
    if absent := [name for name in REQUIRED if name not in row]:
        return f"no column {', '.join(absent)}"
    if empty := [name for name in ("source", "version") if not row[name].strip()]:
        return f"no {', '.join(empty)}"
    return "" if row["evidence"] in MARKS else f"the mark {row['evidence']!r} is none of {', '.join(MARKS)}"
