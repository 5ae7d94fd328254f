"""The region table as CSV: made, stored unchanged and put on record like everything else that leaves the building.

It is listed on Share with the other exports and can be had again there, byte for byte.
"""

import csv
import io
import re
from datetime import date, datetime

from clinical.body_map import REGIONS, region
from dashboard.permissions import Permission, Viewer
from dashboard.services import work
from dashboard.services.delivery import Delivery
from dashboard.services.pain_map import PainMapView, RegionRow, rows
from data_access import exports
from data_access.exports import Sent
from data_access.patients import PatientHead

FORMAT = "csv"
COLUMNS = (
    "region_id", "region", "side", "view", "difference", "typical_now", "typical_before", "worst_now",
    "days_hurt_now", "days_with_map_now", "percent_of_map_days_now", "days_hurt_before", "days_with_map_before",
)  # fmt: skip


def region_table(viewer: Viewer, head: PatientHead, shown: PainMapView, *, as_of: date, now: datetime) -> Delivery:
    """All 74 regions of both periods as CSV, stored in the same transaction as its audit event. Raises NotPermitted."""
    period, before, chosen = shown.periods.now, shown.periods.before, shown.chosen
    content = _csv(shown)
    detail = f"{FORMAT}, {len(content)} bytes, {period.start} to {period.end} against {before.start} to {before.end}"
    if chosen:
        detail += f", only {' '.join((*chosen.qualities, *chosen.depths))}"
    sent = Sent(FORMAT, _file_name(head, as_of), "", period, content)
    with work.writing(
        viewer, Permission.EXPORT, head.patient_id, action="export", resource="pain map table", detail=detail
    ) as conn:
        return Delivery(exports.store(conn, head.patient_id, sent, user_id=viewer.user_id, now=now), content)


def _csv(shown: PainMapView) -> bytes:
    """A heading, then one line a region in vocabulary order, each with the periods and the filter it was made with."""
    known = {row.region_id: row for row in rows(shown)}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*COLUMNS, "period_now", "period_before", "only_qualities", "only_depths"))
    periods = [f"{one.start}/{one.end}" for one in (shown.periods.now, shown.periods.before)]
    about = (*periods, "|".join(shown.chosen.qualities), "|".join(shown.chosen.depths))
    for one in REGIONS:
        writer.writerow((*_line(one.region_id, known.get(one.region_id), shown), *about))
    return text.getvalue().encode("utf-8")


def _line(region_id: str, row: RegionRow | None, shown: PainMapView) -> tuple[object, ...]:
    """Empty cells are what is not known; 0 days is known."""
    one = region(region_id)
    name = (region_id, one.label, one.side, one.view)
    now, before = shown.map_days, shown.map_days_before
    if row is None:
        return (*name, "", "", "", "", 0, now, 0 if now else "", 0, before)
    typical = (_cell(row.typical), _cell(row.before), _cell(row.worst))
    return (*name, row.kind, *typical, row.days, now, row.percent if now else "", row.days_before, before)


def _cell(value: int | None) -> object:
    return "" if value is None else value


def _file_name(head: PatientHead, as_of: date) -> str:
    """'pain-map-FB-00017-2026-11-22.csv': no name of a person in it."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", head.record_number).strip("-")[:40] or "patient"
    return f"pain-map-{number}-{as_of.isoformat()}.csv"
