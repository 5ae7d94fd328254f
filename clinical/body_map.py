"""The 74 body regions: their names, areas, codes, and the packed vector of a day's map.

The vocabulary is data (`definitions/body_regions.csv`); its order is fixed and is the order of every packed vector,
so a row may only ever be appended. Left and right are the patient's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clinical import reviewed

UNMARKED = 255
"""Packed value of a region without a mark in a map that was filled in."""
PRESENT = 254
"""Packed value of a region marked painful with no intensity recorded (CHOIR maps, pain quality by body area)."""

QUALITIES = (
    "aching", "throbbing", "sharp", "shooting", "burning",
    "stiff", "tingling", "numb", "tender_to_touch", "cramping",
)  # fmt: skip
DEPTHS = ("surface", "deep")

Side = Literal["left", "right", "midline"]
View = Literal["front", "back"]
Vector = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the figure; `wpi_area` and `acr_region` are empty where the criteria do not score it."""

    index: int
    region_id: str
    label: str
    view: View
    side: Side
    wpi_area: str
    acr_region: str
    article_spot: str
    choir_codes: tuple[int, ...]
    counts_generalised: bool
    wpi_area_extended: str
    snomed_base: str
    snomed_status: str


def _region(index: int, row: Mapping[str, str]) -> Region:
    return Region(
        index=index,
        region_id=row["region_id"],
        label=row["label"],
        view="front" if row["view"] == "front" else "back",
        side=_SIDES[row["side"]],
        wpi_area=row["wpi_area"],
        acr_region=row["acr_region"],
        article_spot=row["article_spot"],
        choir_codes=tuple(int(code) for code in row["choir_code"].split("+")),
        counts_generalised=row["counts_generalised"] == "yes",
        wpi_area_extended=row["wpi_area_extended"],
        snomed_base=row["snomed_base"],
        snomed_status=row["snomed_status"],
    )


_SIDES: dict[str, Side] = {"left": "left", "right": "right", "midline": "midline"}


def _load() -> tuple[Region, ...]:
    return tuple(_region(i, row) for i, row in enumerate(reviewed.rows("body_regions")))


REGIONS: tuple[Region, ...] = _load()
REGION_INDEX: dict[str, int] = {region.region_id: region.index for region in REGIONS}
REGION_COUNT = len(REGIONS)


def region(region_id: str) -> Region:
    """The region of that id. Raises KeyError for an id outside the vocabulary."""
    return REGIONS[REGION_INDEX[region_id]]


def pack(marks: Mapping[str, int | None]) -> bytes:
    """A day's map as 74 bytes: 0-10, `PRESENT` for a mark without intensity, `UNMARKED` elsewhere."""
    vector = np.full(REGION_COUNT, UNMARKED, np.uint8)
    for region_id, intensity in marks.items():
        vector[REGION_INDEX[region_id]] = PRESENT if intensity is None else intensity
    return vector.tobytes()


def unpack(packed: bytes) -> Vector:
    """The 74 values of one packed map, in vocabulary order (uint8)."""
    return np.frombuffer(packed, np.uint8)


def active(vector: Vector) -> NDArray[np.bool_]:
    """Which regions hurt: marked with 1-10, or marked without an intensity. Same shape as `vector`."""
    hurts: NDArray[np.bool_] = ((vector > 0) & (vector <= 10)) | (vector == PRESENT)
    return hurts


def wpi_areas(region_ids: Collection[str], *, extended: bool = False) -> frozenset[str]:
    """The WPI areas (of 19) those regions score, by the strict mapping unless `extended` (reference 3, decision 1)."""
    found = (region(i).wpi_area_extended if extended else region(i).wpi_area for i in region_ids)
    return frozenset(area for area in found if area)


def mirror(region_id: str) -> str:
    """The same region on the other side of the body; a midline region is its own mirror."""
    swap = {"_l": "_r", "_r": "_l", "_m": "_m"}
    return region_id[:-2] + swap[region_id[-2:]]


@cache
def regions_of_choir(code: int) -> tuple[str, ...]:
    """Our regions inside one CHOIR segment (standard numbering), empty if unknown; several mean 'detail unknown'."""
    return tuple(r.region_id for r in REGIONS if code in r.choir_codes)


@cache
def _adjacent() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {one.region_id: set() for one in REGIONS}
    for row in reviewed.rows("adjacent_regions"):
        found[row["region_id"]].add(row["neighbour_id"])
    return {region_id: frozenset(near) for region_id, near in found.items()}


def neighbours(region_id: str) -> frozenset[str]:
    """The regions of the same view that share a border with it. Raises KeyError for an id outside the vocabulary."""
    return _adjacent()[region_id]


@cache
def area_shares() -> NDArray[np.float32]:
    """Each region's share of the drawn figure, front and back together, in percent (74,); it is not skin measured."""
    share = {row["region_id"]: float(row["area_percent"]) for row in reviewed.rows("region_area")}
    drawn = np.array([share[one.region_id] for one in REGIONS])
    shares: NDArray[np.float32] = (100 * drawn / drawn.sum()).astype(np.float32)
    shares.setflags(write=False)
    return shares
