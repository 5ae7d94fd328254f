"""Makes `browser/figure.json` from `drawing.json`: run `python -m dashboard.body_figure.trace` after editing a knot.

It also writes what the medicine takes from the drawing (see `measures`) into `clinical/definitions`. Only for the
person who redraws the figure: it needs shapely, which the running product does not. Tests keep all files in step.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from shapely import Polygon

from clinical.body_map import REGIONS, Region, View, mirror
from dashboard.body_figure import measures, places
from dashboard.body_figure.curves import Knot, Piece, flattened, knot, mirrored, path, sliced, smooth

HOME = Path(str(files("dashboard.body_figure")))
DEFINITIONS = Path(str(files("clinical.definitions")))
OUTLINE_PARTS = {"upper", "inner_leg", "front_foot", "back_foot"}
BACK_AT = 340
"""How far right of the front figure the back figure stands, in units."""

Ring = list[Piece]


@dataclass(frozen=True)
class Drawing:
    """The drawing of one view: chains by name as knots and as smooth pieces."""

    view: View
    knots: Mapping[str, Sequence[Knot]]
    pieces: Mapping[str, Sequence[Piece]]

    def along(self, steps: Sequence[str]) -> Ring:
        """The pieces of a walk written as 'chain from to'."""
        found: Ring = []
        for step in steps:
            chain, start, end = step.split()
            name = "outline" if chain in OUTLINE_PARTS else chain
            found += sliced(self.knots[name], self.pieces[name], start, end)
        return found


def drawings(source: Mapping[str, Any]) -> dict[View, Drawing]:
    """Both views; the outline is smoothed as one chain, so that it bends nowhere at a border."""
    views: tuple[View, View] = ("front", "back")
    return {view: _drawing(view, source) for view in views}


def rings(source: Mapping[str, Any]) -> dict[str, Ring]:
    """The closed border of each of the 74 regions, in vocabulary order."""
    both = drawings(source)
    return {region.region_id: _ring(region, both[region.view], source["regions"]) for region in REGIONS}


def outline(source: Mapping[str, Any], view: View) -> Ring:
    """The closed outline of one view."""
    half = drawings(source)[view].along(source["outlines"][view])
    return half + mirrored(half)


def traced(source: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser, the print and the PDF draw from."""
    by_region = rings(source)
    spots = {region.region_id: _spot(region, by_region) for region in REGIONS}
    centres = [_placed(region, spots[region.region_id][0]) for region in REGIONS]
    bodies = {view: polygon(outline(source, view)) for view in ("front", "back")}
    return {
        "back_at": BACK_AT,
        "outline": {view: path(outline(source, view), closed=True) for view in ("front", "back")},
        "strokes": {view: _strokes(source["strokes"][view]) for view in ("front", "back")},
        "regions": [
            {
                "id": region.region_id,
                "name": region.label,
                "view": region.view,
                "d": path(by_region[region.region_id], closed=True),
                "at": spots[region.region_id][0],
                "fit": spots[region.region_id][1],
                "near": _neighbours(region.index, centres),
                **_beside(region, source["beside"], bodies[region.view]),
            }
            for region in REGIONS
        ],
    }


def polygon(ring: Ring) -> Polygon:
    """The region as a polygon, its curves flattened."""
    return Polygon(flattened(ring))


def _drawing(view: View, source: Mapping[str, Any]) -> Drawing:
    chains = {name: [knot(k) for k in knots] for name, knots in source["chains"].items()}
    upper, foot, leg = chains["upper"], chains[f"{view}_foot"], chains["inner_leg"]
    knots = {name: chain for name, chain in chains.items() if name not in OUTLINE_PARTS}
    knots["outline"] = [*upper, *foot[1:], *leg[1:]]
    return Drawing(view, knots, {name: smooth(chain) for name, chain in knots.items()})


def _ring(region: Region, drawing: Drawing, walks: Mapping[str, Sequence[str]]) -> Ring:
    if region.side == "midline":
        half = drawing.along(walks[region.region_id])
        return half + mirrored(half)
    ring = _along_the_midline(drawing.along(walks[region.region_id[:-2]]))
    return ring if _drawn_side(region) else mirrored(ring)


def _drawn_side(region: Region) -> bool:
    """Whether the region lies on the drawn half (x > 0): left in front, right behind, because one looks at a person."""
    return region.side == ("left" if region.view == "front" else "right")


def _along_the_midline(ring: Ring) -> Ring:
    start, end = ring[0][0], ring[-1][3]
    return ring if start == end else [*ring, (end, end, start, start)]


def _strokes(lines: Sequence[Sequence[Sequence[float]]]) -> str:
    half = [smooth([knot(k) for k in line]) for line in lines]
    return "".join(path(line, closed=False) + path(mirrored(line), closed=False) for line in half)


def _spot(region: Region, by_region: Mapping[str, Ring]) -> places.Place:
    if region.side == "midline" or _drawn_side(region):
        return places.inside(polygon(by_region[region.region_id]))
    return places.across(places.inside(polygon(by_region[mirror(region.region_id)])))


def _beside(region: Region, given: Mapping[str, Sequence[float]], body: Polygon) -> dict[str, Any]:
    """The place on the page beside the region, as one more key; nothing for a region in the middle of the body."""
    part = region.region_id[:-2]
    if part not in given:
        return {}
    x, y = given[part]
    (x, y), fit = places.outside(body, x, y)
    return {"beside": [x if _drawn_side(region) else -x, y, *fit]}


def _placed(region: Region, spot: Sequence[float]) -> tuple[float, float]:
    return (spot[0] + (BACK_AT if region.view == "back" else 0), spot[1])


def _neighbours(index: int, centres: Sequence[tuple[float, float]]) -> list[int]:
    """The nearest region upwards, rightwards, downwards, leftwards; the region itself at the edge."""
    return [_nearest(index, centres, way) for way in ((0, -1), (1, 0), (0, 1), (-1, 0))]


def _nearest(index: int, centres: Sequence[tuple[float, float]], way: tuple[int, int]) -> int:
    x, y = centres[index]
    best, found = float("inf"), index
    for other, (ox, oy) in enumerate(centres):
        ahead = (ox - x) * way[0] + (oy - y) * way[1]
        aside = abs((ox - x) * way[1]) + abs((oy - y) * way[0])
        if ahead > 1 and ahead + 2.2 * aside < best and aside <= 2.5 * ahead:
            best, found = ahead + 2.2 * aside, other
    return found


def main() -> None:
    """Writes the traced figure beside the browser's modules and its measures beside the other definitions."""
    source = json.loads((HOME / "drawing.json").read_text("utf-8"))
    text = json.dumps(traced(source), ensure_ascii=False, separators=(",", ":"))
    (HOME / "browser" / "figure.json").write_text(text + "\n", "utf-8")
    shapes = {region_id: polygon(ring) for region_id, ring in rings(source).items()}
    (DEFINITIONS / "adjacent_regions.csv").write_text(measures.adjacent_text(shapes), "utf-8")
    (DEFINITIONS / "region_area.csv").write_text(measures.area_text(shapes), "utf-8")


if __name__ == "__main__":
    main()
