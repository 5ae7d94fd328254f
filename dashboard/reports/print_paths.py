"""Paths of a picture drawn no finer than paper shows: a third fewer bytes of a body map, and nothing one can see."""

import re
from dataclasses import dataclass
from functools import lru_cache

FINEST = 0.08
"""Millimetres: two dots of a printer with 600 to the inch."""
_PATH = re.compile(r' d="([^"]*)"')
_OURS = re.compile(r"(?:M ?-?[\d.]+[ -][\d.]+(?:[lc][-\d. ]*)*z?)+")
_STEPS = re.compile(r"([Mlcz])([^Mlcz]*)")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")
_NUMBERS = {"M": 2, "l": 2, "c": 6, "z": 1}
"""Commands of the figure's paths, and how many numbers belong to one step of each."""

Point = tuple[float, float]


def coarse(svg: str, millimetres: float) -> str:
    """The picture with its paths on whole units where a unit is that small on paper; otherwise the picture as it is."""
    return svg if millimetres > FINEST else _PATH.sub(lambda found: f' d="{_on_whole_units(found[1])}"', svg)


@dataclass
class _Pen:
    """Where the path began, and where it is before rounding: errors do not add up."""

    start: Point = (0.0, 0.0)
    at: Point = (0.0, 0.0)

    def draw(self, command: str, numbers: list[float]) -> str:
        """One step on whole units; '' for one that goes nowhere."""
        if command == "z":
            self.at = self.start
            return "z"
        begun = (0.0, 0.0) if command == "M" else self.at
        points = [(begun[0] + x, begun[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        self.at = points[-1]
        if command == "M":
            self.start = self.at
        (left, top), ends = _nearest(begun), [_nearest(point) for point in points]
        if command != "M" and all(end == (left, top) for end in ends):
            return ""
        return command + " ".join(f"{x - left} {y - top}" for x, y in ends)


@lru_cache(512)
def _on_whole_units(d: str) -> str:
    """The path with each of its points on the nearest whole unit; a path written in another way stays as it is.

    Where two regions share a point they still do.
    """
    if not _OURS.fullmatch(d):
        return d
    pen, parts = _Pen(), []
    for command, written in _STEPS.findall(d):
        numbers = [float(number) for number in _NUMBER.findall(written)]
        every = _NUMBERS[command]
        parts += [pen.draw(command, numbers[i : i + every]) for i in range(0, max(len(numbers), 1), every)]
    return "".join(parts)


def _nearest(point: Point) -> tuple[int, int]:
    return round(round(point[0], 1)), round(round(point[1], 1))
