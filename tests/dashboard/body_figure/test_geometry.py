"""The figure that is drawn everywhere: 74 regions that tile the outline, mirrored, in believable proportions.

The path data are read by a parser of the tests' own, so that the file itself is tested and not the code that made it.
"""

import gzip
import json
import re
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, affinity, box, union_all

from clinical.body_map import REGIONS, mirror
from dashboard.body_figure import trace
from dashboard.body_figure.figure import figure
from tests.dashboard.body_figure.drawn import outline, points, shape, shapes, traced

SPECK = 0.05
"""Square units of 94,000 in one view: what flattening curves and floats may leave over."""
SEAM = 0.05
"""Units from a border within which a point may count for either side."""
MOST_BYTES = 15_000
"""The traced figure as it goes over the wire (gzip)."""
GIVEN = json.loads((Path(__file__).parent / "given_regions.json").read_text("utf-8"))
REDRAWN = {
    "wrist_hand": 0.35, "ankle_foot": 0.7, "face": 0.75, "jaw": 0.7, "head": 0.85, "elbow": 0.75, "knee": 0.75,
    "hip": 0.69, "interscapular": 0.72, "thoracic_spine": 0.75, "lumbar_spine": 0.75, "sacroiliac": 0.75,
}  # fmt: skip
"""Overlap asked of parts drawn anew: hands in the anatomical position, toes and heels, legs that stand straight, and
a spine wide enough for its number on a figure of 200 px."""


def test_every_region_of_the_vocabulary_is_drawn_in_its_order() -> None:
    assert [r["id"] for r in traced()["regions"]] == [r.region_id for r in REGIONS]
    assert [r["name"] for r in traced()["regions"]] == [r.label for r in REGIONS]
    assert [r.region_id for r in figure().regions] == [r.region_id for r in REGIONS]


def test_the_traced_file_is_what_the_drawing_gives() -> None:
    source = json.loads(files("dashboard.body_figure").joinpath("drawing.json").read_text("utf-8"))
    assert json.loads(json.dumps(trace.traced(source))) == traced()


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.region_id)
def test_a_region_is_one_simple_shape(region: Any) -> None:
    assert shape(region.region_id).is_valid
    assert shape(region.region_id).area > 250


@pytest.mark.parametrize("view", ["front", "back"])
def test_the_regions_leave_no_gap_in_the_outline(view: str) -> None:
    whole = union_all(list(shapes(view).values()))
    assert outline(view).is_valid
    assert outline(view).difference(whole).area < SPECK
    assert whole.difference(outline(view)).area < SPECK


@pytest.mark.parametrize("view", ["front", "back"])
def test_no_two_regions_overlap(view: str) -> None:
    overlaps = {
        (a, b): p.intersection(q).area
        for (a, p), (b, q) in combinations(shapes(view).items(), 2)
        if p.intersection(q).area > SPECK
    }
    assert overlaps == {}


@given(view=st.sampled_from(["front", "back"]), x=st.floats(-170, 170), y=st.floats(0, 750))
def test_a_tap_anywhere_on_the_body_hits_exactly_one_region(view: str, x: float, y: float) -> None:
    tap = Point(x, y)
    edges = [outline(view).exterior, *(p.exterior for p in shapes(view).values())]
    assume(min(tap.distance(edge) for edge in edges) > SEAM)
    hit = [region_id for region_id, p in shapes(view).items() if p.contains(tap)]
    assert len(hit) == (1 if outline(view).contains(tap) else 0)


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.region_id)
def test_left_and_right_are_mirror_images(region: Any) -> None:
    other = affinity.scale(shape(mirror(region.region_id)), -1, 1, origin=(0, 0))
    assert shape(region.region_id).symmetric_difference(other).area < SPECK


@pytest.mark.parametrize("region", [r for r in REGIONS if r.side != "midline"], ids=lambda r: r.region_id)
def test_left_and_right_are_the_patients(region: Any) -> None:
    """In front the patient's right is on the image's left; behind, on its right."""
    on_image_left = shape(region.region_id).centroid.x < 0
    assert on_image_left == ((region.side == "right") == (region.view == "front"))


@pytest.mark.parametrize("view", ["front", "back"])
def test_the_figure_is_seven_and_a_half_heads_tall(view: str) -> None:
    left, top, right, bottom = outline(view).bounds
    assert (top, bottom) == pytest.approx((0, 750), abs=0.5)
    assert left == -right
    chin = shape("f_jaw_r").bounds[3]
    assert 750 / chin == pytest.approx(7.5, abs=0.25)


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.region_id)
def test_a_region_lies_where_the_given_polygon_lay(region: Any) -> None:
    given = Polygon(GIVEN[region.region_id]).buffer(0)
    drawn = shape(region.region_id)
    part = region.region_id[2:-2]
    assert drawn.intersection(given).area / drawn.union(given).area > REDRAWN.get(part, 0.8)


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.region_id)
def test_a_number_of_the_promised_size_stays_inside_its_region(region: Any) -> None:
    drawn = figure().regions[region.index]
    for characters, size in enumerate(drawn.fit, start=1):
        half = (0.6 * characters * size / 2, 0.76 * size / 2)
        x, y = drawn.at
        assert shape(region.region_id).contains(box(x - half[0], y - half[1], x + half[0], y + half[1]))
    assert drawn.fit[0] > 11


def test_thumbs_point_away_from_the_body_and_palms_face_forward() -> None:
    """The anatomical position, since the front region is the palm and the back region the back of the hand."""
    hand = shape("f_wrist_hand_l")
    thumb_tip = max(hand.exterior.coords, key=lambda p: p[0])
    finger_tip = max(hand.exterior.coords, key=lambda p: p[1])
    assert thumb_tip[0] > finger_tip[0]
    assert thumb_tip[1] < finger_tip[1]


@pytest.mark.parametrize("view", ["front", "back"])
def test_inner_strokes_stay_on_the_body(view: str) -> None:
    for piece in re.findall(r"M[^Mz]+", traced()["strokes"][view]):
        line = LineString(points(piece + "z"))
        assert outline(view).buffer(0.5).contains(line)
        assert Point(line.coords[0]).distance(outline(view)) == 0


def test_the_spine_has_twelve_thoracic_and_five_lumbar_marks() -> None:
    starts = [Point(points(piece + "z")[0]) for piece in re.findall(r"M[^Mz]+", traced()["strokes"]["back"])]
    right = [start for start in starts if start.x > 0]
    assert sum(shape("b_thoracic_spine_m").contains(start) for start in right) == 12
    assert sum(shape("b_lumbar_spine_m").contains(start) for start in right) == 5


def test_the_figure_stays_small_on_the_wire() -> None:
    text = files("dashboard.body_figure").joinpath("browser", "figure.json").read_bytes()
    assert len(gzip.compress(text, 9)) < MOST_BYTES


def test_arrow_keys_reach_every_region_from_the_first() -> None:
    near = [r["near"] for r in traced()["regions"]]
    reached, waiting = {0}, [0]
    while waiting:
        new = set(near[waiting.pop()]) - reached
        reached |= new
        waiting += new
    assert reached == set(range(len(REGIONS)))


def test_an_arrow_key_goes_where_it_points() -> None:
    regions = traced()["regions"]
    for region in regions:
        up, right, down, left = (regions[i] for i in region["near"])
        assert up["at"][1] <= region["at"][1] <= down["at"][1]
        assert placed(left) <= placed(region) <= placed(right)


def placed(region: dict[str, Any]) -> float:
    return float(region["at"][0]) + (trace.BACK_AT if region["view"] == "back" else 0)
