"""Medicines and doses of one patient; medicines added and stopped on screen.

What came in stays as it was: a stop is a row of its own, laid over the medicine when it is read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from clinical.diary import Period
from clinical.record import Medicine
from data_access import derived, frames
from data_access.engine import lock_patient
from data_access.entries import Writer
from data_access.errors import Conflict, ExplainedError
from data_access.ingest.kinds import KINDS, refusal, row_of, unit_problem
from data_access.patients import head
from data_access.records import DoseRecord, MedicationRecord
from data_access.row_numbers import last_given
from data_access.standing import RUNS_UNTIL, WHY_STOPPED, WITH_STOPS
from data_access.standing import medicines as listed
from data_access.tables import doses as dose_rows
from data_access.tables import medication_stops, medications

__all__ = ["Doses", "add", "dose_records", "doses", "listed", "records", "stop"]

_MEDICINES = next(kind for kind in KINDS if kind.record is MedicationRecord)


@dataclass(frozen=True, slots=True)
class Doses:
    """Logged doses by day, one array element a dose: `dose` in `unit`, NaN when unknown; `medicine` as logged."""

    day: NDArray[np.datetime64]
    medicine: NDArray[np.object_]
    dose: NDArray[np.float32]
    unit: NDArray[np.object_]
    as_needed: NDArray[np.bool_]
    taken: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.day)


def records(conn: sa.Connection, patient_id: int) -> list[MedicationRecord]:
    """Every medicine in the order it came in; an end set on screen stands."""
    m = medications.c
    query = sa.select(
        m.medicine, m.atc, m.rxnorm, m.dose, m.unit, m.route, m.frequency, m.as_needed, m.start_day, RUNS_UNTIL,
        WHY_STOPPED, m.kind, m.source_key,
    ).select_from(WITH_STOPS)  # fmt: skip
    rows = conn.execute(query.where(m.patient_id == patient_id).order_by(m.medication_id))
    return [_medication_record(row) for row in rows]


def _medication_record(row: sa.Row[*tuple[Any, ...]]) -> MedicationRecord:
    return MedicationRecord(*row)


def doses(conn: sa.Connection, patient_id: int, period: Period) -> Doses:
    """The doses logged in the period, oldest first; empty arrays when there are none."""
    d = dose_rows.c
    # The day as the driver gives it: numpy reads both engines' form.
    query = sa.select(sa.type_coerce(d.day, sa.String), d.medicine, d.dose, d.unit, d.as_needed, d.taken)
    chosen = query.where(d.patient_id == patient_id, d.status == "active", d.day.between(period.start, period.end))
    rows = conn.execute(chosen.order_by(d.day, d.at_time, d.dose_id)).fetchall()
    return Doses(**frames.columns(rows, frames.DOSES))


def dose_records(conn: sa.Connection, patient_id: int) -> list[DoseRecord]:
    """Every dose as it came in, by day (undated last), time, then in that order."""
    d = dose_rows.c
    query = sa.select(
        d.day, d.medicine, d.taken, d.at_time, d.dose, d.unit, d.route, d.as_needed, d.source_key
    ).where(d.patient_id == patient_id, d.status == "active")  # fmt: skip
    rows = conn.execute(query.order_by(d.day.is_(None), d.day, d.at_time, d.dose_id))
    return [_dose_record(row) for row in rows]


def _dose_record(row: sa.Row[*tuple[Any, ...]]) -> DoseRecord:
    return DoseRecord(*row)


def add(conn: sa.Connection, patient_id: int, record: MedicationRecord, *, writer: Writer, token: str = "") -> int:
    """The number of the new medicine; of the one there is when that form (`token`) was sent before.

    Raises ExplainedError when the medicine cannot be kept as it is written.
    """
    lock_patient(conn, patient_id)
    key = f"screen:{token}" if token else None
    if (found := _by_key(conn, patient_id, key)) is not None:
        return found
    _require_possible(conn, patient_id, record, writer)
    number = last_given(conn, patient_id, medications.c.medication_id) + 1
    row = {**row_of(_MEDICINES, record), "patient_id": patient_id, "medication_id": number}
    conn.execute(sa.insert(medications).values({**row, "source": "clinic", "source_key": key}))
    derived.refresh(conn, patient_id, writer.as_of, ())
    return number


def _by_key(conn: sa.Connection, patient_id: int, key: str | None) -> int | None:
    m = medications.c
    query = sa.select(m.medication_id).where(m.patient_id == patient_id, m.source_key == key)
    found: int | None = conn.execute(query).scalar() if key else None
    return found


def _require_possible(conn: sa.Connection, patient_id: int, record: MedicationRecord, writer: Writer) -> None:
    person = head(conn, patient_id)
    reason = refusal(_MEDICINES, record, writer.as_of, person.birth_date if person else None) or _impossible(record)
    if reason:
        raise _not_saved("medicine", reason)


def _impossible(record: MedicationRecord) -> str:
    if not record.medicine.strip():
        return "the medicine has no name"
    if record.dose is not None and record.dose <= 0:
        return "the dose must be above 0"
    if reason := unit_problem(record):
        return reason
    ended = record.start_day and record.end_day and record.end_day < record.start_day
    return "the end lies before the start" if ended else ""


def stop(conn: sa.Connection, patient_id: int, seen: Medicine, *, end: date, reason: str, writer: Writer) -> None:
    """That medicine ends on that day, for that reason; the row that came in stays. `seen` is what the user saw.

    Raises Conflict when it is no longer as seen or was stopped before, ExplainedError for a day that cannot be.
    """
    lock_patient(conn, patient_id)
    found = next((each for each in listed(conn, patient_id) if each.medication_id == seen.medication_id), None)
    if found != seen or _stopped(conn, patient_id, seen.medication_id):
        raise Conflict(
            "This medicine was changed in the meantime.",
            "Nothing was written; the list shows how it stands now.",
            "Look at the list, and stop it if it still runs.",
        )
    if end > writer.as_of or (seen.start is not None and end < seen.start):
        late = end > writer.as_of
        raise _not_saved("end", "the day is in the future" if late else "the day lies before the start")
    ended = {"end_day": end, "reason": reason.strip(), "user_id": writer.user_id, "stopped_at": writer.now}
    key = {"patient_id": patient_id, "medication_id": seen.medication_id}
    conn.execute(sa.insert(medication_stops).values({**key, **ended}))
    derived.refresh(conn, patient_id, writer.as_of, ())


def _stopped(conn: sa.Connection, patient_id: int, medication_id: int) -> bool:
    s = medication_stops.c
    query = sa.select(s.end_day).where(s.patient_id == patient_id, s.medication_id == medication_id)
    return conn.execute(query).first() is not None


def _not_saved(what: str, reason: str) -> ExplainedError:
    return ExplainedError(
        f"This {what} cannot be saved: {reason}.",
        "Nothing was written; what you filled in is still there.",
        "Correct it and save again.",
    )
