"""Answers to the red-flag checklist and to questions asked once. They are only ever added; the latest one stands."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from clinical.safety import Answer
from data_access import derived
from data_access.engine import lock_patient
from data_access.row_numbers import last_given
from data_access.standing import answers
from data_access.tables import asked_answers

__all__ = ["answers", "give"]


def give(conn: sa.Connection, patient_id: int, given: Sequence[Answer], *, user_id: int, as_of: date) -> None:
    """Adds the answers, in that order, as one act; earlier ones stay on record. Their `answer_id` is not looked at."""
    lock_patient(conn, patient_id)
    last = last_given(conn, patient_id, asked_answers.c.answer_id)
    rows = [
        {
            "patient_id": patient_id,
            "answer_id": number,
            "question": each.question,
            "answer": each.answer,
            "remark": each.remark.strip(),
            "asked_on": each.asked_on,
            "user_id": user_id,
            "user_name": each.user_name,
            "answered_at": each.answered_at,
            "source": "clinic",
        }
        for number, each in enumerate(given, last + 1)
    ]
    if rows:
        conn.execute(sa.insert(asked_answers), rows)
        derived.refresh(conn, patient_id, as_of, ())
