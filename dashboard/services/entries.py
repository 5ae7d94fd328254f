"""Diary entries filled in with the patient: a draft that saves itself, one entry from it, corrected or withdrawn later.

Two windows of one person share a draft: what each of them changed is put together; where both changed the same answer,
nothing is overwritten and the person decides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from clinical.record import Medicine
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import entry_fields, work
from dashboard.services.entry_fields import Fields
from data_access import access, entries, entry_drafts, medication
from data_access.entries import LONGEST_REASON, Added, Filled, Listed, Writer
from data_access.entry_drafts import LONGEST_CONTENT, NEW_ENTRY, EntryDraft
from data_access.records import EntryRecord

SHOWN = 8
"""Entries listed before one asks for more."""
_WHO_OFFERED = 12
"""Medicines offered at most, those taken as needed first."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is being filled in, as the database holds it; `revision` 0 where nothing is."""

    fields: Fields
    revision: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a window sends: its fields, those it began from, and the entry they correct (0: a new one)."""

    fields: Fields
    base: Fields
    corrects: int = NEW_ENTRY


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. 'gone': it was saved as an entry before; 'conflict': `conflicts` were answered twice."""

    kind: Literal["draft", "saved", "gone", "conflict"]
    held: Held
    conflicts: tuple[str, ...] = ()
    entry_id: int = 0


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What the page shows: the draft, the entry being corrected, medicines to offer, the last map, the latest entries.

    `names` are those of the staff, by number; `more` whether there are older entries than those listed.
    """

    held: Held
    corrected: Listed | None
    medicines: tuple[Medicine, ...]
    last_map: EntryRecord | None
    listed: tuple[Listed, ...]
    more: bool
    names: dict[int, str]


def page(viewer: Viewer, patient_id: int, *, corrects: int, shown: int, as_of: date) -> EntryPage:
    """Everything the page needs. Raises NotPermitted; an entry that no longer counts is not there to correct."""
    with work.reading(viewer, Permission.ADD_ENTRY, patient_id, action="view entries") as conn:
        corrected = _correctable(conn, patient_id, corrects)
        held = _held(conn, viewer, patient_id, corrects if corrected else NEW_ENTRY)
        listed = entries.latest(conn, patient_id, shown + 1)
        return EntryPage(
            held=held,
            corrected=corrected,
            medicines=_medicines(conn, patient_id, _day_of(corrected) or as_of),
            last_map=entries.last_map(conn, patient_id, _draft_day(held) or as_of),
            listed=tuple(listed[:shown]),
            more=len(listed) > shown,
            names={user.user_id: user.name for user in access.users(conn)},
        )


def _correctable(conn: Connection, patient_id: int, corrects: int) -> Listed | None:
    found = entries.one(conn, patient_id, corrects) if corrects else None
    return found if found is not None and found.change is None else None


def _held(conn: Connection, viewer: Viewer, patient_id: int, corrects: int) -> Held:
    return _as_held(entry_drafts.draft(conn, patient_id, viewer.user_id, corrects))


def _as_held(draft: EntryDraft | None) -> Held:
    if draft is None:
        return Held({})
    return Held(entry_fields.cleaned(json.loads(draft.content)), draft.revision, draft.saved_at)


def _day_of(listed: Listed | None) -> date | None:
    return listed.entry.day if listed else None


def _draft_day(held: Held) -> date | None:
    day = held.fields.get("day")
    return date.fromisoformat(day) if day else None


def _medicines(conn: Connection, patient_id: int, day: date) -> tuple[Medicine, ...]:
    """Those that may be taken on that day, those taken as needed first, each name and strength once."""
    running = [m for m in medication.listed(conn, patient_id) if _is_running(m, day)]
    running.sort(key=lambda m: (not m.as_needed, m.start is None, -(m.start or date.min).toordinal(), m.name))
    once: dict[tuple[str, float | None, str, str], Medicine] = {}
    for each in running:
        once.setdefault((each.name.casefold(), each.dose, each.unit, each.route), each)
    return tuple(once.values())[:_WHO_OFFERED]


def _is_running(medicine: Medicine, day: date) -> bool:
    return (medicine.start is None or medicine.start <= day) and (medicine.end is None or medicine.end >= day)


def save(viewer: Viewer, patient_id: int, sent: Sent, *, now: datetime) -> Outcome:
    """The draft with what the window changed. Raises ExplainedError when it is too long to keep."""
    with work.writing(
        viewer, Permission.ADD_ENTRY, patient_id, action="save entry draft", resource=_resource(sent), goes_on=True
    ) as conn:
        return _put_together(conn, viewer, patient_id, sent, now)


def _put_together(conn: Connection, viewer: Viewer, patient_id: int, sent: Sent, now: datetime) -> Outcome:
    there = _held(conn, viewer, patient_id, sent.corrects)
    if there.revision == 0:
        saved = entries.by_token(conn, patient_id, sent.fields.get("token", ""))
        if saved is not None:
            return Outcome("gone", there, entry_id=saved)
    mine, base = (sent.fields, sent.base) if there.revision else (entry_fields.begun(sent.fields, sent.base, now), {})
    fields, both = entry_fields.merged(mine, base, there.fields)
    if both:
        return Outcome("conflict", there, both)
    if fields == there.fields:
        return Outcome("draft", there)
    return Outcome("draft", _keep(conn, viewer, patient_id, sent.corrects, Held(fields, there.revision), now))


def _keep(conn: Connection, viewer: Viewer, patient_id: int, corrects: int, held: Held, now: datetime) -> Held:
    content = json.dumps(held.fields, ensure_ascii=False, separators=(",", ":"))
    if len(content) > LONGEST_CONTENT:
        raise ExplainedError(
            "This note is too long to be kept with an entry, which holds 10,000 characters.",
            "What was saved before is untouched, and your text is still here.",
            "Shorten it, or write it as a note on the Care plan page.",
        )
    saved = entry_drafts.save_draft(
        conn,
        patient_id,
        viewer.user_id,
        content=content,
        corrects=corrects,
        expected_revision=held.revision,
        now=now,
    )
    return Held(held.fields, saved.revision, now)


def discard(viewer: Viewer, patient_id: int, *, corrects: int = NEW_ENTRY) -> None:
    """Throw away what the viewer was filling in. Raises NotPermitted."""
    with work.writing(viewer, Permission.ADD_ENTRY, patient_id, action="discard entry draft") as conn:
        entry_drafts.discard_draft(conn, patient_id, viewer.user_id, corrects=corrects)


class _NothingWritten(Exception):
    """Leaves the transaction without a trace where an entry is not written now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def add(viewer: Viewer, patient_id: int, sent: Sent, *, now: datetime, as_of: date) -> Outcome:
    """The entry made of the draft and what the window changed; the draft is gone in the same transaction.

    Raises NotPermitted, Conflict (its moment is taken) and ExplainedError (what cannot be), with nothing written.
    """
    action = "correct entry" if sent.corrects else "add entry"
    try:
        with work.writing(viewer, Permission.ADD_ENTRY, patient_id, action=action, resource=_resource(sent)) as conn:
            together = _put_together(conn, viewer, patient_id, sent, now)
            if together.kind != "draft":
                raise _NothingWritten(together)
            added = _write(conn, patient_id, sent.corrects, together.held.fields, Writer(viewer.user_id, now, as_of))
            entry_drafts.discard_draft(conn, patient_id, viewer.user_id, corrects=sent.corrects)
            if added.again:
                raise _NothingWritten(Outcome("gone", Held({}), entry_id=added.entry_id))
            return Outcome("saved", Held({}), entry_id=added.entry_id)
    except _NothingWritten as nothing:
        return nothing.outcome


