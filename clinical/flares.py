"""Flare episodes in a diary: found against the person's own usual level, honest about missing days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clinical.diary import Diary, Period

Kind = Literal["spike", "flare", "shift"]


@dataclass(frozen=True, slots=True)
class Flare:
    """One episode. `end` None while open; `peak_pain` and `usual_pain` None when no pain was answered.

    A shift lasts from the first day of the new level to the day it counts as the new usual; `peak_pain` is then the
    new level and `usual_pain` the old one, so a shift down has `peak_pain < usual_pain`.
    """

    kind: Kind
    start: date
    end: date | None
    peak: date
    peak_pain: float | None
    usual_pain: float | None
    signals: tuple[str, ...]
    days_logged: int
    days_missing: int
    rule: str


@dataclass(frozen=True, slots=True)
class UsualRange:
    """The person's own pain outside flares (0-10): 10th to 90th percentile and median of `days` logged days."""

    low: float
    high: float
    centre: float
    days: int


def detect_flares(days: pd.DataFrame) -> list[Flare]:
    """The spikes, flares and shifts in a daily table (formats.md), in order of start."""
    raise NotImplementedError


def flares_of(diary: Diary, as_of: date) -> list[Flare]:
    """The episodes known on `as_of`: later days are not looked at, unlogged days up to it close what they must."""
    raise NotImplementedError


def open_flare(flares: Sequence[Flare], as_of: date) -> Flare | None:
    """The flare (not spike, not shift) that is still open on `as_of`, if any."""
    raise NotImplementedError


def day_of(flare: Flare, as_of: date) -> int:
    """Which day of the episode `as_of` is, 1 on its first day."""
    return (as_of - flare.start).days + 1


def flare_mask(flares: Sequence[Flare], period: Period, as_of: date) -> NDArray[np.bool_]:
    """The days of the period in a spike or flare (not a shift), shape (period.days,); open ones run to `as_of`."""
    raise NotImplementedError


def flare_days(diary: Diary, flares: Sequence[Flare], period: Period, as_of: date) -> int:
    """Logged days of the period inside a spike or flare (a day that was not logged is not counted)."""
    raise NotImplementedError


def usual_range(diary: Diary, period: Period, flares: Sequence[Flare]) -> UsualRange | None:
    """The person's own pain range outside flares in the period; None with too few logged days."""
    raise NotImplementedError
