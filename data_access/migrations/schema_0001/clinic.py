"""Teams, users, files in and out, the audit chain, as of migration 0001."""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def care_teams() -> None:
    op.create_table(
        "care_teams",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_care_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_care_teams_name")),
    )


def users() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("discipline", sa.String(length=24)),
        sa.Column("scope", sa.String(length=8), server_default="team", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "discipline IN ('medicine', 'physiotherapy', 'psychology', 'nursing', "
            "'occupational_therapy', 'pharmacy', 'dietetics', 'social_work')",
            name=op.f("ck_users_discipline_known"),
        ),
        sa.CheckConstraint(
            "role IN ('clinician', 'coordinator', 'administrator', 'auditor')", name=op.f("ck_users_role_known")
        ),
        sa.CheckConstraint("scope IN ('team', 'clinic')", name=op.f("ck_users_scope_known")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
    )


def team_members() -> None:
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["care_teams.team_id"], name=op.f("fk_team_members_team_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_team_members_user_id")),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_team_members")),
    )


def import_batches() -> None:
    op.create_table(
        "import_batches",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.Column("report", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_batches")),
    )


def exports() -> None:
    op.create_table(
        "exports",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("export_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exported_at", INSTANT, nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("recipient", sa.String(length=200), server_default="", nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_exports_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "export_id", name=op.f("pk_exports")),
    )


def audit_events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("patient_id", PATIENT_ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("resource", sa.String(length=120), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", "seq", name=op.f("pk_audit_events")),
    )


def audit_heads() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("patient_id", PATIENT_ID, autoincrement=False, nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_audit_heads")),
    )


def facts() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )
