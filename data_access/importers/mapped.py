"""A diary table of any make: looked at, and read by the mapping that somebody made for its header once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from data_access.importers import checks, mapped_guess, mapped_table
from data_access.importers.csv_table import Row
from data_access.importers.flareboard_csv import NOT_ON_RECORD
from data_access.importers.mapped_check import faults
from data_access.importers.mapped_guess import Guess
from data_access.importers.mapped_rows import Read, Reader, Records, RowRefused
from data_access.importers.mapped_rules import LEFT_OUT, ColumnMapping, Rule, header_key
from data_access.importers.mapped_table import LOOKED_AT, Column, Opened
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import DEFAULT_LIMITS, Limits, SourceFile, unreadable
from data_access.records import DoseRecord, EntryRecord, MeasureRecord, PatientBundle, PatientRecord, Rejection
from data_access.text import folded

FORMAT = "mapped-diary"
SHOWN_ROWS = 20
MOSTLY = 0.5
"""A larger share of rejected rows than this says that the mapping is wrong, not the rows."""
_SHOWN_REASONS = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table looks like: its columns with examples, its first rows, and what each column seems to be."""

    header: Row
    header_line: int
    delimiter: str
    encoding: str
    encoding_guessed: bool
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, Row], ...]
    guesses: tuple[Guess, ...]
    guessed: ColumnMapping  # the guesses together, to begin with
    looked_at: int
    whole: bool  # whether every row of the file was looked at


