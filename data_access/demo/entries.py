"""Turns one person's days into diary entries: one a day for most, two for some, with what this person answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data_access.demo.course import Course, on_scale
from data_access.demo.pain_maps import MarkBook, PainMaps
from data_access.demo.traits import LAST_DAY_UNTIL, PatientPlan
from data_access.demo.weather import Further, tenderness_and_weather
from data_access.records import EntryRecord, MarkRecord

Answers = dict[str, list[float | None]]

_SCALES = (
    "fatigue", "interference", "sleep_hours", "sleep_quality", "stress", "mood", "stiffness_minutes", "sensitivity",
    "activity",
)  # fmt: skip

RELIEF = (
    ("heat", 0.3), ("stretching", 0.2), ("pacing", 0.14), ("massage", 0.1), ("walking", 0.1), ("cold", 0.07),
    ("hydrotherapy", 0.05), ("swimming", 0.04),
)  # fmt: skip
_OWN_RELIEF = {
    "many_medicines": ("heat", "massage", "acupuncture"),
    "red_flag_open": ("cold", "heat", "chiropractic"),
    "red_flag_closed": ("exercise_aerobic", "cold", "massage"),
}
_FLARE_NOTES = (
    "Could not get comfortable all night.",
    "Everything hurts, even my shirt.",
    "Cancelled plans again.",
    "Woke up stiff, took hours to loosen.",
    "Too sore to cook.",
    "Legs heavy, head full of fog.",
    "Pain moved further down than usual.",
    "Stayed in bed most of the day.",
)
_NOTES = (
    "Short walk in the park, felt good.",
    "Long meeting, sat too much.",
    "Visitors all afternoon.",
    "Weather turning, back tighter.",
    "Slept better than usual.",
    "Did the stretches twice.",
    "Work deadline.",
    "Warm bath helped.",
    "Carried shopping up the stairs.",
    "A good day for once.",
    "Hard to concentrate.",
)


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is needed to write the entries of one person."""

    course: Course
    maps: PainMaps
    book: MarkBook
    days: NDArray[np.intp]  # logged days, counted from the start; every list has one item a logged day
    dates: list[date]
    pain: list[float]
    answers: Answers
    second: list[bool]
    has_map: list[bool]
    flare: list[bool | None]
    relief: list[tuple[str, ...]]
    notes: list[str]
    times: list[tuple[str, str, str]]
    evening_pain: list[float]
    further: list[Further]


def write_entries(
    plan: PatientPlan, course: Course, maps: PainMaps, book: MarkBook, logged: NDArray[np.bool_]
) -> tuple[EntryRecord, ...]:
    """The diary entries of one person, oldest first."""
    random = plan.random("entries")
    days = np.flatnonzero(logged)
    asked = plan.habits.answers
    in_flare = course.in_flare[days].tolist()
    writing = _Writing(
        course=course,
        maps=maps,
        book=book,
        days=days,
        dates=[course.day(int(day)) for day in days],
        pain=course.answers["pain"][days].tolist(),
        answers={name: _answered(course.answers[name][days], name in asked, random) for name in _SCALES},
        second=((random.random(len(days)) < plan.habits.second_entries) & (days < course.days - 1)).tolist(),
        has_map=(random.random(len(days)) < plan.habits.maps).tolist(),
        flare=_yes_or_no(_answered(course.answers["flare"][days], "flare" in asked, random)),
        relief=_reliefs(plan, course.answers["pain"][days], random),
        notes=_notes(in_flare, "note" in asked, random),
        times=_times(plan, days, random),
        further=tenderness_and_weather(plan, [course.day(int(day)) for day in days], course.pain[days].tolist()),
        evening_pain=on_scale(course.pain[days] + random.normal(0.3, 0.9, len(days))).tolist(),
    )
    return tuple(entry for place in range(len(days)) for entry in _entries_of_day(writing, place))


def _answered(values: NDArray[np.float64], asked: bool, random: np.random.Generator) -> list[float | None]:
    """The answers as a list; a few are left open even by people who usually answer."""
    answered = (random.random(len(values)) < 0.97).tolist()
    if not asked:
        return [None] * len(values)
    return [value if given else None for value, given in zip(values.tolist(), answered, strict=True)]


