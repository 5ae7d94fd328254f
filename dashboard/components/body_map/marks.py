"""What goes in and out of the body map beside a period's values: marks being filled in, frames being played."""

from dataclasses import dataclass
from typing import Literal

Depth = Literal["", "surface", "deep"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One painful region being filled in; `intensity` 0-10, None where only 'it hurts' was said."""

    region_id: str
    intensity: int | None
    qualities: tuple[str, ...] = ()
    depth: Depth = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One step of a course: its name, its map as 74 packed values, and how many days with a map it rests on.

    `seldom`: the regions that hurt on too few of these days to be painted as usual.
    """

    label: str
    packed: bytes
    days: int
    seldom: frozenset[int] = frozenset()
