"""The days of one person: what they would answer on each day, whether or not they log it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from data_access.demo.planting import PlantedFlare, PlantedShift, flare_days, plant_flares, plant_shifts, rise_by_day
from data_access.demo.traits import PatientPlan
from data_access.demo.treatments import Treatment, draw_treatments, effect_by_day

Levels = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """One person's days in full, before anything goes missing; arrays have one value a calendar day.

    `pain` is continuous and may leave 0-10; `answers` are what a diary would hold (integers on the 0-10 scales).
    """

    start: date
    pain: Levels
    level: Levels  # the usual level of that day: with shifts, treatments, season, without flares
    rise: Levels  # points that flares add
    in_flare: NDArray[np.bool_]
    answers: Mapping[str, Levels]  # flare as 1/0
    flares: tuple[PlantedFlare, ...]
    shifts: tuple[PlantedShift, ...]
    treatments: tuple[Treatment, ...]

    @property
    def days(self) -> int:
        """Calendar days."""
        return len(self.pain)

    def day(self, index: int) -> date:
        """The date of that day."""
        return self.start + timedelta(days=index)


def draw_course(plan: PatientPlan) -> Course:
    """The days of one person, drawn from their own streams."""
    random = plan.random("days")
    flares, shifts, treatments = plant_flares(plan), plant_shifts(plan), draw_treatments(plan)
    rise = rise_by_day(plan, flares, random)
    level = _level(plan, random, shifts, treatments)
    causes = _causes(plan, random, flares, rise)
    pain = _pain(plan, random, level, rise, causes)
    inside = flare_days(plan, flares)
    answers = {
        "pain": on_scale(pain),
        **causes,
        **_consequences(plan, random, pain, rise, causes),
        "flare": _own_answer(random, inside, pain - level, rise),
    }
    return Course(
        start=plan.start, pain=pain, level=level, rise=rise, in_flare=inside,
        answers=answers, flares=flares, shifts=shifts, treatments=treatments,
    )  # fmt: skip


def on_scale(values: Levels) -> Levels:
    """Integers 0-10, as a numeric rating scale takes them."""
    return np.clip(np.rint(values), 0, 10)


def lasting_noise(random: np.random.Generator, days: int, persistence: float, *columns: int) -> Levels:
    """Noise of mean 0 and standard deviation 1 in which a day resembles the day before (lag-1 autocorrelation).

    Shape (days,), or (days, columns) with each column on its own.
    """
    noise = random.standard_normal((days, *columns))
    noise[1:] *= np.sqrt(1 - persistence**2)
    for day in range(1, days):
        noise[day] += persistence * noise[day - 1]
    return noise


def _level(
    plan: PatientPlan,
    random: np.random.Generator,
    shifts: tuple[PlantedShift, ...],
    treatments: tuple[Treatment, ...],
) -> Levels:
    days = plan.days
    calendar = np.arange(days)
    drift = (0.1 if plan.pain.scripted.steady_level else 0.25) * lasting_noise(random, days, 0.99)
    year_day = (calendar + plan.start.timetuple().tm_yday) / 365.25
    level = plan.pain.usual + drift + plan.pain.winter * np.cos(2 * np.pi * (year_day - 0.05))
    for shift in shifts:
        level = level + np.clip((calendar - (shift.start - plan.start).days + 1) / shift.over_days, 0, 1) * shift.change
    for treatment in treatments:
        level = level + effect_by_day(treatment, plan.start, days)
    return np.clip(level, 0.4, 9.0)


def weekdays(start: date, days: int) -> NDArray[np.intp]:
    """Monday 0 to Sunday 6 for each day."""
    return (np.arange(days) + start.weekday()) % 7


def _causes(
    plan: PatientPlan, random: np.random.Generator, flares: tuple[PlantedFlare, ...], rise: Levels
) -> dict[str, Levels]:
    """What comes before pain: last night's sleep, stress, activity; with the triggers of planted flares."""
    days, traits = plan.days, plan.pain
    night = lasting_noise(random, days, 0.25) - 0.22 * rise
    stress = traits.usual_stress + 1.3 * lasting_noise(random, days, 0.55) + 0.15 * rise
    activity = 5.0 + 1.4 * lasting_noise(random, days, 0.2) - 0.75 * rise - 0.25 * (traits.usual - 5)
    weekend = weekdays(plan.start, days) >= 5
    stress = stress - 0.7 * weekend
    night = night + 0.25 * weekend
    for flare in flares:
        first = (flare.start - plan.start).days
        if flare.trigger == "poor_nights":
            night[max(first - 1, 0) : first + 1] -= random.uniform(1.2, 2.4)
        elif flare.trigger == "stress":
            stress[max(first - 3, 0) : first + 1] += random.uniform(1.5, 3.0)
        elif flare.trigger == "overexertion":
            activity[max(first - 1, 0) : first] += random.uniform(2.0, 3.5)
    hours = np.clip(np.rint(2 * (traits.usual_sleep_hours + 0.95 * night)) / 2, 1.0, 11.0)
    quality = traits.usual_sleep_quality + 1.5 * night + 0.7 * random.standard_normal(days)
    return {
        "sleep_hours": hours,
        "sleep_quality": on_scale(quality),
        "stress": on_scale(stress),
        "activity": on_scale(activity),
    }


