"""The one-page referral summary: shown before it is made, stored unchanged when it is, given again as it was."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from clinical.diary import Period
from dashboard.errors import ExplainedError
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.reports.one_page import OnePage
from dashboard.reports.record import LONGEST_QUESTION, LONGEST_RECIPIENT, Author, Order
from dashboard.reports.referral import referral
from dashboard.services import report_record, work
from data_access import access, exports
from data_access.exports import Export, Sent

FORMAT = "pdf"


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
        record = report_record.read(conn, patient_id, periods, as_of)
    return referral(record, order, Author(viewer.name, viewer.discipline))


def _file_name(page: OnePage, as_of: date) -> str:
    """'referral-FB-00017-2026-11-22.pdf': the record number tells two patients' files apart, no name is in it."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", page.record_number).strip("-")[:40] or "patient"
    return f"referral-{number}-{as_of.isoformat()}.pdf"
