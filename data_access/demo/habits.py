"""Which days somebody logs. Days go missing for reasons: a bad day, a busy week, a holiday, having had enough."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from data_access.demo.course import Course, lasting_noise, weekdays
from data_access.demo.traits import PatientPlan

Mask = NDArray[np.bool_]


def logged_days(plan: PatientPlan, course: Course, random: np.random.Generator) -> Mask:
    """Whether each day has an entry, one bool a calendar day."""
    habits, days = plan.habits, plan.days
    if habits.entries_at_most is not None:
        return np.arange(days) < habits.entries_at_most
    logged = random.random(days) < _chance(plan, course, random)
    if habits.chance < 1:
        logged &= ~_away(plan, random)
        logged[0] = True
        if days > 60 and habits.stopped_days_ago == 0:
            logged &= ~_gap_of_weeks(days, random)
        logged[-2:] |= random.random(min(2, days)) < (0.9 if habits.stopped_days_ago == 0 else 0)
    if habits.stopped_days_ago:
        logged[max(days - habits.stopped_days_ago, 1) :] = False
        logged[max(days - habits.stopped_days_ago, 1) - 1] = True
    return np.asarray(logged, np.bool_)


def _chance(plan: PatientPlan, course: Course, random: np.random.Generator) -> NDArray[np.float64]:
    """The chance of an entry on each day: log odds moved by pain, by weekday, by busy weeks."""
    habits, days = plan.habits, plan.days
    if habits.chance >= 1:
        return np.ones(days)
    odds = np.full(days, np.log(habits.chance / (1 - habits.chance)))
    odds += habits.worse_days * np.clip(course.pain - course.level, -3, 4)
    odds -= 0.35 * (weekdays(plan.start, days) >= 5)
    if habits.style == "busy_weeks":
        weeks = np.repeat(lasting_noise(random, days // 7 + 1, 0.3), 7)[:days]
        odds -= 3.2 * (weeks > 1.0)
    if habits.style == "patchy":
        odds -= 1.2 * np.arange(days) / max(days, 180)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


def _away(plan: PatientPlan, random: np.random.Generator) -> Mask:
    """Holidays without the diary: some people, some summers, some ends of the year."""
    away = np.zeros(plan.days, np.bool_)
    if random.random() < 0.4:
        return away
    for year in range(plan.start.year, plan.end.year + 1):
        for first_month, chance in ((7, 0.55), (12, 0.35)):
            first = plan.start.replace(year=year, month=first_month, day=1) + timedelta(days=int(random.uniform(0, 40)))
            length = int(random.integers(4, 15))
            if random.random() < chance:
                low = (first - plan.start).days
                away[max(low, 0) : max(low + length, 0)] = True
    return away


def _gap_of_weeks(days: int, random: np.random.Generator) -> Mask:
    """Now and then a fortnight or two with nothing, well before the end."""
    gap = np.zeros(days, np.bool_)
    for _ in range(int(random.poisson(days / 900))):
        low = int(random.uniform(0.1, 0.85) * (days - 45))
        gap[low : low + int(random.integers(8, 36))] = True
    return gap
