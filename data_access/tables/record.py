"""What the clinic knows and decides: diagnoses, goals, actions, signed notes, reviews, verdicts."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, Index, Table

from data_access.tables.columns import (
    DISCIPLINES,
    SOURCES,
    UtcDateTime,
    between,
    evidence,
    length,
    metadata,
    number,
    once,
    one_of,
    origin,
    patient,
    standing,
    within,
)

conditions = Table(
    "conditions",
    metadata,
    patient(),
    number("condition_id"),
    Column("code_system", sa.String(80), nullable=False, server_default=""),
    Column("code", sa.String(40), nullable=False, server_default=""),
    Column("label", sa.String(300), nullable=False),
    Column("onset_day", sa.Date),
    Column("status", sa.String(24), nullable=False, server_default="active"),
    *origin(),
    within(),
    one_of("source", SOURCES),
    once("conditions"),
)

allergies = Table(
    "allergies",
    metadata,
    patient(),
    number("allergy_id"),
    Column("code_system", sa.String(80), nullable=False, server_default=""),
    Column("code", sa.String(40), nullable=False, server_default=""),
    Column("label", sa.String(300), nullable=False),
    Column("reaction", sa.String(300), nullable=False, server_default=""),
    Column("criticality", sa.String(24), nullable=False, server_default=""),
    Column("status", sa.String(24), nullable=False, server_default="active"),
    *origin(),
    within(),
    one_of("source", SOURCES),
    once("allergies"),
)

goals = Table(
    "goals",
    metadata,
    patient(),
    number("goal_id"),
    Column("title", sa.String(400), nullable=False),
    Column("measure", sa.String(120), nullable=False, server_default=""),
    Column("baseline", sa.Float),
    Column("target", sa.Float),
    Column("unit", sa.String(24), nullable=False, server_default=""),
    Column("due_day", sa.Date),
    Column("status", sa.String(24), nullable=False, server_default="active"),
    Column("attainment", sa.SmallInteger),  # GAS -2..+2, as rated last
    Column("why", sa.String(600), nullable=False, server_default=""),  # why it matters, in the patient's words
    Column("confidence", sa.SmallInteger, between("confidence", 0, 10)),
    Column("barriers", sa.String(600), nullable=False, server_default=""),
    Column("owner_user_id", sa.Integer),
    Column("owner_name", sa.String(160), nullable=False, server_default=""),  # somebody who has no account here
    Column("review_day", sa.Date),
    Column("importance", sa.SmallInteger, between("importance", 0, 3)),
    Column("difficulty", sa.SmallInteger, between("difficulty", 0, 3)),
    Column("baseline_attainment", sa.SmallInteger, between("baseline_attainment", -2, -1)),
    Column("made_day", sa.Date),
    *evidence(),
    *standing(),
    *origin(),
    within(),
    between("attainment", -2, 2),
    one_of("source", SOURCES),
    once("goals"),
)

actions = Table(
    "actions",
    metadata,
    patient(),
    number("action_id"),
    Column("title", sa.String(400), nullable=False),
    Column("discipline", sa.String(24), nullable=False, server_default=""),
    Column("owner_user_id", sa.Integer),
    Column("due_day", sa.Date),
    Column("status", sa.String(12), nullable=False, server_default="open"),
    Column("done_day", sa.Date),
    Column("detail", sa.String(400), nullable=False, server_default=""),
    Column("owner_name", sa.String(160), nullable=False, server_default=""),
    Column("goal_id", sa.Integer),
    Column("meeting_id", sa.Integer),  # the case review that agreed it
    Column("made_day", sa.Date),
    *evidence(),
    *standing(),
    *origin(),
    within(),
    one_of("status", ("open", "done", "cancelled")),
    one_of("source", SOURCES),
    once("actions"),
    Index("ix_actions_owner", "owner_user_id", "patient_id"),
)

notes = Table(  # append-only: a row is written when it is signed
    "notes",
    metadata,
    patient(),
    number("note_id"),
    number("version"),
    Column("author_user_id", sa.Integer, nullable=False),
    Column("author_name", sa.String(160), nullable=False),
    Column("discipline", sa.String(24), nullable=False),
    Column("text", sa.Text, nullable=False),
    Column("pinned_start", sa.Date),
    Column("pinned_end", sa.Date),
    Column("signed_at", UtcDateTime, nullable=False),
    Column("amend_reason", sa.String(400), nullable=False, server_default=""),
    Column("template", sa.String(24), nullable=False, server_default=""),
    Column("pinned_flare", sa.Date),  # its first day
    Column("pinned_goal", sa.Integer),
    Column("pinned_region", sa.String(40), nullable=False, server_default=""),
    Column("meeting_id", sa.Integer),  # the case review it tells of
    within(),
    Check("version >= 1", name="version_from_one"),
    Check("length(text) BETWEEN 1 AND 200000", name="text_length"),
    Check("version = 1 OR length(amend_reason) >= 1", name="amendment_has_reason"),
    Check("pinned_end >= pinned_start", name="pin_in_order"),
    one_of("discipline", DISCIPLINES),
)

note_drafts = Table(
    "note_drafts",
    metadata,
    patient(),
    Column("author_user_id", sa.Integer, primary_key=True, autoincrement=False),
    Column("amends_note_id", sa.Integer, primary_key=True, autoincrement=False, server_default="0"),  # 0: a new note
    Column("text", sa.Text, nullable=False),
    Column("pinned_start", sa.Date),
    Column("pinned_end", sa.Date),
    Column("template", sa.String(24), nullable=False, server_default=""),
    Column("pinned_flare", sa.Date),  # its first day
    Column("pinned_goal", sa.Integer),
    Column("pinned_region", sa.String(40), nullable=False, server_default=""),
    Column("revision", sa.Integer, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    within(),
    length("text", 200_000),
)

reviews = Table(  # "Mark reviewed" of the caseload
    "reviews",
    metadata,
    patient(),
    number("review_id"),
    Column("user_id", sa.Integer, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("reviewed_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    within(),
)

flare_verdicts = Table(  # append-only
    "flare_verdicts",
    metadata,
    patient(),
    number("verdict_id"),
    Column("flare_start", sa.Date, nullable=False),
    Column("verdict", sa.String(16), nullable=False),
    Column("reason", sa.String(400), nullable=False, server_default=""),
    Column("new_start", sa.Date),
    Column("new_end", sa.Date),
    Column("user_id", sa.Integer, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    within(),
    one_of("verdict", ("confirmed", "not_a_flare", "dates_changed")),
)
