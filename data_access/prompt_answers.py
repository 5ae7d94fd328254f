"""Answers of clinicians to medication prompts. They are only ever added; a prompt that became graver is another one."""

from datetime import date

import sqlalchemy as sa

from clinical.medication.answers import PromptAnswer
from data_access import derived
from data_access.engine import lock_patient
from data_access.standing import prompt_answers as listed
from data_access.tables import prompt_answers

__all__ = ["give", "listed"]


def give(conn: sa.Connection, patient_id: int, given: PromptAnswer, *, user_id: int, as_of: date) -> None:
    """Adds the answer; an earlier one stays on record."""
    lock_patient(conn, patient_id)
    p = prompt_answers.c
    last = conn.execute(sa.select(sa.func.max(p.answer_id)).where(p.patient_id == patient_id)).scalar()
    conn.execute(
        sa.insert(prompt_answers).values(
            patient_id=patient_id,
            answer_id=(last or 0) + 1,
            prompt=given.prompt,
            answered_for=given.answered_for,
            answer=given.answer,
            reason=given.reason.strip(),
            user_id=user_id,
            user_name=given.user_name,
            answered_at=given.answered_at,
        )
    )
    derived.refresh(conn, patient_id, as_of, ())
