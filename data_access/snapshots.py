"""The caseload's row of one patient: why they come up today, and the last four weeks in a strip."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from clinical.change import compare, sample
from clinical.diary import Diary, Period
from clinical.flares import VERSION, Flare, day_of, flare_days, flare_mask, open_flare
from clinical.safety import SafetyItem, open_items
from clinical.triage import TriageFacts, triage
from data_access import diary, events, flares, open_prompts, plan_records, standing
from data_access.tables import patient_days, patient_snapshots, patients, reviews

WINDOW_DAYS = 28
NOT_LOGGED = 255


def refresh(conn: sa.Connection, patient_id: int, as_of: date) -> None:
    """Writes the patient's caseload row as it stands on `as_of`, from derived days and flares."""
    row = {"patient_id": patient_id, **_row(conn, patient_id, as_of)}
    snapshot = patient_snapshots
    if conn.execute(sa.update(snapshot).where(snapshot.c.patient_id == patient_id).values(row)).rowcount == 0:
        conn.execute(sa.insert(snapshot).values(row))


def _row(conn: sa.Connection, patient_id: int, as_of: date) -> dict[str, Any]:
    now = window(as_of)
    days = diary.load(conn, patient_id, Period(now.before().start, now.end))
    episodes = flares.listed(conn, patient_id)
    facts = _facts(conn, patient_id, days, episodes, as_of)
    found = triage(facts)
    current = open_flare(episodes, as_of)
    return {
        "as_of": as_of,
        "detector": VERSION,
        "team_id": _team(conn, patient_id),
        "reason_rank": found.rank,
        "severity": found.severity,
        "also": "|".join(found.also),
        "last_entry_day": facts.last_entry,
        "flare_day_now": day_of(current, as_of) if current else None,
        "next_visit_day": events.next_visit(conn, patient_id, as_of),
        **_four_weeks(days, episodes, as_of),
        **last_review(conn, patient_id),
    }


def window(as_of: date) -> Period:
    """The four weeks that end on `as_of`."""
    return Period(as_of - timedelta(days=WINDOW_DAYS - 1), as_of)


def _four_weeks(days: Diary, episodes: Sequence[Flare], as_of: date) -> dict[str, Any]:
    now = window(as_of)
    current = days.during(now)
    logged = int(current.logged.sum())
    return {
        "pain_mean": sample(days, now).value,
        "pain_mean_before": sample(days, now.before()).value,
        "days_logged": logged,
        "days_logged_before": int(days.during(now.before()).logged.sum()),
        "flare_days": flare_days(days, episodes, now, as_of) if logged else None,
        "regions_median": _median(current["spread"]),
        "sleep_mean": sample(days, now, "sleep_hours").value,
        "strip": _strip(current["pain"]),
        "strip_flare": flare_mask(episodes, now, as_of).astype(np.uint8).tobytes(),
    }


def _median(values: NDArray[np.float32]) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else None


def _strip(pain: NDArray[np.float32]) -> bytes:
    tenths = np.where(np.isnan(pain), NOT_LOGGED, np.round(pain * 10))
    return tenths.astype(np.uint8).tobytes()


def _facts(conn: sa.Connection, patient_id: int, days: Diary, episodes: Sequence[Flare], as_of: date) -> TriageFacts:
    now = window(as_of)
    passed = plan_records.overdue(conn, patient_id, as_of)
    last_entry = _last_entry(conn, patient_id, as_of)
    return TriageFacts(
        as_of=as_of,
        last_entry=last_entry,
        undated_entries=0 if last_entry else diary.undated_count(conn, patient_id),
        pain=compare(sample(days, now), sample(days, now.before())),
        open_flare=open_flare(episodes, as_of) or _open(episodes, "spike", as_of),
        recent_shift=_recent_shift(episodes, now),
        safety=_safety(conn, patient_id, as_of),
        prompts_open=len(open_prompts.listed(conn, patient_id, as_of)),
        overdue_actions=len(passed.actions),
        oldest_due=min(passed.actions, default=None),
        review_due=min(passed.reviews, default=None),
    )


def _safety(conn: sa.Connection, patient_id: int, as_of: date) -> tuple[SafetyItem, ...]:
    said = standing.answers(conn, patient_id), standing.closures(conn, patient_id), standing.scores(conn, patient_id)
    return open_items(*said, as_of)


def _open(episodes: Sequence[Flare], kind: str, as_of: date) -> Flare | None:
    found = [each for each in episodes if each.kind == kind and each.end is None and each.start <= as_of]
    return found[-1] if found else None


def _recent_shift(episodes: Sequence[Flare], now: Period) -> Flare | None:
    found = [each for each in episodes if each.kind == "shift" and now.start <= each.start <= now.end]
    return found[-1] if found else None


def _last_entry(conn: sa.Connection, patient_id: int, as_of: date) -> date | None:
    d = patient_days.c
    query = sa.select(d.day).where(d.patient_id == patient_id, d.entries > 0, d.day <= as_of)
    day: date | None = conn.execute(query.order_by(d.day.desc()).limit(1)).scalar()
    return day


def _team(conn: sa.Connection, patient_id: int) -> int:
    team = conn.execute(sa.select(patients.c.team_id).where(patients.c.patient_id == patient_id)).scalar()
    return team or 0


def last_review(conn: sa.Connection, patient_id: int) -> dict[str, Any]:
    """The day and the person of the last review that was not undone, as columns of the snapshot."""
    r = reviews.c
    query = sa.select(r.day, r.user_id).where(r.patient_id == patient_id, r.undone_at.is_(None))
    row = conn.execute(query.order_by(r.review_id.desc()).limit(1)).one_or_none()
    return {"last_reviewed_day": row.day if row else None, "last_reviewed_by": row.user_id if row else None}
