"""A record without what the sender took out of the document, wherever else in it that would show."""

from collections.abc import Collection
from dataclasses import replace

from dashboard.reports.record import Record
from dashboard.services.timeline import Marker

_TREATMENT = ("treatment_start", "treatment_stop")


def without(record: Record, codes: Collection[str]) -> Record:
    """The record with a course that names none of it; `codes` are those of the sections taken out."""
    shown = record.timeline
    lanes = () if "medication" in codes else shown.lanes
    markers = tuple(marker for marker in shown.markers if not _section(marker, record) & set(codes))
    return replace(record, timeline=replace(shown, lanes=lanes, markers=markers), left_out=frozenset(codes))


def _section(marker: Marker, record: Record) -> set[str]:
    """The sections that tell what a marker tells; nobody knows whether an unlisted name is a medicine or not."""
    if marker.kind == "procedure":
        return {"treatments"}
    if marker.kind in _TREATMENT:
        listed = any(medicine.name.casefold() in marker.detail.casefold() for medicine in record.medicines)
        return {"medication"} if listed else {"medication", "treatments"}
    return {"plan"} if marker.kind == "action" else set()
