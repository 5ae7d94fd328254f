"""WPI, SSS and FS as Plotly gets them: valid, points that are never joined, what was not known left out."""

from datetime import date

from plotly.graph_objects import Figure

from dashboard.charts import criteria_course
from dashboard.charts.criteria_course import HIGHEST, Point

POINTS = [
    Point(date(2026, 9, 1), {"FS": None, "WPI": 8, "SSS": None}),
    Point(date(2026, 10, 1), {"FS": 16, "WPI": 8, "SSS": 8}),
    Point(date(2026, 11, 22), {"FS": 12, "WPI": 5, "SSS": 7}),
]


def test_plotly_takes_the_figure_in_both_themes() -> None:
    for dark in (False, True):
        Figure(criteria_course.figure(POINTS, dark))


def test_a_score_that_was_not_known_has_no_point_and_nothing_is_joined() -> None:
    traces = {trace["text"][-1]: trace for trace in criteria_course.figure(POINTS, False)["data"]}
    assert {name: list(trace["y"]) for name, trace in traces.items()} == {
        "FS": [16, 12], "WPI": [8, 8, 5], "SSS": [8, 7],
    }  # fmt: skip
    assert all("lines" not in trace["mode"] for trace in traces.values())


def test_the_axis_reaches_the_highest_score_of_each() -> None:
    axis = criteria_course.figure(POINTS, False)["layout"]["yaxis"]
    assert axis["range"][0] < 0 < max(HIGHEST.values()) < axis["range"][1]
    assert set(HIGHEST.values()) <= set(axis["tickvals"])


def test_the_names_of_two_close_scores_do_not_cover_each_other() -> None:
    close = [Point(date(2026, 11, 11), {"FS": 15, "WPI": 8, "SSS": 7})]
    names = {t["text"][-1]: t["textposition"] for t in criteria_course.figure(close, False)["data"]}
    assert names == {"FS": "middle right", "WPI": "top right", "SSS": "bottom right"}
