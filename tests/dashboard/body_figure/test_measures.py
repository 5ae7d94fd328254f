"""What the medicine takes from the drawing: neighbours and shares of the area, in step with what is shown."""

import csv
from importlib.resources import files

import pytest
from shapely import Polygon

from clinical.body_map import REGIONS, mirror, region
from dashboard.body_figure import measures
from tests.dashboard.body_figure.drawn import outline, shape

DEFINITIONS = files("clinical.definitions")


def text(name: str) -> str:
    return DEFINITIONS.joinpath(name).read_text("utf-8")


def pairs() -> set[tuple[str, str]]:
    rows = csv.DictReader(text("adjacent_regions.csv").splitlines())
    return {(row["region_id"], row["neighbour_id"]) for row in rows}


def shares() -> dict[str, float]:
    rows = csv.DictReader(text("region_area.csv").splitlines())
    return {row["region_id"]: float(row["area_percent"]) for row in rows}


def drawn() -> dict[str, Polygon]:
    return {r.region_id: shape(r.region_id) for r in REGIONS}


def test_both_definitions_are_what_the_drawn_figure_gives() -> None:
    assert text("adjacent_regions.csv") == measures.adjacent_text(drawn())
    assert text("region_area.csv") == measures.area_text(drawn())


def test_neighbours_are_mutual_of_one_view_and_never_the_region_itself() -> None:
    assert all((b, a) in pairs() and a != b and region(a).view == region(b).view for a, b in pairs())


def test_the_neighbours_of_left_are_the_mirror_images_of_the_neighbours_of_right() -> None:
    assert {(mirror(a), mirror(b)) for a, b in pairs()} == pairs()


def test_every_region_has_a_neighbour() -> None:
    assert {a for a, _ in pairs()} == {r.region_id for r in REGIONS}


@pytest.mark.parametrize(
    ("region_id", "expected"),
    [
        ("b_interscapular_l", {"b_trapezius_l", "b_thoracic_spine_m", "b_scapula_l", "b_mid_back_l"}),
        ("b_shoulder_r", {"b_trapezius_r", "b_scapula_r", "b_upper_arm_r"}),
        ("b_lumbar_l", {"b_mid_back_l", "b_lumbar_spine_m", "b_sacroiliac_l", "b_buttock_l"}),
        ("f_knee_l", {"f_thigh_l", "f_shin_l"}),
        ("f_thigh_l", {"f_hip_l", "f_groin_l", "f_knee_l"}),
    ],
)
def test_neighbours_as_a_clinician_would_name_them(region_id: str, expected: set[str]) -> None:
    assert {b for a, b in pairs() if a == region_id} == expected


def test_shares_add_up_to_the_whole_figure_and_follow_the_drawn_area() -> None:
    assert list(shares()) == [r.region_id for r in REGIONS]
    assert sum(shares().values()) == pytest.approx(100, abs=0.05)
    whole = outline("front").area + outline("back").area
    assert all(shares()[r] == pytest.approx(100 * drawn()[r].area / whole, abs=0.001) for r in shares())


def test_left_and_right_have_the_same_share() -> None:
    assert all(shares()[r] == shares()[mirror(r)] for r in shares())
