"""The 74 regions as parts of the body: back, limbs, trunk, above and below the waist, below the knee, the five regions.

Everything follows from the vocabulary's own columns. Regions the widespread pain index does not score (elbow, hand,
knee, foot, groin) belong to the limb of their extended area.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical.body_map import REGIONS, Region, Side
from clinical.fibromyalgia import ACR_REGIONS
from clinical.rounding import displayed
from clinical.thresholds import limit

Flags = NDArray[np.bool_]

AXIAL_AREAS = ACR_REGIONS["axial"]
"""Areas of the axial region of the 2016 criteria (reference 1.2)."""
BELOW_WAIST_AREAS = ("lower_back", "hip", "upper_leg", "lower_leg")
INDEX_PLACES = 2
"""Decimals of the index of left and right, -1 to 1."""
LIMB_AREAS = ("shoulder_girdle", "upper_arm", "lower_arm", "hip", "upper_leg", "lower_leg")


def _flags(belongs: Callable[[Region], bool]) -> Flags:
    flags = np.array([belongs(one) for one in REGIONS], np.bool_)
    flags.setflags(write=False)
    return flags


def _area(one: Region) -> str:
    """The area without its side: the strict one, else the extended one, '' for head and face."""
    return (one.wpi_area or one.wpi_area_extended).removesuffix("_left").removesuffix("_right")


LEFT = _flags(lambda one: one.side == "left")
RIGHT = _flags(lambda one: one.side == "right")
AXIAL = _flags(lambda one: _area(one) in AXIAL_AREAS)
LIMB = _flags(lambda one: _area(one) in LIMB_AREAS)
"""Arms with shoulders, legs with hips and groin; head, face and jaw are neither axial nor limb."""
BELOW_WAIST = _flags(lambda one: _area(one) in BELOW_WAIST_AREAS)
"""The low back counts as below the waist, as in the 1990 criteria [K]; the abdomen as above it [P]."""
ABOVE_WAIST = _flags(lambda one: _area(one) not in BELOW_WAIST_AREAS)
BACK = _flags(lambda one: one.wpi_area in ("upper_back", "lower_back"))
BACK_AND_SHOULDERS = _flags(lambda one: _area(one) in ("upper_back", "lower_back", "shoulder_girdle"))
MIDLINE_SPINE = _flags(lambda one: one.side == "midline" and "spine" in one.region_id)
"""Where strong pain can be a compression fracture (reference 8.2)."""
LOWER_BACK = _flags(lambda one: one.wpi_area == "lower_back")
BUTTOCK_AND_LEG = _flags(lambda one: one.article_spot == "radiating_buttock_leg")
BELOW_KNEE = _flags(lambda one: one.region_id[2:-2] in ("shin", "calf", "ankle_foot"))
"""Shin, calf, ankle and foot (reference 3, decision 5)."""


def sides_of(painful: Flags) -> tuple[Side, ...]:
    """'left', 'right' and 'midline', those that hurt, in this order."""
    found = {REGIONS[i].side for i in np.flatnonzero(painful)}
    every: tuple[Side, ...] = ("left", "right", "midline")
    return tuple(side for side in every if side in found)


def prevailing_side(marked: Flags | NDArray[np.int16]) -> Literal["left", "right", ""]:
    """The side with at least `map_side_times` times the painful regions of the other, '' for neither; midline left out.

    `marked` (74,): the regions that hurt on one map, or the days each hurt on. The index of the two sides decides as
    it is displayed, so that words and number never contradict each other.
    """
    left, right = int(marked[LEFT].sum()), int(marked[RIGHT].sum())
    times = limit("map_side_times")
    index = displayed(abs(left - right) / max(left + right, 1), INDEX_PLACES)
    if index < displayed((times - 1) / (times + 1), INDEX_PLACES):
        return ""
    return "left" if left > right else "right"


def acr_regions(painful: Flags) -> tuple[str, ...]:
    """Which of the five regions of the 2016 criteria hurt; jaw, chest and abdomen satisfy none (reference 1.2)."""
    counted = (REGIONS[i] for i in np.flatnonzero(painful))
    return tuple(sorted({one.acr_region for one in counted if one.counts_generalised}))
