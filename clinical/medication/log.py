"""The doses that were taken, sorted, with each distinct way they were written looked up once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clinical.medication.doses import DoseTable
from clinical.medication.drugs import Drug
from clinical.medication.limits import whole
from clinical.medication.listing import codes_by_name
from clinical.medication.prompts import Input
from clinical.medication.recognising import recognise
from clinical.record import Medicine

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_EPOCH = date(1970, 1, 1).toordinal()


def number(day: date) -> int:
    """The day as numpy counts it."""
    return day.toordinal() - _EPOCH


def day_of(count: int) -> date:
    """The day numpy counts as that."""
    return date.fromordinal(int(count) + _EPOCH)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way a dose was written: medicine, unit and route; `drug` None when not recognised."""

    medicine: str
    unit: str
    route: str
    drug: Drug | None
    atc: str = ""

    def of(self, drug_class: str) -> bool:
        """Whether it is known to belong to that class."""
        return self.drug is not None and self.drug.of(drug_class)


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Doses taken up to `as_of`, by day and minute: one element a dose, `kind` the place in `kinds`.

    `dose` is NaN when not known, `minute` -1. `logged`: every day on which a dose was logged as taken or not taken.
    """

    as_of: date
    day: Ints
    minute: Ints
    dose: Floats
    kind: Ints
    kinds: tuple[Kind, ...]
    logged: Ints

    @property
    def recent_kinds(self) -> tuple[Kind, ...]:
        """The ways of writing of the doses of the last 28 days."""
        recent = np.unique(self.kind[self.day >= self.since(whole("window_days"))])
        return tuple(self.kinds[place] for place in recent.tolist())

    def rows(self, wanted: Sequence[bool]) -> Ints:
        """The places of the doses of those kinds."""
        return np.flatnonzero(np.asarray([*wanted, False], np.bool_)[self.kind])

    def days(self, wanted: Sequence[bool]) -> Ints:
        """The days on which a dose of those kinds was taken."""
        return np.unique(self.day[self.rows(wanted)])

    def since(self, days: int) -> int:
        """The first of the last so many days to `as_of`, as numpy counts it."""
        return number(self.as_of) - days + 1

    def input(self, row: int, note: str = "") -> Input:
        """The dose at that place as an input of a prompt."""
        kind, dose = self.kinds[self.kind[row]], float(self.dose[row])
        known = None if np.isnan(dose) else dose
        at = f"{self.minute[row] // 60:02d}:{self.minute[row] % 60:02d}" if self.minute[row] >= 0 else ""
        notes = "; ".join(part for part in (at, note) if part)
        return Input(day_of(self.day[row]), kind.medicine, known, kind.unit, "taken", notes)


def read(doses: DoseTable, medicines: Sequence[Medicine], as_of: date) -> Log:
    """The log up to `as_of`. A logged name means the line of the list of that name, when there is one."""
    upto = doses.day <= np.datetime64(as_of)
    known = doses if upto.all() else doses.where(upto)
    taken = known.where(known.taken)
    code, ways = _ways(taken)
    day = taken.day.astype("datetime64[D]").astype(np.int64)
    minute = taken.minute.astype(np.int64)
    by_name = codes_by_name(medicines)
    dose = np.round(taken.dose.astype(np.float64), 4)  # 32-bit floats: 0.1 is meant, not 0.100000001
    order = np.lexsort((dose, code, minute, day))
    return Log(
        as_of=as_of,
        day=day[order],
        minute=minute[order],
        dose=np.where(np.isfinite(dose) & (dose > 0), dose, np.nan)[order],
        kind=code[order],
        kinds=tuple(_kind(*way, by_name) for way in ways),
        logged=np.unique(known.day.astype("datetime64[D]").astype(np.int64)),
    )


def _ways(taken: DoseTable) -> tuple[Ints, list[tuple[str, str, str]]]:
    """For each dose the number of the way it is written, and those ways (medicine, unit, route)."""
    code = np.zeros(len(taken), np.int64)
    words = []
    for column in (taken.medicine, taken.unit, taken.route):
        number_of, distinct = pd.factorize(column)
        words.append([str(each) for each in distinct])
        code = code * max(len(distinct), 1) + number_of
    used, place = np.unique(code, return_inverse=True)
    units, routes = max(len(words[1]), 1), max(len(words[2]), 1)
    ways = [
        (words[0][each // (units * routes)], words[1][each // routes % units], words[2][each % routes])
        for each in used.tolist()
    ]
    # In the order of the alphabet: in which order the doses came must make no difference.
    ranked = sorted(range(len(ways)), key=ways.__getitem__)
    rank = np.empty(len(ways), np.int64)
    rank[ranked] = np.arange(len(ways))
    return rank[place.reshape(-1)], [ways[number] for number in ranked]


def _kind(medicine: str, unit: str, route: str, by_name: dict[str, Medicine]) -> Kind:
    """A dose without a route was taken by that of its line on the list; its dose and unit are its own."""
    line = by_name.get(" ".join(medicine.casefold().split()))
    if line is None:
        return Kind(medicine, unit, route, recognise(medicine, route=route))
    by = route or line.route
    return Kind(medicine, unit, by, recognise(medicine, line.atc, line.rxnorm, by), line.atc)
