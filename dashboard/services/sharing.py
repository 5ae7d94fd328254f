"""Documents on their way out: seen page by page before they are signed, signed as they were seen, stored unchanged.

What is signed is what was looked at: a preview carries a stamp of the record, the order and the day, and a signature on
a stamp that is no longer true is refused. Flareboard sends nothing itself: what became of a document is said by people.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from clinical.diary import Period
from dashboard.errors import Conflict, ExplainedError
from dashboard.periods import Periods
from dashboard.permissions import Permission, Viewer
from dashboard.presenters.words import listed
from dashboard.reports import figures
from dashboard.reports.compose import compose
from dashboard.reports.document import Document, Picture, Section
from dashboard.reports.record import Author, Order
from dashboard.reports.referral import referral
from dashboard.reports.templates import TEMPLATES
from dashboard.reports.typesetting import CannotSet
from dashboard.services import referral_needs, report_record, share_formats, share_history, share_order, work
from dashboard.services.delivery import Delivery
from dashboard.services.kept import Kept
from dashboard.services.referral_needs import Need
from dashboard.services.share_formats import Draft
from dashboard.services.share_history import Share, again, mark, shared
from data_access import diary, exports, patients
from data_access.engine import lock_patient
from data_access.exports import Export, Sent
from data_access.patients import PatientHead

__all__ = [
    "Need",
    "Preview",
    "Share",
    "Stamp",
    "again",
    "make",
    "mark",
    "picture",
    "pictures",
    "prepare",
    "preview",
    "shared",
    "sign",
]
T = TypeVar("T")
TWICE = timedelta(minutes=1)
"""Within it the same person makes one document of one preview, however often they click."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a preview was made of. `parts` are the fingerprints of what is printed, by the title of its section."""

    version: int
    day: date
    asked: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Every page as it would be made now, as PNG; what the document still lacks; and what it was made of."""

    pages: tuple[bytes, ...]
    checklist: tuple[Need, ...]
    stamp: Stamp
    document: Document


_previews: Kept[Preview] = Kept(12)


def preview(viewer: Viewer, patient_id: int, periods: Periods, order: Order, *, as_of: date) -> Preview:
    """The document as it would be made now; nothing is stored. A text too long for it is cut. Raises NotPermitted."""
    with work.reading(viewer, Permission.EXPORT, patient_id, action="prepare export") as conn:
        head = _head(conn, patient_id)
        key = (conn.engine, patient_id, head.data_version, periods, order, viewer, as_of)
        return _previews.get(key, lambda: _preview(_draft(conn, viewer, patient_id, periods, order, as_of), order))


def _preview(draft: Draft, order: Order) -> Preview:
    return Preview(
        _set(lambda: share_formats.pages(draft)),
        referral_needs.needs(draft.record, order),
        _stamp(draft),
        draft.document,
    )


def sign(
    viewer: Viewer,
    patient_id: int,
    periods: Periods,
    order: Order,
    formats: Sequence[str],
    stamp: Stamp,
    *,
    as_of: date,
    now: datetime,
) -> Share:
    """The document in those formats, signed by the viewer and stored unchanged, all in one transaction with its event.

    Signed once more within `TWICE`, it is what was made the first time. Raises NotPermitted; OrderRefused for what
    cannot be signed; Conflict where the record, the order or the day is not that of the preview any more. Nothing is
    stored then.
    """
    share_order.check_signable(order, formats)
    with work.reading(viewer, Permission.SIGN, patient_id, action="prepare export") as conn:
        seen = _as_seen(_draft(conn, viewer, patient_id, periods, order, as_of), stamp)
        signed = replace(seen, document=compose(seen.record, order, seen.author, signed_at=now))
        made = _made(conn, signed, formats, stamp, signed_by=_signature(viewer), now=now)
    return _stored(viewer, Permission.SIGN, patient_id, stamp, made, now=now)


def prepare(
    viewer: Viewer,
    patient_id: int,
    periods: Periods,
    order: Order,
    formats: Sequence[str],
    stamp: Stamp,
    *,
    as_of: date,
    now: datetime,
) -> Share:
    """The document as it was seen, signed by nobody and saying so: for those who may not sign. Raises as `sign`."""
    share_order.check_signable(order, formats)
    with work.reading(viewer, Permission.EXPORT, patient_id, action="prepare export") as conn:
        seen = _as_seen(_draft(conn, viewer, patient_id, periods, order, as_of), stamp)
        made = _made(conn, seen, formats, stamp, signed_by="", now=now)
    return _stored(viewer, Permission.EXPORT, patient_id, stamp, made, now=now)


def make(
    viewer: Viewer,
    patient_id: int,
    period: Period | None,
    order: Order,
    formats: Sequence[str],
    *,
    as_of: date,
    now: datetime,
) -> list[Delivery]:
    """The document in those formats, signed by nobody, stored unchanged: what the command line makes.

    `period` None: everything on record, from the first logged day to today. Raises NotPermitted, OrderRefused.
    """
    share_order.check(order)
    with work.reading(viewer, Permission.EXPORT, patient_id, action="prepare export") as conn:
        days = period or _ever(conn, patient_id, as_of)
        draft = _draft(conn, viewer, patient_id, Periods(days, days.before(), "custom"), order, as_of)
        draft = replace(draft, everything=period is None)
        made = _made(conn, draft, formats, None, signed_by="", now=now)
    share = _stored(viewer, Permission.EXPORT, patient_id, _stamp(draft), made, now=now)
    return [Delivery(export, sent.content) for export, sent in zip(share.files, made, strict=True)]


def _ever(conn: Connection, patient_id: int, as_of: date) -> Period:
    logged = diary.load(conn, patient_id)
    return Period(min(logged.start, as_of), as_of) if len(logged) else Period(as_of, as_of)


def _draft(conn: Connection, viewer: Viewer, patient_id: int, periods: Periods, order: Order, as_of: date) -> Draft:
    record = report_record.read(conn, patient_id, periods, as_of)
    author = Author(viewer.name, viewer.discipline, viewer.user_id)
    first = referral(record, order, author) if TEMPLATES[order.template].summary else None
    return Draft(record, order, author, compose(record, order, author), first)


def _made(
    conn: Connection,
    draft: Draft,
    formats: Sequence[str],
    seen: Stamp | None,
    *,
    signed_by: str,
    now: datetime,
) -> list[Sent]:
    """The document in those formats; `seen`: the preview it was made of, None where there was none."""
    order, number, periods = draft.order, draft.record.head.record_number, draft.record.periods
    asked = share_order.as_json(order, periods, "" if seen is None else _fingerprint(seen))
    return [
        Sent(
            made_as,
            share_order.file_name(order.template, number, draft.record.as_of, made_as),
            order.recipient.strip(),
            periods.now,
            _set(partial(share_formats.make, conn, draft, made_as, now=now)),
            order.template,
            asked,
            signed_by,
        )
        for made_as in share_order.FORMATS
        if made_as in formats
    ]


def _set(make: Callable[[], T]) -> T:
    try:
        return make()
    except CannotSet as error:
        raise ExplainedError(
            "This document could not be set on pages.",
            "Nothing was made or stored; the order and the record are untouched.",
            "Choose another period or fewer sections, and tell the people who run Flareboard.",
        ) from error


def picture(
    viewer: Viewer, patient_id: int, periods: Periods, order: Order, name: str, *, as_of: date, now: datetime
) -> Delivery:
    """That figure of the document with its caption as PNG, stored like everything that leaves. Raises NotPermitted."""
    found = preview(viewer, patient_id, periods, order, as_of=as_of).document
    section, drawn = next((s, b) for s in found.sections for b in pictures(s) if b.name == name)
    content = _set(lambda: figures.png(drawn, heading=f"{section.title} · {found.record_number}"))
    file_name = share_order.file_name(f"{found.template}-{name}", found.record_number, as_of, "png")
    sent = Sent("png", file_name, "", periods.now, content)
    with work.writing(
        viewer, Permission.EXPORT, patient_id, action="export", resource="picture", detail=f"{len(content)} bytes"
    ) as conn:
        return Delivery(exports.store(conn, patient_id, sent, user_id=viewer.user_id, now=now), content)


def pictures(section: Section) -> list[Picture]:
    """The figures of that section."""
    return [block for block in section.blocks if isinstance(block, Picture)]


class _MadeAlready(Exception):
    """Undoes what was begun: a second click asked for what the first one made."""

    def __init__(self, share: Share) -> None:
        self.share = share


def _stored(
    viewer: Viewer, permission: Permission, patient_id: int, stamp: Stamp, made: Sequence[Sent], *, now: datetime
) -> Share:
    """As stored, unless the record moved while it was made; what was made of that preview just before, if it was."""
    try:
        return _stored_now(viewer, permission, patient_id, stamp, made, now=now)
    except _MadeAlready as before:
        return before.share


def _stored_now(
    viewer: Viewer, permission: Permission, patient_id: int, stamp: Stamp, made: Sequence[Sent], *, now: datetime
) -> Share:
    sizes = ", ".join(f"{sent.format} {len(sent.content)} bytes" for sent in made)
    detail = f"{made[0].template}, {made[0].period.start} to {made[0].period.end}: {sizes}"
    act = "sign document" if made[0].signed_by else "export"
    with work.writing(
        viewer, permission, patient_id, action=act, resource=f"document {made[0].template}", detail=detail
    ) as conn:
        lock_patient(conn, patient_id)
        _refuse_twice(conn, viewer, patient_id, made, now)
        if _head(conn, patient_id).data_version != stamp.version:
            raise _changed(())
        stored = exports.store_together(conn, patient_id, made, user_id=viewer.user_id, now=now)
    return share_history.share(stored, (), viewer.name)


def _refuse_twice(conn: Connection, viewer: Viewer, patient_id: int, made: Sequence[Sent], now: datetime) -> None:
    """Raises _MadeAlready where this person made the same of the same preview a moment ago."""
    if not share_order.of_preview(made[0].asked):
        return
    asked_for = _what(made)
    for earlier in share_history.of_person(conn, patient_id, viewer, since=now - TWICE):
        if _what(earlier.files) == asked_for and not earlier.withdrawn:
            raise _MadeAlready(earlier)


def _what(files: Sequence[Sent] | Sequence[Export]) -> tuple[tuple[str, str, str], ...]:
    """What was asked for, the preview included, who signed, and in which formats."""
    return tuple((file.asked, file.signed_by, file.format) for file in files)


def _signature(viewer: Viewer) -> str:
    """'M. Physio, physiotherapy'."""
    discipline = viewer.discipline.replace("_", " ")
    return f"{viewer.name}, {discipline}"[:160] if discipline else viewer.name[:160]


def _stamp(draft: Draft) -> Stamp:
    parts = {section.title: _fingerprint(section) for section in draft.document.sections}
    if draft.first is not None:
        parts["First page"] = _fingerprint(draft.first)
    record = draft.record
    asked = _fingerprint((share_order.as_json(draft.order, record.periods), draft.document.author))
    return Stamp(record.head.data_version, record.as_of, asked, tuple(parts.items()))


def _fingerprint(thing: object) -> str:
    return hashlib.sha256(repr(thing).encode()).hexdigest()


def _as_seen(draft: Draft, seen: Stamp) -> Draft:
    """That draft. Raises Conflict where something is not as it was looked at; says what, where that can be said."""
    now = _stamp(draft)
    if seen == now:
        return draft
    if seen.asked != now.asked:
        raise Conflict(
            "The order, the period or who signs was changed after this preview was drawn.",
            "Nothing was signed or made; everything you typed is still there.",
            "Look at the new preview, then sign.",
        )
    before = dict(seen.parts)
    after = dict(now.parts)
    raise _changed([title for title in {**after, **before} if before.get(title) != after.get(title)])


def _changed(parts: Sequence[str]) -> Conflict:
    where = f" These parts read differently now: {listed(list(parts), 6)}." if parts else ""
    return Conflict(
        f"The record changed since this preview was drawn.{where}",
        "Nothing was signed or made; everything you typed is still there.",
        "Look at the new preview, then sign.",
    )


def _head(conn: Connection, patient_id: int) -> PatientHead:
    head = patients.head(conn, patient_id)
    if head is None:
        raise LookupError("there is no such patient")
    return head
