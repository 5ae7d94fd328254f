"""Smooth curves through hand-set knots, as cubic Bezier pieces that several regions can share exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Piece = tuple[Point, Point, Point, Point]
"""One cubic Bezier: start, first handle, second handle, end."""


@dataclass(frozen=True, slots=True)
class Knot:
    """One hand-set point of a chain; `label` names a junction, a corner is not rounded."""

    x: float
    y: float
    label: str = ""
    corner: bool = False

    @property
    def point(self) -> Point:
        return (self.x, self.y)


def knot(numbers: Sequence[float | str]) -> Knot:
    """The knot written as [x, y] or [x, y, label]; a leading '!' in the label makes it a corner."""
    x, y, *rest = numbers
    label = str(rest[0]) if rest else ""
    return Knot(float(x), float(y), label.removeprefix("!"), label.startswith("!"))


def smooth(knots: Sequence[Knot]) -> list[Piece]:
    """The pieces between neighbouring knots: centripetal Catmull-Rom, so that close knots make no loops."""
    corners = [0, *(i for i, k in enumerate(knots) if k.corner and 0 < i < len(knots) - 1), len(knots) - 1]
    return [piece for first, last in pairwise(corners) for piece in _run(knots[first : last + 1])]


def sliced(knots: Sequence[Knot], pieces: Sequence[Piece], start: str, end: str) -> list[Piece]:
    """The pieces from one labelled knot to another, reversed where `end` comes first."""
    places = {k.label: i for i, k in enumerate(knots) if k.label}
    first, last = places[start], places[end]
    return list(pieces[first:last]) if first < last else backwards(pieces[last:first])


def backwards(pieces: Sequence[Piece]) -> list[Piece]:
    """The same curve walked the other way, with the very same control points."""
    return [(d, c, b, a) for a, b, c, d in reversed(pieces)]


def mirrored(pieces: Sequence[Piece]) -> list[Piece]:
    """The curve on the other side of the midline x = 0, walked backwards so that a ring closes."""
    flipped = [tuple((0.0 - x, y) for x, y in piece) for piece in pieces]
    return backwards([(a, b, c, d) for a, b, c, d in flipped])


def path(pieces: Sequence[Piece], *, closed: bool) -> str:
    """SVG path data in relative steps; every point lies on the 0.1 grid, so the steps add up exactly."""
    start = pieces[0][0]
    parts, before = [f"M{_xy(start)}"], "M"
    for a, b, c, d in pieces:
        straight = (a, c) == (b, d)
        command, ends = ("l", (d,)) if straight else ("c", (b, c, d))
        steps = " ".join(_xy(_step(a, end)) for end in ends)
        parts.append(f"{' ' if command == before else command}{steps}")
        before = command
    return "".join(parts).replace(" -", "-") + ("z" if closed else "")


def flattened(pieces: Sequence[Piece], steps: int = 12) -> list[Point]:
    """The curve as points, `steps` to a piece, the last end left out (for measuring, not for drawing)."""
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    corners = [np.asarray(piece) for piece in pieces]
    runs = [
        (1 - t) ** 3 * p[0] + 3 * (1 - t) ** 2 * t * p[1] + 3 * (1 - t) * t**2 * p[2] + t**3 * p[3] for p in corners
    ]
    return [(float(x), float(y)) for run in runs for x, y in run]


def _run(knots: Sequence[Knot]) -> list[Piece]:
    points = [np.array(k.point) for k in knots]
    around = [_beyond(knots[0], points[0], points[1]), *points, _beyond(knots[-1], points[-1], points[-2])]
    return [_piece(around[i : i + 4]) for i in range(len(points) - 1)]


def _beyond(end: Knot, here: NDArray[np.float64], inside: NDArray[np.float64]) -> NDArray[np.float64]:
    """The point a curve would go to next: over the midline it meets its own mirror image."""
    if here[0] == 0 and not end.corner:
        return np.array((-inside[0], inside[1]))
    return 2 * here - inside


def _piece(p: Sequence[NDArray[np.float64]]) -> Piece:
    before, within, after = (float(np.linalg.norm(b - a)) ** 0.5 for a, b in pairwise(p))
    first = (before**2 * p[2] - within**2 * p[0] + (2 * before**2 + 3 * before * within + within**2) * p[1]) / (
        3 * before * (before + within)
    )
    second = (after**2 * p[1] - within**2 * p[3] + (2 * after**2 + 3 * after * within + within**2) * p[2]) / (
        3 * after * (after + within)
    )
    return (_rounded(p[1]), _rounded(first), _rounded(second), _rounded(p[2]))


def _rounded(point: NDArray[np.float64]) -> Point:
    return (round(float(point[0]), 1) + 0.0, round(float(point[1]), 1) + 0.0)


def _step(start: Point, end: Point) -> Point:
    return (round(end[0] - start[0], 1), round(end[1] - start[1], 1))


def _xy(point: Point) -> str:
    return f"{_short(point[0])} {_short(point[1])}"


def _short(number: float) -> str:
    """The number as path data need it: -0.5 is -.5, and there is no -0."""
    return f"{number + 0.0:g}".replace("0.", ".", 1) if abs(number) < 1 else f"{number:g}"
