"""The pain of the period in numbers."""

from collections import Counter
from datetime import timedelta

import numpy as np

from clinical import maps
from clinical.bands import pain_band, time_in_band
from clinical.body_map import REGIONS
from clinical.change import sample
from clinical.diary import Period
from clinical.maps import RegionMap
from clinical.rounding import displayed
from dashboard.presenters.regions import region_name
from dashboard.presenters.words import day, full_day, listed, number, plainly, several, span
from dashboard.reports import heading
from dashboard.reports.one_page import UNKNOWN, Line
from dashboard.reports.pain_maps import LAST_WEEKS, hurting, intensity, map_period
from dashboard.reports.record import Record

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


def _lately(record: Record, words: str) -> str:
    """What the maps say, with the days they rest on where those are not the period."""
    whole = map_period(record) == record.periods.now or words == UNKNOWN
    return words if whole else f"last {LAST_WEEKS} weeks: {words}"


def pain_title(record: Record) -> str:
    """'Pain, 26 Oct – 22 Nov 2026': the days of the maps, that they are the last of more, that they are long over."""
    shown = map_period(record)
    part = "" if shown == record.periods.now else f"last {LAST_WEEKS} weeks of the period"
    said = ", ".join(words for words in (part, heading.long_over(record)) if words)
    return f"Pain, {span(shown)}{f' ({said})' if said else ''}"


def most_painful(shown: RegionMap, most: int = 5) -> str:
    """The worst regions by name with their intensity; those of which it is not known are never among the worst."""
    worst_first = [place for place in hurting(shown) if not np.isnan(shown.values[place])][:most]
    return "; ".join(f"{region_name(REGIONS[i].region_id)} {intensity(shown, i)}" for i in worst_first)


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
    sides = Counter(REGIONS[i].side for i in hurting(typical))
    if not sides:
        return "no region on most days"
    split = ", ".join(f"{sides[side]} {side}" for side in ("left", "right", "midline"))
    return f"{several(sides.total(), 'region')} of 74: {split}"


def _spots(typical: RegionMap) -> str:
    if not typical.days_with_map:
        return UNKNOWN
    active = {REGIONS[i].article_spot for i in hurting(typical)}
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
