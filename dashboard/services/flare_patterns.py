"""How flares come back, what pain went with, and what changed around each turn of treatment, over the whole diary."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from clinical.change_cards import ChangeCard
from clinical.diary import Days, Diary
from clinical.further_columns import further_columns
from clinical.patterns import Patterns, patterns_of
from clinical.recurrence import Recurrence, recurrence
from dashboard.permissions import Permission, Viewer
from dashboard.services import cards, diaries, history, work
from dashboard.services.flare_review import READ
from dashboard.services.kept import Kept
from data_access.diary import further_answers
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
        return of(conn, head, as_of)


def of(conn: Connection, head: PatientHead, as_of: date) -> PatternsView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, as_of)
    return _views.get(key, lambda: _view(conn, head, as_of))


def _view(conn: Connection, head: PatientHead, as_of: date) -> PatternsView:
    diary, known = diaries.load(conn, head), history.load(conn, head)
    found = known.flares
    return PatternsView(
        as_of=as_of,
        recurrence=recurrence(diary, found, as_of),
        patterns=patterns_of(diary, found, as_of, _further(conn, head, diary)),
        cards=cards.load(conn, head, as_of),
    )


def _further(conn: Connection, head: PatientHead, diary: Diary) -> dict[str, Days]:
    """Tenderness, weather and doses by medicine: read from source rows, for this page alone needs them."""
    doses = diaries.doses(conn, head)
    answers = further_answers(conn, head.patient_id)
    return further_columns(diary, answers, doses.day, doses.medicine.tolist(), doses.taken)
