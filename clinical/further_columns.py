"""Daily columns beside those of every diary: tenderness, how the weather was to the person, doses of each medicine.

They are factors only (what pain may have gone with). A name tells what a column is: 'tenderness', 'weather: damp',
'doses: tramadol'.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clinical.diary import Days, Diary

WEATHER, DOSES = "weather: ", "doses: "


@dataclass(frozen=True, slots=True, eq=False)
class FurtherAnswers:
    """Answers of single dated entries: `day` datetime64[D], `tenderness` 0-10 (NaN: not answered) and `weather` codes
    joined by '|' ('': not answered), each of shape (entries,)."""

    day: NDArray[np.datetime64]
    tenderness: Days
    weather: NDArray[np.object_]


def further_columns(
    diary: Diary,
    answers: FurtherAnswers,
    dose_day: NDArray[np.datetime64],
    medicine: Sequence[str],
    taken: NDArray[np.bool_],
) -> dict[str, Days]:
    """Each column on the diary's calendar, shape (days,), NaN where nothing is known; none that was never answered.

    Doses are given one array element a dose.
    """
    if not len(diary):
        return {}
    columns = {"tenderness": _mean(_places(diary, answers.day), answers.tenderness, len(diary))}
    columns |= _weather(diary, answers)
    columns |= _doses(diary, _places(diary, dose_day), medicine, taken)
    return {name: values for name, values in columns.items() if not np.isnan(values).all()}


def _places(diary: Diary, day: NDArray[np.datetime64]) -> NDArray[np.intp]:
    places: NDArray[np.intp] = (day - np.datetime64(diary.start, "D")).astype(np.intp)
    return places


def _mean(places: NDArray[np.intp], values: Days, days: int) -> Days:
    """The mean of each day's answers, as every diary column has it."""
    known = ~np.isnan(values)
    count = np.bincount(places[known], minlength=days)
    total = np.bincount(places[known], values[known].astype(np.float64), minlength=days)
    mean = np.full(days, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean.astype(np.float32)


def _weather(diary: Diary, answers: FurtherAnswers) -> dict[str, Days]:
    """1 on days some entry named that weather, 0 on other days on which weather was answered."""
    said = [frozenset(text.split("|")) - {""} for text in answers.weather]
    codes = sorted(frozenset().union(*said))
    answered = np.array([bool(each) for each in said], np.bool_)
    places = _places(diary, answers.day)
    columns = {}
    for code in codes:
        values = np.full(len(diary), np.nan, np.float32)
        values[places[answered]] = 0
        values[places[[code in each for each in said]]] = 1
        columns[f"{WEATHER}{code}"] = values
    return columns


def _doses(
    diary: Diary, places: NDArray[np.intp], medicine: Sequence[str], taken: NDArray[np.bool_]
) -> dict[str, Days]:
    """Doses taken on each day, between the first and last day that medicine was logged on: what came before its start
    and after its stop is for the change cards."""
    known = diary.logged.copy()
    known[places] = True
    columns = {}
    for name, of_it in _by_name(medicine).items():
        at, was_taken = places[of_it], taken[of_it]
        values = np.where(known, np.bincount(at[was_taken], minlength=len(diary)), np.nan)
        values[: at.min()] = np.nan
        values[at.max() + 1 :] = np.nan
        columns[f"{DOSES}{name}"] = values.astype(np.float32)
    return columns


def _by_name(medicine: Iterable[str]) -> Mapping[str, list[int]]:
    """The places of each medicine, however its name was written, in the order of names."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(medicine):
        found.setdefault(" ".join(name.casefold().split()), []).append(place)
    return dict(sorted(found.items()))
