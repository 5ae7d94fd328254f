"""Notes of the care team: drafts that are saved as one types, and signed versions that never change.

A draft belongs to its author and to what it amends (0: a new note), so two people write at once and neither
overwrites the other; its revision tells two windows of the same author apart.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from clinical.diary import Period
from data_access import drafts, note_search, patients
from data_access.cosigning import cosign, cosigns, request
from data_access.engine import lock_patient
from data_access.errors import Conflict
from data_access.note_records import (
    NEW_NOTE,
    NO_PINS,
    Author,
    Cosignature,
    CosignState,
    Draft,
    Note,
    Pins,
)
from data_access.note_search import search
from data_access.tables import note_drafts, note_looks, notes

__all__ = [
    "NEW_NOTE",
    "NO_PINS",
    "Author",
    "CosignState",
    "Cosignature",
    "Draft",
    "Note",
    "Pins",
    "cosign",
    "cosigns",
    "discard_draft",
    "draft",
    "listed",
    "look",
    "request",
    "save_draft",
    "search",
    "sign",
    "sign_text",
]


def listed(conn: sa.Connection, patient_id: int) -> list[Note]:
    """Every signed version of every note, the latest signed first."""
    n = notes.c
    query = sa.select(*n).where(n.patient_id == patient_id).order_by(n.note_id, n.version)
    found = [_note(row) for row in conn.execute(query)]
    last = {note.note_id: note.version for note in found}
    marked = [note if note.version == last[note.note_id] else replace(note, current=False) for note in found]
    return sorted(marked, key=lambda note: (note.signed_at, note.note_id, note.version), reverse=True)


def _note(row: sa.Row[*tuple[Any, ...]]) -> Note:
    return Note(
        note_id=row.note_id,
        version=row.version,
        author=Author(row.author_user_id, row.author_name, row.discipline),
        text=row.text,
        pin=_pin(row.pinned_start, row.pinned_end),
        signed_at=row.signed_at,
        amend_reason=row.amend_reason,
        current=True,
        template=row.template,
        pins=_pins(row),
        meeting_id=row.meeting_id,
    )


def _pins(row: sa.Row[*tuple[Any, ...]]) -> Pins:
    return Pins(row.pinned_flare, row.pinned_goal, row.pinned_region)


def _pin(start: date | None, end: date | None) -> Period | None:
    return Period(start, end or start) if start else None


def draft(conn: sa.Connection, patient_id: int, user_id: int, amends: int = NEW_NOTE) -> Draft | None:
    """What that user is writing about that patient, None when nothing."""
    row = conn.execute(_DRAFT, {"patient": patient_id, "author": user_id, "amends": amends}).one_or_none()
    if row is None:
        return None
    return Draft(
        amends=row.amends_note_id,
        text=row.text,
        pin=_pin(row.pinned_start, row.pinned_end),
        revision=row.revision,
        saved_at=row.saved_at,
        template=row.template,
        pins=_pins(row),
    )


_Wanted = int | sa.BindParameter[Any]


def _of(patient_id: _Wanted, user_id: _Wanted, amends: _Wanted) -> tuple[sa.ColumnElement[bool], ...]:
    d = note_drafts.c
    return d.patient_id == patient_id, d.author_user_id == user_id, d.amends_note_id == amends


_DRAFT = sa.select(*note_drafts.c).where(*_of(*(sa.bindparam(name) for name in ("patient", "author", "amends"))))


def save_draft(  # noqa: PLR0913 - each is a separate part of a draft
    conn: sa.Connection,
    patient_id: int,
    user_id: int,
    *,
    text: str,
    pin: Period | None,
    template: str = "",
    pins: Pins = NO_PINS,
    amends: int = NEW_NOTE,
    expected_revision: int,
    now: datetime,
) -> Draft:
    """The draft as saved, one revision on. `expected_revision` 0: none is there yet. Raises Conflict when it moved."""
    revision = drafts.save(
        conn,
        note_drafts,
        {"patient_id": patient_id, "author_user_id": user_id, "amends_note_id": amends},
        {"text": text, **_about(template, pin, pins)},
        expected_revision=expected_revision,
        now=now,
    )
    if revision is None:
        raise _moved()
    return Draft(amends, text, pin, revision, now, template, pins)


def discard_draft(
    conn: sa.Connection, patient_id: int, user_id: int, *, amends: int = NEW_NOTE, expected_revision: int
) -> None:
    """Removes the draft. Raises Conflict when it moved in the meantime."""
    expected = note_drafts.c.revision == expected_revision
    if conn.execute(sa.delete(note_drafts).where(*_of(patient_id, user_id, amends), expected)).rowcount == 0:
        raise _moved()


def sign(  # noqa: PLR0913 - each is a separate part of a signature
    conn: sa.Connection,
    patient_id: int,
    author: Author,
    *,
    amends: int = NEW_NOTE,
    reason: str = "",
    expected_revision: int,
    expected_version: int | None = None,
    ask: Sequence[int] = (),
    now: datetime,
) -> Note:
    """The signed version made of the author's draft, which is gone in the same transaction.

    An amendment (`amends` a note's number) needs a `reason`; with `expected_version` it must follow that version.
    The users in `ask` are asked to countersign it. Raises Conflict when the draft or the note moved, ValueError for
    an empty text or an amendment without a reason.
    """
    lock_patient(conn, patient_id)
    written = draft(conn, patient_id, author.user_id, amends)
    if written is None or written.revision != expected_revision:
        raise _moved()
    _require_text(written.text)
    note_id, version = _place(conn, patient_id, amends)
    if version > 1 and not reason.strip():
        raise ValueError("an amendment needs a reason")
    if expected_version is not None and version != expected_version + 1:
        raise _amended()
    note = Note(
        note_id,
        version,
        author,
        written.text,
        written.pin,
        now,
        reason.strip(),
        current=True,
        template=written.template,
        pins=written.pins,
        meeting_id=_meeting_of(conn, patient_id, amends),
    )
    _store(conn, patient_id, note)
    discard_draft(conn, patient_id, author.user_id, amends=amends, expected_revision=expected_revision)
    request(conn, patient_id, note_id, version, ask=ask, asked_by=author.user_id, now=now)
    return note


def sign_text(
    conn: sa.Connection,
    patient_id: int,
    author: Author,
    *,
    text: str,
    template: str = "",
    meeting_id: int | None = None,
    now: datetime,
) -> Note:
    """A new note signed without a draft, like a patient's part of a case review. Raises ValueError for no text."""
    lock_patient(conn, patient_id)
    _require_text(text)
    note_id, version = _place(conn, patient_id, NEW_NOTE)
    note = Note(note_id, version, author, text, None, now, "", current=True, template=template, meeting_id=meeting_id)
    _store(conn, patient_id, note)
    return note


def look(conn: sa.Connection, patient_id: int, user_id: int, now: datetime) -> datetime | None:
    """When that user looked at the patient's notes before, None for never; this look is on record from here on."""
    seen = note_looks.c
    own = (seen.patient_id == patient_id, seen.user_id == user_id)
    before: datetime | None = conn.execute(sa.select(seen.looked_at).where(*own)).scalar()
    if before is None or before < now:
        insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
        row = insert(note_looks).values(patient_id=patient_id, user_id=user_id, looked_at=now)
        conn.execute(row.on_conflict_do_update(index_elements=["patient_id", "user_id"], set_={"looked_at": now}))
    return before


def _require_text(text: str) -> None:
    if not text.strip():
        raise ValueError("a note needs a text before it can be signed")


def _store(conn: sa.Connection, patient_id: int, note: Note) -> None:
    conn.execute(sa.insert(notes).values(patient_id=patient_id, **_columns(note)))
    note_search.index(conn, patient_id, note.note_id, note.version, note.text)
    patients.changed(conn, patient_id)


def _meeting_of(conn: sa.Connection, patient_id: int, amends: int) -> int | None:
    """The case review that the amended note tells of: its amendment tells of the same one."""
    n = notes.c
    query = sa.select(n.meeting_id).where(n.patient_id == patient_id, n.note_id == amends, n.version == 1)
    found: int | None = conn.execute(query).scalar()
    return found


def _place(conn: sa.Connection, patient_id: int, amends: int) -> tuple[int, int]:
    n = notes.c
    if amends == NEW_NOTE:
        last = conn.execute(sa.select(sa.func.max(n.note_id)).where(n.patient_id == patient_id)).scalar()
        return (last or 0) + 1, 1
    versions = sa.select(sa.func.max(n.version)).where(n.patient_id == patient_id, n.note_id == amends)
    version = conn.execute(versions).scalar()
    if version is None:
        raise LookupError("there is no such note to amend")
    return amends, version + 1


def _columns(note: Note) -> dict[str, Any]:
    return {
        "note_id": note.note_id,
        "version": note.version,
        "author_user_id": note.author.user_id,
        "author_name": note.author.name,
        "discipline": note.author.discipline,
        "text": note.text,
        "signed_at": note.signed_at,
        "amend_reason": note.amend_reason,
        "meeting_id": note.meeting_id,
        **_about(note.template, note.pin, note.pins),
    }


def _about(template: str, pin: Period | None, pins: Pins) -> dict[str, Any]:
    return {
        "template": template,
        "pinned_start": pin.start if pin else None,
        "pinned_end": pin.end if pin else None,
        "pinned_flare": pins.flare,
        "pinned_goal": pins.goal,
        "pinned_region": pins.region,
    }


def _moved() -> Conflict:
    return Conflict(
        "This draft was changed in another window.",
        "Both texts are safe: the saved one in the database, yours on this screen.",
        "Copy your text, reload to see the saved draft, and join the two.",
    )


def _amended() -> Conflict:
    return Conflict(
        "Somebody else amended this note while you were writing.",
        "Your draft is saved and their version is signed; nothing was overwritten.",
        "Read the new version, adapt your draft, and sign again.",
    )
