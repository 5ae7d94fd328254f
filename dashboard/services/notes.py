"""Notes of the care team: written as a draft that saves itself, signed, from then on never changed, only amended.

A draft belongs to its author and patient, so colleagues write at the same time without touching each other's text.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from clinical.diary import Period
from clinical.findings import Action
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import access, care_plan, notes
from data_access.notes import NEW_NOTE, Author, Draft, Note
from data_access.records import GoalRecord

LONGEST_NOTE = 200_000
"""Characters; more is refused before the database is asked, and the draft saved before stays."""
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Thread:
    """One note with its history: the version that holds, and the earlier ones, latest first."""

    current: Note
    earlier: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class CarePlan:
    """What is agreed and what was written: goals, actions with their owners' names, notes (latest signed first)."""

    goals: tuple[GoalRecord, ...]
    actions: tuple[Action, ...]
    owners: dict[int, str]
    threads: tuple[Thread, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What the editor holds: `revision` is the saved draft it started from, 0 for none; `amends` 0 for a new note."""

    text: str
    pin: Period | None
    revision: int
    amends: int = NEW_NOTE


def plan(viewer: Viewer, patient_id: int) -> CarePlan:
    """Goals, actions and signed notes of that patient. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, patient_id, action="view care plan") as conn:
        return CarePlan(
            goals=tuple(care_plan.goals(conn, patient_id)),
            actions=tuple(care_plan.actions(conn, patient_id)),
            owners={user.user_id: user.name for user in access.users(conn)},
            threads=threads(notes.listed(conn, patient_id)),
        )


def threads(listed: list[Note]) -> tuple[Thread, ...]:
    """The notes with their versions put together, the latest signed first."""
    by_note = sorted(listed, key=lambda note: (note.note_id, -note.version))
    found = [Thread(versions[0], versions[1:]) for _, group in groupby(by_note, _number) if (versions := tuple(group))]
    return tuple(sorted(found, key=lambda thread: (thread.current.signed_at, thread.current.note_id), reverse=True))


def _number(note: Note) -> int:
    return note.note_id


def draft(viewer: Viewer, patient_id: int, amends: int = NEW_NOTE) -> Draft | None:
    """What the viewer is writing about that patient, None when nothing. Raises NotPermitted."""
    with work.reading(viewer, Permission.WRITE_NOTE, patient_id, action="open own draft") as conn:
        return notes.draft(conn, patient_id, viewer.user_id, amends)


def save(viewer: Viewer, patient_id: int, written: Written, *, now: datetime) -> Draft:
    """The viewer's draft as saved. Raises Conflict when another window saved first, ExplainedError when too long.

    A save whose answer got lost and is sent again finds its own text there, which is no conflict.
    """
    text = cleaned(written.text)
    if len(text) > LONGEST_NOTE:
        raise too_long(len(text))
    with work.writing(
        viewer,
        Permission.WRITE_NOTE,
        patient_id,
        action="save draft",
        resource=_resource(written.amends),
        goes_on=True,
    ) as conn:
        there = notes.draft(conn, patient_id, viewer.user_id, written.amends)
        if there is not None and (there.text, there.pin) == (text, written.pin):
            return there
        return notes.save_draft(
            conn,
            patient_id,
            viewer.user_id,
            text=text,
            pin=written.pin,
            amends=written.amends,
            expected_revision=written.revision,
            now=now,
        )


def too_long(length: int) -> ExplainedError:
    """The refusal of a text above `LONGEST_NOTE`."""
    return ExplainedError(
        f"This text has {length:,} characters; a note holds {LONGEST_NOTE:,}.",
        "The draft saved before is untouched, and your text is still in the editor.",
        "Shorten it, or write a second note.",
    )


def cleaned(text: str) -> str:
    """The text as it is stored: line ends of one kind, no control characters, nothing no database can hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in lines if c in "\n\t" or (ord(c) >= 0x20 and ord(c) != 0x7F))


def sign(
    viewer: Viewer,
    patient_id: int,
    *,
    revision: int,
    amends: Note | None = None,
    reason: str = "",
    now: datetime,
) -> Note:
    """The signed note made of the viewer's draft of that revision. Raises NotPermitted, Conflict, ExplainedError."""
    refused = why_not_amend(viewer, amends) or _incomplete(amends, reason)
    if not viewer.discipline:
        raise NotPermitted("sign notes without a discipline")
    if refused:
        raise ExplainedError(refused, "Nothing was signed; your draft is saved.", "Complete it and sign again.")
    number = amends.note_id if amends else NEW_NOTE
    try:
        with work.writing(
            viewer, Permission.WRITE_NOTE, patient_id, action="sign note", resource=_resource(number)
        ) as conn:
            return notes.sign(
                conn,
                patient_id,
                Author(viewer.user_id, viewer.name, viewer.discipline),
                amends=number,
                reason=reason[:LONGEST_REASON],
                expected_revision=revision,
                expected_version=amends.version if amends else None,
                now=now,
            )
    except ValueError as error:
        raise ExplainedError(
            "There is no text to sign.", "Nothing was signed.", "Write the note; it saves itself, then sign it."
        ) from error


def _incomplete(amends: Note | None, reason: str) -> str:
    return "An amendment needs a reason." if amends is not None and not reason.strip() else ""


def why_not_amend(viewer: Viewer, note: Note | None) -> str:
    """Why the viewer may not amend that note, or nothing: the author amends, a colleague writes a note of their own."""
    if note is None or note.author.user_id == viewer.user_id:
        return ""
    return "Only its author amends a note; add a note of your own instead."


def discard(viewer: Viewer, patient_id: int, *, revision: int, amends: int = NEW_NOTE) -> None:
    """Throw the viewer's draft of that revision away. Raises NotPermitted, Conflict."""
    with work.writing(
        viewer, Permission.WRITE_NOTE, patient_id, action="discard draft", resource=_resource(amends)
    ) as conn:
        notes.discard_draft(conn, patient_id, viewer.user_id, amends=amends, expected_revision=revision)


def _resource(amends: int) -> str:
    return f"note {amends}" if amends else "new note"


def pin_of(start: str, end: str) -> Period | None:
    """The days a note is pinned to, from ISO texts; an empty end means the one day. Raises ExplainedError."""
    if not start:
        return None
    try:
        return Period(date.fromisoformat(start), date.fromisoformat(end or start))
    except ValueError as error:
        raise ExplainedError(
            "These days cannot be pinned: the last one comes before the first, or a date is not complete.",
            "Your text is still in the editor and is saved as soon as the days are right.",
            "Correct the days, or empty them.",
        ) from error


__all__ = [
    "LONGEST_NOTE",
    "LONGEST_REASON",
    "NEW_NOTE",
    "CarePlan",
    "Conflict",
    "Draft",
    "Note",
    "Thread",
    "Written",
    "cleaned",
    "discard",
    "draft",
    "pin_of",
    "plan",
    "save",
    "sign",
    "threads",
    "too_long",
    "why_not_amend",
]
