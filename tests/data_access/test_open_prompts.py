"""Open medication prompts bring a patient into the caseload, until they are answered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from clinical.medication import review
from clinical.medication.answers import PromptAnswer
from clinical.medication.person import Person
from data_access import caseload, dose_table, medication, open_prompts, prompt_answers, standing
from data_access.engine import reading, writing
from data_access.records import DoseRecord, EntryRecord, MedicationRecord
from tests.data_access.made_up import ANNA, NOW, TODAY, WRITER, about, add

LONG_AGO = TODAY - timedelta(days=1500)
TRAMADOL = MedicationRecord("tramadol", "N02AX02", dose=50.0, unit="mg", start_day=LONG_AGO)
DULOXETINE = MedicationRecord("duloxetine", "N06AX21", dose=60.0, unit="mg", start_day=LONG_AGO)
ENTRIES = tuple(EntryRecord(TODAY - timedelta(days=n), pain=3.0) for n in range(40))


def treated(engine: sa.Engine, *medicines: MedicationRecord, doses: tuple[DoseRecord, ...] = ()) -> sa.Engine:
    add(engine, about(ANNA, entries=ENTRIES, medications=medicines, doses=doses))
    return engine


def reasons(engine: sa.Engine) -> tuple[str, ...]:
    with reading(engine) as conn:
        return caseload.reasons(conn, 1)


def answer_all(engine: sa.Engine, day: date = TODAY) -> None:
    with writing(engine) as conn:
        for prompt in open_prompts.listed(conn, 1, TODAY):
            given = PromptAnswer(prompt.key, prompt.latest_day or day, "accepted", "", "Dr T", NOW)
            prompt_answers.give(conn, 1, given, user_id=7, as_of=TODAY)


def test_two_medicines_that_should_be_looked_at_together_bring_the_patient_up_until_that_is_answered(
    engine: sa.Engine,
) -> None:
    treated(engine, TRAMADOL, DULOXETINE)
    assert reasons(engine)[0] == "medication_prompt"
    answer_all(engine)
    assert reasons(engine)[0] == "steady"


def test_a_medicine_stopped_on_screen_takes_its_prompts_out_of_the_caseload(engine: sa.Engine) -> None:
    treated(engine, TRAMADOL, DULOXETINE)
    with writing(engine) as conn:
        for seen in medication.listed(conn, 1):
            medication.stop(conn, 1, seen, end=TODAY - timedelta(days=1), reason="dizzy", writer=WRITER)
    assert reasons(engine)[0] == "steady"


def test_what_is_for_information_alone_brings_nobody_up(engine: sa.Engine) -> None:
    treated(engine, replace(DULOXETINE, medicine="naproxen", atc="M01AE02", dose=500.0, start_day=TODAY))
    with reading(engine) as conn:
        raised = review(standing.medicines(conn, 1), dose_table.logged(conn, 1), Person(), TODAY).prompts
        assert open_prompts.listed(conn, 1, TODAY) == ()
    assert all(prompt.level == "info" for prompt in raised)
    assert reasons(engine)[0] == "steady"


def test_an_answer_to_a_combination_that_began_years_ago_still_holds(engine: sa.Engine) -> None:
    days = [LONG_AGO + timedelta(days=n) for n in range((TODAY - LONG_AGO).days + 1)]
    doses = tuple(
        DoseRecord(day, each.medicine, taken=True, at_time="08:00", dose=each.dose, unit="mg")
        for day in days
        for each in (TRAMADOL, DULOXETINE)
    )
    treated(engine, doses=doses)
    assert reasons(engine)[0] == "medication_prompt"
    answer_all(engine)
    assert reasons(engine)[0] == "steady"


@pytest.mark.parametrize("far", [0, 500, 1500])
def test_a_refresh_that_reads_a_year_of_doses_finds_what_the_whole_log_finds(engine: sa.Engine, far: int) -> None:
    taken = [TODAY - timedelta(days=n) for n in (*range(12), far, far + 1)]
    doses = tuple(
        DoseRecord(day, name, taken=True, at_time=at, dose=dose, unit="mg")
        for day in dict.fromkeys(taken)
        for name, dose, at in (
            ("paracetamol", 2500.0, "08:00"),
            ("paracetamol", 2500.0, "20:00"),
            ("ibuprofen", 400.0, "12:00"),
        )
    )
    treated(engine, DULOXETINE, doses=doses)
    with reading(engine) as conn:
        found = {prompt.key for prompt in open_prompts.listed(conn, 1, TODAY)}
        whole = review(
            standing.medicines(conn, 1), dose_table.logged(conn, 1), Person(ANNA.birth_date, "female"), TODAY
        )
    assert found == {prompt.key for prompt in whole.prompts if prompt.level != "info"}
    assert found
