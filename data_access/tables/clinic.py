"""The clinic itself: teams, users, files that came in and went out, the audit chain."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKeyConstraint, Table

from data_access.tables.columns import (
    DISCIPLINES,
    ROLES,
    PatientId,
    UtcDateTime,
    metadata,
    number,
    one_of,
    patient,
    within,
)

care_teams = Table(
    "care_teams",
    metadata,
    Column("team_id", sa.Integer, primary_key=True),
    Column("name", sa.String(120), nullable=False, unique=True),
)

users = Table(
    "users",
    metadata,
    Column("user_id", sa.Integer, primary_key=True),
    Column("name", sa.String(160), nullable=False),
    Column("role", sa.String(16), nullable=False),
    Column("discipline", sa.String(24)),
    Column("scope", sa.String(8), nullable=False, server_default="team"),  # 'clinic': every team's patients
    Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    Column("synthetic", sa.Boolean, nullable=False),
    one_of("role", ROLES),
    one_of("discipline", DISCIPLINES),
    one_of("scope", ("team", "clinic")),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team_id", sa.Integer, primary_key=True, autoincrement=False),
    Column("user_id", sa.Integer, primary_key=True, autoincrement=False),
    ForeignKeyConstraint(["team_id"], ["care_teams.team_id"]),
    ForeignKeyConstraint(["user_id"], ["users.user_id"]),
)

import_batches = Table(
    "import_batches",
    metadata,
    Column("batch_id", sa.Integer, primary_key=True),
    Column("file_name", sa.String(255), nullable=False),
    Column("sha256", sa.String(64), nullable=False),
    Column("format", sa.String(32), nullable=False),
    Column("user_id", sa.Integer),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),  # empty: interrupted; the patients it finished are whole
    Column("report", sa.Text, nullable=False, server_default=""),  # the counts, as JSON
    # Since migration 0008.
    Column("undone_at", UtcDateTime),
    Column("undone_by", sa.Integer),
    Column("kept", sa.Boolean, nullable=False, server_default=sa.false()),  # whom it reached is in batch_patients
)

exports = Table(  # append-only: what left the building, unchanged
    "exports",
    metadata,
    patient(),
    number("export_id"),
    Column("user_id", sa.Integer, nullable=False),
    Column("exported_at", UtcDateTime, nullable=False),
    Column("format", sa.String(12), nullable=False),
    Column("file_name", sa.String(160), nullable=False),
    Column("recipient", sa.String(200), nullable=False, server_default=""),
    Column("period_start", sa.Date, nullable=False),
    Column("period_end", sa.Date, nullable=False),
    Column("sha256", sa.String(64), nullable=False),
    Column("content", sa.LargeBinary, nullable=False),
    # Since migration 0008.
    Column("share_id", sa.Integer, nullable=False, server_default="0"),  # the first export signed with it; 0: alone
    Column("template", sa.String(24), nullable=False, server_default=""),
    Column("asked", sa.Text, nullable=False, server_default=""),  # what was ordered, as JSON
    Column("signed_by", sa.String(160), nullable=False, server_default=""),
    within(),
)

audit_events = Table(  # append-only, a hash chain per patient; patient 0 is the chain of everything else
    "audit_events",
    metadata,
    Column("patient_id", PatientId, primary_key=True, autoincrement=False),
    number("seq"),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", sa.Integer),
    Column("role", sa.String(16), nullable=False),
    Column("action", sa.String(40), nullable=False),
    Column("resource", sa.String(120), nullable=False, server_default=""),
    Column("detail", sa.Text, nullable=False, server_default=""),  # counts, ids, reasons; never clinical content
    Column("previous_hash", sa.String(64), nullable=False),
    Column("hash", sa.String(64), nullable=False),
)

audit_heads = Table(  # the anchored end of each chain: a cut tail is noticed
    "audit_heads",
    metadata,
    Column("patient_id", PatientId, primary_key=True, autoincrement=False),
    Column("events", sa.Integer, nullable=False),
    Column("hash", sa.String(64), nullable=False),
)

facts = Table(  # facts about this database: 'synthetic' = '1' only for the invented clinic, demo seed, ...
    "facts",
    metadata,
    Column("name", sa.String(40), primary_key=True),
    Column("value", sa.Text, nullable=False),
)
