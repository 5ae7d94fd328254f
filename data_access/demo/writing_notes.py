"""Notes of invented people as signed rows, with the words a search compares and who countersigned."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinical.flares import Flare
from data_access import flares
from data_access.demo.clinic_notes import Countersigning, InventedNote
from data_access.rows import put
from data_access.tables import cosign_requests, cosignatures, note_words, notes
from data_access.text import words

Row = dict[str, Any]
RealUser = Callable[[int], int]
NEAR = timedelta(days=7)
"""A planted flare is the found one that starts within a week of it."""


def write(conn: sa.Connection, signed: Sequence[tuple[int, Sequence[InventedNote]]], user: RealUser) -> None:
    """Stores the notes of each patient number, the first version of each; `user` gives the id of a staff number."""
    rows = [row for patient_id, listed in signed for row in _rows(conn, patient_id, listed, user)]
    store(conn, rows)
    asked = [_asked(patient_id, listed, user) for patient_id, listed in signed]
    put(conn, cosign_requests, [request for each in asked for request, _ in each])
    put(conn, cosignatures, [signature for each in asked for _, signature in each if signature])


def store(conn: sa.Connection, rows: Sequence[Row]) -> None:
    """Stores rows of notes with their words."""
    put(conn, notes, rows)
    key = ("patient_id", "note_id", "version")
    put(conn, note_words, [{name: row[name] for name in key} | {"words": words(row["text"])} for row in rows])


def row(patient_id: int, note_id: int, note: InventedNote, author: int) -> Row:
    """One signed note as a row, pinned to days alone."""
    return {
        "patient_id": patient_id,
        "note_id": note_id,
        "version": 1,
        "author_user_id": author,
        "author_name": note.author_name,
        "discipline": note.discipline,
        "text": note.text,
        "pinned_start": note.pinned_start,
        "pinned_end": note.pinned_end or note.pinned_start,
        "signed_at": note.signed_at,
        "amend_reason": "",
        "template": note.template,
        "pinned_flare": None,
        "pinned_goal": note.goal,
        "pinned_region": note.region,
        "meeting_id": None,
    }


def _rows(conn: sa.Connection, patient_id: int, listed: Sequence[InventedNote], user: RealUser) -> Iterator[Row]:
    found = flares.listed(conn, patient_id) if any(note.flare for note in listed) else []
    for number, note in enumerate(listed, 1):
        starts = _found(found, note.flare) if note.flare else None
        yield row(patient_id, number, note, user(note.author)) | {"pinned_flare": starts}


def _found(listed: Sequence[Flare], planted: date) -> date | None:
    near = [each.start for each in listed if abs(each.start - planted) <= NEAR and each.kind == "flare"]
    return min(near, key=lambda start: abs(start - planted), default=None)


def _asked(patient_id: int, listed: Sequence[InventedNote], user: RealUser) -> list[tuple[Row, Row | None]]:
    wanted = [(number, note, note.countersigning) for number, note in enumerate(listed, 1) if note.countersigning]
    return [_request(patient_id, place, *each, user) for place, each in enumerate(wanted, 1)]


def _request(
    patient_id: int, request_id: int, note_id: int, note: InventedNote, by: Countersigning, user: RealUser
) -> tuple[Row, Row | None]:
    key = {"patient_id": patient_id, "note_id": note_id, "version": 1}
    who = {"asked_user_id": user(by.asked), "asked_by": user(note.author), "asked_at": note.signed_at}
    asked = {**key, "request_id": request_id, **who}
    if by.signed_at is None:
        return asked, None
    signature = {**key, "user_id": user(by.asked), "user_name": by.name, "discipline": by.discipline}
    return asked, {**signature, "remark": by.remark, "signed_at": by.signed_at}
