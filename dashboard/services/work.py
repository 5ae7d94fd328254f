"""One piece of work on the database by one person: permission, care team and audit in one place.

Every service function opens its connection here, so none can forget to ask. A write records its audit event in
the same transaction as what it writes. A view is recorded, and committed, before anything is handed over: what
could not be recorded is not shown. Repeated views by the same person within `VIEW_AGAIN` are recorded once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.database import current_engine
from dashboard.errors import NotPermitted
from dashboard.permissions import Permission, Viewer
from data_access import audit, patients
from data_access import engine as database

VIEW_AGAIN = timedelta(minutes=15)
_MOST_REMEMBERED = 10_000

_Seen = tuple[int, int, str, str]
_seen: WeakKeyDictionary[Engine, dict[_Seen, datetime]] = WeakKeyDictionary()
_seen_lock = Lock()


@contextmanager
def reading(
    viewer: Viewer,
    permission: Permission,
    patient_id: int | None = None,
    *,
    action: str,
    resource: str = "",
) -> Iterator[Connection]:
    """A connection to read with, once the person may and the view is on record. Raises NotPermitted."""
    if not _seen_lately((viewer.user_id, patient_id or 0, action, resource)):
        _authorise(viewer, permission, patient_id, action)
        _record_view(viewer, patient_id or 0, action, resource)
    with database.reading(current_engine()) as conn:
        # Asked in the very state of the database that is read: one transaction for both.
        permitted = _may(conn, viewer, permission, patient_id)
        if permitted:
            yield conn
    if not permitted:
        refuse(viewer, permission, patient_id, action)
        raise NotPermitted(permission.value)


def looked_at(viewer: Viewer, patient_ids: Iterable[int], *, action: str, resource: str) -> None:
    """Put on record that the person looks at those patients, before what was read of them is handed over.

    For one reading about several patients, whose scope was checked in it.
    """
    for patient_id in sorted(patient_ids):
        _record_view(viewer, patient_id, action, resource)


@contextmanager
def looking_up(viewer: Viewer, permission: Permission, *, action: str) -> Iterator[Connection]:
    """A connection to find out which patient is meant; hand nothing of it over, so nothing is recorded but refusals."""
    _authorise(viewer, permission, None, action)
    with database.reading(current_engine()) as conn:
        yield conn


@dataclass(slots=True)
class Told:
    """The detail of an event that is known only once the work is done, like the number of what was added."""

    words: str = ""


@contextmanager
def writing(
    viewer: Viewer,
    permission: Permission,
    patient_id: int | None = None,
    *,
    action: str,
    resource: str = "",
    detail: str | Told = "",
    goes_on: bool = False,
) -> Iterator[Connection]:
    """A connection inside one transaction that also holds the audit event; all of it is written or none.

    The event comes first; with a detail that is `Told` it comes last, in the same transaction all the same.
    `goes_on`: one act in many small writes, like a draft that saves itself every second; recorded like a view, once
    within `VIEW_AGAIN`.
    """
    _authorise(viewer, permission, patient_id, action)
    key = (viewer.user_id, patient_id or 0, action, resource)
    recorded = goes_on and _seen_lately(key)
    with database.writing(current_engine()) as conn:
        if isinstance(detail, Told):
            audit.hold(conn, patient_id or 0)
        elif not recorded:
            _record(conn, viewer, action, patient_id or 0, resource, detail)
        yield conn
        if isinstance(detail, Told) and not recorded:
            _record(conn, viewer, action, patient_id or 0, resource, detail.words)
    if goes_on and not recorded:
        _remember(key)


def _authorise(viewer: Viewer, permission: Permission, patient_id: int | None, action: str) -> None:
    if patient_id is None or not viewer.may(permission):
        permitted = viewer.may(permission)
    else:
        with database.reading(current_engine()) as conn:
            permitted = _may(conn, viewer, permission, patient_id)
    if not permitted:
        refuse(viewer, permission, patient_id, action)
        raise NotPermitted(permission.value)


def _may(conn: Connection, viewer: Viewer, permission: Permission, patient_id: int | None) -> bool:
    """Whether the role allows it and, where it is about a patient, the patient is in the viewer's care."""
    if not viewer.may(permission):
        return False
    if patient_id is None:
        return True
    head = patients.head(conn, patient_id)
    return head is not None and viewer.in_scope(head.team_id)


def refuse(viewer: Viewer, permission: Permission, patient_id: int | None, action: str) -> None:
    """Put on record that the person tried what they may not."""
    with database.writing(current_engine()) as conn:
        _record(conn, viewer, "refused", patient_id or 0, action, permission.value)


def _record_view(viewer: Viewer, patient_id: int, action: str, resource: str) -> None:
    key = (viewer.user_id, patient_id, action, resource)
    if _seen_lately(key):
        return
    with database.writing(current_engine()) as conn:
        _record(conn, viewer, action, patient_id, resource, "")
    _remember(key)


def _seen_lately(key: _Seen) -> bool:
    with _seen_lock:
        last = _seen.setdefault(current_engine(), {}).get(key)
    return last is not None and clock.now() - last < VIEW_AGAIN


def _remember(key: _Seen) -> None:
    with _seen_lock:
        seen = _seen.setdefault(current_engine(), {})
        seen[key] = clock.now()
        while len(seen) > _MOST_REMEMBERED:
            seen.pop(next(iter(seen)))


def _record(conn: Connection, viewer: Viewer, action: str, patient_id: int, resource: str, detail: str) -> None:
    audit.record(
        conn,
        user_id=viewer.user_id,
        role=viewer.role,
        action=action,
        patient_id=patient_id,
        resource=resource,
        detail=detail,
        now=clock.now(),
    )
