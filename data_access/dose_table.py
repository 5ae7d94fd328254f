"""Every dated dose of one patient as the medication checks read it: with its route and its minute of the day."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import sqlalchemy as sa

from clinical.medication import DoseTable
from data_access import frames
from data_access.frames import Kind
from data_access.tables import doses

_COLUMNS: Mapping[str, Kind] = {
    "day": "day", "medicine": "text", "dose": "value", "unit": "text", "as_needed": "flag", "taken": "flag",
    "route": "text",
}  # fmt: skip


def logged(conn: sa.Connection, patient_id: int, since: date | None = None) -> DoseTable:
    """The dated doses that count, oldest first; empty arrays when there are none. `since`: of that day and later."""
    d = doses.c
    # The day as the driver gives it: numpy reads both engines' form.
    query = sa.select(
        sa.type_coerce(d.day, sa.String), d.medicine, d.dose, d.unit, d.as_needed, d.taken, d.route, d.at_time
    ).where(d.patient_id == patient_id, d.status == "active", d.day.is_not(None))  # fmt: skip
    if since is not None:
        query = query.where(d.day >= since)
    rows = conn.execute(query.order_by(d.day, d.at_time, d.dose_id)).fetchall()
    minutes = {at: _minute(at) for at in {row[-1] for row in rows}}
    minute = np.fromiter((minutes[row[-1]] for row in rows), np.int32, len(rows))
    return DoseTable(**frames.columns((row[:-1] for row in rows), _COLUMNS), minute=minute)


def _minute(at: str) -> int:
    """The minute of the day of 'HH:MM', -1 for none."""
    return 60 * int(at[:2]) + int(at[3:]) if at else -1
