"""Who an invented person is: the traits, habits and scripted facts that a plan holds, and their random streams."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from data_access.records import PatientRecord

FEWEST_DAYS, MOST_DAYS, MOST_PATIENTS = 30, 3650, 10_000
LAST_DAY_UNTIL = 8.9
"""Hour of the last day up to which things are logged: the clinic opens its demo in the morning."""
TEAM_SIZE = 40
"""Patients of one care team."""

OPTIONAL_ANSWERS: tuple[tuple[str, float], ...] = (
    ("fatigue", 0.92),
    ("interference", 0.8),
    ("sleep_hours", 0.95),
    ("sleep_quality", 0.92),
    ("stress", 0.88),
    ("mood", 0.7),
    ("stiffness_minutes", 0.6),
    ("sensitivity", 0.45),
    ("activity", 0.7),
    ("flare", 0.72),
    ("relief", 0.6),
    ("note", 0.6),
    ("qualities", 0.78),
    ("depth", 0.4),
)
"""Questions with the share of people who answer them at all; pain is answered by all."""

Aspect = Literal[
    "person", "pain", "habits", "pattern", "flares", "shifts", "treatments", "days", "logging", "entries", "marks",
    "doses", "measures", "visits", "events", "care", "notes",
    "answers", "weather", "plan",
]  # fmt: skip
_ASPECTS: tuple[Aspect, ...] = Aspect.__args__  # type: ignore[attr-defined]

Pattern = Literal[
    "widespread", "back_and_legs", "low_back", "upper_back", "neck_and_shoulders",
    "radiating_left", "radiating_right", "arm_left", "arm_right", "half_body_left", "half_body_right",
]  # fmt: skip
LoggingStyle = Literal["usual", "faithful", "patchy", "worse_days_missed", "mostly_bad_days", "busy_weeks"]


@dataclass(frozen=True, slots=True)
class Scripted:
    """What a named case must show, in days before the end: it is planted whatever the dice say."""

    quiet_days: int = 0  # no drawn flare in these last days
    steady_level: bool = False  # no drawn shift, and no drawn treatment that helps or harms
    flares: tuple[tuple[int, int, float], ...] = ()  # (starts days ago, lasts days, points above usual)
    shifts: tuple[tuple[int, float, int], ...] = ()  # (days ago, points, days it took to get there)
    treatments: tuple[tuple[str, int, float], ...] = ()  # (medicine or intervention, started days ago, points)


@dataclass(frozen=True, slots=True)
class PainTraits:
    """How this person's pain behaves. Levels in points of the 0-10 scale."""

    usual: float
    variability: float  # standard deviation of an ordinary day
    persistence: float  # lag-1 autocorrelation of that
    weekday: tuple[float, ...]  # points per weekday, Monday first; mean 0
    winter: float  # points above the year's mean in January
    flares_per_90: float
    poor_nights: float  # share of flares that follow two or three poor nights
    sleep_effect: float  # points of pain per point of sleep quality of the night before (<= 0)
    stress_effect: float  # points of pain per point of stress of the day before
    activity_effect: float  # points of pain per point of activity of the day before
    usual_sleep_hours: float
    usual_sleep_quality: float
    usual_stress: float
    scripted: Scripted = Scripted()


@dataclass(frozen=True, slots=True)
class Habits:
    """How this person logs. Missing days are not missing at random."""

    style: LoggingStyle
    chance: float  # of logging an ordinary day
    worse_days: float  # change of the log odds of logging, per point of pain above usual
    stopped_days_ago: int  # days at the end without an entry; 0 for somebody who still logs
    second_entries: float  # chance of a second entry on a day
    maps: float  # chance that an entry has a map
    answers: frozenset[str]  # the questions this person answers
    hour: float | None  # usual hour of the entry; None: entries carry no time
    regular_doses_days: int  # last days in which regular medicines were ticked off one by one
    entries_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class PatientPlan:
    """One invented person; `case` is empty unless they are one of the named cases."""

    number: int  # from 1
    seed: int
    case: str
    person: PatientRecord
    start: date
    end: date
    pattern: Pattern
    extent: float  # how widespread, in standard deviations of such people
    pattern_of: int  # the number whose pattern stream is used: their own, or that of the person they mirror
    pain: PainTraits
    habits: Habits

    @property
    def days(self) -> int:
        """Calendar days from the first possible entry to the end, both included; 0 for somebody without a diary."""
        return (self.end - self.start).days + 1

    @property
    def team_id(self) -> int:
        """The care team, from 1."""
        return (self.number - 1) // TEAM_SIZE + 1

    def random(self, aspect: Aspect) -> np.random.Generator:
        """This person's own stream of random numbers for one aspect: changing one aspect leaves the others alone."""
        number = self.pattern_of if aspect == "pattern" else self.number
        return stream(self.seed, number, aspect)


def stream(seed: int, number: int, aspect: Aspect) -> np.random.Generator:
    """The random stream of one aspect of one person."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number, _ASPECTS.index(aspect))))


def record_number(number: int) -> str:
    """'FB-00017' for 17."""
    return f"FB-{number:05d}"
