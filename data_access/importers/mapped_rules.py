"""How a diary table of another make is read: what each column means, and how its cells become our values.

Nothing in a mapping is implied: a scale says its ends and its direction, a date its order, a word its meaning. It is
kept as JSON with a version; what a mapping does not know is refused, never passed over.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, cast, get_args

from data_access.importers.checks import SCORES
from data_access.text import folded

VERSION = 1
AMOUNTS = ("sleep_hours", "stiffness_minutes")
ANSWERS = (*SCORES[:3], "sleep_hours", *SCORES[3:6], "stiffness_minutes", *SCORES[6:])
"""Answers that are a number."""
LISTS = ("relief", "weather", "regions", "medicines")
"""What may stand as several words in a cell, or have a column for each thing."""
WHEN = ("date", "time", "moment", "part")
SCALED = frozenset({*SCORES, "regions"})
ROLES = ("ignored", *WHEN, "record_number", *ANSWERS, "flare", "note", *LISTS, "steps")
JOIN = "+"
"""Between several region ids that one word means."""
NOTHING = "none"
"""Meaning of a word that says: nothing helped, no pain anywhere."""

LEFT_OUT = "left out"
"""Meaning of a word without a place here; a place of the body is never left out: half a map is a wrong one."""
UNCHOSEN = "?"
"""Stands for the one thing a column is about until somebody says it."""

DateOrder = Literal["", "ymd", "dmy", "mdy", "ymd2", "dmy2", "mdy2", "named"]
"""Order of day, month and year; `2`: the year has two digits and lies in this century; `named`: months are words."""
DATE_ORDERS = tuple(order for order in get_args(DateOrder) if order)
Unit = Literal["", "hours", "minutes"]
Decimal = Literal[".", ","]


class MappingRefused(ValueError):
    """Text that is no mapping of ours; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of the file's own scale. `low_is` 0: its low end is our 0; 10: the file counts the other way round."""

    low: float
    high: float
    low_is: Literal[0, 10] = 0


TEN = Scale(0, 10)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one column means.

    `at`: the time of day it speaks of ('' for that of the row). `words`: what a word of the file means: a number of
    its scale, a time HH:MM, a code, region ids, `yes` or `no`. `means`: the one thing a column is about, whose cells
    say yes or no (a region, a relief, a medicine); '' where its cells name several, apart by `separator`.
    """

    column: str
    role: str = "ignored"
    at: str = ""
    scale: Scale | None = None
    words: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    dates: DateOrder = ""
    separator: str = ""
    means: str = ""
    as_needed: bool = False

    @property
    def meanings(self) -> dict[str, str]:
        """What each folded word means."""
        return {folded(word): meaning for word, meaning in self.words}

    def apart(self, cell: str) -> list[str]:
        """The words of a cell that names several things."""
        parts = cell.split(self.separator) if self.separator else [cell]
        return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A rule for every column in the order of the header, the decimal sign, and the words that mean 'not answered'."""

    rules: tuple[Rule, ...]
    decimal: Decimal = "."
    missing: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The header it was made for."""
        return tuple(rule.column for rule in self.rules)

    def of(self, *roles: str) -> list[Rule]:
        """The rules of those roles, in the order of the columns."""
        return [rule for rule in self.rules if rule.role in roles]

    @property
    def memorable(self) -> "ColumnMapping":
        """The mapping without words that mean nothing here: those are a patient's own, and it is kept for others."""
        kept = (
            replace(rule, words=tuple(pair for pair in rule.words if pair[1] not in ("", LEFT_OUT)))
            for rule in self.rules
        )
        return replace(self, rules=tuple(kept))

    def as_json(self) -> str:
        """The mapping as text; the same mapping is always the same text."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> "ColumnMapping":
        """The mapping in that text. Raises MappingRefused for another version, an unknown field or a wrong value."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise MappingRefused("it is no JSON") from None
        if not isinstance(said, dict) or said.pop("version", None) != VERSION:
            raise MappingRefused("it was written by another version")
        return _mapping(said)


def _mapping(said: Mapping[str, Any]) -> ColumnMapping:
    _known(said, ColumnMapping)
    rules, decimal = said.get("rules"), said.get("decimal", ".")
    if not isinstance(rules, list) or decimal not in get_args(Decimal):
        raise MappingRefused("rules or decimal sign are missing")
    return ColumnMapping(tuple(_rule(each) for each in rules), decimal, _texts(said.get("missing", [])))


def _rule(said: object) -> Rule:
    if not isinstance(said, dict):
        raise MappingRefused("a rule is no object")
    _known(said, Rule)
    told = dict(said)
    scale, words = told.pop("scale", None), told.pop("words", [])
    if not isinstance(words, list):
        raise MappingRefused("the words of a rule are no list")
    pairs = tuple(cast("tuple[str, str]", _texts(pair, 2)) for pair in words)
    as_needed = told.pop("as_needed", False)
    if not isinstance(as_needed, bool) or not all(isinstance(value, str) for value in told.values()):
        raise MappingRefused("a rule holds a value of another kind")
    rule = Rule(**told, scale=_scale(scale), words=pairs, as_needed=as_needed)
    known_unit = rule.unit in get_args(Unit) or rule.role == "medicines"  # the unit of a dose is any text
    if rule.role not in ROLES or rule.dates not in get_args(DateOrder) or not known_unit:
        raise MappingRefused("a rule holds a word we do not know")
    return rule


def _scale(said: object) -> Scale | None:
    if said is None:
        return None
    if not isinstance(said, dict):
        raise MappingRefused("a scale is no object")
    _known(said, Scale)
    low, high, low_is = said.get("low"), said.get("high"), said.get("low_is", 0)
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (low, high))
    if not numbers or low_is not in (0, 10) or isinstance(low_is, bool):
        raise MappingRefused("a scale holds no numbers")
    return Scale(cast(float, low), cast(float, high), low_is)


def _known(said: Mapping[str, Any], kind: type[Any]) -> None:
    if unknown := sorted(said.keys() - {field.name for field in fields(kind)}):
        raise MappingRefused(f"it holds a field we do not know: {unknown[0][:40]}")


def _texts(said: object, count: int | None = None) -> tuple[str, ...]:
    listed = isinstance(said, list | tuple) and all(isinstance(each, str) for each in said)
    if not listed or (count is not None and len(cast(Sequence[str], said)) != count):
        raise MappingRefused("it holds something else than words")
    return tuple(cast(Sequence[str], said))


def header_key(header: Sequence[str]) -> str:
    """The SHA-256 of a header's names, whatever their case, accents and spaces."""
    return hashlib.sha256("\x1f".join(folded(name) for name in header).encode("utf-8", "replace")).hexdigest()
