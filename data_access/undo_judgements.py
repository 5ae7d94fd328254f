"""Judgements that people gave since an import, on days, scores and medicines it had added: they rest on it.

Read only. A verdict, a signed note or an assessment stays on record, so what it speaks of must stay as well.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from clinical.flares import flares_of
from clinical.medication.recognising import recognise
from clinical.record import Score
from clinical.safety import Closure, open_items
from data_access import derived, flares, standing
from data_access.flares import JudgedFlare, Verdict
from data_access.plan_records import PlanKind
from data_access.tables import (
    criteria_assessments,
    doses,
    medications,
    notes,
    patient_snapshots,
    plan_changes,
    prompt_answers,
    safety_closures,
)
from data_access.undo_obstacles import STAYS, Laid, Obstacle

_ESTIMATED_OVER = timedelta(days=7)
"""The week up to its day from whose maps the areas of an assessment are estimated."""


def judgements(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    """Every judgement on what the batch had added for that patient."""
    yield from _verdicts(conn, down)
    yield from _notes(conn, down)
    yield from _windows(conn, down)
    yield from _assessments(conn, down)
    yield from _prompts(conn, down)
    yield from _closings(conn, down)


def _verdicts(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    given = [each for each in flares.verdicts(conn, down.patient_id) if each.given_at >= down.since]
    if given and down.felt:
        resting = _resting(conn, down)
        for each in given:
            if each.flare_start in down.felt or any(each in episode.history for episode in resting):
                yield Obstacle(down.patient_id, _told(each), f"given since on days of this file; {STAYS}", _on(each))


def _told(verdict: Verdict) -> str:
    said = {"confirmed": "confirmed", "not_a_flare": "judged not to be one", "dates_changed": "given other dates"}
    return f"verdict on a flare: {said[verdict.verdict]}"


def _on(verdict: Verdict) -> date:
    return verdict.flare_start


def _resting(conn: sa.Connection, down: Laid) -> list[JudgedFlare]:
    """The episodes on days of the batch, and those that would not be found, or not the same, without it."""
    s = patient_snapshots.c
    as_of = conn.execute(sa.select(s.as_of).where(s.patient_id == down.patient_id)).scalar() or date.max
    others = flares_of(derived.without_batch(conn, down.patient_id, down.batch_id), as_of)
    return [
        each
        for each in flares.judged(conn, down.patient_id)
        if each.detected not in others or _among(down, each.flare.start, each.flare.end or as_of)
    ]


def _among(down: Laid, start: date, end: date) -> bool:
    return any(start <= day <= end for day in down.days)


def _notes(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    n = notes.c
    pins = n.pinned_start, n.pinned_end, n.pinned_flare
    query = sa.select(n.signed_at, *pins).where(n.patient_id == down.patient_id, n.signed_at >= down.since)
    rows = conn.execute(query.order_by(n.note_id, n.version)).fetchall()
    flaring = any(row.pinned_flare for row in rows) and down.felt
    starts = {each.flare.start for each in _resting(conn, down)} if flaring else set()
    for row in rows:
        window = row.pinned_start is not None and _among(down, row.pinned_start, row.pinned_end or row.pinned_start)
        if window or row.pinned_flare in starts:
            why = f"pinned to days of this file; {STAYS}"
            yield Obstacle(down.patient_id, "signed note", why, row.signed_at.date())


def _windows(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    """Items of the plan to which days of the batch were pinned as evidence."""
    c = plan_changes.c
    query = sa.select(c.kind, c.before, c.after, c.changed_at)
    since = query.where(c.patient_id == down.patient_id, c.changed_at >= down.since).order_by(c.change_id)
    for row in conn.execute(since):
        pinned = json.loads(row.after).get("evidence")
        before = json.loads(row.before).get("evidence") if row.before else None
        if pinned and pinned != before and _among(down, *(_day(pinned["period"][end]) for end in ("start", "end"))):
            kind: PlanKind = row.kind
            yield Obstacle(down.patient_id, f"evidence of a plan item: {kind}", _EVIDENCE, row.changed_at.date())


_EVIDENCE = "days of this file were pinned to it since, and every revision of the plan stays on record"


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _assessments(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    c = criteria_assessments.c
    own = sa.and_(c.patient_id == down.patient_id, c.assessed_at >= down.since, c.estimate_areas != "")
    for (day,) in conn.execute(sa.select(c.day).where(own).order_by(c.assessment_id)):
        if any(day - _ESTIMATED_OVER < each <= day for each in down.mapped):
            why = f"its areas were estimated from maps of this file; {STAYS}"
            yield Obstacle(down.patient_id, "criteria assessment", why, day)


def _prompts(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    p = prompt_answers.c
    query = sa.select(p.prompt, p.answered_at).where(p.patient_id == down.patient_id, p.answered_at >= down.since)
    rows = conn.execute(query.order_by(p.answer_id)).fetchall()
    names = _medicines(conn, down) if rows else set()
    for row in rows:
        if any(name in row.prompt for name in names):
            why = f"given since on medicines of this file; {STAYS}"
            yield Obstacle(down.patient_id, "answer to a medication prompt", why, row.answered_at.date())


def _medicines(conn: sa.Connection, down: Laid) -> set[str]:
    """The medicines the batch added, as written and by their substances, as the key of a prompt names them."""
    m, d = medications.c, doses.c
    listed = sa.select(m.medicine, m.atc, m.rxnorm, m.route)
    logged = sa.select(d.medicine, sa.literal(""), sa.literal(""), d.route).distinct()
    names: set[str] = set()
    for query, c in ((listed, m), (logged, d)):
        for said in conn.execute(query.where(c.patient_id == down.patient_id, c.batch_id == down.batch_id)):
            drug = recognise(*said)
            names |= {" ".join(said[0].casefold().split()), *(part.substance for part in (drug.parts if drug else ()))}
    return names


def _closings(conn: sa.Connection, down: Laid) -> Iterator[Obstacle]:
    """Closings of a PHQ-9 item 9 that the batch had brought."""
    c = safety_closures.c
    said = c.subject, c.reason, c.closed_through, c.user_name, c.closed_at, c.closure_id
    own = sa.and_(c.patient_id == down.patient_id, c.closed_at >= down.since, c.batch_id.is_(None))
    closings = [Closure(*row) for row in conn.execute(sa.select(*said).where(own).order_by(c.closure_id))]
    pressing = pressing_scores(conn, down) if closings else []
    for closing in closings:
        if any(_closes(closing, score) for score in pressing):
            why = f"given since for a PHQ-9 of this file; {STAYS}"
            yield Obstacle(down.patient_id, "closing of a safety item", why, closing.closed_at.date())


def pressing_scores(conn: sa.Connection, down: Laid) -> list[Score]:
    """The PHQ-9 of the batch whose item 9 is a safety item until a clinician closes it."""
    numbers = down.numbers["measures"]
    brought = [each for each in standing.scores(conn, down.patient_id) if each.measure_id in numbers]
    return [each for each in brought if open_items((), (), [each], date.max)]


def _closes(closing: Closure, score: Score) -> bool:
    dated = score.day is None or score.day <= closing.closed_through
    return dated and any(item.subject == closing.subject for item in open_items((), (), [score], date.max))
