"""What helped on which day, as the diary's entries say it."""

from datetime import date

import sqlalchemy as sa

from data_access.tables import diary_entries


def logged(conn: sa.Connection, patient_id: int) -> list[tuple[date, tuple[str, ...]]]:
    """Day and relief codes of every active dated entry that answered it, oldest first; ('none',): nothing was."""
    e = diary_entries.c
    answered = sa.and_(e.patient_id == patient_id, e.status == "active", e.day.is_not(None), e.relief != "")
    rows = conn.execute(sa.select(e.day, e.relief).where(answered).order_by(e.day, e.at_time, e.entry_id))
    return [(row.day, tuple(row.relief.split("|"))) for row in rows]
