"""What a mapping still lacks, said at the column it is about; a mapping without faults can read a table."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clinical.body_map import REGION_INDEX
from data_access.importers.checks import is_time
from data_access.importers.mapped_rules import AMOUNTS, JOIN, NOTHING, SCALED, UNCHOSEN, ColumnMapping, Rule
from data_access.importers.mapped_values import ValueRefused, number
from data_access.importers.mapped_words import meanings

TABLE = ""
"""Instead of a column: it is about the table as a whole."""
_ONCE = ("date", "moment", "time", "part", "record_number")
_SEVERAL = frozenset({"ignored", "note", "relief", "weather", "regions", "medicines", *_ONCE})
_NAMES = {"date": "the date", "moment": "date and time", "time": "the time", "part": "the part of the day"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a mapping lacks: its column (TABLE for none) and what to do about it."""

    column: str
    what: str


def faults(mapping: ColumnMapping, *, whose: bool) -> list[Fault]:
    """Everything that keeps the mapping from reading; `whose`: whether a patient was chosen for the whole file."""
    return [*_days(mapping), *_persons(mapping, whose), *_twice(mapping), *_of_rules(mapping)]


def _days(mapping: ColumnMapping) -> Iterator[Fault]:
    if not mapping.of("date", "moment"):
        yield Fault(TABLE, "Say which column holds the date.")
    if mapping.of("date") and mapping.of("moment"):
        yield Fault(mapping.of("moment")[0].column, "Two columns hold the date; choose one of them.")
    clocks = mapping.of("time", "part", "moment")
    if len({rule.role for rule in clocks}) > 1:
        yield Fault(clocks[-1].column, "Two columns hold the time of day; choose one of them.")
    if not any(rule.role not in (*_ONCE, "ignored") for rule in mapping.rules):
        yield Fault(TABLE, "No column is used as an answer yet.")


def _persons(mapping: ColumnMapping, whose: bool) -> Iterator[Fault]:
    if not whose and not mapping.of("record_number"):
        yield Fault(TABLE, "Choose the patient this file belongs to, or the column with the record number.")


def _twice(mapping: ColumnMapping) -> Iterator[Fault]:
    used = Counter((rule.role, rule.at) for rule in mapping.rules if rule.role not in _SEVERAL)
    once = Counter(rule.role for rule in mapping.rules if rule.role in _ONCE)
    for rule in mapping.rules:
        if used[rule.role, rule.at] > 1:
            yield Fault(rule.column, "Another column is read as the same. Give each its time of day, or use one.")
        if once[rule.role] > 1:
            yield Fault(rule.column, f"Two columns are read as {_NAMES.get(rule.role, 'the record number')}.")


def _of_rules(mapping: ColumnMapping) -> Iterator[Fault]:
    for rule in mapping.rules:
        for what in _of_rule(rule):
            yield Fault(rule.column, what)


def _of_rule(rule: Rule) -> Iterator[str]:
    if rule.role in ("date", "moment") and not rule.dates:
        yield "Choose how the dates are to be read."
    if rule.at and not is_time(rule.at):
        yield "The time of day is not HH:MM."
    if rule.role == "part" and not (rule.words and all(is_time(time) for _, time in rule.words)):
        yield "Give each part of the day a time, HH:MM."
    if rule.role in AMOUNTS and not rule.unit:
        yield "Say whether a number alone is hours or minutes. A score or a time of day is neither."
    if rule.role == "medicines" and rule.unit == UNCHOSEN:
        yield "Say the unit of the dose. A number of tablets is none: then do not use the column."
    if rule.role in SCALED and rule.role != "regions" and rule.scale is None:
        yield "Say from where to where the file's scale goes."
    if rule.scale is not None and rule.role in SCALED:
        yield from _of_scale(rule)
    if rule.role in ("relief", "weather", "regions"):
        yield from _of_list(rule)


def _of_scale(rule: Rule) -> Iterator[str]:
    scale = rule.scale
    if scale is None or not (math.isfinite(scale.low) and math.isfinite(scale.high) and scale.low < scale.high):
        yield "The low end of the scale must lie below its high end."
    elif not all(_within(meaning, scale.low, scale.high) for _, meaning in rule.words):
        yield f"Each word needs a number from {scale.low:g} to {scale.high:g}."


def _within(text: str, low: float, high: float) -> bool:
    try:
        return low <= number(text, ".") <= high
    except ValueRefused:
        return False


def _of_list(rule: Rule) -> Iterator[str]:
    if rule.means == UNCHOSEN:
        yield "Say which one this column is about."
        return
    known = {*meanings(rule.role), NOTHING}
    if rule.role == "regions":
        said = [part for meaning in [rule.means, *_words(rule)] for part in meaning.split(JOIN) if part]
        if any(part != NOTHING and part not in REGION_INDEX for part in said):
            yield "A word stands for a place that is no part of the figure."
    elif any(meaning not in known for meaning in [rule.means, *_words(rule)] if meaning):
        yield "A word stands for something that is not in our list."


def _words(rule: Rule) -> list[str]:
    # Of a column for one thing the words are yes and no (or numbers of a scale).
    return [] if rule.means else [meaning for _, meaning in rule.words]
