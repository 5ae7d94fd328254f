"""Questionnaires filled in on screen: the answers so far, one draft a person, patient and form."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "measure_drafts",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("author_user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(content) <= 10000", name=op.f("ck_measure_drafts_content_length")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_measure_drafts_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "author_user_id", "form", name=op.f("pk_measure_drafts")),
    )


def downgrade() -> None:
    op.drop_table("measure_drafts")
