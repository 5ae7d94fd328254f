"""Medicines on the list, and the doses people say they took."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from data_access.demo.course import Course
from data_access.demo.medicines import CODEINE_PARACETAMOL, PARACETAMOL, Product, product
from data_access.demo.traits import LAST_DAY_UNTIL, PatientPlan
from data_access.demo.treatments import Treatment
from data_access.records import DoseRecord, MedicationRecord

_LAST_DAY_UNTIL = f"{int(LAST_DAY_UNTIL):02d}:59"
_HOURS = ("07:30", "12:30", "17:30", "22:15")
"""When as-needed doses are taken: one entry each, so that two doses of a day stay two doses."""


def write_medications(course: Course) -> tuple[MedicationRecord, ...]:
    """The medicines of one person, oldest first."""
    return tuple(_medication(treatment) for treatment in course.treatments if treatment.is_medicine)


def _medication(treatment: Treatment) -> MedicationRecord:
    taken = product(treatment.name)
    return MedicationRecord(
        medicine=taken.medicine,
        atc=taken.atc,
        dose=float(taken.doses[treatment.step]),
        unit=taken.unit,
        route=taken.route,
        frequency=taken.frequency,
        as_needed=treatment.as_needed,
        start_day=treatment.start,
        end_day=treatment.end,
        reason_stopped=treatment.reason_stopped,
    )


def write_doses(plan: PatientPlan, course: Course, logged: NDArray[np.bool_]) -> tuple[DoseRecord, ...]:
    """The doses of one person on logged days, in order of day."""
    random = plan.random("doses")
    doses: list[DoseRecord] = []
    for treatment in course.treatments:
        if treatment.is_medicine:
            days = _days_on(treatment, course, logged)
            writer = _as_needed if treatment.as_needed else _regular
            doses.extend(writer(plan, course, treatment, days, random))
    by_now = (dose for dose in doses if dose.day != plan.end or dose.at_time < _LAST_DAY_UNTIL)
    return tuple(sorted(by_now, key=lambda dose: (dose.day or date.min, dose.at_time, dose.medicine)))


def _days_on(treatment: Treatment, course: Course, logged: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Logged days on which the medicine is on the list."""
    first = max((treatment.start - course.start).days, 0)
    last = course.days if treatment.end is None else max((treatment.end - course.start).days + 1, 0)
    inside = np.zeros(course.days, np.bool_)
    inside[first:last] = True
    return np.flatnonzero(logged & inside)


def _as_needed(
    plan: PatientPlan,
    course: Course,
    treatment: Treatment,
    days: NDArray[np.intp],
    random: np.random.Generator,
) -> list[DoseRecord]:
    """Taken by how bad the day is against the usual; more than once on the worst."""
    above = course.pain[days] - course.level[days]
    habit = random.normal(-2.0, 0.7)
    odds = habit + 0.75 * np.clip(above, -2, 4) + 0.15 * (course.level[days] - 5)
    chance = 1 / (1 + np.exp(-odds))
    most = 2 if treatment.name in ("sumatriptan", "zopiclone") else 4
    counts = np.minimum(random.binomial(most, np.clip(chance * 0.62, 0, 0.9)), most)
    if plan.case == "paracetamol":
        counts = _too_much(treatment, course, days, counts)
    taken = product(treatment.name)
    found: list[DoseRecord] = []
    for day, count in zip(days[counts > 0].tolist(), counts[counts > 0].tolist(), strict=True):
        hours = _HOURS if count == most else tuple(_HOURS[i] for i in np.sort(random.permutation(4)[:count]))
        if taken.medicine == "zopiclone":
            hours = ("22:15",)
        found.extend(_dose(course.day(day), at, taken, treatment) for at in hours[:count])
    return found


def _too_much(
    treatment: Treatment, course: Course, days: NDArray[np.intp], counts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The named case: three grams of paracetamol plus two of the combination in the last weeks, every third day."""
    high = (days > course.days - 25) & (days % 3 == 0)
    wanted = {PARACETAMOL.medicine: 3, CODEINE_PARACETAMOL.medicine: 2}
    return np.where(high, np.maximum(counts, wanted.get(treatment.name, 0)), counts)


def _regular(
    plan: PatientPlan,
    course: Course,
    treatment: Treatment,
    days: NDArray[np.intp],
    random: np.random.Generator,
) -> list[DoseRecord]:
    """Ticked off one by one, by people who do that; now and then one is missed, and they say so."""
    taken = product(treatment.name)
    recent = days[days >= course.days - plan.habits.regular_doses_days]
    recent = recent[recent % taken.every == 0]
    took = random.random((len(recent), len(taken.times))) < random.uniform(0.86, 0.99)
    return [
        _dose(course.day(int(day)), at, taken, treatment, took=bool(was))
        for day, row in zip(recent, took, strict=True)
        for at, was in zip(taken.times, row, strict=True)
    ]


def _dose(day: date, at: str, taken: Product, treatment: Treatment, *, took: bool = True) -> DoseRecord:
    return DoseRecord(
        day=day,
        medicine=taken.medicine,
        taken=took,
        at_time=at,
        dose=float(taken.doses[treatment.step]),
        unit=taken.unit,
        route=taken.route,
        as_needed=treatment.as_needed,
    )