def _pain(
    plan: PatientPlan, random: np.random.Generator, level: Levels, rise: Levels, causes: Mapping[str, Levels]
) -> Levels:
    traits = plan.pain
    pain = level + rise + np.array(traits.weekday)[weekdays(plan.start, plan.days)]
    pain += traits.variability * lasting_noise(random, plan.days, traits.persistence)
    pain += traits.sleep_effect * (causes["sleep_quality"] - traits.usual_sleep_quality)
    pain[1:] += traits.stress_effect * (causes["stress"][:-1] - traits.usual_stress)
    pain[1:] += traits.activity_effect * (causes["activity"][:-1] - 5.0)
    return np.asarray(pain, np.float64)


def _consequences(
    plan: PatientPlan, random: np.random.Generator, pain: Levels, rise: Levels, causes: Mapping[str, Levels]
) -> dict[str, Levels]:
    days = plan.days
    poor_night = plan.pain.usual_sleep_quality - causes["sleep_quality"]
    fatigue = 2.0 + 0.6 * pain + 0.25 * poor_night + 0.35 * rise + 0.9 * lasting_noise(random, days, 0.45)
    interference = -0.6 + 0.95 * pain + 0.2 * rise + 0.8 * lasting_noise(random, days, 0.3)
    mood = 8.4 - 0.35 * pain - 0.3 * (causes["stress"] - 4) - 0.2 * rise + 0.9 * lasting_noise(random, days, 0.5)
    sensitivity = -0.4 + 0.75 * pain + 0.4 * rise + 0.9 * lasting_noise(random, days, 0.6)
    usual_stiffness = float(np.exp(random.normal(3.2, 0.6)))
    stiffness = usual_stiffness * np.exp(0.14 * (pain - plan.pain.usual) + 0.3 * lasting_noise(random, days, 0.3))
    return {
        "fatigue": on_scale(fatigue),
        "interference": on_scale(interference),
        "mood": on_scale(mood),
        "sensitivity": on_scale(sensitivity),
        "stiffness_minutes": np.clip(np.rint(stiffness / 5) * 5, 0, 480),
    }


def _own_answer(random: np.random.Generator, inside: NDArray[np.bool_], above: Levels, rise: Levels) -> Levels:
    """'Is this a flare for you?' - mostly yes inside a planted flare, now and then on another bad day, rarely else."""
    chance = np.where(inside, 0.76, np.where((above > 1.6) | (rise > 0.5), 0.2, 0.025))
    return np.asarray(random.random(len(inside)) < chance, np.float64)
