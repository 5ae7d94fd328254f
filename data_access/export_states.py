"""What became of a document after it was made: marked as sent, or withdrawn. Added to, never changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from data_access.engine import lock_patient
from data_access.tables import export_states

State = Literal["sent", "withdrawn"]


@dataclass(frozen=True, slots=True)
class NewState:
    """What somebody says became of the document that was signed as `share_id`; `how` it went out, or the `reason`."""

    share_id: int
    state: State
    how: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExportState:
    """The same as it is on record: who said so, and when."""

    state_id: int
    share_id: int
    state: State
    how: str
    reason: str
    user_id: int
    user_name: str
    at: datetime


def add(
    conn: sa.Connection, patient_id: int, said: NewState, *, user_id: int, user_name: str, now: datetime
) -> ExportState:
    """The state as stored; the database lets nobody change or remove it."""
    lock_patient(conn, patient_id)
    s = export_states.c
    last = conn.execute(sa.select(sa.func.max(s.state_id)).where(s.patient_id == patient_id)).scalar()
    stored = ExportState((last or 0) + 1, said.share_id, said.state, said.how, said.reason, user_id, user_name, now)
    values = {name: getattr(stored, name) for name in stored.__dataclass_fields__}
    conn.execute(sa.insert(export_states).values(patient_id=patient_id, **values))
    return stored


def listed(conn: sa.Connection, patient_id: int) -> list[ExportState]:
    """Everything that was said of one patient's documents, in the order it was said."""
    s = export_states.c
    kept = [column for column in s if column.name != "patient_id"]
    query = sa.select(*kept).where(s.patient_id == patient_id).order_by(s.state_id)
    return [ExportState(*row) for row in conn.execute(query)]
