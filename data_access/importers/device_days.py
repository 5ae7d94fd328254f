"""What a watch or a phone measured, as records: one entry a night, one measure a day of steps.

A device's night is told from the person's own answer by its note. What a day says is complete only once it is over:
the caller leaves out the day of the export.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from data_access.devices import NAMES, sleep_note
from data_access.importers import checks
from data_access.importers.fhir_codes import STEPS
from data_access.importers.parsed import Account, ParsedFile
from data_access.records import EntryRecord, MeasureRecord, PatientBundle, PatientRecord

Value = TypeVar("Value")
NOBODY = ""
"""The record number of whoever is not known yet: nobody on record can have it."""
WHOSE = "the file does not say whose it is: choose the patient (on the command line --patient RECORD)"
NOT_ON_RECORD = "no patient with this record number is on record; a device's file makes no new patient"
NOT_OVER = "day that was not over when the file was made: the next export brings it"


@dataclass(frozen=True, slots=True)
class Device:
    """A make of device: `key` in the keys of its records, `format` in reports."""

    key: str
    format: str


@dataclass(frozen=True, slots=True)
class Night:
    """Sleep that ended on a day: hours asleep, and the time of waking as HH:MM or '' where it is not of that day."""

    hours: float
    woke: str
    where: str = ""


def sleep_entry(device: Device, day: date, night: Night) -> EntryRecord:
    """The diary entry of a night, on the day of waking."""
    return EntryRecord(
        day=day,
        at_time=night.woke,
        sleep_hours=night.hours,
        note=sleep_note(NAMES[device.key]),
        source_key=f"{device.key}:sleep:{day.isoformat()}",
        where=night.where or f"night to {day.isoformat()}",
    )


def step_measure(device: Device, day: date, steps: float, where: str = "") -> MeasureRecord:
    """The steps of a day."""
    return MeasureRecord(
        day=day,
        instrument=STEPS.name,
        score=steps,
        unit=STEPS.unit,
        source_key=f"{device.key}:steps:{day.isoformat()}",
        where=where or f"steps of {day.isoformat()}",
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a file of one person's device says; days from `not_over` on are left out, None leaves out none."""

    nights: dict[date, Night]
    steps: dict[date, float]
    born: date | None = None
    not_over: date | None = None


def as_file(device: Device, measured: Measured, account: Account, as_of: date) -> ParsedFile:
    """The file as records of nobody yet: whom they belong to is chosen, and must be on record."""
    nights = _over(measured.nights, measured.not_over, account, "night")
    steps = _over(measured.steps, measured.not_over, account, "steps")
    entries = (sleep_entry(device, day, nights[day]) for day in sorted(nights))
    walks = (step_measure(device, day, steps[day]) for day in sorted(steps))
    bundle = PatientBundle(
        PatientRecord(NOBODY, "", birth_date=_born(measured.born, as_of)),
        "patient",
        entries=tuple(each for each in entries if _possible(each, "sleep", account, as_of)),
        measures=tuple(each for each in walks if _possible(each, "steps", account, as_of)),
        fills_person=False,
    )
    return ParsedFile(
        device.format,
        (bundle,),
        account,
        by_id=frozenset((NOBODY,)),
        not_on_record=NOT_ON_RECORD,
        ownerless=WHOSE,
    )


def _possible(record: EntryRecord | MeasureRecord, what: str, account: Account, as_of: date) -> bool:
    reason = checks.problem(record, as_of)
    if reason:
        account.reject(record.where, what, reason)
    return not reason


def _born(born: date | None, as_of: date) -> date | None:
    """The date of birth in the device, None where it cannot be one."""
    return born if born is not None and date(1900, 1, 1) <= born <= as_of else None


def _over(days: dict[date, Value], not_over: date | None, account: Account, what: str) -> dict[date, Value]:
    kept = {day: value for day, value in days.items() if not_over is None or day < not_over}
    if left := len(days) - len(kept):
        account.unused.update(Counter({f"{what} of a {NOT_OVER}": left}))
    return kept
