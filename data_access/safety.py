"""Closings of red flags and safety items, by a named clinician with a reason. They are only ever added."""

from datetime import date

import sqlalchemy as sa

from clinical.safety import Closure, open_items
from data_access import derived
from data_access.engine import lock_patient
from data_access.errors import Conflict
from data_access.row_numbers import last_given
from data_access.standing import answers, closures, scores
from data_access.tables import safety_closures

__all__ = ["close", "closures"]


def close(conn: sa.Connection, patient_id: int, closing: Closure, *, user_id: int, as_of: date) -> None:
    """Adds the closing. Raises Conflict when nothing of that subject is open any more: somebody was quicker."""
    lock_patient(conn, patient_id)
    standing = answers(conn, patient_id), closures(conn, patient_id), scores(conn, patient_id)
    if all(item.subject != closing.subject for item in open_items(*standing, as_of)):
        raise Conflict(
            "This was closed in the meantime.",
            "Nothing was written; what was closed, by whom and why is on record.",
            "Look at the closings, and answer the question anew if it is still true.",
        )
    _store(conn, patient_id, closing, user_id)
    derived.refresh(conn, patient_id, as_of, ())


def _store(conn: sa.Connection, patient_id: int, closing: Closure, user_id: int) -> None:
    last = last_given(conn, patient_id, safety_closures.c.closure_id)
    conn.execute(
        sa.insert(safety_closures).values(
            patient_id=patient_id,
            closure_id=last + 1,
            subject=closing.subject,
            reason=closing.reason.strip(),
            closed_through=closing.closed_through,
            user_id=user_id,
            user_name=closing.user_name,
            closed_at=closing.closed_at,
            source="clinic",
        )
    )
