"""The care plan beyond its goals and actions: formulation, interventions, ratings, what was changed, forms in hand."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, Table

from data_access.tables.columns import (
    DISCIPLINES,
    SOURCES,
    UtcDateTime,
    between,
    evidence,
    length,
    metadata,
    number,
    once,
    one_of,
    origin,
    patient,
    standing,
    within,
)

PARTS = ("biological", "psychological", "social", "protective", "matters")
"""The parts of a formulation; `matters` is what matters to the patient, in their words."""
PLAN_KINDS = ("formulation", "goal", "intervention", "action")
COURSES = ("planned", "active", "paused", "finished", "stopped")

formulations = Table(
    "formulations",
    metadata,
    patient(),
    *(Column(part, sa.Text, nullable=False, server_default="") for part in PARTS),
    *standing(),
    within(),
    *(length(part, 4_000) for part in PARTS),
)

plan_interventions = Table(
    "plan_interventions",
    metadata,
    patient(),
    number("intervention_id"),
    Column("code", sa.String(40), nullable=False),  # of clinical.interventions
    Column("detail", sa.String(400), nullable=False, server_default=""),
    Column("discipline", sa.String(24), nullable=False, server_default=""),
    Column("owner_user_id", sa.Integer),
    Column("owner_name", sa.String(160), nullable=False, server_default=""),  # somebody who has no account here
    Column("amount", sa.String(200), nullable=False, server_default=""),
    Column("start_day", sa.Date),
    Column("review_day", sa.Date),
    Column("end_day", sa.Date),
    Column("status", sa.String(12), nullable=False, server_default="planned"),
    Column("why_stopped", sa.String(400), nullable=False, server_default=""),
    Column("response", sa.String(400), nullable=False, server_default=""),  # how it went, in words
    Column("goal_id", sa.Integer),
    Column("made_day", sa.Date),
    *evidence(),
    *standing(),
    *origin(),
    within(),
    one_of("status", COURSES),
    one_of("discipline", ("", *DISCIPLINES)),
    one_of("source", SOURCES),
    Check("end_day >= start_day", name="days_in_order"),
    Check("evidence_end >= evidence_start", name="evidence_in_order"),
    once("plan_interventions"),
)

goal_ratings = Table(  # append-only
    "goal_ratings",
    metadata,
    patient(),
    number("rating_id"),
    Column("goal_id", sa.Integer, nullable=False),
    Column("level", sa.SmallInteger, nullable=False),  # GAS -2..+2
    Column("day", sa.Date, nullable=False),
    Column("remark", sa.String(400), nullable=False, server_default=""),
    Column("user_id", sa.Integer),
    Column("user_name", sa.String(160), nullable=False),
    Column("rated_at", UtcDateTime, nullable=False),
    within(),
    between("level", -2, 2),
)

plan_changes = Table(  # append-only: every revision of every item, as it was and as it became
    "plan_changes",
    metadata,
    patient(),
    number("change_id"),
    Column("kind", sa.String(12), nullable=False),
    Column("item_id", sa.Integer, nullable=False),  # 0 for the formulation
    Column("revision", sa.Integer, nullable=False),
    Column("before", sa.Text, nullable=False, server_default=""),  # JSON of the fields; '' when it was made
    Column("after", sa.Text, nullable=False),
    Column("reason", sa.String(400), nullable=False, server_default=""),
    Column("user_id", sa.Integer, nullable=False),
    Column("user_name", sa.String(160), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    within(),
    one_of("kind", PLAN_KINDS),
)

form_drafts = Table(  # what somebody is filling in of a plan item or of a case review
    "form_drafts",
    metadata,
    patient(),
    Column("author_user_id", sa.Integer, primary_key=True, autoincrement=False),
    Column("form", sa.String(60), primary_key=True),
    Column("content", sa.Text, nullable=False),  # JSON
    Column("revision", sa.Integer, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    within(),
    length("content", 300_000),
)
