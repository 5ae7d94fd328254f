"""Notes in words: who wrote when, what a pin says, what signing means."""

from datetime import date, datetime

from clinical.diary import Period
from dashboard.presenters.words import day, full_day, span
from data_access.notes import Author, Draft, Note

WHAT_SIGNING_MEANS = (
    "Signing makes this note part of the patient's record, under your name, discipline and the time of signing. "
    "After that nobody can change or remove it, not even you. A correction is a new version with a reason, and both "
    "versions stay readable."
)


def clock_time(instant: datetime) -> str:
    """'14:03:22' where the clinic stands."""
    return f"{instant.astimezone():%H:%M:%S}"


def moment(instant: datetime) -> str:
    """'22 Nov 2026, 14:03' where the clinic stands."""
    local = instant.astimezone()
    return f"{full_day(local.date())}, {local:%H:%M}"


def discipline(of: str) -> str:
    """'Occupational therapy'; 'No discipline' for none."""
    return of.replace("_", " ").capitalize() if of else "No discipline"


def author(of: Author) -> str:
    """'Physiotherapy · M. Physio'."""
    return f"{discipline(of.discipline)} · {of.name}"


def signed(note: Note) -> str:
    """'signed 22 Nov 2026, 14:03'."""
    return f"signed {moment(note.signed_at)}"


def pinned(pin: Period | None, as_of: date) -> str:
    """'pinned to 3 Nov', 'pinned to 3 Nov – 10 Nov 2026', or nothing."""
    if pin is None:
        return ""
    return f"pinned to {day(pin.start, as_of) if pin.start == pin.end else span(pin)}"


def amended(note: Note) -> str:
    """'version 2: wrong side written', or nothing for a first version."""
    return f"version {note.version}: {note.amend_reason}" if note.version > 1 else ""


def saved(draft: Draft | None) -> str:
    """'Draft saved 14:03:22', or what will happen."""
    return f"Draft saved {clock_time(draft.saved_at)}" if draft else "What you type saves itself as a draft."
