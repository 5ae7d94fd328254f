"""Medicines and doses of one patient."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from clinical.diary import Period
from clinical.findings import Medicine
from data_access import frames
from data_access.records import DoseRecord, MedicationRecord
from data_access.tables import doses as dose_rows
from data_access.tables import medications


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


def listed(conn: sa.Connection, patient_id: int) -> list[Medicine]:
    """Every medicine, by start (unknown starts first), then name."""
    m = medications.c
    query = sa.select(
        m.medicine, m.start_day, m.end_day, m.as_needed, m.dose, m.unit, m.atc, m.rxnorm, m.route, m.frequency,
        m.reason_stopped, m.kind, m.medication_id,
    )  # fmt: skip
    rows = conn.execute(query.where(m.patient_id == patient_id).order_by(m.medication_id))
    found = [_medicine(row) for row in rows]
    return sorted(found, key=lambda each: (each.start or date.min, each.name, each.medication_id))


def _medicine(row: sa.Row[*tuple[Any, ...]]) -> Medicine:
    return Medicine(*row)


def records(conn: sa.Connection, patient_id: int) -> list[MedicationRecord]:
    """Every medicine as it came in, in that order."""
    m = medications.c
    query = sa.select(
        m.medicine, m.atc, m.rxnorm, m.dose, m.unit, m.route, m.frequency, m.as_needed, m.start_day, m.end_day,
        m.reason_stopped, m.kind, m.source_key,
    )  # fmt: skip
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
