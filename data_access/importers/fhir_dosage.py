"""The dosage of a prescription or statement: one plain instruction as dose and frequency, all else as its words.

A dose that several instructions, a range or contradicting texts leave open stays unknown: never a smaller one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinical.medication.frequency import times_a_day
from data_access.importers.fhir_readings import NotTaken
from data_access.importers.fhir_shape import Node, Number, label, number, obj, objects, quantity, text, texts
from data_access.importers.fhir_time import bounds

LONGEST_FREQUENCY = 120
_CUT = " ... (longer in the source)"
_SAME_TIMES = 0.01
_PERIODS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_WHEN = {"MORN": "in the morning", "EVE": "in the evening", "NIGHT": "at night", "HS": "at bedtime"}


@dataclass(frozen=True, slots=True)
class Dosage:
    """What is to be taken: `dose` in `unit` None when the instructions do not name one; `frequency` in words."""

    dose: float | None
    unit: str
    route: str
    frequency: str
    as_needed: bool
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class _Dose:
    """One amount, or the words of a range or of several amounts."""

    value: float | None
    unit: str
    words: str = ""


def dosage(instructions: list[Node], supply_to: date | None = None) -> Dosage:
    """All instructions together; `supply_to` the day a supply without another end runs to, kept in words.

    Raises NotTaken, ImpossibleDate.
    """
    read = [_instruction(node) for node in instructions] or [_instruction({})]
    found = read[0] if len(read) == 1 else _several(read)
    note = f"supply to {supply_to.day} {supply_to:%b %Y}" if supply_to and not found.end else ""
    return Dosage(
        found.dose, found.unit, found.route, _fitting(found.frequency, note), found.as_needed, found.start, found.end
    )


def amount(node: Node) -> tuple[float | None, str]:
    """A quantity as dose and unit, None and '' where there is none. Raises NotTaken."""
    if not node:
        return None, ""
    found = quantity(node)
    if not isinstance(found, Number):
        raise NotTaken("the dose is no number")
    return found.value, text(node, "unit") or text(node, "code")


def _instruction(node: Node) -> Dosage:
    timing = obj(node, "timing")
    repeat = obj(timing, "repeat")
    start, end = bounds(obj(repeat, "boundsPeriod"))
    dose = _dose(objects(node, "doseAndRate"))
    needed = node.get("asNeededBoolean") is True or bool(obj(node, "asNeededCodeableConcept"))
    often = _often(" ".join(text(node, "text").split()), _frequency(repeat) or label(obj(timing, "code")))
    words = " ".join(part for part in (dose.words, often) if part)
    return Dosage(dose.value, dose.unit, label(obj(node, "route")), words, needed, start, end)


def _several(read: list[Dosage]) -> Dosage:
    """Several instructions as their words one after another: which of them hold together nobody here can say."""
    routes = {each.route for each in read}
    starts = [each.start for each in read if each.start]
    ends = [each.end for each in read if each.end]
    return Dosage(
        dose=None,
        unit="",
        route=read[0].route if len(routes) == 1 else "",
        frequency=" + ".join(_words(each) for each in read),
        as_needed=all(each.as_needed for each in read),
        start=min(starts, default=None),
        end=max(ends) if len(ends) == len(read) else None,
    )


def _words(each: Dosage) -> str:
    dose = f"{each.dose:g} {each.unit}".strip() if each.dose is not None else ""
    needed = "as needed" if each.as_needed and "needed" not in each.frequency else ""
    return " ".join(part for part in (dose, each.frequency, needed) if part) or "an instruction without words"


def _dose(given: list[Node]) -> _Dose:
    """The amount when every entry names the same one; else the words of all."""
    read = list(dict.fromkeys(_dose_of(node) for node in given))
    if not read:
        return _Dose(None, "")
    return read[0] if len(read) == 1 else _Dose(None, "", " or ".join(_dose_words(each) for each in read))


def _dose_words(dose: _Dose) -> str:
    return dose.words or (f"{dose.value:g} {dose.unit}".strip() if dose.value is not None else "dose not given")


def _dose_of(node: Node) -> _Dose:
    spread = obj(node, "doseRange")
    if not spread:
        return _Dose(*amount(obj(node, "doseQuantity")))
    (low, unit), (high, other) = amount(obj(spread, "low")), amount(obj(spread, "high"))
    ends = " to ".join(f"{end:g}" if end is not None else "?" for end in (low, high))
    return _Dose(None, "", f"{ends} {other or unit}".strip())


def _often(written: str, structured: str) -> str:
    """The prescriber's own sentence before the structured timing; both where they contradict each other.

    Structured timings in the field contradict the sentence often enough: such a line is in no sum.
    """
    if not written:
        return structured
    said, timed = times_a_day(written), times_a_day(structured)
    if timed is None:
        agree = " to " not in structured
    else:
        agree = said is None or abs(said.times - timed.times) <= _SAME_TIMES * said.times
    return written if agree else f"{written.rstrip('.')}, but its timing says {structured}"


def _frequency(repeat: Node) -> str:
    """How often, like '2 times every 3 days', '1 to 4 times a day'; '' where the timing does not say."""
    unit = _PERIODS.get(text(repeat, "periodUnit"), "")
    times = _span(repeat, "frequency", "1")
    period = _span(repeat, "period", "")
    if not times or not period or not unit:
        return ""
    span = f"a {unit}" if period == "1" else f"every {period} {unit}s"
    often = "once" if times == "1" else f"{times} times"
    return " ".join(part for part in _at(repeat, f"{often} {span}") if part)


def _at(repeat: Node, often: str) -> Iterable[str]:
    """The frequency with the days and times of day it is about; one time of the day says it all."""
    when = texts(repeat, "when")
    if often == "once a day" and len(when) == 1 and when[0] in _WHEN and "dayOfWeek" not in repeat:
        return (_WHEN[when[0]],)
    named = [*texts(repeat, "dayOfWeek"), *(_WHEN.get(each, each) for each in when), *texts(repeat, "timeOfDay")]
    return (often, f"({', '.join(named)})" if named else "")


def _span(repeat: Node, name: str, missing: str) -> str:
    """A number or 'a to b' of it; '' when it is none that can be meant."""
    least, most = number(repeat.get(name)), number(repeat.get(f"{name}Max"))
    given = [value for value in (least, most) if value is not None]
    if (name in repeat and least is None) or any(not 0 < value < 1000 for value in given):
        return ""
    if most is None or most == least:
        return missing if least is None else f"{least:g}"
    return f"{missing or '?'} to {most:g}" if least is None else f"{least:g} to {most:g}"


def _fitting(frequency: str, note: str) -> str:
    """The words with the note, in the longest text that can be kept; a cut one says that it is cut."""
    tail = f"; {note}" if note and frequency else note
    room = LONGEST_FREQUENCY - len(tail)
    if len(frequency) > room:
        frequency = frequency[: room - len(_CUT)].rstrip() + _CUT
    return f"{frequency.rstrip('.') if tail else frequency}{tail}"
