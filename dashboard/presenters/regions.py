"""Regions as they are said in a sentence: short, front and back of a limb together, both sides once."""

from collections.abc import Iterable

from clinical.body_map import REGION_INDEX, REGIONS

_SAID = {
    "f_head": "forehead",
    "b_head": "back of the head",
    "f_neck": "front of the neck",
    "b_neck": "back of the neck",
    "f_shoulder": "front of the shoulder",
    "b_shoulder": "back of the shoulder",
    "b_interscapular": "between the shoulder blades",
    "b_scapula": "shoulder blade",
    "b_lumbar": "lower back",
    "b_lumbar_spine": "lumbar spine",
    "b_sacroiliac": "sacroiliac area",
    "b_ankle_foot": "heel and sole",
    "f_ankle_foot": "ankle and foot",
    "f_wrist_hand": "wrist and hand",
    "b_wrist_hand": "wrist and hand",
}
"""Where the id does not read well by itself."""


def _on(side: str, part: str) -> str:
    """'left calf', 'front of the left shoulder', 'thoracic spine'."""
    if side == "midline":
        return part
    where, of, what = part.rpartition(" of the ")
    return f"{where}{of}{side} {what}"


def region_name(region_id: str) -> str:
    """One region: 'left calf', 'thoracic spine'; left and right are the patient's."""
    region = REGIONS[REGION_INDEX[region_id]]
    return _on(region.side, _part(region_id))


def _part(region_id: str) -> str:
    stem = region_id[:-2]
    return _SAID.get(stem, stem[2:].replace("_", " "))


def region_names(joined: str) -> list[str]:
    """The regions joined by '|', each part of the body once: ['left calf', 'mid back (both sides)']."""
    ids = sorted((one for one in joined.split("|") if one), key=REGION_INDEX.__getitem__)
    sides: dict[str, set[str]] = {}
    for region_id in ids:
        sides.setdefault(_part(region_id), set()).add(REGIONS[REGION_INDEX[region_id]].side)
    return [f"{part} (both sides)" if len(on) > 1 else _on(min(on), part) for part, on in sides.items()]


def places(region_ids: Iterable[str]) -> list[str]:
    """As `region_names`, but front and back of a limb told apart: ['back of the left knee', 'thigh (both sides)']."""
    views: dict[tuple[str, str], set[str]] = {}
    for region_id in sorted(region_ids, key=REGION_INDEX.__getitem__):
        region = REGIONS[REGION_INDEX[region_id]]
        views.setdefault((_part(region_id), region.side), set()).add(region.view)
    sides: dict[str, list[str]] = {}
    for (part, side), seen in views.items():
        only = f"{min(seen)} of the " if len(seen) == 1 and part in _IN_BOTH_VIEWS else ""
        sides.setdefault(f"{only}{part}", []).append(side)
    return [f"{part} (both sides)" if len(on) > 1 else _on(on[0], part) for part, on in sides.items()]


def _in_both_views() -> frozenset[str]:
    front, back = ({_part(one.region_id) for one in REGIONS if one.view == view} for view in ("front", "back"))
    return frozenset(front & back)


_IN_BOTH_VIEWS = _in_both_views()
