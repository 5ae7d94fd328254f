"""Sleep and steps out of an Apple Health export, the export.xml itself or the export.zip of the phone.

A night and a day's steps are told by one device each, never by two together (docs/adr/0020): of a night the device that
tells the stages, else the one that saw most sleep; of steps the one that counted most. Time in bed is no sleep.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data_access.errors import UnreadableFile
from data_access.importers.apple_xml import Attributes, Tell, is_export, walk
from data_access.importers.device_days import Device, Measured, Night, as_file
from data_access.importers.parsed import Account, ParsedFile, shown
from data_access.importers.reading import Limits, Source, unreadable

__all__ = ["APPLE", "is_export", "parse"]

APPLE = Device("apple_health", "apple-health")

_SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
_STEPS = "HKQuantityTypeIdentifierStepCount"
_VALUE = "HKCategoryValueSleepAnalysis"
_STAGES = frozenset(f"{_VALUE}Asleep{stage}" for stage in ("Core", "Deep", "REM"))
_ASLEEP = _STAGES | {f"{_VALUE}Asleep", f"{_VALUE}AsleepUnspecified"}
_BORN = "HKCharacteristicTypeIdentifierDateOfBirth"
_EVENING = 18
"""Hour from which sleep belongs to the night that follows [P]: nobody's night ends then, and an early one may begin."""
_NOON = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MOST_SOURCES = 1_000
_MOST_KINDS = 1_000
_MOST_REJECTED = 10_000
_LONGEST_NAME = 120
_MOST_STEPS = 1_000_000
"""Steps in one record: far above what anybody walks, so that sums stay numbers."""
_SECOND_DEVICE = "on the same day by another device"


@dataclass(slots=True)
class _Slept:
    """What one device saw of one night."""

    staged: bool = False
    stretches: list[tuple[float, float]] = field(default_factory=list)  # seconds since 1970, from and to
    woke: list[str] = field(default_factory=list)  # ends on the day of waking, HH:MM

    def hours(self) -> float:
        """Hours asleep; stretches that overlap count once."""
        total = reached = 0.0
        for start, end in sorted(self.stretches):
            total += max(0.0, end - max(start, reached))
            reached = max(reached, end)
        return round(total / 3600, 2)

    def time_of_waking(self) -> str:
        """The last end before noon; of somebody who sleeps by day the last one; '' where none is of that day."""
        morning = [time for time in self.woke if int(time[:2]) < _NOON]
        return max(morning or self.woke, default="")


