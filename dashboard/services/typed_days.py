"""A day as somebody typed it: read when it can mean one day only, otherwise what is wrong with it, in words."""

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NAMED = re.compile(r"(?:[a-z]+,? )?(?P<day>\d{1,2})\.? (?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})", re.IGNORECASE)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEARS = range(1900, 2200)
LIKE = "Write it like 23 Nov 2026 or 2026-11-23."


def read(text: str) -> date | None:
    """The day, None for an empty text. Raises ValueError with words for the person where it is none."""
    said = " ".join(text.split())
    if not said:
        return None
    if found := _SLASHED.fullmatch(said):
        return _either_way(said, *map(int, found.groups()))
    for pattern in (_ISO, _NAMED, _DOTTED):
        if found := pattern.fullmatch(said):
            return _day(said, found["year"], found["month"], found["day"])
    raise ValueError(f"This is not read as a day. {LIKE}")


def written(day: date | None) -> str:
    """'23 Nov 2026', empty for none: what `read` reads."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}" if day else ""


def _day(said: str, year: str, month: str, day: str) -> date:
    number = int(month) if month.isdigit() else _month(month)
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        raise ValueError(f"There is no such day. {LIKE}") from None
    if found.year not in _YEARS:
        raise ValueError(f"The year {found.year} cannot be meant. {LIKE}")
    return found


def _month(name: str) -> int:
    known = [number for number, month in enumerate(_MONTHS, 1) if month.lower().startswith(name.lower())]
    if len(known) != 1:
        raise ValueError(f"This is not read as a day: the month is not known. {LIKE}")
    return known[0]


def _either_way(said: str, first: int, second: int, year: int) -> date:
    """The day where only one reading is a day: 3/11 is 3 November here and 11 March there."""
    readings = {(first, second), (second, first)}
    sound = [(day, month) for day, month in readings if month <= len(_MONTHS)]
    if len(sound) > 1:
        raise ValueError(f"This can be read as two different days. {LIKE}")
    if not sound:
        raise ValueError(f"There is no such day. {LIKE}")
    day, month = sound[0]
    return _day(said, str(year), str(month), str(day))
