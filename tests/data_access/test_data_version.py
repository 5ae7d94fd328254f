"""Whatever is kept in memory about a patient is kept per data version: every writer of the record moves it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.flares import Flare
from clinical.plan import Formulation
from clinical.safety import ITEM_9
from data_access import (
    asked,
    criteria,
    derived,
    flares,
    ingest,
    measures,
    medication,
    notes,
    patients,
    plan,
    prompt_answers,
    safety,
)
from data_access.engine import reading, writing
from data_access.flares import Verdict
from data_access.notes import Author
from data_access.records import (
    ActionRecord,
    AllergyRecord,
    DoseRecord,
    EntryRecord,
    EventRecord,
    GoalRecord,
    MeasureRecord,
    MedicationRecord,
    PatientBundle,
)
from tests.data_access.made_up import (
    ASSESSED,
    CLOSING,
    NOW,
    PLANNER,
    PROMPT_ANSWER,
    RED_FLAG,
    TODAY,
    WRITER,
    about,
    add,
)

DOCTOR = Author(7, "Dr T", "medicine")
VERDICT = Verdict(TODAY, "not_a_flare", "infection", None, None, 7, NOW)


@pytest.fixture
def patient(engine: sa.Engine) -> int:
    """One person with an open action, a goal, a draft, a medicine, and a PHQ-9 whose item 9 was answered."""
    phq9 = MeasureRecord(TODAY, "PHQ-9", 3.0, items=(*([0.0] * 8), 3.0))
    record = about(
        actions=(ActionRecord("Review", "medicine"),),
        goals=(GoalRecord("Swim"),),
        measures=(phq9,),
        medications=(MedicationRecord("tramadol"),),
    )
    found = add(engine, record).patient_id
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


def _sign_text(conn: sa.Connection, patient_id: int) -> None:
    notes.sign_text(conn, patient_id, DOCTOR, text="Discussed.", now=NOW)


def _countersign(conn: sa.Connection, patient_id: int) -> None:
    notes.sign(conn, patient_id, DOCTOR, expected_revision=1, ask=[8], now=NOW)
    before = patients.head(conn, patient_id)
    notes.cosign(conn, patient_id, 1, 1, author=Author(8, "Dr U", "medicine"), now=NOW)
    assert before != patients.head(conn, patient_id)


def _judge(conn: sa.Connection, patient_id: int) -> None:
    flares.give_verdict(conn, patient_id, VERDICT)


def _do(conn: sa.Connection, patient_id: int) -> None:
    (action,) = plan.load(conn, patient_id).actions
    plan.save(conn, patient_id, replace(action, status="done", done=TODAY), writer=PLANNER)


def _agree(conn: sa.Connection, patient_id: int) -> None:
    plan.save(conn, patient_id, Formulation(matters="the sea"), writer=PLANNER)


def _rate(conn: sa.Connection, patient_id: int) -> None:
    plan.rate(conn, patient_id, 1, level=0, day=TODAY, remark="", writer=PLANNER)


def _refresh(conn: sa.Connection, patient_id: int) -> None:
    derived.refresh(conn, patient_id, TODAY)


def _ask(conn: sa.Connection, patient_id: int) -> None:
    asked.give(conn, patient_id, [RED_FLAG], user_id=7, as_of=TODAY)


def _close(conn: sa.Connection, patient_id: int) -> None:
    safety.close(conn, patient_id, replace(CLOSING, subject=ITEM_9), user_id=7, as_of=TODAY)


def _answer_prompt(conn: sa.Connection, patient_id: int) -> None:
    prompt_answers.give(conn, patient_id, PROMPT_ANSWER, user_id=7, as_of=TODAY)


def _assess(conn: sa.Connection, patient_id: int) -> None:
    criteria.record(conn, patient_id, ASSESSED, user_id=7, as_of=TODAY)


def _enter_score(conn: sa.Connection, patient_id: int) -> None:
    measures.enter(conn, patient_id, MeasureRecord(TODAY, "PHQ-4", 3.0), writer=WRITER)


def _withdraw_score(conn: sa.Connection, patient_id: int) -> None:
    measures.withdraw(conn, patient_id, 1, reason="wrong person", writer=WRITER)


def _add_medicine(conn: sa.Connection, patient_id: int) -> None:
    medication.add(conn, patient_id, MedicationRecord("ibuprofen"), writer=WRITER)


def _stop_medicine(conn: sa.Connection, patient_id: int) -> None:
    running = medication.listed(conn, patient_id)[0]
    medication.stop(conn, patient_id, running, end=TODAY, reason="stomach", writer=WRITER)


WRITES = [
    _sign, _judge, _do, _agree, _rate, _refresh, _ask, _close, _answer_prompt, _assess, _enter_score, _withdraw_score,
    _add_medicine,
    _stop_medicine, _sign_text, _countersign,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
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
