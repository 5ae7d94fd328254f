"""What the pain map says: every number with its rule, its dates and its days; numbers and signs agree."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from clinical.body_map import REGION_INDEX
from clinical.diary import Period
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.presenters import figures, pain_map_course, pain_map_facts
from dashboard.presenters import pain_map as words
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.pain_map_table import NOTHING, table
from dashboard.services import pain_map
from dashboard.services.pain_map import ALL, Filter, PainMapView
from data_access.records import EntryRecord, MarkRecord
from tests.conftest import AS_OF
from tests.dashboard.pain_maps import CALF, LOW_BACK, entry, four_weeks, stored, undated

WEEKS = Period(AS_OF - timedelta(days=27), AS_OF)
View = Callable[..., PainMapView]


@pytest.fixture
def view(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> View:
    """The pain map of somebody who logged those entries, four weeks against the four before."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    somebody = Viewer(1, "Somebody", "clinician", "medicine", frozenset({1}), True)

    def of(*entries: EntryRecord, chosen: Filter = ALL) -> PainMapView:
        head = stored(demo_copy, *entries)
        return pain_map.view(somebody, head, Periods(WEEKS, WEEKS.before(), "4w"), chosen, as_of=AS_OF)

    return of


def fact(view: PainMapView, name: str) -> Fact:
    return next(one for one in (*pain_map_facts.facts(view), *pain_map_course.measures(view)) if one.name == name)


def test_every_statement_has_its_rule_inputs_dates_and_days(view: View) -> None:
    seen = view(*four_weeks())
    told = [one.evidence for one in (*pain_map_facts.facts(seen), *pain_map_course.measures(seen))]
    for evidence in (pain_map_facts.lead(seen).evidence, *told):
        labels = dict(evidence.rows)
        assert {"Rule", "Inputs", "Dates", "Rests on"} <= labels.keys()
        assert "day" in labels["Rests on"]


def test_the_sentence_says_the_new_pain_below_the_knee_and_its_days(view: View) -> None:
    text = pain_map_facts.lead(view(*four_weeks())).text
    assert "New pain below the knee on the left" in text
    assert "10 days with a map now, 10 before" in text


def test_with_a_filter_the_sentence_begins_with_it(view: View) -> None:
    seen = view(*four_weeks(), chosen=Filter(("burning", "tender_to_touch"), ("surface",)))
    assert pain_map_facts.lead(seen).text.startswith("Only marks that are burning or tender to touch, and surface. ")
    assert "only those that are burning" in dict(fact(seen, "Side").evidence.rows)["Inputs"]
    assert "whatever filter" in dict(fact(seen, "Radiation").evidence.rows)["Rule"]


def test_radiation_and_below_the_knee_are_counted_by_side(view: View) -> None:
    seen = view(*four_weeks())
    assert (fact(seen, "Radiation").value, fact(seen, "Radiation").detail) == (
        "Lower back: 10 of 10 maps",
        "left 10, right 0",
    )
    assert fact(seen, "Below the knee").value == "Left 10, right 0"
    assert fact(view(entry(70, LOW_BACK), entry(1)), "Radiation").value != "Lower back: 0 of 0 maps"


def test_back_spots_are_named_with_their_maps(view: View) -> None:
    found = fact(view(*four_weeks()), "Back spots of the article")
    assert found.value == "2 of 4 on most maps"
    assert found.detail == "lower back 10 and radiating 10 of 10 maps"


def test_the_wpi_is_an_estimate_to_be_confirmed_and_low_completeness_is_said(view: View) -> None:
    found = fact(view(entry(1, LOW_BACK), entry(2, CALF)), "WPI estimate")
    assert found.value == "About 2 of 19"
    assert "2 of the last 7 days with a map: low completeness" in found.detail
    assert "confirmed" in dict(found.evidence.rows)["To do"]
    assert fact(view(entry(20, CALF)), "WPI estimate").value in ("Not known", "About 2 of 19")


def test_regional_pain_is_never_called_widespread_and_no_verdict_is_given(view: View) -> None:
    seen = view(*four_weeks())
    assert fact(seen, "Spread").value == "Widespread on 0 of 10 map days"
    assert fact(seen, "Spread").detail.startswith("typical map: 2 of 5 regions")
    everything = " ".join(f"{one.value} {one.detail}" for one in pain_map_facts.facts(seen)).lower()
    assert "fibromyalgia" not in everything
    assert "caused" not in everything


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [(1, 0, "Left only"), (0, 1, "Right only"), (1, 1, "Both sides"), (2, 1, "Both sides"), (3, 1, "Mostly left")],
)
def test_the_side_follows_the_number_that_is_shown(view: View, left: int, right: int, said: str) -> None:
    lefts = [MarkRecord(region, 5) for region in ("b_calf_l", "b_thigh_l", "f_shin_l")][:left]
    rights = [MarkRecord("b_thigh_r", 5)][:right]
    assert fact(view(entry(1, *lefts, *rights)), "Side").value == said


@pytest.mark.parametrize(
    ("lefts", "rights", "side", "title"),
    [
        (5, 1, "Mostly left", "Where it hurts: left more than right"),
        (6, 2, "Mostly left", "Where it hurts: left more than right"),
        (5, 2, "Both sides", "Where it hurts"),
        (1, 4, "Mostly right", "Where it hurts: right more than left"),
        (3, 0, "Left only", "Where it hurts: left more than right"),
    ],
)
def test_the_maps_title_and_the_fact_beside_it_say_the_same_side(
    view: View, lefts: int, rights: int, side: str, title: str
) -> None:
    days = [MarkRecord("b_calf_l", 5)] * lefts + [MarkRecord("b_calf_r", 5)] * rights
    seen = view(*(entry(n, mark) for n, mark in enumerate(days)))
    shown = pain_map.region_map(seen, "typical")
    assert (fact(seen, "Side").value, figures.map_title(shown)) == (side, title)
    assert ("3 times" in words.map_rule(seen, shown, "typical")) == (side != "Both sides")


