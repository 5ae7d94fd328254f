"""The pain map in words: what its maps show and rest on, its filter, and why there is no map."""

from collections.abc import Mapping

import numpy as np

from clinical.body_map import active
from clinical.map_difference import RULE
from clinical.maps import Mode, RegionMap
from clinical.thresholds import limit
from dashboard.body_figure.wording import SELDOM
from dashboard.presenters.figures import side_rule
from dashboard.presenters.map_difference import WITHIN_ERROR
from dashboard.presenters.words import counted, full_day, sentence_case, several, span
from dashboard.services.pain_map import Filter, PainMapView, Step

QUALITIES = {"tender_to_touch": "tender to touch"}
"""Where the code does not read by itself."""


PLAY = "play"


STEPS = {1: "By day", 7: "By week", 28: "By four weeks"}


def dates(view: PainMapView) -> tuple[tuple[str, str], ...]:
    return ("Dates", span(view.periods.now)), ("Compared with", span(view.periods.before))


def rests_on(view: PainMapView) -> str:
    now, before = view.periods.now, view.periods.before
    return (
        f"{several(view.map_days, 'day')} with a map, {view.completeness.days_logged:,} of {now.days:,} days logged; "
        f"before: {view.map_days_before:,} with a map, {view.logged_before:,} of {before.days:,} days logged"
    )


def quality(code: str) -> str:
    """'tender to touch'."""
    return QUALITIES.get(code, code)


def filtered(chosen: Filter) -> str:
    """'burning or aching, and deep'; '' where nothing is filtered."""
    kinds = " or ".join(quality(code) for code in chosen.qualities)
    return ", and ".join(part for part in (kinds, " or ".join(chosen.depths)) if part)


def option(code: str, counts: Mapping[str, int]) -> str:
    """'burning (212)': the quality or depth, and how many marks of the whole diary carry it."""
    return f"{quality(code)} ({counts.get(code, 0):,})"


def filter_help(marks: int, without_quality: int, without_depth: int) -> str:
    """What the filter counts, and what it cannot find."""
    return (
        f"Of {several(marks, 'painful mark')} in the whole diary, {without_quality:,} have no quality and "
        f"{without_depth:,} no depth on record: a filter leaves these out. Map, difference, measures and table follow "
        "it; radiation, back spots and the WPI estimate rest on all marks."
    )


def no_map(view: PainMapView) -> tuple[str, str]:
    """Why there is no map, and what to do."""
    whole = view.completeness
    if view.state == "never_logged":
        return (
            "Nothing logged yet",
            "Ask the patient to start the diary, fill in a first entry together under Add entry, or have a diary file "
            "brought in. One filled-in map is enough for this page.",
        )
    if view.state == "undated_only":
        return (
            "No map with a date",
            f"{several(view.undated, 'entry', 'entries')} came in without a date. They are kept and shown below, and "
            "are never placed on a time axis, because a day that was made up would be worse than none.",
        )
    if view.state == "no_maps":
        return (
            "No body map in this period",
            f"{several(whole.days_logged, 'day')} of {whole.days:,} logged, none of them with a map. That says nothing "
            f"about where it hurts. {_last_map(view)}",
        )
    last = full_day(whole.last_entry) if whole.last_entry else "not known"
    return (
        "No diary entry in this period",
        f"{several(whole.days, 'day')} without an entry. The last entry was on {last}. Choose a longer period.",
    )


def _last_map(view: PainMapView) -> str:
    days_with_map = view.diary.dates()[view.diary.has_map]
    if not days_with_map.size:
        return "The diary holds no map at all."
    return f"The last map is of {full_day(days_with_map[-1].item())}. Choose a longer period."


def now_caption(view: PainMapView, shown: RegionMap) -> str:
    """What the large map rests on, under it."""
    if not shown.days_with_map:
        return "No day with a body map in this period"
    if shown.mode == "change" and not view.difference.comparable:
        return f"{several(view.map_days, 'map day')} now, no map in the period before"
    drawn = int(shown.drawn.sum())
    rests = several(shown.days_with_map, "map day")
    return f"{several(drawn, 'region')} · {rests} of {view.completeness.days_logged:,} logged"


def map_rule(view: PainMapView, shown: RegionMap, mode: Mode) -> str:
    """The rule behind the large map."""
    earlier = "" if mode == "change" else " Faint: hurt earlier, typically in the period before."
    if mode == "latest":
        earlier = " Faint: hurt on another day of this period."
    only = f" Only marks that are {filtered(view.chosen)}." if view.chosen else ""
    return f"{sentence_case(shown.note)}.{only}{earlier}{side_rule(shown)} Left and right are the patient's."


def before_title(view: PainMapView) -> str:
    """'Before: 5 Oct – 1 Nov 2026'."""
    return f"Before: {span(view.periods.before)}"


def before_caption(view: PainMapView) -> str:
    """What the map of the period before rests on."""
    if not view.map_days_before:
        return f"No map · {several(view.logged_before, 'day')} logged"
    drawn = int(view.difference.before.drawn.sum())
    return f"{several(drawn, 'region')} · {several(view.map_days_before, 'map day')}"


def before_rule(view: PainMapView) -> str:
    """The rule behind the map of the period before."""
    return f"{sentence_case(view.difference.before.note)}. {span(view.periods.before)}. Choose other days above."


def difference_title(view: PainMapView) -> str:
    """'Difference: 2 new, 1 gone, 3 slight', as many as the map has signs."""
    found = view.facts
    if not found.comparable:
        return "Difference: nothing to compare"
    counts = {
        "new": len(found.new),
        "gone": len(found.gone),
        "stronger": len(found.stronger),
        "weaker": len(found.weaker),
        "slight": found.slightly,
        "oftener": len(found.oftener),
        "seldomer": len(found.seldomer),
        WITHIN_ERROR: len(view.difference.noise),
    }
    return f"Difference: {', '.join(f'{count} {kind}' for kind, count in counts.items() if count) or 'none'}"


def difference_rule(view: PainMapView) -> str:
    """The rule behind the difference map, the map's own error included."""
    apart = counted(len(view.difference.noise), "region")
    slight = f"Slight: under {limit('important_pain_points'):.0f} points"
    noise = f"Counted apart as {WITHIN_ERROR}: {apart}"
    return f"Typical now against typical before, as displayed. {slight}. {noise}. {RULE}"


def seldom(view: PainMapView, step: Step) -> frozenset[int]:
    """The regions of a step that hurt on few of its days with a map, as the typical map tells them."""
    if step.days < 2:
        return frozenset()
    maps = view.diary.during(step.period)
    days = active(maps.maps[maps.has_map]).sum(axis=0)
    share = np.floor(100 * days / step.days + 0.5)
    return frozenset(np.flatnonzero((days > 0) & (share < SELDOM)).tolist())


def frame_label(step: Step) -> str:
    """'16 – 22 Nov 2026', or the day."""
    return full_day(step.period.start) if step.period.days == 1 else span(step.period)
