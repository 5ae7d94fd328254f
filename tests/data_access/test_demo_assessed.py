"""The named cases whose red flags, criteria and medicines a clinician looked at."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinical.medication import review
from clinical.medication.person import Person
from clinical.safety import open_items
from data_access import (
    asked,
    caseload,
    criteria,
    demo,
    diary,
    dose_table,
    medication,
    open_prompts,
    patients,
    prompt_answers,
    relief,
    safety,
)
from data_access.engine import connect_engine, migrate, reading

END = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NUMBERS = {case.code: number for number, case in demo.CASES.items()}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """The first 32 people, up to a year each."""
    path: Path = tmp_path_factory.mktemp("assessed") / "demo.db"
    engine = connect_engine(f"sqlite:///{path}")
    migrate(engine)
    demo.fill(engine, 32, 365, end=END, now=NOW)
    yield engine
    engine.dispose()


def number(conn: sa.Connection, case: str) -> int:
    head = patients.find_by_record(conn, demo.record_number(NUMBERS[case]))
    assert head is not None
    return head.patient_id


def test_a_red_flag_is_open_and_leads_the_caseload_with_its_day(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        one = number(conn, "red_flag_open")
        (item,) = open_items(asked.answers(conn, one), safety.closures(conn, one), [], END)
        assert caseload.reasons(conn, one)[0] == "safety"
        assert f"red_flag:{item.question}:{item.day}" in caseload.reasons(conn, one)
        assert {"yes", "no", "29", "gradual", "not_known"} == {each.answer for each in asked.answers(conn, one)}


def test_a_red_flag_was_closed_by_a_named_clinician_with_a_reason(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        one = number(conn, "red_flag_closed")
        assert open_items(asked.answers(conn, one), safety.closures(conn, one), [], END) == ()
        (closing,) = safety.closures(conn, one)
        assert closing.user_name.startswith("Dr ") and closing.reason
        days = [each.day for each in criteria.listed(conn, one)]
    assert len(days) == 3 and days == sorted(days)


def test_the_many_medicines_give_the_page_something_to_say(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        one = number(conn, "many_medicines")
        found = review(medication.listed(conn, one), dose_table.logged(conn, one), Person(), END)
        used = {code for _, codes in relief.logged(conn, one) for code in codes}
        further = diary.further_answers(conn, one)
        assert caseload.reasons(conn, one)[0] == "medication_prompt"
    assert "Opioid with a gabapentinoid" in {prompt.title for prompt in found.prompts}
    assert found.unrecognised == ("Devil's claw capsules",)
    assert len(found.mme.taken) and found.mme.latest is not None
    assert used >= {"heat", "massage", "acupuncture"}
    assert len(further.day) > 100


def test_most_prompts_of_the_clinic_are_answered_and_the_named_cases_keep_theirs_open(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        everybody = patients.numbers(conn)
        answered = {n for n in everybody if prompt_answers.listed(conn, n)}
        still = {n for n in everybody if open_prompts.listed(conn, n, END)}
        named = {case: number(conn, case) for case in ("in_flare", "paracetamol", "many_medicines", "red_flag_closed")}
    assert {named["in_flare"], named["paracetamol"], named["many_medicines"]} <= still
    assert named["red_flag_closed"] in answered - still
    assert answered - still


def test_some_people_answer_tenderness_and_weather_and_most_do_not(clinic: sa.Engine) -> None:
    with reading(clinic) as conn:
        told = [n for n in patients.numbers(conn) if len(diary.further_answers(conn, n).day)]
    assert 3 <= len(told) <= 10
