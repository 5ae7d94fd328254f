"""When something was: the day as the source wrote it, in its own time zone.

The day is the patient's local day, so the calendar part is taken as it stands and never moved to another zone. A year
or a month alone is no day. `issued` and `recordedDate` say when something was written down, so they are not read here
(docs/adr: an observation without an effective date is undated).
"""

import re
from dataclasses import dataclass
from datetime import date

from data_access.importers.fhir_shape import Node, obj, objects, text

_INSTANT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(T(?P<time>([01]\d|2[0-3]):[0-5]\d)(:[0-5]\d|:60)?(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
LOCAL_TIME = "urn:flareboard:local-time"
"""Extension of a date: the time of the patient's own day, for which FHIR's dateTime would demand a zone."""
_TIME = re.compile(r"(?P<time>([01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?", re.ASCII)
_PARTIAL = re.compile(r"\d{4}(-\d{2})?", re.ASCII)


class ImpossibleDate(ValueError):
    """A date that is written but is none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, where known, the time HH:MM; `day` None: undated."""

    day: date | None
    at_time: str = ""


UNDATED = Moment(None)


def moment(written: str) -> Moment:
    """The moment of a dateTime; undated for '' and for a year or month alone. Raises ImpossibleDate."""
    if not written or _PARTIAL.fullmatch(written):
        return UNDATED
    found = _INSTANT.fullmatch(written)
    if not found:
        raise ImpossibleDate
    try:
        return Moment(date.fromisoformat(found["day"]), found["time"] or "")
    except ValueError:
        raise ImpossibleDate from None


def day(written: str) -> date | None:
    """The day of a date or dateTime, None where it is not known to the day. Raises ImpossibleDate."""
    return moment(written).day


def of(node: Node, name: str) -> Moment:
    """The moment of name[x]: DateTime, Instant, Date, or the end of a Period (its start where it is open)."""
    for kind in ("DateTime", "Instant", "Date"):
        if written := text(node, f"{name}{kind}"):
            return _with_local_time(moment(written), obj(node, f"_{name}{kind}"))
    period = obj(node, f"{name}Period")
    return moment(text(period, "end") or text(period, "start"))


def _with_local_time(found: Moment, beside: Node) -> Moment:
    """The moment, with our own extension's time where the date has none. Raises ImpossibleDate."""
    given = [text(one, "valueTime") for one in objects(beside, "extension") if text(one, "url") == LOCAL_TIME]
    if found.at_time or not found.day or not given:
        return found
    time = _TIME.fullmatch(given[0])
    if not time:
        raise ImpossibleDate
    return Moment(found.day, time["time"])


def bounds(period: Node) -> tuple[date | None, date | None]:
    """The first and last day of a Period. Raises ImpossibleDate."""
    return day(text(period, "start")), day(text(period, "end"))
