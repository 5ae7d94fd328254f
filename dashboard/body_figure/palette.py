"""Colours of the body figure: one meaning each, the same on screen, in print and in the PDF.

Pain keeps the ramp of `theme`. A share of days is not an intensity and a change is neither, so each has a scale of its
own: blue-green for how often, brown (worse) against blue (better) for a change. Each scale gets steadily darker, so it
survives grey paper; a change carries its sign as well. The figure is a light sheet in the dark theme too: the strong
end of the pain ramp is nearly black and would vanish on a dark one.
"""

import math
from dataclasses import dataclass

from clinical.maps import Mode
from dashboard.theme import ON_RAMP, PAIN_RAMP

SHARE = ("#c9e2e5", "#94c6cc", "#5fa5ae", "#2c7480", "#0d4652")
"""How often: 1-20, 21-40, 41-60, 61-80, 81-100 % of the days with a map."""
SHARE_EDGES = (20, 40, 60, 80)
WORSE = ("#f2dfc2", "#dcb684", "#b9843e", "#84560f", "#523303")
BETTER = ("#d5e2f4", "#a6c2e6", "#6f9bd1", "#33639f", "#123a70")
"""A change of 1, 2, 3, 4, and 5 or more points."""
DARKEST_CHANGE = 5

BLACK, WHITE = "#000000", "#ffffff"
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the figure is drawn with apart from its values."""

    paper: str  # a region without pain
    edge: str  # borders of regions, at least 3:1 on the paper
    outline: str  # heavy lines on the paper
    rim: str  # around the whole figure, where a nearly black region would meet a dark page
    ink: str  # letters on the page around the figure
    beside: str  # a number on the page beside its region
    hatch: str  # lines over what is missing
    dots: str  # hurts, intensity not recorded
    chosen: str  # a selected region's border


LIGHT_SHEET = Sheet("#fbfbfa", "#848d97", "#3c4651", "#3c4651", "#56626f", "#1f2830", "#a7afb8", "#4d5661", "#0f6b75")
DARK_SHEET = Sheet("#e4e8ec", "#717b86", "#10161c", "#c3cbd3", "#a3afbb", "#e4e8ec", "#8f99a4", "#3f4852", "#0b5f69")


def sheet(dark: bool) -> Sheet:
    """The sheet of one theme."""
    return DARK_SHEET if dark else LIGHT_SHEET


def fill(value: float | None, mode: Mode = "typical") -> str:
    """The fill of a displayed value, 'none' where there is nothing to fill (missing, no pain, no change)."""
    return _shade(value, mode)[0]


def ink(value: float | None, mode: Mode = "typical") -> str:
    """The colour of a number printed on `fill(value, mode)`; at least 4.5:1."""
    return _shade(value, mode)[1]


def _shade(value: float | None, mode: Mode) -> tuple[str, str]:
    if value is None or math.isnan(value) or value == 0:
        return NOTHING, BLACK
    if mode == "how_often":
        step = sum(value > edge for edge in SHARE_EDGES)
        return SHARE[step], BLACK if step < 3 else WHITE
    if mode == "change":
        step = min(round(abs(value)), DARKEST_CHANGE) - 1
        return (WORSE if value > 0 else BETTER)[step], BLACK if step < 3 else WHITE
    step = min(max(round(value), 0), 10)
    return PAIN_RAMP[step], ON_RAMP[step]
