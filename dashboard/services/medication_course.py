"""Medicines over time: what was prescribed, what was taken and what else was used, on the steps of the timeline.

Prescribed and taken are never added up: a lane holds both, each by itself. A day whose amount is not wholly known has
no amount, only the fact that something was taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days, Period
from clinical.medication import DailySeries, DoseTable
from clinical.record import Medicine
from dashboard.services.timeline import Steps, Timeline

MOST_LANES = 9
"""Lanes that fit on one screen; every further medicine stands in the list."""
RELIEF: dict[str, tuple[str, ...]] = {
    "heat": ("heat",),
    "cold": ("cold",),
    "massage": ("massage",),
    "acupuncture": ("acupuncture",),
    "chiropractic": ("chiropractic",),
    "exercise": (
        "exercise_aerobic", "exercise_strength", "walking", "swimming", "stretching", "yoga", "pilates", "tai_chi",
    ),
}  # fmt: skip
"""Relief measures with a row of their own, and the codes of the vocabulary (reference 9.6) each stands for."""
OTHER = "other"
NOTHING_USED = "none"

Used = Sequence[tuple[date, tuple[str, ...]]]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prescription:
    """One line of the list inside the period: `share` of the largest dose in its lane (None: dose not known)."""

    start: date
    end: date
    share: float | None
    says: str


@dataclass(frozen=True, slots=True, eq=False)
class MedicineLane:
    """One medicine. `days` (n,) days with a dose in each step; `amount` (n,) mean total of the days whose amount is
    wholly known, in `unit`, NaN where there is none."""

    medicine: str
    as_needed: bool
    prescribed: tuple[Prescription, ...]
    days: NDArray[np.int16]
    amount: Days
    unit: str

    @property
    def days_taken(self) -> int:
        """Days of the period on which it was logged as taken."""
        return int(self.days.sum())


@dataclass(frozen=True, slots=True, eq=False)
class ReliefRow:
    """Days in each step on which a relief measure was used, shape (n,)."""

    name: str
    days: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Total:
    """A daily total with its highest value in each step, NaN where there is none.

    `unknown` (n,): days of the step on which something of it was taken that could not be counted.
    """

    highest: Days
    unknown: NDArray[np.int16]

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw."""
        return bool(np.isfinite(self.highest).any() or self.unknown.any())


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Everything the chart draws: pain, gaps and flares by `timeline`, the rest on its steps."""

    timeline: Timeline
    lanes: tuple[MedicineLane, ...]
    left_out: tuple[str, ...]
    relief: tuple[ReliefRow, ...]
    paracetamol: Total  # grams in any 24 hours
    mme: Total  # mg a day


@dataclass(frozen=True, slots=True, eq=False)
class NamedDoses:
    """Doses, oldest first, with the place of their medicine's name in `names`, which are the same in any capitals."""

    doses: DoseTable
    names: tuple[str, ...]
    place: NDArray[np.int32]

    @classmethod
    def of(cls, doses: DoseTable) -> "NamedDoses":
        """Looks every name up once: comparing text dose by dose would take longer than everything else."""
        first: dict[str, str] = {}
        spelt = doses.medicine.tolist()
        for name in dict.fromkeys(spelt):
            first.setdefault(str(name).casefold(), str(name))
        places = {folded: place for place, folded in enumerate(first)}
        of_spelling = {name: places[str(name).casefold()] for name in dict.fromkeys(spelt)}
        place = np.fromiter((of_spelling[name] for name in spelt), np.int32, len(spelt))
        return cls(doses, tuple(first.values()), place)

    def inside(self, period: Period) -> "NamedDoses":
        """The doses of that period."""
        ends = [np.datetime64(period.start), np.datetime64(period.end) + 1]
        chosen = np.arange(*np.searchsorted(self.doses.day, ends))
        return NamedDoses(self.doses.where(chosen), self.names, self.place[chosen])

    def mine(self, name: str) -> Flags:
        """Which doses are of the medicine of that name, shape (doses,)."""
        folded = [each.casefold() for each in self.names]
        wanted = folded.index(name.casefold()) if name.casefold() in folded else -1
        found: Flags = self.place == wanted
        return found


def lanes(medicines: Sequence[Medicine], doses: NamedDoses, period: Period) -> tuple[MedicineLane, ...]:
    """A lane for every medicine on the list or taken in the period: regular ones first, then by days taken.

    Only what lies in the period counts, so that lanes, lists and page one give one number.
    """
    steps = Steps.of(period)
    inside = doses.inside(period)  # the first step may begin before it
    found = [_lane(name, medicines, inside, steps) for name in _names(medicines, inside, period)]
    return tuple(sorted(found, key=lambda lane: (lane.as_needed, -lane.days_taken, lane.medicine.casefold())))


def _names(medicines: Sequence[Medicine], inside: NamedDoses, period: Period) -> list[str]:
    """Names as first written, each once whatever its capitals."""
    listed = [m.name for m in medicines if runs_in(m, period)]
    logged = [inside.names[place] for place in np.unique(inside.place[inside.doses.taken]).tolist()]
    return list({name.casefold(): name for name in reversed([*listed, *logged])}.values())[::-1]


