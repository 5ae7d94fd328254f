"""Medication lanes: what was prescribed and what was taken, the telling ones first."""

from datetime import date
from typing import Any

import numpy as np

from clinical.diary import Period
from clinical.record import Medicine
from dashboard.services.lanes import MOST_LANES, as_needed_days, during, lanes
from data_access import frames
from data_access.medication import Doses
from tests.dashboard.charts.timelines import FIRST, on

PERIOD = Period(FIRST, on(27))
Dose = tuple[date, str, float, str, bool, bool]


def doses(*rows: Dose) -> Doses:
    written: list[tuple[Any, ...]] = [(row[0].isoformat(), *row[1:]) for row in sorted(rows, key=lambda row: row[0])]
    return Doses(**frames.columns(written, frames.DOSES))


def test_a_changed_dose_is_two_spans_with_the_share_of_the_largest() -> None:
    low = Medicine("Duloxetine", FIRST, on(9), dose=30, unit="mg")
    high = Medicine("duloxetine", on(10), dose=60, unit="mg")
    (lane,) = lanes([low, high], doses(), PERIOD).drawn
    assert lane.spans == ((FIRST, on(9), 0.5), (on(10), on(27), 1.0))
    assert lane.dose == "60 mg"
    assert np.isnan(lane.taken).all()


def test_doses_of_one_day_add_up_and_a_dose_not_taken_does_not_count() -> None:
    logged = doses(
        (on(2), "tramadol", 50, "mg", True, True),
        (on(2), "Tramadol", 100, "mg", True, True),
        (on(3), "tramadol", 50, "mg", True, False),
    )
    (lane,) = lanes([], logged, PERIOD).drawn
    assert lane.as_needed
    assert lane.taken[2] == 150
    assert np.isnan(np.delete(lane.taken, 2)).all()


def test_a_dose_of_unknown_size_counts_as_the_usual_one() -> None:
    logged = doses((on(1), "ibuprofen", 400, "mg", True, True), (on(2), "ibuprofen", float("nan"), "mg", True, True))
    assert lanes([], logged, PERIOD).drawn[0].taken[2] == 400


def test_over_years_an_as_needed_lane_counts_days_a_week() -> None:
    long = Period(FIRST, on(699))
    logged = doses(*((on(699 - i), "tramadol", 50, "mg", True, True) for i in range(3)))
    (lane,) = lanes([], logged, long).drawn
    assert len(lane.taken) == 100
    assert lane.taken[-1] == 3


def test_medicines_that_findings_speak_of_come_first_and_the_rest_is_counted() -> None:
    many = [Medicine(f"medicine {i}", FIRST) for i in range(7)]
    found = lanes(many, doses(), PERIOD, ["Medicine 6"])
    assert len(found.drawn) == MOST_LANES
    assert found.more == 7 - MOST_LANES
    assert not {left.medicine for left in found.left} & {lane.medicine for lane in found.drawn}
    assert "medicine 6" in [lane.medicine for lane in found.drawn]


def test_a_medicine_without_room_is_left_with_the_days_it_was_taken() -> None:
    listed = [Medicine(f"medicine {i}", FIRST) for i in range(MOST_LANES)]
    listed = [Medicine(f"medicine {i}", FIRST) for i in range(MOST_LANES)]
    taken = doses(*((on(i), "Diclofenac gel", 1, "g", True, True) for i in (1, 1, 4)))
    (left,) = lanes(listed, taken, PERIOD, [medicine.name for medicine in listed]).left
    assert (left.medicine, left.days) == ("Diclofenac gel", 2)


def test_a_medicine_that_ended_before_the_period_has_no_lane() -> None:
    assert lanes([Medicine("gabapentin", FIRST, on(3))], doses(), Period(on(4), on(27))).drawn == ()


def test_as_needed_days_are_each_day_once_and_none_when_doses_were_never_logged() -> None:
    logged = doses(
        (on(1), "tramadol", 50, "mg", True, True),
        (on(1), "tramadol", 50, "mg", True, True),
        (on(4), "tramadol", 50, "mg", True, False),
    )
    assert as_needed_days(logged) == {"tramadol": [on(1)]}
    assert as_needed_days(doses()) is None


def test_the_doses_of_a_period_hold_both_its_ends() -> None:
    logged = doses(*((on(i), "tramadol", 50, "mg", True, True) for i in range(5)))
    assert during(logged, Period(on(1), on(3))).day.astype(str).tolist() == [on(i).isoformat() for i in (1, 2, 3)]


def test_a_medicine_without_a_first_day_has_no_bar_but_what_was_taken_of_it() -> None:
    undated = Medicine("tramadol", dose=50, unit="mg")
    assert lanes([undated], doses(), PERIOD).drawn == ()
    (lane,) = lanes([undated], doses((on(2), "tramadol", 50, "mg", False, True)), PERIOD).drawn
    assert lane.spans == ()
    assert lane.taken[2] == 50
