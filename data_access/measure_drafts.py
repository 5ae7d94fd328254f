"""Questionnaires that are being filled in, saved answer by answer: one draft a person, patient and form."""

from datetime import datetime

import sqlalchemy as sa

from data_access import drafts
from data_access.drafts import FormDraft
from data_access.tables import measure_drafts


def listed(conn: sa.Connection, patient_id: int, user_id: int) -> list[FormDraft]:
    """Everything that user is filling in for that patient, by form."""
    return drafts.forms(conn, measure_drafts, patient_id, user_id)


def draft(conn: sa.Connection, patient_id: int, user_id: int, form: str) -> FormDraft | None:
    """What that user is filling in of that form, None when nothing."""
    return next((each for each in listed(conn, patient_id, user_id) if each.form == form), None)


def save_draft(
    conn: sa.Connection,
    patient_id: int,
    user_id: int,
    form: str,
    *,
    content: str,
    expected_revision: int,
    now: datetime,
) -> FormDraft | None:
    """The draft as saved, one revision on; None, with nothing written, where it moved. `expected_revision` 0: none."""
    saved = FormDraft(form, content, expected_revision + 1, now)
    return saved if drafts.save_form(conn, measure_drafts, patient_id, user_id, saved) else None


def discard_draft(conn: sa.Connection, patient_id: int, user_id: int, form: str) -> bool:
    """Removes the draft, whatever its revision; whether there was one."""
    return drafts.discard_form(conn, measure_drafts, patient_id, user_id, form)
