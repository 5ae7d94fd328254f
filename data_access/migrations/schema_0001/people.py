"""The people who are cared for, and who cares for them, as of migration 0001."""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def patients() -> None:
    op.create_table(
        "patients",
        sa.Column("patient_id", PATIENT_ID, autoincrement=True, nullable=False),
        sa.Column("link_id", sa.String(length=32), nullable=False),
        sa.Column("record_number", sa.String(length=64), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("given_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("search_name", sa.String(length=320), nullable=False),
        sa.Column("birth_date", sa.Date()),
        sa.Column("sex", sa.String(length=16), server_default="unknown", nullable=False),
        sa.Column("team_id", sa.Integer()),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("data_version", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("sex IN ('female', 'male', 'other', 'unknown')", name=op.f("ck_patients_sex_known")),
        sa.CheckConstraint("length(record_number) BETWEEN 1 AND 64", name=op.f("ck_patients_record_number_length")),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_patients")),
        sa.UniqueConstraint("link_id", name=op.f("uq_patients_link_id")),
        sa.UniqueConstraint("record_number", name=op.f("uq_patients_record_number")),
    )
    op.create_index("ix_patients_search_name", "patients", ["search_name"])


def care_team_members() -> None:
    op.create_table(
        "care_team_members",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_care_team_members_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "user_id", name=op.f("pk_care_team_members")),
    )
    op.create_index("ix_care_team_members_user", "care_team_members", ["user_id", "patient_id"])
