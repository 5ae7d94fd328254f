"""What the patient logged, as of migration 0001."""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


ANSWERS = ("pain", "fatigue", "interference", "sleep_quality", "stress", "mood", "sensitivity", "activity")


def _answers_in_range() -> list[sa.CheckConstraint]:
    ranges = {**dict.fromkeys(ANSWERS, 10), "sleep_hours": 24, "stiffness_minutes": 1440}
    return [
        sa.CheckConstraint(f"{column} BETWEEN 0 AND {most}", name=op.f(f"ck_diary_entries_{column}_range"))
        for column, most in ranges.items()
    ]


def _clock_time(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        "at_time = '' OR (length(at_time) = 5 AND at_time BETWEEN '00:00' AND '23:59'"
        " AND substr(at_time, 3, 1) = ':' AND substr(at_time, 4, 1) BETWEEN '0' AND '5')",
        name=op.f(f"ck_{table}_at_time_possible"),
    )


def diary_entries() -> None:
    op.create_table(
        "diary_entries",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("at_time", sa.String(length=5), server_default="", nullable=False),
        sa.Column("pain", sa.Float()),
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
        sa.Column("relief", sa.String(length=400), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("has_map", sa.Boolean(), nullable=False),
        sa.Column("detail_unknown", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("status", sa.String(length=12), server_default="active", nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint("day BETWEEN '1900-01-01' AND '2200-01-01'", name=op.f("ck_diary_entries_day_possible")),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_diary_entries_source_known"),
        ),
        sa.CheckConstraint(
            "status IN ('active', 'corrected', 'withdrawn')", name=op.f("ck_diary_entries_status_known")
        ),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_diary_entries_note_length")),
        _clock_time("diary_entries"),
        *_answers_in_range(),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_diary_entries_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "entry_id", name=op.f("pk_diary_entries")),
    )
    op.create_index(
        "uq_diary_entries_moment",
        "diary_entries",
        ["patient_id", "day", "at_time"],
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index("uq_diary_entries_source_key", "diary_entries", ["patient_id", "source_key"], unique=True)


def pain_marks() -> None:
    op.create_table(
        "pain_marks",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("region", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("intensity", sa.SmallInteger()),
        sa.Column("qualities", sa.String(length=120), server_default="", nullable=False),
        sa.Column("depth", sa.String(length=8), server_default="", nullable=False),
        sa.CheckConstraint("depth IN ('', 'surface', 'deep')", name=op.f("ck_pain_marks_depth_known")),
        sa.CheckConstraint("intensity BETWEEN 0 AND 10", name=op.f("ck_pain_marks_intensity_range")),
        sa.CheckConstraint("region BETWEEN 0 AND 73", name=op.f("ck_pain_marks_region_range")),
        sa.ForeignKeyConstraint(
            ["patient_id", "entry_id"],
            ["diary_entries.patient_id", "diary_entries.entry_id"],
            name="fk_pain_marks_entry",
        ),
        sa.PrimaryKeyConstraint("patient_id", "entry_id", "region", name=op.f("pk_pain_marks")),
    )


def medications() -> None:
    op.create_table(
        "medications",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("medication_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("medicine", sa.String(length=200), nullable=False),
        sa.Column("atc", sa.String(length=8), server_default="", nullable=False),
        sa.Column("rxnorm", sa.String(length=16), server_default="", nullable=False),
        sa.Column("dose", sa.Float()),
        sa.Column("unit", sa.String(length=24), server_default="", nullable=False),
        sa.Column("route", sa.String(length=40), server_default="", nullable=False),
        sa.Column("frequency", sa.String(length=120), server_default="", nullable=False),
        sa.Column("as_needed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("start_day", sa.Date()),
        sa.Column("end_day", sa.Date()),
        sa.Column("reason_stopped", sa.String(length=200), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="prescribed", nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint("kind IN ('prescribed', 'reported')", name=op.f("ck_medications_kind_known")),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_medications_source_known"),
        ),
        sa.CheckConstraint("dose > 0", name=op.f("ck_medications_dose_positive")),
        sa.CheckConstraint("end_day >= start_day", name=op.f("ck_medications_ends_after_start")),
        sa.CheckConstraint("length(medicine) >= 1", name=op.f("ck_medications_medicine_named")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_medications_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "medication_id", name=op.f("pk_medications")),
    )
    op.create_index("uq_medications_source_key", "medications", ["patient_id", "source_key"], unique=True)


def doses() -> None:
    op.create_table(
        "doses",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("dose_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("at_time", sa.String(length=5), server_default="", nullable=False),
        sa.Column("medicine", sa.String(length=200), nullable=False),
        sa.Column("dose", sa.Float()),
        sa.Column("unit", sa.String(length=24), server_default="", nullable=False),
        sa.Column("route", sa.String(length=40), server_default="", nullable=False),
        sa.Column("as_needed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint("day BETWEEN '1900-01-01' AND '2200-01-01'", name=op.f("ck_doses_day_possible")),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_doses_source_known"),
        ),
        sa.CheckConstraint("dose > 0", name=op.f("ck_doses_dose_positive")),
        sa.CheckConstraint("length(medicine) >= 1", name=op.f("ck_doses_medicine_named")),
        _clock_time("doses"),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_doses_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "dose_id", name=op.f("pk_doses")),
    )
    op.create_index("ix_doses_patient_day", "doses", ["patient_id", "day"])
    op.create_index("uq_doses_source_key", "doses", ["patient_id", "source_key"], unique=True)


def measures() -> None:
    op.create_table(
        "measures",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("measure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("unit", sa.String(length=24), server_default="", nullable=False),
        sa.Column("items", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint("day BETWEEN '1900-01-01' AND '2200-01-01'", name=op.f("ck_measures_day_possible")),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_measures_source_known"),
        ),
        sa.CheckConstraint("length(instrument) >= 1", name=op.f("ck_measures_instrument_named")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_measures_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "measure_id", name=op.f("pk_measures")),
    )
    op.create_index("uq_measures_source_key", "measures", ["patient_id", "source_key"], unique=True)


def events() -> None:
    op.create_table(
        "events",
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=300), server_default="", nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
        sa.CheckConstraint("day BETWEEN '1900-01-01' AND '2200-01-01'", name=op.f("ck_events_day_possible")),
        sa.CheckConstraint(
            "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')",
            name=op.f("ck_events_source_known"),
        ),
        sa.CheckConstraint("length(kind) >= 1", name=op.f("ck_events_kind_named")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f("fk_events_patient_id")),
        sa.PrimaryKeyConstraint("patient_id", "event_id", name=op.f("pk_events")),
    )
    op.create_index("uq_events_source_key", "events", ["patient_id", "source_key"], unique=True)
