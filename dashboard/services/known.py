"""What a record holds when the diary gives no picture: medicines, diagnoses, scores, events, maps without a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from clinical.body_map import REGION_COUNT, REGION_INDEX
from clinical.findings import Event, Medicine, Score
from clinical.maps import RegionMap
from dashboard.permissions import Permission, Viewer
from dashboard.services import history, work
from data_access import diary
from data_access.patients import PatientHead
from data_access.records import ConditionRecord, MarkRecord


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One medicine in one strength; `requests` how often it was prescribed, `latest` the last start (None: no date)."""

    medicine: Medicine  # as in the latest request
    requests: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """All of it, with and without a date; `maps` only those without."""

    medicines: tuple[Prescribed, ...]
    conditions: tuple[ConditionRecord, ...]
    scores: tuple[Score, ...]
    events: tuple[Event, ...]
    maps: tuple[RegionMap, ...]


def known(viewer: Viewer, head: PatientHead, *, as_of: date) -> Known:
    """What is known of that patient besides dated entries. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action="view summary") as conn:
        record = history.load(conn, head)
        undated = diary.undated(conn, head.patient_id) if record.undated_entries else []
    return Known(
        medicines=current(record.medicines, as_of),
        conditions=record.conditions,
        scores=record.scores,
        events=record.events,
        maps=tuple(undated_map(entry.marks) for entry in undated if entry.marks is not None),
    )


def current(medicines: Sequence[Medicine], as_of: date) -> tuple[Prescribed, ...]:
    """Medicines that nobody ended: the same name and strength once, in the order of their names."""
    grouped: dict[tuple[str, float | None, str], list[Medicine]] = {}
    for medicine in medicines:
        if _runs(medicine, as_of):
            grouped.setdefault((medicine.name.casefold(), medicine.dose, medicine.unit), []).append(medicine)
    found = [max(same, key=lambda each: each.start or date.min) for same in grouped.values()]
    counted = zip(found, grouped.values(), strict=True)
    return tuple(sorted((Prescribed(m, len(same), m.start) for m, same in counted), key=_by_name))


def _by_name(line: Prescribed) -> tuple[str, float]:
    return line.medicine.name.casefold(), line.medicine.dose or 0


def _runs(medicine: Medicine, as_of: date) -> bool:
    ended = medicine.end is not None and medicine.end < as_of
    return not ended and not medicine.reason_stopped and (medicine.start is None or medicine.start <= as_of)


def undated_map(marks: Sequence[MarkRecord]) -> RegionMap:
    """One map as it was drawn; regions marked without an intensity are present without a value."""
    values, present = np.full(REGION_COUNT, np.nan, np.float32), np.zeros(REGION_COUNT, np.bool_)
    for mark in marks:
        place = REGION_INDEX[mark.region_id]
        if mark.intensity is None:
            present[place] = True
        elif mark.intensity > 0:
            values[place] = mark.intensity
    present &= np.isnan(values)
    marked = (present | np.isfinite(values)).astype(np.int16)
    return RegionMap("latest", values, 1, marked, "one map, its date not recorded", present)
