"""How often: starts of flares per 90 days with an exact interval, and whether two rates differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scipy.special import betaincinv, gammaincinv

from clinical.diary import Diary, Period
from clinical.flares import Flare, flare_days
from clinical.thresholds import days, limit

Trend = Literal["more often", "less often", "no clear difference", "not enough days"]

RATE_RULE = (
    "starts of flares (not spikes, not new levels) per 90 logged days, with the exact 95 % interval of a count "
    "(Garwood, Biometrika 1936;28:437); two periods differ when the exact interval of their ratio leaves out 1; "
    f"at least {limit('flare_days_min_share'):g} % of both logged"
)


@dataclass(frozen=True, slots=True)
class FlareRate:
    """Starts of flares in a period and per 90 logged days (None when none was logged).

    `touching` are the flares with a day in the period, those that began before it too; `flare_days` the logged days
    inside a flare or spike, as everywhere else.
    """

    period: Period
    started: int
    touching: int
    flare_days: int
    days_logged: int
    per_90: float | None
    low: float | None
    high: float | None

    @property
    def days_missing(self) -> int:
        """Days of the period without an entry."""
        return self.period.days - self.days_logged

    @property
    def enough(self) -> bool:
        """Whether so much of the period was logged that its rate can be compared."""
        logged = self.days_logged
        return logged >= days("rate_min_days") and 100 * logged >= limit("flare_days_min_share") * self.period.days


def rate(diary: Diary, flares: Sequence[Flare], period: Period, as_of: date) -> FlareRate:
    """The rate of flares that started in the period."""
    inside = [flare for flare in flares if flare.kind == "flare" and _touches(flare, period, as_of)]
    started = sum(flare.start >= period.start for flare in inside)
    in_flare, logged = flare_days(diary, flares, period, as_of), diary.days_logged(period)
    if not logged:
        return FlareRate(period, started, len(inside), in_flare, 0, None, None, None)
    per = 90 / logged
    low = float(gammaincinv(started, 0.025)) * per if started else 0.0
    high = float(gammaincinv(started + 1, 0.975)) * per
    return FlareRate(period, started, len(inside), in_flare, logged, started * per, low, high)


def _touches(flare: Flare, period: Period, as_of: date) -> bool:
    return flare.start <= period.end and (flare.end or as_of) >= period.start


def trend(now: FlareRate, before: FlareRate) -> Trend:
    """Whether flares start more or less often than before, or neither can be said."""
    if not (now.enough and before.enough):
        return "not enough days"
    low, high = _share_interval(now.started, now.started + before.started)
    expected = now.days_logged / (now.days_logged + before.days_logged)
    if low > expected:
        return "more often"
    return "less often" if high < expected else "no clear difference"


def _share_interval(part: int, whole: int) -> tuple[float, float]:
    """The exact 95 % interval of a share (Clopper and Pearson, Biometrika 1934;26:404)."""
    low = float(betaincinv(part, whole - part + 1, 0.025)) if part else 0.0
    high = float(betaincinv(part + 1, whole - part, 0.975)) if part < whole else 1.0
    return low, high
