"""The caseload: one page of patients, worst reason first, read from snapshots alone; and 'mark reviewed'."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from clinical.triage import RANK, REASONS
from data_access import snapshots
from data_access.engine import lock_patient
from data_access.patients import HEAD_COLUMNS, PatientHead, matches
from data_access.tables import care_team_members, patient_snapshots, patients, reviews, users
from data_access.text import folded


@dataclass(frozen=True, slots=True)
class CaseloadScope:
    """Whose patients: those `user_id` cares for (None: anybody's), of those teams (None: the whole clinic)."""

    user_id: int | None = None
    teams: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One patient as the caseload shows them; all values over the 28 days up to `as_of` unless named otherwise.

    `strip` holds pain x 10 per day, oldest first, 255 where not logged; `strip_flare` 1 on flare days.
    """

    head: PatientHead
    as_of: date
    reason_code: str
    severity: float
    also: tuple[str, ...]
    pain_mean: float | None
    pain_mean_before: float | None
    days_logged: int
    days_logged_before: int
    flare_days: int | None
    flare_day_now: int | None
    regions_median: float | None
    sleep_mean: float | None
    last_entry_day: date | None
    strip: bytes
    strip_flare: bytes
    last_reviewed_day: date | None
    last_reviewed_by: int | None
    last_reviewed_name: str | None
    next_visit_day: date | None


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """The rows of one page, how many there are in all with the chosen reason, and how many under each reason."""

    rows: list[CaseloadRow]
    total: int
    counts_by_reason: Mapping[str, int]


_SNAPSHOT = (
    "as_of", "severity", "pain_mean", "pain_mean_before", "days_logged", "days_logged_before", "flare_days",
    "flare_day_now", "regions_median", "sleep_mean", "last_entry_day", "strip", "strip_flare", "last_reviewed_day",
    "last_reviewed_by", "next_visit_day",
)  # fmt: skip


def page(
    conn: sa.Connection, scope: CaseloadScope, reason: str | None = None, text: str = "", page: int = 0, size: int = 50
) -> CaseloadPage:
    """Page number `page` (from 0) of the patients in scope whose name or record number fits `text`.

    Worst reason first, inside it the most severe; with `reason` only that group. The counts ignore `reason`.
    """
    chosen = _in_scope(scope, folded(text))
    counts = _counts(conn, chosen, scope)
    s = patient_snapshots.c
    query = chosen.with_only_columns(s.patient_id).order_by(s.reason_rank, s.severity.desc(), s.patient_id)
    if reason is not None:
        query = query.where(s.reason_rank == RANK[reason])
    total = sum(counts.values()) if reason is None else counts[reason]
    return CaseloadPage(_rows(conn, query.limit(size).offset(page * size)), total, counts)


def anybody(conn: sa.Connection, scope: CaseloadScope) -> bool:
    """Whether there is a patient in that scope."""
    return conn.execute(_in_scope(scope, "").limit(1)).first() is not None


_REASONS = sa.select(patient_snapshots.c.reason_rank, patient_snapshots.c.also).where(
    patient_snapshots.c.patient_id == sa.bindparam("patient_id")
)


def reasons(conn: sa.Connection, patient_id: int) -> tuple[str, ...]:
    """The codes of all reasons that hold for one patient, the first one first; () before there is a snapshot."""
    found = conn.execute(_REASONS, {"patient_id": patient_id}).one_or_none()
    return () if found is None else (REASONS[found.reason_rank].code, *(found.also.split("|") if found.also else ()))


def _in_scope(scope: CaseloadScope, wanted: str) -> sa.Select[int]:
    s = patient_snapshots.c
    query = sa.select(s.patient_id)
    if scope.teams is not None:
        query = query.where(s.team_id.in_(sorted(scope.teams)))
    if scope.user_id is not None:
        m = care_team_members.c
        query = query.where(s.patient_id.in_(sa.select(m.patient_id).where(m.user_id == scope.user_id)))
    if wanted:
        query = query.where(s.patient_id.in_(sa.select(patients.c.patient_id).where(matches(wanted))))
    return query


def _counts(conn: sa.Connection, chosen: sa.Select[int], scope: CaseloadScope) -> dict[str, int]:
    s = patient_snapshots.c
    # By team as well where teams are asked for: then the index over teams answers alone.
    groups = (s.reason_rank,) if scope.teams is None else (s.team_id, s.reason_rank)
    query = chosen.with_only_columns(s.reason_rank, sa.func.count().label("people")).group_by(*groups)
    counts = dict.fromkeys((reason.code for reason in REASONS), 0)
    for row in conn.execute(query):
        counts[REASONS[row.reason_rank].code] += row.people
    return counts


def _rows(conn: sa.Connection, numbers: sa.Select[int]) -> list[CaseloadRow]:
    s = patient_snapshots.c
    # First the numbers from the index alone, then the fifty rows: the wide rows of ten thousand are never touched.
    chosen = numbers.subquery()
    query = (
        sa.select(
            *HEAD_COLUMNS, s.reason_rank, s.also, users.c.name.label("reviewer"), *(s[name] for name in _SNAPSHOT)
        )
        .select_from(patient_snapshots)
        .join(chosen, chosen.c.patient_id == s.patient_id)
        .join(patients, patients.c.patient_id == s.patient_id)
        .outerjoin(users, users.c.user_id == s.last_reviewed_by)
        .order_by(s.reason_rank, s.severity.desc(), s.patient_id)
    )
    return [_row(row) for row in conn.execute(query)]


def _row(row: sa.Row[*tuple[Any, ...]]) -> CaseloadRow:
    head_length = len(HEAD_COLUMNS)
    rank, also, reviewer, *values = row[head_length:]
    return CaseloadRow(
        head=PatientHead(*row[:head_length]),
        reason_code=REASONS[rank].code,
        also=tuple(also.split("|")) if also else (),
        last_reviewed_name=reviewer,
        **dict(zip(_SNAPSHOT, values, strict=True)),
    )


def mark_reviewed(conn: sa.Connection, patient_id: int, user_id: int, *, now: datetime, as_of: date) -> None:
    """Records that this user looked at the patient on `as_of`."""
    lock_patient(conn, patient_id)
    r = reviews.c
    last = conn.execute(sa.select(sa.func.max(r.review_id)).where(r.patient_id == patient_id)).scalar()
    row = {"patient_id": patient_id, "review_id": (last or 0) + 1, "user_id": user_id, "day": as_of}
    conn.execute(sa.insert(reviews).values(row | {"reviewed_at": now}))
    _show_last_review(conn, patient_id)


def undo_review(conn: sa.Connection, patient_id: int, user_id: int, *, now: datetime, as_of: date) -> bool:
    """Whether this user had a review of the same day to take back; the row stays, marked as undone."""
    lock_patient(conn, patient_id)
    r = reviews.c
    mine = sa.and_(r.patient_id == patient_id, r.user_id == user_id, r.day == as_of, r.undone_at.is_(None))
    latest = conn.execute(sa.select(sa.func.max(r.review_id)).where(mine)).scalar()
    if latest is None:
        return False
    undone = sa.update(reviews).where(r.patient_id == patient_id, r.review_id == latest)
    conn.execute(undone.values(undone_at=now))
    _show_last_review(conn, patient_id)
    return True


def _show_last_review(conn: sa.Connection, patient_id: int) -> None:
    shown = sa.update(patient_snapshots).where(patient_snapshots.c.patient_id == patient_id)
    conn.execute(shown.values(snapshots.last_review(conn, patient_id)))
