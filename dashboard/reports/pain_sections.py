"""The pain of the period: in numbers, and on the body, front and back."""

from collections import Counter
from datetime import timedelta
from typing import Literal

import numpy as np

from clinical import maps
from clinical.bands import pain_band, time_in_band
from clinical.body_map import REGIONS
from clinical.change import sample
from clinical.diary import Period
from clinical.maps import RegionMap
from clinical.rounding import displayed
from dashboard import body_figure
from dashboard.presenters.regions import region_name
from dashboard.presenters.words import day, full_day, listed, number, plainly, several
from dashboard.reports.one_page import UNKNOWN, Figure, Line
from dashboard.reports.record import Record

FIGURE_HEIGHT = 300
_SPOTS = {
    "upper_back_trapezius": "upper back and trapezius",
    "between_shoulder_blades": "between the shoulder blades",
    "lower_back": "lower back",
    "radiating_buttock_leg": "buttock or leg",
}


def pain_lines(record: Record) -> tuple[Line, ...]:
    """Mean, last week, worst, regions, spread, duration, qualities: each says 'not recorded' where it is not."""
    period = record.periods.now
    week = Period(period.end - timedelta(days=6), period.end)
    typical = maps.typical(record.diary.during(period))
    return (
        Line("Mean", _mean(record, period)),
        Line("Last 7 days", _mean(record, week)),
        Line("Worst day", _worst_day(record)),
        Line("Severe (7–10)", _severe(record)),
        Line("Most painful", most_painful(typical) or UNKNOWN),
        Line("Spread", _spread(typical)),
        Line("Back spots", _spots(typical)),
        Line("Qualities", _qualities(record)),
        Line("Duration", _duration(record)),
    )


def body_map(record: Record, mode: Literal["typical", "worst"]) -> Figure:
    """The figure, front and back, with its regions listed as the alternative text."""
    days = record.diary.during(record.periods.now)
    shown = maps.typical(days) if mode == "typical" else maps.worst(days)
    if not shown.days_with_map:
        return Figure("", "", "No body map in this period." + _undated_maps(record))
    hurting = _hurting(shown)
    named = "; ".join(f"{REGIONS[i].label} {_intensity(shown, i)}" for i in hurting)
    said = named or "No region hurts"
    alt = f"Body map, front and back, {mode} pain 0 to 10. {said}. Left and right are the patient's."
    rule = "Median of painful days" if mode == "typical" else "Highest mark of the period"
    rests_on = f"{several(len(hurting), 'region')}, {several(shown.days_with_map, 'day')} with a map"
    caption = f"{rule}; {rests_on}."
    return Figure(body_figure.svg(shown, view="both", height_px=FIGURE_HEIGHT), alt, caption)


def _undated_maps(record: Record) -> str:
    undated = sum(entry.marks is not None for entry in record.undated)
    return f" {several(undated, 'map')} without a date, not shown." if undated else ""


def _hurting(shown: RegionMap) -> list[int]:
    """Places of the regions that hurt, worst first; those without an intensity last."""
    values = np.where(shown.present & np.isnan(shown.values), 0, shown.values)
    found = np.flatnonzero(~np.isnan(values))
    return [int(i) for i in sorted(found, key=lambda i: (-values[i], -shown.days_marked[i], i))]


def _intensity(shown: RegionMap, place: int) -> str:
    value = shown.values[place]
    return "painful, no intensity" if np.isnan(value) else number(float(value), 0)


def most_painful(shown: RegionMap, most: int = 5) -> str:
    """The worst regions by name with their intensity."""
    hurting = _hurting(shown)
    return "; ".join(f"{region_name(REGIONS[i].region_id)} {_intensity(shown, i)}" for i in hurting[:most])


def _mean(record: Record, period: Period) -> str:
    found = sample(record.diary, period)
    if found.value is None:
        return UNKNOWN
    value = displayed(found.value, 1)
    return f"{number(value)} of 10 ({pain_band(value)}), {found.days} of {several(period.days, 'day')}"


def _worst_day(record: Record) -> str:
    days = record.diary.during(record.periods.now)
    worst = days["pain_worst"]
    if np.isnan(worst).all():
        return UNKNOWN
    place = int(np.flatnonzero(worst == np.nanmax(worst))[-1])
    when = record.periods.now.start + timedelta(days=place)
    return f"{plainly(float(worst[place]))} of 10 on {day(when, record.as_of)}"


def _severe(record: Record) -> str:
    shares = time_in_band(record.diary, record.periods.now)
    if not shares.days:
        return UNKNOWN
    return f"{displayed(100 * shares.severe, 0):.0f} % of {several(shares.days, 'day')} with a pain answer"


def _spread(typical: RegionMap) -> str:
    if not typical.days_with_map:
        return UNKNOWN
    sides = Counter(REGIONS[i].side for i in _hurting(typical))
    if not sides:
        return "no region on most days"
    split = ", ".join(f"{sides[side]} {side}" for side in ("left", "right", "midline"))
    return f"{several(sides.total(), 'region')} of 74: {split}"


def _spots(typical: RegionMap) -> str:
    if not typical.days_with_map:
        return UNKNOWN
    active = {REGIONS[i].article_spot for i in _hurting(typical)}
    return listed([words for spot, words in _SPOTS.items() if spot in active], 4) or "none of the four"


def _qualities(record: Record) -> str:
    days: Counter[str] = Counter()
    for one_day in sorted({entry.day for entry in record.recent if entry.day}):
        marks = [m for entry in record.recent if entry.day == one_day for m in entry.marks or ()]
        days.update(sorted({quality for mark in marks for quality in mark.qualities}))
    if not days:
        return UNKNOWN
    named = [f"{quality.replace('_', ' ')} {several(count, 'day')}" for quality, count in days.most_common(4)]
    return f"{', '.join(named)} (last 28)"


def _duration(record: Record) -> str:
    logged = np.flatnonzero(record.diary.logged)
    if not logged.size:
        return UNKNOWN
    return f"not recorded; diary since {full_day(record.diary.start + timedelta(days=int(logged[0])))}"
