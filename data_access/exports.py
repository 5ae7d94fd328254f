"""What left the building: each export stored unchanged with its hash, listed, and given again as it was."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from clinical.diary import Period
from data_access.engine import lock_patient
from data_access.tables import exports


@dataclass(frozen=True, slots=True)
class Sent:
    """A finished export on its way out; `format` is pdf, docx, fhir, text or csv.

    `template`, what was `asked` for (as JSON) and `signed_by` are empty for what is no signed document.
    """

    format: str
    file_name: str
    recipient: str
    period: Period
    content: bytes
    template: str = ""
    asked: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """One export without its content; `sha256` of the stored bytes, hexadecimal; `share_id` 0: made alone."""

    export_id: int
    user_id: int
    exported_at: datetime
    format: str
    file_name: str
    recipient: str
    period: Period
    sha256: str
    size: int
    share_id: int = 0
    template: str = ""
    asked: str = ""
    signed_by: str = ""


def store(conn: sa.Connection, patient_id: int, sent: Sent, *, user_id: int, now: datetime) -> Export:
    """The export as stored; the database lets nobody change or remove it."""
    return _insert(conn, patient_id, sent, _next(conn, patient_id), 0, user_id=user_id, now=now)


def store_together(
    conn: sa.Connection, patient_id: int, made: Sequence[Sent], *, user_id: int, now: datetime
) -> list[Export]:
    """One document in several formats, as stored; the number of the first is the `share_id` of all."""
    first = _next(conn, patient_id)
    return [
        _insert(conn, patient_id, sent, first + place, first, user_id=user_id, now=now)
        for place, sent in enumerate(made)
    ]


def _next(conn: sa.Connection, patient_id: int) -> int:
    """The number that comes next; nobody else takes it before this transaction has ended."""
    lock_patient(conn, patient_id)
    last = conn.execute(sa.select(sa.func.max(exports.c.export_id)).where(exports.c.patient_id == patient_id)).scalar()
    return (last or 0) + 1


def _insert(
    conn: sa.Connection, patient_id: int, sent: Sent, export_id: int, share_id: int, *, user_id: int, now: datetime
) -> Export:
    stored = Export(
        export_id=export_id,
        user_id=user_id,
        exported_at=now,
        format=sent.format,
        file_name=sent.file_name,
        recipient=sent.recipient,
        period=sent.period,
        sha256=hashlib.sha256(sent.content).hexdigest(),
        size=len(sent.content),
        share_id=share_id,
        template=sent.template,
        asked=sent.asked,
        signed_by=sent.signed_by,
    )
    conn.execute(sa.insert(exports).values(patient_id=patient_id, content=sent.content, **_columns(stored)))
    return stored


def _columns(stored: Export) -> dict[str, Any]:
    return {
        "export_id": stored.export_id,
        "user_id": stored.user_id,
        "exported_at": stored.exported_at,
        "format": stored.format,
        "file_name": stored.file_name,
        "recipient": stored.recipient,
        "period_start": stored.period.start,
        "period_end": stored.period.end,
        "sha256": stored.sha256,
        "share_id": stored.share_id,
        "template": stored.template,
        "asked": stored.asked,
        "signed_by": stored.signed_by,
    }


def listed(conn: sa.Connection, patient_id: int) -> list[Export]:
    """The exports of one patient, the latest first."""
    x = exports.c
    size = sa.func.length(x.content).label("size")
    kept = [column for column in x if column.name not in ("patient_id", "content")]
    query = sa.select(*kept, size).where(x.patient_id == patient_id).order_by(x.export_id.desc())
    return [_export(row) for row in conn.execute(query)]


def _export(row: sa.Row[*tuple[Any, ...]]) -> Export:
    return Export(
        row.export_id,
        row.user_id,
        row.exported_at,
        row.format,
        row.file_name,
        row.recipient,
        Period(row.period_start, row.period_end),
        row.sha256,
        row.size,
        row.share_id,
        row.template,
        row.asked,
        row.signed_by,
    )


def content(conn: sa.Connection, patient_id: int, export_id: int) -> bytes | None:
    """The bytes that were sent, None where there is no such export. Raises ValueError when they are not what was sent.

    The hash is checked on the way out, so a changed file is never handed out as the one that was sent.
    """
    x = exports.c
    query = sa.select(x.content, x.sha256).where(x.patient_id == patient_id, x.export_id == export_id)
    row = conn.execute(query).one_or_none()
    if row is None:
        return None
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise ValueError("the stored export is not the one that was sent")
    return bytes(row.content)
