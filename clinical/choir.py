"""The segments of the CHOIR body map, out of our regions and into them, in both of its numberings (reference 2.1).

36 front segments (101-136) and 38 back ones (201-238). The female drawing numbers six front segments differently;
the male numbering is the standard. A segment knows no intensity, and several of our regions share one: going out is
many-to-one, coming in marks every region of the segment. Left and right are the patient's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from clinical.body_map import REGION_INDEX, region, regions_of_choir

Numbering = Literal["male", "female"]

SEGMENTS = (*range(101, 137), *range(201, 239))
FEMALE_TO_STANDARD = {112: 116, 113: 117, 114: 112, 115: 113, 116: 114, 117: 115}
_STANDARD_TO_FEMALE = {standard: female for female, standard in FEMALE_TO_STANDARD.items()}


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment going out: its number in the chosen numbering, the marked regions in it and all it covers."""

    code: int
    marked: tuple[str, ...]
    covers: tuple[str, ...]

    @property
    def merged(self) -> bool:
        """Whether several of our regions share it: which of them hurts does not go out."""
        return len(self.covers) > 1


@dataclass(frozen=True, slots=True)
class ChoirMap:
    """A map as segments, in their order. `widened`: regions that are several segments each, which all go out.

    `on_marked_sides`: midline regions of which only the halves on the sides that are marked anyway go out, so that no
    side becomes painful that was not.
    """

    numbering: Numbering
    segments: tuple[Segment, ...]
    widened: tuple[str, ...]
    on_marked_sides: tuple[str, ...]

    @property
    def codes(self) -> tuple[int, ...]:
        """The numbers of the segments."""
        return tuple(segment.code for segment in self.segments)

    @property
    def merged(self) -> tuple[int, ...]:
        """The segments in which the detail of our regions is lost (many-to-one)."""
        return tuple(segment.code for segment in self.segments if segment.merged)


def standard(code: int, numbering: Numbering) -> int:
    """The segment in the standard numbering."""
    return FEMALE_TO_STANDARD.get(code, code) if numbering == "female" else code


def numbered(segment: int, numbering: Numbering) -> int:
    """A segment of the standard numbering as that drawing numbers it."""
    return _STANDARD_TO_FEMALE.get(segment, segment) if numbering == "female" else segment


def regions_of(code: int, numbering: Numbering) -> tuple[str, ...]:
    """Our regions in one segment of that drawing, () for an unknown one; several mean that the detail is unknown."""
    return regions_of_choir(standard(code, numbering))


def segments_of(painful: Collection[str], numbering: Numbering = "male") -> ChoirMap:
    """The segments of the painful regions. Raises KeyError for a region outside the vocabulary."""
    ordered = sorted(painful, key=REGION_INDEX.__getitem__)
    midline = [name for name in ordered if region(name).side == "midline"]
    marked: dict[int, list[str]] = {}
    for name in ordered:
        if name not in midline:
            _mark(marked, name, region(name).choir_codes)
    sided = frozenset(marked)
    within = [name for name in midline if sided.intersection(region(name).choir_codes)]
    for name in midline:
        codes = region(name).choir_codes
        _mark(marked, name, tuple(sided.intersection(codes)) if name in within else codes)
    segments = sorted(
        (Segment(numbered(code, numbering), tuple(names), regions_of_choir(code)) for code, names in marked.items()),
        key=lambda segment: segment.code,
    )
    widened = tuple(name for name in ordered if name not in within and len(region(name).choir_codes) > 1)
    return ChoirMap(numbering, tuple(segments), widened, tuple(within))


def _mark(marked: dict[int, list[str]], name: str, codes: Collection[int]) -> None:
    for code in codes:
        marked.setdefault(code, []).append(name)
