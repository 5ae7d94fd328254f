"""What clinicians ask, assess, answer and close, and what they change of scores and medicines: all append-only."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, ForeignKeyConstraint, Table

from data_access.tables.columns import (
    SOURCES,
    UtcDateTime,
    between,
    metadata,
    number,
    once,
    one_of,
    origin,
    patient,
    within,
)

PROMPT_ANSWERS = ("accepted", "action_made", "not_applicable", "other")


def _by() -> tuple[Column[int], Column[str]]:
    """Who did it: the user, empty for what came from elsewhere, and the name as it was then."""
    return Column("user_id", sa.Integer), Column("user_name", sa.String(160), nullable=False)


asked_answers = Table(  # questions asked once, and the red-flag checklist; the latest answer of a question stands
    "asked_answers",
    metadata,
    patient(),
    number("answer_id"),
    Column("question", sa.String(60), nullable=False),
    Column("answer", sa.String(60), nullable=False),
    Column("remark", sa.String(400), nullable=False, server_default=""),
    Column("asked_on", sa.Date, nullable=False),
    *_by(),
    Column("answered_at", UtcDateTime, nullable=False),
    *origin(),
    within(),
    Check("length(question) >= 1", name="question_named"),
    Check("length(answer) >= 1", name="answer_given"),
    one_of("source", SOURCES),
    once("asked_answers"),
)

safety_closures = Table(
    "safety_closures",
    metadata,
    patient(),
    number("closure_id"),
    Column("subject", sa.String(80), nullable=False),
    Column("reason", sa.String(400), nullable=False),
    Column("closed_through", sa.Date, nullable=False),  # closes what was answered up to this day
    *_by(),
    Column("closed_at", UtcDateTime, nullable=False),
    *origin(),
    within(),
    Check("length(subject) >= 1", name="subject_named"),
    Check("length(reason) >= 1", name="closure_has_reason"),
    Check("length(user_name) >= 1", name="closed_by_name"),
    one_of("source", SOURCES),
    once("safety_closures"),
)

prompt_answers = Table(
    "prompt_answers",
    metadata,
    patient(),
    number("answer_id"),
    Column("prompt", sa.String(1000), nullable=False),  # the key: check, level and the medicines it is about
    Column("answered_for", sa.Date),  # the prompt's latest day when it was answered; empty where it has none
    Column("answer", sa.String(16), nullable=False),
    Column("reason", sa.String(400), nullable=False, server_default=""),
    *_by(),
    Column("answered_at", UtcDateTime, nullable=False),
    within(),
    Check("length(prompt) >= 1", name="prompt_named"),
    Check("answer <> 'other' OR length(reason) >= 1", name="other_has_reason"),
    one_of("answer", PROMPT_ANSWERS),
)

criteria_assessments = Table(
    "criteria_assessments",
    metadata,
    patient(),
    number("assessment_id"),
    Column("day", sa.Date, nullable=False),
    Column("areas", sa.Text, nullable=False, server_default=""),  # of the 19, as confirmed; joined by |
    Column("estimate_areas", sa.Text, nullable=False, server_default=""),  # as estimated from the map; joined by |
    Column("reading", sa.String(8), nullable=False),
    Column("fatigue", sa.SmallInteger),  # empty: not asked
    Column("unrefreshed", sa.SmallInteger),
    Column("cognitive", sa.SmallInteger),
    Column("headache", sa.SmallInteger),
    Column("abdominal", sa.SmallInteger),
    Column("depression", sa.SmallInteger),
    Column("months", sa.Float),  # since the symptoms are at this level
    Column("other_disorder", sa.Boolean),  # that would explain the pain (2011)
    Column("remark", sa.String(400), nullable=False, server_default=""),
    Column("replaces", sa.Integer),  # an assessment of this patient that this one corrects
    *_by(),
    Column("assessed_at", UtcDateTime, nullable=False),
    *origin(),
    within(),
    *(between(item, 0, 3) for item in ("fatigue", "unrefreshed", "cognitive")),
    *(between(item, 0, 1) for item in ("headache", "abdominal", "depression")),
    between("months", 0, 1500),
    one_of("reading", ("strict", "extended")),
    one_of("source", SOURCES),
    ForeignKeyConstraint(
        ["patient_id", "replaces"],
        ["criteria_assessments.patient_id", "criteria_assessments.assessment_id"],
        name="fk_criteria_assessments_replaces",
    ),
    once("criteria_assessments"),
)

measure_changes = Table(  # why a score no longer counts
    "measure_changes",
    metadata,
    patient(),
    number("measure_id"),
    Column("reason", sa.String(400), nullable=False),
    Column("user_id", sa.Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Check("length(reason) >= 1", name="withdrawal_has_reason"),
    ForeignKeyConstraint(
        ["patient_id", "measure_id"],
        ["measures.patient_id", "measures.measure_id"],
        name="fk_measure_changes_measure",
    ),
)

medication_stops = Table(  # a medicine ended on screen; the row that came in stays as it was
    "medication_stops",
    metadata,
    patient(),
    number("medication_id"),
    Column("end_day", sa.Date, nullable=False),
    Column("reason", sa.String(200), nullable=False),
    Column("user_id", sa.Integer, nullable=False),
    Column("stopped_at", UtcDateTime, nullable=False),
    Check("length(reason) >= 1", name="stop_has_reason"),
    ForeignKeyConstraint(
        ["patient_id", "medication_id"],
        ["medications.patient_id", "medications.medication_id"],
        name="fk_medication_stops_medicine",
    ),
)
