"""Medicines over time as Plotly gets them: valid, prescribed above taken, limits named, nothing without a panel."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from plotly.graph_objects import Figure

from dashboard.charts import medication
from dashboard.presenters.medication_numbers import LINES
from dashboard.services.medication_course import Course, MedicineLane, Prescription, ReliefRow, Total
from tests.dashboard.charts.timelines import array, flare, on, view

DAYS = 28


def days(*places: int) -> np.ndarray[Any, np.dtype[np.int16]]:
    flags = np.zeros(DAYS, np.int16)
    flags[list(places)] = 1
    return flags


def amounts(**by_day: float) -> np.ndarray[Any, np.dtype[np.float32]]:
    values = np.full(DAYS, np.nan, np.float32)
    for place, value in by_day.items():
        values[int(place[1:])] = value
    return values


NOTHING = Total(amounts(), days())
REGULAR = MedicineLane(
    "duloxetine", False, (Prescription(on(0), on(27), 1.0, "60 mg"),), days(1, 2, 3), amounts(d1=60, d2=60), "mg"
)
AS_NEEDED = MedicineLane("tramadol", True, (Prescription(on(5), on(27), None, ""),), days(6), amounts(d6=50), "mg")


def course(**parts: Any) -> Course:
    logged = view([4.0] * DAYS, flares=[flare(3, 9)])
    made = Course(logged, (REGULAR, AS_NEEDED), (), (ReliefRow("heat", days(2)),), NOTHING, NOTHING)
    return replace(made, **parts)


def panels(made: dict[str, Any]) -> list[str]:
    return [note["text"].split("</b>")[0].removeprefix("<b>") for note in made["layout"]["annotations"]]


@pytest.mark.parametrize("dark", [False, True])
def test_plotly_takes_it_as_it_is(dark: bool) -> None:
    total = Total(amounts(d3=4.5, d4=2), days(7))
    made = medication.figure(course(paracetamol=total, mme=Total(amounts(d3=58), days())), LINES, dark)
    Figure(made)
    assert panels(made) == ["Pain", "Paracetamol taken", "Opioids taken"]


def test_a_total_of_nothing_has_no_panel() -> None:
    assert panels(medication.figure(course(), LINES, dark=False)) == ["Pain"]


def test_what_was_prescribed_stands_above_what_was_taken() -> None:
    made = medication.figure(course(), LINES, dark=False)
    bars = [trace for trace in made["data"] if trace["type"] == "bar" and trace.get("yaxis", "y") != "y"]
    assert [array(bar["y"]).size for bar in bars] == [1, 1]
    taken = [trace for trace in made["data"] if trace.get("fill") == "toself" and trace["yaxis"] == bars[0]["yaxis"]]
    highest = max(np.nanmax(array(trace["y"])) for trace in taken)
    assert all(bar["base"] > highest - 1 for bar in bars)
    assert min(bar["base"] for bar in bars) > 0.6


def test_a_day_whose_amount_is_not_known_is_drawn_hollow_and_said_so() -> None:
    made = medication.figure(course(), LINES, dark=False)
    said = next(trace for trace in made["data"] if "duloxetine" in trace.get("hovertemplate", ""))
    assert said["customdata"][1] == "taken 60 mg"
    assert said["customdata"][3] == "taken, amount not wholly known"
    hollow = [trace for trace in made["data"] if trace.get("fillcolor") == "rgba(0,0,0,0)"]
    assert len(hollow) == 1


def test_days_that_could_not_be_counted_are_crosses_not_zeros() -> None:
    made = medication.figure(course(mme=Total(amounts(d3=10), days(7))), LINES, dark=False)
    crosses = next(trace for trace in made["data"] if trace.get("marker", {}).get("symbol") == "x")
    assert np.flatnonzero(np.isfinite(array(crosses["y"]))).tolist() == [7]


def test_the_limit_is_drawn_and_named() -> None:
    made = medication.figure(course(paracetamol=Total(amounts(d3=2), days())), LINES, dark=False)
    note = made["layout"]["annotations"][1]["text"]
    assert LINES["paracetamol"][0].says in note
    dashed = next(trace for trace in made["data"] if trace.get("line", {}).get("dash") == "4px,3px")
    assert dashed["y"][:2] == [4.0, 4.0]


def test_names_from_the_record_are_no_markup() -> None:
    evil = replace(REGULAR, medicine="<b>%{x}")
    made = medication.figure(course(lanes=(evil,)), LINES, dark=False)
    assert "<b>%{x}" not in str(made["data"])
    assert "<b>%{x}" not in str([axis for name, axis in made["layout"].items() if name.startswith("yaxis")])


def test_lanes_of_almost_the_same_name_are_told_apart_and_say_it_whole_when_pointed_at() -> None:
    stub = "Acetaminophen 325 MG / Hydrocodone Bitartrate"
    names = [f"{stub} 5 MG Oral Tablet", f"{stub} 10 MG Oral Capsule"]
    made = medication.figure(course(lanes=tuple(replace(REGULAR, medicine=name) for name in names)), LINES, dark=False)
    (labels,) = (
        axis["ticktext"]
        for axis in made["layout"].values()
        if isinstance(axis, dict) and "ticktext" in axis and len(axis["ticktext"]) == 2
    )
    assert len(set(labels)) == 2
    assert all(name in str(made["data"]) for name in names)


@pytest.mark.parametrize("days_long", [(0, 1), (24, 27)])
def test_the_name_of_a_flare_stays_inside_the_plot(days_long: tuple[int, int]) -> None:
    logged = view([4.0] * DAYS, flares=[flare(*days_long)])
    made = medication.figure(course(timeline=logged), LINES, dark=False)
    (named,) = (trace for trace in made["data"] if trace.get("mode") == "text")
    at = np.datetime64(named["x"][0]) - np.datetime64(logged.start)
    place = medication.PLOT * (at / np.timedelta64(1, "D") + 0.5) / DAYS
    wide = 6.6 * len(named["text"][0])
    begins = place - wide * {"top right": 0, "top center": 0.5, "top left": 1}[named["textposition"][0]]
    assert 0 <= begins <= medication.PLOT + 8 - wide
