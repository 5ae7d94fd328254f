"""Numbers, days and counts as a clinician reads them: units printed, nothing known said as 'no data'."""

import re
from datetime import date

from clinical.diary import Period
from clinical.rounding import displayed
from clinical.thresholds import limit

NO_DATA = "no data"
MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARKS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~$:&]")
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def day(value: date | None, as_of: date) -> str:
    """'3 Mar', with the year where it is not this year's; 'no date' for none."""
    if value is None:
        return "no date"
    year = f" {value.year}" if value.year != as_of.year else ""
    return f"{value.day} {_MONTHS[value.month - 1]}{year}"


def full_day(value: date) -> str:
    """'3 Mar 2026'."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def span(period: Period) -> str:
    """'31 Aug – 22 Nov 2026', the first year printed only where it differs; one day is that day."""
    if period.start == period.end:
        return full_day(period.end)
    return f"{day(period.start, period.end)} – {full_day(period.end)}"


def number(value: float | None, places: int = 1, unit: str = "") -> str:
    """'4.9', '5.2 h', or 'no data'; rounded as displayed, a true minus sign in front of negatives."""
    if value is None:
        return NO_DATA
    shown = f"{displayed(value, places):.{places}f}".replace("-", MINUS)
    return f"{shown} {unit}".rstrip()


def plainly(value: float | None, unit: str = "") -> str:
    """A number with as many decimals as it needs, at most two: '60 mg', '2.5 mg'; 'no data' for none."""
    if value is None:
        return NO_DATA
    return f"{displayed(value, 2):g} {unit}".rstrip()


def exactly(value: float | None) -> str:
    """The value before rounding, to three decimals: '4.448'; 'no data' for none."""
    return number(value, 3)


def several(count: int, one: str, many: str = "") -> str:
    """'1 day', '7 days', '3,650 days'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def counted(count: int, one: str, many: str = "") -> str:
    """'one flare', 'two flares', '14 flares': small numbers in words."""
    word = _COUNTS[count] if 0 <= count < len(_COUNTS) else str(count)
    return f"{word} {one if count == 1 else many or one + 's'}"


def listed(items: list[str], most: int = 3) -> str:
    """'a', 'a and b', 'a, b and c', 'a, b and 4 more'."""
    if len(items) > most:
        return f"{', '.join(items[: most - 1])} and {len(items) - most + 1} more"
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def sentence_case(text: str) -> str:
    """The text with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def mid_sentence(text: str) -> str:
    """The words as they stand within a sentence: the first letter small, unless it begins an abbreviation ('NSAID')."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and not first[1:].islower() else text[:1].lower() + text[1:]


_TAG = re.compile(r"\s*\((?:disorder|finding|situation|event|procedure|substance|morphologic abnormality)\)$")


def without_tag(label: str) -> str:
    """A SNOMED CT name without the kind of thing it is: 'Fibromyalgia (disorder)' is 'Fibromyalgia'."""
    return _TAG.sub("", label)


def after_short_nights(after: int, flares: int) -> str:
    """' (each after a night under 5 h)', ' (one after ...)', or nothing; which of them says no more than the order."""
    if not after:
        return ""
    which = "each " if after == flares > 1 else "" if after == flares else f"{_COUNTS[after] if after < 13 else after} "
    return f" ({which}after a night under {limit('short_night_hours'):.0f} h)"


def times(count: int) -> str:
    """'once', 'twice', 'three times'."""
    return {1: "once", 2: "twice"}.get(count) or counted(count, "time")


def escaped(text: str) -> str:
    """Text of the record for a place that reads Markdown: every mark that means something there is made plain."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def of_days(logged: int, days: int) -> str:
    """'77 of 84 days logged'."""
    return f"{logged:,} of {several(days, 'day')} logged"
