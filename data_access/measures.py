"""Questionnaire scores of one patient."""

import sqlalchemy as sa

from clinical.findings import Score
from data_access.records import MeasureRecord
from data_access.tables import measures

Items = tuple[float | None, ...]


def written(items: Items) -> str:
    """The answers in order as one text, joined by commas; an answer not given leaves its place empty.

    A single answer not given is a blank: the empty text means that no answers are held at all.
    """
    # Adding 0.0 turns -0.0 into 0.0: one answer must not have two ways of being written.
    return " " if items == (None,) else ",".join("" if item is None else repr(float(item) + 0.0) for item in items)


def read(text: str) -> Items:
    """The answers in order, None where not given; () when no answers are held."""
    return tuple(float(item) if item.strip() else None for item in text.split(",")) if text else ()


def records(conn: sa.Connection, patient_id: int) -> list[MeasureRecord]:
    """Every score, by day (undated last), then in the order they came in."""
    m = measures.c
    query = sa.select(m.day, m.instrument, m.score, m.unit, m["items"], m.source_key).where(m.patient_id == patient_id)
    rows = conn.execute(query.order_by(m.day.is_(None), m.day, m.measure_id))
    return [
        MeasureRecord(day, instrument, score, unit, read(items), source_key)
        for day, instrument, score, unit, items, source_key in rows
    ]


def scores(conn: sa.Connection, patient_id: int) -> list[Score]:
    """Every score, by day (undated last), then in the order they came in."""
    m = measures.c
    query = sa.select(m.day, m.instrument, m.score, m["items"], m.unit, m.measure_id).where(m.patient_id == patient_id)
    rows = conn.execute(query.order_by(m.day.is_(None), m.day, m.measure_id))
    return [Score(day, name, score, read(items), unit, number) for day, name, score, items, unit, number in rows]
