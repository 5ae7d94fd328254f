"""A patient's body maps on their way out: as FHIR observations, and as CHOIR segments with what they cannot say.

Both are stored unchanged with their hash and put on record, like everything that leaves the building.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from clinical.choir import ChoirMap, Numbering
from clinical.diary import Period
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.delivery import Delivery
from data_access import choir_export, diary, exports, fhir_marks
from data_access.choir_export import Row
from data_access.exports import Sent
from data_access.patients import PatientHead
from data_access.records import EntryRecord, PatientRecord

FHIR, CHOIR = "fhir-marks", "choir"


@dataclass(frozen=True, slots=True)
class ChoirDelivery:
    """The table of segments and what it leaves out: maps in it, segments in all, and those that lost detail.

    `merged`: segments shared by several of our regions; `widened`: regions that are several segments, all sent;
    `halved`: midline regions sent on the sides only that hurt anyway; `moved`: sacroiliac areas sent as the lower back;
    `inexact`: the rows with any of these three; `pain_free`: maps without pain, whose empty cell reads as unknown.
    Intensities and qualities are never in it.
    """

    delivery: Delivery
    maps: int
    segments: int
    merged: int
    widened: int
    halved: int
    moved: int
    inexact: tuple[str, ...]
    pain_free: int


def as_fhir(viewer: Viewer, head: PatientHead, period: Period | None, *, as_of: date, now: datetime) -> Delivery:
    """A collection with an Observation for each mark of the period (none: of everything, undated maps included).

    Raises NotPermitted.
    """
    with work.writing(
        viewer, Permission.EXPORT, head.patient_id, action="export", resource="body maps as FHIR"
    ) as conn:
        found = _entries(conn, head, period)
        content = _json(fhir_marks.bundle(_person(head), found))
        sent = Sent(FHIR, _file_name(head, as_of, "json"), "", _covered(found, period, as_of), content)
        return Delivery(exports.store(conn, head.patient_id, sent, user_id=viewer.user_id, now=now), content)


def as_choir(viewer: Viewer, head: PatientHead, period: Period | None, *, as_of: date, now: datetime) -> ChoirDelivery:
    """One row a map, numbered as the female drawing for women and by the standard for everybody else.

    Raises NotPermitted.
    """
    numbering: Numbering = "female" if head.sex == "female" else "male"
    with work.writing(
        viewer, Permission.EXPORT, head.patient_id, action="export", resource="body maps as CHOIR segments"
    ) as conn:
        found = _entries(conn, head, period)
        maps = [
            (_identifier(entry, place), choir_export.of_entry(entry, numbering)) for place, entry in enumerate(found)
        ]
        rows = [Row(identifier, segments) for identifier, segments in maps if segments is not None]
        content = choir_export.table(rows).encode("utf-8")
        sent = Sent(CHOIR, _file_name(head, as_of, "csv"), "", _covered(found, period, as_of), content)
        stored = exports.store(conn, head.patient_id, sent, user_id=viewer.user_id, now=now)
    return _counted(Delivery(stored, content), rows)


def _entries(conn: Connection, head: PatientHead, period: Period | None) -> list[EntryRecord]:
    """The entries with a map, dated ones first."""
    dated = diary.entries(conn, head.patient_id, period)
    undated = [] if period else diary.undated(conn, head.patient_id)
    return [entry for entry in (*dated, *undated) if entry.marks is not None]


def _json(node: dict[str, Any]) -> bytes:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _counted(delivery: Delivery, rows: Sequence[Row]) -> ChoirDelivery:
    maps: list[ChoirMap] = [row.segments for row in rows]
    return ChoirDelivery(
        delivery,
        maps=len(maps),
        segments=sum(len(one.segments) for one in maps),
        merged=sum(len(one.merged) for one in maps),
        widened=sum(len(one.widened) for one in maps),
        halved=sum(len(one.on_marked_sides) for one in maps),
        moved=sum(len(one.moved) for one in maps),
        inexact=tuple(row.identifier for row in rows if not row.segments.exact),
        pain_free=sum(not one.segments for one in maps),
    )


def _identifier(entry: EntryRecord, place: int) -> str:
    """'2026-03-02-0830': the moment of a map, which says nothing of the person; undated ones are numbered."""
    if entry.day is None:
        return f"undated-{place + 1}"
    return f"{entry.day.isoformat()}-{entry.at_time.replace(':', '')}".rstrip("-")


def _covered(found: Sequence[EntryRecord], period: Period | None, as_of: date) -> Period:
    days = [entry.day for entry in found if entry.day]
    return period or Period(min(days, default=as_of), max(days, default=as_of))


def _person(head: PatientHead) -> PatientRecord:
    return PatientRecord(head.record_number, head.family_name, head.given_name, head.birth_date, head.sex)


def _file_name(head: PatientHead, as_of: date, ending: str) -> str:
    """'maps-FB-00017-2026-11-22.json': no name of a person in it."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", head.record_number).strip("-")[:40] or "patient"
    return f"maps-{number}-{as_of.isoformat()}.{ending}"
