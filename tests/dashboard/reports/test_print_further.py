"""Further charts for paper: sleep and stress, scores over time, medicines; inside the paper, honest about gaps."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa

from clinical.record import Medicine
from dashboard.reports import print_daily, print_lanes, print_scores
from dashboard.reports.one_page import Figure
from dashboard.reports.print_parts import WIDTH
from dashboard.reports.record import DoseCount, Record
from dashboard.services.medication_course import MedicineLane, Prescription
from tests.dashboard.reports import people
from tests.dashboard.reports.composed import read
from tests.dashboard.services.clinic import OTHER_TEAMS_PATIENT, PATIENT
from tests.data_access.made_up import TODAY

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = {"daily": print_daily.figure, "scores": print_scores.figure, "lanes": print_lanes.figure}


def words(figure: Figure) -> list[str]:
    return [element.text or "" for element in ET.fromstring(figure.svg).iter(f"{SVG}text")]  # noqa: S314


@pytest.mark.parametrize("days", [1, 7, 84, 365, 3650])
@pytest.mark.parametrize("name", FIGURES)
def test_any_period_is_drawn_inside_the_paper(name: str, days: int, whole_clinic: sa.Engine) -> None:
    drawn = FIGURES[name](read(whole_clinic, PATIENT, TODAY, days=days))
    chart = ET.fromstring(drawn.svg)  # noqa: S314
    tall = float(chart.get("viewBox", "0 0 0 0").split()[3])
    assert drawn.alt and drawn.caption
    for element in chart.iter():
        for attribute, end in (("x", WIDTH), ("x1", WIDTH), ("cx", WIDTH), ("y", tall), ("y1", tall), ("cy", tall)):
            assert -0.5 <= float(element.get(attribute, 0)) <= end + 0.5
        if element.tag == f"{SVG}rect":
            assert float(element.get("x", 0)) + float(element.get("width", 0)) <= WIDTH + 0.5


@pytest.mark.parametrize("draw", FIGURES.values())
def test_nothing_on_record_is_no_picture(draw: Callable[[Record], Figure], whole_clinic: sa.Engine) -> None:
    assert draw(read(whole_clinic, OTHER_TEAMS_PATIENT, TODAY)).svg == ""
    assert draw(people.empty()).svg == ""


def test_only_what_was_answered_has_a_panel_and_its_numbers_are_told(whole_clinic: sa.Engine) -> None:
    record = read(whole_clinic, PATIENT, TODAY)
    drawn = print_daily.figure(record)
    assert {"Sleep", "Sleep quality", "Stress", "Fatigue", "Stiffness"} <= set(words(drawn))
    stress = record.timeline.series["stress"]
    low, middle, high = np.nanmin(stress), np.nanmedian(stress), np.nanmax(stress)
    assert f"stress median {middle:.1f}, from {low:.1f} to {high:.1f}, 56 values" in drawn.alt
    assert words(print_daily.figure(people.full())).count("Fatigue") == 0


def test_a_day_without_an_answer_breaks_the_line() -> None:
    whole_line, broken = (print_daily.figure(people.record(people.diary(84, missing=gap))) for gap in ((), (40, 41)))
    lines = [part.count("M") for part in (path(whole_line), path(broken))]
    assert lines[1] == lines[0] + 1


def path(figure: Figure) -> str:
    """The line of stress."""
    chart = ET.fromstring(figure.svg)  # noqa: S314
    return next(each.get("d", "") for each in chart.iter(f"{SVG}path") if each.get("fill") == "none")


def test_scores_are_drawn_where_there_are_two_to_join_and_carry_their_numbers(whole_clinic: sa.Engine) -> None:
    drawn = print_scores.figure(read(whole_clinic, PATIENT, TODAY))
    assert {"PHQ-9", "0–27", "lower is better", "11", "14"} <= set(words(drawn))
    assert "GAD-7" not in words(drawn)  # one total and one with gaps


def test_lanes_tell_prescribed_and_taken_apart(whole_clinic: sa.Engine) -> None:
    drawn = print_lanes.figure(read(whole_clinic, PATIENT, TODAY))
    assert "Amitriptyline" in words(drawn)
    assert "Paracetamol: not on the list, taken on 24 days" in drawn.alt
    assert "Diazepam: 5 mg once at night, no dose record" in drawn.alt
    assert "taken on 0 days" not in drawn.alt


def lanes_said(record: Record, *lanes: MedicineLane) -> str:
    """The alternative text of a picture of these lanes."""
    assert record.pages is not None
    medication = record.pages.medication
    shown = replace(record.pages, medication=replace(medication, course=replace(medication.course, lanes=lanes)))
    return print_lanes.figure(replace(record, pages=shown)).alt


def test_what_no_lane_knows_is_not_put_into_words(whole_clinic: sa.Engine) -> None:
    record = read(whole_clinic, PATIENT, TODAY)
    assert record.pages is not None
    bare = replace(record.pages.medication.course.lanes[0], medicine="Remedy", days=np.zeros(84, np.int16))
    unknown = tuple(Prescription(TODAY, TODAY, None, "") for _ in range(2))
    listed = replace(record, medicines=[Medicine("remedy")], doses={"REMEDY": DoseCount(0, 2)})
    assert "Remedy: on the list, dose not recorded, no dose record." in lanes_said(
        record, replace(bare, prescribed=unknown)
    )
    assert "Remedy: on the list, first day not known, logged as not taken on 2 days." in lanes_said(
        listed, replace(bare, prescribed=())
    )
    assert "Remedy: not on the list, no dose record." in lanes_said(record, replace(bare, prescribed=()))
