"""The pain map never calls pain no pain: filters, wandering pain, unrated marks, maps without detail, few days."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

from clinical.body_map import REGION_COUNT, REGION_INDEX, unpack
from clinical.diary import Period
from dashboard.components.body_map.difference_message import message as difference_message
from dashboard.components.body_map.marks import Frame
from dashboard.components.body_map.message import message
from dashboard.components.body_map.play_message import OTHERWISE, packed
from dashboard.components.body_map.play_message import message as play_message
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.presenters import figures, pain_map_course, pain_map_facts
from dashboard.presenters.map_difference import words as difference_words
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.pain_map_table import table
from dashboard.services import pain_map
from dashboard.services.pain_map import ALL, Filter, PainMapView
from dashboard.services.pain_map_faint import otherwise
from data_access.records import EntryRecord, MarkRecord
from tests.conftest import AS_OF
from tests.dashboard.pain_maps import CALF, LOW_BACK, ago, entry, four_weeks, stored

WEEKS = Period(AS_OF - timedelta(days=27), AS_OF)
View = Callable[..., PainMapView]
BURNING = Filter(("burning",))
BACK = str(REGION_INDEX["b_lumbar_l"])


@pytest.fixture
def view(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[View]:
    """The pain map of somebody who logged those entries, four weeks against the four before."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    somebody = Viewer(1, "Somebody", "clinician", "medicine", frozenset({1}), True)

    def of(*entries: EntryRecord, chosen: Filter = ALL, now: Period = WEEKS) -> PainMapView:
        head = stored(demo_copy, *entries)
        return pain_map.view(somebody, head, Periods(now, now.before(), "4w"), chosen, as_of=AS_OF)

    yield of


def fact(view: PainMapView, name: str) -> Fact:
    return next(one for one in (*pain_map_facts.facts(view), *pain_map_course.measures(view)) if one.name == name)


@pytest.mark.parametrize("mode", ["typical", "worst", "how_often", "latest", "change"])
def test_a_region_that_hurts_without_the_quality_is_not_called_painless(view: View, mode: str) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    told = message(pain_map.region_map(seen, mode), height=400)  # type: ignore[arg-type]
    days = 1 if mode == "latest" else 10
    assert told["regions"][BACK][3] == f"hurt on {days} of {days} map days, not marked as burning"
    assert told["regions"][BACK][5] == "ghost"
    assert ["ghost", "faint: hurt, not marked as burning"] in told["keys"]


def test_the_map_before_says_it_too(view: View) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    assert "not marked as burning" in message(seen.difference.before, height=400)["regions"][BACK][3]


def test_the_title_of_a_filtered_map_says_which_marks_lie_more_on_one_side(view: View) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    title = figures.map_title(pain_map.region_map(seen, "typical"))
    assert title == "Where it is marked as burning: left more than right"
    assert fact(seen, "Side").value == "Left only"


def test_the_difference_of_a_filter_keeps_the_pain_it_leaves_out(view: View) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    back = REGION_INDEX["b_lumbar_l"]
    assert otherwise(seen.difference) == {back: (10, 10)}
    said = difference_words(seen.difference)
    assert said[back] == "hurt on 10 of 10 days, before on 10 of 10 days, not marked as burning"


def test_without_a_filter_the_difference_leaves_no_pain_out(view: View) -> None:
    seen = view(*four_weeks())
    assert otherwise(seen.difference) == {}
    assert difference_words(seen.difference)[REGION_INDEX["b_lumbar_l"]].startswith("unchanged")


def test_a_region_left_out_by_a_filter_is_faint_in_the_difference_and_in_its_legend() -> None:
    kinds, said = [""] * REGION_COUNT, [""] * REGION_COUNT
    kinds[3], said[3] = "otherwise", "hurt on 2 of 3 days"
    told = difference_message(kinds, said, height=300, title="", otherwise="not marked as burning")
    assert told["regions"]["3"] == ["", "none", "", "hurt on 2 of 3 days", "", "ghost"]
    assert ["ghost", "faint: hurt, not marked as burning"] in told["keys"]


def test_days_of_a_filtered_map_are_days_with_that_mark(view: View) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    told = message(pain_map.region_map(seen, "worst"), height=400)["regions"][str(REGION_INDEX["b_calf_l"])]
    assert told[4] == "marked as burning on 10 of 10 days with a map"


def test_pain_without_the_quality_is_a_gap_and_no_line_of_zeros(view: View) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    back, _ = pain_map.region_pain(seen, ("b_lumbar_l",))
    assert np.isnan(back).all()
    knee, _ = pain_map.region_pain(seen, ("f_knee_l",))
    assert set(knee[np.isfinite(knee)].tolist()) == {0.0}, "it hurt in no way: that is known"
    both, _ = pain_map.region_pain(seen, ("b_lumbar_l", "b_calf_l"))
    assert set(both[np.isfinite(both)].tolist()) == {4.0}


def test_an_unrated_region_beside_a_painless_one_is_a_gap(view: View) -> None:
    seen = view(entry(1, MarkRecord("b_calf_l", None)))
    assert np.isnan(pain_map.region_pain(seen, ("b_calf_l", "f_knee_l"))[0]).all()


