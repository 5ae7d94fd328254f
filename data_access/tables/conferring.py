"""Colleagues among themselves: who countersigns and has read a note, and the meetings that review cases."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from data_access.tables.columns import (
    DISCIPLINES,
    UtcDateTime,
    length,
    metadata,
    number,
    one_of,
    patient,
    standing,
    within,
)

note_words = Table(  # append-only: the words of each signed version as a search compares them
    "note_words",
    metadata,
    patient(),
    number("note_id"),
    number("version"),
    Column("words", sa.Text, nullable=False),
    within(),
)

cosign_requests = Table(  # append-only
    "cosign_requests",
    metadata,
    patient(),
    number("request_id"),
    Column("note_id", sa.Integer, nullable=False),
    Column("version", sa.Integer, nullable=False),
    Column("asked_user_id", sa.Integer, nullable=False),
    Column("asked_by", sa.Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    within(),
    Index("ix_cosign_requests_asked", "asked_user_id", "patient_id"),
)

cosignatures = Table(  # append-only
    "cosignatures",
    metadata,
    patient(),
    number("note_id"),
    number("version"),
    number("user_id"),
    Column("user_name", sa.String(160), nullable=False),
    Column("discipline", sa.String(24), nullable=False),
    Column("remark", sa.String(400), nullable=False, server_default=""),
    Column("signed_at", UtcDateTime, nullable=False),
    within(),
    one_of("discipline", DISCIPLINES),
)

note_looks = Table(  # when a person last looked at a patient's notes
    "note_looks",
    metadata,
    patient(),
    number("user_id"),
    Column("looked_at", UtcDateTime, nullable=False),
    within(),
)

meetings = Table(
    "meetings",
    metadata,
    Column("meeting_id", sa.Integer, primary_key=True),
    Column("team_id", sa.Integer, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("title", sa.String(200), nullable=False),
    Column("status", sa.String(12), nullable=False, server_default="planned"),
    Column("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    *standing(),
    one_of("status", ("planned", "open", "closed")),
    Index("ix_meetings_team", "team_id", "day"),
)

meeting_people = Table(
    "meeting_people",
    metadata,
    Column("meeting_id", sa.Integer, primary_key=True, autoincrement=False),
    number("place"),
    Column("user_id", sa.Integer),
    Column("name", sa.String(160), nullable=False),
    Column("discipline", sa.String(24), nullable=False, server_default=""),
    Column("attendance", sa.String(12), nullable=False),
    one_of("attendance", ("invited", "present", "apologies")),
)

meeting_queue = Table(  # which patients a meeting looks at, in which order; what is said of them is theirs
    "meeting_queue",
    metadata,
    patient(),
    number("meeting_id"),
    Column("place", sa.Integer, nullable=False),
    within(),
    Index("ix_meeting_queue_meeting", "meeting_id", "place"),
)

LONG = ("discussion", "options", "decision", "reason", "disagreement")

case_discussions = Table(  # what a meeting said about a patient; its signed note is the record
    "case_discussions",
    metadata,
    patient(),
    number("meeting_id"),
    Column("question", sa.String(1_000), nullable=False, server_default=""),
    Column("status", sa.String(12), nullable=False, server_default="queued"),
    *(Column(name, sa.Text, nullable=False, server_default="") for name in LONG),
    Column("disagreement_by", sa.String(400), nullable=False, server_default=""),
    Column("teller_user_id", sa.Integer),
    Column("teller_name", sa.String(160), nullable=False, server_default=""),
    Column("next_review", sa.Date),
    Column("seconds", sa.Integer, nullable=False, server_default="0"),
    Column("note_id", sa.Integer),
    *standing(),
    within(),
    one_of("status", ("queued", "discussed", "deferred")),
    *(length(name, 20_000) for name in LONG),
)
