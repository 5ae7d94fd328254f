"""What the medicine takes from the drawing: which regions touch, and each region's share of the figure.

`python -m dashboard.body_figure.trace` writes both beside the other definitions; a test keeps them in step. Needs
shapely, as `trace` does.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from shapely import Polygon

from clinical.body_map import REGIONS
from clinical.reviewed import REQUIRED

TOUCH = 0.05
"""Units within which two borders are the same line (flattened curves differ by less)."""
SHORTEST_BORDER = 2.0
"""Units of common border from which two regions are neighbours; two that meet at a corner are not."""
DRAWN, DRAWN_ON = "Measured in the figure of the product (body_figure/drawing.json)", "2026-11-22"


def adjacent(shapes: Mapping[str, Polygon]) -> list[tuple[str, str]]:
    """Each pair of neighbours of one view, both ways round, in vocabulary order."""
    pairs = permutations(REGIONS, 2)
    return [
        (a.region_id, b.region_id)
        for a, b in pairs
        if a.view == b.view and _border(shapes[a.region_id], shapes[b.region_id]) >= SHORTEST_BORDER
    ]


def area_shares(shapes: Mapping[str, Polygon]) -> dict[str, float]:
    """Each region's share (%) of the drawn area of front and back together, in vocabulary order."""
    whole = sum(shapes[region.region_id].area for region in REGIONS)
    return {region.region_id: round(100 * shapes[region.region_id].area / whole, 3) for region in REGIONS}


def adjacent_text(shapes: Mapping[str, Polygon]) -> str:
    """`adjacent` as the CSV text of the definition."""
    return _text(("region_id", "neighbour_id"), adjacent(shapes), "regions that share a border in it are neighbours")


def area_text(shapes: Mapping[str, Polygon]) -> str:
    """`area_shares` as the CSV text of the definition."""
    rows = ((region_id, f"{share:.3f}") for region_id, share in area_shares(shapes).items())
    return _text(("region_id", "area_percent"), rows, "the region's share of its area; it is not skin measured")


def _border(a: Polygon, b: Polygon) -> float:
    return float(a.exterior.intersection(b.exterior.buffer(TOUCH)).length)


def _text(header: Sequence[str], rows: Iterable[Sequence[str]], what: str) -> str:
    """Measured in our own drawing: every row has the same source and mark, and is not reviewed as it is written."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow((*header, *REQUIRED))
    writer.writerows((*row, f"{DRAWN}: {what}", DRAWN_ON, "P", "") for row in rows)
    return made.getvalue()
