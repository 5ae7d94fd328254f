"""Medicines beside non-drug activity: on how many of the days a medicine was taken something else was logged too."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clinical.medication.limits import whole
from clinical.medication.log import Log

ACTIVE = frozenset((
    "exercise_aerobic", "exercise_strength", "walking", "swimming", "stretching", "yoga", "pilates", "tai_chi",
    "hydrotherapy", "pacing",
))  # fmt: skip
"""Codes of the vocabulary (reference 9.6) in which the person is active."""


@dataclass(frozen=True, slots=True, eq=False)
class ReliefLog:
    """What else was used, one array element an entry that answered it: `codes` joined by '|', 'none' for nothing."""

    day: NDArray[np.datetime64]
    codes: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class TakenWith:
    """Facts of the last 28 days for one medicine: how often they fell on one day, not that one helped the other.

    `days_taken`; `days_answered` of them with an answer to what else was used (other days are not known); `days_with`
    anything else, `days_active` with exercise or movement; `codes` what it was, most often first, with the days.
    """

    medicine: str
    days_taken: int
    days_answered: int
    days_with: int
    days_active: int
    codes: tuple[tuple[str, int], ...]


def taken_with(log: Log, relief: ReliefLog) -> tuple[TakenWith, ...]:
    """One line for each medicine taken in the last 28 days, most days first."""
    first = log.since(whole("window_days"))
    used = _by_day(relief, first, log.since(1))
    names: dict[str, list[int]] = {}
    for place, kind in enumerate(log.kinds):
        names.setdefault(kind.medicine.casefold(), []).append(place)
    recent = log.day >= first
    found = [_line(log, recent, places, used) for places in names.values()]
    return tuple(
        sorted((each for each in found if each.days_taken), key=lambda each: (-each.days_taken, each.medicine))
    )


def _by_day(relief: ReliefLog, first: int, last: int) -> dict[int, frozenset[str]]:
    """The codes of each day on which somebody answered."""
    days = relief.day.astype("datetime64[D]").astype(np.int64)
    used: dict[int, frozenset[str]] = {}
    for place in np.flatnonzero((days >= first) & (days <= last)).tolist():
        codes = frozenset(str(relief.codes[place]).split("|")) - {""}
        if codes:
            used[int(days[place])] = used.get(int(days[place]), frozenset()) | codes - {"none"}
    return used


def _line(log: Log, recent: NDArray[np.bool_], places: Sequence[int], used: dict[int, frozenset[str]]) -> TakenWith:
    mine = recent & np.isin(log.kind, places)
    days = np.unique(log.day[mine]).tolist()
    answered = [used[day] for day in days if day in used]
    count: dict[str, int] = {}
    for codes in answered:
        for code in sorted(codes):
            count[code] = count.get(code, 0) + 1
    return TakenWith(
        medicine=log.kinds[places[0]].medicine,
        days_taken=len(days),
        days_answered=len(answered),
        days_with=sum(bool(codes) for codes in answered),
        days_active=sum(bool(codes & ACTIVE) for codes in answered),
        codes=tuple(sorted(count.items(), key=lambda item: (-item[1], item[0]))),
    )
