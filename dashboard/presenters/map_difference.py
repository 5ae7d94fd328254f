"""The difference of two body maps as a sentence, and as the words of each region; left and right are the patient's.

What is said, and in this order: wider or narrower, a change of side, below the knee, new and gone, stronger and weaker,
oftener and seldomer, what lies within the error of drawing, and on how many days with a map it all rests.
"""

from collections.abc import Iterable, Sequence

from clinical.body_map import REGIONS
from clinical.map_difference import DifferenceFacts, MapDifference, Shown
from clinical.maps import RegionMap
from clinical.thresholds import days, limit
from dashboard.presenters.regions import places
from dashboard.presenters.words import sentence_case, several
from dashboard.services.pain_map_faint import otherwise, why

MOST_PLACES = 6
MOST_WITH_NUMBERS = 4
WITHIN_ERROR = "within drawing error"


def sentence(facts: DifferenceFacts) -> str:
    """The difference in one to a few plain sentences, the last one the days with a map that both periods rest on."""
    if not facts.comparable:
        return _nothing_to_compare(facts)
    said = [*_spread(facts), *_side(facts), *_below_knee(facts), *_places(facts)]
    said += _same(facts) if facts.same else _noise(facts)
    return "".join(f"{sentence_case(part)}. " for part in (*said, *_days(facts))).rstrip()


def words(found: MapDifference) -> tuple[str, ...]:
    """What is said of each of the 74 regions, in vocabulary order; '' where it hurt in neither period."""
    faint = {index: _otherwise(found, *hurt) for index, hurt in otherwise(found).items()}
    return tuple(faint.get(index) or _words(found, index) for index in range(len(REGIONS)))


def _otherwise(found: MapDifference, now: int, before: int) -> str:
    """'hurt on 10 of 12 days, before on 3 of 11 days, not marked as burning'."""
    days_now, days_before = (several(shown.days_with_map, "day") for shown in (found.now, found.before))
    return f"hurt on {now} of {days_now}, before on {before} of {days_before}, {why(found.now)}"


def _nothing_to_compare(facts: DifferenceFacts) -> str:
    if not facts.days_now and not facts.days_before:
        return "No map in either period: there is nothing to compare."
    if not facts.days_now:
        return (
            f"No map in this period ({several(facts.days_before, 'day')} with a map before): nothing can be compared."
        )
    return f"No map in the period before ({several(facts.days_now, 'day')} with a map now): nothing can be compared."


def _days(facts: DifferenceFacts) -> Iterable[str]:
    yield f"{several(facts.days_now, 'day')} with a map now, {facts.days_before:,} before"
    if facts.few_days:
        yield f"Fewer than {days('change_min_days')} days with a map in a period: little to go on"


def _same(facts: DifferenceFacts) -> Iterable[str]:
    if not facts.regions_now and not facts.regions_before:
        yield "no region hurt typically in either period"
        return
    parts = ["the same map", several(facts.regions_before, "region")]
    if facts.slightly:
        parts.append(f"no intensity changed by {limit('important_pain_points'):.0f} points or more")
    if facts.unrated:
        parts.append(f"{facts.unrated} without an intensity to compare")
    yield ", ".join(parts)
    yield from _noise(facts)


def _spread(facts: DifferenceFacts) -> Iterable[str]:
    if facts.regions_before and not facts.regions_now:
        yield "no region hurts typically any more"
    if facts.regions_now and not facts.regions_before:
        yield "no region hurt typically before"
    of_five = f"{_of_five(facts.acr_now)}, was {len(facts.acr_before)}"
    if facts.reach == "widespread":
        yield f"pain spread from {_where(facts.back_only_before)} to widespread ({of_five})"
    elif facts.reach == "regional":
        yield f"pain is no longer widespread, {_narrowed(facts)} ({of_five})"


def _where(back_only: bool) -> str:
    return "the back alone" if back_only else "regional pain"


def _narrowed(facts: DifferenceFacts) -> str:
    return "it is in the back alone" if facts.back_only_now else "it is regional"


def _of_five(regions: Sequence[str]) -> str:
    return f"{len(regions)} of 5 regions of the 2016 criteria"


def _side(facts: DifferenceFacts) -> Iterable[str]:
    if facts.shifted:
        pain = "pain" if facts.one_side_only else "most of the pain"
        yield f"{pain} shifted from the {facts.side_before} side to the {facts.side_now}"


def _below_knee(facts: DifferenceFacts) -> Iterable[str]:
    yield from _on_sides(
        "new pain below the knee on {}", facts.below_knee_new, facts.below_knee_ever_before, ever=False
    )
    yield from _on_sides(
        "pain below the knee on {} is typical now", facts.below_knee_new, facts.below_knee_ever_before, ever=True
    )
    yield from _on_sides(
        "no more pain below the knee on {}", facts.below_knee_gone, facts.below_knee_ever_now, ever=False
    )
    yield from _on_sides(
        "pain below the knee on {} is no longer typical", facts.below_knee_gone, facts.below_knee_ever_now, ever=True
    )


