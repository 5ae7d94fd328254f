"""The measures of the pain map in words: over both periods, and over time."""

import numpy as np

from clinical.spread import DEFINITIONS, Steps
from dashboard.presenters.pain_map import filtered, rests_on
from dashboard.presenters.pain_map_facts import Fact, evidence_of
from dashboard.presenters.words import escaped, number, sentence_case, several
from dashboard.services.pain_map import PainMapView

OURS = "A count of our own, without a published cut-off: to look at, not to judge by."


MEASURES: dict[str, tuple[str, str, int]] = {
    "regions": ("Regions in pain", "", 1),
    "area": ("Share of the figure", "%", 1),
    "mean_intensity": ("Mean intensity", "", 1),
    "summed_intensity": ("Summed intensity", "", 0),
    "laterality": ("Laterality index", "", 2),
    "above_waist": ("Above the waist", "", 1),
    "below_waist": ("Below the waist", "", 1),
    "axial": ("Axial", "", 1),
    "limb": ("Limb", "", 1),
    "widespread": ("Widespread days", "%", 0),
}
"""Each measure: its name, unit and decimals."""


def measures(view: PainMapView) -> tuple[Fact, ...]:
    """Each measure over the whole period, beside the period before."""
    return tuple(_measure(view, name) for name in MEASURES)


def _measure(view: PainMapView, name: str) -> Fact:
    title, unit, places = MEASURES[name]
    now, before = (_only(getattr(course, name)) for course in (view.now, view.before))
    evidence = evidence_of(view, title, f"{sentence_case(DEFINITIONS[name])}. {OURS}", "marks of every map day")
    was = _nothing_before(view) if before is None else f"was {number(before, places, unit)}"
    return Fact(title, number(now, places, unit), was, evidence, known=now is not None)


def chart_title(view: PainMapView, named: str = "") -> str:
    """'11.2 regions a map day, was 9.8'; with regions selected, that their pain is on top."""
    now, before = _only(view.now.regions), _only(view.before.regions)
    if now is None:
        return "Measures over time: no map in this period"
    was = f", was {number(before)}" if before is not None else f", {_nothing_before(view)}"
    here = f" · on top: {named}" if named else ""
    only = f" marked as {filtered(view.chosen)}" if view.chosen else ""
    return f"{number(now)} regions{only} a map day{was}{here}"


def _nothing_before(view: PainMapView) -> str:
    """Why there is no value before: no map, or maps without what is measured."""
    if not view.map_days_before:
        return "nothing before to compare"
    return f"not known before ({several(view.map_days_before, 'map day')})"


def chart_caption(view: PainMapView) -> str:
    """What a point of the chart is."""
    each = {1: "one point a day", 7: "one point a week"}.get(view.course.step_days, "one point each four weeks")
    return f"{each} · hatched: no map"


def chart_help(view: PainMapView) -> str:
    """What each measure is, and how to read the chart."""
    return f"{rests_on(view)}. Gaps are never drawn through.\n\n{definitions()}"


def chart_spoken(view: PainMapView, named: str) -> str:
    """The chart for a screen reader; the same measures stand in words under it."""
    return f"{chart_title(view, named)}. {rests_on(view)}. The measures stand in words below the chart."


def definitions() -> str:
    """What each measure is, as a Markdown list."""
    lines = [f"- **{MEASURES[name][0]}**: {escaped(words)}" for name, words in DEFINITIONS.items()]
    return "\n".join([*lines, "", OURS])


def _only(values: Steps) -> float | None:
    return float(values[0]) if len(values) and np.isfinite(values[0]) else None
