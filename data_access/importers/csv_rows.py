"""The eight tables of Flareboard CSV: their columns, and each row as a record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeVar, get_args

from data_access.importers import csv_cells
from data_access.importers.csv_cells import CellRefused
from data_access.importers.csv_table import Row
from data_access.records import (
    AskedRecord,
    ClosingRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    MarkRecord,
    MeasureRecord,
    MedicationRecord,
    PatientRecord,
    Sex,
)

Value = TypeVar("Value")
Record = (
    PatientRecord
    | EntryRecord
    | DoseRecord
    | MedicationRecord
    | MeasureRecord
    | EventRecord
    | AskedRecord
    | ClosingRecord
)

COLUMNS: dict[str, Row] = {
    "patients": ("patient", "family_name", "given_name", "birth_date", "sex"),
    "diary": (
        "patient", "date", "time", "pain", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood",
        "stiffness_minutes", "sensitivity", "activity", "flare", "relief", "note", "regions",
    ),
    "doses": ("patient", "date", "time", "medicine", "dose", "unit", "route", "as_needed", "taken"),
    "medications": (
        "patient", "medicine", "atc", "dose", "unit", "route", "frequency", "as_needed", "start", "end",
        "reason_stopped",
    ),
    "measures": ("patient", "date", "instrument", "score"),
    "events": ("patient", "date", "kind", "label"),
    "asked": ("patient", "date", "question", "answer", "remark", "by", "at"),
    "closings": ("patient", "subject", "reason", "through", "by", "at"),
}  # fmt: skip
"""The columns of each kind, in the order they are written; measures may be followed by item_1, item_2, ..."""

ONLY_WITH_ROWS = ("asked", "closings")
"""Tables that an export leaves out where nobody asked or closed anything."""

EXTRAS: dict[str, Row] = {"diary": ("tenderness", "weather"), "medications": ("rxnorm", "kind"), "measures": ("unit",)}
"""Columns that stand at the end of a table only when a row would lose something without them."""

_REQUIRED: dict[str, frozenset[str]] = {
    "patients": frozenset({"patient", "family_name"}),
    "diary": frozenset({"patient", "date"}),
    "doses": frozenset({"patient", "date", "medicine", "taken"}),
    "medications": frozenset({"patient", "medicine"}),
    "measures": frozenset({"patient", "date", "instrument", "score"}),
    "events": frozenset({"patient", "date", "kind"}),
    "asked": frozenset({"patient", "date", "question", "answer", "by", "at"}),
    "closings": frozenset({"patient", "subject", "reason", "through", "by", "at"}),
}
_ITEM = re.compile(r"item_[1-9][0-9]?[0-9]?")

_UNITS = {"MME": "{MME}/d", "Steps in 24 h": "1/(24.h)"}


def usual_unit(instrument: str) -> str:
    """The unit an instrument has where the table does not say another one."""
    return _UNITS.get(instrument, "{score}")


def columns_of_kind(kind: str, header: Row) -> bool:
    """Whether a table with that header is of that kind: known columns only, none twice, the needed ones there."""
    names = set(header)
    if len(names) != len(header) or not names >= _REQUIRED[kind]:
        return False
    extra = names - {*COLUMNS[kind], *EXTRAS.get(kind, ())}
    if kind == "measures":
        return {name for name in extra if not _ITEM.fullmatch(name)} == set()
    return not extra and (kind != "diary" or len(names) > 2)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row; a cell that cannot be read raises CellRefused with the name of its column."""

    by_column: dict[str, str]

    def text(self, column: str) -> str:
        """The text of a cell, its formula guard taken away."""
        return csv_cells.read_text(self.by_column.get(column, ""))

    def number(self, column: str) -> float | None:
        """The number in a cell."""
        return self._read(csv_cells.read_number, column)

    def day(self, column: str) -> date | None:
        """The day in a cell."""
        return self._read(csv_cells.read_day, column)

    def known_day(self, column: str) -> date:
        """The day in a cell that may not be empty."""
        found = self.day(column)
        if found is None:
            raise CellRefused(f"{column} is empty")
        return found

    def instant(self, column: str) -> datetime:
        """The moment in a cell."""
        return self._read(csv_cells.read_instant, column)

    def flag(self, column: str) -> bool | None:
        """Yes, no or nothing in a cell."""
        return self._read(csv_cells.read_flag, column)

    def time(self, column: str = "time") -> str:
        """The time of day in a cell, '' for none."""
        return self.by_column.get(column, "").strip()

    def _read(self, read: Callable[[str], Value], column: str) -> Value:
        try:
            return read(self.by_column.get(column, ""))
        except CellRefused as refused:
            raise CellRefused(f"{column} {refused}") from None

    def marks(self) -> tuple[tuple[MarkRecord, ...] | None, bool]:
        """The map of the row and whether its detail is unknown."""
        return self._read(csv_cells.read_marks, "regions")

    def items(self) -> tuple[float | None, ...]:
        """The answers in order, without the unanswered ones at the end."""
        columns = sorted((c for c in self.by_column if _ITEM.fullmatch(c)), key=lambda c: int(c[5:]))
        last = int(columns[-1][5:]) if columns else 0
        answers = [self.number(f"item_{i}") for i in range(1, last + 1)]
        while answers and answers[-1] is None:
            answers.pop()
        return tuple(answers)