def _on_sides(text: str, sides: Sequence[str], hurt_at_all: Sequence[str], *, ever: bool) -> Iterable[str]:
    """The text with those of the sides that hurt now and then in the other period (`ever`), or never."""
    if found := [f"the {side}" for side in sides if (side in hurt_at_all) == ever]:
        yield text.format(" and ".join(found))


def _places(facts: DifferenceFacts) -> Iterable[str]:
    before, now = facts.days_before, facts.days_now
    yield from _listed("new", [one for one in facts.new if not one.hurt_before])
    yield from _oftener("typical now", [one for one in facts.new if one.hurt_before], now, before)
    yield from _listed("gone", [one for one in facts.gone if not one.hurt_now])
    yield from _oftener("no longer typical", [one for one in facts.gone if one.hurt_now], now, before)
    yield from _changed("stronger", facts.stronger)
    yield from _changed("weaker", facts.weaker)
    yield from _oftener("oftener", facts.oftener, now, before)
    yield from _oftener("seldomer", facts.seldomer, now, before)


def _listed(lead: str, found: Sequence[Shown]) -> Iterable[str]:
    if found:
        yield f"{lead}: {_joined(places(one.region_id for one in found))}"


def _joined(each: Sequence[str], most: int = MOST_PLACES) -> str:
    """The places with commas between them, as names of places hold an 'and' themselves."""
    more = len(each) - most
    return ", ".join(each) if more < 2 else f"{', '.join(each[:most])} and {more} more"


def _oftener(lead: str, found: Sequence[Shown], now: int, before: int) -> Iterable[str]:
    """Regions that hurt in both periods, in one of them far more often: with the days that make the difference."""
    each = [f"{_name(one)} ({one.hurt_now} of {now} days, was {one.hurt_before} of {before})" for one in found]
    if each:
        yield f"{lead}: {_joined(each, MOST_WITH_NUMBERS)}"


def _changed(lead: str, found: Sequence[Shown]) -> Iterable[str]:
    each = [f"{_name(one)} ({one.now}, was {one.before})" for one in found]
    if each:
        yield f"{lead}: {_joined(each, MOST_WITH_NUMBERS)}"


def _noise(facts: DifferenceFacts) -> Iterable[str]:
    each = [f"{_name(one)} new" for one in facts.noise_new] + [f"{_name(one)} gone" for one in facts.noise_gone]
    if each:
        which = "one adjacent back or shoulder region" if len(each) == 1 else "adjacent back or shoulder regions"
        yield f"within drawing error, so counted apart: {', '.join(each)} ({which})"


def _name(one: Shown) -> str:
    return places([one.region_id])[0]


def _words(found: MapDifference, index: int) -> str:
    kind = found.kinds[index]
    now, before = found.now.values[index], found.before.values[index]
    match kind:
        case "":
            return ""
        case "new" | "gone":
            return f"{kind}: {_typically(found, index)}{_error(found, index)}"
        case "unchanged" if index in found.as_often:
            return f"about as often: {_days_of(found.now, index)}; before {_days_of(found.before, index)}"
        case "unchanged":
            return f"unchanged: {now:.0f}{_how_often(found, index)}"
        case "unrated":
            return f"hurts in both periods; without an intensity in one of them{_how_often(found, index)}"
    return f"{kind}: {now:.0f}, was {before:.0f}{_how_often(found, index)}"


def _how_often(found: MapDifference, index: int) -> str:
    """'; oftener: on 21 of 26 days, before on 5 of 25 days'."""
    if index not in found.oftener | found.seldomer:
        return ""
    lead = "oftener" if index in found.oftener else "seldomer"
    return f"; {lead}: {_days_of(found.now, index)}, before {_days_of(found.before, index)}"


def _typically(found: MapDifference, index: int) -> str:
    """'6 on 20 of 26 days; before on 1 of 80 days', or the other way round for a region that is gone."""
    shown, other = (found.now, found.before) if found.kinds[index] == "new" else (found.before, found.now)
    value = "" if shown.present[index] else f"{shown.values[index]:.0f} "
    here, there = f"{value}{_days_of(shown, index)}", _days_of(other, index)
    return f"{here}; before {there}" if found.kinds[index] == "new" else f"was {here}; now {there}"


def _days_of(shown: RegionMap, index: int) -> str:
    return f"on {shown.days_marked[index]} of {several(shown.days_with_map, 'day')}"


def _error(found: MapDifference, index: int) -> str:
    return f" ({WITHIN_ERROR})" if index in found.noise else ""
