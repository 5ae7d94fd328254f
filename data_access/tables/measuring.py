"""What somebody is filling in of a questionnaire."""

import sqlalchemy as sa
from sqlalchemy import Column, Table

from data_access.tables.columns import UtcDateTime, length, metadata, patient, within

measure_drafts = Table(
    "measure_drafts",
    metadata,
    patient(),
    Column("author_user_id", sa.Integer, primary_key=True, autoincrement=False),
    Column("form", sa.String(40), primary_key=True),  # the questionnaire, or the form for totals
    Column("content", sa.Text, nullable=False),  # the answers so far, as JSON
    Column("revision", sa.Integer, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    within(),
    length("content", 10_000),
)
