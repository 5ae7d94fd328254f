"""Time in band: how the bar of logged days is cut, for the screen and for print."""

from dataclasses import dataclass

from clinical.bands import BANDS, BandShares
from clinical.rounding import displayed
from clinical.thresholds import days
from dashboard.theme import BANDS as FILLS
from dashboard.theme import ON_BANDS

NAMED_FROM = 16
"""Percent from which the band's name fits beside its number."""
NUMBERED_FROM = 5


@dataclass(frozen=True, slots=True)
class BandPart:
    """One piece of the bar: whole percent as displayed, what is printed in it, and its colours."""

    band: str
    percent: int
    label: str
    fill: str
    ink: str


def parts(shares: BandShares) -> list[BandPart]:
    """The bands that have days, mild to severe; none without a logged day."""
    found = []
    for band in BANDS:
        percent = int(displayed(100 * getattr(shares, band), 0))
        if percent > 0:
            label = _label(band, percent) if _enough(shares) else _in_days(band, share=percent / 100, shares=shares)
            found.append(BandPart(band, percent, label, FILLS[band], ON_BANDS[band]))
    return found


def _enough(shares: BandShares) -> bool:
    """Whether there are so many days that a percentage says more than their number."""
    return shares.days >= days("change_min_days")


def _in_days(band: str, *, share: float, shares: BandShares) -> str:
    """'1 day: moderate'."""
    count = round(share * shares.days)
    return f"{count} day{'s' if count != 1 else ''}: {band}"


def _label(band: str, percent: int) -> str:
    if percent >= NAMED_FROM:
        return f"{percent} {band}"
    return str(percent) if percent >= NUMBERED_FROM else ""


def spoken(shares: BandShares) -> str:
    """The bar in words, e.g. '21 % mild, 56 % moderate, 20 % severe of 77 logged days'."""
    if shares.days == 0:
        return "no day with a pain answer"
    if not _enough(shares):
        return ", ".join(part.label for part in parts(shares))
    said = ", ".join(f"{part.percent} % {part.band}" for part in parts(shares))
    return f"{said} of {shares.days:,} logged days"
