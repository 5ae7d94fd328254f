"""The columns and checks that tables share: the patient's key, an instant, where a row came from."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, ForeignKeyConstraint, Index, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PatientId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Internal number of a person; it never leaves the server. Links carry `patients.link_id`."""

DISCIPLINES = (
    "medicine", "physiotherapy", "psychology", "nursing",
    "occupational_therapy", "pharmacy", "dietetics", "social_work",
)  # fmt: skip
ROLES = ("clinician", "coordinator", "administrator", "auditor")
WEATHER = ("cold", "hot", "dry", "damp", "windy", "changing")
"""How the weather was to the person, in words of our own; several may hold at once."""
SOURCES = ("patient", "clinic", "fhir", "flareboard_csv", "choir", "demo")


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: timezone-aware UTC in Python on both engines; a naive value is an error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column: str, values: tuple[str, ...]) -> Check:
    listed = ", ".join(f"'{value}'" for value in values)
    return Check(f"{column} IN ({listed})", name=f"{column}_known", info={"column": column, "one_of": values})


def between(column: str, low: float, high: float) -> Check:
    # BETWEEN with NULL is NULL, which a check lets through: not answered is allowed, out of range is not.
    return Check(
        f"{column} BETWEEN {low} AND {high}", name=f"{column}_range", info={"column": column, "between": (low, high)}
    )


def codes(column: str, values: tuple[str, ...]) -> Check:
    """Nothing, or some of the codes joined by |, each once."""
    left = f"'|' || {column} || '|'"
    for value in values:
        left = f"replace({left}, '|{value}|', '|')"
    rule = f"{column} = '' OR {left} = '|'"
    return Check(rule, name=f"{column}_known", info={"column": column, "codes": values})


def length(column: str, most: int) -> Check:
    return Check(f"length({column}) <= {most}", name=f"{column}_length", info={"column": column, "length": most})


def clock_time(column: str) -> Check:
    """HH:MM or nothing; letters among the digits are the reader's to refuse."""
    hour = f"length({column}) = 5 AND {column} BETWEEN '00:00' AND '23:59'"
    minute = f"substr({column}, 3, 1) = ':' AND substr({column}, 4, 1) BETWEEN '0' AND '5'"
    return Check(f"{column} = '' OR ({hour} AND {minute})", name=f"{column}_possible")


def patient() -> Column[Any]:
    return Column("patient_id", PatientId, primary_key=True)


def within() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["patient_id"], ["patients.patient_id"])


def number(name: str) -> Column[Any]:
    return Column(name, sa.Integer, primary_key=True, autoincrement=False)


def origin() -> tuple[Column[Any], ...]:
    """Where a source row came from. `source_key` is unique per patient and makes a second import add nothing."""
    return (
        Column("source", sa.String(16), nullable=False),
        Column("source_key", sa.String(200)),
        Column("batch_id", sa.Integer),
    )


def standing() -> tuple[Column[Any], ...]:
    """Which revision of a thing this is, from 1, and who made it: the second of two who save at once is told."""
    return (
        Column("revision", sa.Integer, nullable=False, server_default="1"),
        Column("changed_by", sa.Integer),
        Column("changed_by_name", sa.String(160), nullable=False, server_default=""),
        Column("changed_at", UtcDateTime),
    )


def evidence() -> tuple[Column[Any], ...]:
    """The window of the charts that an item of the plan rests on; `evidence_start` NULL: none was pinned."""
    return (
        Column("evidence_start", sa.Date),
        Column("evidence_end", sa.Date),
        Column("evidence_chart", sa.String(60), nullable=False, server_default=""),
        Column("evidence_region", sa.String(40), nullable=False, server_default=""),
    )


def once(table: str) -> Index:
    """At most one row per (patient, source_key); rows typed in by hand carry none."""
    return Index(f"uq_{table}_source_key", "patient_id", "source_key", unique=True)


DAY_RANGE = "BETWEEN '1900-01-01' AND '2200-01-01'"
