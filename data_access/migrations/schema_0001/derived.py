"""Rows rebuilt from source rows, as of migration 0001."""

import sqlalchemy as sa
from alembic import op

PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def flares() -> None:
    op.create_table(
        "flares",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("flare_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date()),
        sa.Column("peak_day", sa.Date(), nullable=False),
        sa.Column("peak_pain", sa.Float()),
        sa.Column("usual_pain", sa.Float()),
        sa.Column("signals", sa.String(length=200), nullable=False),
        sa.Column("days_logged", sa.Integer(), nullable=False),
        sa.Column("days_missing", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('spike', 'flare', 'shift')", name=op.f("ck_flares_kind_known")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_flares_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "flare_id", name=op.f("pk_flares")),
    )


def patient_days() -> None:
    op.create_table(
        "patient_days",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entries", sa.SmallInteger(), nullable=False),
        sa.Column("pain", sa.Float()),
        sa.Column("pain_worst", sa.Float()),
        sa.Column("fatigue", sa.Float()),
        sa.Column("interference", sa.Float()),
        sa.Column("sleep_hours", sa.Float()),
        sa.Column("sleep_quality", sa.Float()),
        sa.Column("stress", sa.Float()),
        sa.Column("mood", sa.Float()),
        sa.Column("stiffness_minutes", sa.Float()),
        sa.Column("sensitivity", sa.Float()),
        sa.Column("activity", sa.Float()),
        sa.Column("flare", sa.Boolean()),
        sa.Column("spread", sa.SmallInteger()),
        sa.Column("rescue_doses", sa.SmallInteger()),
        sa.Column("regions", sa.LargeBinary(length=74)),
        sa.CheckConstraint("length(regions) = 74", name=op.f("ck_patient_days_regions_packed")),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name=op.f("ck_patient_days_pain_range")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_patient_days_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "day", name=op.f("pk_patient_days")),
    )


def patient_snapshots() -> None:
    op.create_table(
        "patient_snapshots",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("reason_rank", sa.SmallInteger(), nullable=False),
        sa.Column("severity", sa.Float(), nullable=False),
        sa.Column("also", sa.String(length=200), server_default="", nullable=False),
        sa.Column("pain_mean", sa.Float()),
        sa.Column("pain_mean_before", sa.Float()),
        sa.Column("days_logged", sa.SmallInteger(), nullable=False),
        sa.Column("days_logged_before", sa.SmallInteger(), nullable=False),
        sa.Column("flare_days", sa.SmallInteger()),
        sa.Column("flare_day_now", sa.SmallInteger()),
        sa.Column("regions_median", sa.Float()),
        sa.Column("sleep_mean", sa.Float()),
        sa.Column("last_entry_day", sa.Date()),
        sa.Column("strip", sa.LargeBinary(length=28), nullable=False),
        sa.Column("strip_flare", sa.LargeBinary(length=28), nullable=False),
        sa.Column("last_reviewed_day", sa.Date()),
        sa.Column("last_reviewed_by", sa.Integer()),
        sa.Column("next_visit_day", sa.Date()),
        sa.CheckConstraint(
            "length(strip) = 28 AND length(strip_flare) = 28", name=op.f("ck_patient_snapshots_strips_four_weeks")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_patient_snapshots_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_patient_snapshots")),
    )
    op.create_index(
        "ix_patient_snapshots_queue", "patient_snapshots", ["reason_rank", sa.text("severity DESC"), "patient_id"]
    )
    op.create_index(
        "ix_patient_snapshots_team_queue",
        "patient_snapshots",
        ["team_id", "reason_rank", sa.text("severity DESC"), "patient_id"],
    )
