"""What the pain map says beyond where it hurts: each statement with its rule, inputs, dates and the days it has."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from clinical.fibromyalgia import ACR_REGIONS
from clinical.map_difference import RULE
from clinical.rounding import displayed
from clinical.spread import DEFINITIONS
from clinical.thresholds import cited, days
from dashboard.presenters import map_difference as difference
from dashboard.presenters.evidence import Evidence
from dashboard.presenters.pain_map import dates, filtered, rests_on
from dashboard.presenters.words import counted, full_day, listed, sentence_case, several
from dashboard.services.pain_map import PainMapView

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


@dataclass(frozen=True, slots=True)
class Lead:
    """The sentence that says what changed, and the evidence behind it."""

    heading: str
    text: str
    evidence: Evidence


def lead(view: PainMapView) -> Lead:
    """What changed between the two periods, in words."""
    text = difference.sentence(view.facts)
    only = f"Only marks that are {filtered(view.chosen)}. " if view.chosen else ""
    rows = (
        ("Rule", f"Typical: {view.difference.now.note}. {RULE}"),
        ("Inputs", _inputs(view)),
        *dates(view),
        ("Rests on", rests_on(view)),
    )
    return Lead("What changed", only + text, Evidence("What changed on the map", rows))


def facts(view: PainMapView) -> tuple[Fact, ...]:
    """What the map of the period says beyond where it hurts, each with its evidence."""
    return (_reach(view), _side(view), _radiating(view), _below_knee(view), _spots(view), _wpi(view))


def _reach(view: PainMapView) -> Fact:
    found, widespread = view.typical, float(view.now.widespread[0]) if len(view.now) else np.nan
    reach = "widespread" if len(found.acr_regions) >= days("widespread_regions") else "regional"
    value = f"{sentence_case(reach)}: {len(found.acr_regions)} of 5" if found.regions else "No typical region"
    of_days = f" · widespread on {_percent(widespread)} of map days" if np.isfinite(widespread) else ""
    rule = (
        f"Regional or widespread of the typical map: {cited('widespread_regions')}. The criteria ask about one week; a "
        f"whole period's typical map is our own use [P]. On single days: {DEFINITIONS['widespread']}. "
        f"Area: {DEFINITIONS['area']}."
    )
    regions = [name.replace("_", " ") for name in ACR_REGIONS if name in found.acr_regions]
    evidence = evidence_of(view, "Widespread or regional", rule, f"regions of the five that hurt: {_or_none(regions)}")
    return Fact("Spread", value, f"{found.area:.0f} % of the figure{of_days}", evidence, known=bool(found.regions))


def _side(view: PainMapView) -> Fact:
    index = float(view.now.laterality[0]) if len(view.now) else np.nan
    evidence = evidence_of(view, "Left or right", DEFINITIONS["laterality"], "marks of every map day of the period")
    if np.isnan(index):
        return Fact("Side", "Not known", "no pain beside the midline", evidence, known=False)
    former = float(view.before.laterality[0]) if len(view.before) else np.nan
    was = f", was {signed(former)}" if np.isfinite(former) else ""
    return Fact("Side", _prevails(index), f"index {signed(index)}{was} (right −1, left +1)", evidence)


def _prevails(index: float) -> str:
    """Rounded to what is displayed, then said: the index has no published cut-off."""
    shown = signed(index)
    if shown == "0.0":
        return "Both sides alike"
    side = "left" if index > 0 else "right"
    return f"{sentence_case(side)} only" if shown.endswith("1.0") else f"More on the {side}"


def _radiating(view: PainMapView) -> Fact:
    found = view.radiation
    rule = (
        "A map counts when a lower-back region and a buttock or leg region hurt in the same entry (reference 3, "
        "rule 5). All marks, whatever filter is chosen."
    )
    evidence = evidence_of(view, "Radiation from the lower back", rule, several(found.maps, "map"))
    if not found.radiating:
        return Fact("Radiation", "Not radiating", f"0 of {several(found.maps, 'map')}", evidence)
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
    value = f"Left {left:,}, right {right:,}" if left or right else "None"
    return Fact("Below the knee", value, f"of {several(found.maps, 'map')}", evidence)


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
    detail = f"{listed(short, 4)} of {several(total, 'map')}" if short else f"of {several(total, 'map')}"
    return Fact("Back spots of the article", f"{often} of 4 on most maps" if short else "None", detail, evidence)


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
    rested = f"{found.days_logged} of the last {week} days with a map{low}"
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
    return f"{share:.0f} %"


def signed(index: float) -> str:
    """'+0.4', '−0.2', '0.0'."""
    shown = f"{displayed(abs(index), 1):.1f}"
    return shown if shown == "0.0" else f"{'+' if index > 0 else '−'}{shown}"
