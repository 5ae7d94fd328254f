"""Body sites as our regions: SNOMED CT sites (with a laterality qualifier, or pre-coordinated) and MyPAIN body areas.

A site that covers several regions marks all of them and says that its detail is unknown. Left and right are the
patient's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clinical.body_map import REGION_INDEX, REGIONS
from data_access.importers.fhir_codes import FLAREBOARD_REGION, MYPAIN, SNOMED
from data_access.importers.fhir_shape import Coding, Node, codings, obj, objects

_SIDES = {"7771000": "l", "24028007": "r", "51440002": ""}  # left, right, both
_VIEWS = {"255549009": "f", "255551008": "b"}  # anterior, posterior
_EXPRESSION = re.compile(r"(\d{6,18})(?:\|[^|]*\|)?\s*:\s*272741003(?:\|[^|]*\|)?\s*=\s*(\d{6,18})")
ABDOMINAL_TRAP = ("1017210004", "1017211000")
"""Lumbar regions of the abdomen in SNOMED CT: they are not the low back, and look as if they were."""

_UPPER_BACK = ("b_trapezius", "b_interscapular", "b_scapula", "b_thoracic_spine")
_LOWER_BACK = ("b_lumbar", "b_lumbar_spine")
_BACK = (*_UPPER_BACK, "b_mid_back", *_LOWER_BACK)
_ARM = ("f_upper_arm", "b_upper_arm", "f_elbow", "b_elbow", "f_forearm", "b_forearm")

SITES: dict[str, tuple[str, ...]] = {
    "69536005": ("f_head", "b_head"),
    "89545001": ("f_face",),
    "45048000": ("f_neck", "b_neck"),
    "661005": ("f_jaw",),
    "53620006": ("f_jaw",),
    "16982005": ("f_shoulder", "b_shoulder"),
    "40983000": ("f_upper_arm", "b_upper_arm"),
    "127949000": ("f_elbow", "b_elbow"),
    "14975008": ("f_forearm", "b_forearm"),
    "8205005": ("f_wrist_hand", "b_wrist_hand"),
    "85562004": ("f_wrist_hand", "b_wrist_hand"),
    "51185008": ("f_chest",),
    "816094009": ("f_chest",),
    "818983003": ("f_abdomen",),
    "818981001": ("f_abdomen",),
    "12921003": ("f_groin",),
    "816092008": ("f_groin",),
    "26893007": ("f_groin",),
    "29836001": ("f_hip", "b_hip"),
    "46862004": ("b_buttock",),
    "68367000": ("f_thigh", "b_thigh"),
    "72696002": ("f_knee", "b_knee"),
    "30021000": ("f_shin", "b_calf"),
    "53840002": ("b_calf",),
    "344001": ("f_ankle_foot", "b_ankle_foot"),
    "56459004": ("f_ankle_foot", "b_ankle_foot"),
    "77568009": _BACK,
    "52612000": _LOWER_BACK,
    "79601000": ("b_scapula",),
    "122494005": ("b_neck",),
    "122495006": ("b_thoracic_spine",),
    "122496007": ("b_lumbar_spine",),
    "39723000": ("b_sacroiliac",),
    "54735007": ("b_sacroiliac",),
    "64688005": ("b_sacroiliac",),
}
"""Sites without a side (clinical reference 2.4), as parts of the figure. Pelvis is the part whose name has it."""

SIDED: dict[str, tuple[str, str]] = {
    "91775009": ("16982005", "l"), "91774008": ("16982005", "r"),
    "368208006": ("40983000", "l"), "368209003": ("40983000", "r"),
    "368148009": ("127949000", "l"), "368149001": ("127949000", "r"),
    "66480008": ("14975008", "l"), "64262003": ("14975008", "r"),
    "5951000": ("8205005", "l"), "9736006": ("8205005", "r"),
    "85151006": ("85562004", "l"), "78791008": ("85562004", "r"),
    "85119005": ("26893007", "l"), "37117007": ("26893007", "r"),
    "287679003": ("29836001", "l"), "287579007": ("29836001", "r"),
    "61396006": ("68367000", "l"), "11207009": ("68367000", "r"),
    "82169009": ("72696002", "l"), "6757004": ("72696002", "r"),
    "51636004": ("344001", "l"), "6685009": ("344001", "r"),
    "22335008": ("56459004", "l"), "7769000": ("56459004", "r"),
    "719627005": ("79601000", "l"), "719628000": ("79601000", "r"),
}  # fmt: skip
"""Pre-coordinated sites: the site and its side."""

AREAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "mpq-1038": ("head", SITES["69536005"]),
    "mpq-1039": ("neck", SITES["45048000"]),
    "mpq-1040": ("shoulders", SITES["16982005"]),
    "mpq-1041": ("arms", _ARM),
    "mpq-1042": ("upper back", _UPPER_BACK),
    "mpq-1043": ("lower back", _LOWER_BACK),
    "mpq-1044": ("hands", SITES["85562004"]),
    "mpq-1045": ("abdomen", SITES["818983003"]),
    "mpq-1046": ("pelvis", SITES["12921003"]),
    "mpq-1047": ("hips", SITES["29836001"]),
    "mpq-1048": ("upper legs", SITES["68367000"]),
    "mpq-1049": ("knees", SITES["72696002"]),
    "mpq-1050": ("lower legs", SITES["30021000"]),
    "mpq-1051": ("feet", SITES["56459004"]),
    "mpq-1066": ("back", _BACK),
    "mpq-1067": ("hands and wrists", SITES["85562004"]),
    "mpq-1068": ("abdomen and pelvis", (*SITES["818983003"], *SITES["12921003"])),
    "mpq-1069": ("feet and ankles", SITES["56459004"]),
    "mpq-1052": ("everywhere", ()),
    "mpq-1053": ("elsewhere", ()),
}
"""MyPAIN questions 'what type of ... pain in the last 7 days': the area and its parts; none where none is named."""


class UnknownSite(ValueError):
    """A body site that is none of ours; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Site:
    """Our regions for one body site; `detail_unknown` when the source named something broader than one region."""

    regions: tuple[str, ...]

    @property
    def detail_unknown(self) -> bool:
        """Whether the source named something broader than one of our regions."""
        return len(self.regions) > 1


