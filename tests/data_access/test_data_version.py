"""Whatever is kept in memory about a patient is kept per data version: every writer of the record moves it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.flares import Flare
from data_access import care_plan, derived, flares, ingest, notes, patients
from data_access.engine import reading, writing
from data_access.flares import Verdict
from data_access.notes import Author
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
)
from tests.data_access.made_up import NOW, TODAY, about, add

DOCTOR = Author(7, "Dr T", "medicine")
VERDICT = Verdict(TODAY, "not_a_flare", "infection", None, None, 7, NOW)


@pytest.fixture
def patient(engine: sa.Engine) -> int:
    """One person with an open action and a draft."""
    found = add(engine, about(actions=(ActionRecord("Review", "medicine"),))).patient_id
    with writing(engine) as conn:
        notes.save_draft(conn, found, DOCTOR.user_id, text="Seen.", pin=None, expected_revision=0, now=NOW)
    return found


def version(engine: sa.Engine, patient_id: int) -> int:
    with reading(engine) as conn:
        head = patients.head(conn, patient_id)
    assert head is not None
    return head.data_version


def _sign(conn: sa.Connection, patient_id: int) -> None:
    notes.sign(conn, patient_id, DOCTOR, expected_revision=1, now=NOW)


def _judge(conn: sa.Connection, patient_id: int) -> None:
    flares.give_verdict(conn, patient_id, VERDICT)


def _do(conn: sa.Connection, patient_id: int) -> None:
    assert care_plan.set_action_status(conn, patient_id, 1, "done", done=TODAY)


def _refresh(conn: sa.Connection, patient_id: int) -> None:
    derived.refresh(conn, patient_id, TODAY)


@pytest.mark.parametrize("write", [_sign, _judge, _do, _refresh])
def test_a_write_moves_the_data_version_in_its_own_transaction(
    engine: sa.Engine, patient: int, write: Callable[[sa.Connection, int], None]
) -> None:
    before = version(engine, patient)
    with pytest.raises(RuntimeError), writing(engine) as conn:
        write(conn, patient)
        raise RuntimeError("the power went")
    assert version(engine, patient) == before
    with writing(engine) as conn:
        write(conn, patient)
    assert version(engine, patient) > before


@pytest.mark.parametrize(
    "bundle",
    [
        about(entries=(EntryRecord(TODAY, pain=4.0),)),
        about(entries=(EntryRecord(None, pain=4.0),)),
        about(doses=(DoseRecord(TODAY, "ibuprofen", taken=True),)),
        about(medications=(MedicationRecord("duloxetine", start_day=TODAY),)),
        about(measures=(MeasureRecord(TODAY, "PHQ-4", 6.0),)),
        about(events=(EventRecord(TODAY, "visit", "Review"),)),
        about(actions=(ActionRecord("Order a sleep diary", "psychology"),)),
        about(allergies=(AllergyRecord("Penicillin"),)),
    ],
)
def test_an_import_moves_the_data_version_whatever_it_adds_and_stays_where_it_adds_nothing(
    engine: sa.Engine, patient: int, bundle: PatientBundle
) -> None:
    before = version(engine, patient)
    with writing(engine) as conn:
        assert ingest.add(conn, bundle, now=NOW, as_of=TODAY).added
    after = version(engine, patient)
    assert after > before
    add(engine, bundle)
    assert version(engine, patient) == after


def test_a_new_day_that_closes_a_flare_moves_the_data_version(engine: sa.Engine) -> None:
    calm = [EntryRecord(TODAY - timedelta(days=n), pain=2.0) for n in range(10, 100)]
    sore = [EntryRecord(TODAY - timedelta(days=n), pain=8.0) for n in range(10)]
    patient = add(engine, about(entries=(*calm, *sore))).patient_id
    before, then = version(engine, patient), _listed(engine, patient)
    derived.refresh_stale(engine, TODAY + timedelta(days=60))
    assert _listed(engine, patient) != then
    assert version(engine, patient) > before


def _listed(engine: sa.Engine, patient_id: int) -> list[Flare]:
    with reading(engine) as conn:
        return flares.listed(conn, patient_id)
