"""Where one person hurts: a stable pattern over the 74 regions, its qualities and depth, and where flares spread to.

Widespread patterns follow how often people with fibromyalgia report each area: neck 81.4 %, upper back 70.1 %, lower
back 83.2 % (Salaffi 2016, reference 1.7). The other shares are ours. Regional patterns follow the article's three back
spots: between the shoulder blades, the trapezius, and the lower back radiating to buttocks and legs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from clinical.body_map import REGION_COUNT, REGION_INDEX, REGIONS, mirror
from data_access.demo.traits import PatientPlan

Levels = NDArray[np.float64]

OFTEN_ENOUGH = 0.2
"""A region with this chance or more belongs to the pattern."""
RARELY = 0.0015
"""Chance of a mark outside the person's pattern on an ordinary day."""

AREAS: dict[str, tuple[tuple[str, float], ...]] = {
    "head": (("b_head", 0.6), ("f_head", 0.5)),
    "jaw": (("f_jaw", 0.9), ("f_face", 0.2)),
    "neck": (("b_neck", 1.0), ("f_neck", 0.15)),
    "shoulder": (("b_shoulder", 0.7), ("f_shoulder", 0.6)),
    "upper_back": (
        ("b_trapezius", 0.8), ("b_interscapular", 0.65), ("b_thoracic_spine", 0.35), ("b_scapula", 0.45),
        ("b_mid_back", 0.3),
    ),
    "lower_back": (("b_lumbar", 0.95), ("b_lumbar_spine", 0.5), ("b_sacroiliac", 0.45)),
    "chest": (("f_chest", 1.0),),
    "abdomen": (("f_abdomen", 1.0),),
    "upper_arm": (("f_upper_arm", 0.6), ("b_upper_arm", 0.6)),
    "lower_arm": (("f_forearm", 0.6), ("b_forearm", 0.4), ("b_elbow", 0.4), ("f_wrist_hand", 0.5)),
    "hip": (("b_buttock", 0.7), ("b_hip", 0.6), ("f_hip", 0.35), ("f_groin", 0.12)),
    "upper_leg": (("b_thigh", 0.6), ("f_thigh", 0.6)),
    "lower_leg": (("b_calf", 0.55), ("f_knee", 0.55), ("f_shin", 0.3), ("b_ankle_foot", 0.3), ("f_ankle_foot", 0.25)),
}  # fmt: skip
"""Parts of each area (region ids without side) with the chance that they belong to a pattern that has the area."""

WIDESPREAD: dict[str, float] = {
    "neck": 0.803, "upper_back": 0.7, "lower_back": 0.818, "shoulder": 0.68, "hip": 0.62, "upper_leg": 0.5,
    "lower_leg": 0.47, "upper_arm": 0.42, "lower_arm": 0.4, "head": 0.4, "chest": 0.22, "abdomen": 0.2, "jaw": 0.16,
}  # fmt: skip
"""Share with which each area is drawn. People without generalised pain are drawn again, which favours many areas: the
shares of the back that come out of it are those of the reference, which are a little higher than these."""

NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "neck": ("head", "shoulder", "upper_back"),
    "upper_back": ("neck", "shoulder", "lower_back"),
    "lower_back": ("hip", "upper_back", "upper_leg"),
    "shoulder": ("upper_arm", "neck"),
    "upper_arm": ("lower_arm", "shoulder"),
    "hip": ("upper_leg", "lower_back"),
    "upper_leg": ("lower_leg", "hip"),
    "lower_leg": ("upper_leg",),
    "head": ("jaw", "neck"),
}

