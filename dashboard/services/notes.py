"""Notes of the care team: written as a draft that saves itself, signed, from then on never changed, only amended.

A draft belongs to its author and patient, so colleagues write at the same time without touching each other's text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import Connection

from clinical import note_templates
from clinical.body_map import REGION_INDEX
from clinical.diary import Period
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import PERMISSIONS, Permission, Viewer
from dashboard.services import work
from data_access import access, care_plan, notes, patients
from data_access.access import User
from data_access.notes import NEW_NOTE, NO_PINS, Author, Draft, Note, Pins

LONGEST_NOTE = 200_000
"""Characters; more is refused before the database is asked, and the draft saved before stays."""
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Thread:
    """One note with its history: the version that holds, and the earlier ones, latest first."""

    current: Note
    earlier: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What the editor holds: `revision` is the saved draft it started from, 0 for none; `amends` 0 for a new note.

    `template` is a kind of `clinical.note_templates`, '' for free text.
    """

    text: str
    pin: Period | None
    revision: int
    amends: int = NEW_NOTE
    template: str = ""
    pins: Pins = NO_PINS


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
    _require_known(written)
    with work.writing(
        viewer,
        Permission.WRITE_NOTE,
        patient_id,
        action="save draft",
        resource=_resource(written.amends),
        goes_on=True,
    ) as conn:
        there = notes.draft(conn, patient_id, viewer.user_id, written.amends)
        if there is not None and _said(there, there.text) == _said(written, text):
            return there
        _require_goal(conn, patient_id, written.pins.goal)
        return notes.save_draft(
            conn,
            patient_id,
            viewer.user_id,
            text=text,
            pin=written.pin,
            template=written.template,
            pins=written.pins,
            amends=written.amends,
            expected_revision=written.revision,
            now=now,
        )


def _said(what: Draft | Written, text: str) -> tuple[object, ...]:
    return text, what.pin, what.template, what.pins


def _require_known(written: Written) -> None:
    """Raises ExplainedError for a kind of note or a region that there is not."""
    if written.template and written.template not in note_templates.LABELS:
        raise _unknown("This kind of note is not known here.")
    if written.pins.region and written.pins.region not in REGION_INDEX:
        raise _unknown("A note cannot be pinned to this region: the body map has none of that name.")


def _require_goal(conn: Connection, patient_id: int, goal: int | None) -> None:
    """Raises ExplainedError where the note is pinned to a goal that is not this patient's."""
    if goal is not None and not care_plan.has_goal(conn, patient_id, goal):
        raise _unknown("A note cannot be pinned to this goal: the plan has none of that number.")


def _unknown(what: str) -> ExplainedError:
    return ExplainedError(
        what, "The draft saved before is untouched, and your text is still in the editor.", "Choose another, or none."
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
    ask: Sequence[int] = (),
    now: datetime,
) -> Note:
    """The signed note made of the viewer's draft of that revision; the colleagues in `ask` are to countersign it.

    Raises NotPermitted, Conflict, ExplainedError.
    """
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
            _require_asked(conn, viewer, patient_id, ask)
            return notes.sign(
                conn,
                patient_id,
                Author(viewer.user_id, viewer.name, viewer.discipline),
                amends=number,
                reason=reason[:LONGEST_REASON],
                expected_revision=revision,
                expected_version=amends.version if amends else None,
                ask=ask,
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


def who_may_cosign(viewer: Viewer, patient_id: int) -> tuple[User, ...]:
    """The colleagues who can be asked: clinicians with a discipline who may see this patient. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, patient_id, action="view care plan") as conn:
        return _colleagues(conn, viewer, patient_id)


def _colleagues(conn: Connection, viewer: Viewer, patient_id: int) -> tuple[User, ...]:
    head = patients.head(conn, patient_id)
    team = head.team_id if head else None
    return tuple(
        user
        for user in access.users(conn)
        if user.active
        and user.discipline
        and user.user_id != viewer.user_id
        and Permission.COSIGN in PERMISSIONS[user.role]
        and (user.scope == "clinic" or team in user.teams)
    )


def _require_asked(conn: Connection, viewer: Viewer, patient_id: int, ask: Sequence[int]) -> None:
    """Raises ExplainedError where somebody is asked who could not open the note."""
    if ask and not set(ask) <= {user.user_id for user in _colleagues(conn, viewer, patient_id)}:
        raise ExplainedError(
            "Somebody you ask to countersign cannot: they are no clinician of this patient's care team.",
            "Nothing was signed or sent; your draft is saved.",
            "Choose other colleagues, or nobody.",
        )


def ask_cosign(viewer: Viewer, patient_id: int, note: Note, *, ask: Sequence[int], now: datetime) -> None:
    """Ask colleagues to countersign the viewer's own signed note; who was asked before is not asked again.

    Raises NotPermitted, Conflict where an amendment follows, ExplainedError for a note or people that cannot be.
    """
    if note.author.user_id != viewer.user_id:
        raise ExplainedError(
            "Only its author asks for countersignatures of a note.",
            "Nothing was changed.",
            "Ask the author to ask for it.",
        )
    with work.writing(
        viewer, Permission.WRITE_NOTE, patient_id, action="ask to countersign", resource=_resource(note.note_id)
    ) as conn:
        _require_asked(conn, viewer, patient_id, ask)
        notes.request(conn, patient_id, note.note_id, note.version, ask=ask, asked_by=viewer.user_id, now=now)


def cosign(viewer: Viewer, patient_id: int, note: Note, *, remark: str = "", now: datetime) -> None:
    """Countersign that version of a note as somebody who was asked to.

    Raises NotPermitted, Conflict where an amendment follows or it was done before, ExplainedError when not asked.
    """
    if not viewer.discipline:
        raise NotPermitted("countersign notes without a discipline")
    author = Author(viewer.user_id, viewer.name, viewer.discipline)
    said = cleaned(remark)[:LONGEST_REASON]
    try:
        with work.writing(
            viewer, Permission.COSIGN, patient_id, action="countersign note", resource=_resource(note.note_id)
        ) as conn:
            notes.cosign(conn, patient_id, note.note_id, note.version, author=author, remark=said, now=now)
    except LookupError as error:
        raise ExplainedError(
            "You were not asked to countersign this version.",
            "Nothing was signed.",
            "Ask its author to ask you, or write a note of your own.",
        ) from error


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
    "NO_PINS",
    "Conflict",
    "Draft",
    "Note",
    "Pins",
    "Thread",
    "Written",
    "ask_cosign",
    "cleaned",
    "cosign",
    "discard",
    "draft",
    "pin_of",
    "save",
    "sign",
    "threads",
    "too_long",
    "who_may_cosign",
    "why_not_amend",
]
