"""Named body areas of questionnaires as our regions: the 19 areas of the WPI, and areas called by a plain name.

The WPI areas follow the vocabulary's strict mapping (reference 3, decision 1). For the Michigan Body Map there is no
published list of its 35 names and no official crosswalk known to us (reference 2.2): an area of such a list is placed
only where its plain name is that of a part of our figure, and refused otherwise. Left and right are the patient's.
"""

import re
from functools import cache

from clinical.body_map import REGIONS
from clinical.fibromyalgia import WPI_AREAS

NO_CROSSWALK = "there is no official crosswalk of the Michigan Body Map to our regions"
NO_PAIN = frozenset({"no pain", "none"})
"""How a list says that nothing hurts; an empty list says nothing."""

_SIDES = {"left": "left", "l": "left", "right": "right", "r": "right", "both": "", "bilateral": ""}  # '': both sides
_VIEWS = {"front": "front", "anterior": "front", "posterior": "back"}
_FILLERS = frozenset({"and", "the", "of", "side"})
_UNPAIRED = ("head", "face", "neck", "chest", "abdomen", "upper back", "mid back", "lower back")
"""Parts that may be named without a side: all of them is meant then."""
_SPINE = ("thoracic spine", "lumbar spine")

_ALSO_CALLED = {
    "wrist": "wrist hand",
    "hand": "wrist hand",
    "ankle": "ankle foot",
    "foot": "ankle foot",
    "shoulder blade": "scapula",
}
_WPI_CALLED = {"hip buttock trochanter": "hip", "hip buttock": "hip"}


class UnknownArea(ValueError):
    """An area that has no certain place; the message is the reason."""


def is_no_pain(text: str) -> bool:
    """Whether the text is the box for no pain."""
    return " ".join(_words(text)) in NO_PAIN


def wpi_area(text: str) -> str:
    """The identifier of one of the 19 areas, also as it is printed: 'Hip (buttock, trochanter), left'.

    Raises UnknownArea.
    """
    part, sides, view = _parsed(text)
    base = _WPI_CALLED.get(part, part).replace(" ", "_")
    named = base if not sides else f"{base}_{sides[0]}" if len(sides) == 1 else ""
    if named in WPI_AREAS and not view:
        return named
    if f"{base}_left" in WPI_AREAS and not sides:
        raise UnknownArea("it says neither left nor right")
    raise UnknownArea("it is none of the 19 areas of the widespread pain index")


@cache
def regions_of_wpi(area: str) -> tuple[str, ...]:
    """Every region that scores for that area by the strict mapping, in vocabulary order."""
    return tuple(one.region_id for one in REGIONS if one.wpi_area == area)


def regions_of_name(text: str) -> tuple[str, ...]:
    """The regions of an area called by a plain name: 'left knee', 'back of right thigh', 'upper back'.

    Raises UnknownArea where the name is no part of our figure, or a paired part has no side.
    """
    part, sides, view = _parsed(text)
    part = _ALSO_CALLED.get(part, part)
    found = [one for one in REGIONS if one.region_id in _parts().get(part, ()) and (not view or one.view == view)]
    if not found:
        raise UnknownArea(f"it is no part of our figure, and {NO_CROSSWALK}")
    if part in _SPINE and sides:
        raise UnknownArea("the spine has no side")
    if len(set(sides)) > 1:
        raise UnknownArea("it names two sides")
    if not sides and part not in (*_UNPAIRED, *_SPINE):
        raise UnknownArea("it says neither left nor right")
    return tuple(one.region_id for one in found if not any(sides) or one.side == sides[0])


@cache
def _parts() -> dict[str, frozenset[str]]:
    """The regions of each part by its plain name: those of our ids, and the areas of the index that are no part."""
    found: dict[str, frozenset[str]] = {}
    for one in REGIONS:
        name = one.region_id[2:-2].replace("_", " ")
        found[name] = found.get(name, frozenset()) | {one.region_id}
    own = frozenset(found)
    for area in WPI_AREAS:
        name = area.removesuffix("_left").removesuffix("_right").replace("_", " ")
        if name not in own:
            found[name] = found.get(name, frozenset()).union(regions_of_wpi(area))
    return found


def _parsed(text: str) -> tuple[str, list[str], str]:
    """The part, the sides named ('' for both) and the view ('' for either)."""
    words = _words(text)
    view = ""
    if words[:2] in (["back", "of"], ["front", "of"]):
        view, words = words[0], words[2:]
    named = [_VIEWS[word] for word in words if word in _VIEWS]
    sides = [_SIDES[word] for word in words if word in _SIDES]
    rest = (word for word in words if word not in _SIDES and word not in _VIEWS and word not in _FILLERS)
    return " ".join(rest), sides, named[0] if named else view


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-z]+", text.casefold()) if word]
