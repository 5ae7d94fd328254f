"""Titles and captions of map and timeline: titles say what was found, captions what it rests on."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from clinical.diary import Completeness, Period
from clinical.fibromyalgia import WpiEstimate
from clinical.maps import Mode, RegionMap
from clinical.parts import prevailing_side
from clinical.thresholds import days, limit
from dashboard.body_figure import DayTile
from dashboard.body_figure.wording import SELDOM_WORDS, any_seldom
from dashboard.periods import in_words
from dashboard.presenters import episodes
from dashboard.presenters.regions import region_names
from dashboard.presenters.words import (
    after_short_nights,
    counted,
    day,
    escaped,
    full_day,
    listed,
    number,
    sentence_case,
    several,
    span,
    times,
)
from dashboard.services.lanes import LeftOut
from dashboard.services.open_items import Undated
from dashboard.services.pain_map_faint import FaintMap
from dashboard.services.summary import State, Step
from dashboard.services.timeline import WEEK, Timeline

MODES: dict[Mode, str] = {
    "typical": "Typical",
    "worst": "Worst",
    "how_often": "How often",
    "change": "Change",
    "latest": "Latest",
}
OTHER_SIDE = {"left": "right", "right": "left"}


def timeline_title(view: Timeline) -> str:
    """What the period shows, e.g. 'Twelve weeks on one axis: two flares, both after a night under 5 h'."""
    if view.regions:
        where = listed(region_names("|".join(view.regions)))
        return f"Pain in the {where} only"
    length = sentence_case(in_words(view.period.days))
    logged = int(view.logged.sum())
    if logged < days("change_min_days"):
        return f"{length} on one axis: {several(logged, 'day')} logged, too few to look for flares"
    found = [span for span in view.flares if span.kind == "flare"]
    said = sum(span.whole.said_only for span in view.flares)
    spikes = sum(span.kind == "spike" for span in view.flares) - said
    after = after_short_nights(sum(span.short_nights_before > 0 for span in found), len(found))
    parts = [f"{counted(len(found), 'flare')}{after}"] if found else []
    parts += [counted(spikes, "spike")] if spikes else []
    parts += [f"patient said flare {times(said)}"] if said else []
    length += "" if len(parts) > 2 else " on one axis"  # so that all three stand on one line
    return f"{length}: {listed(parts) or 'no flare found'}"


def timeline_help(view: Timeline, left_out: Sequence[LeftOut] = ()) -> str:
    """How to read the timeline: gaps, the line, weeks, and what has no room or was never logged."""
    parts = ["Gaps are hatched and never drawn through."]
    if view.regions:
        parts.append("Only the pain panel is of these regions; a map without a mark there counts as 0.")
    else:
        parts.append("Select a region of the body map to see its pain alone.")
    if view.grouped:
        span = "week" if view.step_days == WEEK else "four weeks"
        parts.append(f"One point each {span}: the median of the logged days.")
    else:
        parts.append("Line: median of the seven days around each logged day, where three or more are logged.")
    if view.usual:
        parts.append(
            f"Usual range: the person's own pain outside flares, 10th to 90th percentile of the last "
            f"{several(view.usual.days, 'logged day')} up to {full_day(view.period.end)}, whatever period is shown."
        )
    never = [name for series, name in _NAMES.items() if not view.has(series)]
    if never:
        parts.append(f"Not logged in this period: {', '.join(never)}.")
    if left_out:
        parts.append(f"Without a lane: {escaped(left_out_named(left_out))}.")
    return " ".join(parts)


def left_out_named(left_out: Sequence[LeftOut]) -> str:
    """The medicines without a lane, '+1 more: diclofenac gel, 13 days'; '' for none. Plain text."""
    named = [f"{each.medicine}, {several(each.days, 'day')}" if each.days else each.medicine for each in left_out]
    return f"+{len(named)} more: {'; '.join(named)}" if named else ""


_NAMES = {
    "spread": "body maps",
    "sleep_hours": "sleep hours",
    "sleep_quality": "sleep quality",
    "stress": "stress",
    "fatigue": "fatigue",
    "stiffness_minutes": "stiffness",
}


def timeline_spoken(view: Timeline) -> str:
    """The timeline for a screen reader: title, days logged, median of pain."""
    known = view.pain[np.isfinite(view.pain)]
    pain = f"median pain {np.median(known):.1f} of 10" if known.size else "no pain answer"
    return f"{timeline_title(view)}. {int(view.logged.sum())} of {view.period.days} days logged, {pain}."


def map_title(shown: RegionMap) -> str:
    """'Where it hurts', and the side that prevails over the map's days: as the facts of the Pain map say it."""
    side = prevailing_side(shown.days_marked)
    only = shown.only if isinstance(shown, FaintMap) else ""
    where = f"Where it is marked as {only}" if only else "Where it hurts"
    return f"{where}: {side} more than {OTHER_SIDE[side]}" if side else where


