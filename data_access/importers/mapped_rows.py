"""One row of a foreign diary as records, by its mapping; what cannot be read refuses the row with its column.

A column that speaks of a time of day makes an entry of that time; the other columns make the entry of the row.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from clinical.body_map import REGION_INDEX
from data_access.importers import mapped_values as values
from data_access.importers.csv_rows import usual_unit
from data_access.importers.csv_table import Row
from data_access.importers.mapped_rules import ANSWERS, JOIN, LEFT_OUT, LISTS, NOTHING, TEN, ColumnMapping, Rule
from data_access.importers.mapped_values import ValueRefused
from data_access.importers.mapped_words import known_meaning
from data_access.mapped_keys import mapped_key
from data_access.records import DoseRecord, EntryRecord, MarkRecord, MeasureRecord
from data_access.text import folded

STEPS = "Steps in 24 h"
LONGEST_DOSE = 200
"""Characters of the longest text that may be a medicine with its dose."""
_DOSE = re.compile(
    r"((?P<before>[0-9]{1,2}) ?[x×*] ?)?(?P<medicine>(?![0-9]+ ?[x×*] ).*?\D)[ :]+((?P<amid>[0-9]{1,2}) ?[x×*] ?)?"
    r"(?P<dose>[0-9]{1,6}([.,' ][0-9]{1,3})*) ?(?P<unit>mg|g|ug|µg|mcg|ml|IE|IU)( ?[x×*] ?(?P<after>[0-9]{1,2}))?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?![0-9]+-[^\W\d])[0-9½¼¾].*|.*\W[x×*] ?[0-9]{1,2}|.*\b[0-9]{1,2} ?[x×*]", re.IGNORECASE)
"""A number of tablets, before or behind a name."""
_UNITS = {"ie": "IE", "iu": "IU"}
_TOLD = (*ANSWERS, "flare", "note", *LISTS, "steps")
Read = EntryRecord | DoseRecord | MeasureRecord


class RowRefused(ValueError):
    """A row that does not go in: the column, its cell, and why."""

    def __init__(self, column: str, cell: str, why: str) -> None:
        super().__init__(why)
        self.column, self.cell, self.why = column, cell, why


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one row says about one person."""

    number: str
    entries: list[EntryRecord] = field(default_factory=list)
    doses: list[DoseRecord] = field(default_factory=list)
    measures: list[MeasureRecord] = field(default_factory=list)

    @property
    def all(self) -> list[Read]:
        """The records, entries first."""
        return [*self.entries, *self.doses, *self.measures]


