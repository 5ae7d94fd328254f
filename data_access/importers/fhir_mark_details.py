"""What Flareboard's own observations of a mark say beside its intensity: qualities, depth, and pain without a number.

They stand in components with codes of our own system; other readers lose them and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from clinical.body_map import DEPTHS, QUALITIES
from data_access.importers.fhir_codes import (
    DEPTH,
    DETAIL_UNKNOWN,
    FLAREBOARD_DEPTH,
    FLAREBOARD_QUALITY,
    PAINFUL,
    QUALITY,
)
from data_access.importers.fhir_readings import Marked, NotTaken, Reading, placed
from data_access.importers.fhir_shape import Coded, Node, codings, obj, value_of
from data_access.records import MarkRecord

_KEYS = (QUALITY, DEPTH, PAINFUL, DETAIL_UNKNOWN)
_DEPTHS: dict[str, Literal["", "surface", "deep"]] = {"": "", "surface": "surface", "deep": "deep"}


@dataclass(frozen=True, slots=True)
class Details:
    """The details of one mark or map; `painful`: marked as painful, with or without an intensity."""

    qualities: tuple[str, ...] = ()
    depth: str = ""
    painful: bool = False
    detail_unknown: bool = False


def is_detail(part: Node) -> bool:
    """Whether a component is one of ours."""
    return any((coding.system, coding.code) in _KEYS for coding in codings(obj(part, "code")))


def details(parts: Iterable[Node]) -> Details:
    """What those components say. Raises NotTaken for a quality or depth outside the vocabulary."""
    found = Details()
    for part in parts:
        keys = {(coding.system, coding.code) for coding in codings(obj(part, "code"))}
        if QUALITY in keys:
            found = replace(found, qualities=(*found.qualities, _one(part, FLAREBOARD_QUALITY, QUALITIES)))
        elif DEPTH in keys:
            found = replace(found, depth=_one(part, FLAREBOARD_DEPTH, DEPTHS))
        elif PAINFUL in keys:
            found = replace(found, painful=value_of(part) is True)
        else:
            found = replace(found, detail_unknown=value_of(part) is True)
    return found


def _one(part: Node, system: str, known: Sequence[str]) -> str:
    value = value_of(part)
    given = [c.code for c in value.codings if c.system == system] if isinstance(value, Coded) else []
    if len(given) != 1 or given[0] not in known:
        raise NotTaken("unknown pain quality or depth")
    return given[0]


def with_details(found: Iterable[Reading], said: Details) -> list[Reading]:
    """The readings with those details on each of their marks."""
    return [_detailed(reading, said) if isinstance(reading, Marked) else reading for reading in found]


def painful_site(site: Node) -> Marked:
    """A site that hurts without an intensity. Raises NotTaken for an unknown one."""
    regions = placed(site)
    return Marked(tuple(MarkRecord(one, None) for one in regions.regions), regions.detail_unknown)


def _detailed(reading: Marked, said: Details) -> Marked:
    depth = _DEPTHS[said.depth]
    marks = tuple(replace(mark, qualities=said.qualities, depth=depth) for mark in reading.marks)
    return Marked(marks, reading.detail_unknown or said.detail_unknown)
