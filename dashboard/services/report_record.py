"""What everything that leaves is made from: one patient's record, read inside a piece of work that was let in already.

What the pages show comes from the services of the pages: a document and a screen cannot say two things.
"""

from datetime import date, timedelta

import numpy as np
from sqlalchemy import Connection

from clinical import flares as flares_of
from clinical import outcomes
from clinical.diary import Period
from dashboard.periods import Periods
from dashboard.reports.record import DoseCount, Pages, Record
from dashboard.services import (
    criteria,
    diaries,
    flare_patterns,
    flare_review,
    history,
    lanes,
    markers,
    measures,
    medication_review,
    pain_map,
    pointers,
)
from dashboard.services.timeline import Timeline, timeline
from data_access import access, diary, medication, patients
from data_access.medication import Doses
from data_access.patients import PatientHead

RECENT_DAYS = 28
"""Days whose entries are read for the pain qualities."""


def read(conn: Connection, patient_id: int, periods: Periods, as_of: date) -> Record:
    """The record of that patient as known on `as_of`, with everything a document may say of the period."""
    head = patients.head(conn, patient_id)
    if head is None:
        raise LookupError("there is no such patient")
    logged, known, period = diaries.load(conn, head), history.load(conn, head), periods.now
    doses = medication.doses(conn, patient_id, period)
    review, prompt_answers = medication_review.checked(conn, head, as_of)
    return Record(
        head=head,
        diary=logged,
        periods=periods,
        flares=known.flares,
        timeline=_timeline(conn, head, doses, period, as_of),
        outcomes=outcomes.outcomes(logged, known.flares, known.scores, period, periods.before, as_of),
        scores=known.scores,
        medicines=known.medicines,
        doses=dose_counts(doses),
        conditions=known.conditions,
        allergies=known.allergies,
        plan=known.plan,
        owners={user.user_id: user.name for user in access.users(conn)},
        recent=diary.entries(conn, patient_id, _last_weeks(period)),
        undated=diary.undated(conn, patient_id),
        as_of=as_of,
        answers=known.answers,
        closures=known.closures,
        review=review,
        prompt_answers=prompt_answers,
        notes=known.notes,
        team=patients.care_team(conn, patient_id),
        team_name=access.team_name(conn, head.team_id),
        pages=_pages(conn, head, periods, as_of),
    )


def _timeline(conn: Connection, head: PatientHead, doses: Doses, period: Period, as_of: date) -> Timeline:
    logged, known = diaries.load(conn, head), history.load(conn, head)
    return timeline(
        logged,
        period,
        known.flares,
        usual=flares_of.usual_range(logged, known.flares, period.end),
        lanes=lanes.lanes(known.medicines, doses, period).drawn,
        markers=markers.markers(known.events, known.medicines, known.plan.actions, known.notes, known.flares),
        as_of=as_of,
    )


def _pages(conn: Connection, head: PatientHead, periods: Periods, as_of: date) -> Pages:
    return Pages(
        map=pain_map.of(conn, head, periods, as_of=as_of),
        criteria=criteria.of(conn, head, as_of),
        flares=flare_review.of(conn, head, periods, as_of),
        patterns=flare_patterns.of(conn, head, as_of),
        medication=medication_review.of(conn, head, periods, as_of),
        measures=measures.of(conn, head, periods, as_of),
        pointers=pointers.of(conn, head, as_of),
    )


def _last_weeks(period: Period) -> Period:
    return Period(max(period.start, period.end - timedelta(days=RECENT_DAYS - 1)), period.end)


def dose_counts(doses: Doses) -> dict[str, DoseCount]:
    """Days taken and days logged as not taken, by medicine as it was first written."""
    found: dict[str, DoseCount] = {}
    written = {str(name).casefold(): str(name) for name in reversed(list(doses.medicine))}
    folded = np.array([str(name).casefold() for name in doses.medicine], object)
    for key, name in written.items():
        mine = folded == key
        taken = np.unique(doses.day[mine & doses.taken])
        missed = np.setdiff1d(doses.day[mine & ~doses.taken], taken)
        found[name] = DoseCount(len(taken), len(missed))
    return found
