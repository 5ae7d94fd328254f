"""A made-up person with medicines and doses: who reads a test sees what is prescribed and what was taken."""

from collections.abc import Sequence

from sqlalchemy import Engine

from data_access import ingest, patients
from data_access.engine import reading, writing
from data_access.patients import PatientHead
from data_access.records import (
    AllergyRecord,
    DoseRecord,
    EntryRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
    PatientRecord,
)
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import ago

PARACETAMOL = MedicationRecord(
    "paracetamol", "N02BE01", dose=1000, unit="mg", route="oral", frequency="up to four times a day", as_needed=True,
    start_day=ago(200),
)  # fmt: skip
DULOXETINE = MedicationRecord(
    "duloxetine", "N06AX21", dose=60, unit="mg", route="oral", frequency="once in the morning", start_day=ago(100)
)
TRAMADOL = MedicationRecord(
    "tramadol", "N02AX02", dose=50, unit="mg", route="oral", frequency="four times a day", start_day=ago(30)
)
UNKNOWN = MedicationRecord("Grandma's tea", start_day=ago(60))


def taken(days: int, medicine: str = "paracetamol", dose: float | None = 1000, *, times: int = 1) -> list[DoseRecord]:
    """Doses of that many days ago, two hours apart from 08:00."""
    return [
        DoseRecord(ago(days), medicine, taken=True, at_time=f"{8 + 2 * n:02d}:00", dose=dose, unit="mg", route="oral")
        for n in range(times)
    ]


def too_much() -> list[DoseRecord]:
    """Five grams of paracetamol on three days of the last week."""
    return [dose for days in (1, 3, 5) for dose in taken(days, times=5)]


def medicated(
    engine: Engine,
    *medications: MedicationRecord,
    doses: Sequence[DoseRecord] = (),
    measures: Sequence[MeasureRecord] = (),
    allergies: Sequence[AllergyRecord] = (),
    entries: int = 40,
    record: str = "MED-1",
) -> PatientHead:
    """That person of the first care team, with a diary entry on each of the last days."""
    logged = tuple(EntryRecord(ago(days), pain=4.0 + days % 2, relief=("heat",)) for days in range(entries))
    bundle = PatientBundle(
        PatientRecord(record, "Medicated", synthetic=True),
        "demo",
        entries=logged,
        medications=medications,
        doses=tuple(doses),
        measures=tuple(measures),
        allergies=tuple(allergies),
        team_id=1,
    )
    with writing(engine) as conn:
        ingest.add(conn, bundle, batch_id=None, now=NOW, as_of=AS_OF)
    return again(engine, record)


def again(engine: Engine, record: str = "MED-1") -> PatientHead:
    """That person as the record stands now."""
    with reading(engine) as conn:
        found = patients.find_by_record(conn, record)
    assert found is not None
    return found
