"""What the pain map says beyond where it hurts: each statement with its rule, inputs, dates and the days it has."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from clinical.diary import Period
from clinical.fibromyalgia import ACR_REGIONS
from clinical.map_difference import RULE
from clinical.parts import INDEX_PLACES, prevailing_side
from clinical.rounding import displayed
from clinical.spread import DEFINITIONS
from clinical.thresholds import cited, days, limit
from dashboard.presenters import map_difference as difference
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map import dates, filtered, rests_on
from dashboard.presenters.words import counted, full_day, listed, number, sentence_case, several, span
from dashboard.services.pain_map import Filter, PainMapView, no_region_is_typical

SPOTS = {
    "between_shoulder_blades": "between the shoulder blades",
    "upper_back_trapezius": "trapezius and upper back",
    "lower_back": "lower back",
    "radiating_buttock_leg": "lower back radiating to buttock or leg",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One number or short phrase with its name, what stands beside it, and the evidence one click behind it."""

    name: str
    value: str
    detail: str
    evidence: Evidence
    known: bool = True


def filter_label(chosen: Filter) -> str:
    """What stands on the button of the filter: 'Shooting only', or what it filters by."""
    return f"{sentence_case(filtered(chosen))} only" if chosen else "Quality and depth"


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence that says what changed, and the evidence behind it."""

    heading: str
    text: str
    evidence: Evidence


def lead(view: PainMapView) -> Lead:
    """What changed between the two periods, in words."""
    text = difference.sentence(view.facts)
    only = f"Only marks that are {filtered(view.chosen)}. Other pain is left out. " if view.chosen else ""
    text = f"{_wanders(view)}{text}{_broad(view)}"
    rows = (
        ("Rule", f"Typical: {view.difference.now.note}. {RULE}"),
        ("Inputs", _inputs(view)),
        *dates(view),
        ("Rests on", rests_on(view)),
    )
    return Lead("What changed", only + text, Evidence("What changed on the map", rows))


def facts(view: PainMapView) -> tuple[Fact, ...]:
    """What the map of the period says beyond where it hurts, each with its evidence."""
    only = [_marks(view, fact, filtered(view.chosen)) for fact in (_reach(view), _side(view))]
    every = [_marks(view, fact, "") for fact in (_radiating(view), _below_knee(view), _spots(view), _wpi(view))]
    return (*only, *every)


def _marks(view: PainMapView, fact: Fact, only: str) -> Fact:
    """With a filter chosen, the fact says whether it rests on all marks or on those of the filter."""
    if not view.chosen:
        return fact
    return replace(fact, detail=f"{fact.detail} · {f'{only} only' if only else 'all marks'}")


def _wanders(view: PainMapView) -> str:
    """Said first where regions hurt and none is typical: an empty typical map is not a map without pain."""
    if not no_region_is_typical(view):
        return ""
    hurt = int((view.difference.now.days_marked > 0).sum())
    where = "the pain changes place" if hurt > 1 else "it hurt on few days"
    return (
        f"No region reaches {limit('typical_map_share'):.0f} % of map days; {where} "
        f"({several(hurt, 'region')} hurt on {several(view.map_days, 'map day')}). "
    )


def _broad(view: PainMapView) -> str:
    if not view.broad:
        return ""
    return f" {several(view.broad, 'map')} without detail (areas or shared segments): not in radiation and back spots."


def _of_maps(view: PainMapView) -> str:
    """'of 12 maps, 3 maps without detail left out'."""
    broad = f", {several(view.broad, 'map')} without detail left out" if view.broad else ""
    return f"of {several(view.radiation.maps, 'map')}{broad}"


def _reach(view: PainMapView) -> Fact:
    found, enough = view.typical, view.map_days >= days("change_min_days")
    widespread = float(view.now.widespread[0]) if len(view.now) else np.nan
    times = int(displayed(widespread * view.map_days / 100, 0)) if np.isfinite(widespread) else 0
    value = f"Widespread on {times:,} of {several(view.map_days, 'map day')}" if enough else "Too few days to say"
    detail = f"typical map: {len(found.acr_regions)} of 5 regions, {_percent(found.area)} of the figure"
    rule = (
        f"Of the typical map, a union over days: {cited('widespread_regions')}. The criteria ask about one week; a "
        f"whole period's typical map is our own use [P]. On single days: {DEFINITIONS['widespread']}. "
        f"Area: {DEFINITIONS['area']}."
    )
    regions = [name.replace("_", " ") for name in ACR_REGIONS if name in found.acr_regions]
    evidence = evidence_of(view, "Widespread or regional", rule, f"regions of the five that hurt: {_or_none(regions)}")
    if not enough:
        detail = f"{several(view.map_days, 'map day')}; {days('change_min_days')} are needed"
    return Fact("Spread", value, detail, evidence, known=enough)


SIDE_RULE = (
    f"{DEFINITIONS['laterality']}. Mostly one side: at least {limit('map_side_times'):.0f} times the painful regions "
    f"of the other ({cited('map_side_times')}), the rule of the sentence and of the map's title"
)


def _side(view: PainMapView) -> Fact:
    index = float(view.now.laterality[0]) if len(view.now) else np.nan
    evidence = evidence_of(view, "Left or right", SIDE_RULE, "marks of every map day of the period")
    if np.isnan(index):
        return Fact("Side", "Not known", "no pain beside the midline", evidence, known=False)
    former = float(view.before.laterality[0]) if len(view.before) else np.nan
    was = f", was {signed(former)}" if np.isfinite(former) else ""
    return Fact("Side", _prevails(view, index), f"index {signed(index)}{was} (right −1, left +1)", evidence)


def _prevails(view: PainMapView, index: float) -> str:
    """As the number is displayed, by the rule of the map's title and of the sentence (threshold `map_side_times`)."""
    side = prevailing_side(view.difference.now.days_marked)
    if displayed(abs(index), INDEX_PLACES) == 1:
        return f"{sentence_case(side)} only"
    return f"Mostly {side}" if side else "Both sides"


