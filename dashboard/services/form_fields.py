"""What a form asks and how its answers travel: described by the caller, checked here, as text while they are typed.

While somebody types, an answer is what stands in its field ('23 No', '3,'): so nothing typed is lost, and a draft holds
it as it is. Only what was submitted is read, and what cannot be read is said at its field.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from clinical.diary import Period
from clinical.record import Pinned
from dashboard.errors import ExplainedError
from dashboard.services import typed_days
from dashboard.services.notes import cleaned as cleaned_text

Kind = Literal["text", "long", "number", "day", "choice", "several", "people", "scale", "level", "evidence"]
LONGEST_FORM = 250_000
"""Characters of all answers of a form together; more is refused before the database is asked."""
_LONGEST_OF = {"text": 200, "long": 4_000, "people": 160}
_NOBODY = {"id": None, "name": ""}
_NO_EVIDENCE = {"start": "", "end": "", "chart": "", "region": ""}


class Option(NamedTuple):
    """One answer that can be chosen; `group` a heading it stands under, `remark` what is said once it is chosen.

    Of 'several': `preset` ones are chosen unless they are taken out, `fixed` ones are and cannot be.
    """

    code: str
    words: str
    group: str = ""
    remark: str = ""
    preset: bool = False
    fixed: bool = False


class Colleague(NamedTuple):
    """Somebody who can be chosen from the list of a 'people' field."""

    user_id: int
    name: str
    discipline: str = ""  # in words


class Somebody(NamedTuple):
    """Who was chosen: a person with an account here, or the name of somebody without (`user_id` None)."""

    user_id: int | None
    name: str


Value = str | int | float | date | tuple[str, ...] | Somebody | Pinned | None
"""An answer that was read. text, long, choice: str ('' for none); several: the codes in the order of the options;
number: float; day: date; people: Somebody; scale 0..10, level -2..+2: int; evidence: Pinned. Everything but the texts
and codes is None where there is none."""
Raw = str | int | dict[str, Any] | None
Raws = dict[str, Raw]
"""Answers as they stand in their fields, by the names of the fields; JSON knows them all."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One question of a form.

    `longest`: characters of a text or name, 0 for that of its kind. `least`, `most`: limits of a number. `options`: of
    a choice (up to six stand side by side, more in a list), the words of the five levels, codes '-2' to '2', or of
    several, which are `folded` away under how many were chosen.
    `ends`: words for 0 and 10 of a scale. `charts`, `regions`: what evidence is chosen from; a region is asked for with
    the charts named in `with_region`; `period` is that of the page, taken over by one click.
    `wide`: over the whole line; where nothing is said, as its kind is best read. `hidden`: not asked just now, but what
    was answered before stays with the others. `ask`: what is asked before the form is submitted with nothing here;
    the person may go on without.
    """

    name: str
    label: str
    kind: Kind
    help: str = ""
    required: bool = False
    longest: int = 0
    unit: str = ""
    least: float | None = None
    most: float | None = None
    options: Sequence[Option] = ()
    ends: tuple[str, str] = ("", "")
    people: Sequence[Colleague] = ()
    charts: Sequence[Option] = ()
    regions: Sequence[Option] = ()
    with_region: tuple[str, ...] = ("region",)
    period: Period | None = None
    wide: bool | None = None
    folded: bool = False
    hidden: bool = False
    ask: str = ""

    @property
    def limit(self) -> int:
        """Characters that fit."""
        return self.longest or _LONGEST_OF.get(self.kind, 0)


def raws(fields: Sequence[FieldSpec], values: Mapping[str, Value]) -> Raws:
    """The answers as they stand in the fields before anything is typed; what is not given is empty."""
    return {field.name: raw(field, values.get(field.name)) for field in fields}


def raw(field: FieldSpec, value: Value) -> Raw:
    """That answer as it stands in its field."""
    match value:
        case Somebody(user_id, name):
            return _somebody(field, user_id, name)
        case Pinned(period, chart, region):
            start, end = typed_days.written(period.start), typed_days.written(period.end)
            return {"start": start, "end": end, "chart": chart, "region": region}
        case tuple() if field.kind == "several":
            return _deviations(field, tuple(str(code) for code in value))
        case date():
            return typed_days.written(value)
        case int() | float() if field.kind == "number":
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case str() | int():
            return value
    return empty(field)


def _deviations(field: FieldSpec, chosen: tuple[str, ...]) -> str:
    """'+course|-measures': what was put in and taken out, so that another preset moves everything else."""
    moved = (option for option in field.options if not option.fixed and option.preset != (option.code in chosen))
    return "|".join(f"{'-' if option.preset else '+'}{option.code}" for option in moved)


def _somebody(field: FieldSpec, user_id: int | None, name: str) -> Raw:
    """Whoever is on the list is called as the list does, so that the same person is the same answer."""
    return {"id": user_id, "name": next((each.name for each in field.people if each.user_id == user_id), name)}


def empty(field: FieldSpec) -> Raw:
    """What stands in a field without an answer."""
    match field.kind:
        case "people":
            return dict(_NOBODY)
        case "evidence":
            return dict(_NO_EVIDENCE)
        case "scale" | "level":
            return None
    return ""


def cleaned(fields: Sequence[FieldSpec], sent: object) -> Raws:
    """The answers that a browser sent, without control characters.

    Raises ExplainedError for a field that was not asked, an answer of another kind, or more than a form holds.
    """
    asked = {field.name: field for field in fields}
    if not isinstance(sent, Mapping) or not set(sent) <= set(asked):
        raise _not_of_this_form()
    found = {name: _of_its_kind(field, sent.get(name, empty(field))) for name, field in asked.items()}
    length = sum(len(str(each)) for each in found.values())
    if length > LONGEST_FORM:
        raise too_long(length)
    return found


def standing(fields: Sequence[FieldSpec], kept: object) -> Raws:
    """The answers of a draft, as far as the form still asks for them; the rest is empty."""
    told = kept if isinstance(kept, Mapping) else {}
    found = {}
    for field in fields:
        try:
            found[field.name] = _of_its_kind(field, told.get(field.name, empty(field)))
        except ExplainedError:
            found[field.name] = empty(field)
    return found


def _of_its_kind(field: FieldSpec, value: object) -> Raw:
    match field.kind, value:
        case "scale" | "level", None:
            return None
        case "scale" | "level", int() if not isinstance(value, bool):
            return value
        case "people", {"id": (int() | None) as user_id, "name": str(name)} if not isinstance(user_id, bool):
            return _somebody(field, user_id, cleaned_text(name))
        case "evidence", Mapping() if set(value) == set(_NO_EVIDENCE):
            if all(isinstance(part, str) for part in value.values()):
                return {name: cleaned_text(str(value[name])) for name in _NO_EVIDENCE}
        case "text" | "long" | "number" | "day" | "choice" | "several", str():
            return cleaned_text(value)
    raise _not_of_this_form()


def _not_of_this_form() -> ExplainedError:
    return ExplainedError(
        "The browser sent something that this form does not ask for.",
        "Nothing of it was saved; the draft saved before is untouched.",
        "Load the page anew. If it happens again, tell the people who run Flareboard.",
    )


def too_long(length: int) -> ExplainedError:
    """The refusal of answers that are longer than a form holds."""
    return ExplainedError(
        f"These answers have {length:,} characters; a form holds {LONGEST_FORM:,}.",
        "The draft saved before is untouched, and what you typed is still here.",
        "Shorten it; what is long is better kept in a note.",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The answers that could be read, and by field what is wrong with the others."""

    values: dict[str, Value]
    errors: dict[str, str]


