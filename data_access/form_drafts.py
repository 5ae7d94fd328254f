"""Forms of the care plan and of a case review while they are filled in, one draft a person, patient and form.

What a draft holds is JSON that this floor keeps and does not read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data_access import drafts
from data_access.tables import form_drafts
from data_access.text import bytewise


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What is being filled in; `revision` rises with every save, from 1."""

    form: str
    content: str
    revision: int
    saved_at: datetime


def listed(conn: sa.Connection, patient_id: int, user_id: int) -> list[FormDraft]:
    """Everything that user is filling in for that patient, by form."""
    d = form_drafts.c
    query = sa.select(d.form, d.content, d.revision, d.saved_at)
    own = sa.and_(d.patient_id == patient_id, d.author_user_id == user_id)
    return [FormDraft(*row) for row in conn.execute(query.where(own).order_by(bytewise(d.form)))]


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
    key = {"patient_id": patient_id, "author_user_id": user_id, "form": form}
    said = {"content": content}
    revision = drafts.save(conn, form_drafts, key, said, expected_revision=expected_revision, now=now)
    return None if revision is None else FormDraft(form, content, revision, now)


def discard_draft(
    conn: sa.Connection, patient_id: int, user_id: int, form: str, *, revision: int | None = None
) -> bool:
    """Removes the draft, with `revision` only if it did not move since; whether one was removed."""
    d = form_drafts.c
    own = sa.and_(d.patient_id == patient_id, d.author_user_id == user_id, d.form == form)
    if revision is not None:
        own = sa.and_(own, d.revision == revision)
    return conn.execute(sa.delete(form_drafts).where(own)).rowcount == 1