def test_pain_in_the_middle_alone_has_no_side(view: View) -> None:
    assert not fact(view(entry(1, MarkRecord("b_lumbar_spine_m", 5))), "Side").known


def test_the_difference_is_counted_as_the_map_shows_it(view: View) -> None:
    assert words.difference_title(view(*four_weeks())) == "Difference: 1 new"


def test_a_slight_change_has_a_sign_and_is_counted(view: View) -> None:
    slightly = [entry(days, MarkRecord("b_calf_l", 5)) for days in range(5)]
    seen = view(*slightly, *(entry(days, CALF) for days in range(28, 33)))
    signs = [kind for kind in seen.difference.kinds if kind not in ("", "unchanged")]
    assert (words.difference_title(seen), len(signs)) == ("Difference: 1 slight", 1)


def test_without_a_map_before_nothing_is_compared(view: View) -> None:
    seen = view(entry(1, CALF))
    assert words.difference_title(seen) == "Difference: nothing to compare"
    assert "nothing can be compared" in pain_map_facts.lead(seen).text
    assert fact(seen, "Regions in pain").detail == "nothing before to compare"
    assert words.before_caption(seen) == "No map · 0 days logged"
    assert words.now_caption(seen, pain_map.region_map(seen, "change")) == "1 map day now, no map in the period before"


def test_what_lies_within_drawing_error_is_counted_apart(view: View) -> None:
    beside = MarkRecord("b_mid_back_l", 5)
    seen = view(entry(1, LOW_BACK, beside), entry(30, LOW_BACK))
    assert words.difference_title(seen) == "Difference: 1 within drawing error"
    assert "ithin drawing error" in pain_map_facts.lead(seen).text
    rows = {row[0].text: row[1].text for row in table(seen, pain_map.rows(seen)).rows}
    assert "new (within drawing error)" in rows.values()


def test_far_more_often_is_counted_and_stands_in_the_table(view: View) -> None:
    before = [entry(days, LOW_BACK, *([CALF] if days < 33 else [])) for days in range(28, 48)]
    seen = view(*(entry(days, LOW_BACK, CALF) for days in range(20)), *before)
    assert words.difference_title(seen) == "Difference: 1 oftener"
    rows = {row[0].text: row[1].text for row in table(seen, pain_map.rows(seen)).rows}
    assert (rows["Left calf"], rows["Left lower back"]) == ("unchanged, oftener", "unchanged")


def test_the_map_before_counts_what_it_draws(view: View) -> None:
    """A calf on 4 of 20 days now and on 3 of 20 before is about as often, but not typical before, so not drawn."""
    now = [entry(days, LOW_BACK, *([CALF] if days < 4 else [])) for days in range(20)]
    seen = view(*now, *(entry(days, LOW_BACK, *([CALF] if days < 31 else [])) for days in range(28, 48)))
    assert words.before_caption(seen) == "1 region · 20 map days"
    assert words.now_caption(seen, pain_map.region_map(seen, "typical")).startswith("2 regions")
    rows = {row[0].text: row[1].text for row in table(seen, pain_map.rows(seen)).rows}
    assert rows["Left calf"] == "about as often"
    # The two ways of showing a change agree: a sign, and no points.
    change = pain_map.region_map(seen, "change")
    assert {one.kind for one in change.one_period.values()} == {"as_often"}


def test_a_step_of_the_course_tells_its_seldom_regions(view: View) -> None:
    seen = view(*(entry(days, LOW_BACK, *([CALF] if days == 3 else [])) for days in range(28)))
    (step,) = pain_map.played(seen, 28)
    assert words.seldom(seen, step) == {REGION_INDEX["b_calf_l"]}
    assert all(not words.seldom(seen, one) for one in pain_map.played(seen, 1))


def test_the_table_names_every_region_with_its_days_and_counts_the_rest(view: View) -> None:
    seen = view(*four_weeks())
    made = table(seen, pain_map.rows(seen))
    by_region = {row[0].text: [cell.text for cell in row] for row in made.rows}
    assert by_region["Left lower back"][1:6] == ["unchanged", "6", "6", "0", "6"]
    assert by_region["Left calf"][1:8] == ["new", "4", NOTHING, NOTHING, "4", "10 of 10", "100 %"]
    assert made.quiet == "No pain marked in either period: the other 72 regions."
    assert "10 map days" in made.caption


def test_a_region_without_an_intensity_hurts_and_has_no_number(view: View) -> None:
    seen = view(entry(1, MarkRecord("b_calf_l", None)))
    (row,) = table(seen, pain_map.rows(seen)).rows
    assert row[2].text == "hurts"
    assert row[1].text == NOTHING, "nothing before to compare"


def test_why_there_is_no_map_is_said_with_what_to_do(view: View) -> None:
    title, text = words.no_map(view(entry(3, map_filled_in=False), entry(60, CALF)))
    assert title == "No body map in this period"
    assert "1 day of 28 logged" in text
    assert "The last map is of" in text


def test_an_undated_map_is_never_placed_on_an_axis(view: View) -> None:
    title, text = words.no_map(view(undated(CALF)))
    assert title == "No map with a date"
    assert "1 entry came in without a date" in text
