"""What became of the files of an import: counts, reasons, and the people each file was about."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from dashboard.errors import ExplainedError
from dashboard.services.import_people import PersonMet
from data_access.importers.csv_cells import written_text
from data_access.records import Rejection

COUNTED = ("entries", "regions", "medications", "doses", "measures", "conditions", "goals")
"""What is counted in every report, also when it is none; further kinds stand beside them when there are any."""
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

    @property
    def records_added(self) -> int:
        """How many records are new; the marks of a map go with their entry."""
        return self.added.total() - self.added[MARKS]

    @property
    def mostly_rejected(self) -> bool:
        """Whether more records were rejected than taken or known: a sign that the file was not understood."""
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


MOST_IN_A_TABLE = 100_000
"""Rejected rows that are handed over as one file; a browser takes no message of any size."""


def rejected_csv(reports: Sequence[FileReport]) -> bytes:
    """The rejected rows as CSV: each with its file, its place there, what it was, why; no cell starts a formula."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(("file", "where", "what", "why"))
    rows = ((report.file, each.where, each.what, each.why) for report in reports for each in report.rejected)
    for row in islice(rows, MOST_IN_A_TABLE):
        table.writerow(written_text(cell) for cell in row)
    return made.getvalue().encode("utf-8")
