"""When a person last looked at a patient's notes: what was signed since by others is unread.

A look lasts as long as its person stays: reruns, other pages and a reload within `work.VIEW_AGAIN` belong to it, so
that a mark is not gone before it was read. The look itself is stored, and survives the process.
"""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from dashboard.database import current_engine
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from data_access import notes

_MOST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class _Look:
    """A look that goes on: `before` is the one before it, None for none."""

    before: datetime | None
    last_seen: datetime


_looks: WeakKeyDictionary[Engine, dict[tuple[int, int], _Look]] = WeakKeyDictionary()
_lock = Lock()


def since(viewer: Viewer, patient_id: int, *, now: datetime) -> datetime | None:
    """When the viewer looked before, None for never; from then on this look is the last one. Raises NotPermitted."""
    key = (viewer.user_id, patient_id)
    with _lock:
        going_on = _looks.setdefault(current_engine(), {}).get(key)
    if going_on is None or now - going_on.last_seen >= work.VIEW_AGAIN:
        return _begin(viewer, patient_id, now)
    _remember(key, _Look(going_on.before, now))
    return going_on.before


def all_read(viewer: Viewer, patient_id: int, *, now: datetime) -> None:
    """Nothing signed until now is unread to the viewer any more. Raises NotPermitted."""
    _begin(viewer, patient_id, now)
    _remember((viewer.user_id, patient_id), _Look(now, now))


def _begin(viewer: Viewer, patient_id: int, now: datetime) -> datetime | None:
    with work.writing(viewer, Permission.VIEW_PATIENT, patient_id, action="look at notes", goes_on=True) as conn:
        before = notes.look(conn, patient_id, viewer.user_id, now)
    _remember((viewer.user_id, patient_id), _Look(before, now))
    return before


def _remember(key: tuple[int, int], look: _Look) -> None:
    with _lock:
        looks = _looks.setdefault(current_engine(), {})
        looks.pop(key, None)
        looks[key] = look
        while len(looks) > _MOST_REMEMBERED:
            looks.pop(next(iter(looks)))
