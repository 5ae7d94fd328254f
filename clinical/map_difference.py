"""What changed on the body map between two periods: a kind for each region, and the facts that are said of it.

Both maps are typical maps (`clinical.maps.typical`). Left and right are the patient's. What one person marks twice
differs by itself, most on the back and the shoulders: where a period has a drawing or two at most, one adjacent
region there is kept apart as noise (reference 2.1).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGION_COUNT, REGIONS, Side, neighbours
from clinical.diary import Diary
from clinical.maps import RegionMap, as_often, oftener, painful, typical
from clinical.parts import (
    BACK,
    BACK_AND_SHOULDERS,
    BELOW_KNEE,
    LEFT,
    MIDLINE_SPINE,
    RIGHT,
    acr_regions,
    prevailing_side,
    sides_of,
)
from clinical.thresholds import cited, days, limit

Kind = Literal["new", "gone", "stronger", "weaker", "unchanged", "unrated", ""]
Flags = NDArray[np.bool_]

NOISE_SOURCE = (
    "Scherrer KH et al. Pain Reports 2021;6:e880: two ways of filling in a map disagree on under 10 % of segments, on "
    "the back and shoulders on about 15-19 %, mostly by side and misread borders [V]; that one adjacent region there "
    "is noise is our own rule, and a change of side never is [P]. It is about one drawing against another: only where "
    f"a period has {days('map_noise_days')} days with a map or fewer ({cited('map_noise_days')}); never the midline "
    f"spine at {limit('spine_pointer_intensity'):.0f} or more ({cited('spine_pointer_intensity')})"
)
RULE = (
    "new: typical now and not before, and at least "
    f"{limit('region_share_times'):.0f} times as often as before ({cited('region_share_times')}); gone: the other way "
    "round; in both but oftener or seldomer: as many times as often, from "
    f"{days('change_min_days')} days with a map in each period on; stronger and weaker: typical intensity as "
    "displayed; not typical is never counted as 0. "
    f"In the sentence a change of intensity is told from {limit('important_pain_points'):.0f} points on "
    f"({cited('important_pain_points')}; for one region our own use [P]). One side: at least "
    f"{limit('map_side_times'):.0f} times the painful regions of the other ({cited('map_side_times')}). Widespread: at "
    f"least {limit('widespread_regions'):.0f} of 5 regions ({cited('widespread_regions')}). Noise: {NOISE_SOURCE}."
)


@dataclass(frozen=True, slots=True, eq=False)
class MapDifference:
    """A kind for each of the 74 regions, in vocabulary order, from the typical maps of two periods.

    '' hurt in neither; 'unrated' hurts in both, in one of them without an intensity. All are '' where `comparable` is
    false: a period has no map. `noise`: new or gone regions within the map's own error. `as_often`: typical in one
    period only, yet hardly more often than in the other; they count as unchanged. `oftener`, `seldomer`: typical in
    both, whatever the intensity did.
    """

    kinds: tuple[Kind, ...]
    now: RegionMap
    before: RegionMap
    days_now: int
    days_before: int
    comparable: bool
    noise: frozenset[int]
    rule: str
    as_often: frozenset[int] = frozenset()
    oftener: frozenset[int] = frozenset()
    seldomer: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """One region of the sentence: typical intensities 1-10 (None: none, or not rated) and the days it hurt on."""

    region_id: str
    now: int | None
    before: int | None
    hurt_now: int
    hurt_before: int


@dataclass(frozen=True, slots=True)
class DifferenceFacts:
    """What the sentence about a difference says; every list is in vocabulary order and leaves the noise out.

    `oftener`, `seldomer`: typical in both periods, also where the intensity changed. `stronger`, `weaker`: by the
    points that matter or more (threshold `important_pain_points`); `slightly` counts the
    smaller changes. `below_knee_*`: the sides ('left', 'right') of typical pain in shin, calf, ankle or foot, `ever`
    those of such pain on any day.
    `side_*`: where most of the pain lies, '' where on no side; `one_side_only`: all of it, in both periods.
    `acr_*`: of the five regions of the 2016 criteria; `reach`: what the pain became, widespread or only regional, ''
    where it stayed (noise alone changes neither).
    """

    days_now: int
    days_before: int
    comparable: bool
    few_days: bool
    same: bool
    regions_now: int
    regions_before: int
    new: tuple[Shown, ...]
    gone: tuple[Shown, ...]
    stronger: tuple[Shown, ...]
    weaker: tuple[Shown, ...]
    slightly: int
    oftener: tuple[Shown, ...]
    seldomer: tuple[Shown, ...]
    unrated: int
    noise_new: tuple[Shown, ...]
    noise_gone: tuple[Shown, ...]
    below_knee_now: tuple[Side, ...]
    below_knee_before: tuple[Side, ...]
    below_knee_ever_now: tuple[Side, ...]
    below_knee_ever_before: tuple[Side, ...]
    side_now: Literal["left", "right", ""]
    side_before: Literal["left", "right", ""]
    one_side_only: bool
    acr_now: tuple[str, ...]
    acr_before: tuple[str, ...]
    reach: Literal["widespread", "regional", ""]
    back_only_before: bool
    back_only_now: bool

    @property
    def below_knee_new(self) -> tuple[Side, ...]:
        """The sides on which pain below the knee is new."""
        return tuple(side for side in self.below_knee_now if side not in self.below_knee_before)

    @property
    def below_knee_gone(self) -> tuple[Side, ...]:
        """The sides on which pain below the knee is gone."""
        return tuple(side for side in self.below_knee_before if side not in self.below_knee_now)

    @property
    def shifted(self) -> bool:
        """Whether the pain lay on one side, wholly or for the most part, and now lies on the other."""
        return {self.side_now, self.side_before} == {"left", "right"}


def difference(now: Diary, before: Diary) -> MapDifference:
    """The difference of the typical maps of two periods; nothing is compared where one of them has no map."""
    current, former = typical(now), typical(before)
    comparable = current.days_with_map > 0 and former.days_with_map > 0
    enough = comparable and not _few_days(current, former)
    alike = as_often(current, former)
    hurts, hurt = painful(current) | alike, painful(former) | alike
    return MapDifference(
        kinds=_kinds(current, former, hurts, hurt, alike) if comparable else _KINDS[-1:] * REGION_COUNT,
        now=current,
        before=former,
        days_now=current.days_with_map,
        days_before=former.days_with_map,
        comparable=comparable,
        noise=_noise(current, former, hurts, hurt) if comparable else frozenset(),
        rule=f"Typical: {current.note}; {RULE}",
        as_often=_places(alike & comparable),
        oftener=_places(oftener(current, former) & enough),
        seldomer=_places(oftener(former, current) & enough),
    )


def facts(found: MapDifference) -> DifferenceFacts:
    """What is to be said of a difference; only days and the missing period where it is not comparable."""
    hurts, hurt = _compared(found)
    without_noise = hurts.copy()
    for index in found.noise:
        without_noise[index] = hurt[index]
    named = {kind: _shown(found, kind) for kind in ("new", "gone", "stronger", "weaker")}
    needed = limit("important_pain_points")
    often, seldom = ([_one(found, i) for i in sorted(each)] for each in (found.oftener, found.seldomer))
    stronger, weaker = ([one for one in named[kind] if _points(one) >= needed] for kind in ("stronger", "weaker"))
    typical_now, typical_before = painful(found.now), painful(found.before)
    return DifferenceFacts(
        days_now=found.days_now,
        days_before=found.days_before,
        comparable=found.comparable,
        few_days=found.comparable and _few_days(found.now, found.before),
        same=found.comparable and not any((named["new"], named["gone"], stronger, weaker, often, seldom)),
        regions_now=int(hurts.sum()),
        regions_before=int(hurt.sum()),
        new=tuple(named["new"]),
        gone=tuple(named["gone"]),
        stronger=tuple(stronger),
        weaker=tuple(weaker),
        slightly=len(named["stronger"]) + len(named["weaker"]) - len(stronger) - len(weaker),
        oftener=tuple(often),
        seldomer=tuple(seldom),
        unrated=found.kinds.count("unrated"),
        noise_new=tuple(_one(found, index) for index in sorted(found.noise) if found.kinds[index] == "new"),
        noise_gone=tuple(_one(found, index) for index in sorted(found.noise) if found.kinds[index] == "gone"),
        below_knee_now=sides_of(hurts & BELOW_KNEE),
        below_knee_before=sides_of(hurt & BELOW_KNEE),
        below_knee_ever_now=sides_of((found.now.days_marked > 0) & BELOW_KNEE),
        below_knee_ever_before=sides_of((found.before.days_marked > 0) & BELOW_KNEE),
        side_now=prevailing_side(without_noise),
        side_before=prevailing_side(hurt),
        one_side_only=len(_sided(without_noise)) == len(_sided(hurt)) == 1,
        acr_now=acr_regions(typical_now),
        acr_before=acr_regions(typical_before),
        reach=_reach((typical_now, hurts, without_noise), (typical_before, hurt)),
        back_only_before=_only(hurt, BACK),
        back_only_now=_only(hurts, BACK),
    )


def _compared(found: MapDifference) -> tuple[Flags, Flags]:
    """What hurts now and what hurt before, as compared: a region that hurts as often as before does in both."""
    alike = np.isin(np.arange(REGION_COUNT), list(found.as_often))
    return painful(found.now) | alike, painful(found.before) | alike


def _places(flags: Flags) -> frozenset[int]:
    return frozenset(np.flatnonzero(flags).tolist())


_KINDS: tuple[Kind, ...] = ("new", "gone", "stronger", "weaker", "unchanged", "unrated", "")


def _kinds(current: RegionMap, former: RegionMap, hurts: Flags, hurt: Flags, alike: Flags) -> tuple[Kind, ...]:
    points = current.values - former.values  # NaN where one of them has no intensity
    choices = [hurts & ~hurt, hurt & ~hurts, points > 0, points < 0, (points == 0) | alike, hurts & hurt]
    chosen = np.select(choices, list(range(len(choices))), len(choices))
    return tuple(_KINDS[place] for place in chosen.tolist())


def _few_days(current: RegionMap, former: RegionMap) -> bool:
    """Too few days with a map in a period: a single day more or less would pass for another frequency."""
    return min(current.days_with_map, former.days_with_map) < days("change_min_days")


def _noise(current: RegionMap, former: RegionMap, hurts: Flags, hurt: Flags) -> frozenset[int]:
    """New and gone regions that one misread border explains: at most one of each, on the back or the shoulders.

    Only where a period holds a drawing or two: what is drawn day after day is no slip of the hand.
    """
    if min(current.days_with_map, former.days_with_map) > days("map_noise_days"):
        return frozenset()
    found = {*_misread(hurts & ~hurt, hurt), *_misread(hurt & ~hurts, hurts)}
    return frozenset(found) - _places(MIDLINE_SPINE & (_strong(current) | _strong(former)))


def _strong(shown: RegionMap) -> Flags:
    strong: Flags = shown.values >= limit("spine_pointer_intensity")
    return strong


def _misread(changed: Flags, other: Flags) -> list[int]:
    """The only changed region of back and shoulders, if it touches one that hurt in the other period."""
    places = np.flatnonzero(changed & BACK_AND_SHOULDERS)
    touched = [i for i in places if _beside(int(i), other & BACK_AND_SHOULDERS)]
    return [int(touched[0])] if len(places) == 1 and touched else []


def _beside(place: int, painful: Flags) -> bool:
    """Whether it touches a painful region; one across the midline does not count: a change of side is never noise."""
    region = REGIONS[place]
    near = (REGIONS[i] for i in np.flatnonzero(painful) if REGIONS[i].region_id in neighbours(region.region_id))
    return any("midline" in (region.side, one.side) or region.side == one.side for one in near)


def _shown(found: MapDifference, kind: Kind) -> list[Shown]:
    return [_one(found, i) for i, each in enumerate(found.kinds) if each == kind and i not in found.noise]


def _one(found: MapDifference, index: int) -> Shown:
    return Shown(
        REGIONS[index].region_id,
        _whole(found.now.values[index]),
        _whole(found.before.values[index]),
        int(found.now.days_marked[index]),
        int(found.before.days_marked[index]),
    )


def _whole(value: np.float32) -> int | None:
    return None if np.isnan(value) else int(value)


def _points(one: Shown) -> int:
    return 0 if one.now is None or one.before is None else abs(one.now - one.before)


def _sided(painful: Flags) -> tuple[Side, ...]:
    return sides_of(painful & (LEFT | RIGHT))


def _reach(now: tuple[Flags, ...], before: tuple[Flags, ...]) -> Literal["widespread", "regional", ""]:
    """What the pain became, when every way of looking at the two maps says so."""
    if not all(painful.any() for painful in (*now, *before)):
        return ""
    is_now, was = {_widespread(painful) for painful in now}, {_widespread(painful) for painful in before}
    if len(is_now) > 1 or len(was) > 1 or is_now == was:
        return ""
    return "widespread" if True in is_now else "regional"


def _widespread(painful: Flags) -> bool:
    return len(acr_regions(painful)) >= days("widespread_regions")


def _only(painful: Flags, part: Flags) -> bool:
    return bool(painful.any()) and not bool((painful & ~part).any())
