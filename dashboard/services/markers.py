"""What happened when: visits, starts and stops, done actions, signed notes and lasting shifts, as timeline markers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clinical.body_map import REGION_INDEX, REGIONS
from clinical.findings import Action, Event, Medicine
from clinical.flares import Flare
from clinical.plan import Goal
from dashboard.services.timeline import Marker
from data_access.notes import Note

LONGEST_DETAIL = 240

_KINDS = {
    "visit": "Visit",
    "treatment_start": "Treatment started",
    "treatment_stop": "Treatment stopped",
    "life_event": "Life event",
}


def markers(
    events: Sequence[Event],
    medicines: Sequence[Medicine],
    actions: Sequence[Action],
    notes: Sequence[Note],
    flares: Sequence[Flare],
    goals: Sequence[Goal] = (),
) -> tuple[Marker, ...]:
    """Every dated marker; one day's visit and its note stay two markers, a start told twice becomes one.

    A note stands on the days it is pinned to, else on the first day of its flare, else on the day it was signed;
    `goals` name the goal it is about.
    """
    told = list(_medicines(medicines))
    happened = [marker for marker in _events(events) if not _told(marker, medicines)]
    return (*told, *happened, *_actions(actions), *_notes(notes, {g.goal_id: g.title for g in goals}), *_shifts(flares))


def _told(marker: Marker, medicines: Sequence[Medicine]) -> bool:
    """Whether a medicine's own dates already say what this event says."""
    if marker.kind not in ("treatment_start", "treatment_stop"):
        return False
    said = [(m.start if marker.kind == "treatment_start" else m.end, m.name) for m in medicines]
    return any(day == marker.day and name.casefold() in marker.detail.casefold() for day, name in said)


def _events(events: Sequence[Event]) -> Iterable[Marker]:
    for event in events:
        if event.day is not None:
            kind = _KINDS.get(event.kind, event.kind.replace("_", " ").capitalize())
            yield Marker(event.day, event.kind, _label(event, kind), f"{kind}: {event.label}" if event.label else kind)


def _label(event: Event, kind: str) -> str:
    """The event's own label; a visit says that it is one."""
    if event.kind == "visit" and event.label and "visit" not in event.label.casefold():
        return f"{event.label} visit"
    return event.label or kind


def _medicines(medicines: Sequence[Medicine]) -> Iterable[Marker]:
    for medicine in medicines:
        name = medicine.name[:1].upper() + medicine.name[1:]
        dose = f" {medicine.dose:g} {medicine.unit}".rstrip() if medicine.dose is not None else ""
        if medicine.start is not None:
            label = f"{name} started"
            yield Marker(medicine.start, "treatment_start", label, f"{name}{dose} started")
        if medicine.end is not None:
            why = f" ({medicine.reason_stopped})" if medicine.reason_stopped else ""
            yield Marker(medicine.end, "treatment_stop", f"{name} stopped", f"{name}{dose} stopped{why}")


def _actions(actions: Sequence[Action]) -> Iterable[Marker]:
    for action in actions:
        if action.status == "done" and action.done is not None:
            yield Marker(action.done, "action", f"Done: {action.title}", f"Action done: {action.title}")


def _notes(notes: Sequence[Note], goals: Mapping[int, str]) -> Iterable[Marker]:
    for note in notes:
        if note.current:
            kind = f"{note.author.discipline.replace('_', ' ').capitalize()} note"
            detail = ", ".join([kind, *_about(note, goals), f"{note.author.name}: {_first_words(note.text)}"])
            last = note.pin.end if note.pin and note.pin.end > note.pin.start else None
            yield Marker(_note_day(note), "note", kind, detail[:LONGEST_DETAIL], last, note.note_id)


def _note_day(note: Note) -> date:
    return note.pin.start if note.pin else note.pins.flare or note.signed_at.date()


def _about(note: Note, goals: Mapping[int, str]) -> Iterable[str]:
    """What else it is pinned to: 'about a flare', 'about the goal Walk to school', 'Left knee, front'."""
    if note.pins.flare is not None:
        yield "about a flare"
    if note.pins.goal is not None and note.pins.goal in goals:
        yield f"about the goal {goals[note.pins.goal]}"
    if note.pins.region in REGION_INDEX:
        yield REGIONS[REGION_INDEX[note.pins.region]].label


def _first_words(text: str) -> str:
    """The text as one line without its headings, which are the same in every note; with them where nothing else is."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith("#")]
    return " ".join(" ".join(said or lines).replace("**", "").split())


def _shifts(flares: Sequence[Flare]) -> Iterable[Marker]:
    for flare in flares:
        if flare.kind == "shift" and flare.peak_pain is not None and flare.usual_pain is not None:
            way = "Lasting rise" if flare.peak_pain > flare.usual_pain else "Lasting fall"
            detail = f"{way}: usual pain {flare.usual_pain:.0f} before, {flare.peak_pain:.0f} from here"
            yield Marker(flare.start, "shift", way, detail)
