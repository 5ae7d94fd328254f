"""Notes in words: who wrote when, what a pin says, what signing means, who countersigned."""

from collections.abc import Mapping
from datetime import date, datetime

from clinical.body_map import REGION_INDEX
from clinical.diary import Period
from clinical.flares import Flare
from clinical.note_templates import LABELS
from dashboard.presenters import episodes
from dashboard.presenters.regions import places
from dashboard.presenters.words import day, full_day, sentence_case, span
from data_access.access import User
from data_access.notes import Author, CosignState, Draft, Note, Pins

WHAT_SIGNING_MEANS = (
    "Signing makes this note part of the patient's record, under your name, discipline and the time of signing. "
    "After that nobody can change or remove it, not even you. A correction is a new version with a reason, and both "
    "versions stay readable."
)


WHAT_COUNTERSIGNING_MEANS = (
    "Countersigning says that you have read this version and stand behind it, under your name, discipline and the "
    "time. The note itself stays as its author signed it, and nobody can take a countersignature back."
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


def kind(template: str) -> str:
    """'Assessment', 'Telephone'; '' for free text."""
    return LABELS.get(template, sentence_case(template.replace("_", " ")))


def about(pins: Pins, goals: Mapping[int, str], flares: Mapping[date, Flare], as_of: date) -> list[str]:
    """What a note is about beside days: 'Flare from 24 Sep', 'goal: Walk to school', 'front of the left knee'."""
    return [part for part in (_flare(pins.flare, flares, as_of), _goal(pins.goal, goals), region(pins.region)) if part]


def _flare(start: date | None, flares: Mapping[date, Flare], as_of: date) -> str:
    if start is None:
        return ""
    found = flares.get(start)
    return episodes.called(found, as_of) if found else f"flare from {day(start, as_of)}, not in the diary any more"


def _goal(number: int | None, goals: Mapping[int, str]) -> str:
    if number is None:
        return ""
    return f"goal: {goals[number]}" if number in goals else "a goal that is not on the plan any more"


def region(region_id: str) -> str:
    """'front of the left knee', the patient's side; '' for none, and for one that is not of the vocabulary."""
    return places([region_id])[0] if region_id in REGION_INDEX else ""


def colleague(of: User) -> str:
    """'K. Invented, psychology'."""
    return f"{of.name}, {discipline(of.discipline or '').lower()}"


def cosigned(state: CosignState, current: int, reader: int, as_of: date) -> str:
    """'Countersigned by K. Invented, psychology, 3 Nov 2026, 14:03: agreed', or whom it waits for since when.

    `current` is the number of the version that holds, `reader` the user who reads this.
    """
    which = f"Version {state.version}: c" if state.version != current else "C"
    if state.signed is not None:
        given = state.signed
        remark = f": {given.remark}" if given.remark else ""
        by = f"{given.name}, {discipline(given.discipline).lower()}"
        return f"{which}ountersigned by {by}, {moment(given.signed_at)}{remark}"
    if state.version != current:
        return f"Version {state.version} was amended before {state.asked_name} countersigned it"
    whom = "your countersignature" if state.asked_user_id == reader else f"the countersignature of {state.asked_name}"
    return f"Waits for {whom} since {day(state.asked_at.astimezone().date(), as_of)}"


def amended(note: Note) -> str:
    """'version 2: wrong side written', or nothing for a first version."""
    return f"version {note.version}: {note.amend_reason}" if note.version > 1 else ""


def saved(draft: Draft | None) -> str:
    """'Draft saved 14:03:22', or what will happen."""
    return f"Draft saved {clock_time(draft.saved_at)}" if draft else "What you type saves itself as a draft."
