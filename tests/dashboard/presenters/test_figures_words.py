"""Titles and captions: titles say what was found, captions what it rests on."""

from dataclasses import replace
from datetime import date

import numpy as np

from clinical.diary import Completeness, Period
from clinical.fibromyalgia import WpiEstimate
from clinical.flares import UsualRange
from clinical.maps import typical
from dashboard.body_figure import DayTile
from dashboard.presenters import figures
from dashboard.services.lanes import LeftOut
from dashboard.services.open_items import Undated
from dashboard.services.summary import Step
from dashboard.services.timeline import Marker
from tests.clinical.diaries import with_maps
from tests.dashboard.charts.timelines import FIRST, flare, on, view

WPI = WpiEstimate(6, (), 7, False)
NOTHING = Undated(0, (), (), 0)
LEFT_OUT = (LeftOut("diclofenac gel", 13), LeftOut("zinc", 0))


def test_the_title_says_how_many_flares_and_what_went_before_them() -> None:
    short = view([4.0] * 84, flares=[flare(10, 16), flare(50, 56)], sleep_hours=4.0)
    assert figures.timeline_title(short) == "12 weeks on one axis: two flares (each after a night under 5 h)"
    well = view([4.0] * 84, flares=[flare(10, 16), flare(50, 50, "spike")], sleep_hours=7.0)
    assert figures.timeline_title(well) == "12 weeks on one axis: one flare and one spike"
    own_word = replace(flare(50, 50, "spike"), signals=("flare",))
    assert figures.timeline_title(view([4.0] * 84, flares=[flare(10, 16), own_word])) == (
        "12 weeks on one axis: one flare and patient said flare once"
    )
    three = view([4.0] * 84, flares=[flare(10, 16), flare(30, 30, "spike"), own_word])
    assert figures.timeline_title(three) == "12 weeks: one flare, one spike and patient said flare once"
    assert figures.timeline_title(view([4.0] * 28)) == "4 weeks on one axis: no flare found"


def test_too_few_days_are_not_said_to_be_without_flares() -> None:
    few = view([4.0, 4.0] + [None] * 25 + [4.0])
    assert figures.timeline_title(few) == "4 weeks on one axis: 3 days logged, too few to look for flares"


def test_a_filtered_chart_names_its_regions() -> None:
    alone = replace(view([4.0] * 28), regions=("b_calf_l", "b_thigh_l"))
    assert figures.timeline_title(alone) == "Pain in the left thigh and left calf only"
    assert "counts as 0" in figures.timeline_help(alone)


def test_the_help_says_what_was_never_logged_and_what_is_not_drawn() -> None:
    help_text = figures.timeline_help(view([4.0] * 28, stress=3, usual=UsualRange(3, 5, 4, 26)), LEFT_OUT)
    assert "Not logged in this period: sleep hours" not in help_text  # maps come first in the list
    assert "sleep hours, sleep quality, fatigue, stiffness" in help_text
    assert "Without a lane: \\+2 more\\: diclofenac gel, 13 days" in help_text
    assert "of the last 26 logged days up to 28 Jan 2026" in help_text
    assert "week" in figures.timeline_help(view([4.0] * 401))


def test_a_medicine_without_a_lane_is_named_with_its_days() -> None:
    assert figures.left_out_named(LEFT_OUT[:1]) == "+1 more: diclofenac gel, 13 days"
    assert figures.left_out_named(LEFT_OUT) == "+2 more: diclofenac gel, 13 days; zinc"
    assert figures.left_out_named(()) == ""


def test_the_map_names_the_rule_of_its_stripes_only_where_it_has_some() -> None:
    often, seldom = {"b_calf_l": 5}, {"b_calf_l": 5, "b_thigh_l": 4}
    assert "under half of the map days (our own rule)" in figures.map_rule(
        typical(with_maps([often, often, seldom])), WPI
    )
    assert "under half" not in figures.map_rule(typical(with_maps([often] * 3)), WPI)


def test_the_screen_reader_gets_title_days_and_median() -> None:
    spoken = figures.timeline_spoken(view([4.0, None, 6.0, 6.0, 6.0]))
    assert spoken.endswith("4 of 5 days logged, median pain 6.0 of 10.")
    empty = replace(view([4.0]), pain=np.full(1, np.nan, np.float32))
    assert "no pain answer" in figures.timeline_spoken(empty)