def _patient(cells: Cells) -> PatientRecord:
    return PatientRecord(
        record_number=cells.text("patient").strip(),
        family_name=cells.text("family_name"),
        given_name=cells.text("given_name"),
        birth_date=cells.day("birth_date"),
        sex=_sex(cells.text("sex").strip()),
    )


def _sex(text: str) -> Sex:
    known: dict[str, Sex] = {sex: sex for sex in get_args(Sex)} | {"": "unknown"}
    if text not in known:
        raise CellRefused("sex is none of female, male, other, unknown")
    return known[text]


def _entry(cells: Cells) -> EntryRecord:
    marks, detail_unknown = cells.marks()
    return EntryRecord(
        day=cells.day("date"),
        at_time=cells.time(),
        pain=cells.number("pain"),
        fatigue=cells.number("fatigue"),
        interference=cells.number("interference"),
        sleep_hours=cells.number("sleep_hours"),
        sleep_quality=cells.number("sleep_quality"),
        stress=cells.number("stress"),
        mood=cells.number("mood"),
        stiffness_minutes=cells.number("stiffness_minutes"),
        sensitivity=cells.number("sensitivity"),
        activity=cells.number("activity"),
        tenderness=cells.number("tenderness"),
        flare=cells.flag("flare"),
        relief=csv_cells.read_codes(cells.by_column.get("relief", "")),
        weather=csv_cells.read_codes(cells.by_column.get("weather", "")),
        note=cells.text("note"),
        marks=marks,
        detail_unknown=detail_unknown,
    )


def _dose(cells: Cells) -> DoseRecord:
    taken = cells.flag("taken")
    if taken is None:
        raise CellRefused("taken is empty; it must be 1 or 0")
    return DoseRecord(
        day=cells.day("date"),
        medicine=cells.text("medicine"),
        taken=taken,
        at_time=cells.time(),
        dose=cells.number("dose"),
        unit=cells.text("unit"),
        route=cells.text("route"),
        as_needed=bool(cells.flag("as_needed")),
    )


def _medication(cells: Cells) -> MedicationRecord:
    return MedicationRecord(
        medicine=cells.text("medicine"),
        atc=cells.text("atc"),
        dose=cells.number("dose"),
        unit=cells.text("unit"),
        route=cells.text("route"),
        frequency=cells.text("frequency"),
        as_needed=bool(cells.flag("as_needed")),
        start_day=cells.day("start"),
        end_day=cells.day("end"),
        reason_stopped=cells.text("reason_stopped"),
        rxnorm=cells.text("rxnorm"),
        kind=_medication_kind(cells.text("kind")),
    )


def _medication_kind(text: str) -> Literal["prescribed", "reported"]:
    match text:
        case "" | "prescribed":
            return "prescribed"
        case "reported":
            return "reported"
    raise CellRefused("kind is neither prescribed nor reported")


def _measure(cells: Cells) -> MeasureRecord:
    instrument = cells.text("instrument")
    return MeasureRecord(
        day=cells.day("date"),
        instrument=instrument,
        score=cells.number("score"),
        unit=cells.text("unit") if "unit" in cells.by_column else usual_unit(instrument),
        items=cells.items(),
    )


def _event(cells: Cells) -> EventRecord:
    return EventRecord(day=cells.day("date"), kind=cells.text("kind"), label=cells.text("label"))


def _asked(cells: Cells) -> AskedRecord:
    return AskedRecord(
        question=cells.text("question"),
        answer=cells.text("answer"),
        asked_on=cells.known_day("date"),
        user_name=cells.text("by"),
        answered_at=cells.instant("at"),
        remark=cells.text("remark"),
    )


def _closing(cells: Cells) -> ClosingRecord:
    return ClosingRecord(
        subject=cells.text("subject"),
        reason=cells.text("reason"),
        closed_through=cells.known_day("through"),
        user_name=cells.text("by"),
        closed_at=cells.instant("at"),
    )


BUILDERS: dict[str, Callable[[Cells], Record]] = {
    "patients": _patient,
    "diary": _entry,
    "doses": _dose,
    "medications": _medication,
    "measures": _measure,
    "events": _event,
    "asked": _asked,
    "closings": _closing,
}
"""How a row of each kind becomes a record."""