def _radiating(view: PainMapView) -> Fact:
    found = view.radiation
    rule = (
        "A map counts when a lower-back region and a buttock or leg region hurt in the same entry (reference 3, "
        "rule 5). All marks, whatever filter is chosen."
    )
    evidence = evidence_of(view, "Radiation from the lower back", rule, several(found.maps, "map"))
    if not found.radiating:
        value = "Not radiating" if found.maps else "Not known"
        return Fact("Radiation", value, f"0 {_of_maps(view)}", evidence, known=bool(found.maps))
    sides = f"left {found.radiating_left:,}, right {found.radiating_right:,}"
    return Fact("Radiation", f"Lower back: {_of(found.radiating, found.maps)}", sides, evidence)


def _below_knee(view: PainMapView) -> Fact:
    found = view.radiation
    rule = (
        "Maps with pain in shin, calf, ankle or foot, by side, lower back or not (reference 3, rule 5). Pain below the "
        "knee on one side with back pain is a question for the examination, not an answer (reference 8.2). All marks, "
        "whatever filter is chosen."
    )
    evidence = evidence_of(view, "Below the knee", rule, several(found.maps, "map"))
    left, right = found.below_knee_left, found.below_knee_right
    value = f"Left {left:,}, right {right:,}" if left or right else "None" if found.maps else "Not known"
    return Fact("Below the knee", value, _of_maps(view), evidence, known=bool(found.maps))


def _spots(view: PainMapView) -> Fact:
    total = view.radiation.maps
    named = [f"{words} {view.spots[spot]:,}" for spot, words in SPOTS.items() if view.spots[spot]]
    rule = (
        "The back spots that the source article names (vocabulary, reference 3); the last one only together with "
        f"the lower back in the same entry. Number of {several(total, 'map')} on which each hurts; most: at least "
        "half [P]. All marks, whatever filter is chosen."
    )
    evidence = evidence_of(view, "Back spots", rule, _or_none(named))
    often = sum(view.spots[spot] * 2 >= max(total, 1) for spot in SPOTS)
    short = [f"{words} {view.spots[spot]:,}" for spot, words in SPOT_SHORT.items() if view.spots[spot]]
    detail = f"{listed(short, 4)} {_of_maps(view)}" if short else _of_maps(view)
    value = f"{often} of 4 on most maps" if short else "None" if total else "Not known"
    return Fact("Back spots of the article", value, detail, evidence, known=bool(total))


SPOT_SHORT = {
    "between_shoulder_blades": "between the blades",
    "upper_back_trapezius": "trapezius",
    "lower_back": "lower back",
    "radiating_buttock_leg": "radiating",
}


def _wpi(view: PainMapView) -> Fact:
    found, week = view.wpi, days("wpi_window_days")
    first = view.periods.now.end - timedelta(days=week - 1)
    low = f": low completeness, under {days('wpi_min_days')}" if found.low_completeness else ""
    past = view.periods.now.end < view.as_of
    which = f"{week} days ({span(Period(first, view.periods.now.end))})" if past else f"the last {week} days"
    rested = f"{found.days_logged} of {which} with a map{low}"
    areas = [area.replace("_", " ") for area in found.areas]
    rows = (
        (
            "Rule",
            "Areas of 19 that hurt on any of the period's last 7 days, strict mapping (reference 3, decisions 1-4).",
        ),
        ("Inputs", f"areas: {_or_none(areas)}"),
        ("Dates", f"{full_day(first)} – {full_day(view.periods.now.end)}"),
        ("Rests on", f"{rested}. All marks, whatever filter is chosen."),
        ("To do", "An estimate from the map: the 19 areas are to be confirmed with the patient for the past week."),
    )
    value = f"About {found.count} of 19" if found.days_logged else "Not known"
    evidence = Evidence("WPI estimate", rows)
    return Fact("WPI estimate", value, rested, evidence, known=bool(found.days_logged))


def evidence_of(view: PainMapView, title: str, rule: str, inputs: str) -> Evidence:
    only = f", only those that are {filtered(view.chosen)}" if view.chosen and inputs.startswith("marks") else ""
    rows = (("Rule", rule), ("Inputs", f"{inputs}{only}"), *dates(view), ("Rests on", rests_on(view)))
    return Evidence(title, rows)


def _inputs(view: PainMapView) -> str:
    kinds = [kind for kind in view.difference.kinds if kind]
    told = [f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)]
    noise = f"; {counted(len(view.difference.noise), 'region')} kept apart as noise" if view.difference.noise else ""
    return f"typical maps of both periods, regions: {listed(told, 9) or 'none'}{noise}"


def _or_none(items: list[str]) -> str:
    return listed(items, 20) or "none"


def _of(count: int, of: int) -> str:
    return f"{count:,} of {several(of, 'map')}"


def _percent(share: float) -> str:
    return number(share, 0, "%")


def signed(index: float) -> str:
    """'+0.40', '−0.25', '0.00'."""
    shown = f"{displayed(abs(index), INDEX_PLACES):.{INDEX_PLACES}f}"
    return shown if float(shown) == 0 else f"{'+' if index > 0 else '−'}{shown}"
