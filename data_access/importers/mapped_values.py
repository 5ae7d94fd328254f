"""Cells of a foreign diary as values: numbers on our scale, hours and minutes, days, times of day, yes and no.

Each refuses in words what it cannot read; nothing is guessed here. A scale is converted linearly (docs/adr/0023).
"""

import re
from collections.abc import Mapping
from datetime import date

from data_access.importers.mapped_rules import DATE_ORDERS, DateOrder, Decimal, Scale
from data_access.text import folded

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,15})?")
_OF = re.compile(r"(?P<said>[0-9.,]{1,8})\s*/\s*(?P<most>[0-9]{1,4})")
_GROUPED = re.compile(r"[0-9]{1,3}([.,' \u00a0\u202f][0-9]{3})+")
_PARTS = re.compile(r"(?P<hours>[0-9]{1,3})\s*(:|h|hrs?|hours?|std\.?)\s*((?P<minutes>[0-9]{1,2})\s*(m|min\.?)?)?")
_MINUTES = re.compile(r"(?P<minutes>[0-9]{1,4})\s*(m|min|mins|minutes?)\.?")
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})((:|h|\.)(?P<minute>[0-9]{2})(:[0-9]{2}(\.[0-9]+)?)?)?\s*(?P<half>[ap]\.?\s?m\.?|uhr|h)?"
)
_DAY = re.compile(r"(?P<a>[0-9]{1,4})\s*[./\- ]\s*(?P<b>[0-9]{1,2})\s*[./\- ]\s*(?P<c>[0-9]{1,4})")
_NAMED_DAY = re.compile(
    r"(?P<day>[0-9]{1,2})\.?(st|nd|rd|th)?[ \-/]+(?P<month>[^\W\d_]{3,})\.?,?[ \-/]+(?P<year>[0-9]{4})"
)
_NAMED_MONTH = re.compile(
    r"(?P<month>[^\W\d_]{3,})\.?[ \-/]+(?P<day>[0-9]{1,2})(st|nd|rd|th)?,?[ \-/]+(?P<year>[0-9]{4})"
)
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?,\s*(?=[^\s])")
_MOMENT = re.compile(r"(?P<day>.{6,}?)(t(?=[0-9])|,?\s+)(?P<time>[0-9]{1,2}[:h.][0-9]{2}.{0,20})", re.DOTALL)
_ZONE = re.compile(r"\s*(z|utc|[+-][0-9]{2}:?[0-9]{2})$")
_MONTHS = (
    "january januar janvier enero januari", "february februar fevrier febrero februari", "march marz mars marzo maart",
    "april avril abril", "may mai mayo mei", "june juni juin junio", "july juli juillet julio",
    "august aout agosto augustus", "september septembre septiembre", "october oktober octobre octubre",
    "november novembre noviembre", "december dezember decembre diciembre",
)  # fmt: skip
YES = frozenset(
    ("yes", "y", "true", "1", "x", "ja", "j", "wahr", "oui", "vrai", "si", "verdadero", "waar", "\u2713", "\u2714")
)
NO = frozenset(("no", "n", "false", "0", "nein", "falsch", "non", "faux", "nee", "onwaar"))
CENTURY = 2000
LONGEST = 60
"""Characters of the longest cell that may be a date or a time: a longer one is none, and is not searched for one."""
_DAY_LONG = 24 * 60


class ValueRefused(ValueError):
    """A cell that cannot be read as what its column means; the message is the reason."""


def number(text: str, decimal: Decimal) -> float:
    """The number in a cell, with that decimal sign and no other."""
    said = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(said):
        raise ValueRefused("is not a number")
    other = "," if decimal == "." else "."
    if other in said:
        raise ValueRefused(f"has a decimal {'comma' if other == ',' else 'point'}, and the other sign was chosen")
    return float(said.replace(decimal, ".")) + 0.0


def is_decimal(text: str, sign: str) -> bool:
    """Whether the cell is a number with that decimal sign; 5,432 may be thousands and says nothing."""
    said = text.strip()
    return sign in said and _NUMBER.fullmatch(said) is not None and _GROUPED.fullmatch(said) is None


def whole(text: str, decimal: Decimal) -> float:
    """A count, its thousands apart or not."""
    said = text.strip()
    return float(re.sub(r"\D", "", said)) if _GROUPED.fullmatch(said) else number(said, decimal)


def on_scale(text: str, scale: Scale, words: Mapping[str, str], decimal: Decimal) -> float:
    """The cell on our scale 0-10: a number of the file's own scale, `4/5`, or a word that means one."""
    word = folded(text)
    if words.get(word, "?") == "":
        raise ValueRefused("has a word that was given no number")
    if words and word not in words and word[:1].isalpha():
        raise ValueRefused(f"is none of the words that mean something: {', '.join(words)}")
    value = number(words[word], ".") if word in words else number(_of_its_own(text, scale), decimal)
    if not scale.low <= value <= scale.high:
        raise ValueRefused(f"is outside {scale.low:g} to {scale.high:g}")
    return converted(value, scale)


def _of_its_own(text: str, scale: Scale) -> str:
    """The cell without the end of its scale: '4' of '4/5'."""
    found = _OF.fullmatch(text.strip())
    return found["said"] if found and float(found["most"]) == scale.high else text


