"""Flareboard CSV out of the database: a zip of its tables, the same bytes for the same records.

Rows are sorted and the zip carries no clock. Importing it into an empty database and exporting that gives the same
bytes again, on either engine. Rows that the import would take for one and the same are written once.
"""

import io
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, TypeVar

import sqlalchemy as sa

from clinical.diary import Period
from clinical.safety import Answer, Closure
from data_access import diary, events, measures, medication, score_items, standing
from data_access.importers.csv_cells import (
    written_day,
    written_flag,
    written_instant,
    written_marks,
    written_number,
    written_text,
)
from data_access.importers.csv_rows import COLUMNS, EXTRAS, ONLY_WITH_ROWS, usual_unit
from data_access.ingest.kinds import repeats
from data_access.patients import PatientHead
from data_access.records import DoseRecord, EntryRecord, EventRecord, MeasureRecord, MedicationRecord
from data_access.tables import asked_answers, safety_closures
from data_access.tables import diary_entries as entry_rows
from data_access.tables import measures as measure_rows
from data_access.tables import medications as medication_rows

Cells = tuple[str, ...]
_AT_ONCE = 10_000
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o600 << 16


@dataclass(frozen=True, slots=True)
class _Export:
    conn: sa.Connection
    period: Period | None
    items: int  # columns item_1 ... of measures
    extras: Mapping[str, Cells]  # columns that this export needs beside the usual ones


Dated = TypeVar("Dated", DoseRecord, MeasureRecord, EventRecord)
_Rows = Callable[[_Export, PatientHead], Iterable[Cells]]


def archive(conn: sa.Connection, patients: Sequence[PatientHead], period: Period | None = None) -> bytes:
    """The zip for those patients, in memory; `period` keeps only rows with a day inside it."""
    out = io.BytesIO()
    write(out, conn, patients, period)
    return out.getvalue()


def write(out: IO[bytes], conn: sa.Connection, patients: Sequence[PatientHead], period: Period | None = None) -> None:
    """Writes the zip for those patients, one patient at a time, so a whole clinic needs little memory."""
    export = _Export(conn, period, _most_items(conn, patients), _extras(conn, patients))
    ordered = sorted(patients, key=lambda head: head.record_number)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for kind, rows_of in _TABLES.items():
            if kind in ONLY_WITH_ROWS and not _any_rows(conn, kind, patients):
                continue
            member = zipfile.ZipInfo(f"{kind}.csv", _NO_CLOCK)
            member.external_attr, member.create_system = _PLAIN_FILE, 3
            member.compress_type = zipfile.ZIP_DEFLATED
            with made.open(member, "w", force_zip64=True) as file:
                file.write(_line(_header(kind, export)))
                for head in ordered:
                    file.write(b"".join(_line(cells) for cells in rows_of(export, head)))


def _any_rows(conn: sa.Connection, kind: str, patients: Sequence[PatientHead]) -> bool:
    number = {"asked": asked_answers, "closings": safety_closures}[kind].c.patient_id
    wanted = {head.patient_id for head in patients}
    return any(found in wanted for found in conn.execute(sa.select(number).distinct()).scalars())


def _header(kind: str, export: _Export) -> Cells:
    items = export.items if kind == "measures" else 0
    return (*COLUMNS[kind], *(f"item_{place}" for place in range(1, items + 1)), *export.extras.get(kind, ()))


def _line(cells: Cells) -> bytes:
    # Python's writer leaves a bare carriage return unquoted when lines end in \n; reading would then split the row.
    return (",".join(map(_quoted, cells)) + "\n").encode("utf-8")


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _most_items(conn: sa.Connection, patients: Sequence[PatientHead]) -> int:
    """The most answers any measure of those patients holds, unanswered ones at the end not counted."""
    m = measure_rows.c
    wanted = {head.patient_id for head in patients}
    query = sa.select(m.patient_id, m["items"]).where(m["items"] != "", m.status == "active")
    rows = conn.execute(query.execution_options(yield_per=_AT_ONCE))
    return max((len(_answers(score_items.read(items))) for number, items in rows if number in wanted), default=0)


def _extras(conn: sa.Connection, patients: Sequence[PatientHead]) -> dict[str, Cells]:
    """The further columns without which these patients' rows would lose something, by table."""
    wanted = {head.patient_id for head in patients}
    m, d = measure_rows.c, medication_rows.c
    units = conn.execute(sa.select(m.patient_id, m.instrument, m.unit).where(m.status == "active").distinct())
    coded = conn.execute(
        sa.select(d.patient_id).where(sa.or_(d.rxnorm != "", d.kind != "prescribed")).distinct()
    ).scalars()
    needed = {
        "diary": _holds_more(conn, wanted),
        "measures": any(unit != usual_unit(name) for number, name, unit in units if number in wanted),
        "medications": any(number in wanted for number in coded),
    }
    return {kind: EXTRAS[kind] for kind, needs in needed.items() if needs}


def _holds_more(conn: sa.Connection, wanted: Collection[int]) -> bool:
    """Whether any of those patients' entries says something the usual columns of the diary have no place for."""
    e = entry_rows.c
    says_more = sa.or_(e.tenderness.is_not(None), e.weather != "")
    told = conn.execute(sa.select(e.patient_id).where(e.status == "active", says_more).distinct()).scalars()
    return any(number in wanted for number in told)


def _answers(items: Sequence[float | None]) -> list[float | None]:
    kept = list(items)
    while kept and kept[-1] is None:
        kept.pop()
    return kept


def _during(records: Iterable[Dated], period: Period | None) -> Iterator[Dated]:
    for record in records:
        if period is None or (record.day is not None and period.start <= record.day <= period.end):
            yield record


