"""From diary entries to one row a day: the only place where several answers of one day become one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from clinical.diary import Diary


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated diary entry. `None` means not answered; `regions`: packed map (`body_map.pack`) or None."""

    day: date
    pain: float | None = None
    fatigue: float | None = None
    interference: float | None = None
    sleep_hours: float | None = None
    sleep_quality: float | None = None
    stress: float | None = None
    mood: float | None = None
    stiffness_minutes: float | None = None
    sensitivity: float | None = None
    activity: float | None = None
    flare: bool | None = None
    regions: bytes | None = None


@dataclass(frozen=True, slots=True)
class DoseTaken:
    """One logged dose; `taken` false when the person logged that it was not taken."""

    day: date
    as_needed: bool
    taken: bool = True


def day_rows(entries: Sequence[Entry], doses: Sequence[DoseTaken] = ()) -> Diary:
    """The diary from the first to the last day with an entry or a dose; empty when there is neither."""
    raise NotImplementedError


def frame(diary: Diary) -> pd.DataFrame:
    """The daily table `detect_flares` takes: one row a calendar day, NaN where not answered."""
    raise NotImplementedError
