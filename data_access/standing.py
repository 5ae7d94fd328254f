"""What stands on record of one patient beside the diary, read only: what the caseload's row asks about at each write.

Each is handed on by the module that also writes it (asked, safety, prompt_answers, measures, medication).
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from clinical.medication.answers import PromptAnswer
from clinical.record import Medicine, Score
from clinical.safety import Answer, Closure
from data_access import score_items
from data_access.tables import (
    asked_answers,
    measures,
    medication_stops,
    medications,
    safety_closures,
)
from data_access.tables import prompt_answers as prompt_answer_rows

RUNS_UNTIL = sa.func.coalesce(medication_stops.c.end_day, medications.c.end_day, type_=sa.Date)
WHY_STOPPED = sa.func.coalesce(medication_stops.c.reason, medications.c.reason_stopped, type_=sa.String)
_SAME = sa.and_(
    medication_stops.c.patient_id == medications.c.patient_id,
    medication_stops.c.medication_id == medications.c.medication_id,
)
WITH_STOPS = medications.outerjoin(medication_stops, _SAME)
"""Medicines as they came in, with the end that was set on screen where one was."""


def answers(conn: sa.Connection, patient_id: int) -> list[Answer]:
    """Every answer to a red flag or a question asked once, in the order given; the latest of a question stands."""
    a = asked_answers.c
    query = sa.select(a.question, a.answer, a.asked_on, a.remark, a.user_name, a.answered_at, a.answer_id)
    return [Answer(*row) for row in conn.execute(query.where(a.patient_id == patient_id).order_by(a.answer_id))]


def closures(conn: sa.Connection, patient_id: int) -> list[Closure]:
    """Every closing of a red flag or a safety item, in the order made."""
    c = safety_closures.c
    query = sa.select(c.subject, c.reason, c.closed_through, c.user_name, c.closed_at, c.closure_id)
    return [Closure(*row) for row in conn.execute(query.where(c.patient_id == patient_id).order_by(c.closure_id))]


def prompt_answers(conn: sa.Connection, patient_id: int) -> list[PromptAnswer]:
    """Every answer to a medication prompt, in the order given."""
    p = prompt_answer_rows.c
    query = sa.select(p.prompt, p.answered_for, p.answer, p.reason, p.user_name, p.answered_at)
    return [PromptAnswer(*row) for row in conn.execute(query.where(p.patient_id == patient_id).order_by(p.answer_id))]


def scores(conn: sa.Connection, patient_id: int) -> list[Score]:
    """Every score that counts, by day (undated last), then in the order they came in."""
    m = measures.c
    query = sa.select(m.day, m.instrument, m.score, m["items"], m.unit, m.measure_id, m.recorded_at)
    counted = query.where(m.patient_id == patient_id, m.status == "active")
    rows = conn.execute(counted.order_by(m.day.is_(None), m.day, m.measure_id))
    return [
        Score(day, name, score, score_items.read(items), unit, number, at)
        for day, name, score, items, unit, number, at in rows
    ]


def medicines(conn: sa.Connection, patient_id: int) -> list[Medicine]:
    """Every medicine, by start (unknown starts first), then name; an end set on screen stands."""
    m = medications.c
    query = sa.select(
        m.medicine, m.start_day, RUNS_UNTIL, m.as_needed, m.dose, m.unit, m.atc, m.rxnorm, m.route, m.frequency,
        WHY_STOPPED, m.kind, m.medication_id,
    ).select_from(WITH_STOPS)  # fmt: skip
    rows = conn.execute(query.where(m.patient_id == patient_id).order_by(m.medication_id))
    return sorted(map(_medicine, rows), key=lambda each: (each.start or date.min, each.name, each.medication_id))


def _medicine(row: sa.Row[*tuple[Any, ...]]) -> Medicine:
    return Medicine(*row)