def test_a_step_to_play_keeps_the_pain_that_is_filtered_out(view: View) -> None:
    step = pain_map.played(view(*four_weeks(), chosen=BURNING), 1)[-1]
    assert unpack(step.packed)[REGION_INDEX["b_lumbar_l"]] == OTHERWISE == pain_map.OTHERWISE
    assert f"{chr(48 + REGION_INDEX['b_lumbar_l'])}o" in packed(step.packed)
    told = play_message([Frame("a day", step.packed, step.days)], height=400, title="")
    assert told["words"]["region"] == "region so marked"
    assert any("not marked with the chosen quality" in words for _, words in told["words"]["keys"])


def test_every_card_the_table_and_the_button_name_the_filter(view: View) -> None:
    seen = view(*four_weeks(), chosen=BURNING)
    for name, marks in (("Spread", "burning only"), ("Side", "burning only"), ("Radiation", "all marks")):
        assert fact(seen, name).detail.endswith(f" · {marks}")
    assert "Other pain is left out" in pain_map_facts.lead(seen).text
    assert all(" · " in one.detail for one in pain_map_facts.facts(seen))
    assert "regions marked as burning a map day" in pain_map_course.chart_title(seen)
    foot = table(seen, pain_map.rows(seen)).quiet
    assert foot.startswith("Not marked as burning in either period (they may hurt otherwise)")
    assert pain_map_facts.filter_label(BURNING) == "Burning only"
    assert pain_map_facts.filter_label(ALL) == "Quality and depth"
    assert "·" not in fact(view(*four_weeks()), "Radiation").detail


def broad(days: int, *regions: str) -> EntryRecord:
    marks = tuple(MarkRecord(region, None) for region in regions)
    return EntryRecord(ago(days), marks=marks, detail_unknown=True)


def test_a_map_without_detail_neither_radiates_nor_has_back_spots_and_is_counted(view: View) -> None:
    seen = view(*(broad(days, "b_lumbar_l", "b_sacroiliac_l", "b_calf_l") for days in range(3)), entry(5, LOW_BACK))
    assert (seen.broad, seen.radiation.maps, seen.radiation.radiating) == (3, 1, 0)
    assert seen.spots["lower_back"] == 1
    assert "3 maps without detail left out" in fact(seen, "Radiation").detail
    assert "3 maps without detail" in pain_map_facts.lead(seen).text


def test_only_maps_without_detail_know_nothing_of_radiation(view: View) -> None:
    seen = view(broad(1, "b_lumbar_l", "b_calf_l"))
    assert {fact(seen, name).value for name in ("Radiation", "Below the knee", "Back spots of the article")} == {
        "Not known"
    }


def wandering() -> list[EntryRecord]:
    regions = ["b_calf_l", "b_calf_r", "f_knee_l", "f_knee_r", "f_chest_l", "b_neck_l", "f_shin_l", "f_shin_r"]
    return [entry(days, MarkRecord(region, 5)) for days, region in enumerate(regions)]


def test_pain_that_changes_place_is_said_and_drawn_faint(view: View) -> None:
    seen = view(*wandering())
    text = pain_map_facts.lead(seen).text
    assert text.startswith("No region reaches 20 % of map days; the pain changes place (8 regions hurt on 8 map days).")
    told = message(pain_map.region_map(seen, "typical"), height=400)
    assert len(told["regions"]) == 8
    assert {one[5] for one in told["regions"].values()} == {"ghost"}


def test_maps_before_without_the_measure_are_not_nothing(view: View) -> None:
    seen = view(entry(1, CALF), *(entry(days) for days in range(30, 36)))
    assert fact(seen, "Mean intensity").detail == "not known before (6 map days)"
    assert fact(view(entry(1, CALF), *(entry(d) for d in range(30, 36))), "Regions in pain").detail == "was 0.0"


def test_unrated_pain_beside_painless_days_has_no_sum(view: View) -> None:
    seen = view(entry(1, MarkRecord("b_calf_l", None)), entry(2), entry(3))
    assert not fact(seen, "Summed intensity").known


def test_one_map_is_too_few_for_widespread_and_the_share_of_days_leads(view: View) -> None:
    wide = [MarkRecord(one, 5) for one in ("b_neck_l", "b_shoulder_l", "b_shoulder_r", "b_hip_l", "b_calf_r")]
    assert fact(view(entry(1, *wide)), "Spread").value == "Too few days to say"
    seen = view(entry(1, *wide), *(entry(days, CALF) for days in range(2, 7)))
    assert fact(seen, "Spread").value == "Widespread on 1 of 6 map days"


def test_a_past_period_names_the_days_of_its_wpi(view: View) -> None:
    past = Period(ago(60), ago(40))
    assert "of 7 days (" in fact(view(entry(41, CALF), now=past), "WPI estimate").detail


def test_title_and_measure_round_alike(view: View) -> None:
    seen = view(entry(1, CALF))
    quarter = replace(seen, now=replace(seen.now, regions=np.array([9.25], np.float32)))
    assert pain_map_course.chart_title(quarter).startswith("9.3 regions")
    assert fact(quarter, "Regions in pain").value == "9.3"
