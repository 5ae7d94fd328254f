"""Countersigning: colleagues are asked for one version of a note and sign exactly that one.

An amendment is a new version: what was countersigned before stays with the version it was given for.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data_access import patients
from data_access.engine import lock_patient
from data_access.errors import Conflict
from data_access.note_records import Author, Cosignature, CosignState
from data_access.tables import cosign_requests, cosignatures, notes, users


def request(
    conn: sa.Connection,
    patient_id: int,
    note_id: int,
    version: int,
    *,
    ask: Iterable[int],
    asked_by: int,
    now: datetime,
) -> None:
    """Asks those users to countersign that version; who was asked before, or wrote it, is not asked (again).

    Raises Conflict where an amendment follows that version, LookupError where there is no such note.
    """
    lock_patient(conn, patient_id)
    author = _author_of_current(conn, patient_id, note_id, version)
    asked = {state.asked_user_id for state in _of_version(conn, patient_id, note_id, version)}
    new = [user_id for user_id in dict.fromkeys(ask) if user_id not in {*asked, author}]
    if not new:
        return
    r = cosign_requests.c
    last = conn.execute(sa.select(sa.func.max(r.request_id)).where(r.patient_id == patient_id)).scalar() or 0
    shared = {"patient_id": patient_id, "note_id": note_id, "version": version, "asked_by": asked_by, "asked_at": now}
    rows = [{**shared, "request_id": last + n, "asked_user_id": user_id} for n, user_id in enumerate(new, start=1)]
    conn.execute(sa.insert(cosign_requests), rows)
    patients.changed(conn, patient_id)


def cosigns(conn: sa.Connection, patient_id: int) -> list[CosignState]:
    """Every request about that patient's notes with what became of it, in the order they were made."""
    return [_state(row) for row in conn.execute(_STATES, {"patient": patient_id})]


def cosign(
    conn: sa.Connection,
    patient_id: int,
    note_id: int,
    version: int,
    *,
    author: Author,
    remark: str = "",
    now: datetime,
) -> Cosignature:
    """The countersignature of who was asked for it.

    Raises Conflict where an amendment followed or it was given already, LookupError where this person was not asked.
    """
    lock_patient(conn, patient_id)
    if _author_of_current(conn, patient_id, note_id, version) == author.user_id:
        raise LookupError("nobody countersigns their own note")
    asked = [s for s in _of_version(conn, patient_id, note_id, version) if s.asked_user_id == author.user_id]
    if not asked:
        raise LookupError("this person was not asked to countersign this version")
    if asked[0].signed is not None:
        raise _given()
    signed = Cosignature(author.name, author.discipline, remark.strip(), now)
    key = {"patient_id": patient_id, "note_id": note_id, "version": version, "user_id": author.user_id}
    said = {"user_name": signed.name, "discipline": signed.discipline, "remark": signed.remark, "signed_at": now}
    conn.execute(sa.insert(cosignatures).values({**key, **said}))
    patients.changed(conn, patient_id)
    return signed


def _of_version(conn: sa.Connection, patient_id: int, note_id: int, version: int) -> list[CosignState]:
    return [s for s in cosigns(conn, patient_id) if (s.note_id, s.version) == (note_id, version)]


def _author_of_current(conn: sa.Connection, patient_id: int, note_id: int, version: int) -> int:
    n = notes.c
    query = sa.select(n.version, n.author_user_id).where(n.patient_id == patient_id, n.note_id == note_id)
    authors = {row.version: row.author_user_id for row in conn.execute(query)}
    if version not in authors:
        raise LookupError("there is no such version of a note")
    if version != max(authors):
        raise _amended()
    return int(authors[version])


def _states() -> sa.Select[*tuple[Any, ...]]:
    r, c, u = cosign_requests.c, cosignatures.c, users.c
    given = sa.and_(
        c.patient_id == r.patient_id, c.note_id == r.note_id, c.version == r.version, c.user_id == r.asked_user_id
    )
    joined = cosign_requests.outerjoin(cosignatures, given).outerjoin(users, u.user_id == r.asked_user_id)
    columns = (r.note_id, r.version, r.asked_user_id, r.asked_at, u.name, c.user_name, c.discipline, c.remark)
    query = sa.select(*columns, c.signed_at).select_from(joined).where(r.patient_id == sa.bindparam("patient"))
    return query.order_by(r.request_id)


_STATES = _states()


def _state(row: sa.Row[*tuple[Any, ...]]) -> CosignState:
    given = row.signed_at is not None
    signed = Cosignature(row.user_name, row.discipline, row.remark, row.signed_at) if given else None
    name = row.name or row.user_name or ""
    return CosignState(row.note_id, row.version, row.asked_user_id, name, row.asked_at, signed)


def _amended() -> Conflict:
    return Conflict(
        "This note was amended in the meantime.",
        "The version you read stays on record as it was, and nothing was countersigned.",
        "Read the new version; its author decides who countersigns it.",
    )


def _given() -> Conflict:
    return Conflict(
        "You have countersigned this version already.",
        "Your countersignature stands as it was given.",
        "Reload to see it.",
    )
