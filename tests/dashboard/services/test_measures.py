"""Scores of one patient as the page reads them: courses, undated ones apart, what was withdrawn."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import measure_entry, measures
from dashboard.services.measures import MeasuresView
from data_access import audit
from data_access.engine import reading
from data_access.records import MeasureRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.measured import PERIODS, again, phq9, stored, total
from tests.dashboard.pain_maps import ago

Acting = Callable[..., Viewer]


@pytest.fixture
def clinician(acting: Acting) -> Viewer:
    return acting("clinician", whole_clinic=True)


def seen(clinic: Engine, viewer: Viewer, *scores: MeasureRecord) -> MeasuresView:
    head = stored(clinic, *scores) if scores else again(clinic)
    return measures.view(viewer, head, PERIODS, as_of=AS_OF)


def test_the_one_answered_last_comes_first_and_distress_before_the_rest_of_that_day(
    clinic: Engine, clinician: Viewer
) -> None:
    view = seen(clinic, clinician, total(3, "PCS", 20), total(3, "GAD-7", 8), phq9(3, *[1] * 9), total(1, "ISI", 14))
    assert [course.code for course in view.courses] == ["ISI", "PHQ-9", "GAD-7", "PCS"]


def test_each_score_is_judged_against_the_one_before_it(clinic: Engine, clinician: Viewer) -> None:
    view = seen(clinic, clinician, total(200, "PHQ-9", 4), total(60, "PHQ-9", 8), total(3, "PHQ-9", 14))
    (course,) = view.courses
    assert [each.judged.difference for each in course.readings] == [None, 4, 6]
    assert (course.latest.judged.important, course.latest.judged.direction) == ("yes", "worse")


def test_one_with_gaps_is_what_nothing_is_judged_against(clinic: Engine, clinician: Viewer) -> None:
    gaps = MeasureRecord(ago(10), "PHQ-9", None, items=(1, 1, 1, *[None] * 6), source_key="gaps")
    (course,) = seen(clinic, clinician, total(60, "PHQ-9", 8), gaps, total(3, "PHQ-9", 14)).courses
    assert [each.judged.difference for each in course.readings] == [None, None, 6]
    assert course.before() is course.readings[0]


def test_scores_without_a_day_stand_apart_and_are_compared_with_nothing(clinic: Engine, clinician: Viewer) -> None:
    view = seen(clinic, clinician, total(None, "PHQ-9", 4), total(None, "PHQ-9", 14))
    assert (view.state, view.courses, len(view.undated)) == ("undated_only", (), 2)
    assert all(each.judged.difference is None for each in view.undated)


def test_a_period_that_ended_shows_nothing_that_came_after_it(clinic: Engine, clinician: Viewer) -> None:
    head = stored(clinic, total(100, "PHQ-9", 4), total(3, "PHQ-9", 14))
    past = PERIODS.__class__(PERIODS.before, PERIODS.before.before(), "custom")
    view = measures.view(clinician, head, past, as_of=AS_OF)
    assert [course.latest.meaning.value for course in view.courses] == [4]
    assert view.later == 1


def test_an_unknown_questionnaire_is_kept_as_it_was_written(clinic: Engine, clinician: Viewer) -> None:
    (course,) = seen(clinic, clinician, total(3, "House scale", 17)).courses
    assert (course.code, course.instrument, course.latest.meaning.band) == ("House scale", None, "")


def test_a_withdrawn_score_leaves_the_course_and_stays_readable(clinic: Engine, clinician: Viewer) -> None:
    view = seen(clinic, clinician, total(60, "PHQ-9", 8), total(3, "PHQ-9", 14))
    number, patient = view.courses[0].latest.score.measure_id, again(clinic).patient_id
    measure_entry.withdraw(clinician, patient, number, reason="wrong person", now=NOW, as_of=AS_OF)
    view = seen(clinic, clinician)
    assert [each.meaning.value for each in view.courses[0].readings] == [8]
    (gone,) = view.withdrawn
    assert gone.withdrawal is not None
    assert (gone.record.score, gone.withdrawal.reason) == (14, "wrong person")


def test_looking_is_on_record_and_others_teams_see_nothing(clinic: Engine, clinician: Viewer, acting: Acting) -> None:
    head = stored(clinic, total(3, "PHQ-9", 14))
    measures.view(clinician, head, PERIODS, as_of=AS_OF)
    with reading(clinic) as conn:
        assert measures.READ in [event.action for event in audit.listed(conn, head.patient_id)]
    with pytest.raises(NotPermitted):
        measures.view(acting("clinician", user_id=2, teams=(99,)), head, PERIODS, as_of=AS_OF)


def test_without_any_score_there_is_nothing_to_show(clinic: Engine, clinician: Viewer) -> None:
    head = stored(clinic, record="EMPTY-1")
    view = measures.view(clinician, head, PERIODS, as_of=AS_OF)
    assert (view.state, view.courses, view.undated) == ("none", (), ())
