"""Time in band: how the bar of logged days is cut, for the screen and for print."""

from dataclasses import dataclass

from clinical.bands import BANDS, BandShares
from clinical.rounding import displayed
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
            found.append(BandPart(band, percent, _label(band, percent), FILLS[band], ON_BANDS[band]))
    return found


def _label(band: str, percent: int) -> str:
    if percent >= NAMED_FROM:
        return f"{percent} {band}"
    return str(percent) if percent >= NUMBERED_FROM else ""


def spoken(shares: BandShares) -> str:
    """The bar in words, e.g. '21 % mild, 56 % moderate, 20 % severe of 77 logged days'."""
    if shares.days == 0:
        return "no day with a pain answer"
    said = ", ".join(f"{part.percent} % {part.band}" for part in parts(shares))
    return f"{said} of {shares.days} logged day{'s' if shares.days != 1 else ''}"
