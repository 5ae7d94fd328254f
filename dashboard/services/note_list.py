"""The signed notes of one patient as somebody reads them: those asked for, those new to them, and who countersigned."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from clinical.flares import Flare
from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import history, note_looks, work
from dashboard.services.notes import Thread, threads
from data_access import note_search, notes, patients
from data_access.notes import CosignState, Note


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes are asked for; nothing set means all. `awaiting`: those the viewer is asked to countersign."""

    discipline: str = ""
    unread: bool = False
    awaiting: bool = False
    text: str = ""
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotesView:
    """The notes asked for, the latest signed first, and what is said beside them.

    `signed` counts all of the patient; `by_discipline`, `unread` and `awaiting` those that hold the words searched for.
    """

    wanted: Wanted
    found: tuple[Thread, ...]
    signed: int
    by_discipline: Mapping[str, int]
    unread: frozenset[int]
    awaiting: frozenset[int]
    cosigns: Mapping[int, tuple[CosignState, ...]]
    goals: Mapping[int, str]
    flares: Mapping[date, Flare]

    @property
    def matching(self) -> int:
        """How many hold the words searched for, of whichever discipline."""
        return sum(self.by_discipline.values())


def view(viewer: Viewer, patient_id: int, wanted: Wanted, *, now: datetime) -> NotesView:
    """The notes of that patient which the viewer asked for. Raises NotPermitted."""
    looked = note_looks.since(viewer, patient_id, now=now)
    with work.reading(viewer, Permission.VIEW_PATIENT, patient_id, action="view care plan") as conn:
        head = patients.head(conn, patient_id)
        if head is None:  # which `reading` has refused already
            raise NotPermitted(Permission.VIEW_PATIENT.value)
        record = history.load(conn, head)
        states = notes.cosigns(conn, patient_id)
        hits = notes.search(conn, patient_id, wanted.text) if note_search.terms(wanted.text) else None
    every = threads(list(record.notes))
    matching = [t for t in every if hits is None or t.current.note_id in hits]
    unread = frozenset(t.current.note_id for t in matching if _is_unread(t, viewer, looked))
    awaiting = frozenset(t.current.note_id for t in matching if _awaits(t, viewer, states))
    return NotesView(
        wanted=wanted,
        found=tuple(t for t in matching if _is_wanted(t, wanted, unread, awaiting)),
        signed=len(every),
        by_discipline=Counter(t.current.author.discipline for t in matching),
        unread=unread,
        awaiting=awaiting,
        cosigns=_by_note(states),
        goals={goal.goal_id: goal.title for goal in record.plan.goals},
        flares={flare.start: flare for flare in record.flares},
    )


def current(viewer: Viewer, patient_id: int, note_id: int) -> Note | None:
    """The version of that note that holds, None where there is no such note. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, patient_id, action="view care plan") as conn:
        listed = notes.listed(conn, patient_id)
    return next((note for note in listed if note.note_id == note_id and note.current), None)


def _is_unread(thread: Thread, viewer: Viewer, looked: datetime | None) -> bool:
    """Whether a colleague signed the version that holds since the viewer looked; before the first look, ever."""
    note = thread.current
    return note.author.user_id != viewer.user_id and (looked is None or note.signed_at > looked)


def _awaits(thread: Thread, viewer: Viewer, states: list[CosignState]) -> bool:
    """Whether the version that holds was given to the viewer to countersign, and still waits for it."""
    note = (thread.current.note_id, thread.current.version)
    asked = (state for state in states if (state.note_id, state.version) == note)
    return any(state.asked_user_id == viewer.user_id and state.signed is None for state in asked)


def _is_wanted(thread: Thread, wanted: Wanted, unread: frozenset[int], awaiting: frozenset[int]) -> bool:
    note = thread.current
    return (
        wanted.discipline in ("", note.author.discipline)
        and (not wanted.unread or note.note_id in unread)
        and (not wanted.awaiting or note.note_id in awaiting)
        and wanted.note_id in (None, note.note_id)
    )


def _by_note(states: list[CosignState]) -> Mapping[int, tuple[CosignState, ...]]:
    found: defaultdict[int, list[CosignState]] = defaultdict(list)
    for state in states:
        found[state.note_id].append(state)
    return {note_id: tuple(of_note) for note_id, of_note in found.items()}
