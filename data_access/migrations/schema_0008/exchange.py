"""What came in and went out, as of migration 0008: its tables, and what batches and exports gained.

Columns are added in place, each with its own check: rebuilding a table that others point to is refused by SQLite while
foreign keys are on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.migrations.schema_0007.parts import (
    INSTANT,
    check,
    key,
    number,
    patient,
    text,
    within,
    words,
)


def batch_patients() -> None:
    table = "batch_patients"
    op.create_table(
        table,
        patient(),
        number("batch_id"),
        sa.Column("created", sa.Boolean(), nullable=False),
        text("added"),
        text("person_before"),
        within(table),
        key(table, "patient_id", "batch_id"),
    )
    op.create_index("ix_batch_patients_batch", table, ["batch_id", "patient_id"])


def import_undos() -> None:
    table = "import_undos"
    op.create_table(
        table,
        sa.Column("patient_id", patient().type, autoincrement=False, nullable=False),
        number("batch_id"),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(length=160), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=False),
        key(table, "patient_id", "batch_id"),
    )


def column_mappings() -> None:
    table = "column_mappings"
    op.create_table(
        table,
        sa.Column("header_key", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_by_name", sa.String(length=160), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        check(table, "content_length", "length(content) <= 60000"),
        key(table, "header_key"),
    )


def export_states() -> None:
    table = "export_states"
    op.create_table(
        table,
        patient(),
        number("state_id"),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        words("how", 80),
        words("reason", 400),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(length=160), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        check(table, "state_known", "state IN ('sent', 'withdrawn')"),
        within(table),
        key(table, "patient_id", "state_id"),
    )


def access_tokens() -> None:
    table = "access_tokens"
    op.create_table(
        table,
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_access_tokens_user_id")),
        key(table, "token_id"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_tokens_token_hash")),
    )


def moments_of_entries(*, apart: bool) -> None:
    """One active entry a moment; with `apart` the nights that a device told take no moment from an answer.

    Going back is refused by the database where both stand at one moment by then.
    """
    notes = "(note IN ('Sleep from Apple Health (device)', 'Sleep from Fitbit (device)'))"
    op.drop_index("uq_diary_entries_moment", "diary_entries")
    op.create_index(
        "uq_diary_entries_moment",
        "diary_entries",
        ["patient_id", "day", "at_time", *([sa.text(notes)] if apart else [])],
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )


def _batch_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("undone_at", INSTANT),
        sa.Column("undone_by", sa.Integer()),
        sa.Column("kept", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def _export_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("share_id", sa.Integer(), server_default="0", nullable=False),
        words("template", 24),
        text("asked"),
        words("signed_by", 160),
    )


ADDED = {"import_batches": _batch_columns, "exports": _export_columns}