def look(source: SourceFile, limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """The table, from its first 2,000 rows. Raises UnreadableFile for what is no table."""
    table = mapped_table.opened(source, limits)
    rows = list(islice(table.rows(limits), LOOKED_AT + 1))
    seen = rows[:LOOKED_AT]
    columns = mapped_table.columns_of(table.header, seen)
    guesses, guessed = mapped_guess.of_table(columns, seen)
    return Sheet(
        table.header,
        table.header_line,
        table.delimiter,
        table.encoding,
        table.encoding_guessed,
        columns,
        tuple(seen[:SHOWN_ROWS]),
        guesses,
        guessed,
        len(seen),
        len(rows) == len(seen),
    )


@dataclass(slots=True)
class _About:
    """What the file says about one person; `said` by key, with the place it was said first."""

    entries: list[EntryRecord] = field(default_factory=list)
    doses: list[DoseRecord] = field(default_factory=list)
    measures: list[MeasureRecord] = field(default_factory=list)
    said: dict[str, Read] = field(default_factory=dict)
    tablets: Counter[str] = field(default_factory=Counter)  # doses without a time, by their key without its number


def parse(
    source: SourceFile,
    mapping: ColumnMapping,
    to_patient: str,
    limits: Limits,
    as_of: date,
    *,
    most_rows: int | None = None,
) -> ParsedFile:
    """The records of every row by that mapping; with `most_rows` only of the first ones, for a preview.

    Raises UnreadableFile where the header is another one or the mapping lacks something. Everybody in it must be on
    record.
    """
    table = mapped_table.opened(source, limits)
    _require_fitting(table, mapping, to_patient)
    reader = Reader.of(mapping)
    account = Account()
    people: dict[str, _About] = defaultdict(_About)
    for line, cells in islice(table.rows(limits), most_rows):
        account.read += 1
        try:
            _take(people, reader, f"line {line}", cells, to_patient, account, as_of)
        except RowRefused as refused:
            # What a patient wrote is shown to who looks at the file, and not kept with the batch for everybody else.
            what = f"“{refused.cell}”" if most_rows is not None else ""
            account.reject(f"line {line}", what, f"{refused.column} {refused.why}".strip())
    return ParsedFile(FORMAT, _bundles(people), account, frozenset(people), not_on_record=NOT_ON_RECORD)


def _require_fitting(table: Opened, mapping: ColumnMapping, to_patient: str) -> None:
    if header_key(mapping.columns) != header_key(table.header):
        raise unreadable("The columns of this file are not those of its mapping.", "Map it anew on the Import page.")
    if lacking := faults(mapping, whose=bool(to_patient)):
        about = f"{lacking[0].column}: " if lacking[0].column else ""
        raise unreadable("The mapping of this file is not complete.", f"{about}{lacking[0].what}")


def _take(
    people: dict[str, _About],
    reader: Reader,
    where: str,
    cells: Row,
    to_patient: str,
    account: Account,
    as_of: date,
) -> None:
    """Adds one row to what is known of its person, all of it or nothing. Raises RowRefused."""
    width = len(reader.mapping.rules)
    if len(cells) != width:
        raise RowRefused("", "", f"the row has {len(cells)} cells, the header {width}")
    found = reader.read(cells, where, to_patient)
    for record in (PatientRecord(found.number, ""), *found.all):
        if reason := checks.problem(record, as_of):
            raise RowRefused("", "", reason)
    about = people[found.number] if found.number in people else _About()
    told = _numbered(about, found)
    new = [record for record in told if not _said_already(about, record)]
    people[found.number] = about
    _add(about, new)
    account.repeated += len(told) - len(new)
    _leave(reader.mapping, cells, found, account)


def _numbered(about: _About, found: Records) -> list[Read]:
    """The records of a row; its doses without a time go on from those of earlier rows: three rows are three tablets.

    Not where the row says an entry again that was there before: then all of the row is said twice.
    """
    if any(_said_already(about, entry) for entry in found.entries):
        return found.all
    return [*found.entries, *(_next_tablet(about, dose) for dose in found.doses), *found.measures]


def _next_tablet(about: _About, dose: DoseRecord) -> DoseRecord:
    base, _, number = (dose.source_key or "").rpartition(":")
    return dose if dose.at_time else replace(dose, source_key=f"{base}:{about.tablets[base] + int(number)}")


def _said_already(about: _About, record: Read) -> bool:
    """Whether an earlier row said just that. Raises RowRefused where it said something else of the same moment."""
    known = about.said.get(record.source_key or "")
    if known is None:
        return False
    if replace(known, where=record.where) == record:
        return True
    same = "day and time" if isinstance(record, EntryRecord | DoseRecord) else "day"
    raise RowRefused("", "", f"another row of the file says something else of the same {same}")


def _add(about: _About, records: Sequence[Read]) -> None:
    for record in records:
        about.said[record.source_key or ""] = record
        if isinstance(record, EntryRecord):
            about.entries.append(record)
        elif isinstance(record, DoseRecord):
            about.doses.append(record)
            about.tablets[(record.source_key or "").rpartition(":")[0]] += 1
        else:
            about.measures.append(record)


def _leave(mapping: ColumnMapping, cells: Row, found: Records, account: Account) -> None:
    """Counts what the row holds without a place here."""
    for rule, cell in zip(mapping.rules, cells, strict=True):
        if cell and rule.role == "ignored":
            account.leave(f"cell of the column {rule.column}")
        if rule.role not in ("relief", "weather"):
            continue
        for _ in _left_out(rule).intersection(map(folded, rule.apart(cell))):
            account.leave(f"word of the column {rule.column}")
    if not found.all:
        account.leave("row without an answer")


def _left_out(rule: Rule) -> frozenset[str]:
    return frozenset(folded(word) for word, meaning in rule.words if meaning == LEFT_OUT)


def _bundles(people: dict[str, _About]) -> list[PatientBundle]:
    return [
        PatientBundle(
            PatientRecord(number, ""),
            "patient",
            tuple(about.entries),
            doses=tuple(about.doses),
            measures=tuple(about.measures),
        )
        for number, about in sorted(people.items())
        if about.said
    ]


@dataclass(frozen=True, slots=True)
class Mostly:
    """A file most of whose rows would be rejected: how many of how many, and the most common reasons with counts."""

    read: int
    rejected: int
    reasons: tuple[tuple[str, int], ...]


def would_mostly_reject(read: int, rejected: Sequence[Rejection]) -> Mostly | None:
    """What is to be said before anything is written, None where most rows are fine."""
    places = {each.where for each in rejected}
    if not places or len(places) <= MOSTLY * read:
        return None
    return Mostly(read, len(places), common(rejected, _SHOWN_REASONS))


def common(rejected: Sequence[Rejection], most: int) -> tuple[tuple[str, int], ...]:
    """The most common reasons, each with how often."""
    return tuple(Counter(each.why for each in rejected).most_common(most))
