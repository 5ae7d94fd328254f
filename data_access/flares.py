"""Flare episodes of one patient: those the detector found, with the clinician's verdicts laid over them.

The detector's rows are derived and may be rebuilt at any time; verdicts are append-only, the latest one counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from clinical.flares import Flare
from data_access import patients
from data_access.engine import lock_patient
from data_access.tables import flare_verdicts, patient_days
from data_access.tables import flares as flare_rows

SAME_EPISODE = timedelta(days=3)
"""A verdict follows its episode when later entries move the detected start by no more than this."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clinician said about the episode that was detected to start on `flare_start`."""

    flare_start: date
    verdict: Literal["confirmed", "not_a_flare", "dates_changed"]
    reason: str
    new_start: date | None
    new_end: date | None
    user_id: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class JudgedFlare:
    """An episode as it counts now (dates moved where a verdict says so), and the verdict, None before there is one.

    `detected` is the episode as it was found; `history` every verdict on it, oldest first: the last one counts.
    """

    flare: Flare
    verdict: Verdict | None
    detected: Flare
    history: tuple[Verdict, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it counts as an episode: everything but what was said not to be one."""
        return self.verdict is None or self.verdict.verdict != "not_a_flare"


def listed(conn: sa.Connection, patient_id: int) -> list[Flare]:
    """The episodes that count, in order of start: dismissed ones left out, changed dates applied."""
    return [each.flare for each in judged(conn, patient_id) if each.counts]


def judged(conn: sa.Connection, patient_id: int) -> list[JudgedFlare]:
    """Every detected episode with its latest verdict, dismissed ones too, in order of start."""
    matched = _matched(detected(conn, patient_id), verdicts(conn, patient_id))
    result = [_judged(conn, patient_id, each, given) for each, given in matched]
    return sorted(result, key=lambda each: each.flare.start)


def _judged(conn: sa.Connection, patient_id: int, found: Flare, given: tuple[Verdict, ...]) -> JudgedFlare:
    verdict = given[-1] if given else None
    return JudgedFlare(_moved(conn, patient_id, found, verdict), verdict, found, given)


def detected(conn: sa.Connection, patient_id: int) -> list[Flare]:
    """The episodes as the detector left them, in order of start."""
    f = flare_rows.c
    query = sa.select(
        f.kind, f.start_day, f.end_day, f.peak_day, f.peak_pain, f.usual_pain, f.signals,
        f.days_logged, f.days_missing, f.rule,
    )  # fmt: skip
    return [_flare(row) for row in conn.execute(query.where(f.patient_id == patient_id).order_by(f.flare_id))]


def _flare(row: sa.Row[*tuple[Any, ...]]) -> Flare:
    return Flare(
        kind=row.kind,
        start=row.start_day,
        end=row.end_day,
        peak=row.peak_day,
        peak_pain=row.peak_pain,
        usual_pain=row.usual_pain,
        signals=tuple(row.signals.split("|")) if row.signals else (),
        days_logged=row.days_logged,
        days_missing=row.days_missing,
        rule=row.rule,
    )


def verdicts(conn: sa.Connection, patient_id: int) -> list[Verdict]:
    """Every verdict ever given, oldest first."""
    v = flare_verdicts.c
    query = sa.select(v.flare_start, v.verdict, v.reason, v.new_start, v.new_end, v.user_id, v.given_at)
    return [Verdict(*row) for row in conn.execute(query.where(v.patient_id == patient_id).order_by(v.verdict_id))]


def give_verdict(conn: sa.Connection, patient_id: int, verdict: Verdict) -> None:
    """Adds a verdict; an earlier one stays on record. The caller refreshes the snapshot in the same transaction."""
    lock_patient(conn, patient_id)
    v = flare_verdicts.c
    last = conn.execute(sa.select(sa.func.max(v.verdict_id)).where(v.patient_id == patient_id)).scalar()
    conn.execute(
        sa.insert(flare_verdicts).values(
            patient_id=patient_id,
            verdict_id=(last or 0) + 1,
            flare_start=verdict.flare_start,
            verdict=verdict.verdict,
            reason=verdict.reason,
            new_start=verdict.new_start,
            new_end=verdict.new_end,
            user_id=verdict.user_id,
            given_at=verdict.given_at,
        )
    )
    patients.changed(conn, patient_id)


def _matched(found: Sequence[Flare], given: Iterable[Verdict]) -> list[tuple[Flare, tuple[Verdict, ...]]]:
    """Each episode with the verdicts on it, oldest first; one verdict never speaks about two episodes."""
    of: dict[date, list[Verdict]] = {each.start: [] for each in found}
    for verdict in given:
        start = _meant(verdict.flare_start, of)
        if start is not None:
            of[start].append(verdict)
    return [(each, tuple(of[each.start])) for each in found]


def _meant(start: date, starts: Collection[date]) -> date | None:
    """The start of the episode that a verdict is about: the same day, else the nearest within a few."""
    if start in starts:
        return start
    near = [each for each in starts if abs(each - start) <= SAME_EPISODE]
    return min(near, key=lambda each: abs(each - start)) if near else None


def _moved(conn: sa.Connection, patient_id: int, flare: Flare, verdict: Verdict | None) -> Flare:
    if verdict is None or verdict.verdict != "dates_changed":
        return flare
    start, end = verdict.new_start or flare.start, verdict.new_end
    d = patient_days.c
    query = sa.select(d.day, d.pain, d.entries).where(d.patient_id == patient_id, d.day >= start)
    days = conn.execute((query if end is None else query.where(d.day <= end)).order_by(d.day)).fetchall()
    logged = [row.day for row in days if row.entries > 0]
    painful = [(row.pain, row.day) for row in days if row.pain is not None]
    peak_pain, peak = max(painful, key=lambda each: each[0], default=(None, start))
    last = end or max(logged, default=start)
    return replace(
        flare,
        start=start,
        end=end,
        peak=peak,
        peak_pain=peak_pain,
        days_logged=len(logged),
        days_missing=(last - start).days + 1 - len(logged),
    )


def store(conn: sa.Connection, patient_id: int, found: Sequence[Flare]) -> bool:
    """Whether the detected episodes differ from those held; if so they take their place."""
    if list(found) == detected(conn, patient_id):
        return False
    conn.execute(sa.delete(flare_rows).where(flare_rows.c.patient_id == patient_id))
    if found:
        rows = [{"patient_id": patient_id, "flare_id": i, **_columns(each)} for i, each in enumerate(found, 1)]
        conn.execute(sa.insert(flare_rows), rows)
    return True


def _columns(flare: Flare) -> dict[str, Any]:
    return {
        "kind": flare.kind,
        "start_day": flare.start,
        "end_day": flare.end,
        "peak_day": flare.peak,
        "peak_pain": flare.peak_pain,
        "usual_pain": flare.usual_pain,
        "signals": "|".join(flare.signals),
        "days_logged": flare.days_logged,
        "days_missing": flare.days_missing,
        "rule": flare.rule,
    }