def runs_in(medicine: Medicine, period: Period) -> bool:
    """Whether it was on the list on a day of the period, as far as its dates are known.

    One without a start, or over on a day that nobody recorded, is on no day of the axis.
    """
    over_some_day = medicine.end is None and bool(medicine.reason_stopped)
    if medicine.start is None or medicine.start > period.end or over_some_day:
        return False
    return medicine.end is None or medicine.end >= period.start


def _lane(name: str, medicines: Sequence[Medicine], inside: NamedDoses, steps: Steps) -> MedicineLane:
    rows = [m for m in medicines if m.name.casefold() == name.casefold() and runs_in(m, steps.period)]
    taken = inside.mine(name) & inside.doses.taken
    as_needed = any(m.as_needed for m in rows) or bool((inside.doses.as_needed & taken).any())
    days, amount, unit = _taken(inside.doses, taken, steps)
    return MedicineLane(name, as_needed, _prescriptions(rows, steps.period), days, amount, unit)


def _prescriptions(rows: Sequence[Medicine], period: Period) -> tuple[Prescription, ...]:
    """Each line's days inside the period; doses in different units are not compared."""
    known = [m for m in rows if m.dose is not None]
    comparable = len({m.unit for m in known}) <= 1
    largest = max((m.dose for m in known if m.dose is not None), default=1.0)
    return tuple(
        Prescription(
            max(m.start or period.start, period.start),
            min(m.end or period.end, period.end),
            m.dose / largest if m.dose is not None and comparable else None,
            " ".join(part for part in (f"{m.dose:g} {m.unit}" if m.dose is not None else "", m.frequency) if part),
        )
        for m in rows
    )


def _taken(doses: DoseTable, mine: Flags, steps: Steps) -> tuple[NDArray[np.int16], Days, str]:
    """Days with a dose in each step, the mean total of the days wholly known, and the unit of those totals."""
    first, length = np.datetime64(steps.grid.start), steps.grid.days
    place = (doses.day[mine] - first).astype(np.int64)
    dose, unit = doses.dose[mine], doses.unit[mine].tolist()
    main = max(set(unit), key=unit.count) if unit else ""
    known = np.isfinite(dose) & np.array([each == main for each in unit], np.bool_)
    count = np.bincount(place, minlength=length)
    uncounted = np.bincount(place[~known], minlength=length)
    total = np.bincount(place[known], dose[known].astype(np.float64), minlength=length)
    daily = np.where((count > 0) & (uncounted == 0), total, np.nan)
    return _days(count > 0, steps), _mean(daily, steps), main


def _days(flags: Flags, steps: Steps) -> NDArray[np.int16]:
    counted: NDArray[np.int16] = flags.reshape(-1, steps.step_days).sum(axis=1).astype(np.int16)
    return counted


def _mean(daily: NDArray[np.float64], steps: Steps) -> Days:
    rows = daily.reshape(-1, steps.step_days)
    known = np.isfinite(rows).sum(axis=1)
    return np.where(known > 0, np.nansum(rows, axis=1) / np.maximum(known, 1), np.nan).astype(np.float32)


def relief(used: Used, period: Period) -> tuple[ReliefRow, ...]:
    """A row for each relief measure used in the period, in the order of `RELIEF`; whatever else was used comes last."""
    steps = Steps.of(period)
    of_code = {code: name for name, codes in RELIEF.items() for code in codes}
    flags: dict[str, Flags] = {}
    for day, codes in used:
        place = (day - steps.grid.start).days
        if period.start <= day <= period.end:
            for code in codes:
                if code != NOTHING_USED:
                    row = flags.setdefault(of_code.get(code, OTHER), np.zeros(steps.grid.days, np.bool_))
                    row[place] = True
    return tuple(ReliefRow(name, _days(flags[name], steps)) for name in (*RELIEF, OTHER) if name in flags)


def total(series: DailySeries, period: Period, divided_by: float = 1.0) -> Total:
    """A daily total on the steps of the period: the highest day stands for a longer step, what is sure for a day."""
    steps = Steps.of(period)
    place = (series.day - np.datetime64(steps.grid.start)).astype(np.int64)
    inside = (series.day >= np.datetime64(period.start)) & (series.day <= np.datetime64(period.end))
    highest = np.full(steps.count, -np.inf)
    at = place[inside] // steps.step_days
    np.maximum.at(highest, at, series.value[inside] / divided_by)
    known = np.isfinite(highest) & (highest > 0)
    # A patch that may be worn yet, or a dose without a time, may add to it: then the sum is not the whole of it.
    least = ~series.complete[inside] | (series.up_to > series.value)[inside]
    uncounted = np.bincount(at, least, minlength=steps.count)
    return Total(np.where(known, highest, np.nan).astype(np.float32), uncounted.astype(np.int16))


@dataclass(frozen=True, slots=True)
class Line:
    """A limit drawn across a total, with the name of who set it."""

    value: float
    says: str
