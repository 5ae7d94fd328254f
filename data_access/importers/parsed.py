"""What reading a file yields: the records per patient, and an account of everything that did not become a record."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from data_access.records import PatientBundle, Rejection

LONGEST_WHAT = 120


@dataclass(slots=True)
class Account:
    """Everything read that is no new record: rejected with its reason, unused by kind, or said twice in one file."""

    rejected: list[Rejection] = field(default_factory=list)
    unused: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    read: int = 0  # resources or rows looked at

    def reject(self, where: str, what: str, why: str) -> None:
        """Note one row that does not go in."""
        self.rejected.append(Rejection(printable(where), shown(what), printable(why)))

    def leave(self, kind: str) -> None:
        """Note one valid row that has no place."""
        self.unused[shown(kind)] += 1


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A recognised file. `bundles` is read once, one patient at a time; the account is complete only after that.

    `must_exist` are record numbers that are only referred to: those persons must be on record already, and
    `not_on_record` is the reason given where they are not. `by_id` are "record numbers" that are but the id another
    system gave the person. `ownerless`: the reason given where nobody was chosen for a file that does not say whose
    it is ('' for one that does); whoever is chosen must be on record.
    """

    format: str
    bundles: Iterable[PatientBundle]
    account: Account
    must_exist: frozenset[str] = frozenset()
    by_id: frozenset[str] = frozenset()
    not_on_record: str = "its patient is neither in the file nor on record here"
    ownerless: str = ""


def printable(text: str) -> str:
    """The text on one line, without what would be invisible or turn the line around."""
    return "".join(c if c.isprintable() else " " for c in text)


def shown(text: str) -> str:
    """The text on one line, printable, cut to a length that fits a report."""
    line = printable(text)
    return line if len(line) <= LONGEST_WHAT else f"{line[: LONGEST_WHAT - 1]}…"
