"""What the tables of migration 0007 share, as of that migration."""

from typing import Any

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
PATIENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DISCIPLINES = (
    "'medicine', 'physiotherapy', 'psychology', 'nursing', "
    "'occupational_therapy', 'pharmacy', 'dietetics', 'social_work'"
)
SOURCES = "source IN ('patient', 'clinic', 'fhir', 'flareboard_csv', 'choir', 'demo')"


def patient() -> sa.Column[int]:
    return sa.Column("patient_id", PATIENT_ID, nullable=False)


def number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def words(name: str, length: int) -> sa.Column[str]:
    """A line of text that is empty where nothing was said."""
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def text(name: str) -> sa.Column[str]:
    """A longer text that is empty where nothing was said."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def standing() -> tuple[sa.Column[int], sa.Column[int], sa.Column[str], sa.Column[Any]]:
    return (
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("changed_by", sa.Integer()),
        words("changed_by_name", 160),
        sa.Column("changed_at", INSTANT),
    )


def evidence() -> tuple[sa.Column[Any], sa.Column[Any], sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("evidence_start", sa.Date()),
        sa.Column("evidence_end", sa.Date()),
        words("evidence_chart", 60),
        words("evidence_region", 40),
    )


def origin() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_key", sa.String(length=200)),
        sa.Column("batch_id", sa.Integer()),
    )


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def within(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["patient_id"], ["patients.patient_id"], name=op.f(f"fk_{table}_patient_id"))
