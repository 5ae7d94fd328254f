"""The patterns of one patient's diary up to a day: what pain went with, what followed pain, what came before flares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from clinical.associations import Association, Reverse, find_associations, find_reverse
from clinical.before_flares import BeforeFlares, before_flares
from clinical.diary import Diary, Period
from clinical.flares import Flare

FACTORS = ("sleep_hours", "sleep_quality", "stress", "mood", "activity", "rescue_doses")
"""Diary columns that may have come before pain; those nobody ever answered are left out."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """One answer for each factor that was ever answered, in the order of `FACTORS`, in each of the three."""

    associations: tuple[Association, ...]
    reverse: tuple[Reverse, ...]
    before_flares: tuple[BeforeFlares, ...]
    period: Period | None  # the days looked at; None without any


def patterns_of(diary: Diary, flares: Sequence[Flare], as_of: date) -> Patterns:
    """The patterns known on `as_of`; later days and flares are not looked at."""
    table = pattern_frame(diary, as_of)
    if table.empty:
        return Patterns((), (), (), None)
    known = [flare for flare in flares if flare.start <= as_of]
    return Patterns(
        tuple(find_associations(table)),
        tuple(find_reverse(table)),
        tuple(before_flares(table, known)),
        Period(diary.start, min(as_of, diary.end)),
    )


def pattern_frame(diary: Diary, as_of: date) -> pd.DataFrame:
    """Pain and the factors of a diary as a daily table, one row a calendar day up to `as_of`."""
    if not len(diary) or as_of < diary.start:
        return pd.DataFrame()
    known = diary.during(Period(diary.start, min(as_of, diary.end)))
    answered = [name for name in FACTORS if not np.isnan(known[name]).all()]
    index = pd.DatetimeIndex(known.dates().astype("datetime64[s]"), name="day")
    return pd.DataFrame({name: known[name].astype(np.float64) for name in ("pain", *answered)}, index=index)
