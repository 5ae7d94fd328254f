"""The Pain map page: one screen of maps, its modes, play, filter, download, and every state."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data_access import exports
from data_access.access import User
from data_access.engine import reading
from tests.conftest import AS_OF
from tests.dashboard.pain_maps import CALF, RECORD, entry, stored, undated
from tests.pages.opening import charts, drawn, everything_shown, head, link, page, person

FILE = "pain_map.py"


def test_one_screen_says_where_it_hurts_and_what_changed(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), period="3m")
    assert not opened.exception
    assert len(drawn(opened, "body_map")) == 3, "now, before, difference"
    lead, facts, measures = drawn(opened, "pain_map_reading")
    assert "days with a map now" in lead["lead"]["text"]
    assert [fact["name"] for fact in facts["facts"]][-1] == "WPI estimate"
    assert len(measures["facts"]) == 10
    assert len(charts(opened)) == len(drawn(opened, "pain_map_table")) == 1


def test_every_number_is_one_click_from_its_rule_and_its_days(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), period="3m")
    lead, facts, measures = drawn(opened, "pain_map_reading")
    for said in (lead["lead"], *facts["facts"], *measures["facts"]):
        assert {"Rule", "Inputs", "Dates", "Rests on"} <= {label for label, _ in said["evidence"]["rows"]}


@pytest.mark.parametrize(
    ("mode", "title"),
    [
        ("worst", "Worst pain"),
        ("how_often", "How often it hurt"),
        ("change", "Change in typical pain"),
        ("latest", "Latest map"),
    ],
)
def test_a_mode_changes_the_large_map_alone(clinic: Engine, physician: User, mode: str, title: str) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), period="3m")
    before = [each["title"] for each in drawn(opened, "body_map")]
    opened.button_group(key="pain_map_mode").set_value(mode).run()
    assert [each["title"] for each in drawn(opened, "body_map")] == [title, *before[1:]]


def test_play_hands_every_step_to_the_browser(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), period="4w")
    opened.button_group(key="pain_map_mode").set_value("play").run()
    assert not opened.exception
    (told,) = drawn(opened, "body_map_play")
    assert len(told["frames"]) == 28
    opened.button_group(key="pain_map_step_1_7").set_value(7).run()
    assert len(drawn(opened, "body_map_play")[0]["frames"]) == 4


def test_ten_years_are_far_below_two_megabytes_even_to_play(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00001"), period="all")
    opened.button_group(key="pain_map_mode").set_value("play").run()
    assert len(json.dumps(charts(opened))) < 120_000
    assert sum(len(node.proto.json) for node in opened.get("bidi_component")) < 200_000


def test_the_table_goes_out_through_the_recorded_export(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), period="3m")
    opened.button(key="pain_map_download").click().run()
    assert not opened.exception
    (given,) = drawn(opened, "file_delivery")
    assert given["name"] == f"pain-map-FB-00002-{AS_OF}.csv"
    with reading(clinic) as conn:
        listed = exports.listed(conn, head(clinic, "FB-00002").patient_id)
    assert given["name"] in [one.file_name for one in listed]


def test_who_never_logged_is_told_what_to_do(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00010"))
    assert not opened.exception
    assert opened.subheader[0].value == "Nothing logged yet"
    assert charts(opened) == drawn(opened, "body_map") == []


def test_one_map_starts_with_itself_and_compares_nothing(clinic: Engine, physician: User) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00009"), period="4w")
    assert not opened.exception
    now, before, difference = drawn(opened, "body_map")
    assert now["title"] == "Latest map"
    assert before["empty"] == "No body map in this period"
    assert difference["empty"] == "Nothing to compare"


def test_days_without_a_map_are_not_days_without_pain_and_offer_all_days(clinic: Engine, physician: User) -> None:
    stored(clinic, entry(3, map_filled_in=False), entry(60, CALF))
    opened = page(FILE, physician, p=link(clinic, RECORD), period="4w")
    assert opened.subheader[0].value == "No body map in this period"
    opened.button(key="pain_map_show_all").click().run()
    assert not opened.exception
    assert len(drawn(opened, "body_map")) == 3


def test_days_without_an_entry_say_when_the_last_one_was(clinic: Engine, physician: User) -> None:
    days = f"{AS_OF - timedelta(days=10)}_{AS_OF}"
    opened = page(FILE, physician, p=link(clinic, "FB-00007"), period="custom", days=days)
    assert opened.subheader[0].value == "No diary entry in this period"


def test_undated_maps_are_shown_without_a_date(clinic: Engine, physician: User) -> None:
    stored(clinic, undated(CALF))
    opened = page(FILE, physician, p=link(clinic, RECORD))
    assert opened.subheader[0].value == "No map with a date"
    (shown,) = drawn(opened, "body_map")
    assert "date not recorded" in shown["title"]
    assert charts(opened) == []


def test_another_teams_patient_is_not_shown(clinic: Engine) -> None:
    stranger = person(clinic, role="auditor")
    opened = page(FILE, stranger, p=link(clinic, "FB-00002"))
    assert "Imagined" not in everything_shown(opened)
    assert drawn(opened, "body_map") == charts(opened) == []