def _sorted(rows: Iterable[tuple[Cells, bool]]) -> Iterator[Cells]:
    """The rows in order; equal rows once, unless they may be said twice."""
    last: Cells | None = None
    for cells, may_repeat in sorted(rows):
        if cells != last or may_repeat:
            yield cells
        last = cells


def _patients(export: _Export, head: PatientHead) -> Iterator[Cells]:
    del export  # a person is the same in every period
    yield (
        written_text(head.record_number),
        written_text(head.family_name),
        written_text(head.given_name),
        written_day(head.birth_date),
        head.sex,
    )


def _diary(export: _Export, head: PatientHead) -> Iterable[Cells]:
    entries = diary.entries(export.conn, head.patient_id, export.period)
    if export.period is None:
        entries += diary.undated(export.conn, head.patient_id)
    return _sorted((_entry(export, head, entry), repeats(entry)) for entry in entries)


def _entry(export: _Export, head: PatientHead, entry: EntryRecord) -> Cells:
    return (
        written_text(head.record_number),
        written_day(entry.day),
        entry.at_time,
        written_number(entry.pain),
        written_number(entry.fatigue),
        written_number(entry.interference),
        written_number(entry.sleep_hours),
        written_number(entry.sleep_quality),
        written_number(entry.stress),
        written_number(entry.mood),
        written_number(entry.stiffness_minutes),
        written_number(entry.sensitivity),
        written_number(entry.activity),
        written_flag(entry.flare),
        written_text("|".join(entry.relief)),
        written_text(entry.note),
        written_marks(entry.marks, detail_unknown=entry.detail_unknown),
        *((written_number(entry.tenderness), "|".join(entry.weather)) if "diary" in export.extras else ()),
    )


def _doses(export: _Export, head: PatientHead) -> Iterable[Cells]:
    records = _during(medication.dose_records(export.conn, head.patient_id), export.period)
    return _sorted((_dose(head, dose), repeats(dose)) for dose in records)


def _dose(head: PatientHead, dose: DoseRecord) -> Cells:
    return (
        written_text(head.record_number),
        written_day(dose.day),
        dose.at_time,
        written_text(dose.medicine),
        written_number(dose.dose),
        written_text(dose.unit),
        written_text(dose.route),
        written_flag(dose.as_needed),
        written_flag(dose.taken),
    )


def _medications(export: _Export, head: PatientHead) -> Iterable[Cells]:
    records = (m for m in medication.records(export.conn, head.patient_id) if _taken_during(m, export.period))
    return _sorted((_medication(export, head, record), repeats(record)) for record in records)


def _taken_during(record: MedicationRecord, period: Period | None) -> bool:
    """Whether the medicine may have been taken in the period; an unknown start or end leaves that open."""
    if period is None:
        return True
    begins = record.start_day is None or record.start_day <= period.end
    return begins and (record.end_day is None or record.end_day >= period.start)


def _medication(export: _Export, head: PatientHead, record: MedicationRecord) -> Cells:
    return (
        written_text(head.record_number),
        written_text(record.medicine),
        written_text(record.atc),
        written_number(record.dose),
        written_text(record.unit),
        written_text(record.route),
        written_text(record.frequency),
        written_flag(record.as_needed),
        written_day(record.start_day),
        written_day(record.end_day),
        written_text(record.reason_stopped),
        *((written_text(record.rxnorm), record.kind) if "medications" in export.extras else ()),
    )


def _measures(export: _Export, head: PatientHead) -> Iterable[Cells]:
    records = _during(measures.records(export.conn, head.patient_id), export.period)
    return _sorted((_measure(export, head, record), repeats(record)) for record in records)


def _measure(export: _Export, head: PatientHead, record: MeasureRecord) -> Cells:
    answers = [written_number(answer) for answer in _answers(record.items)]
    return (
        written_text(head.record_number),
        written_day(record.day),
        written_text(record.instrument),
        written_number(record.score),
        *answers,
        *[""] * (export.items - len(answers)),
        *((written_text(record.unit),) if "measures" in export.extras else ()),
    )


def _events(export: _Export, head: PatientHead) -> Iterable[Cells]:
    records = _during(events.records(export.conn, head.patient_id), export.period)
    return _sorted((_event(head, record), repeats(record)) for record in records)


def _event(head: PatientHead, record: EventRecord) -> Cells:
    return (
        written_text(head.record_number),
        written_day(record.day),
        written_text(record.kind),
        written_text(record.label),
    )


def _asked(export: _Export, head: PatientHead) -> Iterable[Cells]:
    # Whatever the period: what was asked once holds beyond it, and a red flag goes with every export until closed.
    return _sorted((_answer(head, each), False) for each in standing.answers(export.conn, head.patient_id))


def _answer(head: PatientHead, answer: Answer) -> Cells:
    return (
        written_text(head.record_number),
        written_day(answer.asked_on),
        written_text(answer.question),
        written_text(answer.answer),
        written_text(answer.remark),
        written_text(answer.user_name),
        written_instant(answer.answered_at),
    )


def _closings(export: _Export, head: PatientHead) -> Iterable[Cells]:
    return _sorted((_closing(head, each), False) for each in standing.closures(export.conn, head.patient_id))


def _closing(head: PatientHead, closure: Closure) -> Cells:
    return (
        written_text(head.record_number),
        written_text(closure.subject),
        written_text(closure.reason),
        written_day(closure.closed_through),
        written_text(closure.user_name),
        written_instant(closure.closed_at),
    )


_TABLES: dict[str, _Rows] = {
    "patients": _patients,
    "diary": _diary,
    "doses": _doses,
    "medications": _medications,
    "measures": _measures,
    "events": _events,
    "asked": _asked,
    "closings": _closings,
}
