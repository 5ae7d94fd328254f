"""The courses of questionnaires as Plotly gets them: valid, one axis of days, each on its whole scale."""

import pytest
from plotly.graph_objects import Figure

from dashboard.charts import measures_course
from dashboard.charts.measures_course import GroundBand, Incomplete, ScorePanel, ScorePoint
from tests.dashboard.measured import QUARTER
from tests.dashboard.pain_maps import ago

BANDS = (GroundBand(0, 5, "minimal", 0.0), GroundBand(5, 27, "<b>more</b>", 1.0))
POINTS = (ScorePoint(ago(60), 8, "8", "8, mild"), ScorePoint(ago(3), 14, "14", "14, %{x} moderate"))


def panel(**other: object) -> ScorePanel:
    said: dict[str, object] = {
        "title": "PHQ-9",
        "lines": ("0–27, ▼ better", "I 5 important"),
        "low": 0.0,
        "high": 27.0,
        "bands": BANDS,
        "points": POINTS,
        "important": (5.0,),
        "nothing": "last 8 on 3 Jun, before these days",
    }
    return ScorePanel(**{**said, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("count", [1, 4, 9])
def test_plotly_takes_it_as_it_is(dark: bool, count: int) -> None:
    made = measures_course.figure([panel()] * count, QUARTER, dark)
    Figure(made)
    assert made["layout"]["height"] == measures_course.height(count)
    assert {trace["xaxis"] for trace in made["data"]} == {"x"}


def test_the_worse_the_band_the_darker_its_ground_and_no_colour_of_pain_stands_for_it() -> None:
    ground = measures_course.figure([panel()], QUARTER, dark=False)["data"][0]
    paler, darker = ground["marker"]["opacity"]
    assert paler < darker
    assert (ground["base"], ground["y"]) == ([0, 5], [5, 22])


def test_the_bar_beside_the_points_is_as_long_as_the_important_difference() -> None:
    bar = measures_course.figure([panel()], QUARTER, dark=False)["data"][1]
    low, high = bar["y"]
    assert high - low == 5


def test_a_period_without_a_score_says_when_the_last_one_was() -> None:
    made = measures_course.figure([panel(points=())], QUARTER, dark=False)
    words = [label["text"] for label in made["layout"]["annotations"]]
    lines = [each for each in words if each in "last 8 on 3 Jun, before these days"]
    assert " ".join(lines) == "last 8 on 3 Jun, before these days"
    assert max(len(each) for each in lines) <= measures_course.LETTERS_IN_PLOT


def test_every_band_is_named_however_narrow_and_no_name_stands_on_another() -> None:
    narrow = [(20, 55, "none"), (55, 60, "mild"), (60, 61, "moderate"), (61, 80, "severe")]
    bands = tuple(GroundBand(low, high, name, 0.5) for low, high, name in narrow)
    many = [panel(low=20.0, high=80.0, bands=bands)] * 9
    labels = measures_course.figure(many, QUARTER, dark=False)["layout"]["annotations"]
    plot = measures_course.height(9) - measures_course.MARGIN_TOP - measures_course.MARGIN_BOTTOM
    heights = [each["y"] * plot for each in labels if each["text"] in {name for *_, name in narrow}]
    assert len(heights) == 9 * 4
    assert min(abs(one - other) for n, one in enumerate(heights) for other in heights[:n]) >= 10


def test_a_day_answered_with_gaps_is_marked_at_no_height_of_its_own() -> None:
    gap = (Incomplete(ago(1), "incomplete, 3 of 9 answered"),)
    marked = measures_course.figure([panel(incomplete=gap)], QUARTER, dark=False)["data"][-2]
    assert (marked["x"], marked["y"]) == ([ago(1).isoformat()] * 2, [0, 27])
    assert "incomplete" in marked["hovertemplate"]


def test_words_of_the_record_mean_nothing_to_plotly() -> None:
    made = measures_course.figure([panel(title="<b>x</b> %{y}")], QUARTER, dark=False)
    words = str(made["layout"]["annotations"]) + str(made["data"][-1])
    assert "<b>more</b>" not in words
    assert "%{x}" not in words


@pytest.mark.parametrize(
    ("days", "value", "where"),
    [(3, 14, "top left"), (3, 26, "bottom left"), (89, 14, "top right"), (89, 26, "bottom right")],
)
def test_the_last_number_stays_inside_the_plot(days: int, value: float, where: str) -> None:
    lone = (ScorePoint(ago(days), value, str(value), ""),)
    assert measures_course.figure([panel(points=lone)], QUARTER, dark=False)["data"][-1]["textposition"] == where


def test_the_last_number_leaves_the_line_from_the_one_before_free() -> None:
    falling = (ScorePoint(ago(60), 14, "14", ""), ScorePoint(ago(3), 8, "8", ""))
    assert (
        measures_course.figure([panel(points=falling)], QUARTER, dark=False)["data"][-1]["textposition"]
        == "bottom left"
    )
