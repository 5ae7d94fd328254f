"""The traced figure as the server reads it; the browser reads the same file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from clinical.body_map import View

UNITS_TALL = 750
HALF_WIDTH = 170
"""From the midline to the edge of one view, in units, with air beside the hands."""
SMALLEST_NUMBER = 7.5
"""Below this font size (px) a number is left out rather than printed illegibly."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where a number stands (units), its size (px) and its anchor: 'middle' in the region, else on the page beside."""

    at: tuple[float, float]
    size: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class RegionShape:
    """One region: path data, where a number stands, the largest font for 1, 2 and 3 characters (units).

    `beside` is the place on the page for a number that is too small in the region: where its near end stands (it runs
    away from the midline) and the largest fonts there; None for a region in the middle of the body.
    """

    region_id: str
    name: str
    view: View
    d: str
    at: tuple[float, float]
    fit: tuple[float, ...]
    beside: tuple[float, ...] | None

    def place(self, characters: int, unit: float, largest: float) -> NumberPlace | None:
        """Where that many characters stand with `unit` px per unit, at most `largest` px; None if too small to read."""
        inside = min(self.fit[characters - 1] * unit, largest)
        if inside >= SMALLEST_NUMBER:
            return NumberPlace(self.at, inside, "middle")
        if self.beside is None:
            return None
        x, y, *fit = self.beside
        outside = min(fit[characters - 1] * unit, largest)
        return NumberPlace((x, y), outside, "start" if x > 0 else "end") if outside >= SMALLEST_NUMBER else None


@dataclass(frozen=True, slots=True)
class Figure:
    """Both views; `regions` in vocabulary order."""

    outline: Mapping[View, str]
    strokes: Mapping[View, str]
    regions: tuple[RegionShape, ...]


@cache
def figure() -> Figure:
    """The figure of `browser/figure.json`, read once per process."""
    text = files("dashboard.body_figure").joinpath("browser", "figure.json").read_text("utf-8")
    traced = json.loads(text)
    return Figure(traced["outline"], traced["strokes"], tuple(_shape(region) for region in traced["regions"]))


def _shape(traced: Mapping[str, Any]) -> RegionShape:
    x, y = traced["at"]
    beside = tuple(traced["beside"]) if "beside" in traced else None
    return RegionShape(traced["id"], traced["name"], traced["view"], traced["d"], (x, y), tuple(traced["fit"]), beside)
