"""The medicines an entry's form asks about: those prescribed on the day of the entry, and those already answered."""

from datetime import date

from sqlalchemy import Connection

from clinical.record import Medicine
from dashboard.services import entry_fields
from dashboard.services.entry_fields import Fields
from data_access import medication
from data_access.entries import Listed

MOST_OFFERED = 12
"""Medicines offered at most, those taken as needed first."""


def prescribed(medicine: Medicine, day: date) -> bool:
    """Whether it was to be taken on that day, as far as is known."""
    return (medicine.start is None or medicine.start <= day) and (medicine.end is None or medicine.end >= day)


def offered(
    conn: Connection, patient_id: int, day: date, *, fields: Fields, corrected: Listed | None
) -> tuple[Medicine, ...]:
    """Those prescribed on that day, each name and strength once; what was answered or logged before stays offered."""
    known = medication.listed(conn, patient_id)
    kept = {int(number) for number in fields.get("doses", {})} | _logged_with(corrected, known, day)
    mine = [medicine for medicine in known if medicine.medication_id in kept]
    held = {_same(medicine) for medicine in mine}
    once: dict[tuple[str, float | None, str, str], Medicine] = {}
    for each in sorted((medicine for medicine in known if prescribed(medicine, day)), key=_place):
        if _same(each) not in held:
            once.setdefault(_same(each), each)
    others = list(once.values())[: max(0, MOST_OFFERED - len(mine))]
    return tuple(sorted([*mine, *others], key=_place))


def _logged_with(corrected: Listed | None, known: list[Medicine], day: date) -> set[int]:
    """Those the entry being corrected has doses of: they are asked about although its day be moved."""
    if corrected is None:
        return set()
    own_day = corrected.entry.day or day
    then = sorted(known, key=lambda medicine: (not prescribed(medicine, own_day), *_place(medicine)))
    return {int(number) for number in entry_fields.times(corrected.doses, then)}


def _same(medicine: Medicine) -> tuple[str, float | None, str, str]:
    return medicine.name.casefold(), medicine.dose, medicine.unit, medicine.route


def _place(medicine: Medicine) -> tuple[bool, bool, int, str]:
    start = medicine.start
    return not medicine.as_needed, start is None, -(start or date.min).toordinal(), medicine.name
