"""The printed course: one SVG that survives a grey copier, whatever the length of the period."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from dashboard.reports.print_chart import course_svg
from dashboard.reports.print_parts import WIDTH
from dashboard.services.timeline import Lane, Marker
from tests.dashboard.reports import people

SVG = "{http://www.w3.org/2000/svg}"


def drawn(days: int = 84, height: float = 160, lanes: int = 4) -> ET.Element:
    return ET.fromstring(course_svg(people.full(days).timeline, height=height, lanes=lanes))  # noqa: S314


def words(chart: ET.Element) -> list[str]:
    return [element.text or "" for element in chart.iter(f"{SVG}text")]


@pytest.mark.parametrize("days", [1, 7, 84, 365, 3650])
def test_any_period_is_drawn_inside_the_paper(days: int) -> None:
    chart = drawn(days)
    for element in chart.iter():
        for name in ("x", "x1", "x2", "cx"):
            if name in element.attrib:
                assert -0.01 <= float(element.attrib[name]) <= WIDTH
        for name in ("y", "y1", "y2", "cy"):
            if name in element.attrib:
                assert -0.01 <= float(element.attrib[name]) <= 160.01


def test_a_flare_is_told_by_a_black_bar_and_its_number_not_by_colour_alone() -> None:
    chart = drawn()
    assert any(text.startswith("Flare from 26 Oct · 7 d") for text in words(chart))
    assert [r for r in chart.iter(f"{SVG}rect") if r.get("fill") == "#000000"]


def test_missing_days_are_hatched_and_the_line_stops_there() -> None:
    chart = drawn()
    hatched = [r for r in chart.iter(f"{SVG}rect") if r.get("fill") == "url(#gap)"]
    assert len(hatched) == 4  # two gaps in two panels
    path = next(p for p in chart.findall(f"{SVG}path") if p.get("stroke-width") == "1.1")
    assert path.attrib["d"].count("M") == 3


def test_each_logged_day_is_one_dot() -> None:
    assert len(list(drawn().iter(f"{SVG}circle"))) == 80


def test_ten_years_are_drawn_by_the_week_and_stay_small() -> None:
    text = course_svg(people.full(3650).timeline, height=160, lanes=4)
    assert "weekly median" in text
    assert len(text) < 150_000


def test_the_medicine_lane_carries_its_name() -> None:
    assert "Duloxetine" in words(drawn())
    assert "Duloxetine" not in words(drawn(lanes=0))


def test_text_of_the_record_is_data_in_the_drawing() -> None:
    full = people.full()
    lane = Lane('<b>&"x"', "", True, (), np.ones(len(full.timeline), np.float32))
    marker = Marker(people.days_back(5), "visit", "</text><script>", "")
    chart = course_svg(replace(full.timeline, lanes=(lane,), markers=(marker,)), height=160, lanes=4)
    assert "<script" not in chart
    assert '<b>&"x"' in words(ET.fromstring(chart))  # noqa: S314


def test_labels_never_stand_on_each_other() -> None:
    full = people.full()
    marks = tuple(Marker(people.days_back(back), "visit", f"Visit number {back}", "") for back in range(40))
    chart = ET.fromstring(course_svg(replace(full.timeline, markers=marks[::-1]), height=160, lanes=0))  # noqa: S314
    places = sorted(float(e.attrib["x"]) for e in chart.iter(f"{SVG}text") if re.match("Visit", e.text or ""))
    assert places
    assert all(b - a > 40 for a, b in pairwise(places))