def _write(conn: Connection, patient_id: int, corrects: int, fields: Fields, writer: Writer) -> Added:
    old = _correctable(conn, patient_id, corrects)
    if corrects and old is None:
        raise Conflict(
            "The entry you are correcting was corrected or withdrawn in the meantime.",
            "Nothing was written; what you filled in is still here.",
            "Look at the list below, and correct the entry that counts now if it is still wrong.",
        )
    medicines = _medicines(conn, patient_id, _day_of(old) or writer.as_of)
    filled = entry_fields.filled(fields, medicines, now=writer.now, as_of=writer.as_of)
    if old is None:
        return entries.add(conn, patient_id, filled, writer)
    return entries.correct(
        conn, patient_id, corrects, _corrected(filled, old, medicines), reason=_reason(fields), writer=writer
    )


def _corrected(filled: Filled, old: Listed, medicines: Sequence[Medicine]) -> Filled:
    entry = entry_fields.completed(filled.entry, old)
    return replace(filled, entry=entry, doses=filled.doses + entry_fields.carried(old, medicines, entry))


def _reason(fields: Fields) -> str:
    return required_reason(str(fields.get("reason", "")))


def required_reason(text: str) -> str:
    """The reason without spaces around it. Raises ExplainedError where there is none, or one too long to keep."""
    reason = " ".join(text.split())
    if 1 <= len(reason) <= LONGEST_REASON:
        return reason
    raise ExplainedError(
        "A correction needs a reason." if not reason else f"The reason is longer than {LONGEST_REASON} characters.",
        "Nothing was written; what you filled in is still here.",
        "Say in a few words why; it stays with the entry.",
    )


def withdraw(viewer: Viewer, patient_id: int, entry_id: int, *, reason: str, now: datetime, as_of: date) -> None:
    """That entry counts no more, for that reason; it stays on record. Raises NotPermitted, Conflict, ExplainedError."""
    said = required_reason(reason)
    with work.writing(
        viewer, Permission.ADD_ENTRY, patient_id, action="withdraw entry", resource=f"entry {entry_id}", detail=said
    ) as conn:
        entries.withdraw(conn, patient_id, entry_id, reason=said, writer=Writer(viewer.user_id, now, as_of))


def _resource(sent: Sent) -> str:
    return f"entry {sent.corrects}" if sent.corrects else "new entry"


__all__ = [
    "LONGEST_REASON",
    "NEW_ENTRY",
    "SHOWN",
    "EntryPage",
    "Held",
    "Listed",
    "Outcome",
    "Sent",
    "add",
    "discard",
    "page",
    "required_reason",
    "save",
    "withdraw",
]