def _yes_or_no(values: list[float | None]) -> list[bool | None]:
    return [None if value is None else value > 0 for value in values]


def _reliefs(plan: PatientPlan, pain: NDArray[np.float64], random: np.random.Generator) -> list[tuple[str, ...]]:
    """What helped: this person's own two or three measures, more often on worse days."""
    asked, shares = "relief" in plan.habits.answers, [share for _, share in RELIEF]
    own = [RELIEF[i][0] for i in random.choice(len(RELIEF), size=3, replace=False, p=shares)]
    own = list(_OWN_RELIEF.get(plan.case, own))
    used = random.random((len(pain), 3)) < np.outer(0.08 + 0.05 * pain, (1.0, 0.6, 0.3))
    if not asked:
        return [()] * len(pain)
    return [tuple(code for code, was in zip(own, row, strict=True) if was) for row in used.tolist()]


def _notes(in_flare: Sequence[bool], asked: bool, random: np.random.Generator) -> list[str]:
    wrote = random.random(len(in_flare)) < np.where(in_flare, 0.14, 0.035)
    which = random.random(len(in_flare))
    if not asked:
        return [""] * len(in_flare)
    return [
        _one_of(_FLARE_NOTES if bad else _NOTES, where) if written else ""
        for written, where, bad in zip(wrote.tolist(), which.tolist(), in_flare, strict=True)
    ]


def _one_of(texts: tuple[str, ...], where: float) -> str:
    return texts[int(where * len(texts))]


def _times(plan: PatientPlan, days: NDArray[np.intp], random: np.random.Generator) -> list[tuple[str, str, str]]:
    """Clock times of a day's only entry, and of the first and second of two; '' for people who give no time."""
    usual = np.clip((plan.habits.hour or 20.0) + random.normal(0, 0.45, len(days)), 5.0, 23.4)
    morning = np.clip(7.6 + random.normal(0, 0.45, len(days)), 5.0, 11.9)
    evening = np.clip(20.6 + random.normal(0, 0.6, len(days)), 14.0, 23.4)
    usual = np.where(days == plan.days - 1, np.minimum(morning, LAST_DAY_UNTIL), usual)
    if plan.habits.hour is None:
        return [("", _clock(first), _clock(last)) for first, last in zip(morning, evening, strict=True)]
    return [(_clock(u), _clock(m), _clock(e)) for u, m, e in zip(usual, morning, evening, strict=True)]


def _clock(hour: float) -> str:
    minutes = int(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _entries_of_day(writing: _Writing, place: int) -> tuple[EntryRecord, ...]:
    only = _whole_day(writing, place)
    if not writing.second[place]:
        return (only,)
    _, morning, evening = writing.times[place]
    return (
        replace(
            only,
            at_time=morning,
            fatigue=None,
            interference=None,
            stress=None,
            mood=None,
            sensitivity=None,
            activity=None,
            flare=None,
            relief=(),
            note="",
        ),
        replace(
            only,
            at_time=evening,
            pain=writing.evening_pain[place],
            sleep_hours=None,
            sleep_quality=None,
            stiffness_minutes=None,
            marks=None,
        ),
    )


def _marks(writing: _Writing, place: int) -> tuple[MarkRecord, ...] | None:
    if not writing.has_map[place]:
        return None
    index = int(writing.days[place])
    return writing.book.marks(writing.maps.intensity[index], bool(writing.course.in_flare[index]))


def _whole_day(writing: _Writing, place: int) -> EntryRecord:
    """The only entry of its day, with everything this person answers."""
    answers, (tenderness, weather) = writing.answers, writing.further[place]
    return EntryRecord(
        day=writing.dates[place],
        at_time=writing.times[place][0],
        pain=writing.pain[place],
        fatigue=answers["fatigue"][place],
        interference=answers["interference"][place],
        sleep_hours=answers["sleep_hours"][place],
        sleep_quality=answers["sleep_quality"][place],
        stress=answers["stress"][place],
        mood=answers["mood"][place],
        stiffness_minutes=answers["stiffness_minutes"][place],
        sensitivity=answers["sensitivity"][place],
        activity=answers["activity"][place],
        tenderness=tenderness,
        flare=writing.flare[place],
        relief=writing.relief[place],
        weather=weather,
        note=writing.notes[place],
        marks=_marks(writing, place),
    )
