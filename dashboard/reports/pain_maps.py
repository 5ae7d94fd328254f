"""Body maps for paper: the period, its last days and the days before, each with its regions as alternative text."""

from datetime import timedelta

import numpy as np

from clinical import maps
from clinical.body_map import REGIONS
from clinical.diary import Period
from clinical.maps import Mode, RegionMap
from dashboard import body_figure
from dashboard.body_figure import wording
from dashboard.presenters.words import full_day, number, sentence_case, several, span
from dashboard.reports import heading
from dashboard.reports.document import Picture
from dashboard.reports.one_page import Figure
from dashboard.reports.record import Record

SMALL, LARGE = 165, 220
"""Pixels of a figure of four centimetres and of one of six: the smaller it is drawn, the larger its numbers."""
LONGEST_MAP = 92
"""Days: a period up to three months is drawn whole."""
LAST_WEEKS = 12
_SHOWS: dict[Mode, str] = {
    "typical": "typical pain 0 to 10",
    "worst": "worst pain 0 to 10",
    "how_often": "how often each region hurt",
    "change": "change in typical pain",
    "latest": "latest map",
}
SIDES = "Left and right are the patient's."
NO_INTENSITY = "Dotted: painful, intensity not recorded."


def map_period(record: Record) -> Period:
    """The days the maps rest on: the period, or its last 12 weeks where it is longer than three months.

    Over years the worst mark of every region is 10 and the median is of another time than now.
    """
    period = record.periods.now
    return period if period.days <= LONGEST_MAP else Period(period.end - timedelta(days=LAST_WEEKS * 7 - 1), period.end)


def named(record: Record, what: str) -> str:
    """'Now: typical', or 'Typical, 29 Apr – 26 May 2022' where that is long over."""
    return f"{sentence_case(what)}, {span(map_period(record))}" if heading.long_over(record) else f"Now: {what}"


def typical(record: Record, height: int = SMALL) -> Figure:
    """Median of painful days, regions of at least a fifth of the days with a map."""
    return _typical(record, map_period(record), height)


def worst(record: Record, height: int = SMALL) -> Figure:
    """The highest mark of every region."""
    shown = maps.worst(record.diary.during(map_period(record)))
    return _of(record, shown, map_period(record), "Highest mark of these days", height)


def before(record: Record, height: int = SMALL) -> Figure:
    """The typical map of the period before; of as many days before the map where only the last weeks are drawn."""
    return _typical(record, before_period(record), height)


def before_title(record: Record) -> str:
    """'Before: 8 Jun – 30 Aug 2026'."""
    return f"Before: {span(before_period(record))}"


def before_period(record: Record) -> Period:
    """The days of the map of the time before."""
    shown = map_period(record)
    return record.periods.before if shown == record.periods.now else shown.before()


def pictures(record: Record) -> tuple[Picture, ...]:
    """Typical, worst, how often and change of the period; the last 7 and the last 28 days; none without a map."""
    made = (
        _picture("typical", f"Typical, {span(map_period(record))}", typical(record, LARGE)),
        _picture("worst", f"Worst, {span(map_period(record))}", worst(record, LARGE)),
        _picture("how_often", f"How often, {span(map_period(record))}", _how_often(record)),
        _picture("change", f"Change against {span(before_period(record))}", _change(record)),
        *(_last(record, days) for days in (7, 28) if days < map_period(record).days),
    )
    return tuple(picture for picture in made if picture is not None)


def _picture(name: str, title: str, figure: Figure) -> Picture | None:
    if not figure.svg:
        return None
    return Picture(name, figure.svg, figure.alt, f"{title}. {figure.caption}", wide=False)


def _last(record: Record, days: int) -> Picture | None:
    """The typical map of the last days of the period."""
    end = record.periods.now.end
    period = Period(end - timedelta(days=days - 1), end)
    return _picture(f"last_{days}_days", f"Last {days} days, {span(period)}", _typical(record, period, LARGE))


def _typical(record: Record, period: Period, height: int) -> Figure:
    return _of(record, maps.typical(record.diary.during(period)), period, "Median of painful days", height)


def _how_often(record: Record) -> Figure:
    shown = maps.how_often(record.diary.during(map_period(record)))
    return _of(record, shown, map_period(record), "Percent of days with a map on which each region hurt")


def _change(record: Record) -> Figure:
    """Typical map against that of the days before; empty where one side has no map."""
    now, past = (record.diary.during(each) for each in (map_period(record), before_period(record)))
    shown = maps.change(now, past)
    if wording.is_empty(shown) or not maps.typical(past).days_with_map:
        return Figure("", "", "")
    figure = _of(record, shown, map_period(record), "Points of typical pain, heavy border worse, dashed better")
    signs = f" {sentence_case(wording.ONE_PERIOD_WORDS)}." if shown.one_period else ""
    return Figure(figure.svg, figure.alt, f"{figure.caption}{signs}")


def _of(record: Record, shown: RegionMap, period: Period, rule: str, height: int = LARGE) -> Figure:
    """The figure of that map; without one, the sentence that says so."""
    if not shown.days_with_map:
        return Figure("", "", f"No body map in these days{_last_map(record, period)}.{_undated(record)}")
    drawn = _worst_first(shown)
    said = "; ".join(f"{REGIONS[i].label} {_value(shown, i)}" for i in drawn) or "No region hurts"
    alt = f"Body map, front and back, {_SHOWS[shown.mode]}, {span(period)}. {said}. {SIDES}"
    rests_on = f"{several(len(drawn), 'region')}, {several(shown.days_with_map, 'day')} with a map"
    striped = f" {sentence_case(wording.SELDOM_WORDS)}." if wording.any_seldom(shown) else ""
    dotted = f" {NO_INTENSITY}" if shown.mode in ("typical", "worst") and _any_without_intensity(shown) else ""
    return Figure(body_figure.svg(shown, view="both", height_px=height), alt, f"{rule}; {rests_on}.{striped}{dotted}")


def _any_without_intensity(shown: RegionMap) -> bool:
    return bool((shown.present & np.isnan(shown.values)).any())


def _last_map(record: Record, period: Period) -> str:
    """'; the last is of 26 May 2022' where that period has no map and nothing after it has one; else ''."""
    mapped = np.flatnonzero(record.diary.has_map)
    last = record.diary.start + timedelta(days=int(mapped[-1])) if mapped.size else period.end
    return f"; the last is of {full_day(last)}" if last < period.start else ""


def _undated(record: Record) -> str:
    undated = sum(entry.marks is not None for entry in record.undated)
    return f" {several(undated, 'map')} without a date, not shown." if undated else ""


def _worst_first(shown: RegionMap) -> list[int]:
    """Places of the regions that are drawn; those of a change that have no points come last."""
    return [*hurting(shown), *(place for place in shown.one_period if np.isnan(shown.values[place]))]


def hurting(shown: RegionMap) -> list[int]:
    """Places of the regions that hurt, worst first; those without an intensity last."""
    values = np.where(shown.present & np.isnan(shown.values), 0, shown.values)
    found = np.flatnonzero(~np.isnan(values))
    return [int(i) for i in sorted(found, key=lambda i: (-values[i], -shown.days_marked[i], i))]


def intensity(shown: RegionMap, place: int) -> str:
    """'6', or that the region hurts and no intensity is on record."""
    value = shown.values[place]
    return "painful, no intensity" if np.isnan(value) else number(float(value), 0)


def _value(shown: RegionMap, place: int) -> str:
    """What a region shows, in words: intensity, share of days, or change."""
    if shown.mode in ("typical", "worst"):
        return intensity(shown, place)
    return wording.in_words(shown, place)
