"""Readings of one moment together: one diary entry per moment, one measure per questionnaire and moment.

What was said twice in the same words counts as repeated; what was said twice with other values is rejected.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from data_access.importers.fhir_codes import Instrument
from data_access.importers.fhir_readings import (
    Aimed,
    Answered,
    Logged,
    Marked,
    NotTaken,
    Reading,
    Remarked,
    Scored,
    Unread,
)
from data_access.importers.fhir_time import Moment
from data_access.records import EntryRecord, GoalRecord, MarkRecord, MeasureRecord

SAID_TWICE = "the same moment twice with other values"
_PEG_ROUNDING = 1.0  # sources give the mean of three answers rounded or cut to a whole number


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reading comes from: the key of its resource, its place, its moment, and what belongs together undated."""

    key: str
    where: str
    moment: Moment
    group: str

    @property
    def together(self) -> tuple[object, ...]:
        """Readings with an equal value belong to one entry or one measure."""
        return ("at", self.moment) if self.moment.day else ("of", self.group)


@dataclass(slots=True)
class _Entry:
    origins: dict[str, Origin] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)
    marks: dict[str, MarkRecord] = field(default_factory=dict)
    has_map: bool = False
    detail_unknown: bool = False
    remarks: list[str] = field(default_factory=list)
    logged: Logged | None = None


@dataclass(slots=True)
class _Measure:
    instrument: Instrument
    origins: dict[str, Origin] = field(default_factory=dict)
    score: float | None = None
    items: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """Everything observed about one patient, before it becomes records."""

    entries: dict[tuple[object, ...], _Entry] = field(default_factory=dict)
    measures: dict[tuple[object, ...], _Measure] = field(default_factory=dict)
    goals: list[GoalRecord] = field(default_factory=list)

    def add(self, origin: Origin, found: Iterable[Reading]) -> bool:
        """Takes the readings of one resource in, all or none; False when they only repeat. Raises NotTaken."""
        taken = [reading for reading in found if not isinstance(reading, Unread)]
        if len(taken) > 1:  # a resource that contradicts itself must not go in by halves
            alone = Gathered()
            for reading in taken:
                alone.add(origin, [reading])
        fresh = [reading for reading in taken if self._is_new(origin, reading)]
        for reading in fresh:
            self._take(origin, reading)
        return bool(fresh)

    def _is_new(self, origin: Origin, reading: Reading) -> bool:
        entry = self.entries.get(origin.together)
        if isinstance(reading, Answered):
            return _unsaid(entry.answers.get(reading.column) if entry else None, reading.value)
        if isinstance(reading, Marked):
            known = entry.marks if entry else {}
            news = [_unsaid(known.get(mark.region_id), mark) for mark in reading.marks]
            return any(news) or not reading.marks
        if isinstance(reading, Logged):
            return _unsaid(entry.logged if entry else None, reading)
        if isinstance(reading, Scored):
            measure = self.measures.get((reading.instrument.name, *origin.together))
            said = None if measure is None else _said(measure, reading.place)
            return _unsaid(said, reading.value)
        return True

    def _take(self, origin: Origin, reading: Reading) -> None:
        if isinstance(reading, Aimed):
            self.goals.append(GoalRecord(reading.title, source_key=origin.key, where=origin.where))
        elif isinstance(reading, Scored):
            key = (reading.instrument.name, *origin.together)
            measure = self.measures.setdefault(key, _Measure(reading.instrument))
            measure.origins[origin.key] = origin
            if reading.place is None:
                measure.score = reading.value
            else:
                measure.items[reading.place] = reading.value
        elif isinstance(reading, Answered | Marked | Remarked | Logged):
            entry = self.entries.setdefault(origin.together, _Entry())
            entry.origins[origin.key] = origin
            _write(entry, reading)

    def entry_records(self) -> list[EntryRecord]:
        """The entries, in the order they were first met."""
        return [_entry_record(entry) for entry in self.entries.values()]

    def measure_records(self) -> tuple[list[MeasureRecord], list[tuple[Origin, str]]]:
        """The measures, and those whose score contradicts their own answers, with the reason."""
        made, refused = [], []
        for measure in self.measures.values():
            try:
                made.append(_measure_record(measure))
            except NotTaken as reason:
                refused.append((next(iter(measure.origins.values())), str(reason)))
        return made, refused


def _unsaid(said: object, value: object) -> bool:
    if said is None:
        return True
    if said != value:
        raise NotTaken(SAID_TWICE)
    return False


def _said(measure: _Measure, place: int | None) -> float | None:
    return measure.score if place is None else measure.items.get(place)


def _write(entry: _Entry, reading: Answered | Marked | Remarked | Logged) -> None:
    if isinstance(reading, Answered):
        entry.answers[reading.column] = reading.value
    elif isinstance(reading, Remarked):
        entry.remarks.append(reading.text)
    elif isinstance(reading, Logged):
        entry.logged = reading
        entry.detail_unknown |= reading.detail_unknown
    else:
        entry.has_map = True
        entry.detail_unknown |= reading.detail_unknown
        entry.marks |= {mark.region_id: mark for mark in reading.marks}


def _key(origins: dict[str, Origin]) -> str:
    if len(origins) == 1:
        return next(iter(origins))
    joined = hashlib.sha256("\n".join(sorted(origins)).encode()).hexdigest()
    return f"{len(origins)} resources sha256-{joined[:40]}"


def _where(origins: dict[str, Origin]) -> str:
    first, *more = (origin.where for origin in origins.values())
    return f"{first} and {len(more)} more" if more else first


def _entry_record(entry: _Entry) -> EntryRecord:
    moment = next(iter(entry.origins.values())).moment
    answers: dict[str, Any] = dict(entry.answers)
    said = entry.logged or Logged()
    if "flare" in answers:
        answers["flare"] = bool(answers["flare"])
    made = EntryRecord(
        day=moment.day,
        at_time=moment.at_time if moment.day else "",
        relief=said.relief,
        weather=said.weather,
        note="; ".join([*([said.note] if said.note else []), *entry.remarks]),
        marks=tuple(entry.marks.values()) if entry.has_map else None,
        detail_unknown=entry.detail_unknown,
        source_key=None if entry.logged else _key(entry.origins),  # ours names no record of another system
        where=_where(entry.origins),
    )
    return replace(made, **answers)


def _measure_record(measure: _Measure) -> MeasureRecord:
    last = max(measure.items, default=-1)
    return MeasureRecord(
        day=next(iter(measure.origins.values())).moment.day,
        instrument=measure.instrument.name,
        score=_score(measure),
        unit=measure.instrument.unit,
        items=tuple(measure.items.get(place) for place in range(last + 1)),
        source_key=_key(measure.origins),
        where=_where(measure.origins),
    )


def _score(measure: _Measure) -> float | None:
    """The score as given, else made from a complete set of answers. Raises NotTaken when the two contradict."""
    instrument = measure.instrument
    if not instrument.items or len(measure.items) < len(instrument.items):
        return measure.score
    total = sum(measure.items.values())
    made = total if instrument.total == "sum" else round(total / len(instrument.items), 2)
    if measure.score is None:
        return made
    allowed = 0.0 if instrument.total == "sum" else _PEG_ROUNDING
    if abs(measure.score - made) > allowed:
        raise NotTaken("the score is not what its own answers make")
    return measure.score