def read(fields: Sequence[FieldSpec], answers: Raws, *, start: Mapping[str, Value] | None = None) -> Read:
    """What those answers say. `start`: what stood there before, which may go on standing though it is on no list."""
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for field in fields:
        given = answers.get(field.name, empty(field))
        try:
            values[field.name] = found = _READ[field.kind](field, given, (start or {}).get(field.name))
            if field.required and found in (None, "", ()):
                raise ValueError("An answer is needed here.")
        except ValueError as error:
            errors[field.name] = str(error)
    return Read(values, errors)


def _text(field: FieldSpec, given: Any, before: Value) -> Value:
    text = str(given).strip()
    _fits(field, text)
    return text


def _fits(field: FieldSpec, text: str) -> None:
    if field.limit and len(text) > field.limit:
        raise ValueError(f"{len(text):,} characters; {field.limit:,} fit.")


def _number(field: FieldSpec, given: Any, before: Value) -> Value:
    text = str(given).strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        raise ValueError("This is not a number. Write it like 7 or 7.5.") from None
    if not math.isfinite(found) or abs(found) >= 1e9:
        raise ValueError("This is not a number that can be meant.")
    if not (field.least is None or found >= field.least) or not (field.most is None or found <= field.most):
        raise ValueError(_limits(field))
    return found


