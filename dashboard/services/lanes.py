"""Medication lanes of the timeline: what was prescribed when, and what was taken, per medicine."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days, Period
from clinical.findings import Medicine
from dashboard.services.timeline import Lane, Steps
from data_access.medication import Doses

MOST_LANES = 4


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A medicine without a lane; `days` on which it was logged as taken, 0 where only prescribed."""

    medicine: str
    days: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes that are drawn, most telling first, and the medicines of the period that have no room."""

    drawn: tuple[Lane, ...]
    left: tuple[LeftOut, ...]

    @property
    def more(self) -> int:
        """How many medicines are not drawn."""
        return len(self.left)


def lanes(medicines: Sequence[Medicine], doses: Doses, period: Period, spoken_of: Collection[str] = ()) -> Lanes:
    """One lane per medicine prescribed or taken in the period; `spoken_of` come first, then those that changed."""
    taken = during(doses, period)
    every = [_lane(name, medicines, taken, period) for name in _names(medicines, taken, period)]
    named = {name.casefold() for name in spoken_of}
    ranked = sorted(every, key=lambda lane: (lane.medicine.casefold() not in named, not _changed(lane, period)))
    drawn = sorted(ranked[:MOST_LANES], key=lambda lane: (lane.as_needed, lane.medicine))
    return Lanes(tuple(drawn), tuple(_left_out(lane.medicine, taken) for lane in ranked[MOST_LANES:]))


def _left_out(name: str, doses: Doses) -> LeftOut:
    folded = np.array([str(each).casefold() for each in doses.medicine], object)
    mine = (folded == name.casefold()) & doses.taken
    return LeftOut(name, len(np.unique(doses.day[mine])))


def during(doses: Doses, period: Period) -> Doses:
    """The doses of that period; they come in the order of their days."""
    first, last = np.searchsorted(doses.day, [np.datetime64(period.start), np.datetime64(period.end) + 1])
    part = slice(first, last)
    return Doses(
        doses.day[part],
        doses.medicine[part],
        doses.dose[part],
        doses.unit[part],
        doses.as_needed[part],
        doses.taken[part],
    )


def as_needed_days(doses: Doses) -> dict[str, list[date]] | None:
    """For each as-needed medicine the days it was taken; None when no dose was ever logged."""
    if not len(doses):
        return None
    taken = doses.as_needed & doses.taken
    names = sorted({str(name) for name in doses.medicine[doses.as_needed]})
    return {name: list(np.unique(doses.day[taken & (doses.medicine == name)]).tolist()) for name in names}


def _names(medicines: Sequence[Medicine], doses: Doses, period: Period) -> list[str]:
    """Names as first written, each once whatever its capitals; one without a first day is on no day of the axis."""
    prescribed = [m.name for m in medicines if m.start is not None and _running(m, period)]
    taken = sorted({str(name) for name in doses.medicine[doses.taken].tolist()})
    return list({name.casefold(): name for name in reversed([*prescribed, *taken])}.values())


def _running(medicine: Medicine, period: Period) -> bool:
    started = medicine.start is None or medicine.start <= period.end
    return started and (medicine.end is None or medicine.end >= period.start)


def _lane(name: str, medicines: Sequence[Medicine], doses: Doses, period: Period) -> Lane:
    rows = [m for m in medicines if m.name.casefold() == name.casefold() and _running(m, period)]
    spelt = {each for each in set(doses.medicine.tolist()) if str(each).casefold() == name.casefold()}
    mine = np.logical_or.reduce([doses.medicine == each for each in spelt], initial=False) & np.ones(len(doses), bool)
    as_needed = any(m.as_needed for m in rows) or bool((doses.as_needed & mine).any())
    return Lane(
        medicine=name,
        dose=_dose_text(rows),
        as_needed=as_needed,
        spans=() if as_needed else _spans(rows, period),
        taken=_taken(doses, mine & doses.taken, period, as_needed=as_needed),
    )


def _dose_text(rows: Sequence[Medicine]) -> str:
    """Dose and unit of the latest row that has them: '60 mg'."""
    known = [m for m in rows if m.dose is not None]
    return f"{known[-1].dose:g} {known[-1].unit}".strip() if known else ""


def _spans(rows: Sequence[Medicine], period: Period) -> tuple[tuple[date, date, float], ...]:
    largest = max((m.dose for m in rows if m.dose is not None), default=1.0)
    return tuple(
        (
            max(m.start, period.start),
            min(m.end or period.end, period.end),
            1.0 if m.dose is None else m.dose / largest,
        )
        for m in rows
        if m.start is not None
    )


def _taken(doses: Doses, mine: NDArray[np.bool_], period: Period, *, as_needed: bool) -> Days:
    """Total dose of each day (doses of unknown size count as one of usual size), per step; NaN where none was taken."""
    steps = Steps.of(period)
    place = (doses.day[mine] - np.datetime64(steps.grid.start)).astype(np.int64)
    usual = float(np.nanmedian(doses.dose[mine])) if np.isfinite(doses.dose[mine]).any() else 1.0
    size = np.nan_to_num(doses.dose[mine], nan=usual)
    daily = np.bincount(place, size, minlength=steps.grid.days).astype(np.float32)
    daily[daily == 0] = np.nan
    if steps.step_days == 1:
        return daily
    grouped = daily.reshape(-1, steps.step_days)
    days = np.isfinite(grouped).sum(axis=1)
    mean = np.nansum(grouped, axis=1) / np.maximum(days, 1)
    return np.where(days > 0, days if as_needed else mean, np.nan).astype(np.float32)


def _changed(lane: Lane, period: Period) -> bool:
    return any(start > period.start or end < period.end for start, end, _ in lane.spans)
