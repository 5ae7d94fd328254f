"""Where numbers stand: in their region, or on the page beside it, and never on each other."""

import json
from importlib.resources import files
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from clinical.body_map import REGIONS, View, mirror, region
from dashboard.body_figure.figure import HALF_WIDTH, SMALLEST_NUMBER, NumberPlace, figure
from tests.dashboard.body_figure.drawn import outline, shape

WIDE, HIGH = 0.6, 0.73
"""Width and height of a printed digit, in font sizes."""
VIEWS: tuple[View, View] = ("front", "back")


def placed(view: View, characters: int, unit: float) -> dict[str, NumberPlace]:
    """The numbers that are printed when every region of a view has one of that many characters."""
    largest = max(9.0, min(0.027 * unit * 750, 20.0))
    places = {s.region_id: s.place(characters, unit, largest) for s in figure().regions if s.view == view}
    return {region_id: place for region_id, place in places.items() if place}


def ground(place: NumberPlace, characters: int, unit: float) -> Polygon:
    """What the characters cover, in units."""
    (x, y), size = place.at, place.size / unit
    wide, high = characters * WIDE * size, HIGH * size / 2
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[place.anchor]
    return box(left, y - high, left + wide, y + high)


@given(view=st.sampled_from(VIEWS), characters=st.integers(1, 3), unit=st.floats(0.05, 2))
def test_no_two_numbers_touch_at_any_size(view: View, characters: int, unit: float) -> None:
    grounds = [ground(place, characters, unit) for place in placed(view, characters, unit).values()]
    assert not any(a.intersects(b) for a, b in combinations(grounds, 2))


@given(view=st.sampled_from(VIEWS), characters=st.integers(1, 3), unit=st.floats(0.05, 2))
def test_a_number_is_wholly_in_its_region_or_wholly_off_the_body(view: View, characters: int, unit: float) -> None:
    for region_id, place in placed(view, characters, unit).items():
        covered = ground(place, characters, unit)
        if place.anchor == "middle":
            assert shape(region_id).contains(covered)
        else:
            assert not outline(view).intersects(covered)
            assert not any(box(x - 13, 28, x + 13, 52).intersects(covered) for x in (-105, 105)), "on R or L"
            assert -HALF_WIDTH <= covered.bounds[0] < covered.bounds[2] <= HALF_WIDTH


@given(view=st.sampled_from(VIEWS), characters=st.integers(1, 3), unit=st.floats(0.05, 2))
def test_a_number_is_never_too_small_to_read(view: View, characters: int, unit: float) -> None:
    assert all(place.size >= SMALLEST_NUMBER for place in placed(view, characters, unit).values())


def test_a_figure_of_200_px_has_room_for_a_digit_for_every_region() -> None:
    unit = (200 - 22) / 750
    assert sum(len(placed(view, 1, unit)) for view in VIEWS) == len(REGIONS)


@pytest.mark.parametrize("view", VIEWS)
def test_a_number_beside_the_body_is_nearest_to_its_own_region(view: View) -> None:
    drawn = [s for s in figure().regions if s.view == view and s.beside]
    for one in drawn:
        x, y, *_ = one.beside or ()
        start = box(x, y, x, y).centroid
        near = sorted((shape(r.region_id).distance(start), r.region_id) for r in REGIONS if r.view == view)
        assert one.region_id in {region_id for _, region_id in near[:2]}
        assert shape(one.region_id).distance(start) < near[0][0] + 12


@pytest.mark.parametrize("one", [s for s in figure().regions if s.beside], ids=lambda s: s.region_id)
def test_left_and_right_have_mirrored_places(one: Any) -> None:
    other = figure().regions[region(mirror(one.region_id)).index]
    assert other.beside == (-one.beside[0], *one.beside[1:])


def test_what_the_browser_reads_says_the_same() -> None:
    text = files("dashboard.body_figure").joinpath("browser", "figure.json").read_text("utf-8")
    beside = {r["id"]: r.get("beside") for r in json.loads(text)["regions"]}
    assert beside == {s.region_id: list(s.beside) if s.beside else None for s in figure().regions}