def _limits(field: FieldSpec) -> str:
    if field.least is not None and field.most is not None:
        return f"A number from {field.least:g} to {field.most:g}."
    return f"A number from {field.least:g} up." if field.least is not None else f"A number up to {field.most:g}."


def _day(field: FieldSpec, given: Any, before: Value) -> Value:
    return typed_days.read(str(given))


def _choice(field: FieldSpec, given: Any, before: Value) -> Value:
    if given and given != before and given not in {option.code for option in field.options}:
        raise ValueError("Choose one of those listed.")
    return str(given)


def codes(field: FieldSpec, given: object) -> tuple[str, ...]:
    """What is chosen of several: what is preset, with what was put in and without what was taken out."""
    moved = {part[1:]: part[0] == "+" for part in str(given or "").split("|") if part}
    return tuple(option.code for option in field.options if option.fixed or moved.get(option.code, option.preset))


def _several(field: FieldSpec, given: Any, before: Value) -> Value:
    return codes(field, given)


def _people(field: FieldSpec, given: Any, before: Value) -> Value:
    user_id, name = given["id"], str(given["name"]).strip()
    known = {each.user_id: each.name for each in field.people}
    if isinstance(before, Somebody) and before.user_id is not None:
        known.setdefault(before.user_id, before.name)
    if user_id is not None and user_id not in known:
        raise ValueError("Choose somebody from the list, or write a name.")
    _fits(field, name)
    if user_id is not None:
        return Somebody(user_id, known[user_id])
    return Somebody(None, name) if name else None


def _step(least: int, most: int) -> Callable[[FieldSpec, Any, Value], Value]:
    def reader(field: FieldSpec, given: Any, before: Value) -> Value:
        if given is not None and not least <= given <= most:
            raise ValueError(f"A whole number from {least} to {most}.")
        return None if given is None else int(given)

    return reader


def _evidence(field: FieldSpec, given: Any, before: Value) -> Value:
    if not any(given.values()):
        return None
    start, end = typed_days.read(given["start"]), typed_days.read(given["end"])
    if start is None:
        raise ValueError("Evidence needs its first day, or none of its parts.")
    end = end or start
    if end < start:
        raise ValueError("The last day comes before the first.")
    chart, region = given["chart"], given["region"]
    if chart not in {option.code for option in field.charts} and not _stood(before, "chart", chart):
        raise ValueError("Choose which chart the days are looked at in.")
    region = region if chart in field.with_region else ""
    if chart in field.with_region and region not in {option.code for option in field.regions}:
        raise ValueError("Choose the region.")
    return Pinned(Period(start, end), chart, region)


def _stood(before: Value, part: str, code: str) -> bool:
    return isinstance(before, Pinned) and bool(code) and getattr(before, part) == code


_READ: dict[Kind, Callable[[FieldSpec, Any, Value], Value]] = {
    "text": _text,
    "long": _text,
    "number": _number,
    "day": _day,
    "choice": _choice,
    "several": _several,
    "people": _people,
    "scale": _step(0, 10),
    "level": _step(-2, 2),
    "evidence": _evidence,
}
