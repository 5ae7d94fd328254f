"""Paths for paper: every point within half a unit of where it was, neighbours still meet, other drawings untouched."""

import re

import pytest

from dashboard.body_figure.figure import figure
from dashboard.reports.print_paths import FINEST, coarse
from tests.dashboard.reports.documents import COURSE, TYPICAL


def points(d: str) -> list[tuple[float, float]]:
    """The ends of every step of the path, in its own units."""
    at = start = (0.0, 0.0)
    found = []
    for command, written in re.findall(r"([Mlcz])([^Mlcz]*)", d):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d+)?|\.\d+)", written)]
        every = {"M": 2, "l": 2, "c": 6, "z": 1}[command]
        for i in range(0, len(numbers), every):
            x, y = numbers[i + every - 2 : i + every]
            at = (x, y) if command == "M" else (at[0] + x, at[1] + y)
            start = at if command == "M" else start
            found.append(at)
        at = start if command == "z" else at
    return found


def drawn(d: str) -> str:
    found = re.search(r' d="([^"]*)"', coarse(f'<svg><path d="{d}"/></svg>', FINEST))
    assert found
    return found[1]


@pytest.mark.parametrize("shape", figure().regions[::6], ids=lambda shape: shape.view)
def test_no_point_of_a_region_moves_by_more_than_half_a_unit(shape: object) -> None:
    d = shape.d  # type: ignore[attr-defined]
    made = points(drawn(d))
    for x, y in points(d):
        assert min(max(abs(x - left), abs(y - top)) for left, top in made) <= 0.5 + 1e-6


def test_every_point_lies_on_a_whole_unit() -> None:
    for outline in figure().outline.values():
        assert all(x == int(x) and y == int(y) for x, y in points(drawn(outline)))


def test_a_point_that_two_paths_share_stays_shared() -> None:
    one, other = drawn("M0.4 0l10.3 0l0 5.2z"), drawn("M10.7 5.2l-4 3.4z")
    assert points(one)[2] == points(other)[0]


def test_a_body_map_loses_a_third_where_it_is_small_and_nothing_where_it_is_large() -> None:
    assert len(coarse(TYPICAL.svg, FINEST)) < 0.75 * len(TYPICAL.svg)
    assert coarse(TYPICAL.svg, 2 * FINEST) == TYPICAL.svg


def test_drawings_of_another_kind_stay_as_they_are() -> None:
    for d in ("M0 0H3.5V2.5", "M1.5 2.5a3 3 0 0 1 1.5 1.5", "m1.5 1.5l2 2", "", "M-1 1L1 -1M0 4L4 0"):
        assert drawn(d) == d
    assert coarse(COURSE.svg, FINEST) == COURSE.svg
