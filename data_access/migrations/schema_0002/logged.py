"""Columns and tables of entries that are filled in on screen, as of migration 0002.

Columns are added in place, each with its own check: rebuilding a table that others point to is refused by SQLite while
foreign keys are on.
"""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WEATHER = ("cold", "hot", "dry", "damp", "windy", "changing")
ADDED = {"diary_entries": ("tenderness", "weather", "entered_by"), "doses": ("entry_id", "status")}


def add_columns() -> None:
    op.add_column(
        "diary_entries",
        sa.Column(
            "tenderness",
            sa.Float(),
            sa.CheckConstraint("tenderness BETWEEN 0 AND 10", name=op.f("ck_diary_entries_tenderness_range")),
        ),
    )
    op.add_column(
        "diary_entries",
        sa.Column(
            "weather",
            sa.String(length=60),
            sa.CheckConstraint(_known_weather(), name=op.f("ck_diary_entries_weather_known")),
            server_default="",
            nullable=False,
        ),
    )
    op.add_column("diary_entries", sa.Column("entered_by", sa.Integer()))
    op.add_column("doses", sa.Column("entry_id", sa.Integer()))
    op.add_column("doses", _status_of_doses())


def _status_of_doses() -> sa.Column[str]:
    known = "status IN ('active', 'corrected', 'withdrawn')"
    check = sa.CheckConstraint(known, name=op.f("ck_doses_status_known"))
    return sa.Column("status", sa.String(length=12), check, server_default="active", nullable=False)


def _known_weather() -> str:
    left = "'|' || weather || '|'"
    for value in WEATHER:
        left = f"replace({left}, '|{value}|', '|')"
    return f"weather = '' OR {left} = '|'"


def drop_columns() -> None:
    for table, columns in ADDED.items():
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def entry_changes() -> None:
    op.create_table(
        "entry_changes",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("new_entry_id", sa.Integer()),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("length(reason) >= 1", name=op.f("ck_entry_changes_change_has_reason")),
        sa.CheckConstraint(
            "(kind = 'corrected') = (new_entry_id IS NOT NULL)", name=op.f("ck_entry_changes_correction_names_entry")
        ),
        sa.CheckConstraint("kind IN ('corrected', 'withdrawn')", name=op.f("ck_entry_changes_kind_known")),
        sa.ForeignKeyConstraint(
            ["patient_id", "entry_id"],
            ["diary_entries.patient_id", "diary_entries.entry_id"],
            name="fk_entry_changes_entry",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id", "new_entry_id"],
            ["diary_entries.patient_id", "diary_entries.entry_id"],
            name="fk_entry_changes_new_entry",
        ),
        sa.PrimaryKeyConstraint("patient_id", "entry_id", name=op.f("pk_entry_changes")),
    )


def entry_drafts() -> None:
    op.create_table(
        "entry_drafts",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("author_user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("corrects_entry_id", sa.Integer(), autoincrement=False, server_default="0", nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.CheckConstraint("length(content) <= 60000", name=op.f("ck_entry_drafts_content_length")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_entry_drafts_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "author_user_id", "corrects_entry_id", name=op.f("pk_entry_drafts")),
    )