def side_rule(shown: RegionMap) -> str:
    """What the title's side rests on; '' where it names none."""
    if not prevailing_side(shown.days_marked):
        return ""
    times = f"{limit('map_side_times'):.0f} times"
    return f" One side more: at least {times} the painful regions of the other, day by day (our own rule)."


def map_caption(shown: RegionMap, wpi: WpiEstimate) -> str:
    """What the map rests on: '16 regions · 60 map days · WPI about 14 of 19'."""
    if shown.days_with_map == 0:
        return "No day with a body map in this period"
    rests = f"{several(len(_drawn(shown)), 'region')} · {several(shown.days_with_map, 'map day')}"
    return f"{rests} · WPI about {wpi.count} of 19" if wpi.days_logged else rests


def _drawn(shown: RegionMap) -> list[int]:
    return [int(place) for place in np.flatnonzero(shown.drawn)]


def map_rule(shown: RegionMap, wpi: WpiEstimate) -> str:
    """The rule behind the map and the estimate."""
    estimate = f"WPI areas: estimated from the maps of the last 7 days ({wpi.days_logged} logged), to be confirmed"
    fits = "A number stands where the region has room for it; point at the others to read theirs"
    return f"{sentence_case(shown.note)}. {_seldom(shown)}{fits}. {estimate}.{side_rule(shown)}"


def _seldom(shown: RegionMap) -> str:
    return f"{sentence_case(SELDOM_WORDS)} (our own rule). " if any_seldom(shown) else ""


def events_listed(view: Timeline, as_of: date) -> str:
    """Flares and markers in words, for screens too narrow for labels: 'Flare from 24 Sep, 8 days · 20 Sep Visit'."""
    flares = [
        f"Flare from {day(span.whole.start, as_of)}, {several(span.days, 'day')}"
        for span in view.flares
        if span.kind == "flare"
    ]
    return " · ".join([*flares, *(f"{day(marker.day, as_of)} {escaped(marker.label)}" for marker in view.markers)])


def tiles_title(tiles: Sequence[DayTile]) -> str:
    """'Last 28 days, 26 Oct – 22 Nov 2026: 27 logged, 3 in a flare'."""
    logged, flare = sum(tile.logged for tile in tiles), sum(tile.flare and tile.logged for tile in tiles)
    dates = span(Period(tiles[0].day, tiles[-1].day))
    return f"Last {len(tiles)} days, {dates}: {logged} logged, {flare or 'none'} in a flare"


def day_in_words(tile: DayTile) -> str:
    """One day: '26 Oct 2026: pain 6.0, 12 regions in pain, slept 4.5 h, stress 7, 1 as-needed dose, flare day'."""
    if not tile.logged:
        return f"{full_day(tile.day)}: not logged"
    regions = "no map" if tile.regions_in_pain is None else f"{several(tile.regions_in_pain, 'region')} in pain"
    parts = [f"pain {number(tile.pain)}", regions, f"slept {number(tile.sleep_hours, 1, 'h')}"]
    parts.append(f"stress {number(tile.stress)}")
    if tile.rescue_doses is not None:
        parts.append(several(tile.rescue_doses, "as-needed dose"))
    return f"{full_day(tile.day)}: {', '.join(parts)}{', flare day' if tile.flare else ''}"


def step_in_words(step: Step, as_of: date) -> str:
    """A clicked day with what happened on it and the flare it belongs to, or a clicked week with its events."""
    flares = [f"{episodes.called(flare, as_of)}: {escaped(episodes.explained(flare, as_of))}" for flare in step.flares]
    if step.tile is not None:
        return " · ".join([day_in_words(step.tile), *(escaped(marker.detail) for marker in step.markers), *flares])
    happened = [f"{day(marker.day, as_of)} {escaped(marker.detail)}" for marker in step.markers]
    told = " · ".join([*happened, *flares]) or "nothing happened that is on record"
    return f"{several(step.days, 'day')} from {full_day(step.start)}: {told}"


def no_picture(state: State, undated: Undated, whole: Completeness, as_of: date) -> tuple[str, str]:
    """Why there is no picture, and what to do."""
    if state == "never_logged":
        return (
            "Nothing logged yet",
            "Ask the patient to start the diary, or have a diary file brought in with the command flareboard import. "
            "Four logged days are enough for a first comparison; body map and time series start with the first.",
        )
    if state == "undated_only":
        return (
            "No diary entry with a date",
            f"{several(undated.count, 'record')} came in without a date. They are kept and listed here, and are never "
            "placed on a time axis, because a day that was made up would be worse than none.",
        )
    last = full_day(whole.last_entry) if whole.last_entry else "not known"
    return (
        "No diary entry in this period",
        f"{several(whole.days, 'day')} without an entry. The last entry was on {last}. Choose a longer period.",
    )
