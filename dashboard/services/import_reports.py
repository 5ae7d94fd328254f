"""What became of the files of an import: counts, reasons, and the people each file was about."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from dashboard.errors import ExplainedError
from dashboard.services.import_people import PersonMet
from data_access.importers import mapped
from data_access.importers.csv_cells import written_text
from data_access.ingest.kinds import KINDS
from data_access.records import Rejection

COUNTED = ("entries", "regions", "medications", "doses", "measures", "conditions", "goals")
"""What is counted in every report, also when it is none; further kinds stand beside them when there are any."""
NOT_ASKED_FOR = "it is about another patient than the one asked for"
MARKS = "regions"
"""Counted beside the entries they belong to, not as records of their own."""


@dataclass(slots=True)
class FileReport:
    """What became of one file. `unreadable` explains a file nothing could be read from; then all counts are 0."""

    file: str
    format: str = ""
    unreadable: ExplainedError | None = None
    read: int = 0  # resources or rows looked at
    patients: int = 0
    new_patients: int = 0
    added: Counter[str] = field(default_factory=Counter)
    already_there: int = 0
    undated: int = 0
    unused: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejection] = field(default_factory=list)
    left_out: int = 0  # of the rejected: because of whom it is about, whatever it says
    people: list[PersonMet] = field(default_factory=list)
    sha256: str = ""
    batch_id: int | None = None  # None for a dry run
    mapping: str = ""  # how the columns of a foreign table were read, as JSON
    names: tuple[str, ...] = ()  # whom a foreign table names in columns that are not read
    went_to: tuple[str, ...] = ()  # record numbers of others whom the very same file was filed under

    @property
    def records_added(self) -> int:
        """How many records are new; the marks of a map go with their entry."""
        return self.added.total() - self.added[MARKS]

    @property
    def mostly_rejected(self) -> bool:
        """Whether more was rejected than taken or known: a sign that the file was not understood.

        Of a foreign table its rows are counted: one row may hold many records, or none.
        """
        if self.mapping:
            whom = {NOT_ASKED_FOR, *(met.why for met in self.people if met.why)}
            rows = [each for each in self.rejected if each.why not in whom]
            return mapped.would_mostly_reject(self.read, rows) is not None
        return len(self.rejected) - self.left_out > self.records_added + self.already_there + self.patients


def as_json(report: FileReport) -> dict[str, Any]:
    """The report as `import --json` prints it; the kinds of what is unused stand beside their count."""
    added = {kind: report.added[kind] for kind in COUNTED}
    added |= {kind: count for kind, count in sorted(report.added.items()) if count and kind not in COUNTED}
    rejected = [{"where": r.where, "what": r.what, "why": r.why} for r in report.rejected]
    if report.unreadable is not None:
        rejected = [{"where": "file", "what": "file", "why": str(report.unreadable)}]
    return {
        "file": report.file,
        "format": report.format or "unreadable",
        "read": report.read,
        "patients": report.patients,
        "new_patients": report.new_patients,
        "added": added,
        "already_there": report.already_there,
        "undated": report.undated,
        "unused": report.unused.total(),
        "unused_kinds": dict(sorted(report.unused.items())),
        "rejected": rejected,
    }


_SAID = frozenset({"patient", "file", "sleep", "steps", *(kind.singular for kind in KINDS)})


def for_the_history(rejected: Sequence[Rejection]) -> list[list[str]]:
    """Place, kind and reason of each, to be kept with the import: nothing a patient said, nobody's number.

    The history is read by whoever cares for the people who were reached, and a rejected row may be somebody else's.
    """
    kinds = ((each, each.what.partition(" of ")[0]) for each in rejected)
    return [[each.where, kind if kind in _SAID else "", each.why] for each, kind in kinds]


def visible(text: str) -> str:
    """The text on one line; what would be invisible or turn the line around stands as a box."""
    return "".join("☐" if unicodedata.category(each)[0] == "C" else each for each in text)


MOST_IN_A_TABLE = 100_000
"""Rejected rows that are handed over as one file; a browser takes no message of any size."""


def rejected_csv(reports: Sequence[FileReport]) -> bytes:
    """The rejected rows as CSV: each with its file, its place there, what it was, why; no cell starts a formula."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(("file", "where", "what", "why"))
    rows = ((report.file, each.where, each.what, each.why) for report in reports for each in report.rejected)
    for row in islice(rows, MOST_IN_A_TABLE):
        table.writerow(written_text(visible(cell)) for cell in row)
    return made.getvalue().encode("utf-8")
