"""What the patient logged: entries, pain marks, medicines and doses, measures, events."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, ForeignKeyConstraint, Index, Table

from data_access.devices import SLEEP_NOTES
from data_access.tables.columns import (
    DAY_RANGE,
    SOURCES,
    WEATHER,
    UtcDateTime,
    between,
    clock_time,
    codes,
    length,
    metadata,
    number,
    once,
    one_of,
    origin,
    patient,
    within,
)

ENTRY_STATUS = ("active", "corrected", "withdrawn")
MEASURE_STATUS = ("active", "withdrawn")

diary_entries = Table(
    "diary_entries",
    metadata,
    patient(),
    number("entry_id"),
    Column("day", sa.Date),  # empty: undated, kept and shown as such
    Column("at_time", sa.String(5), nullable=False, server_default=""),  # HH:MM of the patient's day, or ''
    Column("pain", sa.Float),
    Column("fatigue", sa.Float),
    Column("interference", sa.Float),
    Column("sleep_hours", sa.Float),
    Column("sleep_quality", sa.Float),
    Column("stress", sa.Float),
    Column("mood", sa.Float),
    Column("stiffness_minutes", sa.Float),
    Column("sensitivity", sa.Float),
    Column("activity", sa.Float),
    Column("flare", sa.Boolean),
    Column("relief", sa.String(400), nullable=False, server_default=""),  # intervention codes joined by |
    Column("note", sa.Text, nullable=False, server_default=""),
    Column("has_map", sa.Boolean, nullable=False),  # a map was filled in (perhaps with no mark at all)
    Column("detail_unknown", sa.Boolean, nullable=False, server_default=sa.false()),  # marks from broader codes
    Column("status", sa.String(12), nullable=False, server_default="active"),
    Column("recorded_at", UtcDateTime, nullable=False),
    *origin(),
    # Since migration 0002. Their checks belong to the column: only such a one can be added and taken back in place.
    Column("tenderness", sa.Float, between("tenderness", 0, 10)),  # to pressure; 10 is worst
    Column("weather", sa.String(60), codes("weather", WEATHER), nullable=False, server_default=""),  # joined by |
    Column("entered_by", sa.Integer),  # the user who typed it in; empty for what came from elsewhere
    within(),
    *(between(c, 0, 10) for c in ("pain", "fatigue", "interference", "sleep_quality", "stress", "mood")),
    *(between(c, 0, 10) for c in ("sensitivity", "activity")),
    between("sleep_hours", 0, 24),
    between("stiffness_minutes", 0, 1440),
    Check(f"day {DAY_RANGE}", name="day_possible"),
    length("note", 10_000),
    clock_time("at_time"),
    one_of("status", ENTRY_STATUS),
    one_of("source", SOURCES),
    once("diary_entries"),
    Index(
        "uq_diary_entries_moment",
        "patient_id",
        "day",
        "at_time",
        sa.text(f"(note IN ({', '.join(repr(note) for note in SLEEP_NOTES)}))"),  # apart: a device's nights
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    ),
)

pain_marks = Table(
    "pain_marks",
    metadata,
    patient(),
    number("entry_id"),
    Column("region", sa.SmallInteger, primary_key=True, autoincrement=False),  # place in the vocabulary, 0-73
    Column("intensity", sa.SmallInteger),  # empty: marked painful, intensity not recorded
    Column("qualities", sa.String(120), nullable=False, server_default=""),  # joined by |
    Column("depth", sa.String(8), nullable=False, server_default=""),
    ForeignKeyConstraint(
        ["patient_id", "entry_id"],
        ["diary_entries.patient_id", "diary_entries.entry_id"],
        name="fk_pain_marks_entry",
    ),
    between("region", 0, 73),
    between("intensity", 0, 10),
    one_of("depth", ("", "surface", "deep")),
)

entry_changes = Table(  # append-only: why an entry no longer counts
    "entry_changes",
    metadata,
    patient(),
    number("entry_id"),
    Column("kind", sa.String(12), nullable=False),
    Column("reason", sa.String(400), nullable=False),
    Column("new_entry_id", sa.Integer),  # the entry that counts instead; empty for a withdrawn one
    Column("user_id", sa.Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Check("length(reason) >= 1", name="change_has_reason"),
    Check("(kind = 'corrected') = (new_entry_id IS NOT NULL)", name="correction_names_entry"),
    one_of("kind", ("corrected", "withdrawn")),
    ForeignKeyConstraint(
        ["patient_id", "entry_id"],
        ["diary_entries.patient_id", "diary_entries.entry_id"],
        name="fk_entry_changes_entry",
    ),
    ForeignKeyConstraint(
        ["patient_id", "new_entry_id"],
        ["diary_entries.patient_id", "diary_entries.entry_id"],
        name="fk_entry_changes_new_entry",
    ),
)

entry_drafts = Table(  # what somebody is filling in
    "entry_drafts",
    metadata,
    patient(),
    Column("author_user_id", sa.Integer, primary_key=True, autoincrement=False),
    Column("corrects_entry_id", sa.Integer, primary_key=True, autoincrement=False, server_default="0"),  # 0: a new one
    Column("content", sa.Text, nullable=False),  # the answers so far, as JSON
    Column("revision", sa.Integer, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    within(),
    length("content", 60_000),
)

medications = Table(
    "medications",
    metadata,
    patient(),
    number("medication_id"),
    Column("medicine", sa.String(200), nullable=False),
    Column("atc", sa.String(8), nullable=False, server_default=""),
    Column("rxnorm", sa.String(16), nullable=False, server_default=""),
    Column("dose", sa.Float),
    Column("unit", sa.String(24), nullable=False, server_default=""),
    Column("route", sa.String(40), nullable=False, server_default=""),
    Column("frequency", sa.String(120), nullable=False, server_default=""),
    Column("as_needed", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("start_day", sa.Date),
    Column("end_day", sa.Date),
    Column("reason_stopped", sa.String(200), nullable=False, server_default=""),
    Column("kind", sa.String(12), nullable=False, server_default="prescribed"),
    *origin(),
    within(),
    Check("length(medicine) >= 1", name="medicine_named"),
    Check("dose > 0", name="dose_positive"),
    Check("end_day >= start_day", name="ends_after_start"),
    one_of("kind", ("prescribed", "reported")),
    one_of("source", SOURCES),
    once("medications"),
)

doses = Table(
    "doses",
    metadata,
    patient(),
    number("dose_id"),
    Column("day", sa.Date),
    Column("at_time", sa.String(5), nullable=False, server_default=""),
    Column("medicine", sa.String(200), nullable=False),
    Column("dose", sa.Float),
    Column("unit", sa.String(24), nullable=False, server_default=""),
    Column("route", sa.String(40), nullable=False, server_default=""),
    Column("as_needed", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("taken", sa.Boolean, nullable=False),
    *origin(),
    Column("entry_id", sa.Integer),  # the entry it was logged with, whose fate it shares
    Column("status", sa.String(12), one_of("status", ENTRY_STATUS), nullable=False, server_default="active"),
    within(),
    Check("length(medicine) >= 1", name="medicine_named"),
    Check("dose > 0", name="dose_positive"),
    Check(f"day {DAY_RANGE}", name="day_possible"),
    clock_time("at_time"),
    one_of("source", SOURCES),
    once("doses"),
    Index("ix_doses_patient_day", "patient_id", "day"),
)

measures = Table(
    "measures",
    metadata,
    patient(),
    number("measure_id"),
    Column("day", sa.Date),
    Column("instrument", sa.String(60), nullable=False),
    Column("score", sa.Float),  # empty: items only, or a score that could not be computed
    Column("unit", sa.String(24), nullable=False, server_default=""),
    Column("items", sa.Text, nullable=False, server_default=""),  # answers in order, joined by , (empty = not answered)
    *origin(),
    Column("status", sa.String(12), one_of("status", MEASURE_STATUS), nullable=False, server_default="active"),
    Column("entered_by", sa.Integer),  # the user who typed it in; empty for what came from elsewhere
    Column("version", sa.String(40), nullable=False, server_default=""),  # of the form or scoring it was made with
    Column("recorded_at", UtcDateTime),  # when it came on record here; empty where only its day is known
    within(),
    Check("length(instrument) >= 1", name="instrument_named"),
    Check(f"day {DAY_RANGE}", name="day_possible"),
    one_of("source", SOURCES),
    once("measures"),
)

events = Table(
    "events",
    metadata,
    patient(),
    number("event_id"),
    Column("day", sa.Date),
    Column("kind", sa.String(40), nullable=False),
    Column("label", sa.String(300), nullable=False, server_default=""),
    *origin(),
    within(),
    Check("length(kind) >= 1", name="kind_named"),
    Check(f"day {DAY_RANGE}", name="day_possible"),
    one_of("source", SOURCES),
    once("events"),
)