_DOWN_THE_LEG = (
    ("b_lumbar", 0.93), ("b_sacroiliac", 0.62), ("b_buttock", 0.82), ("b_thigh", 0.68), ("b_knee", 0.3),
    ("b_calf", 0.5), ("b_ankle_foot", 0.28), ("f_thigh", 0.15), ("f_shin", 0.12),
)  # fmt: skip
_DOWN_THE_ARM = (
    ("b_shoulder", 0.9), ("f_shoulder", 0.75), ("b_trapezius", 0.6), ("f_upper_arm", 0.6), ("b_elbow", 0.35),
    ("f_forearm", 0.4), ("f_wrist_hand", 0.4), ("b_neck", 0.4),
)  # fmt: skip
_BOTH_SIDES: dict[str, tuple[tuple[str, float], ...]] = {
    "low_back": (("b_lumbar", 0.93), ("b_lumbar_spine", 0.6), ("b_sacroiliac", 0.5), ("b_buttock", 0.25)),
    "upper_back": (
        ("b_interscapular", 0.92), ("b_thoracic_spine", 0.55), ("b_trapezius", 0.75), ("b_scapula", 0.45),
        ("b_neck", 0.4), ("b_mid_back", 0.25),
    ),
    "neck_and_shoulders": (
        ("b_neck", 0.93), ("b_trapezius", 0.85), ("b_shoulder", 0.5), ("b_head", 0.35), ("f_shoulder", 0.25),
        ("b_interscapular", 0.3),
    ),
    "back_and_legs": (
        ("b_interscapular", 0.72), ("b_trapezius", 0.7), ("b_thoracic_spine", 0.4), ("b_mid_back", 0.35),
        ("b_lumbar", 0.94), ("b_lumbar_spine", 0.6), ("b_sacroiliac", 0.5), ("b_buttock", 0.7), ("b_thigh", 0.6),
        ("b_calf", 0.45), ("b_knee", 0.2),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyPattern:
    """One person's pattern; arrays have one value a region, in vocabulary order."""

    chance: Levels  # of a mark on an ordinary day
    offset: Levels  # points of a mark's intensity against the day's pain
    spread: Levels  # how much a flare raises the chance, in standard deviations per full flare
    qualities: tuple[tuple[str, ...], ...]
    flare_quality: tuple[str, ...]  # added to every region while a flare lasts; may be empty
    depth: tuple[str, ...]

    @property
    def sway(self) -> Levels:
        """How much a better or worse day moves the chance: fully inside the pattern, little outside."""
        return np.where(self.chance > 2 * RARELY, 1.0, 0.3)

    @property
    def threshold(self) -> Levels:
        """The normal deviate above which a region is marked on an ordinary day."""
        return np.asarray(-ndtri(self.chance), np.float64)


def draw_pattern(plan: PatientPlan) -> BodyPattern:
    """The pattern of one person; that of a 'right' pattern is the mirror image of the same person's 'left'."""
    random = plan.random("pattern")
    chance = _chances(plan, random)
    offset = np.clip(random.normal(-0.9, 0.8, REGION_COUNT), -3, 0.6) + 1.1 * (chance > 0.65) * random.uniform(0.6, 1)
    spread = _spread(plan, chance, random)
    qualities = _qualities(plan, random, chance)
    depth = _depths(plan, random)
    flare_quality = (("burning",), ("throbbing",), ())[random.choice(3)] if qualities else ()
    order = _MIRRORED if plan.pattern.endswith("_right") else np.arange(REGION_COUNT)
    return BodyPattern(
        chance=chance[order],
        offset=offset[order],
        spread=spread[order],
        qualities=tuple(qualities[i] for i in order) if qualities else ((),) * REGION_COUNT,
        flare_quality=flare_quality,
        depth=tuple(depth[i] for i in order),
    )


_ON_THE_RIGHT = np.array([region.side == "right" for region in REGIONS])
_MIRRORED = np.array([REGION_INDEX[mirror(region.region_id)] for region in REGIONS])


def _chances(plan: PatientPlan, random: np.random.Generator) -> Levels:
    match plan.pattern:
        case "widespread":
            return _widespread(plan.extent, random)
        case "radiating_left" | "radiating_right":
            return _one_side(_DOWN_THE_LEG, random, 0.14)
        case "arm_left" | "arm_right":
            return _one_side(_DOWN_THE_ARM, random, 0.08)
        case "half_body_left" | "half_body_right":
            everywhere = [(part, 0.75 * share) for parts in AREAS.values() for part, share in parts]
            return _one_side(tuple(everywhere), random, 0.05)
        case regional:
            return _both_sides(_BOTH_SIDES[regional], random)


def _ids(part: str, sides: str) -> list[int]:
    """Places in the vocabulary of one part on those sides; a midline part has only one place."""
    midline = REGION_INDEX.get(f"{part}_m")
    return [midline] if midline is not None else [REGION_INDEX[f"{part}_{side}"] for side in sides]


def _vary(share: float, random: np.random.Generator) -> float:
    """A person's own chance around the usual one."""
    return float(np.clip(share + random.normal(0, 0.07), 0.01, 0.985))


def _one_side(parts: tuple[tuple[str, float], ...], random: np.random.Generator, other_side: float) -> Levels:
    """Left side; the other side now and then."""
    chance = np.full(REGION_COUNT, RARELY)
    for part, share in parts:
        for index in _ids(part, "l"):
            chance[index] = _vary(share, random)
        for index in _ids(part, "r"):
            chance[index] = max(chance[index] if part.endswith("_spine") else 0.0, share * other_side)
    return chance


def _both_sides(parts: tuple[tuple[str, float], ...], random: np.random.Generator) -> Levels:
    chance = np.full(REGION_COUNT, RARELY)
    weaker = 0.6 if random.random() < 0.4 else 1.0
    sides = "lr" if random.random() < 0.5 else "rl"
    for part, share in parts:
        for place, index in enumerate(_ids(part, sides)):
            chance[index] = _vary(share * (weaker if place else 1.0), random)
    return chance


def _widespread(extent: float, random: np.random.Generator) -> Levels:
    """Drawn until it is generalised pain (four of the five regions of the 2016 criteria, reference 1.2)."""
    while True:
        chance = _areas_at_random(extent, random)
        usual = np.flatnonzero(chance > OFTEN_ENOUGH)
        if len({REGIONS[i].acr_region for i in usual if REGIONS[i].counts_generalised}) >= 4:
            return chance
        extent += 0.1  # somebody with next to no areas would never get there


def _areas_at_random(extent: float, random: np.random.Generator) -> Levels:
    """A person with few areas has the common ones, a person with many has nearly all: one factor runs through them."""
    chance = np.full(REGION_COUNT, RARELY)
    sides = "lr" if random.random() < 0.5 else "rl"
    for area, share in WIDESPREAD.items():
        tendency = 0.5 * extent + np.sqrt(0.75) * random.normal()
        if tendency > ndtri(1 - share):
            _add_area(chance, AREAS[area], sides if random.random() < 0.75 else sides[0], random)
    return chance


def _add_area(chance: Levels, parts: tuple[tuple[str, float], ...], sides: str, random: np.random.Generator) -> None:
    """One part at the heart of the area, marked on most days, and others now and then."""
    weights = np.array([share**2 for _, share in parts])
    heart = int(random.choice(len(parts), p=weights / weights.sum()))
    for place, (part, share) in enumerate(parts):
        often = random.uniform(0.5, 0.93) if place == heart else random.uniform(0.12, 0.6)
        if place == heart or random.random() < share * 0.65:
            for index in _ids(part, sides):
                chance[index] = np.clip(often * random.uniform(0.85, 1.05), 0.05, 0.97)


def _spread(plan: PatientPlan, chance: Levels, random: np.random.Generator) -> Levels:
    """Flares make rare parts of the pattern common, and light up one to three areas next to it, always the same."""
    one_sided = plan.pattern.endswith(("_left", "_right"))
    spread = np.where(chance > 2 * RARELY, random.uniform(0.6, 1.3, REGION_COUNT), 0.1)
    if one_sided:
        spread = np.where(_ON_THE_RIGHT, 0.3 * spread, spread)
    for area in _areas_next_to(chance, random):
        part = AREAS[area][0][0]
        for index in _ids(part, "l" if one_sided else "lr"):
            spread[index] = max(spread[index], ndtri(1 - RARELY) + random.uniform(-0.5, 0.3))
    return spread


def _areas_next_to(chance: Levels, random: np.random.Generator) -> list[str]:
    has = {area for area in AREAS if _area_chance(area, chance) > 0.3}
    free = sorted({near for area in has for near in NEIGHBOURS.get(area, ())} - has)
    count = min(len(free), int(random.integers(1, 4)))
    return [free[i] for i in random.choice(len(free), size=count, replace=False)] if count else []


def _area_chance(area: str, chance: Levels) -> float:
    return max(float(chance[index]) for part, _ in AREAS[area] for index in _ids(part, "lr"))


_BY_PLACE: tuple[tuple[tuple[str, ...], Mapping[str, float]], ...] = (
    (("thigh", "calf", "knee", "shin", "ankle", "buttock"), {"aching": 3, "shooting": 2, "burning": 2, "tingling": 2}),
    (("hand", "forearm", "elbow"), {"aching": 3, "stiff": 2, "tingling": 2, "numb": 1}),
    (("head", "jaw", "face"), {"throbbing": 3, "aching": 2, "tender_to_touch": 1}),
    (("abdomen", "chest", "groin"), {"cramping": 2, "sharp": 2, "aching": 1}),
    (("",), {"aching": 4, "stiff": 3, "burning": 2, "tender_to_touch": 2, "sharp": 1}),
)
_RADIATING = {"shooting": 4, "tingling": 3, "numb": 2, "burning": 2, "sharp": 1}


def _qualities(plan: PatientPlan, random: np.random.Generator, chance: Levels) -> list[tuple[str, ...]]:
    """One or two words a region that this person always uses for it; empty for somebody who does not answer."""
    if "qualities" not in plan.habits.answers:
        return []
    own = dict(zip(sorted(_RADIATING), random.uniform(0.3, 2.0, len(_RADIATING)), strict=True))
    found = []
    for region in REGIONS:
        words = next(words for places, words in _BY_PLACE if any(place in region.region_id for place in places))
        if plan.pattern.startswith("radiating") and region.article_spot == "radiating_buttock_leg":
            words = _RADIATING
        names = list(words)
        weights = np.array([words[name] * own.get(name, 1.0) for name in names])
        count = min(1 + int(random.random() < 0.35), len(names))
        picked = random.choice(len(names), size=count, replace=False, p=weights / weights.sum())
        found.append(tuple(names[i] for i in sorted(picked)))
    return found


def _depths(plan: PatientPlan, random: np.random.Generator) -> list[str]:
    drawn = random.random(REGION_COUNT)
    if "depth" not in plan.habits.answers:
        return [""] * REGION_COUNT
    return ["deep" if value < 0.72 else "surface" for value in drawn]
