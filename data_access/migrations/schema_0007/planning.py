"""The care plan as of migration 0007: its tables, and what goals and actions gained.

Columns are added in place, each with its own check: rebuilding a table that others point to is refused by SQLite while
foreign keys are on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.migrations.schema_0007.parts import (
    DISCIPLINES,
    INSTANT,
    SOURCES,
    check,
    evidence,
    key,
    number,
    origin,
    patient,
    standing,
    text,
    within,
    words,
)

PARTS = ("biological", "psychological", "social", "protective", "matters")


def formulations() -> None:
    table = "formulations"
    op.create_table(
        table,
        patient(),
        *(text(part) for part in PARTS),
        *standing(),
        *(check(table, f"{part}_length", f"length({part}) <= 4000") for part in PARTS),
        within(table),
        key(table, "patient_id"),
    )


def plan_interventions() -> None:
    table = "plan_interventions"
    op.create_table(
        table,
        patient(),
        number("intervention_id"),
        sa.Column("code", sa.String(length=40), nullable=False),
        words("detail", 400),
        words("discipline", 24),
        sa.Column("owner_user_id", sa.Integer()),
        words("owner_name", 160),
        words("amount", 200),
        *(sa.Column(day, sa.Date()) for day in ("start_day", "review_day", "end_day")),
        sa.Column("status", sa.String(length=12), server_default="planned", nullable=False),
        words("why_stopped", 400),
        words("response", 400),
        sa.Column("goal_id", sa.Integer()),
        sa.Column("made_day", sa.Date()),
        *evidence(),
        *standing(),
        *origin(),
        check(table, "status_known", "status IN ('planned', 'active', 'paused', 'finished', 'stopped')"),
        check(table, "discipline_known", f"discipline IN ('', {DISCIPLINES})"),
        check(table, "source_known", SOURCES),
        check(table, "days_in_order", "end_day >= start_day"),
        check(table, "evidence_in_order", "evidence_end >= evidence_start"),
        within(table),
        key(table, "patient_id", "intervention_id"),
    )
    op.create_index("uq_plan_interventions_source_key", table, ["patient_id", "source_key"], unique=True)


def goal_ratings() -> None:
    table = "goal_ratings"
    op.create_table(
        table,
        patient(),
        number("rating_id"),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        words("remark", 400),
        sa.Column("user_id", sa.Integer()),
        sa.Column("user_name", sa.String(length=160), nullable=False),
        sa.Column("rated_at", INSTANT, nullable=False),
        check(table, "level_range", "level BETWEEN -2 AND 2"),
        within(table),
        key(table, "patient_id", "rating_id"),
    )


def plan_changes() -> None:
    table = "plan_changes"
    op.create_table(
        table,
        patient(),
        number("change_id"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        text("before"),
        sa.Column("after", sa.Text(), nullable=False),
        words("reason", 400),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(length=160), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        check(table, "kind_known", "kind IN ('formulation', 'goal', 'intervention', 'action')"),
        within(table),
        key(table, "patient_id", "change_id"),
    )


def form_drafts() -> None:
    table = "form_drafts"
    op.create_table(
        table,
        patient(),
        number("author_user_id"),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        check(table, "content_length", "length(content) <= 300000"),
        within(table),
        key(table, "patient_id", "author_user_id", "form"),
    )


def _level(table: str, name: str, low: int, high: int) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), check(table, f"{name}_range", f"{name} BETWEEN {low} AND {high}"))


def _goal_columns() -> tuple[sa.Column[Any], ...]:
    return (
        words("why", 600),
        _level("goals", "confidence", 0, 10),
        words("barriers", 600),
        sa.Column("owner_user_id", sa.Integer()),
        words("owner_name", 160),
        sa.Column("review_day", sa.Date()),
        _level("goals", "importance", 0, 3),
        _level("goals", "difficulty", 0, 3),
        _level("goals", "baseline_attainment", -2, -1),
        sa.Column("made_day", sa.Date()),
        *evidence(),
        *standing(),
    )


def _action_columns() -> tuple[sa.Column[Any], ...]:
    return (
        words("detail", 400),
        words("owner_name", 160),
        sa.Column("goal_id", sa.Integer()),
        sa.Column("meeting_id", sa.Integer()),
        sa.Column("made_day", sa.Date()),
        *evidence(),
        *standing(),
    )


ADDED = {"goals": _goal_columns, "actions": _action_columns}