def is_site(coding: Coding) -> bool:
    """Whether that code is a body site we know."""
    if coding.system == FLAREBOARD_REGION:
        return coding.code in REGION_INDEX
    return coding.system == SNOMED and (coding.code in SITES or coding.code in SIDED)


def area_of(coding: Coding) -> tuple[str, tuple[str, ...]] | None:
    """Name and regions of a MyPAIN body area, both sides; None for another question."""
    if coding.system != MYPAIN or coding.code not in AREAS:
        return None
    name, parts = AREAS[coding.code]
    return name, _regions(parts, "", "")


def site_of(concept: Node) -> Site:
    """The regions of a bodySite. Raises UnknownSite."""
    given = [*codings(concept), *_qualifiers(concept)]
    if not given:
        raise UnknownSite("the body site has no code")
    if own := [coding.code for coding in given if coding.system == FLAREBOARD_REGION]:
        if own[0] not in REGION_INDEX:
            raise UnknownSite("unknown region")
        return Site((own[0],))
    codes = list(_expressions(coding.code for coding in given if coding.system in (SNOMED, "")))
    return Site(_placed(codes))


def _placed(codes: list[str]) -> tuple[str, ...]:
    parts, side = _parts(codes)
    sides = {_SIDES[code] for code in codes if code in _SIDES} or {side}
    views = {_VIEWS[code] for code in codes if code in _VIEWS} or {""}
    if len(sides) > 1 or len(views) > 1 or (side and sides != {side}):
        raise UnknownSite("the body site contradicts itself (two sides, or front and back)")
    found = _regions(parts, sides.pop(), views.pop())
    if not found:
        raise UnknownSite("unknown region: the body site has no such side or view")
    return found


def _parts(codes: list[str]) -> tuple[tuple[str, ...], str]:
    for code in codes:
        if code in ABDOMINAL_TRAP:
            raise UnknownSite("unknown region: the code is a lumbar region of the abdomen, not the low back")
        if code in SIDED:
            base, side = SIDED[code]
            return SITES[base], side
        if code in SITES:
            return SITES[code], ""
    raise UnknownSite("unknown region")


def _expressions(codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        found = _EXPRESSION.fullmatch(code.strip())
        yield from found.groups() if found else (code,)


def _qualifiers(concept: Node) -> list[Coding]:
    extensions = objects(concept, "extension")
    return [coding for extension in extensions for coding in codings(obj(extension, "valueCodeableConcept"))]


def _regions(parts: tuple[str, ...], side: str, view: str) -> tuple[str, ...]:
    """The regions of those parts; a midline region belongs to a site without a side only."""
    suffixes = (f"_{side}",) if side else ("_l", "_r", "_m")
    return tuple(
        region.region_id
        for region in REGIONS
        if region.region_id[:-2] in parts
        and region.region_id.endswith(suffixes)
        and region.region_id.startswith(view or ("f", "b"))
    )
