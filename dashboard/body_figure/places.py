"""Where the number of a region stands, and how large it may be: inside the region, or on the page beside it.

Needs shapely, as `trace` does; what it finds is part of the traced figure.
"""

from collections.abc import Callable

from shapely import Polygon, affinity, box, prepare
from shapely.geometry.base import BaseGeometry
from shapely.ops import polylabel

from dashboard.body_figure.figure import HALF_WIDTH

Place = tuple[list[float], list[float]]
"""A point, and the largest font for one, two and three characters, all in units."""

DIGIT = (0.66, 0.8)
"""Width and height of a digit with its air, in font sizes."""
ROOM_ENOUGH = 30
"""Font that prints on the smallest figure with numbers: a number with that much room stands in the middle."""
LARGEST_BESIDE = 33
"""Font up to which the numbers beside the body keep clear of each other."""
AIR = 3
"""Units kept free at the edge of a view, where the other view begins."""
SIDE_LETTER = box(90, 24, 120, 56)
"""Where R or L stands on the page."""


def inside(shape: Polygon) -> Place:
    """The place in a region: its middle where there is room, else where there is most."""
    squeeze = DIGIT[1] / (2 * DIGIT[0])
    widest = affinity.scale(
        polylabel(affinity.scale(shape, squeeze, 1, origin=(0, 0)), 0.4), 1 / squeeze, 1, origin=(0, 0)
    )
    middle = shape.centroid
    prepare(shape)
    wanted = min(0.88 * _font(shape, widest.x, widest.y, 2), ROOM_ENOUGH)
    chosen = middle if _font(shape, middle.x, middle.y, 2) >= wanted else widest
    x, y = round(chosen.x, 1) + 0.0, round(chosen.y, 1)
    return [x, y], [round(_font(shape, x, y, characters), 1) for characters in (1, 2, 3)]


def outside(body: Polygon, x: float, y: float) -> Place:
    """The place beside the body of a text that starts at x and runs away from the midline."""
    taken = body.union(SIDE_LETTER)
    return [x, y], [round(_font_outside(taken, x, y, characters), 1) for characters in (1, 2, 3)]


def across(place: Place) -> Place:
    """The same place on the other side of the midline."""
    (x, y), fit = place
    return [-x, y], fit


def _font(shape: Polygon, x: float, y: float, characters: int) -> float:
    def fits(size: float) -> bool:
        half = (characters * DIGIT[0] * size / 2, DIGIT[1] * size / 2)
        return bool(shape.contains(box(x - half[0], y - half[1], x + half[0], y + half[1])))

    return _largest(fits, 80)


def _font_outside(taken: BaseGeometry, x: float, y: float, characters: int) -> float:
    def fits(size: float) -> bool:
        end, half = x + characters * DIGIT[0] * size, DIGIT[1] * size / 2
        return end <= HALF_WIDTH - AIR and not taken.intersects(box(x, y - half, end, y + half))

    return _largest(fits, LARGEST_BESIDE)


def _largest(fits: Callable[[float], bool], most: float) -> float:
    """The largest size up to `most` that fits, to 0.05."""
    low, high = 0.0, float(most)
    while high - low > 0.05:
        size = (low + high) / 2
        low, high = (size, high) if fits(size) else (low, size)
    return low
