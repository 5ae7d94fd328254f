"""What clinicians ask, assess, answer, close and change, as of migration 0004."""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOURCES = "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')"
ADDED = ("status", "entered_by", "version")


def _start(number: str) -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("patient_id", PATIENT_ID, nullable=False),
        sa.Column(number, sa.Integer(), autoincrement=False, nullable=False),
    )


def _by() -> tuple[sa.Column[int], sa.Column[str]]:
    return sa.Column("user_id", sa.Integer()), sa.Column("user_name", sa.String(length=160), nullable=False)


def _origin() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
    )


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _key(table: str, number: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("patient_id", number, name=op.f(f"pk_{table}"))


def _within(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f(f"fk_{table}_patient_id"))


def _once(table: str) -> None:
    op.create_index(f"uq_{table}_source_key", table, ["patient_id", "source_key"], unique=True)


def asked_answers() -> None:
    table = "asked_answers"
    op.create_table(
        table,
        *_start("answer_id"),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("remark", sa.String(length=400), server_default="", nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        *_by(),
        sa.Column("answered_at", INSTANT, nullable=False),
        *_origin(),
        _check(table, "question_named", "length(question) >= 1"),
        _check(table, "answer_given", "length(answer) >= 1"),
        _check(table, "source_known", SOURCES),
        _within(table),
        _key(table, "answer_id"),
    )
    _once(table)


def safety_closures() -> None:
    table = "safety_closures"
    op.create_table(
        table,
        *_start("closure_id"),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("closed_through", sa.Date(), nullable=False),
        *_by(),
        sa.Column("closed_at", INSTANT, nullable=False),
        *_origin(),
        _check(table, "subject_named", "length(subject) >= 1"),
        _check(table, "closure_has_reason", "length(reason) >= 1"),
        _check(table, "closed_by_name", "length(user_name) >= 1"),
        _check(table, "source_known", SOURCES),
        _within(table),
        _key(table, "closure_id"),
    )
    _once(table)


def prompt_answers() -> None:
    table = "prompt_answers"
    op.create_table(
        table,
        *_start("answer_id"),
        sa.Column("prompt", sa.String(length=1000), nullable=False),
        sa.Column("answered_for", sa.Date()),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=400), server_default="", nullable=False),
        *_by(),
        sa.Column("answered_at", INSTANT, nullable=False),
        _check(table, "prompt_named", "length(prompt) >= 1"),
        _check(table, "other_has_reason", "answer <> 'other' OR length(reason) >= 1"),
        _check(table, "answer_known", "answer IN ('accepted', 'action_made', 'not_applicable', 'other')"),
        _within(table),
        _key(table, "answer_id"),
    )


def criteria_assessments() -> None:
    table = "criteria_assessments"
    most = {"fatigue": 3, "unrefreshed": 3, "cognitive": 3, "headache": 1, "abdominal": 1, "depression": 1}
    op.create_table(
        table,
        *_start("assessment_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("areas", sa.Text(), server_default="", nullable=False),
        sa.Column("estimate_areas", sa.Text(), server_default="", nullable=False),
        sa.Column("reading", sa.String(length=8), nullable=False),
        *(sa.Column(item, sa.SmallInteger()) for item in most),
        sa.Column("months", sa.Float()),
        sa.Column("other_disorder", sa.Boolean()),
        sa.Column("remark", sa.String(length=400), server_default="", nullable=False),
        sa.Column("replaces", sa.Integer()),
        *_by(),
        sa.Column("assessed_at", INSTANT, nullable=False),
        *_origin(),
        *(_check(table, f"{item}_range", f"{item} BETWEEN 0 AND {limit}") for item, limit in most.items()),
        _check(table, "months_range", "months BETWEEN 0 AND 1500"),
        _check(table, "reading_known", "reading IN ('strict', 'extended')"),
        _check(table, "source_known", SOURCES),
        _within(table),
        sa.ForeignKeyConstraint(
            ["patient_id", "replaces"],
            ["criteria_assessments.patient_id", "criteria_assessments.assessment_id"],
            name="fk_criteria_assessments_replaces",
        ),
        _key(table, "assessment_id"),
    )
    _once(table)


def measure_changes() -> None:
    table = "measure_changes"
    op.create_table(
        table,
        *_start("measure_id"),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        _check(table, "withdrawal_has_reason", "length(reason) >= 1"),
        sa.ForeignKeyConstraint(
            ["patient_id", "measure_id"],
            ["measures.patient_id", "measures.measure_id"],
            name="fk_measure_changes_measure",
        ),
        _key(table, "measure_id"),
    )


def medication_stops() -> None:
    table = "medication_stops"
    op.create_table(
        table,
        *_start("medication_id"),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("stopped_at", INSTANT, nullable=False),
        _check(table, "stop_has_reason", "length(reason) >= 1"),
        sa.ForeignKeyConstraint(
            ["patient_id", "medication_id"],
            ["medications.patient_id", "medications.medication_id"],
            name="fk_medication_stops_medicine",
        ),
        _key(table, "medication_id"),
    )


def add_columns() -> None:
    known = _check("measures", "status_known", "status IN ('active', 'withdrawn')")
    status = sa.Column("status", sa.String(length=12), known, server_default="active", nullable=False)
    op.add_column("measures", status)
    op.add_column("measures", sa.Column("entered_by", sa.Integer()))
    op.add_column("measures", sa.Column("version", sa.String(length=40), server_default="", nullable=False))


def drop_columns() -> None:
    for column in reversed(ADDED):
        op.execute(f"ALTER TABLE measures DROP COLUMN {column}")
