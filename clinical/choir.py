"""The segments of the CHOIR body map, out of our regions and into them, in both of its numberings (reference 2.1).

36 front segments (101-136) and 38 back ones (201-238). The female drawing numbers six front segments differently;
the male numbering is the standard. A segment knows no intensity, and several of our regions share one: going out is
many-to-one, coming in marks every region of the segment, unless these score for different areas of the widespread pain
index: then only what the segment is named for, so that no way out and in makes up an area. Left and right are the
patient's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from clinical.body_map import REGION_INDEX, region, regions_of_choir

Numbering = Literal["male", "female"]

SEGMENTS = (*range(101, 137), *range(201, 239))
FEMALE_TO_STANDARD = {112: 116, 113: 117, 114: 112, 115: 113, 116: 114, 117: 115}
_STANDARD_TO_FEMALE = {standard: female for female, standard in FEMALE_TO_STANDARD.items()}

NAMED_FOR = {103: "f_face_r", 104: "f_face_l", 223: "b_buttock_l", 224: "b_buttock_r"}
"""Segments of several areas of the index, and the region they mark coming in: face (not jaw), buttock [P]."""
SENT_AS = {"b_sacroiliac_l": (218,), "b_sacroiliac_r": (219,)}
"""Regions that go out as the lower back, the area they score for: their own segment would come back as a hip [P]."""


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
    side becomes painful that was not. `moved`: regions that go out as a neighbouring segment (`SENT_AS`).
    """

    numbering: Numbering
    segments: tuple[Segment, ...]
    widened: tuple[str, ...]
    on_marked_sides: tuple[str, ...]
    moved: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every region goes out as one segment of its own place, midline ones included."""
        return not (self.widened or self.on_marked_sides or self.moved)

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
    segment = standard(code, numbering)
    return (NAMED_FOR[segment],) if segment in NAMED_FOR else regions_of_choir(segment)


def shares_detail(code: int, numbering: Numbering) -> bool:
    """Whether several of our regions share that segment: which of them hurts is unknown."""
    return len(regions_of_choir(standard(code, numbering))) > 1


def segments_of(painful: Collection[str], numbering: Numbering = "male") -> ChoirMap:
    """The segments of the painful regions. Raises KeyError for a region outside the vocabulary."""
    ordered = sorted(painful, key=REGION_INDEX.__getitem__)
    sided = {code for name in ordered if region(name).side != "midline" for code in _codes(name)}
    sent = {name: _codes(name) if region(name).side != "midline" else _halves(name, sided) for name in ordered}
    marked: dict[int, list[str]] = {}
    for name, codes in sent.items():
        _mark(marked, name, codes)
    segments = sorted(
        (Segment(numbered(code, numbering), tuple(names), regions_of_choir(code)) for code, names in marked.items()),
        key=lambda segment: segment.code,
    )
    within = tuple(name for name in ordered if name not in SENT_AS and len(sent[name]) < len(region(name).choir_codes))
    widened = tuple(name for name in ordered if name not in within and len(sent[name]) > 1)
    return ChoirMap(numbering, tuple(segments), widened, within, tuple(name for name in ordered if name in SENT_AS))


def _codes(name: str) -> tuple[int, ...]:
    return SENT_AS.get(name, region(name).choir_codes)


def _halves(name: str, sided: Collection[int]) -> tuple[int, ...]:
    """The segments of a midline region: those marked anyway, else those on the sides that hurt, else all of them."""
    codes = region(name).choir_codes
    sides = {_side(code) for code in sided}
    here = tuple(code for code in codes if code in sided)
    return here or tuple(code for code in codes if _side(code) in sides) or codes


def _side(code: int) -> str:
    return next(region(name).side for name in regions_of_choir(code) if region(name).side != "midline")


def _mark(marked: dict[int, list[str]], name: str, codes: Collection[int]) -> None:
    for code in codes:
        marked.setdefault(code, []).append(name)
