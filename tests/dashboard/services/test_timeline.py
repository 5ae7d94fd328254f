"""The view model of the time series: daily or weekly, medians of logged days only, gaps as NaN."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clinical.body_map import PRESENT, REGION_INDEX, pack
from clinical.daily import Entry, day_rows
from clinical.diary import Period
from dashboard.services.timeline import Marker, Steps, flare_spans, intensity, median_of_logged, only, runs, timeline
from tests.dashboard.charts.timelines import FIRST, diary, flare, on, view


@given(
    st.lists(st.lists(st.one_of(st.just(float("nan")), st.floats(0, 10, width=32)), min_size=7, max_size=7), min_size=1)
)
def test_the_median_of_logged_days_is_numpys_median_of_what_is_known(rows: list[list[float]]) -> None:
    given_rows = np.array(rows, np.float32)
    for row, median in zip(given_rows, median_of_logged(given_rows), strict=True):
        known = row[np.isfinite(row)]
        assert np.isnan(median) if not known.size else np.isclose(median, np.median(known), atol=1e-5)


def test_two_hundred_days_are_daily_and_one_more_is_weekly() -> None:
    assert Steps.of(Period(FIRST, on(199))).step_days == 1
    weekly = Steps.of(Period(FIRST, on(200)))
    assert weekly.step_days == 7
    assert weekly.grid.end == on(200)
    assert weekly.grid.days == weekly.count * 7 >= 201


def test_four_years_are_weekly_and_one_day_more_is_four_weekly() -> None:
    assert Steps.of(Period(FIRST, on(1460))).step_days == 7
    beyond = Steps.of(Period(FIRST, on(1461)))
    assert beyond.step_days == 28
    assert beyond.grid.end == on(1461)
    assert beyond.grid.days == beyond.count * 28 >= 1462


def test_a_week_is_the_median_of_its_logged_days_and_says_how_many() -> None:
    long = view([3.0] * 400 + [None, None, 1.0, 9.0, 5.0, None, None])
    assert long.grouped
    assert long.pain[-1] == 5
    assert long.logged[-1] == 3


def test_the_seven_day_median_stops_at_a_gap_and_needs_three_logged_days() -> None:
    drawn = view([4.0, 4, 4, None, None, None, None, None, None, 9, None])
    assert np.isnan(drawn.pain_median[3:9]).all()
    assert np.isfinite(drawn.pain_median[:3]).all()
    assert np.isnan(drawn.pain_median[9])
    assert drawn.gaps() == [(3, 8), (10, 10)]


def test_the_median_at_the_edges_looks_at_the_days_outside_the_period() -> None:
    logged = diary([8.0, 8, 8, 2, 8, 8, 8])
    one_day = timeline(logged, Period(on(3), on(3)), [], usual=None, as_of=on(6))
    assert one_day.pain.tolist() == [2]
    assert one_day.pain_median.tolist() == [8]


def test_a_period_outside_the_diary_is_one_gap() -> None:
    before = timeline(diary([4.0] * 5), Period(on(-30), on(-20)), [], usual=None, as_of=on(4))
    assert np.isnan(before.pain).all()
    assert np.isnan(before.pain_median).all()
    assert before.gaps() == [(0, 10)]


def test_runs_are_found_as_first_and_last() -> None:
    assert runs(np.array([True, False, True, True])) == [(0, 0), (2, 3)]
    assert runs(np.zeros(3, np.bool_)) == []


def test_a_region_is_its_worst_mark_zero_without_a_mark_and_unknown_without_a_map() -> None:
    maps = [{"b_calf_l": 3, "f_knee_l": 6}, {"b_calf_l": 8}, {}, None, {"b_calf_l": None}]
    logged = day_rows([Entry(on(i), pain=5, regions=None if m is None else pack(m)) for i, m in enumerate(maps)])
    assert logged.maps[4][REGION_INDEX["b_calf_l"]] == PRESENT
    values = intensity(logged, ["b_calf_l", "f_knee_l"])
    assert values[:3].tolist() == [6, 8, 0]
    assert np.isnan(values[3])
    assert intensity(logged, ["b_calf_l"])[0] == 3
    assert np.isnan(intensity(logged, ["b_calf_l"])[4])


def test_a_filtered_timeline_changes_the_pain_panel_alone() -> None:
    logged = day_rows([Entry(on(i), pain=5, stress=2, regions=pack({"b_calf_l": 7})) for i in range(10)])
    whole = view([5.0] * 10, stress=2)
    alone = only(whole, logged, ("b_calf_l",))
    assert alone.pain.tolist() == [7] * 10
    assert alone.usual is None
    assert alone.series is whole.series
    assert alone.regions == ("b_calf_l",)


def test_flares_are_clipped_and_counted_in_whole_days() -> None:
    logged = diary([4.0] * 30)
    found = [flare(0, 12), flare(15, 15, "spike"), flare(25, None)]
    spans = flare_spans(logged, found, Period(on(10), on(29)), on(29))
    assert [(span.kind, span.days) for span in spans] == [
        ("flare", 13),
        ("spike", 1),
        ("flare", 5),
    ]
    assert spans[0].start == on(10)
    assert spans[2].open
    assert spans[2].end == on(29)


def test_a_flare_outside_the_period_is_not_drawn() -> None:
    assert flare_spans(diary([4.0] * 30), [flare(0, 5)], Period(on(10), on(29)), on(29)) == ()


def test_short_nights_before_a_flare_are_the_two_nights_that_ended_by_its_first_day() -> None:
    hours = [7, 7, 4.5, 7, 7]
    logged = day_rows([Entry(on(i), pain=5, sleep_hours=h) for i, h in enumerate(hours)])
    nights = [flare_spans(logged, [flare(day, day)], Period(FIRST, on(4)), on(4))[0] for day in range(5)]
    assert [span.short_nights_before for span in nights] == [0, 0, 1, 1, 0]


def test_markers_outside_the_period_are_left_out() -> None:
    early = Marker(FIRST - timedelta(days=1), "visit", "Visit", "")
    inside = Marker(on(2), "visit", "Visit", "")
    assert view([4.0] * 5, markers=(inside, early)).markers == (inside,)


def test_what_lasted_into_the_period_stands_on_its_first_day() -> None:
    lasted = Marker(FIRST - timedelta(days=9), "note", "Note", "", on(1))
    over = Marker(FIRST - timedelta(days=9), "note", "Note", "", FIRST - timedelta(days=1))
    assert view([4.0] * 5, markers=(lasted, over)).markers == (replace(lasted, day=FIRST),)