def converted(value: float, scale: Scale) -> float:
    """A value of that scale on 0-10, linearly, to two decimals; its ends are exactly 0 and 10."""
    span = scale.high - scale.low
    way = value - scale.low if scale.low_is == 0 else scale.high - value
    return round(way / span * 10, 2) + 0.0


def amount(text: str, decimal: Decimal) -> float:
    """How much of a medicine: with that decimal sign, and nothing that may be thousands (1.000 and 1,000 mg)."""
    if _GROUPED.fullmatch(text.strip()) and not text.strip().startswith("0"):
        raise ValueRefused("may be in thousands or have three decimals: write it without the sign")
    return number(text, decimal)


def hours(text: str, unit: str, decimal: Decimal) -> float:
    """Hours of a cell: `7h30`, `7:30`, `450 min`, or a number of `unit`."""
    return _within_a_day(_duration(text, unit or "hours", decimal)) / 60


def minutes(text: str, unit: str, decimal: Decimal) -> float:
    """Minutes of a cell: `0:45`, `1h`, `45 min`, or a number of `unit`."""
    return _within_a_day(_duration(text, unit or "minutes", decimal))


def _within_a_day(minutes_: float) -> float:
    if not 0 <= minutes_ <= _DAY_LONG:
        raise ValueRefused("is longer than a day, or less than nothing")
    return minutes_


def _duration(text: str, unit: str, decimal: Decimal) -> float:
    said = folded(_short(text))
    if found := _PARTS.fullmatch(said):
        below = int(found["minutes"] or 0)
        if below > 59:
            raise ValueRefused("has more than 59 minutes to the hour")
        return int(found["hours"]) * 60.0 + below
    if found := _MINUTES.fullmatch(said):
        return float(found["minutes"])
    return number(said, decimal) * (60 if unit == "hours" else 1)


def clock(text: str) -> str:
    """The time of day of a cell as HH:MM: `8:05`, `20:05:31`, `8 am`, `8h05`, `8 Uhr`."""
    found = _CLOCK.fullmatch(folded(_short(text)))
    if found is None or (found["minute"] is None and found["half"] is None):
        raise ValueRefused("is not a time of day")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "")[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            raise ValueRefused("is not a time of day")
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise ValueRefused("is not a time of day")
    return f"{hour:02}:{minute:02}"


def day(text: str, order: DateOrder) -> date:
    """The day of a cell written in that order."""
    said = _WEEKDAY.sub("", _short(text), count=1)
    try:
        year, month, day_ = _named(said) if order == "named" else _numbers(said, order)
        return date(year, month, day_)
    except ValueRefused:
        raise
    except ValueError:
        raise ValueRefused("is not a day of the calendar, read in the order that was chosen") from None


def _short(text: str) -> str:
    """The cell with single blanks. Raises ValueRefused for one too long to be what is looked for."""
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise ValueRefused(f"is longer than {LONGEST} characters")
    return said


def _numbers(said: str, order: DateOrder) -> tuple[int, int, int]:
    found = _DAY.fullmatch(said)
    if found is None or not order:
        raise ValueRefused("is not a date in the order that was chosen")
    by = dict(zip(order[:3], found.group("a", "b", "c"), strict=True))
    short = order.endswith("2")
    if len(by["y"]) != (2 if short else 4) or len(by["d"]) > 2 or len(by["m"]) > 2:
        raise ValueRefused("is not a date in the order that was chosen")
    return int(by["y"]) + (CENTURY if short else 0), int(by["m"]), int(by["d"])


def _named(said: str) -> tuple[int, int, int]:
    plain = folded(said)
    found = _NAMED_DAY.fullmatch(plain) or _NAMED_MONTH.fullmatch(plain)
    months = [n for n, names in enumerate(_MONTHS, 1) if found and _begins(names, found["month"])]
    if found is None or len(months) != 1:
        raise ValueRefused("is not a date with the month in words")
    return int(found["year"]), months[0], int(found["day"])


def _begins(names: str, month: str) -> bool:
    return any(name.startswith(month) for name in names.split())


def readings(text: str) -> dict[DateOrder, date]:
    """Every way to read that date, by the order of its parts."""
    found: dict[DateOrder, date] = {}
    for order in DATE_ORDERS:
        try:
            found[order] = day(text, order)
        except ValueRefused:
            continue
    return found


def split_moment(text: str) -> tuple[str, str]:
    """Date and time of a cell that holds both; the time is '' where there is none. A zone is left out: the day and
    time are those of the place where it was written."""
    said = " ".join(text.split())
    if len(said) > LONGEST:
        return said, ""
    found = _MOMENT.fullmatch(said) or _MOMENT.fullmatch(said.replace("T", "t", 1))
    if found is None:
        return said, ""
    return found["day"].rstrip(","), _ZONE.sub("", found["time"].casefold())


def yes(text: str, words: Mapping[str, str]) -> bool:
    """Yes or no, by the words that were chosen, then by those everybody knows."""
    said = folded(text)
    meaning = words.get(said, "yes" if said in YES else "no" if said in NO else "")
    if meaning not in ("yes", "no"):
        raise ValueRefused("is neither yes nor no")
    return meaning == "yes"
