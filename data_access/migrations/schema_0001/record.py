"""What the clinic knows and decides, as of migration 0001."""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def conditions() -> None:
    op.create_table(
        "conditions",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("condition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_system", sa.String(length=80), server_default="", nullable=False),
        sa.Column("code", sa.String(length=40), server_default="", nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("onset_day", sa.Date()),
        sa.Column("status", sa.String(length=24), server_default="active", nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_conditions_source_known"),
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_conditions_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "condition_id", name=op.f("pk_conditions")),
    )
    op.create_index("uq_conditions_source_key", "conditions", ["patient_id", "source_key"], unique=True)


def allergies() -> None:
    op.create_table(
        "allergies",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("allergy_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code_system", sa.String(length=80), server_default="", nullable=False),
        sa.Column("code", sa.String(length=40), server_default="", nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("reaction", sa.String(length=300), server_default="", nullable=False),
        sa.Column("criticality", sa.String(length=24), server_default="", nullable=False),
        sa.Column("status", sa.String(length=24), server_default="active", nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_allergies_source_known"),
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_allergies_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "allergy_id", name=op.f("pk_allergies")),
    )
    op.create_index("uq_allergies_source_key", "allergies", ["patient_id", "source_key"], unique=True)


def goals() -> None:
    op.create_table(
        "goals",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("goal_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("measure", sa.String(length=120), server_default="", nullable=False),
        sa.Column("baseline", sa.Float()),
        sa.Column("target", sa.Float()),
        sa.Column("unit", sa.String(length=24), server_default="", nullable=False),
        sa.Column("due_day", sa.Date()),
        sa.Column("status", sa.String(length=24), server_default="active", nullable=False),
        sa.Column("attainment", sa.SmallInteger()),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_goals_source_known"),
        ),
        sa.CheckConstraint("attainment BETWEEN -2 AND 2", name=op.f("ck_goals_attainment_range")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_goals_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "goal_id", name=op.f("pk_goals")),
    )
    op.create_index("uq_goals_source_key", "goals", ["patient_id", "source_key"], unique=True)


def actions() -> None:
    op.create_table(
        "actions",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("action_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("discipline", sa.String(length=24), server_default="", nullable=False),
        sa.Column("owner_user_id", sa.Integer()),
        sa.Column("due_day", sa.Date()),
        sa.Column("status", sa.String(length=12), server_default="open", nullable=False),
        sa.Column("done_day", sa.Date()),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_actions_source_known"),
        ),
        sa.CheckConstraint("status IN ('open', 'done', 'cancelled')", name=op.f("ck_actions_status_known")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_actions_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "action_id", name=op.f("pk_actions")),
    )
    op.create_index("uq_actions_source_key", "actions", ["patient_id", "source_key"], unique=True)


def notes() -> None:
    op.create_table(
        "notes",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("note_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author_user_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(length=160), nullable=False),
        sa.Column("discipline", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pinned_start", sa.Date()),
        sa.Column("pinned_end", sa.Date()),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.Column("amend_reason", sa.String(length=400), server_default="", nullable=False),
        sa.CheckConstraint(
            "discipline IN ('medicine', 'physiotherapy', 'psychology', 'nursing', "
            "'occupational_therapy', 'pharmacy', 'dietetics', 'social_work')",
            name=op.f("ck_notes_discipline_known"),
        ),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 200000", name=op.f("ck_notes_text_length")),
        sa.CheckConstraint("pinned_end >= pinned_start", name=op.f("ck_notes_pin_in_order")),
        sa.CheckConstraint("version = 1 OR length(amend_reason) >= 1", name=op.f("ck_notes_amendment_has_reason")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_notes_version_from_one")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_notes_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "note_id", "version", name=op.f("pk_notes")),
    )


def note_drafts() -> None:
    op.create_table(
        "note_drafts",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("author_user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amends_note_id", sa.Integer(), server_default="0", autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pinned_start", sa.Date()),
        sa.Column("pinned_end", sa.Date()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.CheckConstraint("length(text) <= 200000", name=op.f("ck_note_drafts_text_length")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_note_drafts_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "author_user_id", "amends_note_id", name=op.f("pk_note_drafts")),
    )


def reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("review_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reviewed_at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_reviews_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "review_id", name=op.f("pk_reviews")),
    )


def flare_verdicts() -> None:
    op.create_table(
        "flare_verdicts",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("verdict_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("flare_start", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=400), server_default="", nullable=False),
        sa.Column("new_start", sa.Date()),
        sa.Column("new_end", sa.Date()),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'not_a_flare', 'dates_changed')", name=op.f("ck_flare_verdicts_verdict_known")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_flare_verdicts_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "verdict_id", name=op.f("pk_flare_verdicts")),
    )
