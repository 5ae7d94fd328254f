"""Medicines over time: prescribed and taken side by side, never added up; what is not known has no amount."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from clinical.diary import Period
from clinical.medication import DailySeries, DoseTable
from clinical.record import Medicine
from dashboard.services import medication_course as course
from dashboard.services.medication_course import MedicineLane, NamedDoses
from dashboard.services.timeline import Steps

LAST = date(2026, 11, 22)
FOUR_WEEKS = Period(LAST - timedelta(days=27), LAST)
TEN_YEARS = Period(LAST - timedelta(days=3640), LAST)


def ago(days: int) -> date:
    return LAST - timedelta(days=days)


def doses(*rows: tuple[int, str, float | None, str, bool]) -> NamedDoses:
    """(days ago, medicine, dose, unit, taken), oldest first."""
    return NamedDoses.of(
        DoseTable(
            np.array([ago(row[0]) for row in rows], "datetime64[D]"),
            np.array([row[1] for row in rows], object),
            np.array([np.nan if row[2] is None else row[2] for row in rows], np.float32),
            np.array([row[3] for row in rows], object),
            np.zeros(len(rows), np.bool_),
            np.array([row[4] for row in rows], np.bool_),
            np.array([""] * len(rows), object),
            np.full(len(rows), -1, np.int32),
        )
    )


def lane(medicines: list[Medicine], logged: NamedDoses, period: Period = FOUR_WEEKS) -> MedicineLane:
    (found,) = course.lanes(medicines, logged, period)
    return found


def test_a_prescription_without_a_dose_logged_has_no_day_taken() -> None:
    found = lane([Medicine("duloxetine", ago(100), dose=60, unit="mg")], doses())
    assert [(each.start, each.end) for each in found.prescribed] == [(FOUR_WEEKS.start, LAST)]
    assert found.days_taken == 0


def test_doses_of_a_medicine_nobody_prescribed_have_a_lane_without_a_prescription() -> None:
    found = lane([], doses((3, "Ibuprofen", 400, "mg", True), (1, "ibuprofen", 200, "mg", True)))
    assert found.prescribed == ()
    assert found.days_taken == 2
    assert np.nansum(found.amount) == 600


def test_one_name_in_other_letters_is_one_lane() -> None:
    found = lane([Medicine("Tramadol", ago(10), as_needed=True)], doses((2, "TRAMADOL", 50, "mg", True)))
    assert found.medicine == "Tramadol"
    assert found.days_taken == 1


@pytest.mark.parametrize(("dose", "unit"), [(None, "mg"), (1, "{tablet}"), (50, "")])
def test_a_day_whose_amount_is_not_wholly_known_is_taken_without_an_amount(dose: float | None, unit: str) -> None:
    logged = doses((5, "tramadol", 50, "mg", True), (3, "tramadol", 50, "mg", True), (3, "tramadol", dose, unit, True))
    found = lane([], logged)
    day = 27 - 3
    assert found.days[day] == 1
    assert np.isnan(found.amount[day])
    assert found.amount[27 - 5] == 50


def test_what_was_said_not_to_be_taken_is_not_taken() -> None:
    assert course.lanes([], doses((2, "tramadol", 50, "mg", False)), FOUR_WEEKS) == ()


@pytest.mark.parametrize(
    "medicine",
    [
        Medicine("naproxen", None, dose=500, unit="mg"),
        Medicine("naproxen", ago(20), reason_stopped="completed, on a day that is not recorded"),
        Medicine("naproxen", ago(90), ago(40)),
    ],
)
def test_what_was_on_no_known_day_of_the_period_is_on_no_axis(medicine: Medicine) -> None:
    assert course.lanes([medicine], doses(), FOUR_WEEKS) == ()


def test_the_height_of_a_prescription_is_its_share_of_the_largest_dose() -> None:
    changed = [
        Medicine("duloxetine", ago(20), ago(11), dose=30, unit="mg"),
        Medicine("duloxetine", ago(10), dose=60, unit="mg"),
    ]
    assert [each.share for each in lane(changed, doses()).prescribed] == [0.5, 1.0]


def test_doses_in_different_units_or_not_known_have_no_height() -> None:
    mixed = [
        Medicine("codeine", ago(20), ago(11), dose=30, unit="mg"),
        Medicine("codeine", ago(10), ago(5), dose=1, unit="{tablet}"),
        Medicine("codeine", ago(4)),
    ]
    assert [each.share for each in lane(mixed, doses()).prescribed] == [None, None, None]


def test_ten_years_count_days_and_not_doses() -> None:
    logged = doses((2, "tramadol", 50, "mg", True), (2, "tramadol", 50, "mg", True), (1, "tramadol", 50, "mg", True))
    found = lane([], logged, TEN_YEARS)
    assert found.days[-1] == 2
    assert found.amount[-1] == 75  # mean of 100 and 50


def test_relief_measures_have_a_row_each_and_nothing_used_has_none() -> None:
    used = [(ago(3), ("heat", "walking")), (ago(2), ("none",)), (ago(1), ("heat", "tens")), (ago(60), ("cold",))]
    rows = {row.name: int(row.days.sum()) for row in course.relief(used, FOUR_WEEKS)}
    assert rows == {"heat": 2, "exercise": 1, "other": 1}


def series(*days: tuple[int, float, bool]) -> DailySeries:
    return DailySeries(
        np.array([ago(each[0]) for each in days], "datetime64[D]"),
        np.array([each[1] for each in days]),
        np.array([each[2] for each in days]),
        np.ones(len(days), np.bool_),
        "mg",
    )


def test_a_total_is_the_highest_day_of_a_step_and_days_not_counted_are_marked() -> None:
    found = course.total(series((4, 1000, True), (3, 4500, True), (2, 0, False)), TEN_YEARS, 1000)
    assert found.highest[-1] == pytest.approx(4.5)
    assert found.unknown[-1] == 1
    assert np.isnan(found.highest[:-1]).all()


def test_a_day_that_may_hold_more_is_marked_as_not_wholly_counted() -> None:
    may_be_more = replace(series((3, 3000, True), (2, 3000, True)), most=np.array([3000.0, 6000.0]))
    found = course.total(may_be_more, FOUR_WEEKS, 1000)
    assert found.highest[-4:-2].tolist() == [3, 3]
    assert found.unknown[-4:-2].tolist() == [0, 1]


def test_a_day_that_is_not_known_is_not_zero() -> None:
    found = course.total(series((2, 0, False)), FOUR_WEEKS)
    assert np.isnan(found.highest).all()
    assert found.shown


def test_days_outside_the_period_are_left_out() -> None:
    assert not course.total(series((90, 5, True)), FOUR_WEEKS).shown


@pytest.mark.parametrize("days", [400, 3641])
def test_only_days_of_the_period_count_where_the_first_step_begins_before_it(days: int) -> None:
    period = Period(ago(days - 1), LAST)
    assert Steps.of(period).grid.start < period.start
    inside, outside = (days - 1, "tramadol", 50, "mg", True), (days, "tramadol", 50, "mg", True)
    assert lane([], doses(outside, inside), period).days_taken == 1
    (heat,) = course.relief([(ago(days), ("heat",)), (ago(days - 1), ("heat",))], period)
    assert int(heat.days.sum()) == 1


def test_a_total_from_before_the_period_is_not_its_highest() -> None:
    period = Period(ago(399), LAST)
    days = np.array([ago(400), ago(399)], "datetime64[D]")
    values = np.array([4000.0, 1000.0])
    series = DailySeries(days, values, np.ones(2, np.bool_), np.ones(2, np.bool_), "mg")
    assert np.nanmax(course.total(series, period).highest) == 1000
