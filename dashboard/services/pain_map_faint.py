"""Maps that do not show all the pain there is: what they leave out stays on them, faint and in words."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from clinical.map_difference import MapDifference
from clinical.maps import RegionMap
from clinical.thresholds import limit

WANDERING = f"on under {limit('typical_map_share'):.0f} % of map days"


@dataclass(frozen=True, slots=True, eq=False)
class FaintMap(RegionMap):
    """A map with `faint` (74,), the days on which a region hurt that the map itself does not show (0: none).

    `why`: why it does not ('not marked as shooting'); `only`: what the marks of the map are, '' for all of them.
    """

    faint: NDArray[np.int16]
    why: str
    only: str = ""


def filtered(shown: RegionMap, all_marks: RegionMap, only: str) -> RegionMap:
    """The map of the marks that pass a filter, with the pain that does not pass it."""
    return _faint(shown, all_marks.days_marked, f"not marked as {only}", only)


def wandering(shown: RegionMap) -> RegionMap:
    """A typical map without any typical region, with the regions that hurt on fewer days; else the map itself."""
    if not no_typical(shown):
        return shown
    return _faint(shown, shown.days_marked, WANDERING)


def no_typical(shown: RegionMap) -> bool:
    """Whether regions hurt, and none of them on enough days to be typical."""
    drawn = ~np.isnan(shown.values) | shown.present
    return shown.mode == "typical" and not drawn.any() and bool(shown.days_marked.any())


def _faint(shown: RegionMap, days: NDArray[np.int16], why: str, only: str = "") -> FaintMap:
    held = {each.name: getattr(shown, each.name) for each in fields(RegionMap)}
    return FaintMap(**held, faint=days, why=why, only=only)


def otherwise(found: MapDifference) -> dict[int, tuple[int, int]]:
    """The regions without a mark that passes the filter in either period and with pain that does not: days now, before.

    Without a filter there are none.
    """
    now, before = found.now, found.before
    if not (isinstance(now, FaintMap) and isinstance(before, FaintMap) and now.only):
        return {}
    hurt = (now.faint > 0) | (before.faint > 0)
    quiet = np.array([not kind for kind in found.kinds])
    return {i: (int(now.faint[i]), int(before.faint[i])) for i in np.flatnonzero(hurt & quiet).tolist()}


def why(shown: RegionMap) -> str:
    """Why the map leaves pain out ('not marked as shooting'), '' where it leaves none out."""
    return shown.why if isinstance(shown, FaintMap) else ""
