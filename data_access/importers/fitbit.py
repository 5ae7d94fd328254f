"""Sleep and steps out of a Fitbit account: the CSV of an export, and the sleep-YYYY-MM-DD.json of the archive.

The other tables and lists of an account have no place here. The archive's lists of steps are told from those of
calories or distance by nothing but their name, and stand in another zone than the sleep: they are not read.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from data_access.importers import json_reading
from data_access.importers.csv_table import Row, read_table
from data_access.importers.device_days import Device, Measured, Night, as_file
from data_access.importers.parsed import Account, ParsedFile
from data_access.importers.reading import Limits, SourceFile, decoded, unreadable

FITBIT = Device("fitbit", "fitbit-csv")
FITBIT_LIST = Device("fitbit", "fitbit-sleep-json")

_SLEEP = ("Start Time", "End Time", "Minutes Asleep")
_TITLES = frozenset({"Body", "Foods", "Activities", "Sleep"})
_NUMBER = re.compile(r"\d{1,3}(,\d{3})*|\d+")
_LISTED = re.compile(r'\s*\[\s*\{[^{}\[\]]{0,2000}?"(dateOfSleep|minutesAsleep)"')
_NOT_WORN = "day without steps (not worn)"


@dataclass(slots=True)
class _Reader:
    account: Account
    logs: dict[date, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))  # minutes, HH:MM
    seen: set[object] = field(default_factory=set)
    steps: dict[date, float] = field(default_factory=dict)

    def log(self, key: object, day: date, minutes: int, woke: datetime) -> None:
        """One sleep; the same one again counts as repeated."""
        if key in self.seen:
            self.account.repeated += 1
            return
        self.seen.add(key)
        self.logs[day].append((minutes, f"{woke:%H:%M}" if woke.date() == day else ""))

    def walked(self, day: date, steps: int) -> None:
        """The steps of a day. Raises ValueError where another number stands already."""
        if not steps:
            self.account.leave(_NOT_WORN)
        elif self.steps.setdefault(day, float(steps)) != steps:
            raise ValueError("the same day stands twice with other values")

    def measured(self, as_of: date) -> Measured:
        """Nights and steps by day; a night ends when the longest sleep of the day ends."""
        nights = {day: Night(_hours(logs), max(logs)[1]) for day, logs in self.logs.items() if _hours(logs)}
        return Measured(nights, self.steps, not_over=as_of)


def _hours(logs: list[tuple[int, str]]) -> float:
    return round(sum(minutes for minutes, _ in logs) / 60, 2)


def is_export(header: Row, text: str) -> bool:
    """Whether a table of that first row is the CSV of an account."""
    if header[:3] == _SLEEP:
        return True
    return len(header) == 1 and header[0] in _TITLES and ("Minutes Asleep" in text or "Steps" in text)


def is_sleep_list(text: str) -> bool:
    """Whether a JSON text is the archive's list of sleep."""
    return _LISTED.match(text) is not None


def parse(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    """The CSV of an account. Raises UnreadableFile when it is broken."""
    table = read_table(decoded(source.content), limits)
    account = Account()
    reader = _Reader(account)
    header: Row = ()
    for line, row in [(1, table.header), *table.rows]:
        cells = tuple(cell.strip() for cell in row)
        if len(cells) == 1 and not cells[0][:1].isdigit():  # the title of the next table
            header = ()
        elif cells[:3] == _SLEEP or (cells[0] == "Date" and not header):
            header = cells
        else:
            account.read += 1
            _take_row(reader, header, cells, f"line {line}")
    return as_file(FITBIT, reader.measured(as_of), account, as_of)


def _take_row(reader: _Reader, header: Row, cells: Row, where: str) -> None:
    said = dict(zip(header, cells, strict=False))
    what = "sleep" if header[:3] == _SLEEP else "steps" if "Steps" in header else ""
    try:
        if what == "sleep":
            woke = _clock(said["End Time"])
            reader.log(cells, woke.date(), _number(said.get("Minutes Asleep", "")), woke)
        elif what:
            reader.walked(_day(said["Date"]), _number(said["Steps"]))
        else:
            reader.account.leave("row of a Fitbit table without a place here")
    except (ValueError, KeyError) as reason:
        why = "a cell is missing" if isinstance(reason, KeyError) else str(reason)
        reader.account.reject(where, what, why)


def _clock(text: str) -> datetime:
    for form in ("%Y-%m-%d %I:%M%p", "%Y-%m-%d %H:%M"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  # the clock on the wall, without a zone
        except ValueError:
            continue
    raise ValueError("its time is not written like 2026-03-02 6:40AM; which day is meant is not certain")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("its date is not written like 2026-03-02; which day is meant is not certain") from None


def _number(text: str) -> int:
    if len(text) > 12 or not _NUMBER.fullmatch(text):
        raise ValueError("its number cannot be read")
    return int(text.replace(",", ""))


def parse_list(source: SourceFile, limits: Limits, as_of: date) -> ParsedFile:
    """The archive's list of sleep. Raises UnreadableFile when it is broken or something else."""
    found = json_reading.parse(decoded(source.content), limits)
    if not isinstance(found, list):
        raise unreadable("The JSON is no list of Fitbit sleep.", "Give the file as the archive holds it.")
    account = Account()
    reader = _Reader(account)
    for place, each in enumerate(found, 1):
        account.read += 1
        try:
            _take_log(reader, each)
        except ValueError as reason:
            account.reject(f"sleep {place}", "sleep", str(reason))
    return as_file(FITBIT_LIST, reader.measured(as_of), account, as_of)


def _take_log(reader: _Reader, said: Any) -> None:
    log = said if isinstance(said, dict) else {}
    minutes, day, ended = log.get("minutesAsleep"), log.get("dateOfSleep"), log.get("endTime")
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not isinstance(day, str):
        raise ValueError("its date or its minutes asleep are missing")
    if minutes < 0 or not isinstance(ended, str):
        raise ValueError("its end is missing, or its minutes are below 0")
    try:
        woke = datetime.fromisoformat(ended)
    except ValueError:
        raise ValueError("its end cannot be read") from None
    key = log.get("logId") if isinstance(log.get("logId"), int) else (day, ended, minutes)
    reader.log(key, _day(day), minutes, woke)
