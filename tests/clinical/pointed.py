"""People made up for the pointers: a few painful regions a day, and answers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from clinical.body_map import REGION_COUNT, REGION_INDEX, mirror, pack
from clinical.daily import Entry, day_rows
from clinical.diary import Diary, empty_diary
from clinical.pointers import Known, Pointers, pointers
from clinical.pointers.back_pain import BackPainSet
from clinical.pointers.logged import Logged
from clinical.pointers.look_alikes import LookAlike
from clinical.safety import Answer

TODAY = date(2026, 11, 22)
Painful = Mapping[str, int | None]
ASAS = {
    "back_pain_over_3_months": "yes",
    "onset_age": "31",
    "onset_manner": "gradual",
    "improves_with_exercise": "yes",
    "improves_with_rest": "no",
}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def said(answers: Mapping[str, str]) -> dict[str, Answer]:
    """Those answers, asked today."""
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    return {q: Answer(q, answer, TODAY, "", "Dr Vega", now, i) for i, (q, answer) in enumerate(answers.items(), 1)}


def diary(maps: Mapping[int, Painful], stiffness: Mapping[int, float] | None = None) -> Diary:
    """Days ago and what hurt on them."""
    stiff = stiffness or {}
    entries = [
        Entry(ago(i), stiffness_minutes=stiff.get(i), regions=pack(maps[i]) if i in maps else None)
        for i in sorted({*maps, *stiff}, reverse=True)
    ]
    return day_rows(entries) if entries else empty_diary(TODAY)


def each_day(days: Iterable[int], painful: Painful) -> dict[int, Painful]:
    return dict.fromkeys(days, painful)


def logged(
    maps: Mapping[int, Painful], *, stiffness: Mapping[int, float] | None = None, nerve: Iterable[str] = ()
) -> Logged:
    """A log; `nerve`: regions whose marks are all numb, tingling or shooting."""
    days = diary(maps, stiffness)
    such = np.zeros((len(days), REGION_COUNT), np.bool_)
    such[:, [REGION_INDEX[one] for one in nerve]] = True
    every = np.ones_like(such)
    return Logged(days, TODAY, {"nerve": such, "shooting": such, "sharp": ~every, "any": every})


def without_log(**answers: str) -> Known:
    return Known(logged({}), said(answers))


def with_further(known: Known, **columns: Mapping[int, float]) -> Known:
    """The same person with a diary that also asks those columns: values by days ago, none answered otherwise."""
    held = known.logged.diary
    if not len(held):
        held = empty_diary(ago(60), 61)
    values = dict(held.values)
    for name, given in columns.items():
        column = np.full(len(held), np.nan, np.float32)
        for days, value in given.items():
            column[(ago(days) - held.start).days] = value
        values[name] = column
    return replace(known, logged=replace(known.logged, diary=replace(held, values=values)))


def found_set(known: Known, code: str) -> BackPainSet:
    return next(each for each in pointers(known).sets if each.code == code)


def look_alike(known: Known, code: str) -> LookAlike:
    return _look_alike(pointers(known), code)


def _look_alike(found: Pointers, code: str) -> LookAlike:
    return next(each for each in found.look_alikes if each.code == code)


def mirrored(maps: Mapping[int, Painful]) -> dict[int, Painful]:
    return {day: {mirror(one): strength for one, strength in painful.items()} for day, painful in maps.items()}
