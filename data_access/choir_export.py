"""Body maps out as a table of CHOIR segments, in the columns that our importer and CHOIR's own software read.

Segments know neither intensity nor day, and several of our regions share one: `clinical.choir.ChoirMap` says where
detail is lost, and whoever sends the table says so beside it.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from clinical.choir import ChoirMap, Numbering, segments_of
from data_access.importers.choir import HEADER
from data_access.importers.csv_cells import written_text
from data_access.records import EntryRecord

_GENDER: dict[Numbering, str] = {"female": "Female", "male": "Male"}
"""What tells a reader of the table which drawing the numbers belong to."""


@dataclass(frozen=True, slots=True)
class Row:
    """One map going out: an identifier of letters and digits, and its segments."""

    identifier: str
    segments: ChoirMap


def of_entry(entry: EntryRecord, numbering: Numbering) -> ChoirMap | None:
    """The segments of an entry's painful marks; None where no map was filled in."""
    if entry.marks is None:
        return None
    return segments_of([mark.region_id for mark in entry.marks if mark.intensity != 0], numbering)


def table(rows: Iterable[Row]) -> str:
    """The CSV text, one map a row; race, age and score stay empty: nothing of the person goes out with a map."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        codes = ",".join(map(str, row.segments.codes))
        writer.writerow((written_text(row.identifier), _GENDER[row.segments.numbering], "", "", codes, ""))
    return text.getvalue()
