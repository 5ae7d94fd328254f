"""Small region maps to draw and to speak about."""

from collections.abc import Collection, Mapping

import numpy as np

from clinical.body_map import REGION_COUNT, REGION_INDEX, REGIONS
from clinical.maps import Mode, RegionMap

NOTE = "median of the days a region hurt"


def region_map(
    mode: Mode, values: Mapping[str, float], *, days_with_map: int = 23, days: int = 5, present: Collection[str] = ()
) -> RegionMap:
    """A map with those values; the regions in `present` hurt without an intensity."""
    shown = np.full(REGION_COUNT, np.nan, np.float32)
    marked = np.zeros(REGION_COUNT, np.int16)
    unrated = np.zeros(REGION_COUNT, np.bool_)
    for region_id, value in values.items():
        shown[REGION_INDEX[region_id]] = value
        marked[REGION_INDEX[region_id]] = days
    for region_id in present:
        unrated[REGION_INDEX[region_id]] = True
        marked[REGION_INDEX[region_id]] = days
    return RegionMap(mode, shown, days_with_map, marked, NOTE, unrated)


def everywhere(mode: Mode, value: float) -> RegionMap:
    """The same value in all 74 regions."""
    return region_map(mode, {region.region_id: value for region in REGIONS})


def nothing(mode: Mode = "typical") -> RegionMap:
    """A period without a single map."""
    return region_map(mode, {}, days_with_map=0)
