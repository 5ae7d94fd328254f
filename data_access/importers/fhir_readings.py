"""One coded answer as what it says: a diary answer, painful regions, a score, an answer of a questionnaire, a goal.

The same reading serves observations, their components, and items of questionnaire responses. An answer code counts only
where its number is certain; a code whose text says something else counts as not certain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_access.importers import fhir_codes
from data_access.importers.checks import RANGES, is_plain
from data_access.importers.fhir_body_sites import Site, UnknownSite, area_of, is_site, site_of
from data_access.importers.fhir_codes import (
    BODY_MAP,
    DIARY,
    FLARE,
    GOAL_QUESTIONS,
    ITEMS,
    MEASURE_UNITS,
    PAIN,
    PANELS,
    QUALITY_WORDS,
    SCORE_UNITS,
    SNOMED,
    TOTALS,
    Answer,
    Instrument,
)
from data_access.importers.fhir_shape import Coded, Coding, Node, Number, Unreadable, Value, Words
from data_access.records import MarkRecord

LONGEST_REMARK = 2_000


class NotUsed(Exception):
    """A resource that is valid but has no place; the message is its kind."""


class NotTaken(Exception):
    """A resource that is refused; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A diary answer: column and value (0-10, hours, minutes; `flare` 1 or 0)."""

    column: str
    value: float


@dataclass(frozen=True, slots=True)
class Marked:
    """Painful regions, all with the same intensity and qualities."""

    marks: tuple[MarkRecord, ...]
    detail_unknown: bool


@dataclass(frozen=True, slots=True)
class Remarked:
    """Words that have no other place, kept in the entry's note."""

    text: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A score of a measure (`place` None) or one answer of it."""

    instrument: Instrument
    place: int | None
    value: float


@dataclass(frozen=True, slots=True)
class Aimed:
    """A goal in the person's own words."""

    title: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a resource that has no place here; the rest of it was read."""

    kind: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A diary entry that Flareboard wrote, and what it says beside its answers."""

    relief: tuple[str, ...] = ()
    weather: tuple[str, ...] = ()
    note: str = ""
    detail_unknown: bool = False


Reading = Unread | Answered | Marked | Remarked | Scored | Aimed | Logged


def is_known(codings: Sequence[Coding]) -> bool:
    """Whether one of the codes has a meaning here."""
    return any(
        key in DIARY or key in TOTALS or key in ITEMS or key in GOAL_QUESTIONS or key in (FLARE, BODY_MAP, *PANELS)
        for key in _keys(codings)
    ) or any(area_of(c) or is_site(c) for c in codings)


def _keys(codings: Sequence[Coding]) -> list[fhir_codes.Key]:
    return [(coding.system, coding.code) for coding in codings]


def readings(codings: Sequence[Coding], value: Value, body_site: Node) -> Iterator[Reading]:
    """What one coded answer says. Raises NotUsed (no meaning here) or NotTaken (refused, with the reason)."""
    if isinstance(value, Unreadable):
        raise NotTaken(value.why)
    for coding in codings:
        key = (coding.system, coding.code)
        if area := area_of(coding):
            return _area(*area, value)
        if key in GOAL_QUESTIONS:
            return iter([_goal(value)])
        if key == FLARE:
            return iter([_flare(value)])
        if key == BODY_MAP:
            return iter([Marked((), detail_unknown=False)])
        if key == PAIN and body_site:
            return iter([_marked(placed(body_site), value)])
        if is_site(coding):
            return iter([_marked(placed({"coding": [{"system": coding.system, "code": coding.code}]}), value)])
        if key in DIARY:
            return iter([_answered(DIARY[key], value)])
        if key in TOTALS:
            return iter([_scored(TOTALS[key], None, value)])
        if key in ITEMS:
            return iter([_scored(*ITEMS[key], value)])
    raise NotUsed(named(codings))


def named(codings: Sequence[Coding]) -> str:
    """What a report calls a code: the code and its text."""
    return f"{codings[0].code} {codings[0].display}".strip() if codings else "without a code"


def _number(value: Value) -> Number:
    if isinstance(value, Number):
        return value
    if isinstance(value, Coded):
        raise NotUsed("answer code whose number is not certain")
    if isinstance(value, Words):
        raise NotTaken("the number is written as text")
    raise NotTaken("it holds no number")


