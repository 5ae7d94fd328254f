"""What came in and went out, beyond the file itself: whose it was, what was taken back, how a table was read, what
became of a document, and which programs may read.
"""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKeyConstraint, Index, Table

from data_access.tables.columns import PatientId, UtcDateTime, length, metadata, number, one_of, patient, within

EXPORT_STATES = ("sent", "withdrawn")

batch_patients = Table(  # whom a file added something to: what it takes to take it back
    "batch_patients",
    metadata,
    patient(),
    number("batch_id"),
    Column("created", sa.Boolean, nullable=False),  # the person was not on record before
    Column("added", sa.Text, nullable=False, server_default=""),  # rows by kind, as JSON
    Column("person_before", sa.Text, nullable=False, server_default=""),  # what the file filled in, before, as JSON
    within(),
    Index("ix_batch_patients_batch", "batch_id", "patient_id"),
)

import_undos = Table(  # append-only: what was taken back, whole
    "import_undos",
    metadata,
    Column("patient_id", PatientId, primary_key=True, autoincrement=False),
    number("batch_id"),
    Column("content", sa.Text, nullable=False),  # every row that was removed, by table, as JSON
    Column("reason", sa.String(400), nullable=False),
    Column("user_id", sa.Integer, nullable=False),
    Column("user_name", sa.String(160), nullable=False),
    Column("undone_at", UtcDateTime, nullable=False),
)  # no foreign key: a person whom the file had made is taken back too

column_mappings = Table(  # how a diary table of another make is read, by its header
    "column_mappings",
    metadata,
    Column("header_key", sa.String(64), primary_key=True),  # SHA-256 of the header's names
    Column("content", sa.Text, nullable=False),
    Column("revision", sa.Integer, nullable=False),
    Column("saved_by", sa.Integer, nullable=False),
    Column("saved_by_name", sa.String(160), nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    length("content", 60_000),
)

export_states = Table(  # append-only: what became of a document that was signed
    "export_states",
    metadata,
    patient(),
    number("state_id"),
    Column("share_id", sa.Integer, nullable=False),  # the first export of what was signed together
    Column("state", sa.String(12), nullable=False),
    Column("how", sa.String(80), nullable=False, server_default=""),
    Column("reason", sa.String(400), nullable=False, server_default=""),
    Column("user_id", sa.Integer, nullable=False),
    Column("user_name", sa.String(160), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    within(),
    one_of("state", EXPORT_STATES),
)

access_tokens = Table(  # programs that may read, in the name of a person; the token itself is not kept
    "access_tokens",
    metadata,
    Column("token_id", sa.Integer, primary_key=True),
    Column("token_hash", sa.String(64), nullable=False, unique=True),
    Column("label", sa.String(120), nullable=False),
    Column("user_id", sa.Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    ForeignKeyConstraint(["user_id"], ["users.user_id"]),
)
