"""Flareboard CSV as typed records: eight kinds of table, told by their header, alone or together in a zip.

Only a row of `patients` makes a person: a mistyped number in another table must not split a record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from data_access.importers import checks
from data_access.importers.csv_cells import CellRefused
from data_access.importers.csv_rows import BUILDERS, Cells, Record, columns_of_kind
from data_access.importers.csv_table import Row, Table, read_header, read_table
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import Limits, SourceFile, decoded, unreadable
from data_access.ingest.kinds import KINDS
from data_access.records import (
    AskedRecord,
    ClosingRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
    PatientRecord,
)

NAME_UNKNOWN = ""
NOT_ON_RECORD = "no patient with this record number; import the patients file first or with it"
Made = TypeVar("Made")
_Placed = tuple[str, Cells]  # where it stands, the row


@dataclass(slots=True)
class _Rows:
    """All rows about one patient but those of `patients`, by kind."""

    by_kind: dict[str, list[_Placed]] = field(default_factory=lambda: defaultdict(list))


def kind_of(header: Row) -> str | None:
    """Which of the tables has that header, None for another table."""
    return next((kind for kind in BUILDERS if columns_of_kind(kind, header)), None)


def parse(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    """One CSV file. Raises UnreadableFile when it is none of these tables, or broken."""
    text = decoded(source.content)
    kind = kind_of(read_header(text))
    if kind is None:
        raise unreadable(
            "The first row is not the header of a Flareboard CSV file.",
            "Name the columns as in docs/FORMATS.md, separated by commas.",
        )
    return _parsed(f"flareboard-csv-{kind}", [("", kind, read_table(text, limits))], as_of, Account())


def parse_zip(members: list[SourceFile], limits: Limits, as_of: date) -> ParsedFile:
    """The CSV files of a zip together, one patient at a time. Raises UnreadableFile when none is ours."""
    account, tables = Account(), []
    for member in members:
        if not member.name.casefold().endswith(".csv"):
            account.leave(f"file in the zip: {member.name}")
            continue
        text = decoded(member.content)
        kind = kind_of(read_header(text))
        if kind is None:
            raise unreadable("A file in the zip is no Flareboard CSV.", "Leave it out, or name its columns as we do.")
        tables.append((f"{member.name} ", kind, read_table(text, limits)))
    if not tables:
        raise unreadable("The zip holds no Flareboard CSV file.", "Put the CSV files themselves into it.")
    return _parsed("flareboard-csv-zip", tables, as_of, account)


def _parsed(name: str, tables: list[tuple[str, str, Table]], as_of: date, account: Account) -> ParsedFile:
    patients: dict[str, _Rows] = {}
    who: dict[str, list[_Placed]] = {}
    for place, kind, table in tables:
        for line, cells in table.rows:
            account.read += 1
            _sort_in(patients, who, f"{place}line {line}", kind, table.header, cells, account)
    reader = _Reader(as_of, account)
    people = reader.people(who)
    return ParsedFile(
        name,
        _bundles(people, patients, reader),
        account,
        must_exist=frozenset(patients.keys() - people.keys()),
        not_on_record=NOT_ON_RECORD,
    )


def _sort_in(
    patients: dict[str, _Rows],
    who: dict[str, list[_Placed]],
    where: str,
    kind: str,
    header: Row,
    row: Row,
    account: Account,
) -> None:
    if len(row) != len(header):
        more = "; a number with a decimal comma, or a comma outside quotation marks?" if len(row) > len(header) else ""
        account.reject(where, kind, f"the row has {len(row)} cells, the header {len(header)}{more}")
        return
    cells = Cells(dict(zip(header, row, strict=True)))
    number = cells.text("patient").strip()
    reason = checks.problem(PatientRecord(number, NAME_UNKNOWN), date.max)
    if reason:
        account.reject(where, kind, reason)
        return
    if kind == "patients":
        who.setdefault(number, []).append((where, cells))
    else:
        patients.setdefault(number, _Rows()).by_kind[kind].append((where, cells))


def _bundles(
    people: Mapping[str, PatientRecord], patients: Mapping[str, _Rows], reader: "_Reader"
) -> Iterator[PatientBundle]:
    for number in sorted({*people, *patients}):
        rows = patients.get(number, _Rows()).by_kind
        found = reader.bundle(people.get(number, PatientRecord(number, NAME_UNKNOWN)), rows)
        # Of somebody who is only referred to and whose rows were all rejected there is nothing left to take.
        if number in people or any(kind.of(found) for kind in KINDS):
            yield found


@dataclass(slots=True)
class _Reader:
    as_of: date
    account: Account

    def people(self, rows: Mapping[str, list[_Placed]]) -> dict[str, PatientRecord]:
        """The persons of the `patients` rows, by record number; a rejected row gives nobody."""
        found = {number: self._person(placed) for number, placed in sorted(rows.items())}
        return {number: person for number, person in found.items() if person is not None}

    def bundle(self, person: PatientRecord, rows: Mapping[str, list[_Placed]]) -> PatientBundle:
        """Everything the tables say about one person."""
        return PatientBundle(
            patient=person,
            source="flareboard_csv",
            entries=self._read("diary", rows, EntryRecord),
            doses=self._read("doses", rows, DoseRecord),
            medications=self._read("medications", rows, MedicationRecord),
            measures=self._read("measures", rows, MeasureRecord),
            events=self._read("events", rows, EventRecord),
            asked=self._read("asked", rows, AskedRecord),
            closings=self._read("closings", rows, ClosingRecord),
        )

    def _person(self, rows: list[_Placed]) -> PatientRecord | None:
        found: PatientRecord | None = None
        for where, cells in rows:
            made = self._record("patients", where, cells)
            if not isinstance(made, PatientRecord):
                continue
            if found is None:
                found = made
            elif made == found:
                self.account.repeated += 1
            else:
                self.account.reject(where, "patients", "this record number stands twice with other values")
        return found

    def _read(self, kind: str, rows: Mapping[str, list[_Placed]], wanted: type[Made]) -> tuple[Made, ...]:
        made = (self._record(kind, where, cells) for where, cells in rows.get(kind, []))
        return tuple(record for record in made if isinstance(record, wanted))

    def _record(self, kind: str, where: str, cells: Cells) -> Record | None:
        build: Callable[[Cells], Record] = BUILDERS[kind]
        try:
            record = build(cells)
        except CellRefused as refused:
            self.account.reject(where, kind, str(refused))
            return None
        if reason := checks.problem(record, self.as_of):
            self.account.reject(where, kind, reason)
            return None
        return record if isinstance(record, PatientRecord) else replace(record, where=where)
