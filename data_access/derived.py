"""Rows made from source rows: one a day, the flares, the caseload's snapshot; refreshed with the write they follow.

A refresh of chosen days gives the same rows as a rebuild of everything (tests hold it to that).
"""

from collections.abc import Collection, Iterator
from datetime import date
from time import monotonic, sleep
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from clinical.daily import DoseTaken, Entry, day_rows
from clinical.diary import COLUMNS, Diary
from clinical.flares import VERSION, flares_of
from data_access import diary, flares, marks, patients, snapshots
from data_access.devices import SLEEP_NOTES
from data_access.engine import lock_patient, reading, writing
from data_access.rows import put
from data_access.tables import diary_entries, doses, patient_days, patient_snapshots
from data_access.tables import flares as flare_rows
from data_access.tables import patients as patient_rows

MOST_CHOSEN_DAYS = 400
"""Above this many changed days everything is rebuilt: it costs the same and asks for less."""
LONGEST_WRITE, BREATH = 0.1, 0.15
"""Seconds that snapshots are written in one transaction, and that every other writer has before the next."""
_WHOLE = frozenset({"spread", "rescue_doses"})


def refresh(conn: sa.Connection, patient_id: int, as_of: date, days: Collection[date] | None = None) -> None:
    """Brings day rows, flares, snapshot and data version up to date after a write, in its transaction.

    `days`: those whose entries or doses changed (none: only other records did); None rebuilds every day.
    """
    lock_patient(conn, patient_id)
    chosen = days if days is not None and len(days) <= MOST_CHOSEN_DAYS else None
    if chosen is None or chosen:
        _refresh_days(conn, patient_id, chosen)
    if chosen is None or chosen or not _found_by_this_detector(conn, patient_id):
        _find_flares(conn, patient_id, as_of)
    snapshots.refresh(conn, patient_id, as_of)
    patients.changed(conn, patient_id)


def refresh_stale(engine: sa.Engine, as_of: date) -> int:
    """How many patients had no snapshot of `as_of` with flares of this program's detector, and have one now."""
    stale = _stale(engine, as_of)
    waiting = list(reversed(stale))
    while waiting:
        with writing(engine) as conn:
            until = monotonic() + LONGEST_WRITE
            _refresh_for_new_day(conn, *waiting.pop(), as_of)
            while waiting and monotonic() < until:
                _refresh_for_new_day(conn, *waiting.pop(), as_of)
        if waiting:  # SQLite has one writer: without this, who signs in meanwhile would be told it is locked
            sleep(BREATH)
    return len(stale)


def rebuild_all(engine: sa.Engine, as_of: date) -> int:
    """How many patients had their derived rows made anew, one transaction each."""
    with reading(engine) as conn:
        everybody = patients.numbers(conn)
    for patient_id in everybody:
        with writing(engine) as conn:
            refresh(conn, patient_id, as_of)
    return len(everybody)


def _stale(engine: sa.Engine, as_of: date) -> list[tuple[int, date | None]]:
    p, s = patient_rows.c, patient_snapshots.c
    joined = patient_rows.outerjoin(patient_snapshots, p.patient_id == s.patient_id)
    outdated = sa.or_(s.as_of.is_(None), s.as_of < as_of, s.detector != VERSION)
    known_until = sa.case((s.detector == VERSION, s.as_of))
    query = sa.select(p.patient_id, known_until.label("as_of")).select_from(joined).where(outdated)
    with reading(engine) as conn:
        return [(row.patient_id, row.as_of) for row in conn.execute(query.order_by(p.patient_id))]


def _refresh_for_new_day(conn: sa.Connection, patient_id: int, snapshot_of: date | None, as_of: date) -> None:
    lock_patient(conn, patient_id)
    may_change = snapshot_of is None or _flares_may_change(conn, patient_id, snapshot_of)
    if may_change and _find_flares(conn, patient_id, as_of):
        patients.changed(conn, patient_id)
    snapshots.refresh(conn, patient_id, as_of)


def _find_flares(conn: sa.Connection, patient_id: int, as_of: date) -> bool:
    """Whether the episodes are others than those stored before; clinicians' verdicts on them stay."""
    return flares.store(conn, patient_id, flares_of(diary.load(conn, patient_id), as_of))