def test_the_map_says_its_side_its_days_and_its_estimate() -> None:
    left = typical(with_maps([{"b_calf_l": 5, "b_thigh_l": 4, "b_hip_l": 4, "b_neck_r": 3}] * 5))
    assert figures.map_title(left) == "Where it hurts: left more than right"
    assert figures.map_caption(left, WPI) == "4 regions · 5 map days · WPI about 6 of 19"
    assert "to be confirmed" in figures.map_rule(left, WPI)
    right = typical(with_maps([{"b_calf_r": 5, "b_thigh_r": 4}] * 5))
    assert figures.map_title(right).endswith("right more than left")
    assert figures.map_title(typical(with_maps([{"b_calf_r": 5, "b_calf_l": 4}] * 5))) == "Where it hurts"


def test_a_period_without_a_map_and_an_old_estimate_are_not_counted() -> None:
    assert figures.map_caption(typical(with_maps([None] * 5)), WPI) == "No day with a body map in this period"
    one = typical(with_maps([{"b_calf_l": 5}]))
    assert figures.map_caption(one, WpiEstimate(0, (), 0, True)) == "1 region · 1 map day"


def test_a_day_in_words_says_what_was_not_answered() -> None:
    bare = DayTile(date(2026, 10, 26), True, pain=6.0)
    assert figures.day_in_words(bare) == ("26 Oct 2026: pain 6.0, no map, slept no data, stress no data")
    assert figures.day_in_words(DayTile(date(2026, 10, 26), False)) == "26 Oct 2026: not logged"
    full = replace(bare, sleep_hours=4.5, stress=7.0, rescue_doses=1, flare=True)
    assert figures.day_in_words(full).endswith("slept 4.5 h, stress 7.0, 1 as-needed dose, flare day")


def test_a_clicked_step_tells_its_events() -> None:
    marker = Marker(FIRST, "note", "Note", "A note: *all well*")
    day = Step(FIRST, 1, DayTile(FIRST, False), (marker,))
    assert figures.step_in_words(day, on(30)) == "1 Jan 2026: not logged · A note\\: \\*all well\\*"
    assert figures.step_in_words(Step(FIRST, 7, None, (marker,)), on(30)).startswith(
        "7 days from 1 Jan 2026: 1 Jan A note"
    )
    flared = figures.step_in_words(Step(FIRST, 1, DayTile(FIRST, True, pain=8.0), (), (flare(0, 6),)), on(30))
    assert "Flare from 1 Jan: 1 Jan to 7 Jan, 7 days; usual pain 4" in flared
    assert "7 logged days, 0 days missing" in flared
    assert "nothing happened" in figures.step_in_words(Step(FIRST, 28, None, ()), on(30))


def test_the_tiles_say_how_many_were_logged_and_in_a_flare() -> None:
    tiles = (DayTile(date(2026, 11, 21), True, flare=True), DayTile(date(2026, 11, 22), False))
    assert figures.tiles_title(tiles) == "Last 2 days, 21 Nov – 22 Nov 2026: 1 logged, 1 in a flare"


def test_flares_and_events_are_listed_for_narrow_screens() -> None:
    drawn = view([4.0] * 28, flares=[flare(3, 5)], markers=(Marker(on(1), "visit", "Visit", ""),))
    assert figures.events_listed(drawn, on(27)) == "Flare from 4 Jan, 3 days · 2 Jan Visit"


def test_each_reason_for_no_picture_says_what_to_do() -> None:
    whole = Completeness(28, 0, 28, date(2026, 7, 1))
    never = figures.no_picture("never_logged", NOTHING, whole, on(0))
    undated = figures.no_picture("undated_only", Undated(3, (), (), 0), whole, on(0))
    quiet = figures.no_picture("nothing_in_period", NOTHING, whole, on(0))
    assert "flareboard import" in never[1]
    assert "3 records came in without a date" in undated[1]
    assert "The last entry was on 1 Jul 2026" in quiet[1]


def test_the_period_of_the_timeline_is_the_one_asked_for() -> None:
    assert view([4.0] * 28).period == Period(FIRST, on(27))
