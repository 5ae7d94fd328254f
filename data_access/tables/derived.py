"""Rows that can be rebuilt from source rows at any time (house decision 4)."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint as Check
from sqlalchemy import Column, Index, Table

from data_access.tables.columns import (
    between,
    metadata,
    number,
    one_of,
    patient,
    within,
)

flares = Table(
    "flares",
    metadata,
    patient(),
    number("flare_id"),  # 1.. in order of start
    Column("kind", sa.String(8), nullable=False),
    Column("start_day", sa.Date, nullable=False),
    Column("end_day", sa.Date),  # empty while open
    Column("peak_day", sa.Date, nullable=False),
    Column("peak_pain", sa.Float),
    Column("usual_pain", sa.Float),  # empty when no pain was answered
    Column("signals", sa.String(200), nullable=False),  # joined by |
    Column("days_logged", sa.Integer, nullable=False),
    Column("days_missing", sa.Integer, nullable=False),
    Column("rule", sa.Text, nullable=False),
    within(),
    one_of("kind", ("spike", "flare", "shift")),
)

patient_days = Table(
    "patient_days",
    metadata,
    patient(),
    Column("day", sa.Date, primary_key=True),
    Column("entries", sa.SmallInteger, nullable=False),  # 0: only doses, events or a device's night that day
    Column("pain", sa.Float),  # mean of the day's entries
    Column("pain_worst", sa.Float),
    Column("fatigue", sa.Float),
    Column("interference", sa.Float),
    Column("sleep_hours", sa.Float),
    Column("sleep_quality", sa.Float),
    Column("stress", sa.Float),
    Column("mood", sa.Float),
    Column("stiffness_minutes", sa.Float),
    Column("sensitivity", sa.Float),
    Column("activity", sa.Float),
    Column("flare", sa.Boolean),  # the person's own answer; yes wins over no within a day
    Column("spread", sa.SmallInteger),  # regions in pain; empty when no map was filled in
    Column("rescue_doses", sa.SmallInteger),  # as-needed doses taken; empty on a day with neither entry nor dose
    Column("regions", sa.LargeBinary(74)),  # packed map, worst mark of the day per region; empty when no map
    within(),
    between("pain", 0, 10),
    Check("length(regions) = 74", name="regions_packed"),
)

patient_snapshots = Table(
    "patient_snapshots",
    metadata,
    patient(),
    Column("as_of", sa.Date, nullable=False),
    Column("team_id", sa.Integer, nullable=False),
    Column("reason_rank", sa.SmallInteger, nullable=False),  # clinical.triage.REASONS order, 0 worst
    Column("severity", sa.Float, nullable=False),  # larger is shown first inside a reason
    Column("also", sa.String(200), nullable=False, server_default=""),  # further reasons and marks, joined by |
    Column("pain_mean", sa.Float),
    Column("pain_mean_before", sa.Float),
    Column("days_logged", sa.SmallInteger, nullable=False),  # of the last 28
    Column("days_logged_before", sa.SmallInteger, nullable=False),
    Column("flare_days", sa.SmallInteger),
    Column("flare_day_now", sa.SmallInteger),  # day n of an open flare
    Column("regions_median", sa.Float),
    Column("sleep_mean", sa.Float),
    Column("last_entry_day", sa.Date),
    Column("strip", sa.LargeBinary(28), nullable=False),  # pain x10 per day, 255 = not logged; oldest first
    Column("strip_flare", sa.LargeBinary(28), nullable=False),  # 1 = flare day
    Column("last_reviewed_day", sa.Date),
    Column("last_reviewed_by", sa.Integer),
    Column("next_visit_day", sa.Date),
    Column("detector", sa.SmallInteger, nullable=False, server_default="0"),  # clinical.flares.VERSION of the flares
    within(),
    # The caseload's own index: the one list that crosses patients, and it reads nothing else.
    Index("ix_patient_snapshots_queue", "reason_rank", sa.text("severity DESC"), "patient_id"),
    Index("ix_patient_snapshots_team_queue", "team_id", "reason_rank", sa.text("severity DESC"), "patient_id"),
    Check("length(strip) = 28 AND length(strip_flare) = 28", name="strips_four_weeks"),
)