def _found_by_this_detector(conn: sa.Connection, patient_id: int) -> bool:
    s = patient_snapshots.c
    return conn.execute(sa.select(s.detector).where(s.patient_id == patient_id)).scalar() == VERSION


def _flares_may_change(conn: sa.Connection, patient_id: int, since: date) -> bool:
    # A day that passes without an entry can only close an episode that is open.
    f, d = flare_rows.c, patient_days.c
    unfinished = sa.exists().where(f.patient_id == patient_id, f.end_day.is_(None))
    later = sa.exists().where(d.patient_id == patient_id, d.day > since)
    return bool(conn.execute(sa.select(sa.or_(unfinished, later))).scalar())


def _refresh_days(conn: sa.Connection, patient_id: int, days: Collection[date] | None) -> None:
    made = day_rows(_entries(conn, patient_id, days), _doses(conn, patient_id, days))
    old = sa.delete(patient_days).where(patient_days.c.patient_id == patient_id)
    conn.execute(old if days is None else old.where(patient_days.c.day.in_(days)))
    put(conn, patient_days, list(_rows(patient_id, made)))


def without_batch(conn: sa.Connection, patient_id: int, batch_id: int) -> Diary:
    """The diary as it would be without the entries and doses of that import; what is stored stays as it is."""
    return day_rows(_entries(conn, patient_id, None, but=batch_id), _doses(conn, patient_id, None, but=batch_id))


def _entries(
    conn: sa.Connection, patient_id: int, days: Collection[date] | None, *, but: int | None = None
) -> list[Entry]:
    e = diary_entries.c
    counted = sa.and_(e.patient_id == patient_id, e.status == "active", _among(e.day, days))
    chosen = counted if but is None else sa.and_(counted, e.batch_id.is_distinct_from(but))
    answers = [e[name] for name in diary.ANSWERS]
    measured = sa.and_(e.note.in_(SLEEP_NOTES), e.pain.is_(None), sa.not_(e.has_map)).label("measured")
    query = sa.select(e.entry_id, e.has_map, e.day, *answers, e.flare, measured).where(chosen)
    rows = conn.execute(query.order_by(e.day, e.at_time, e.entry_id)).fetchall()
    maps = (one.tobytes() for one in marks.packed(conn, patient_id, [row.entry_id for row in rows]))
    return [Entry(*row[2:], regions=packed if row.has_map else None) for row, packed in zip(rows, maps, strict=True)]


def _among(column: sa.ColumnElement[Any], days: Collection[date] | None) -> sa.ColumnElement[bool]:
    return column.is_not(None) if days is None else column.in_(sorted(days))


def _doses(
    conn: sa.Connection, patient_id: int, days: Collection[date] | None, *, but: int | None = None
) -> list[DoseTaken]:
    d = doses.c
    counted = sa.and_(d.patient_id == patient_id, d.status == "active", _among(d.day, days))
    chosen = counted if but is None else sa.and_(counted, d.batch_id.is_distinct_from(but))
    query = sa.select(d.day, d.as_needed, d.taken).where(chosen)
    return [DoseTaken(*row) for row in conn.execute(query.order_by(d.dose_id))]


def _rows(patient_id: int, made: Diary) -> Iterator[dict[str, Any]]:
    told = [~np.isnan(made[name]) for name in ("rescue_doses", "sleep_hours")]  # also where nobody logged an entry
    held = np.flatnonzero(made.logged | told[0] | told[1])
    columns = [_stored(name, made[name][held]) for name in COLUMNS]
    for i, *values in zip(held.tolist(), *columns, strict=True):
        yield {
            "patient_id": patient_id,
            "day": made.start.fromordinal(made.start.toordinal() + i),
            "entries": int(made.entries[i]),
            **dict(zip(COLUMNS, values, strict=True)),
            "regions": made.maps[i].tobytes() if made.has_map[i] else None,
        }


def _stored(name: str, values: NDArray[np.float32]) -> list[float | int | bool | None]:
    as_stored = bool if name == "flare" else int if name in _WHOLE else float
    return [None if value != value else as_stored(value) for value in values.tolist()]
