"""The pain map as a view model: every state, nobody outside the care team, filters, steps, nothing made twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from clinical.body_map import PRESENT, REGION_INDEX, unpack
from clinical.diary import Period
from clinical.maps import Mode
from dashboard.errors import NotPermitted
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.services import pain_map, work
from dashboard.services.pain_map import ALL, Filter, PainMapView
from data_access import audit, diary
from data_access.engine import reading
from data_access.patients import PatientHead
from data_access.records import EntryRecord, MarkRecord
from tests.conftest import AS_OF
from tests.dashboard.pain_maps import CALF, LOW_BACK, TRAPEZIUS, ago, entry, four_weeks, stored, undated

Acting = Callable[..., Viewer]
View = Callable[..., PainMapView]
NOW = Period(ago(27), AS_OF)


def weeks(days: int = 28) -> Periods:
    now = Period(AS_OF - timedelta(days=days - 1), AS_OF)
    return Periods(now, now.before(), "custom")


@pytest.fixture
def view(clinic: Engine, acting: Acting) -> View:
    """The pain map of somebody who logged those entries."""

    def of(*entries: EntryRecord, days: int = 28, chosen: Filter = ALL) -> PainMapView:
        head = stored(clinic, *entries)
        return pain_map.view(acting("clinician", whole_clinic=True), head, weeks(days), chosen, as_of=AS_OF)

    return of


def test_new_pain_below_the_knee_is_in_map_facts_and_rows(view: View) -> None:
    seen = view(*four_weeks())
    assert seen.state == "full"
    assert (seen.map_days, seen.map_days_before, seen.logged_before) == (10, 10, 10)
    assert seen.facts.below_knee_new == ("left",)
    rows = {row.region_id: row for row in pain_map.rows(seen)}
    assert rows["b_calf_l"].kind == "new"
    assert (rows["b_calf_l"].typical, rows["b_calf_l"].before, rows["b_calf_l"].percent) == (4, None, 100)
    assert (rows["b_lumbar_l"].kind, rows["b_lumbar_l"].days, rows["b_lumbar_l"].days_before) == ("unchanged", 10, 10)
    assert list(rows) == ["b_lumbar_l", "b_calf_l"], "the strongest first"


def test_the_states_are_told_apart(view: View, clinic: Engine, acting: Acting) -> None:
    everywhere = acting("clinician", whole_clinic=True)

    def state(record: str, *entries: EntryRecord) -> str:
        head = stored(clinic, *entries, record=record)
        return pain_map.view(everywhere, head, weeks(), as_of=AS_OF).state

    assert state("S-1") == "never_logged"
    assert state("S-2", undated(CALF)) == "undated_only"
    assert state("S-3", entry(60, CALF)) == "nothing_in_period"
    assert state("S-4", entry(3, map_filled_in=False), entry(60, CALF)) == "no_maps"
    assert state("S-5", entry(3)) == "full", "a map without a mark is a map"


def test_only_who_may_see_the_patient_gets_a_map_and_it_is_on_record(clinic: Engine, acting: Acting) -> None:
    head = stored(clinic, *four_weeks())
    with pytest.raises(NotPermitted):
        pain_map.view(acting("clinician", teams=(999,)), head, weeks(), as_of=AS_OF)
    with pytest.raises(NotPermitted):
        pain_map.details(acting("auditor"), head)
    pain_map.view(acting("clinician", teams=(1,), user_id=2), head, weeks(), as_of=AS_OF)
    with reading(clinic) as conn:
        actions = [event.action for event in audit.listed(conn, head.patient_id)]
    assert pain_map.READ in actions
    assert "refused" in actions


def test_a_filter_counts_only_its_marks_and_radiation_counts_all(view: View) -> None:
    seen = view(*four_weeks(), chosen=Filter(("burning",)))
    assert [row.region_id for row in pain_map.rows(seen)] == ["b_calf_l"]
    assert seen.map_days == 10, "a day with a map and no such mark is a day without such pain"
    assert seen.radiation.radiating == seen.radiation.below_knee_left == 10
    assert seen.spots["lower_back"] == 10


def test_a_depth_is_filtered_too(view: View) -> None:
    seen = view(*four_weeks(), chosen=Filter(depths=("deep",)))
    assert [row.region_id for row in pain_map.rows(seen)] == ["b_lumbar_l"]


def test_the_filter_says_how_many_marks_it_can_find(clinic: Engine, acting: Acting) -> None:
    head = stored(clinic, entry(1, LOW_BACK, CALF, TRAPEZIUS))
    found = pain_map.details(acting("clinician", whole_clinic=True), head)
    assert (found.marks, found.qualities["burning"], found.qualities[""], found.depths[""]) == (3, 1, 1, 1)


def test_pain_of_two_entries_of_one_day_does_not_radiate(view: View) -> None:
    seen = view(entry(1, LOW_BACK, at="08:00"), entry(1, CALF, at="20:00"))
    assert (seen.radiation.maps, seen.radiation.radiating, seen.radiation.below_knee_left) == (2, 0, 1)
    assert seen.spots["radiating_buttock_leg"] == 0


@pytest.mark.parametrize("mode", ["typical", "worst", "how_often", "change", "latest"])
def test_every_mode_is_of_the_period_and_made_once(view: View, mode: Mode) -> None:
    seen = view(*four_weeks())
    shown = pain_map.region_map(seen, mode)
    assert shown.mode == mode
    assert pain_map.region_map(seen, mode) is shown


def test_another_version_of_the_diary_is_another_view(clinic: Engine, acting: Acting) -> None:
    everywhere = acting("clinician", whole_clinic=True)
    first = pain_map.view(everywhere, stored(clinic, entry(3, CALF)), weeks(), as_of=AS_OF)
    again = stored(clinic, entry(3, CALF))
    assert pain_map.view(everywhere, again, weeks(), as_of=AS_OF).map_days == first.map_days == 1
    later = pain_map.view(everywhere, stored(clinic, entry(2, CALF)), weeks(), as_of=AS_OF)
    assert later.map_days == 2


def test_what_is_kept_is_not_read_again_but_asked_again_who_may(
    clinic: Engine, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = acting("clinician", whole_clinic=True)
    head = stored(clinic, *four_weeks())
    seen = pain_map.view(everywhere, head, weeks(), as_of=AS_OF)
    asked: list[Any] = []
    allowed = work.reading

    def counting(*args: Any, **named: Any) -> Any:
        asked.append(args)
        return allowed(*args, **named)

    monkeypatch.setattr(work, "reading", counting)
    monkeypatch.setattr(diary, "load", None)
    assert pain_map.view(everywhere, head, weeks(), as_of=AS_OF) is seen
    assert len(asked) == 1


def test_earlier_locations_are_ghosts_where_the_map_has_none(view: View) -> None:
    seen = view(entry(1, CALF), entry(5, LOW_BACK), entry(40, TRAPEZIUS))
    assert pain_map.ghosts(seen, "typical") == ("b_trapezius_r",)
    assert set(pain_map.ghosts(seen, "latest")) == {"b_calf_l", "b_lumbar_l"}
    assert pain_map.ghosts(seen, "change") == ()


def place(step: pain_map.Step, region_id: str) -> int:
    return int(unpack(step.packed)[REGION_INDEX[region_id]])


def test_a_week_plays_the_median_of_the_days_a_region_hurt(view: View) -> None:
    marks = {0: 8, 1: 2, 3: 3, 9: 7}
    unrated = MarkRecord("b_thigh_r", None)
    seen = view(*(entry(days, MarkRecord("b_calf_l", value), unrated) for days, value in marks.items()))
    steps = pain_map.played(seen, 7)
    assert [(step.period.end, step.days) for step in steps] == [(ago(21), 0), (ago(14), 0), (ago(7), 1), (AS_OF, 3)]
    assert [place(step, "b_calf_l") for step in steps[2:]] == [7, 3]
    assert place(steps[3], "b_thigh_r") == PRESENT
    assert pain_map.played(seen, 7) is steps


def test_a_day_plays_its_own_map_and_a_day_without_one_plays_none(view: View) -> None:
    steps = pain_map.played(view(entry(0, CALF), entry(1, map_filled_in=False)), 1)
    assert len(steps) == 28
    assert [step.days for step in steps[-2:]] == [0, 1]
    assert place(steps[-1], "b_calf_l") == 4


def test_the_first_step_begins_with_the_period(view: View) -> None:
    steps = pain_map.played(view(entry(0, CALF), entry(11, LOW_BACK), days=10), 7)
    assert [step.period.days for step in steps] == [3, 7]
    assert [step.days for step in steps] == [0, 1], "a map of the day before the period is not played"


@pytest.mark.parametrize("days", [1, 28, 60, 61, 400, 401, 3650])
def test_a_period_never_plays_in_more_steps_than_anybody_would_watch(days: int) -> None:
    assert all(-(-days // step) <= 522 for step in pain_map.steps_offered(Period(ago(days - 1), AS_OF)))


def test_the_course_covers_the_period_and_knows_its_gaps(view: View) -> None:
    seen = view(*four_weeks())
    assert len(seen.course) == 28
    assert int(seen.course.days_with_map.sum()) == seen.map_days
    assert bool(np.isnan(seen.course.regions[seen.course.days_with_map == 0]).all())


def test_the_wpi_estimate_is_of_the_last_week_of_the_period(clinic: Engine, acting: Acting) -> None:
    head: PatientHead = stored(clinic, *four_weeks())
    earlier = Periods(NOW.before(), NOW.before().before(), "custom")
    seen = pain_map.view(acting("clinician", whole_clinic=True), head, earlier, as_of=AS_OF)
    assert seen.wpi.areas == ("lower_back",)
