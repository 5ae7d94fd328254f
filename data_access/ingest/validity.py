"""Why a row cannot be stored, in words, before the database is asked.

The rules are read off the tables themselves (types, lengths, ranges, listed values), so there is one place for each.
What only a database can judge comes back as the name of a constraint; `in_words` says that too.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

Rule = Callable[[Any], str]
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
_WHOLE_BITS: Mapping[type[sa.types.TypeEngine[Any]], int] = {sa.SmallInteger: 15, sa.BigInteger: 63, sa.Integer: 31}

_CONSTRAINTS = {
    "dose_positive": "the dose must be above 0",
    "ends_after_start": "the end lies before the start",
    "medicine_named": "the medicine has no name",
    "instrument_named": "the instrument has no name",
    "kind_named": "the kind of event is missing",
    "question_named": "the question is missing",
    "answer_given": "the answer is missing",
    "subject_named": "what was closed is missing",
    "closure_has_reason": "the closing has no reason",
    "closed_by_name": "the closing names nobody",
    "at_time_possible": "the time is not a time of day (HH:MM)",
    "day_possible": "the day is not between 1900 and 2200",
    "record_number_length": "the record number is empty or longer than 64 characters",
    "pk_pain_marks": "the same region is marked twice",
    "source_key": "the same record is already there",
    "moment": "there is already an entry of that day and time",
}


def refusal(table: sa.Table, row: Mapping[str, Any]) -> str:
    """The first reason why the row cannot be stored, '' when none is known."""
    for column, rules in _rules(table).items():
        if column in row:
            value = row[column]
            for rule in rules:
                if reason := rule(value):
                    return f"{column.replace('_', ' ')} {reason}"
    return ""


def in_words(constraint: str) -> str:
    """What a refusal by the database means; the constraint's own name when there are no words for it."""
    return next((words for name, words in _CONSTRAINTS.items() if name in constraint), f"not allowed ({constraint})")


@cache
def _rules(table: sa.Table) -> dict[str, tuple[Rule, ...]]:
    return {column.name: (*_of_type(column), *_of_checks(table, column.name)) for column in table.c}


def _of_type(column: sa.Column[Any]) -> Iterator[Rule]:
    if not column.nullable and not column.primary_key:
        yield lambda value: "is missing" if value is None else ""
    if isinstance(column.type, sa.String):
        yield _storable
        if column.type.length is not None:
            yield _at_most(column.type.length)
        if column.name == "at_time":
            yield lambda value: "" if value == "" or _CLOCK.fullmatch(value) else "is not a time of day (HH:MM)"
    elif isinstance(column.type, sa.Float):
        yield lambda value: "" if value is None or math.isfinite(value) else "is not a number"
    elif isinstance(column.type, sa.Integer):
        yield _whole(next(bits for kind, bits in _WHOLE_BITS.items() if isinstance(column.type, kind)))
    elif isinstance(column.type, sa.Date):
        yield _possible_day


def _of_checks(table: sa.Table, column: str) -> Iterator[Rule]:
    for check in (*table.constraints, *table.c[column].constraints):
        if check.info.get("column") != column:
            continue
        if "between" in check.info:
            yield _between(*check.info["between"])
        elif "one_of" in check.info:
            yield _one_of(check.info["one_of"])
        elif "codes" in check.info:
            yield _some_of(check.info["codes"])
        elif "length" in check.info:
            yield _at_most(check.info["length"])


def _storable(value: str | None) -> str:
    # PostgreSQL takes neither; SQLite would, and the two engines would no longer hold the same.
    if value is None or (value.isascii() and "\x00" not in value):
        return ""
    unpaired = any("\ud800" <= character <= "\udfff" for character in value)
    return "holds characters that cannot be stored" if unpaired or "\x00" in value else ""


def _at_most(length: int) -> Rule:
    return lambda value: f"is longer than {length} characters" if value is not None and len(value) > length else ""


def _whole(bits: int) -> Rule:
    return lambda value: "" if value is None or abs(value) < 1 << bits else "is too large"


def _possible_day(value: date | None) -> str:
    return "" if value is None or _FIRST_DAY <= value <= _LAST_DAY else "is not between 1900 and 2200"


def _between(low: float, high: float) -> Rule:
    return lambda value: "" if value is None or low <= value <= high else f"is not between {low} and {high}"


def _some_of(values: tuple[str, ...]) -> Rule:
    def rule(value: str | None) -> str:
        named = value.split("|") if value else []
        return "" if set(named) <= set(values) and len(set(named)) == len(named) else "is not one of the known values"

    return rule


def _one_of(values: tuple[str, ...]) -> Rule:
    return lambda value: "" if value is None or value in values else "is not one of the known values"