def _answered(answer: Answer, value: Value) -> Answered:
    number = _number(value)
    if number.unit not in answer.units:
        raise NotTaken(f"unknown unit for {answer.column}")
    # Minutes become hours here; two digits more than anybody logs keep thirds readable.
    factor = answer.units[number.unit]
    converted = number.value if factor == 1.0 else round(number.value * factor, 4)
    low, high = RANGES[answer.column]
    if not low <= converted <= high:
        raise NotTaken(f"{answer.column} is outside {low:g} to {high:g}")
    return Answered(answer.column, converted)


def _flare(value: Value) -> Answered:
    if not isinstance(value, bool):
        raise NotTaken("the flare answer is neither true nor false")
    return Answered("flare", float(value))


def placed(body_site: Node) -> Site:
    """The regions of a body site. Raises NotTaken."""
    try:
        return site_of(body_site)
    except UnknownSite as unknown:
        raise NotTaken(str(unknown)) from None


def _marked(site: Site, value: Value) -> Marked:
    if value is None:
        raise NotUsed("pain in a body site, without a value")
    number = _number(value)
    if number.unit not in SCORE_UNITS:
        raise NotTaken("unknown unit for the intensity of a region")
    if not 0 <= number.value <= 10:
        raise NotTaken("the intensity of a region is outside 0 to 10")
    if number.value != int(number.value):
        raise NotTaken("the intensity of a region is not a whole number")
    marks = tuple(MarkRecord(region, int(number.value)) for region in site.regions)
    return Marked(marks, site.detail_unknown)


def _area(name: str, regions: tuple[str, ...], value: Value) -> Iterator[Reading]:
    if isinstance(value, Words):
        yield _remark(f"Pain {name}: {value.text}")
        return
    if not isinstance(value, Coded):
        raise NotUsed(f"pain area {name} without an answer")
    known, words = _qualities(value)
    if regions:
        yield Marked(tuple(MarkRecord(region, None, known) for region in regions), detail_unknown=True)
    else:
        words = [*known, *words]
    if words:
        yield _remark(f"Pain {name}: {', '.join(words)}")


def _remark(text: str) -> Remarked:
    if len(text) > LONGEST_REMARK:
        raise NotTaken(f"the words are longer than {LONGEST_REMARK} characters")
    if not is_plain(text):
        raise NotTaken("the words hold control characters")
    return Remarked(text)


def _qualities(value: Coded) -> tuple[tuple[str, ...], list[str]]:
    """The pain qualities we keep, and the words we have no place for, each once."""
    known: dict[str, None] = {}
    words: dict[str, None] = {}
    for coding in value.codings:
        quality, word = QUALITY_WORDS.get(coding.code, ("", "")) if coding.system == SNOMED else ("", "")
        if quality and coding.display.casefold() in ("", word.casefold(), quality):
            known[quality] = None
        else:
            words[(coding.display or coding.code).casefold()] = None
    if not value.codings and value.text:
        words[value.text] = None
    return tuple(known), list(words)


def _goal(value: Value) -> Aimed:
    if not isinstance(value, Words) or not value.text.strip():
        raise NotUsed("question about goals without an answer in words")
    return Aimed(" ".join(value.text.split()))


def _scored(instrument: Instrument, place: int | None, value: Value) -> Scored:
    allowed = instrument.range if place is None else instrument.item_range
    if isinstance(value, Coded) and instrument.answers:
        return Scored(instrument, place, _decoded(instrument, value))
    number = _number(value)
    if number.unit not in MEASURE_UNITS.get(instrument.name, SCORE_UNITS):
        raise NotTaken(f"unknown unit for {instrument.name}")
    if not allowed.holds(number.value):
        raise NotTaken(f"{instrument.name} is outside {allowed}")
    return Scored(instrument, place, number.value)


def _decoded(instrument: Instrument, value: Coded) -> float:
    answers = instrument.answers or {}
    for coding in value.codings:
        if coding.code not in answers:
            continue
        number, text = answers[coding.code]
        if coding.display and text and coding.display.casefold() != text.casefold():
            raise NotUsed("answer code whose text says something else")
        return float(number)
    raise NotUsed("answer code whose number is not certain")
