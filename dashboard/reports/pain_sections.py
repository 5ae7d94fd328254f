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
from dashboard.body_figure import wording
from dashboard.presenters.regions import region_name
from dashboard.presenters.words import day, full_day, listed, number, plainly, sentence_case, several, span
from dashboard.reports.one_page import UNKNOWN, Figure, Line
from dashboard.reports.record import Record

FIGURE_HEIGHT = 300
LONGEST_MAP = 92
"""Days: a period up to three months is drawn whole."""
LAST_WEEKS = 12
_SPOTS = {
    "upper_back_trapezius": "upper back and trapezius",
    "between_shoulder_blades": "between the shoulder blades",
    "lower_back": "lower back",
    "radiating_buttock_leg": "buttock or leg",
}


def pain_lines(record: Record) -> tuple[Line, ...]:
    """Mean, last week, worst, regions, spread, duration, qualities; what is not recorded is named in one line."""
    period = record.periods.now
    week = Period(period.end - timedelta(days=6), period.end)
    typical = maps.typical(record.diary.during(map_period(record)))
    lines = (
        Line("Mean", _mean(record, period)),
        Line("Last 7 days", _mean(record, week)),
        Line("Worst day", _worst_day(record)),
        Line("Severe (7–10)", _severe(record)),
        Line("Most painful", _lately(record, most_painful(typical) or UNKNOWN)),
        Line("Spread", _lately(record, _spread(typical))),
        Line("Back spots", _lately(record, _spots(typical))),
        Line("Qualities", _qualities(record)),
        Line("Duration", _duration(record)),
    )
    unknown = [line.label.lower() for line in lines if line.text == UNKNOWN]
    known = [line for line in lines if line.text != UNKNOWN]
    return (*known, Line("Not recorded", ", ".join(unknown))) if unknown else tuple(known)


def map_period(record: Record) -> Period:
    """The days the maps rest on: the period, or its last 12 weeks where it is longer than three months.

    Over years the worst mark of every region is 10 and the median is of another time than now.
    """
    period = record.periods.now
    return period if period.days <= LONGEST_MAP else Period(period.end - timedelta(days=LAST_WEEKS * 7 - 1), period.end)


def _lately(record: Record, words: str) -> str:
    """What the maps say, with the days they rest on where those are not the period."""
    whole = map_period(record) == record.periods.now or words == UNKNOWN
    return words if whole else f"last {LAST_WEEKS} weeks: {words}"


def pain_title(record: Record) -> str:
    """'Pain, 26 Oct – 22 Nov 2026': the days of the maps, and that they are the last of a longer period."""
    shown = map_period(record)
    part = "" if shown == record.periods.now else f" (last {LAST_WEEKS} weeks of the period)"
    return f"Pain, {span(shown)}{part}"


def body_map(record: Record, mode: Literal["typical", "worst"]) -> Figure:
    """The figure, front and back, with its regions listed as the alternative text."""
    days = record.diary.during(map_period(record))
    shown = maps.typical(days) if mode == "typical" else maps.worst(days)
    if not shown.days_with_map:
        return Figure("", "", "No body map in these days." + _undated_maps(record))
    hurting = _hurting(shown)
    named = "; ".join(f"{REGIONS[i].label} {_intensity(shown, i)}" for i in hurting)
    said = named or "No region hurts"
    alt = f"Body map, front and back, {mode} pain 0 to 10. {said}. Left and right are the patient's."
    rule = "Median of painful days" if mode == "typical" else "Highest mark of these days"
    rests_on = f"{several(len(hurting), 'region')}, {several(shown.days_with_map, 'day')} with a map"
    striped = f" {sentence_case(wording.SELDOM_WORDS)}." if wording.any_seldom(shown) else ""
    caption = f"{rule}; {rests_on}.{striped}"
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
    return f"{number(value)} of 10 ({pain_band(value)}), {found.days:,} of {several(period.days, 'day')}"


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
