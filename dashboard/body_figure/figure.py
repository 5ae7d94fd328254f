"""The traced figure as the server reads it; the browser reads the same file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from clinical.body_map import View

UNITS_TALL = 750
HALF_WIDTH = 170
"""From the midline to the edge of one view, in units, with air beside the hands."""


@dataclass(frozen=True, slots=True)
class RegionShape:
    """One region: path data, where a number stands, the largest font for 1, 2 and 3 characters (units)."""

    region_id: str
    name: str
    view: View
    d: str
    at: tuple[float, float]
    fit: tuple[float, float, float]


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
    regions = tuple(
        RegionShape(r["id"], r["name"], r["view"], r["d"], (r["at"][0], r["at"][1]), tuple(r["fit"]))
        for r in traced["regions"]
    )
    return Figure(traced["outline"], traced["strokes"], regions)