@dataclass(slots=True)
class _Reader:
    """What was read so far. Sums only: a record is forgotten once it is counted."""

    account: Account
    limits: Limits
    sleep: dict[tuple[date, int], _Slept] = field(default_factory=lambda: defaultdict(_Slept))
    steps: Counter[tuple[date, int]] = field(default_factory=Counter)
    sources: dict[str, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    stretches: int = 0
    born: date | None = None
    exported: date | None = None

    def take(self, element: str, said: Attributes, zone: str, line: int) -> None:
        """One element of the export. Raises UnreadableFile when there is more than any phone writes."""
        kind = said.get("type", "") if element == "Record" else element
        self.account.read += 1
        try:
            if kind == _SLEEP:
                self._take_sleep(said, zone)
            elif kind == _STEPS:
                self._take_steps(said)
            elif kind == "Me":
                self.born = _born(said.get(_BORN, ""))
            elif kind == "ExportDate":
                self.exported = _moment(said.get("value", "")).date()
            else:
                self._leave(kind)
        except ValueError as reason:
            self.account.reject(f"line {line}", _NAMES.get(kind, kind), str(reason))
            if len(self.account.rejected) > _MOST_REJECTED:
                raise _too_many("records that cannot be read", _MOST_REJECTED) from None

    def _take_sleep(self, said: Attributes, zone: str) -> None:
        value = said.get("value", "")
        if value not in _ASLEEP:
            self._leave(f"{_NAMES[_SLEEP]}: {value.removeprefix(_VALUE) or 'nothing'}")
            return
        start, end = _moment(said.get("startDate", "")), _local(_moment(said.get("endDate", "")), zone)
        if end < start:
            raise ValueError("it ends before it begins")
        night = end.date() + timedelta(days=end.hour >= _EVENING)
        slept = self.sleep[night, self._source(said)]
        slept.staged |= value in _STAGES
        slept.stretches.append((start.timestamp(), end.timestamp()))
        if night == end.date():
            slept.woke.append(f"{end:%H:%M}")
        self.stretches += 1
        if self.stretches > self.limits.rows:
            raise _too_many("stretches of sleep", self.limits.rows)

    def _take_steps(self, said: Attributes) -> None:
        counted = _count(said.get("value", ""))
        if not counted:
            self._leave("steps: 0")
            return
        self.steps[_day(said.get("startDate", "")[:10]), self._source(said)] += counted
        if len(self.steps) > self.limits.rows:
            raise _too_many("days of steps", self.limits.rows)

    def _source(self, said: Attributes) -> int:
        """The number of the device: two phones of one name are two devices."""
        hardware = said.get("device", "").partition("hardware:")[2].partition(", ")[0]
        name = f"{said.get('sourceName', '')[:_LONGEST_NAME]}|{hardware[:_LONGEST_NAME]}"
        number = self.sources.setdefault(name, len(self.sources))
        if number > _MOST_SOURCES:
            raise _too_many("devices", _MOST_SOURCES)
        return number

    def _leave(self, kind: str) -> None:
        known = kind in self.kinds or len(self.kinds) < _MOST_KINDS
        self.kinds[kind if known and len(kind) <= _LONGEST_NAME else "other records"] += 1


_NAMES = {_SLEEP: "sleep", _STEPS: "steps", "ExportDate": "date of the export"}


def parse(source: Source, limits: Limits, as_of: date, tell: Tell | None = None) -> ParsedFile:
    """The nights and the steps of whoever the export is from. Raises UnreadableFile for a damaged file."""
    account = Account()
    reader = _Reader(account, limits)
    walk(source, limits, reader.take, tell)
    for kind, count in reader.kinds.items():
        account.unused[shown(kind)] += count
    not_over = min(reader.exported or as_of, as_of)
    measured = Measured(_nights(reader), _steps(reader), reader.born, not_over)
    return as_file(APPLE, measured, account, as_of)


def _nights(reader: _Reader) -> dict[date, Night]:
    chosen: dict[date, _Slept] = {}
    for (day, _), slept in reader.sleep.items():
        if day not in chosen or (slept.staged, slept.hours()) > (chosen[day].staged, chosen[day].hours()):
            chosen[day] = slept
    _count_left(reader, "night", len(reader.sleep) - len(chosen))
    nights = {day: Night(slept.hours(), slept.time_of_waking()) for day, slept in chosen.items()}
    return {day: night for day, night in nights.items() if night.hours > 0}


def _steps(reader: _Reader) -> dict[date, float]:
    most: dict[date, float] = {}
    for (day, _), counted in reader.steps.items():
        most[day] = max(most.get(day, 0.0), float(counted))
    _count_left(reader, "steps", len(reader.steps) - len(most))
    return most


def _count_left(reader: _Reader, what: str, count: int) -> None:
    if count:
        reader.account.unused[f"{what} told {_SECOND_DEVICE}"] += count


def _too_many(what: str, most: int) -> UnreadableFile:
    return unreadable(f"The export holds more than {most:,} {what}.", "Ask who looks after Flareboard to look at it.")


def _moment(text: str) -> datetime:
    """The instant of '2026-03-02 06:40:00 +0100', in the zone it is written in. Raises ValueError."""
    try:
        found = datetime.fromisoformat(text[:19] + text[19:].strip())
    except ValueError:
        raise ValueError("its date cannot be read") from None
    if found.tzinfo is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError("its date has no zone, or is none that can be")
    return found


@lru_cache(maxsize=512)
def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("its date cannot be read") from None


def _born(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None  # the phone's owner gave none


def _count(text: str) -> int:
    """Steps. Raises ValueError."""
    try:
        counted = round(float(text))
    except (ValueError, OverflowError):
        raise ValueError("its number cannot be read") from None
    if counted < 0 or len(text) > _LONGEST_NAME:
        raise ValueError("its number is below 0, or too long")
    if counted > _MOST_STEPS:
        raise ValueError("its number is more than anybody walks in a day")
    return counted


def _local(when: datetime, zone: str) -> datetime:
    """The moment where the person slept, where the record names that place; else as it is written."""
    place = _zone(zone) if zone else None
    return when.astimezone(place) if place else when


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
