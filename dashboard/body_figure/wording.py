"""What the figure says in words: numbers as printed, spoken descriptions, legends."""

import math
from dataclasses import dataclass

import numpy as np

from clinical.body_map import REGIONS
from clinical.maps import Mode, RegionMap
from clinical.rounding import displayed
from dashboard.body_figure.palette import fill, ink

MINUS = "\N{MINUS SIGN}"

TITLES: dict[Mode, str] = {
    "typical": "Typical pain",
    "worst": "Worst pain",
    "how_often": "How often it hurt",
    "change": "Change in typical pain",
    "latest": "Latest map",
}
UNITS: dict[Mode, str] = {
    "typical": "pain 0–10",
    "worst": "pain 0–10",
    "how_often": "% of days with a map",
    "change": "points",
    "latest": "pain 0–10",
}

SELDOM = 50
"""Percent of map days under which a region of the typical map is striped (our own rule)."""
SELDOM_WORDS = "striped: hurt on under half of the map days"


@dataclass(frozen=True, slots=True)
class Swatch:
    """One step of a legend."""

    text: str
    fill: str
    ink: str


def printed(value: float, mode: Mode) -> str:
    """The number as it stands in a region: '6', '45', '+2', '−3', '0'; empty where there is none."""
    if math.isnan(value):
        return ""
    if mode == "change" and value:
        return f"{'+' if value > 0 else MINUS}{abs(value):.0f}"
    return f"{value:.0f}"


SIGNS = {"new": "+", "gone": "×", "as_often": "="}
"""What stands in a region of a change that has no points: typical in one of the periods only."""
ONE_PERIOD_WORDS = "+ new, × gone, = about as often: typical in one period only, no points"
_ONE_PERIOD = {
    "new": "new, no points: not typical before",
    "gone": "gone, no points: no longer typical",
    "as_often": "about as often, no points: typical in one period only",
}


def label(values: RegionMap, index: int) -> str:
    """What is printed in that region: its number, or the sign of a region typical in one of two periods only."""
    if index in values.one_period:
        return SIGNS[values.one_period[index].kind]
    return printed(float(values.values[index]), values.mode)


def tone(values: RegionMap, index: int) -> float:
    """The value a region is coloured by: a new or gone region without points is as dark as it can be."""
    if index in values.one_period:
        return {"new": 5.0, "gone": -5.0, "as_often": math.nan}[values.one_period[index].kind]
    return float(values.values[index])


def in_words(values: RegionMap, index: int) -> str:
    """The value of one region in words, e.g. 'typically 6 of 10', '52 % of days', '2 points better'."""
    if index in values.one_period:
        one = values.one_period[index]
        return f"{_ONE_PERIOD[one.kind]} (before on {one.hurt_before} of {one.days_before} days)"
    value = float(values.values[index])
    if math.isnan(value):
        return _without_value(values, index)
    if values.mode == "how_often":
        return f"hurt on {value:.0f} % of days with a map"
    if values.mode == "change":
        points = f"{abs(value):.0f} point{'' if abs(value) == 1 else 's'}"
        return f"{points} {'worse' if value > 0 else 'better'}" if value else "no change"
    return f"{_LEADS[values.mode]} {value:.0f} of 10"


def days_in_words(values: RegionMap, index: int) -> str:
    """On how many days the region hurt, e.g. 'hurt on 12 of 23 days with a map'."""
    days = "day" if values.days_with_map == 1 else "days"
    return f"hurt on {int(values.days_marked[index])} of {values.days_with_map} {days} with a map"


def is_seldom(values: RegionMap, index: int) -> bool:
    """Whether a typical value rests on less than `SELDOM` of the map days: painted striped, not as usual."""
    share = displayed(100 * int(values.days_marked[index]) / max(values.days_with_map, 1), 0)
    rare = share < SELDOM
    return values.mode == "typical" and rare and not math.isnan(values.values[index])


def any_seldom(values: RegionMap) -> bool:
    """Whether the figure holds a striped region, so that the legend has to explain it."""
    return any(is_seldom(values, index) for index in range(len(REGIONS)))


def quiet_words(mode: Mode) -> str:
    """What is said of a region without any value."""
    return "not typical in either period" if mode == "change" else "no pain marked"


def is_told(values: RegionMap, index: int) -> bool:
    """Whether there is anything to say about the region beyond 'no pain marked'."""
    return bool(values.drawn[index]) or values.days_marked[index] > 0


def is_empty(values: RegionMap) -> bool:
    """Whether the whole figure is missing: no map in the period, or no two periods to compare."""
    nothing = not values.drawn.any()
    return values.days_with_map == 0 or (values.mode == "change" and nothing)


def empty_words(values: RegionMap) -> str:
    """What stands over a figure without data."""
    return "No body map in this period" if values.days_with_map == 0 else "Nothing to compare"


def legend(mode: Mode) -> tuple[Swatch, ...]:
    """The steps of the scale from none to strong (for a change: from better to worse); none has no fill."""
    if mode == "how_often":
        steps: tuple[tuple[str, float], ...] = (
            ("0", 0),
            ("1–20", 20),
            ("–40", 40),
            ("–60", 60),
            ("–80", 80),
            ("–100", 100),
        )
    elif mode == "change":
        steps = tuple((_change_step(points), points) for points in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5))
    else:
        steps = tuple((str(score), score) for score in range(11))
    return tuple(Swatch(text, fill(value, mode), ink(value, mode)) for text, value in steps)


def description(values: RegionMap) -> str:
    """The whole figure in one text: the rule, then every region with a value, strongest first."""
    if is_empty(values):
        return f"{empty_words(values)}. {values.note}"
    told = np.flatnonzero(values.drawn).tolist()
    told.sort(key=lambda i: -abs(float(values.values[i])) if not math.isnan(values.values[i]) else 0.0)
    listed = "; ".join(f"{REGIONS[i].label}: {in_words(values, i)}" for i in told)
    return f"{values.note}. {listed or 'No region to show'}."


_LEADS: dict[Mode, str] = {"typical": "typically", "worst": "at worst", "latest": "pain"}


def _without_value(values: RegionMap, index: int) -> str:
    if values.present[index]:
        return "hurts, intensity not recorded"
    if values.mode == "typical" and values.days_marked[index]:
        return "too few days for a typical value"
    return quiet_words(values.mode)


def _change_step(points: int) -> str:
    more = "+" if points > 0 else MINUS
    return {5: "≥+5", -5: f"≤{MINUS}5"}.get(points, f"{more}{abs(points)}")
