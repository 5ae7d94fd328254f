"""Countersigned and searched notes, and case reviews, as of migration 0007; what notes and their drafts gained."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.migrations.schema_0007.parts import (
    DISCIPLINES,
    INSTANT,
    check,
    key,
    number,
    patient,
    standing,
    text,
    within,
    words,
)

LONG = ("discussion", "options", "decision", "reason", "disagreement")


def note_words() -> None:
    table = "note_words"
    op.create_table(
        table,
        patient(),
        number("note_id"),
        number("version"),
        sa.Column("words", sa.Text(), nullable=False),
        within(table),
        key(table, "patient_id", "note_id", "version"),
    )


def cosign_requests() -> None:
    table = "cosign_requests"
    op.create_table(
        table,
        patient(),
        number("request_id"),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("note_id", "version", "asked_user_id", "asked_by")
        ),
        sa.Column("asked_at", INSTANT, nullable=False),
        within(table),
        key(table, "patient_id", "request_id"),
    )
    op.create_index("ix_cosign_requests_asked", table, ["asked_user_id", "patient_id"])


def cosignatures() -> None:
    table = "cosignatures"
    op.create_table(
        table,
        patient(),
        number("note_id"),
        number("version"),
        number("user_id"),
        sa.Column("user_name", sa.String(length=160), nullable=False),
        sa.Column("discipline", sa.String(length=24), nullable=False),
        words("remark", 400),
        sa.Column("signed_at", INSTANT, nullable=False),
        check(table, "discipline_known", f"discipline IN ({DISCIPLINES})"),
        within(table),
        key(table, "patient_id", "note_id", "version", "user_id"),
    )


def note_looks() -> None:
    table = "note_looks"
    op.create_table(
        table,
        patient(),
        number("user_id"),
        sa.Column("looked_at", INSTANT, nullable=False),
        within(table),
        key(table, "patient_id", "user_id"),
    )


def meetings() -> None:
    table = "meetings"
    op.create_table(
        table,
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=12), server_default="planned", nullable=False),
        sa.Column("opened_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        *standing(),
        check(table, "status_known", "status IN ('planned', 'open', 'closed')"),
        key(table, "meeting_id"),
    )
    op.create_index("ix_meetings_team", table, ["team_id", "day"])


def meeting_people() -> None:
    table = "meeting_people"
    op.create_table(
        table,
        number("meeting_id"),
        number("place"),
        sa.Column("user_id", sa.Integer()),
        sa.Column("name", sa.String(length=160), nullable=False),
        words("discipline", 24),
        sa.Column("attendance", sa.String(length=12), nullable=False),
        check(table, "attendance_known", "attendance IN ('invited', 'present', 'apologies')"),
        key(table, "meeting_id", "place"),
    )


def meeting_queue() -> None:
    table = "meeting_queue"
    op.create_table(
        table,
        patient(),
        number("meeting_id"),
        sa.Column("place", sa.Integer(), nullable=False),
        within(table),
        key(table, "patient_id", "meeting_id"),
    )
    op.create_index("ix_meeting_queue_meeting", table, ["meeting_id", "place"])


def case_discussions() -> None:
    table = "case_discussions"
    op.create_table(
        table,
        patient(),
        number("meeting_id"),
        words("question", 1000),
        sa.Column("status", sa.String(length=12), server_default="queued", nullable=False),
        *(text(name) for name in LONG),
        words("disagreement_by", 400),
        sa.Column("teller_user_id", sa.Integer()),
        words("teller_name", 160),
        sa.Column("next_review", sa.Date()),
        sa.Column("seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("note_id", sa.Integer()),
        *standing(),
        check(table, "status_known", "status IN ('queued', 'discussed', 'deferred')"),
        *(check(table, f"{name}_length", f"length({name}) <= 20000") for name in LONG),
        within(table),
        key(table, "patient_id", "meeting_id"),
    )


def _pins() -> tuple[sa.Column[Any], ...]:
    return (
        words("template", 24),
        sa.Column("pinned_flare", sa.Date()),
        sa.Column("pinned_goal", sa.Integer()),
        words("pinned_region", 40),
    )


def _note_columns() -> tuple[sa.Column[Any], ...]:
    return (*_pins(), sa.Column("meeting_id", sa.Integer()))


ADDED = {"notes": _note_columns, "note_drafts": _pins}
