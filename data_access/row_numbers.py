"""Numbers of a patient's rows: given once. A page that is open never means another row by the number it shows."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from data_access.tables import import_undos


def last_given(conn: Connection, patient_id: int, column: sa.Column[Any]) -> int:
    """The highest number that a row of the patient has or had, those taken back with an import included; 0 for none."""
    of_patient = column.table.c.patient_id == patient_id
    standing: int | None = conn.execute(sa.select(sa.func.max(column)).where(of_patient)).scalar()
    undos = sa.select(import_undos.c.content).where(import_undos.c.patient_id == patient_id)
    taken_back = (json.loads(content).get(column.table.name, ()) for content in conn.execute(undos).scalars())
    return max((standing or 0, *(int(row[column.name]) for rows in taken_back for row in rows)))
