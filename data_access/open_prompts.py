"""Medication prompts of one patient that nobody answered yet, as caseload and Summary count them."""

from datetime import date, timedelta

import sqlalchemy as sa

from clinical import safety
from clinical.asked import weight_kg
from clinical.medication import DoseTable, Person, Prompt, PromptAnswer, open_prompts, review
from clinical.record import Medicine
from data_access import care_plan, dose_table, patients, standing

COUNTED = ("high", "medium")
"""Levels that wait for an answer; what is for information alone brings nobody into the caseload [P]."""
WINDOW = timedelta(days=400)
"""Prompts are about the last 28 days; of the log before them only the course of a combination or a daily use matters.

A refresh follows every write: it reads no more of ten years of doses than that.
"""


def listed(conn: sa.Connection, patient_id: int, as_of: date) -> tuple[Prompt, ...]:
    """The open prompts of level high and medium on `as_of`, the gravest first."""
    medicines = standing.medicines(conn, patient_id)
    doses = dose_table.logged(conn, patient_id, since=as_of - WINDOW)
    if not medicines and not len(doses):
        return ()
    person, given = _person(conn, patient_id, as_of), standing.prompt_answers(conn, patient_id)
    found = _raised(medicines, doses, person, as_of)
    if _any_answered(found, given):  # whether an answer still holds may hang on a day further back
        found = _raised(medicines, dose_table.logged(conn, patient_id), person, as_of)
    return open_prompts(found, given)


def _raised(medicines: list[Medicine], doses: DoseTable, person: Person, as_of: date) -> tuple[Prompt, ...]:
    return tuple(prompt for prompt in review(medicines, doses, person, as_of).prompts if prompt.level in COUNTED)


def _any_answered(found: tuple[Prompt, ...], given: list[PromptAnswer]) -> bool:
    return bool({prompt.key for prompt in found} & {answer.prompt for answer in given})


def _person(conn: sa.Connection, patient_id: int, as_of: date) -> Person:
    """Who takes the medicines, as the checks need to know; what nobody answered is not known."""
    head = patients.head(conn, patient_id)
    given = (answer for answer in standing.answers(conn, patient_id) if answer.asked_on <= as_of)
    said = {question: each.answer for question, each in safety.standing(given).items()}
    return Person(
        birth_date=head.birth_date if head else None,
        sex=head.sex if head else "",
        conditions=care_plan.standing_conditions(care_plan.conditions(conn, patient_id)),
        weight_kg=weight_kg(said),
        answers=said,
        allergies=care_plan.standing_allergies(care_plan.allergies(conn, patient_id)),
    )
