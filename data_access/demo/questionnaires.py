"""Questionnaire scores at visits: answers that fit the person's days, scored as reference 4 says."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from clinical.measures import t_score
from data_access.demo.course import Course
from data_access.demo.traits import PatientPlan
from data_access.records import MeasureRecord

_Week = dict[str, float]


def write_measures(plan: PatientPlan, course: Course, visits: Sequence[date]) -> tuple[MeasureRecord, ...]:
    """The questionnaires of one person, oldest first: at visits, and lately by themselves; each has their own set."""
    random = plan.random("measures")
    low_spirits = float(random.normal(0, 0.7))
    chosen = _chosen(plan, random)
    found = []
    days = [*visits, *_at_home(plan, visits, random)]
    for place, day in enumerate(days):
        week = _week_before(course, day)
        week["dark_thoughts"] = 0.0 if plan.case else 0.01  # a named case shows what its name says, nothing else
        week["distress"] = 0.32 * (10 - week["mood"]) + 0.1 * week["stress"] - 0.75 + low_spirits
        for instrument, every in chosen:
            if place % every == 0 or (place == len(days) - 1 and instrument.startswith(("PHQ", "PEG"))):
                found.append(_INSTRUMENTS[instrument](day, week, random))
    if plan.case == "item_nine":
        found.append(_with_item_nine(course, random))
    return tuple(found)


def _at_home(plan: PatientPlan, visits: Sequence[date], random: np.random.Generator) -> list[date]:
    """A day since the last visit on which the questionnaires came by post, for three in four who still log."""
    day = plan.end - timedelta(days=int(random.uniform(5, 25)))
    asked = random.random() < 0.75 and plan.days > 40 and not plan.habits.stopped_days_ago
    return [day] if asked and visits and day > visits[-1] else []


def _chosen(plan: PatientPlan, random: np.random.Generator) -> list[tuple[str, int]]:
    """Instruments with how often: 1 at each visit, 2 at every second."""
    if plan.case == "item_nine":
        return [("PHQ-9", 1), ("GAD-7", 1), ("PEG", 1)]
    distress = [("PHQ-4", 1)] if plan.case == "in_flare" or random.random() < 0.5 else [("PHQ-9", 1), ("GAD-7", 1)]
    rest = [("PEG", 1)] if random.random() < 0.75 else [("PROMIS Pain Interference 4a", 1)]
    if plan.pattern == "widespread" and random.random() < 0.8:
        rest.append(("FIQR", 2))
    extras = ("PROMIS Sleep Disturbance 4a", "ISI", "PCS", "PSEQ-2")
    return [*distress, *rest, *((name, 2) for name in extras if random.random() < 0.3)]


def _week_before(course: Course, day: date) -> _Week:
    """Mean answers of the week up to that day, or of the first days there are."""
    last = (day - course.start).days + 1
    window = slice(max(min(last, course.days) - 7, 0), max(last, 1))
    return {name: float(values[window].mean()) for name, values in course.answers.items()}


def _items(random: np.random.Generator, count: int, centre: float, low: int, high: int) -> tuple[float, ...]:
    answers = np.clip(np.rint(random.normal(centre, 0.17 * (high - low), count)), low, high)
    return tuple(float(answer) for answer in answers)


def _measure(day: date, instrument: str, score: float, items: tuple[float, ...] = ()) -> MeasureRecord:
    return MeasureRecord(day=day, instrument=instrument, score=score, unit="{score}", items=items)


def _phq9(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    tired = _items(random, 2, 0.6 + 0.25 * week["fatigue"], 0, 3)  # sleep and tiredness run high in chronic pain
    other = _items(random, 6, week["distress"], 0, 3)
    items = (*other[:2], *tired, *other[2:], 1.0 if random.random() < week["dark_thoughts"] else 0.0)
    return _measure(day, "PHQ-9", sum(items), items)


def _with_item_nine(course: Course, random: np.random.Generator) -> MeasureRecord:
    """The last PHQ-9 of the named case: item 9 answered 'several days'."""
    day = course.day(course.days - 4)
    items = (*_phq9(day, {**_week_before(course, day), "distress": 1.5, "dark_thoughts": 0.0}, random).items[:8], 1.0)
    answers = tuple(float(answer or 0) for answer in items)
    return _measure(day, "PHQ-9", sum(answers), answers)


def _gad7(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    items = _items(random, 7, week["distress"] + 0.05 * (week["stress"] - 4), 0, 3)
    return _measure(day, "GAD-7", sum(items), items)


def _phq4(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    items = _items(random, 4, week["distress"], 0, 3)
    return _measure(day, "PHQ-4", sum(items), items)


def _peg(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    centre = (week["pain"], week["interference"], week["interference"])
    items = tuple(float(np.clip(np.rint(c + random.normal(0, 0.7)), 0, 10)) for c in centre)
    return _measure(day, "PEG", round(sum(items) / 3, 1), items)


def _fiqr(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    function = _items(random, 9, week["interference"], 0, 10)
    overall = _items(random, 2, week["interference"], 0, 10)
    symptoms = _items(random, 10, (week["pain"] + week["fatigue"]) / 2, 0, 10)
    score = sum(function) / 3 + sum(overall) + sum(symptoms) / 2
    return _measure(day, "FIQR", round(score, 1), (*function, *overall, *symptoms))


def _pain_interference(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    items = _items(random, 4, 1.2 + 0.4 * week["interference"], 1, 5)
    return _t_score(day, "PROMIS Pain Interference 4a", items)


def _sleep_disturbance(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
    items = _items(random, 4, 4.8 - 0.35 * week["sleep_quality"], 1, 5)
    return _t_score(day, "PROMIS Sleep Disturbance 4a", items)


def _t_score(day: date, instrument: str, items: tuple[float, ...]) -> MeasureRecord:
    """The T score of the answers' sum, by the table of the definitions."""
    found = t_score(instrument, sum(items))
    if found is None:
        raise ValueError(f"{instrument} has no T score of {sum(items):g}")
    return _measure(day, instrument, found, items)


def _total(instrument: str, low: int, high: int, centre: Callable[[_Week], float]) -> Callable[..., MeasureRecord]:
    """A measure of which only the total may be kept (reference 4: wording and items are not ours to ship)."""

    def write(day: date, week: _Week, random: np.random.Generator) -> MeasureRecord:
        spread = 0.08 * (high - low)
        return _measure(day, instrument, float(np.clip(np.rint(random.normal(centre(week), spread)), low, high)))

    return write


_INSTRUMENTS: dict[str, Callable[[date, _Week, np.random.Generator], MeasureRecord]] = {
    "PHQ-9": _phq9,
    "GAD-7": _gad7,
    "PHQ-4": _phq4,
    "PEG": _peg,
    "FIQR": _fiqr,
    "PROMIS Pain Interference 4a": _pain_interference,
    "PROMIS Sleep Disturbance 4a": _sleep_disturbance,
    "ISI": _total("ISI", 0, 28, lambda week: 26 - 2.3 * week["sleep_quality"]),
    "PCS": _total("PCS", 0, 52, lambda week: 8 + 9 * week["distress"] + week["pain"]),
    "PSEQ-2": _total("PSEQ-2", 0, 12, lambda week: 11 - 0.9 * week["interference"]),
}
