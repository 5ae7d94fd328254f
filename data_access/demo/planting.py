"""Plants the flares and lasting shifts of one person: the truth that a detector is later measured against."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data_access.demo.traits import PatientPlan

Levels = NDArray[np.float64]
Trigger = Literal["", "poor_nights", "stress", "overexertion", "infection", "weather"]

_FEWEST_DAYS_BETWEEN = 7
_STEADY_START = 10
"""Days at the start of a diary without a planted flare: nobody knows a person's usual level on the first day."""
# Short flares dominate a daily diary (Jacquemin 2017, reference 6.2: 78.9 % last up to three days); long ones exist.
_LENGTHS = ((1, 2, 0.42), (3, 4, 0.2), (5, 9, 0.24), (10, 26, 0.14))


@dataclass(frozen=True, slots=True)
class PlantedFlare:
    """A flare as it was planted; `end` None: it goes on beyond the last day. `rise`: points above usual, on average."""

    kind: Literal["spike", "flare"]
    start: date
    end: date | None
    rise: float
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class PlantedShift:
    """A lasting new level, in points against the level before; it comes in over `over_days` from `start` on."""

    start: date
    change: float
    over_days: int = 3


def plant_flares(plan: PatientPlan) -> tuple[PlantedFlare, ...]:
    """The flares of this person, in order, at least a week apart."""
    random = plan.random("flares")
    scripted = [_scripted(plan, *flare) for flare in plan.pain.scripted.flares]
    drawn = _drawn(plan, random) if plan.pain.flares_per_90 > 0 else []
    return tuple(sorted((*drawn, *(f for f in scripted if f.start > plan.start)), key=lambda flare: flare.start))


def _scripted(plan: PatientPlan, days_ago: int, length: int, rise: float) -> PlantedFlare:
    start = plan.end - timedelta(days=days_ago)
    last = start + timedelta(days=length - 1)
    trigger: Trigger = "poor_nights" if plan.pain.poor_nights else ""
    return PlantedFlare("spike" if length < 3 else "flare", start, last if last < plan.end else None, rise, trigger)


def _drawn(plan: PatientPlan, random: np.random.Generator) -> list[PlantedFlare]:
    free_days = 90 / plan.pain.flares_per_90 - 6
    script = plan.pain.scripted
    first_scripted = max((days_ago for days_ago, _, _ in script.flares), default=0)
    last_day = plan.days - 1 - max(script.quiet_days, first_scripted + _FEWEST_DAYS_BETWEEN if first_scripted else 0)
    found = []
    day = _STEADY_START + random.exponential(max(free_days, 8.0))
    while day <= last_day:
        length = _length(random)
        if not script.quiet_days or day + length <= last_day:
            found.append(_flare(plan, random, int(day), length))
        day += length + _FEWEST_DAYS_BETWEEN + random.exponential(max(free_days - _FEWEST_DAYS_BETWEEN, 3.0))
    return found


def _length(random: np.random.Generator) -> int:
    low, high, _ = _LENGTHS[random.choice(len(_LENGTHS), p=[share for _, _, share in _LENGTHS])]
    return int(random.integers(low, high + 1))


def _flare(plan: PatientPlan, random: np.random.Generator, day: int, length: int) -> PlantedFlare:
    start = plan.start + timedelta(days=day)
    last = start + timedelta(days=length - 1)
    weak = random.random() < 0.2  # exhaustion and spread more than pain: Costa 2021, reference 6.1
    rise = random.uniform(0.5, 1.0) if weak else float(np.clip(random.normal(2.6, 0.7), 1.3, 4.5))
    kind: Literal["spike", "flare"] = "spike" if length < 3 else "flare"
    return PlantedFlare(kind, start, last if last <= plan.end else None, float(rise), _trigger(plan, random))


def _trigger(plan: PatientPlan, random: np.random.Generator) -> Trigger:
    if random.random() < plan.pain.poor_nights:
        return "poor_nights"
    others: tuple[Trigger, ...] = ("", "stress", "overexertion", "infection", "weather")
    return others[random.choice(5, p=(0.3, 0.3, 0.2, 0.08, 0.12))]


def plant_shifts(plan: PatientPlan) -> tuple[PlantedShift, ...]:
    """Lasting changes of level nobody treated, about one in two years, and what the case scripts."""
    random = plan.random("shifts")
    script = plan.pain.scripted
    last_day = plan.days - 20
    count = 0 if script.steady_level else int(random.poisson(max(last_day - 40, 0) / 700))
    drawn = []
    away = 0.0  # points from the usual level: what went up tends to come down again
    for day in np.sort(random.uniform(40, max(last_day, 41), count)):
        up = random.random() < 0.5 - 0.35 * np.sign(away)
        points = float(random.uniform(0.8, 1.8)) * (1 if up else -1)
        drawn.append(PlantedShift(plan.start + timedelta(days=int(day)), points))
        away += points
    scripted = [PlantedShift(plan.end - timedelta(days=ago), points, over) for ago, points, over in script.shifts]
    return tuple(sorted((*drawn, *(s for s in scripted if s.start > plan.start)), key=lambda shift: shift.start))


def flare_days(plan: PatientPlan, flares: tuple[PlantedFlare, ...]) -> NDArray[np.bool_]:
    """Which days of the person's calendar lie inside a planted flare."""
    inside = np.zeros(plan.days, np.bool_)
    for flare in flares:
        first = (flare.start - plan.start).days
        last = ((flare.end or plan.end) - plan.start).days
        inside[first : last + 1] = True
    return inside


def rise_by_day(plan: PatientPlan, flares: tuple[PlantedFlare, ...], random: np.random.Generator) -> Levels:
    """Points above usual that the flares add on each day: a day of onset, the flare, and some days of recovery."""
    rise = np.zeros(plan.days)
    for flare in flares:
        first = (flare.start - plan.start).days
        length = ((flare.end or plan.end) - flare.start).days + 1
        recovery = random.uniform(0.15, 0.4) * np.exp(-np.arange(int(min(2 + length / 3, 6))) / 1.5)
        onset = np.array([0.3 if random.random() < 0.35 else 0.0])
        shape = np.concatenate((onset, random.uniform(0.72, 1.18, length), recovery)) * flare.rise
        low, high = max(first - 1, 0), min(first - 1 + len(shape), plan.days)
        rise[low:high] = np.maximum(rise[low:high], shape[low - first + 1 : high - first + 1])
    return rise
