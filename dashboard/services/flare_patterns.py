"""How flares come back, what pain went with, and what changed around each turn of treatment, over the whole diary."""

from dataclasses import dataclass
from datetime import date

from clinical.change_cards import ChangeCard, change_cards
from clinical.diary import Diary
from clinical.patterns import Patterns, patterns_of
from clinical.recurrence import Recurrence, recurrence
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, work
from dashboard.services.flare_review import READ
from dashboard.services.kept import Kept
from data_access.patients import PatientHead


@dataclass(frozen=True, slots=True)
class PatternsView:
    """All of it, as known on `as_of`; dismissed episodes left out, changed dates applied."""

    as_of: date
    recurrence: Recurrence
    patterns: Patterns
    cards: tuple[ChangeCard, ...]


_views: Kept[PatternsView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, *, as_of: date) -> PatternsView:
    """The patterns of that patient, whatever period is looked at. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        key = (conn.engine, head.patient_id, head.data_version, as_of)
        diary, known = diaries.load(conn, head), history.load(conn, head)
    return _views.get(key, lambda: _view(diary, known, as_of))


def _view(diary: Diary, known: history.History, as_of: date) -> PatternsView:
    found = known.flares
    return PatternsView(
        as_of=as_of,
        recurrence=recurrence(diary, found, as_of),
        patterns=patterns_of(diary, found, as_of),
        cards=tuple(change_cards(diary, found, known.medicines, known.events, known.actions, as_of)),
    )
