"""The measures over time as Plotly gets them: valid, aligned, gaps hatched and never bridged."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
import pytest
from plotly.graph_objects import Figure

from clinical import spread
from clinical.body_map import UNMARKED
from clinical.diary import Diary, Period, empty_diary
from clinical.spread import DEFINITIONS, SpreadCourse
from dashboard.charts import spread_course
from dashboard.charts.spread_course import PANELS, RegionLine
from tests.conftest import AS_OF
from tests.dashboard.charts.timelines import array


def diary(days: int, gap: tuple[int, int] = (0, 0)) -> Diary:
    made = empty_diary(AS_OF - timedelta(days=days - 1), days)
    made.maps[:] = UNMARKED
    made.maps[:, [3, 40, 41]] = 6
    made.has_map[:] = True
    made.has_map[slice(*gap)] = False
    return made


def course(days: int = 28, step: int = 1, gap: tuple[int, int] = (0, 0)) -> tuple[SpreadCourse, Period]:
    return spread.course(diary(days, gap), step), Period(AS_OF - timedelta(days=days - 1), AS_OF)


def shown(made: dict[str, Any], says: str) -> dict[str, Any]:
    return next(one for one in made["data"] if says in one.get("hovertemplate", ""))


def test_every_measure_has_its_place_and_its_definition() -> None:
    assert [line.measure for panel in PANELS for line in panel.lines] == list(DEFINITIONS)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("region", [False, True])
def test_plotly_takes_it_as_it_is(dark: bool, region: bool) -> None:
    drawn, period = course(gap=(5, 9))
    line = RegionLine("left calf", drawn.mean_intensity, drawn.mean_intensity) if region else None
    made = spread_course.figure(drawn, period, dark, line)
    Figure(made)
    assert made["layout"]["height"] == spread_course.height(region)
    labels = [note["text"].split("</b>")[0].removeprefix("<b>") for note in made["layout"]["annotations"]]
    assert labels == ["Pain here"] * region + [panel.title for panel in PANELS]


def test_panels_stand_under_each_other_on_one_axis_without_touching() -> None:
    drawn, period = course()
    made = spread_course.figure(drawn, period, dark=False)
    assert {trace.get("xaxis", "x") for trace in made["data"]} == {"x"}
    domains = [made["layout"][f"yaxis{number}"]["domain"] for number in range(2, len(PANELS) + 2)]
    assert all(above[0] > below[1] for above, below in pairwise(domains))


def test_a_step_without_a_map_is_hatched_and_has_no_value() -> None:
    drawn, period = course(gap=(5, 9))
    made = spread_course.figure(drawn, period, dark=False)
    gaps = made["data"][0]
    assert array(gaps["width"]).tolist() == [4 * spread_course.DAY_MS]
    middle = np.datetime64(int(array(gaps["x"])[0]), "ms")
    assert middle == np.datetime64(drawn.first_day[7]) - np.timedelta64(12, "h")
    area = shown(made, "% of the figure")
    assert np.isnan(array(area["y"])[5:9]).all()
    assert area["connectgaps"] is False


def test_a_value_between_two_gaps_is_drawn_as_a_dot() -> None:
    drawn, period = course(3)
    alone = diary(3)
    alone.has_map[[0, 2]] = False
    made = spread_course.figure(spread.course(alone, 1), period, dark=False)
    assert [one.get("mode") for one in made["data"]].count("markers") == 8
    assert "markers" not in [one.get("mode") for one in spread_course.figure(drawn, period, dark=False)["data"]]


def test_the_side_is_named_left_and_right_as_the_patients() -> None:
    drawn, period = course()
    made = spread_course.figure(drawn, period, dark=False)
    side = next(number for number, panel in enumerate(PANELS, 2) if panel.title == "Side")
    axis = made["layout"][f"yaxis{side}"]
    assert dict(zip(axis["tickvals"], axis["ticktext"], strict=True)) == {-1: "right", 0: "0", 1: "left"}


def test_what_is_pointed_at_says_on_how_many_days_it_rests() -> None:
    drawn, period = course(56, step=7, gap=(0, 3))
    regions = shown(spread_course.figure(drawn, period, dark=False), "regions in pain")
    assert "of 7 days with a map" in regions["hovertemplate"]
    assert array(regions["customdata"]).tolist() == [4, *[7] * 7]


def test_ten_years_stay_light() -> None:
    drawn, period = course(3650, step=28)
    assert len(orjson.dumps(spread_course.figure(drawn, period, dark=False))) < 40_000
