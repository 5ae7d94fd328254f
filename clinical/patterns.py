"""The patterns of one patient's diary up to a day: what pain went with, what followed pain, what came before flares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from clinical.associations import Association, Reverse, find_associations, find_reverse
from clinical.before_flares import BeforeFlares, before_flares
from clinical.diary import Days, Diary, Period
from clinical.flares import Flare
from clinical.further_columns import DOSES

NOTHING: Mapping[str, Days] = {}
FACTORS = ("sleep_hours", "sleep_quality", "stress", "mood", "activity", "rescue_doses")
"""Diary columns that may have come before pain; those nobody ever answered are left out."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """One answer for each factor that was ever answered in each of the three: `FACTORS`, then further columns."""

    associations: tuple[Association, ...]
    reverse: tuple[Reverse, ...]
    before_flares: tuple[BeforeFlares, ...]
    period: Period | None  # the days looked at; None without any


def patterns_of(diary: Diary, flares: Sequence[Flare], as_of: date, further: Mapping[str, Days] = NOTHING) -> Patterns:
    """The patterns known on `as_of`; later days and flares are not looked at.

    `further` daily columns on the diary's calendar (`clinical.further_columns`) are factors too.
    """
    table = pattern_frame(diary, as_of, further)
    if table.empty:
        return Patterns((), (), (), None)
    known = [flare for flare in flares if flare.start <= as_of]
    return Patterns(
        tuple(find_associations(table)),
        tuple(find_reverse(table)),
        tuple(before_flares(table, known)),
        Period(diary.start, min(as_of, diary.end)),
    )


def pattern_frame(diary: Diary, as_of: date, further: Mapping[str, Days] = NOTHING) -> pd.DataFrame:
    """Pain and the factors of a diary as a daily table, one row a calendar day up to `as_of`.

    Doses of each medicine, where known, take the place of the number of as-needed doses.
    """
    if not len(diary) or as_of < diary.start:
        return pd.DataFrame()
    known = diary.during(Period(diary.start, min(as_of, diary.end)))
    named = any(name.startswith(DOSES) for name in further)
    columns = {name: known[name] for name in FACTORS if not (named and name == "rescue_doses")}
    columns |= {name: values[: len(known)] for name, values in further.items()}
    answered = {name: values for name, values in columns.items() if not np.isnan(values).all()}
    index = pd.DatetimeIndex(known.dates().astype("datetime64[s]"), name="day")
    every = {"pain": known["pain"], **answered}
    return pd.DataFrame({name: values.astype(np.float64) for name, values in every.items()}, index=index)
