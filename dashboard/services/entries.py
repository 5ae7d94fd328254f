"""Diary entries filled in with the patient: a draft that saves itself, one entry from it, corrected or withdrawn later.

Two windows of one person share a draft: what each of them changed is put together; where both changed the same answer,
nothing is overwritten and the person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from clinical.record import Medicine
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import entry_carrying, entry_fields, entry_holding, entry_medicines, work
from dashboard.services.entry_carrying import Waiting
from dashboard.services.entry_fields import Fields
from dashboard.services.entry_holding import Held
from data_access import access, entries, entry_drafts, patients
from data_access.entries import LONGEST_REASON, Added, Filled, Listed, Writer
from data_access.entry_drafts import NEW_ENTRY
from data_access.records import DoseRecord, EntryRecord

SHOWN = 8
"""Entries listed before one asks for more."""
_LONG_AGO = timedelta(days=365)
"""An entry of a day further back is saved once the person said that the day is meant."""
_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a window sends: its fields, those it began from, and the entry they correct (0: a new one).

    `meant` is a day more than a year back that the person said is meant.
    """

    fields: Fields
    base: Fields
    corrects: int = NEW_ENTRY
    meant: date | None = None


class DayToConfirm(ExplainedError):
    """The entry is about a day more than a year back, and nobody said yet that it is meant."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"{day.day} {day:%b %Y} is more than a year back.",
            "Nothing was saved as an entry yet; what you filled in is still here.",
            "If that day is meant, press Save once more; if not, correct the day.",
        )
        self.day = day


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

    `day` is the one that the form is about and `logged` the doses on record of it; `counts` the entry that counts
    instead of one that was corrected meanwhile; `waiting` corrections begun and left, while none is open.
    `names` are those of the staff, by number; `more` whether there are older entries than those listed.
    """

    held: Held
    corrected: Listed | None
    counts: Listed | None
    waiting: tuple[Waiting, ...]
    day: date
    medicines: tuple[Medicine, ...]
    logged: tuple[DoseRecord, ...]
    last_map: EntryRecord | None
    listed: tuple[Listed, ...]
    more: bool
    names: dict[int, str]


def page(
    viewer: Viewer, patient_id: int, *, corrects: int, shown: int, as_of: date, up_to: date | None = None
) -> EntryPage:
    """Everything the page needs, entries of the day `up_to` and before where one is given, else those recorded last.

    Raises NotPermitted; an entry that is not there is not there to correct.
    """
    with work.reading(viewer, Permission.ADD_ENTRY, patient_id, action="view entries") as conn:
        corrected = entries.one(conn, patient_id, corrects) if corrects else None
        held = entry_holding.held(conn, viewer, patient_id, corrects if corrected else NEW_ENTRY)
        listed = entries.latest(conn, patient_id, shown + 1, up_to=up_to)
        day = _day_meant(conn, patient_id, held, corrected, as_of)
        return EntryPage(
            held=held,
            corrected=corrected,
            counts=entry_carrying.counts_now(conn, patient_id, corrected) if corrected else None,
            waiting=() if corrected else entry_carrying.waiting(conn, viewer, patient_id),
            day=day,
            medicines=entry_medicines.offered(conn, patient_id, day, fields=held.fields, corrected=corrected),
            logged=tuple(entries.doses_on(conn, patient_id, day, but_of=corrected.entry_id if corrected else 0)),
            last_map=entries.last_map(conn, patient_id, day),
            listed=tuple(listed[:shown]),
            more=len(listed) > shown,
            names={user.user_id: user.name for user in access.users(conn)},
        )


def _correctable(conn: Connection, patient_id: int, corrects: int) -> Listed | None:
    found = entries.one(conn, patient_id, corrects) if corrects else None
    return found if found is not None and found.change is None else None


def _day_meant(conn: Connection, patient_id: int, held: Held, corrected: Listed | None, as_of: date) -> date:
    """The day the form is about: the one chosen, else that of the corrected entry; today where it cannot be."""
    chosen = held.fields.get("day")
    day = date.fromisoformat(chosen) if chosen else (corrected.entry.day if corrected else None)
    head = patients.head(conn, patient_id)
    born = (head.birth_date if head else None) or _FIRST_DAY
    return day if day is not None and born <= day <= as_of else as_of


