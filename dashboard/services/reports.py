"""The one-page referral summary: shown before it is made, stored unchanged when it is, given again as it was."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy import Connection

from clinical import flares as flares_of
from clinical import outcomes
from clinical.diary import Period
from dashboard.errors import ExplainedError
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import LONGEST_QUESTION, LONGEST_RECIPIENT, Author, DoseCount, Order, Record
from dashboard.reports.referral import referral
from dashboard.services import diaries, lanes, markers, medication_review, work
from dashboard.services.timeline import timeline
from data_access import (
    access,
    asked,
    care_plan,
    diary,
    events,
    exports,
    measures,
    medication,
    notes,
    patients,
    plan,
    safety,
)
from data_access import flares as flare_rows
from data_access.exports import Export, Sent
from data_access.medication import Doses

FORMAT = "pdf"
RECENT_DAYS = 28
"""Days whose entries are read for the pain qualities."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An export and its bytes, as stored."""

    export: Export
    content: bytes


@dataclass(frozen=True, slots=True)
class SentLine:
    """One export of the list: what, when, by whom, to whom."""

    export: Export
    sender: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The page as it would be made now, as PNG, and what its reader will miss."""

    picture: bytes
    lacks: tuple[str, ...]


def preview(viewer: Viewer, patient_id: int, periods: Periods, order: Order, *, as_of: date) -> Preview:
    """The page as it would be made now; nothing is stored. A text too long for it is cut. Raises NotPermitted."""
    page = _page(viewer, patient_id, periods, order, as_of)
    return Preview(page.picture(), page.lacks())


def one_page(
    viewer: Viewer,
    patient_id: int,
    period: Period,
    *,
    before: Period | None = None,
    order: Order | None = None,
    as_of: date,
    now: datetime,
) -> Delivery:
    """The page as tagged PDF, stored unchanged with its SHA-256 in the same transaction as its audit event.

    Raises NotPermitted, and ExplainedError where a text does not fit; nothing is stored then.
    """
    wanted = _fitting(order or Order())
    periods = Periods(period, before or period.before(), "custom", before is not None)
    page = _page(viewer, patient_id, periods, wanted, as_of)
    sent = Sent(FORMAT, _file_name(page, as_of), wanted.recipient, period, page.pdf(now=now))
    detail = f"{FORMAT}, {len(sent.content)} bytes, {period.start} to {period.end}"
    with work.writing(
        viewer, Permission.EXPORT, patient_id, action="export", resource="referral summary", detail=detail
    ) as conn:
        export = exports.store(conn, patient_id, sent, user_id=viewer.user_id, now=now)
    return Delivery(export, sent.content)


def sent_before(viewer: Viewer, patient_id: int) -> list[SentLine]:
    """Everything that was made for this patient, the latest first. Raises NotPermitted."""
    with work.reading(viewer, Permission.EXPORT, patient_id, action="list exports") as conn:
        names = {user.user_id: user.name for user in access.users(conn)}
        return [SentLine(one, names.get(one.user_id, "the command line")) for one in exports.listed(conn, patient_id)]


def again(viewer: Viewer, patient_id: int, export_id: int) -> Delivery:
    """An earlier export exactly as it was made, each time on record. Raises NotPermitted, ExplainedError."""
    with work.writing(
        viewer, Permission.EXPORT, patient_id, action="export again", resource=f"export {export_id}"
    ) as conn:
        found = next((one for one in exports.listed(conn, patient_id) if one.export_id == export_id), None)
        content = _unchanged(lambda: exports.content(conn, patient_id, export_id))
    if found is None or content is None:
        raise ExplainedError(
            "There is no such export for this patient.",
            "Nothing was handed out.",
            "Reload the page and choose from the list.",
        )
    return Delivery(found, content)


def _unchanged(read: Callable[[], bytes | None]) -> bytes | None:
    try:
        return read()
    except ValueError as error:
        raise ExplainedError(
            "The stored document is not the one that was made: its fingerprint differs.",
            "It was not handed out; the patient's diary and notes are not touched by this.",
            "Tell the administrator, and ask the recipient for their copy if you need it.",
        ) from error


def _fitting(order: Order) -> Order:
    """The order, whose texts fit page and database. Raises ExplainedError: half a question is another question."""
    texts = (
        ("recipient", order.recipient, LONGEST_RECIPIENT),
        ("reason for referral", order.question, LONGEST_QUESTION),
    )
    for name, text, longest in texts:
        if len(text) > longest:
            raise ExplainedError(
                f"The {name} has {len(text):,} characters; the page holds {longest}.",
                "Nothing was made, and your text is still in its field.",
                "Shorten it, then download.",
            )
    return order


def _page(viewer: Viewer, patient_id: int, periods: Periods, order: Order, as_of: date) -> OnePage:
    with work.reading(viewer, Permission.EXPORT, patient_id, action="prepare export") as conn:
        record = _read(conn, patient_id, periods, as_of)
    return referral(record, order, Author(viewer.name, viewer.discipline))


def _file_name(page: OnePage, as_of: date) -> str:
    """'referral-FB-00017-2026-11-22.pdf': the record number tells two patients' files apart, no name is in it."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", page.record_number).strip("-")[:40] or "patient"
    return f"referral-{number}-{as_of.isoformat()}.pdf"


def _read(conn: Connection, patient_id: int, periods: Periods, as_of: date) -> Record:
    head = patients.head(conn, patient_id)
    if head is None:
        raise LookupError("there is no such patient")
    logged, period = diaries.load(conn, head), periods.now
    found = flare_rows.listed(conn, patient_id)
    medicines, doses = medication.listed(conn, patient_id), medication.doses(conn, patient_id, period)
    agreed, happened = plan.load(conn, patient_id), events.listed(conn, patient_id)
    drawn = timeline(
        logged,
        period,
        found,
        usual=flares_of.usual_range(logged, found, period.end),
        lanes=lanes.lanes(medicines, doses, period).drawn,
        markers=markers.markers(happened, medicines, agreed.actions, notes.listed(conn, patient_id), found),
        as_of=as_of,
    )
    scores = measures.scores(conn, patient_id)
    review, prompt_answers = medication_review.checked(conn, head, as_of)
    return Record(
        head=head,
        diary=logged,
        periods=periods,
        flares=found,
        timeline=drawn,
        outcomes=outcomes.outcomes(logged, found, scores, period, periods.before, as_of),
        scores=scores,
        medicines=medicines,
        doses=dose_counts(doses),
        conditions=care_plan.conditions(conn, patient_id),
        allergies=care_plan.allergies(conn, patient_id),
        plan=agreed,
        owners={user.user_id: user.name for user in access.users(conn)},
        recent=diary.entries(conn, patient_id, _last_weeks(period)),
        undated=diary.undated(conn, patient_id),
        as_of=as_of,
        answers=asked.answers(conn, patient_id),
        closures=safety.closures(conn, patient_id),
        review=review,
        prompt_answers=prompt_answers,
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
