"""The timeline as Plotly gets it: valid, light, gaps hatched and never bridged, colours of the numbers shown."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
import pytest
from plotly.graph_objects import Figure

from clinical.flares import UsualRange
from dashboard.charts import timeline
from dashboard.services.timeline import Lane, Marker, Timeline
from dashboard.theme import DARK, LIGHT, PAIN_RAMP
from tests.dashboard.charts.timelines import array, flare, on, view

NOTHING_TAKEN = np.full(28, np.nan, np.float32)


def full() -> Timeline:
    taken = NOTHING_TAKEN.copy()
    taken[3] = 50
    return view(
        [4.0] * 10 + [None] * 3 + [7.0] * 5 + [4.0] * 10,
        flares=[flare(13, 17)],
        markers=(Marker(on(2), "visit", "Visit", ""), Marker(on(9), "treatment_start", "Duloxetine started", "60 mg")),
        lanes=(
            Lane("duloxetine", "60 mg", False, ((on(9), on(27), 1.0),), NOTHING_TAKEN),
            Lane("tramadol", "50 mg", True, (), taken),
        ),
        usual=UsualRange(3, 5, 4, 20),
        sleep_hours=6.5,
        sleep_quality=5,
        stress=4,
        fatigue=5,
        stiffness_minutes=30,
    )


def trace(figure: dict[str, Any], says: str) -> dict[str, Any]:
    """The trace whose hover text holds these words."""
    return next(each for each in figure["data"] if says in each.get("hovertemplate", ""))


def instants(encoded: dict[str, Any]) -> list[np.datetime64]:
    """The instants of an x given in milliseconds since 1970."""
    return [np.datetime64(int(each), "ms") for each in array(encoded)]


def columns(figure: dict[str, Any], colour: str) -> list[tuple[np.datetime64, float, float]]:
    """Middle, floor and top of each column of that colour."""
    path = next(each for each in figure["data"] if each.get("fill") == "toself" and each["fillcolor"] == colour)
    corners = array(path["x"]).reshape(-1, 5)[:, :4], array(path["y"]).reshape(-1, 5)[:, :4]
    return [(np.datetime64(int(x.mean()), "ms"), float(y.min()), float(y.max())) for x, y in zip(*corners, strict=True)]


def test_a_column_stands_on_its_day_as_high_as_its_value() -> None:
    figure = timeline.figure(view([4.0, 4.0, None, 4.0], stiffness_minutes=30), dark=False)
    assert columns(figure, LIGHT.spread) == [(np.datetime64(on(day)), 0.0, 30.0) for day in (0, 1, 3)]


@pytest.mark.parametrize("dark", [False, True])
def test_plotly_accepts_every_property(dark: bool) -> None:
    """The screen does not validate the figure again, so this test does."""
    Figure(timeline.figure(full(), dark))


def test_the_figure_is_plain_json_without_further_help() -> None:
    assert orjson.dumps(timeline.figure(full(), dark=False))


def test_ten_years_weigh_under_a_hundred_kilobytes_and_are_drawn_by_four_weeks() -> None:
    long = view([float(4 + i % 3) for i in range(3650)], sleep_hours=7, sleep_quality=5, stress=3, fatigue=4)
    figure = timeline.figure(long, dark=False)
    assert len(orjson.dumps(figure)) < 100_000
    assert len(array(trace(figure, "median pain")["y"])) == 131
    assert "four-weekly median" in figure["layout"]["annotations"][0]["text"]


def test_a_gap_is_hatched_and_no_line_bridges_it() -> None:
    figure = timeline.figure(full(), dark=False)
    hatched = next(each for each in figure["data"] if "pattern" in each.get("marker", {}))
    assert hatched["x"] == ["2026-01-12T00:00:00"]  # the middle of the 11th to the 13th
    assert array(hatched["width"]).tolist() == [3 * 86_400_000.0]
    line = trace(figure, "7-day median")
    assert line["connectgaps"] is False
    assert np.isnan(array(line["y"])[10:13]).all()


def test_a_value_between_two_gaps_is_seen_as_a_point() -> None:
    figure = timeline.figure(view([4, None, 5, None, 6, 6], stress=3), dark=False)
    dots = next(each for each in figure["data"] if each.get("mode") == "markers" and each.get("hoverinfo") == "skip")
    days = [float((np.datetime64(on(day)) - np.datetime64("1970-01-01")).astype(int)) for day in (0, 2)]
    assert (array(dots["x"]) / 86_400_000).tolist() == days
    assert array(dots["y"]).tolist() == [3, 3]


def test_the_colour_of_a_dot_is_the_colour_of_the_number_shown() -> None:
    marker = trace(timeline.figure(view([2.4, 2.5, 0.0, 10.0]), dark=False), "pain %{y")["marker"]
    assert array(marker["color"]).tolist() == [2, 3, 0, 10]
    ramp = {round(edge * 11): colour for edge, colour in marker["colorscale"][::2]}
    assert ramp == dict(enumerate([LIGHT.background, *PAIN_RAMP[1:]]))


def test_short_nights_differ_in_shade_and_the_axis_says_which_shade() -> None:
    nights = view([4.0] * 3, sleep_hours=4.9)
    shades = [(ground.sleep, ground.sleep_short) for ground in (LIGHT, DARK)]
    light, dark = timeline.figure(nights, dark=False), timeline.figure(nights, dark=True)
    for figure, (usual, short) in zip((light, dark), shades, strict=True):
        columns = {each["fillcolor"]: array(each["y"]) for each in figure["data"] if each.get("fill") == "toself"}
        assert columns[usual].size == 0
        assert np.nanmax(columns[short]) == 4.9
    assert "dark: under 5" in light["layout"]["annotations"][1]["text"]
    assert "pale: under 5" in dark["layout"]["annotations"][1]["text"]
    assert dark["layout"]["font"]["color"] == DARK.ink


def test_a_series_never_logged_has_no_panel() -> None:
    figure = timeline.figure(view([4.0] * 5, stress=3), dark=False)
    names = [label["text"].split("</b>")[0] for label in figure["layout"]["annotations"]]
    assert names == ["<b>Pain", "<b>Stress"]


def test_panels_never_overlap_and_fill_the_figure() -> None:
    layout = timeline.figure(full(), dark=False)["layout"]
    axes = [axis["domain"] for name, axis in layout.items() if name.startswith("yaxis") and name != "yaxis"]
    for (low, _), (_, next_high) in pairwise(axes):
        assert next_high < low
    assert axes[0][1] == 1
    assert axes[-1][0] == pytest.approx(0, abs=1e-9)


def test_medicines_without_a_lane_are_named_in_a_line_under_the_lanes() -> None:
    layout = timeline.figure(full(), dark=False, note="+1 more: <b>gel</b>, 13 days")["layout"]
    note = layout["annotations"][-1]
    assert note["text"] == "+1 more: &lt;b&gt;gel&lt;/b&gt;, 13 days"
    assert layout["height"] == timeline.figure(full(), dark=False)["layout"]["height"], "the pain panel makes the room"
    assert all("more" not in each["text"] for each in timeline.figure(full(), dark=False)["layout"]["annotations"])


def test_a_figure_with_few_panels_is_lower_instead_of_stretched() -> None:
    assert timeline.figure(view([4.0] * 5), dark=False)["layout"]["height"] < timeline.HEIGHT


def test_text_of_the_record_cannot_become_markup() -> None:
    hostile = Marker(on(1), "note", "<b>%{y}</b>", "<a href='x'>%{x}</a>")
    figure = timeline.figure(view([4.0] * 40, markers=(hostile,)), dark=False)
    drawn = next(each for each in figure["data"] if each.get("mode") == "markers+text")
    assert drawn["text"] == ["&lt;b&gt;% {y}&lt;/b&gt;"]
    assert drawn["customdata"] == ["&lt;a href='x'&gt;% {x}&lt;/a&gt;"]


def test_what_was_pinned_to_days_has_a_line_over_them_below_its_marker() -> None:
    noted = Marker(on(3), "note", "Psychology note", "words", on(9), 7)
    figure = timeline.figure(view([4.0] * 40, markers=(noted,)), dark=False)
    line = next(each for each in figure["data"] if each.get("line", {}).get("width") == 2 and each["yaxis"] != "y")
    assert line["x"] == [on(3).isoformat(), on(9).isoformat(), None]
    Figure(figure)


def test_a_region_alone_is_said_in_the_panel() -> None:
    alone = replace(view([4.0] * 5), regions=("b_calf_l",))
    assert "Pain here" in timeline.figure(alone, dark=False)["layout"]["annotations"][0]["text"]


def test_the_revision_changes_with_the_numbers_and_only_with_them() -> None:
    def revision(*pain: float) -> str:
        return str(timeline.figure(view(pain), dark=False)["layout"]["datarevision"])

    assert revision(4.0, 5.0) == revision(4.0, 5.0)
    assert revision(4.0, 5.0) != revision(4.0, 6.0)


def test_no_array_is_typed_so_that_the_browser_draws_once() -> None:
    def typed(part: object) -> bool:
        if isinstance(part, dict):
            return "bdata" in part or any(map(typed, part.values()))
        return isinstance(part, list) and any(map(typed, part))

    assert not typed(timeline.figure(full(), dark=False))


def test_one_logged_day_still_draws() -> None:
    Figure(timeline.figure(view([5.0]), dark=False))