def save(viewer: Viewer, patient_id: int, sent: Sent, *, now: datetime) -> Outcome:
    """The draft with what the window changed. Raises ExplainedError when it is too long to keep."""
    with work.writing(
        viewer, Permission.ADD_ENTRY, patient_id, action="save entry draft", resource=_resource(sent), goes_on=True
    ) as conn:
        return _put_together(conn, viewer, patient_id, sent, now)


def _put_together(conn: Connection, viewer: Viewer, patient_id: int, sent: Sent, now: datetime) -> Outcome:
    there = entry_holding.held(conn, viewer, patient_id, sent.corrects)
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
    changed = replace(there, fields=fields)
    return Outcome("draft", entry_holding.keep(conn, viewer, patient_id, sent.corrects, changed, now))


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
    action, told = "correct entry" if sent.corrects else "add entry", work.Told()
    try:
        with work.writing(
            viewer, Permission.ADD_ENTRY, patient_id, action=action, resource=_resource(sent), detail=told
        ) as conn:
            together = _put_together(conn, viewer, patient_id, sent, now)
            if together.kind != "draft":
                raise _NothingWritten(together)
            sure = replace(sent, fields=together.held.fields)
            added = _write(conn, patient_id, sure, Writer(viewer.user_id, now, as_of))
            entry_drafts.discard_draft(conn, patient_id, viewer.user_id, corrects=sent.corrects)
            if added.again:
                raise _NothingWritten(Outcome("gone", Held({}), entry_id=added.entry_id))
            told.words = f"entry {added.entry_id}{' instead' if sent.corrects else ''}"
            return Outcome("saved", Held({}), entry_id=added.entry_id)
    except _NothingWritten as nothing:
        return nothing.outcome


def _write(conn: Connection, patient_id: int, sent: Sent, writer: Writer) -> Added:
    corrects, fields = sent.corrects, sent.fields
    old = _correctable(conn, patient_id, corrects)
    if corrects and old is None:
        raise Conflict(
            "The entry you are correcting was corrected or withdrawn in the meantime.",
            "Nothing was written; what you filled in is still here.",
            "Choose above what to do with it; the list below shows what became of that entry.",
        )
    day = _day_meant(conn, patient_id, Held(fields), old, writer.as_of)
    medicines = entry_medicines.offered(conn, patient_id, day, fields=fields, corrected=old)
    filled = entry_fields.filled(fields, medicines, now=writer.now, as_of=writer.as_of)
    _require_meant(filled, old, sent.meant, writer.as_of)
    if old is None:
        return entries.add(conn, patient_id, filled, writer)
    return entries.correct(
        conn, patient_id, corrects, _corrected(filled, old, medicines), reason=_reason(fields), writer=writer
    )


def _require_meant(filled: Filled, old: Listed | None, meant: date | None, as_of: date) -> None:
    day = filled.entry.day
    known = day in (meant, old.entry.day if old else None)
    if day is not None and day < as_of - _LONG_AGO and not known:
        raise DayToConfirm(day)


def _corrected(filled: Filled, old: Listed, medicines: Sequence[Medicine]) -> Filled:
    entry = entry_fields.completed(filled.entry, old)
    return replace(filled, entry=entry, doses=filled.doses + entry_fields.carried(old, medicines, entry))


def _reason(fields: Fields) -> str:
    return required_reason(str(fields.get("reason", "")))


def required_reason(text: str, of: str = "correction") -> str:
    """The reason without spaces around it. Raises ExplainedError where there is none, or one too long to keep."""
    reason = " ".join(text.split())
    if 1 <= len(reason) <= LONGEST_REASON:
        return reason
    raise ExplainedError(
        f"A {of} needs a reason." if not reason else f"The reason is longer than {LONGEST_REASON} characters.",
        "Nothing was written; what you filled in is still here.",
        "Say in a few words why; it stays with the entry.",
    )


def withdraw(viewer: Viewer, patient_id: int, entry_id: int, *, reason: str, now: datetime, as_of: date) -> None:
    """That entry counts no more, for that reason; it stays on record. Raises NotPermitted, Conflict, ExplainedError."""
    said = required_reason(reason, "withdrawal")
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
    "DayToConfirm",
    "EntryPage",
    "Held",
    "Listed",
    "Outcome",
    "Sent",
    "Waiting",
    "add",
    "discard",
    "page",
    "required_reason",
    "save",
    "withdraw",
]
