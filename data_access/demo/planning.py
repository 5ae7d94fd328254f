"""Draws who each invented person is, before a single day is drawn: traits, habits, how long they have been logging.

Every person has random streams of their own, spawned from the seed and their number, so that person k is the same
whatever the size of the clinic.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from data_access.demo.cases import CASES
from data_access.demo.names import family_name, given_name
from data_access.demo.traits import (
    FEWEST_DAYS,
    MOST_DAYS,
    MOST_PATIENTS,
    OPTIONAL_ANSWERS,
    Habits,
    LoggingStyle,
    PainTraits,
    PatientPlan,
    Pattern,
    record_number,
    stream,
)
from data_access.records import PatientRecord, Sex


def plan(patients: int = 40, days: int | None = None, seed: int = 1, *, end: date) -> Iterator[PatientPlan]:
    """Each invented person in turn, from FB-00001; with `days` nobody has more. ValueError outside the bounds."""
    if not 1 <= patients <= MOST_PATIENTS:
        raise ValueError(f"the synthetic clinic has 1 to {MOST_PATIENTS:,} patients, not {patients:,}")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a diary of the synthetic clinic has 1 to {MOST_DAYS:,} days, not {days:,}")
    return (plan_one(number, days, seed, end=end) for number in range(1, patients + 1))


def plan_one(number: int, days: int | None = None, seed: int = 1, *, end: date) -> PatientPlan:
    """The invented person with that number."""
    random = stream(seed, number, "person")
    length = int(np.clip(random.lognormal(np.log(210), 0.95), FEWEST_DAYS, MOST_DAYS))
    drawn = PatientPlan(
        number=number,
        seed=seed,
        case="",
        person=_person(number, random, end),
        start=end - timedelta(days=length - 1),
        end=end,
        pattern=_pattern(random),
        extent=float(random.normal()),
        pattern_of=number,
        pain=_pain_traits(stream(seed, number, "pain")),
        habits=_habits(stream(seed, number, "habits"), length),
    )
    case = CASES.get(number)
    return _at_most(replace(case.change(drawn), case=case.code) if case else drawn, days)


def _at_most(planned: PatientPlan, days: int | None) -> PatientPlan:
    if days is None or planned.days <= days:
        return planned
    return replace(planned, start=planned.end - timedelta(days=days - 1))


def _person(number: int, random: np.random.Generator, end: date) -> PatientRecord:
    sexes: tuple[Sex, ...] = ("female", "male", "other")
    sex = sexes[random.choice(3, p=(0.76, 0.22, 0.02))]
    age = float(np.clip(random.normal(48, 13), 19, 84))
    return PatientRecord(
        record_number=record_number(number),
        family_name=family_name(random),
        given_name=given_name(sex, number),
        birth_date=end - timedelta(days=int(age * 365.25)),
        sex=sex,
        synthetic=True,
    )


_PATTERNS: tuple[tuple[Pattern, float], ...] = (
    ("widespread", 0.62),
    ("back_and_legs", 0.08),
    ("low_back", 0.06),
    ("upper_back", 0.05),
    ("neck_and_shoulders", 0.05),
    ("radiating_left", 0.035),
    ("radiating_right", 0.035),
    ("arm_left", 0.02),
    ("arm_right", 0.02),
    ("half_body_left", 0.015),
    ("half_body_right", 0.015),
)


def _pattern(random: np.random.Generator) -> Pattern:
    return _PATTERNS[random.choice(len(_PATTERNS), p=[share for _, share in _PATTERNS])][0]


def _pain_traits(random: np.random.Generator) -> PainTraits:
    usual = float(np.clip(random.normal(4.8, 1.6), 1.0, 8.0))
    poor_sleep = random.normal(0, 1)
    return PainTraits(
        usual=usual,
        # Three kinds of day-to-day variability (Bartley 2018, reference 6.2): steady, middling, restless.
        variability=float(random.choice((0.55, 0.95, 1.45), p=(0.3, 0.45, 0.25)) * random.uniform(0.85, 1.15)),
        persistence=float(random.uniform(0.25, 0.65)),
        weekday=_weekday(random),
        winter=float(max(random.normal(0.15, 0.2), 0.0)),
        flares_per_90=float(min(random.gamma(1.7, 1.6), 7.5)) if random.random() > 0.08 else 0.0,
        poor_nights=float(random.choice((0.0, 0.75), p=(0.4, 0.6))),
        sleep_effect=float(random.choice((0.0, -0.17), p=(0.3, 0.7)) * random.uniform(0.6, 1.6)),
        stress_effect=float(random.choice((0.0, 0.14), p=(0.45, 0.55)) * random.uniform(0.6, 1.6)),
        activity_effect=float(random.choice((0.0, 0.14), p=(0.7, 0.3)) * random.uniform(0.6, 1.6)),
        usual_sleep_hours=float(np.clip(6.3 - 0.14 * (usual - 4.8) - 0.6 * poor_sleep, 4.2, 8.2)),
        usual_sleep_quality=float(np.clip(4.8 - 0.3 * (usual - 4.8) - 0.9 * poor_sleep, 1.5, 8.0)),
        usual_stress=float(np.clip(random.normal(4.4, 1.3), 1.0, 8.0)),
    )


def _weekday(random: np.random.Generator) -> tuple[float, ...]:
    """Points per weekday: most notice nothing, some ache on working days, some pay for an active weekend."""
    shapes = (
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.1, 0.1, 0.2, 0.3, 0.4, -0.5, -0.6),
        (0.7, 0.2, -0.2, -0.3, -0.3, -0.2, 0.1),
    )
    shape = np.array(shapes[random.choice(3, p=(0.45, 0.35, 0.2))]) * random.uniform(0.6, 1.4)
    return tuple(float(points) for points in shape)


_STYLES: tuple[tuple[LoggingStyle, float, float, float], ...] = (  # style, share, chance, log odds per point
    ("usual", 0.3, 0.88, 0.0),
    ("faithful", 0.22, 0.985, 0.0),
    ("patchy", 0.14, 0.6, 0.0),
    ("worse_days_missed", 0.16, 0.88, -0.75),
    ("mostly_bad_days", 0.06, 0.45, 0.8),
    ("busy_weeks", 0.12, 0.93, 0.0),
)


def _habits(random: np.random.Generator, length: int) -> Habits:
    style, _, chance, worse = _STYLES[random.choice(len(_STYLES), p=[share for _, share, _, _ in _STYLES])]
    stopped = int(random.uniform(15, min(150, max(length * 0.6, 16)))) if random.random() < 0.1 else 0
    hour = random.choice((7.5, 12.5, 20.5), p=(0.25, 0.15, 0.6)) + random.normal(0, 0.6)
    return Habits(
        style=style,
        chance=float(np.clip(chance + random.normal(0, 0.02), 0.3, 0.995)),
        worse_days=worse,
        stopped_days_ago=stopped,
        second_entries=float(random.choice((0.0, 0.04, 0.3), p=(0.5, 0.35, 0.15))),
        maps=float(random.choice((0.99, 0.85, 0.5), p=(0.6, 0.3, 0.1))),
        answers=frozenset(name for name, share in OPTIONAL_ANSWERS if random.random() < share),
        hour=float(hour) if random.random() < 0.7 else None,
        regular_doses_days=int(random.uniform(60, 400)) if random.random() < 0.3 else 0,
    )
