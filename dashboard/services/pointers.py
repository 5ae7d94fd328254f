"""Pointers of one patient: inflammatory back pain and the seven look-alikes, with the red flags beside them."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection

from clinical.body_map import QUALITIES, active
from clinical.daily import Entry, day_rows
from clinical.diary import Diary, Period, empty_diary
from clinical.pointers import Known, Pointers, pointers
from clinical.pointers.known import QUALITIES as NAMED
from clinical.pointers.logged import MOST_DAYS, Flags, Logged
from clinical.safety import standing
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, safety, work
from dashboard.services.kept import Kept
from dashboard.services.safety import SafetyView
from data_access import diary
from data_access.patients import PatientHead

READ = "view pointers"


@dataclass(frozen=True, slots=True, eq=False)
class PointersView:
    """All the part shows: the pointers, what is open and was asked, and on how many logged days and maps it rests.

    `days_logged` and `map_days` of the last 28 days; `broad`: maps left out, as they come from broader codes.
    """

    key: Hashable
    as_of: date
    found: Pointers
    safety: SafetyView
    days_logged: int
    map_days: int
    broad: int


_views: Kept[PointersView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, *, as_of: date) -> PointersView:
    """Everything the part shows of that patient today, whatever the chosen period. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        return of(conn, head, as_of)


def of(conn: Connection, head: PatientHead, as_of: date) -> PointersView:
    """The same, inside a piece of work that was let in already."""
    key = (conn.engine, head.patient_id, head.data_version, as_of)
    return _views.get(key, lambda: _view(conn, head, as_of, key))


def _view(conn: Connection, head: PatientHead, as_of: date, key: Hashable) -> PointersView:
    known, logged = history.load(conn, head), _logged(conn, head, as_of)
    whole = diaries.load(conn, head)
    of_person = Known(
        logged=logged,
        answers=standing(each for each in known.answers if each.asked_on <= as_of),
        birth_date=head.birth_date,
        conditions=tuple(each.label for each in known.conditions if each.status == "active"),
        medicines=known.medicines,
        events=known.events,
    )
    month = logged.period(28)
    return PointersView(
        key=key,
        as_of=as_of,
        found=pointers(of_person),
        safety=safety.of(known, as_of),
        days_logged=whole.days_logged(month),
        map_days=len(logged.maps(28)),
        broad=logged.broad,
    )


def _logged(conn: Connection, head: PatientHead, as_of: date) -> Logged:
    """The last days as pointers read them: maps whose detail is known, and which marks carry which quality."""
    every = diaries.load(conn, head)
    broad = diary.any_broad(conn, head.patient_id)
    period = Period(date.fromordinal(as_of.toordinal() - MOST_DAYS + 1), as_of)
    days = every.during(period)
    left_out = 0
    if broad:
        days, left_out = _exact(conn, head, days, period)
    return Logged(
        days, as_of, {name: _such(conn, head, days, qualities) for name, qualities in _ASKED.items()}, left_out
    )


_ASKED: dict[str, tuple[str, ...]] = {**NAMED, "any": QUALITIES}


def _exact(conn: Connection, head: PatientHead, days: Diary, period: Period) -> tuple[Diary, int]:
    """The days with the maps of those entries alone whose regions are known, and how many others there are."""
    read = diary.entry_maps(conn, head.patient_id, period=period)
    known = [
        Entry(day, regions=one.tobytes())
        for day, one, is_broad in zip(read.days.tolist(), read.packed, read.broad.tolist(), strict=True)
        if not is_broad
    ]
    made = day_rows(known).during(period) if known else empty_diary(period.start, period.days)
    return Diary(days.start, days.entries, days.values, made.maps, made.has_map), int(read.broad.sum())


def _such(conn: Connection, head: PatientHead, days: Diary, qualities: tuple[str, ...]) -> Flags:
    period = Period(days.start, days.end)
    read = diary.load_filtered(conn, head.patient_id, qualities=qualities, period=period)
    held = read.during(period) if len(read) else empty_diary(days.start, len(days))
    such: Flags = np.asarray(active(held.maps))
    return such
