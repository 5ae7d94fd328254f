"""Forms of the care plan and of a case review while they are filled in, one draft a person, patient and form."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from data_access import drafts
from data_access.drafts import FormDraft
from data_access.tables import form_drafts
from data_access.text import bytewise


def listed(conn: sa.Connection, patient_id: int, user_id: int) -> list[FormDraft]:
    """Everything that user is filling in for that patient, by form."""
    return drafts.forms(conn, form_drafts, patient_id, user_id)


def draft(conn: sa.Connection, patient_id: int, user_id: int, form: str) -> FormDraft | None:
    """What that user is filling in of that form, None when nothing."""
    return next((each for each in listed(conn, patient_id, user_id) if each.form == form), None)


def begun(conn: sa.Connection, patient_ids: Collection[int], forms: Collection[str]) -> list[tuple[int, str, int]]:
    """Who is filling in those forms for those patients: patient, form and author of each draft, in that order."""
    d = form_drafts.c
    asked = sa.select(d.patient_id, d.form, d.author_user_id)
    found = asked.where(d.patient_id.in_(sorted(patient_ids)), d.form.in_(sorted(forms)))
    rows = conn.execute(found.order_by(d.patient_id, bytewise(d.form), d.author_user_id))
    return [(row.patient_id, row.form, row.author_user_id) for row in rows]


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
    return saved if drafts.save_form(conn, form_drafts, patient_id, user_id, saved) else None


def discard_draft(
    conn: sa.Connection, patient_id: int, user_id: int, form: str, *, revision: int | None = None
) -> bool:
    """Removes the draft, with `revision` only if it did not move since; whether one was removed."""
    return drafts.discard_form(conn, form_drafts, patient_id, user_id, form, revision)
