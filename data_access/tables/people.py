"""The people who are cared for, and who cares for them."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, Index, Table

from data_access.tables.columns import (
    PatientId,
    UtcDateTime,
    metadata,
    one_of,
    patient,
    within,
)

patients = Table(
    "patients",
    metadata,
    Column("patient_id", PatientId, primary_key=True, autoincrement=True),
    Column("link_id", sa.String(32), nullable=False, unique=True),
    Column("record_number", sa.String(64), nullable=False, unique=True),
    Column("family_name", sa.String(120), nullable=False),
    Column("given_name", sa.String(120), nullable=False, server_default=""),
    Column("search_name", sa.String(320), nullable=False),  # folded "family given record", see data_access.patients
    Column("birth_date", sa.Date),
    Column("sex", sa.String(16), nullable=False, server_default="unknown"),
    Column("team_id", sa.Integer),
    Column("synthetic", sa.Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("data_version", sa.Integer, nullable=False, server_default="0"),  # moves with every change
    one_of("sex", ("female", "male", "other", "unknown")),
    Check("length(record_number) BETWEEN 1 AND 64", name="record_number_length"),
    Index("ix_patients_search_name", "search_name"),
)

care_team_members = Table(
    "care_team_members",
    metadata,
    patient(),
    Column("user_id", sa.Integer, primary_key=True, autoincrement=False),
    within(),
    Index("ix_care_team_members_user", "user_id", "patient_id"),
)