@dataclass(slots=True)
class _Moment:
    """What is said of one moment while its row is read."""

    answers: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    marks: dict[str, int | None] = field(default_factory=dict)
    mapped: bool = False  # a map was filled in, with or without a mark
    broad: bool = False
    listed: dict[str, list[str]] = field(default_factory=dict)
    doses: list[DoseRecord] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows by a mapping."""

    mapping: ColumnMapping
    missing: frozenset[str]
    meanings: dict[str, dict[str, str]]  # by column

    @classmethod
    def of(cls, mapping: ColumnMapping) -> "Reader":
        """The reader of that mapping."""
        meanings = {rule.column: rule.meanings for rule in mapping.rules}
        return cls(mapping, frozenset(folded(word) for word in mapping.missing), meanings)

    def read(self, cells: Row, where: str, to_patient: str) -> Records:
        """The records of the row. Raises RowRefused."""
        said = dict(zip(self.mapping.rules, map(self._present, cells), strict=True))
        day, at_time = self._when(said)
        found = Records(self._number(said, to_patient))
        moments: dict[str, _Moment] = defaultdict(_Moment)
        for rule, cell in said.items():
            if cell and rule.role == "steps":
                found.measures.append(self._steps(rule, cell, day))
            elif cell and rule.role in _TOLD:
                self._take(moments[rule.at or at_time], rule, cell)
        for time, moment in moments.items():
            self._close(found, moment, day, time)
        return self._named(found, where)

    def _present(self, cell: str) -> str:
        return "" if self.missing and cell and folded(cell) in self.missing else cell

    def _number(self, said: dict[Rule, str], to_patient: str) -> str:
        rule = next((rule for rule in said if rule.role == "record_number"), None)
        if rule is None:
            return to_patient
        if not said[rule]:
            raise RowRefused(rule.column, "", "is empty: whose row it is is not known")
        return said[rule]

    def _when(self, said: dict[Rule, str]) -> tuple[date, str]:
        """The day and the time of the row, '' for none."""
        day: date | None = None
        at_time = ""
        for rule, cell in said.items():
            if rule.role in ("date", "moment"):
                if not cell:
                    raise RowRefused(rule.column, "", "is empty: the day is not known")
                on, at = values.split_moment(cell)
                day = _read(rule, cell, values.day, on, rule.dates)
                if rule.role == "moment" and at:
                    at_time = _read(rule, cell, values.clock, at)
            elif rule.role == "time" and cell:
                at_time = _read(rule, cell, values.clock, cell)
            elif rule.role == "part" and cell:
                at_time = self._part(rule, cell)
        if day is None:
            raise RowRefused("", "", "no column says the day")
        return day, at_time

    def _part(self, rule: Rule, cell: str) -> str:
        time = self.meanings[rule.column].get(folded(cell), "")
        if not time:
            raise RowRefused(rule.column, cell, "has a word without a time of day")
        return time

    def _take(self, moment: _Moment, rule: Rule, cell: str) -> None:
        if rule.role == "note":
            moment.notes.append(cell)
        elif rule.role == "regions":
            _read(rule, cell, self._regions, moment, rule, cell)
        elif rule.role == "medicines":
            moment.doses.extend(_read(rule, cell, self._doses, rule, cell))
        elif rule.role in LISTS:
            listed = _read(rule, cell, self._words, rule, cell)
            moment.listed.setdefault(rule.role, []).extend(listed)
        elif rule.role in moment.answers:
            raise RowRefused(rule.column, cell, "answers what another column answers for the same moment")
        else:
            moment.answers[rule.role] = _read(rule, cell, self.answer, rule, cell)

    def answer(self, rule: Rule, cell: str) -> float | bool:
        """The one value of a cell. Raises ValueRefused."""
        decimal = self.mapping.decimal
        if rule.role == "flare":
            return values.yes(cell, self.meanings[rule.column])
        if rule.role == "sleep_hours":
            return values.hours(cell, rule.unit, decimal)
        if rule.role == "stiffness_minutes":
            return values.minutes(cell, rule.unit, decimal)
        return values.on_scale(cell, rule.scale or TEN, self.meanings[rule.column], decimal)

    def _words(self, rule: Rule, cell: str) -> list[str]:
        """The meanings a cell names, once each."""
        if rule.means:
            # A no to one thing says nothing of the others; of a place it says that a map was filled in.
            said = values.yes(cell, self.meanings[rule.column])
            return [rule.means] if said else [NOTHING] * (rule.role == "regions")
        found = (self._meaning(rule, part) for part in rule.apart(cell))
        return [each for each in dict.fromkeys(found) if each != LEFT_OUT]

    def _meaning(self, rule: Rule, word: str) -> str:
        meaning = self.meanings[rule.column].get(folded(word), "") or known_meaning(rule.role, word)
        if not meaning:
            raise ValueRefused("has a word that was given no meaning")
        return meaning

    def _regions(self, moment: _Moment, rule: Rule, cell: str) -> None:
        intensity: int | None = None
        if rule.means and rule.scale:
            said = values.on_scale(cell, rule.scale, self.meanings[rule.column], self.mapping.decimal)
            intensity = max(int(said + 0.5), int(said > 0))  # little is not nothing
            named = [rule.means] if intensity else [NOTHING]
        else:
            named = self._words(rule, cell)
        moment.mapped = True
        if NOTHING in named and len(named) > 1:
            raise ValueRefused("names places beside 'no pain'")
        for meaning in named:
            regions = [] if meaning == NOTHING else meaning.split(JOIN)
            moment.broad |= len(regions) > 1
            for region in regions:
                known = moment.marks.get(region)
                moment.marks[region] = intensity if known is None else max(known, intensity or 0)

    def _doses(self, rule: Rule, cell: str) -> list[DoseRecord]:
        blank = DoseRecord(None, rule.means, True, unit=rule.unit, as_needed=rule.as_needed)
        if rule.means and rule.unit:
            dose = values.amount(cell, self.mapping.decimal)
            return [replace(blank, dose=dose) if dose else replace(blank, taken=False, unit="")]
        if rule.means:
            return [replace(blank, taken=values.yes(cell, self.meanings[rule.column]))]
        return [self._dose(rule, part, blank) for part in rule.apart(cell)]

    def _dose(self, rule: Rule, said: str, blank: DoseRecord) -> DoseRecord:
        """One medicine of a list, with its dose where it is written behind it: 'ibuprofen 400 mg', '2x ...'."""
        said = " ".join(said.split())
        if len(said) > LONGEST_DOSE:
            raise ValueRefused(f"has a medicine of more than {LONGEST_DOSE} characters")
        found = _DOSE.fullmatch(said)
        name = found["medicine"].strip() if found else said
        if _COUNTED.fullmatch(name):
            raise ValueRefused("has a number of tablets that cannot be told from the dose: write '2x ibuprofen 400 mg'")
        name = self.meanings[rule.column].get(folded(name), name)
        if found is None:
            return replace(blank, medicine=name)
        counts = [int(count) for count in found.group("before", "amid", "after") if count]
        if len(counts) > 1 or 0 in counts:
            raise ValueRefused("has a number of tablets that cannot be read")
        dose = values.amount(found["dose"], self.mapping.decimal) * (counts[0] if counts else 1)
        return replace(
            blank, medicine=name, dose=dose, unit=_UNITS.get(found["unit"].casefold(), found["unit"].lower())
        )

    def _steps(self, rule: Rule, cell: str, day: date) -> MeasureRecord:
        steps = _read(rule, cell, values.whole, cell, self.mapping.decimal)
        return MeasureRecord(day, STEPS, steps, usual_unit(STEPS))

    def _close(self, found: Records, moment: _Moment, day: date, at_time: str) -> None:
        """Puts what was said of a moment among the records."""
        found.doses.extend(replace(dose, day=day, at_time=at_time) for dose in moment.doses)
        entry = EntryRecord(
            day,
            at_time,
            **moment.answers,
            note="\n".join(moment.notes),
            relief=_some(moment.listed.get("relief", ())) or _none(moment.listed.get("relief", ())),
            weather=_some(moment.listed.get("weather", ())),
            marks=_marks(moment) if moment.mapped else None,
            detail_unknown=moment.broad,
        )
        if entry != EntryRecord(day, at_time):
            found.entries.append(entry)

    def _named(self, found: Records, where: str) -> Records:
        """The records with the key that makes a second import add nothing, and their place in the file.

        The key says nothing of the table: the same diary exported with one more column is still the same diary.
        """
        entries = [replace(one, source_key=mapped_key(one.day, one.at_time), where=where) for one in found.entries]
        doses, seen = [], defaultdict[str, int](int)
        for one in found.doses:
            key = mapped_key(one.day, one.at_time, hashlib.sha256(folded(one.medicine).encode()).hexdigest()[:12])
            seen[key] += 1
            doses.append(replace(one, source_key=f"{key}:{seen[key]}", where=where))
        measures = [replace(one, source_key=mapped_key(one.day, "", "steps"), where=where) for one in found.measures]
        return Records(found.number, entries, doses, measures)


def _read(rule: Rule, cell: str, read: Callable[..., Any], *said: Any) -> Any:
    try:
        return read(*said)
    except ValueRefused as refused:
        raise RowRefused(rule.column, cell, str(refused)) from None


def _some(meanings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in meanings if each != NOTHING))


def _none(meanings: Iterable[str]) -> tuple[str, ...]:
    return (NOTHING,) if NOTHING in meanings else ()


def _marks(moment: _Moment) -> tuple[MarkRecord, ...]:
    ordered = sorted(moment.marks, key=REGION_INDEX.__getitem__)
    return tuple(MarkRecord(region, moment.marks[region]) for region in ordered)
