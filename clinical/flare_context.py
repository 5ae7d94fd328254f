"""What stood around an episode: the regions that hurt in it alone, what the days before were like, the way back.

Everything is measured against the same person's days outside episodes; 'went before' is an order in time, no cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGIONS, active
from clinical.diary import Diary, Period
from clinical.flares import Flare, flare_mask
from clinical.record import Event
from clinical.recovery import Recovery, recovery
from clinical.rounding import displayed
from clinical.thresholds import FLARE_DETECTOR, cited, days, limit

DAYS_BEFORE = 3
"""Days before an episode that are looked at: lags of 0 to 3 days (design; reference 6.3)."""
EVENT_DAYS_BEFORE = 7
"""Days before an episode in which an event is named with it [P]."""
LOOKED_AT = ("sleep_hours", "sleep_quality", "stress", "activity", "mood", "rescue_doses")
_USUAL_DAYS = int(FLARE_DETECTOR["usual_window_days"].value)

REGION_RULE = (
    f"Regions that hurt on at least {limit('new_region_share_flare'):.0f} % of the episode's map days and on less than "
    f"{limit('new_region_share_usual'):.0f} % of the last {_USUAL_DAYS} map days outside episodes before it "
    f"({cited('new_region_share_usual')})."
)
BEFORE_RULE = (
    f"Means of the {DAYS_BEFORE} days before the first day (sleep: the nights that ended on the last two of them and "
    f"on the first day) outside the person's own usual range, {limit('usual_range_low'):.0f}th to "
    f"{limit('usual_range_high'):.0f}th percentile of the last {_USUAL_DAYS} answered days outside episodes, at least "
    f"{days('usual_range_min_days')} ({cited('usual_range_min_days')}). Events of the {EVENT_DAYS_BEFORE} days before "
    "and of the first day [P]. What went before need not be a cause."
)


@dataclass(frozen=True, slots=True)
class LitUp:
    """Regions that hurt in the episode and hardly outside it; `days`, `days_usual`: map days they rest on."""

    regions: tuple[str, ...]
    days: int
    days_usual: int

    @property
    def known(self) -> bool:
        """Whether there are maps of both to compare."""
        return self.days > 0 and self.days_usual >= days("usual_range_min_days")


@dataclass(frozen=True, slots=True)
class Unusual:
    """One answer before the episode outside the person's usual range: its mean over `days` answered days."""

    column: str
    mean: float
    low: float
    high: float
    days: int
    days_usual: int


@dataclass(frozen=True, slots=True)
class Before:
    """What went before an episode; `answered` of the days looked at have any of the answers."""

    unusual: tuple[Unusual, ...]
    events: tuple[Event, ...]
    answered: int


class Around:
    """Answers about the episodes of one diary, which share what they are measured against."""

    def __init__(self, diary: Diary, flares: Sequence[Flare], as_of: date) -> None:
        self._diary, self._flares, self._as_of = diary, flares, as_of
        whole = Period(diary.start, diary.start + timedelta(days=max(len(diary), 1) - 1))
        self._outside: NDArray[np.bool_] = ~flare_mask(flares, whole, as_of)[: len(diary)]
        self._hurts = active(diary.maps)

    def lit_up(self, flare: Flare) -> LitUp:
        """The regions that lit up, in vocabulary order."""
        first, last = self._place(flare.start), self._place(flare.end or self._as_of)
        inside = np.flatnonzero(self._diary.has_map[first : last + 1]) + first
        usual = np.flatnonzero(self._diary.has_map[:first] & self._outside[:first])[-_USUAL_DAYS:]
        found = LitUp((), len(inside), len(usual))
        if not found.known:
            return found
        often = self._hurts[inside].mean(axis=0) * 100 >= limit("new_region_share_flare")
        rarely = self._hurts[usual].mean(axis=0) * 100 < limit("new_region_share_usual")
        regions = tuple(REGIONS[i].region_id for i in np.flatnonzero(often & rarely))
        return LitUp(regions, len(inside), len(usual))

    def before(self, flare: Flare, events: Sequence[Event]) -> Before:
        """What went before, in the order of `LOOKED_AT`, and the events by day."""
        each = [self._unusual(column, flare.start) for column in LOOKED_AT]
        first = flare.start - timedelta(days=EVENT_DAYS_BEFORE)
        named = [e for e in events if e.day is not None and first <= e.day <= flare.start]
        days_before = Period(flare.start - timedelta(days=DAYS_BEFORE), flare.start - timedelta(days=1))
        return Before(tuple(found for found in each if found), tuple(named), self._diary.days_logged(days_before))

    def recovery(self, flare: Flare) -> Recovery:
        """How long the way back from the worst day took."""
        return recovery(self._diary, self._flares, flare, self._as_of)

    def _unusual(self, column: str, start: date) -> Unusual | None:
        """The mean before `start` where it lies outside the usual range; None where it does not or is not known."""
        sleep = column.startswith("sleep")  # a day's sleep is the night that ended on it
        first = self._place(start) - DAYS_BEFORE + sleep
        values = self._diary[column]
        shown = _known(values[max(first, 0) : max(first + DAYS_BEFORE, 0)])
        usual = _known(np.where(self._outside, values, np.nan)[: max(first, 0)])[-_USUAL_DAYS:]
        if not len(shown) or len(usual) < days("usual_range_min_days"):
            return None
        low, high = np.percentile(usual, [limit("usual_range_low"), limit("usual_range_high")])
        mean, low, high = displayed(float(shown.mean())), displayed(float(low)), displayed(float(high))
        return None if low <= mean <= high else Unusual(column, mean, low, high, len(shown), len(usual))

    def _place(self, day: date) -> int:
        return (day - self._diary.start).days


def _known(values: NDArray[np.floating]) -> NDArray[np.float64]:
    known: NDArray[np.float64] = values[~np.isnan(values)].astype(np.float64)
    return known
