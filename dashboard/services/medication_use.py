"""How often each medicine was logged as taken, and which medicines are on the list: current, stopped, without dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Diary, Period
from clinical.medication.listing import runs_on
from clinical.record import Medicine
from dashboard.services.medication_course import NamedDoses

USE_DAYS = 28
"""Days over which use is counted [P]."""
FEWEST_LOGGED = 14
"""Logged days from which use is told per 28 of them [P]."""
Standing = Literal["current", "undated", "logged", "planned", "stopped"]
"""On the list now, so without a known first day, only in the log, on the list from a later day on, or ended."""
ON_LIST_NOW: tuple[Standing, ...] = ("current", "undated")


@dataclass(frozen=True, slots=True)
class Use:
    """Days on which one medicine was logged as taken, within `logged` days with an entry or a dose.

    `declined`: days on which it was said not to have been taken, and no dose was; `last` the last day it was taken.
    """

    medicine: str
    as_needed: bool
    days: int
    declined: int
    logged: int
    last: date | None

    @property
    def per_28(self) -> float | None:
        """Days taken per 28 logged days; None where too few days were logged to say so."""
        return USE_DAYS * self.days / self.logged if self.logged >= FEWEST_LOGGED else None


def use(name: str, doses: NamedDoses, diary: Diary, period: Period, *, as_needed: bool) -> Use:
    """How often that medicine was taken in the period."""
    mine = doses.mine(name)
    taken = _days(doses, mine & doses.doses.taken, period)
    declined = np.setdiff1d(_days(doses, mine & ~doses.doses.taken, period), taken)
    ever = doses.doses.day[mine & doses.doses.taken]
    last = ever[-1].astype(object) if len(ever) else None
    return Use(name, as_needed, len(taken), len(declined), logged_days(doses, diary, period), last)


def _days(doses: NamedDoses, chosen: NDArray[np.bool_], period: Period) -> NDArray[np.datetime64]:
    days = np.unique(doses.doses.day[chosen])
    inside = (days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))
    found: NDArray[np.datetime64] = days[inside]
    return found


def logged_days(doses: NamedDoses, diary: Diary, period: Period) -> int:
    """Days of the period that say something: with a diary entry or any dose."""
    flags = diary.logged_during(period).copy()
    every = _days(doses, np.ones(len(doses.doses), np.bool_), period)
    flags[(every - np.datetime64(period.start)).astype(np.int64)] = True
    return int(flags.sum())


def use_days(as_of: date) -> Period:
    """The 28 days up to `as_of`."""
    return Period(as_of - timedelta(days=USE_DAYS - 1), as_of)


def as_needed_names(medicines: Sequence[Medicine], doses: NamedDoses, period: Period) -> tuple[str, ...]:
    """Names of medicines that are as needed by the list on any day of the period, or were logged so in it."""
    on_list = [m.name for m in medicines if m.as_needed and runs_on(m, period.end)]
    inside = doses.inside(period)
    logged = [doses.names[place] for place in np.unique(inside.place[inside.doses.as_needed]).tolist()]
    return tuple({name.casefold(): name for name in reversed([*on_list, *logged])}.values())[::-1]


def standing(medicine: Medicine, as_of: date) -> Standing:
    """Whether it is on the list now, since a known day or not; ended, also on a day nobody knows; or yet to begin."""
    if runs_on(medicine, as_of):
        return "undated" if medicine.start is None else "current"
    ahead = medicine.start is not None and medicine.start > as_of
    return "planned" if ahead else "stopped"
