"""The diary of one patient: the days as pages read them (derived rows), and the entries as they were logged."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from clinical.body_map import REGION_COUNT, REGIONS, UNMARKED
from clinical.daily import Entry, day_rows
from clinical.diary import COLUMNS, Diary, Period, empty_diary
from clinical.further_columns import FurtherAnswers
from data_access import frames, marks
from data_access.records import EntryRecord, MarkRecord
from data_access.tables import diary_entries, pain_marks, patient_days

_NO_DAY = date(1970, 1, 1)
_NO_MAP = bytes([UNMARKED]) * REGION_COUNT
_Row = sa.Row[*tuple[Any, ...]]
ANSWERS = (
    "pain", "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood",
    "stiffness_minutes", "sensitivity", "activity",
)  # fmt: skip
"""The numbers of one entry."""


def _days_query() -> sa.Select[*tuple[Any, ...]]:
    d = patient_days.c
    # Read as the driver gives it: numpy parses a day from text (SQLite) and from a date (PostgreSQL) alike.
    day, flare = sa.type_coerce(d.day, sa.String), sa.type_coerce(d.flare, sa.SmallInteger)
    values = [flare if name == "flare" else d[name] for name in COLUMNS]
    of_patient = d.patient_id == sa.bindparam("patient_id")
    return sa.select(day, d.entries, *values, d.regions).where(of_patient).order_by(d.day)


_DAYS = _days_query()
_DAYS_OF_PERIOD = _DAYS.where(patient_days.c.day.between(sa.bindparam("start"), sa.bindparam("end")))


def load(conn: sa.Connection, patient_id: int, period: Period | None = None) -> Diary:
    """The days from the first to the last with an entry or a dose; missing days in between are rows of NaN.

    With a period, only its days are read. A patient without any has a diary of no days.
    """
    if period is None:
        rows = conn.execute(_DAYS, {"patient_id": patient_id}).fetchall()
    else:
        bounds = {"patient_id": patient_id, "start": period.start, "end": period.end}
        rows = conn.execute(_DAYS_OF_PERIOD, bounds).fetchall()
    if not rows:
        return empty_diary(_NO_DAY)
    table = frames.columns(rows, frames.DAY_VALUES)
    packed = b"".join([row[-1] or _NO_MAP for row in rows])
    first: date = table["day"][0].item()
    at = (table["day"] - table["day"][0]).astype(np.int64)
    diary = empty_diary(first, int(at[-1]) + 1)
    diary.entries[at] = table["entries"]
    for name in COLUMNS:
        diary.values[name][at] = table[name]
    diary.maps[at] = np.frombuffer(packed, np.uint8).reshape(len(rows), REGION_COUNT)
    diary.has_map[at] = [row[-1] is not None for row in rows]
    return diary


def load_filtered(
    conn: sa.Connection,
    patient_id: int,
    *,
    qualities: Collection[str] = (),
    depths: Collection[str] = (),
    period: Period | None = None,
) -> Diary:
    """As `load`, but maps and `spread` hold only the marks with any of those qualities and one of those depths.

    `has_map` stays: a day with a map and no such mark is a day without such pain, as far as it was recorded. A mark
    without a quality or depth matches none (`mark_details` counts them). Nothing asked for is `load`.
    """
    diary = load(conn, patient_id, period)
    if not len(diary) or not (qualities or depths):
        return diary
    maps = entry_maps(conn, patient_id, period=period, only=marks.such(qualities, depths))
    days = maps.days.tolist()
    made = day_rows([Entry(day, regions=one.tobytes()) for day, one in zip(days, maps.packed, strict=True)])
    made = made.during(Period(diary.start, diary.end)) if len(made) else empty_diary(diary.start, len(diary))
    return replace(diary, values={**diary.values, "spread": made["spread"]}, maps=made.maps, has_map=made.has_map)


@dataclass(frozen=True, slots=True, eq=False)
class EntryMaps:
    """The maps of single entries, oldest first: `days` datetime64[D] (n,), `packed` uint8 (n, 74).

    `broad` bool (n,): the marks come from broader codes, so that which of their regions hurts is not known.
    """

    days: NDArray[np.datetime64]
    packed: NDArray[np.uint8]
    broad: NDArray[np.bool_]


def entry_maps(
    conn: sa.Connection,
    patient_id: int,
    *,
    period: Period | None = None,
    only: sa.ColumnElement[bool] | None = None,
) -> EntryMaps:
    """The maps of the active dated entries, each on its own: what hurt in the same entry (radiation) needs them."""
    e = diary_entries.c
    dated = e.day.is_not(None) if period is None else e.day.between(period.start, period.end)
    chosen = sa.and_(e.patient_id == patient_id, e.status == "active", e.has_map, dated)
    query = sa.select(e.entry_id, e.day, e.detail_unknown).where(chosen)
    rows = conn.execute(query.order_by(e.day, e.at_time, e.entry_id)).fetchall()
    days = np.array([row.day for row in rows], "datetime64[D]")
    packed = marks.packed(conn, patient_id, [row.entry_id for row in rows], only)
    return EntryMaps(days, packed, np.array([row.detail_unknown for row in rows], np.bool_))


def further_answers(conn: sa.Connection, patient_id: int) -> FurtherAnswers:
    """What active dated entries say of tenderness and weather, oldest first; entries that say neither are left out."""
    e = diary_entries.c
    says = sa.and_(e.day.is_not(None), sa.or_(e.tenderness.is_not(None), e.weather != ""))
    query = sa.select(sa.type_coerce(e.day, sa.String), e.tenderness, e.weather)
    chosen = query.where(e.patient_id == patient_id, e.status == "active", says)
    rows = conn.execute(chosen.order_by(e.day, e.at_time, e.entry_id)).fetchall()
    return FurtherAnswers(**frames.columns(rows, frames.FURTHER_ANSWERS))


def any_broad(conn: sa.Connection, patient_id: int) -> bool:
    """Whether any active dated map of the patient came from broader codes (its detail is not known)."""
    e = diary_entries.c
    chosen = sa.and_(e.patient_id == patient_id, e.status == "active", e.has_map, e.day.is_not(None), e.detail_unknown)
    return conn.execute(sa.select(e.entry_id).where(chosen).limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class MarkDetails:
    """How many painful marks there are, and how many carry each quality and depth; '' counts those without any."""

    marks: int
    qualities: Mapping[str, int]
    depths: Mapping[str, int]


def mark_details(conn: sa.Connection, patient_id: int, period: Period | None = None) -> MarkDetails:
    """What the marks of the active dated entries say beside their intensity: which filters find anything."""
    e, m = diary_entries.c, pain_marks.c
    dated = e.day.is_not(None) if period is None else e.day.between(period.start, period.end)
    ids = conn.execute(
        sa.select(e.entry_id).where(e.patient_id == patient_id, e.status == "active", e.has_map, dated)
    ).scalars()
    hurts = sa.or_(m.intensity.is_(None), m.intensity > 0)
    rows = marks.of_entries(conn, patient_id, ids.all(), m.qualities, m.depth, only=hurts)
    qualities = Counter(quality for _, joined, _ in rows for quality in joined.split("|"))
    return MarkDetails(len(rows), qualities, Counter(depth for *_, depth in rows))


def entries(conn: sa.Connection, patient_id: int, period: Period | None = None) -> list[EntryRecord]:
    """The active dated entries, oldest first, each with its marks; all of them when no period is given."""
    e = diary_entries.c
    dated = e.day.is_not(None) if period is None else e.day.between(period.start, period.end)
    return _records(conn, patient_id, sa.and_(e.patient_id == patient_id, e.status == "active", dated))


def undated(conn: sa.Connection, patient_id: int) -> list[EntryRecord]:
    """The active entries whose source gave no date, in the order they came in."""
    e = diary_entries.c
    return _records(conn, patient_id, sa.and_(e.patient_id == patient_id, e.status == "active", e.day.is_(None)))


def undated_count(conn: sa.Connection, patient_id: int) -> int:
    """How many active entries have no date, without reading them."""
    e = diary_entries.c
    where = sa.and_(e.patient_id == patient_id, e.status == "active", e.day.is_(None))
    return conn.execute(sa.select(sa.func.count()).where(where)).scalar_one()


def chosen(conn: sa.Connection, patient_id: int, entry_ids: Collection[int]) -> dict[int, EntryRecord]:
    """Those entries by their number, whatever became of them."""
    e = diary_entries.c
    rows = _rows(conn, sa.and_(e.patient_id == patient_id, e.entry_id.in_(sorted(entry_ids))))
    return dict(zip((row.entry_id for row in rows), _with_marks(conn, patient_id, rows), strict=True))


def _records(conn: sa.Connection, patient_id: int, chosen: sa.ColumnElement[bool]) -> list[EntryRecord]:
    return _with_marks(conn, patient_id, _rows(conn, chosen))


def _rows(conn: sa.Connection, chosen: sa.ColumnElement[bool]) -> Sequence[_Row]:
    e = diary_entries.c
    answers = [e[name] for name in ANSWERS]
    query = sa.select(
        e.entry_id, e.day, e.at_time, e.flare, e.relief, e.note, e.has_map, e.detail_unknown, e.source_key,
        e.tenderness, e.weather, *answers,
    )  # fmt: skip
    return conn.execute(query.where(chosen).order_by(e.day, e.at_time, e.entry_id)).fetchall()


def _with_marks(conn: sa.Connection, patient_id: int, rows: Sequence[_Row]) -> list[EntryRecord]:
    marked = _marks(conn, patient_id, [row.entry_id for row in rows])
    return [_record(row, tuple(marked[row.entry_id]) if row.has_map else None) for row in rows]


def _record(row: _Row, marked: tuple[MarkRecord, ...] | None) -> EntryRecord:
    return EntryRecord(
        day=row.day,
        at_time=row.at_time,
        flare=row.flare,
        tenderness=row.tenderness,
        relief=tuple(row.relief.split("|")) if row.relief else (),
        weather=tuple(row.weather.split("|")) if row.weather else (),
        note=row.note,
        marks=marked,
        detail_unknown=row.detail_unknown,
        source_key=row.source_key,
        **dict(zip(ANSWERS, row[-len(ANSWERS) :], strict=True)),
    )


def _marks(conn: sa.Connection, patient_id: int, entry_ids: list[int]) -> dict[int, list[MarkRecord]]:
    m = pain_marks.c
    found: dict[int, list[MarkRecord]] = defaultdict(list)
    rows = marks.of_entries(conn, patient_id, entry_ids, m.region, m.intensity, m.qualities, m.depth)
    for entry_id, place, intensity, qualities, depth in rows:
        named = tuple(qualities.split("|")) if qualities else ()
        found[entry_id].append(MarkRecord(REGIONS[place].region_id, intensity, named, depth))
    return found
