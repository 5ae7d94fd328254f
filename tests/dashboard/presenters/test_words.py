"""Numbers, days and counts as they are read."""

from datetime import date

import pytest

from clinical.body_map import REGIONS
from clinical.diary import Period
from dashboard.presenters import words
from dashboard.presenters.regions import region_name, region_names

TODAY = date(2026, 11, 22)


def test_a_day_carries_its_year_only_when_it_is_another() -> None:
    assert words.day(date(2026, 3, 3), TODAY) == "3 Mar"
    assert words.day(date(2025, 3, 3), TODAY) == "3 Mar 2025"
    assert words.day(None, TODAY) == "no date"
    assert words.span(Period(date(2025, 12, 30), date(2026, 1, 2))) == "30 Dec 2025 – 2 Jan 2026"
    assert words.span(Period(date(2018, 3, 5), date(2018, 3, 5))) == "5 Mar 2018"


def test_numbers_are_rounded_as_displayed_and_missing_is_said() -> None:
    assert words.number(2.25) == "2.3"
    assert words.number(-0.7) == "−0.7"
    assert words.number(None) == "no data"
    assert words.number(5.0, 0, "h") == "5 h"
    assert words.plainly(2.5, "mg") == "2.5 mg"
    assert words.plainly(60.0, "mg") == "60 mg"
    assert words.plainly(None) == "no data"


def test_counts_are_words_while_small() -> None:
    assert words.counted(2, "flare") == "two flares"
    assert words.counted(14, "flare") == "14 flares"
    assert words.several(1, "day") == "1 day"
    assert words.several(3650, "day") == "3,650 days"
    assert words.of_days(77, 84) == "77 of 84 days logged"


def test_lists_say_how_many_are_left_out() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a", "b", "c", "d", "e"]) == "a, b and 3 more"


@pytest.mark.parametrize("text", ["*x*", "[link](http://x)", "`code`", "<b>", "$y$", "~~z~~", "# title", ":red[x]"])
def test_text_of_the_record_is_plain_in_markdown(text: str) -> None:
    shown = words.escaped(text)
    for mark in "*[]()`<>$~#:":
        assert shown.count(mark) == shown.count(f"\\{mark}")


def test_lines_of_the_record_become_one_line() -> None:
    assert words.escaped("first\n\n  second") == "first second"


def test_regions_are_named_shortly_each_part_once() -> None:
    assert region_name("b_calf_l") == "left calf"
    assert region_name("f_shoulder_r") == "front of the right shoulder"
    assert region_name("b_thoracic_spine_m") == "thoracic spine"
    assert region_names("b_thigh_l|f_thigh_l|b_lumbar_l|b_lumbar_r|") == ["left thigh", "lower back (both sides)"]


def test_every_region_has_a_short_name_that_keeps_its_side() -> None:
    for region in REGIONS:
        name = region_name(region.region_id)
        assert len(name) <= 34
        assert region.side == "midline" or region.side in name


@pytest.mark.parametrize(
    ("text", "said"),
    [("NSAID without a PPI", "NSAID without a PPI"), ("Paracetamol by weight", "paracetamol by weight"), ("", "")],
)
def test_an_abbreviation_keeps_its_capitals_within_a_sentence(text: str, said: str) -> None:
    assert words.mid_sentence(text) == said


def test_only_the_kind_of_a_snomed_name_goes() -> None:
    assert words.without_tag("Pain (finding)") == "Pain"
    assert words.without_tag("Pain (left)") == "Pain (left)"
