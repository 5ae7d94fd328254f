"""What happened to one patient: visits, treatments started and stopped, injuries, infections, life events."""

from datetime import date

import sqlalchemy as sa

from clinical.findings import Event
from data_access.records import EventRecord
from data_access.tables import events

PLANNED = ("appointment", "visit")
"""The kinds that may lie in the future: a visit that is planned."""


def listed(conn: sa.Connection, patient_id: int) -> list[Event]:
    """Every event, by day (undated last), then in the order they came in."""
    e = events.c
    query = sa.select(e.day, e.kind, e.label, e.event_id).where(e.patient_id == patient_id)
    return [Event(*row) for row in conn.execute(query.order_by(e.day.is_(None), e.day, e.event_id))]


def records(conn: sa.Connection, patient_id: int) -> list[EventRecord]:
    """Every event as it came in, in the order of `listed`."""
    e = events.c
    query = sa.select(e.day, e.kind, e.label, e.source_key).where(e.patient_id == patient_id)
    return [EventRecord(*row) for row in conn.execute(query.order_by(e.day.is_(None), e.day, e.event_id))]


def next_visit(conn: sa.Connection, patient_id: int, as_of: date) -> date | None:
    """The day of the first visit on or after `as_of`, None when none is planned."""
    e = events.c
    query = sa.select(sa.func.min(e.day)).where(e.patient_id == patient_id, e.kind.in_(PLANNED), e.day >= as_of)
    day: date | None = conn.execute(query).scalar()
    return day
