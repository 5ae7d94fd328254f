"""Change cards of one patient, kept in memory: the Flares and the Medication page both show them.

Called inside `work.reading`, as `diaries` is: nothing kept here decides access.
"""

from datetime import date

from sqlalchemy import Connection

from clinical.change_cards import ChangeCard, change_cards
from dashboard.services import diaries, history
from dashboard.services.kept import Kept
from data_access.patients import PatientHead

_cards: Kept[tuple[ChangeCard, ...]] = Kept(64)


def load(conn: Connection, head: PatientHead, as_of: date) -> tuple[ChangeCard, ...]:
    """A card for every turn of treatment and every action done up to `as_of`, the latest first."""
    key = (conn.engine, head.patient_id, head.data_version, as_of)
    return _cards.get(key, lambda: _made(conn, head, as_of))


def _made(conn: Connection, head: PatientHead, as_of: date) -> tuple[ChangeCard, ...]:
    known = history.load(conn, head)
    diary = diaries.load(conn, head)
    return tuple(change_cards(diary, known.flares, known.medicines, known.events, known.actions, as_of))
