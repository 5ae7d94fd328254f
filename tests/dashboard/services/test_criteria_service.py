"""Criteria of one patient: the estimate of the week, what is on record, corrections, drafts, and who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from clinical.criteria import Answers
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import criteria, criteria_filling
from dashboard.services.criteria import CriteriaView
from dashboard.services.criteria_filling import Filling, Said
from data_access import audit, patients
from data_access.engine import reading
from data_access.patients import PatientHead
from tests.conftest import AS_OF, NOW
from tests.dashboard.assessed import BACK_AND_LEGS, filled, mapped

Acting = Callable[..., Viewer]


@pytest.fixture
def head(clinic: Engine) -> PatientHead:
    return mapped(clinic)


@pytest.fixture
def clinician(acting: Acting) -> Viewer:
    return acting("clinician", whole_clinic=True)


def seen(clinic: Engine, viewer: Viewer, head: PatientHead) -> CriteriaView:
    with reading(clinic) as conn:
        found = patients.head(conn, head.patient_id)
    assert found is not None
    return criteria.view(viewer, found, as_of=AS_OF)


def record(viewer: Viewer, head: PatientHead, **said: object) -> int:
    return criteria.record(viewer, head.patient_id, filled(**said), now=NOW, as_of=AS_OF)


def keep(viewer: Viewer, head: PatientHead, **said: Said | None) -> Filling:
    return criteria_filling.keep(viewer, head.patient_id, said, now=NOW, as_of=AS_OF)


def test_the_estimate_is_of_the_last_seven_days_by_each_reading_alone(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    view = seen(clinic, clinician, head)
    assert (view.week.start, view.week.end) == (AS_OF - timedelta(days=6), AS_OF)
    assert (view.strict.areas, view.strict.area_days) == (("lower_back", "upper_back"), (5, 1))
    assert view.extended.areas == ("lower_arm_left", "lower_back", "shoulder_girdle_right")
    assert not view.strict.low_completeness
    assert view.assessments == ()


def test_what_was_recorded_says_the_same_by_both_editions_afterwards(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    record(clinician, head, remark="  seen  together ")
    (standing,) = seen(clinic, clinician, head).standing
    assert (standing.result.wpi, standing.result.sss, standing.result.fs) == (8, 8, 16)
    assert {edition: each.verdict for edition, each in standing.result.outcomes.items()} == {
        "2016": "not_met",
        "2011": "met",
    }
    assert standing.assessed.remark == "seen together"
    assert standing.assessed.estimate_areas == ("lower_back", "upper_back")
    assert (standing.assessed.user_name, standing.assessed.day) == (clinician.name, AS_OF)


def test_a_partial_assessment_is_on_record_as_not_assessable(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    record(clinician, head, months=None, other_disorder=None)
    (standing,) = seen(clinic, clinician, head).standing
    assert {each.verdict for each in standing.result.outcomes.values()} == {"not_assessable"}
    assert standing.result.fs == 16


def test_a_correction_stands_instead_and_both_stay_on_record(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    first = record(clinician, head)
    with pytest.raises(ExplainedError, match="needs its reason"):
        record(clinician, head, replaces=first)
    second = record(clinician, head, replaces=first, areas=BACK_AND_LEGS | {"neck"}, remark="neck forgotten")
    view = seen(clinic, clinician, head)
    assert [each.assessed.assessment_id for each in view.assessments] == [second, first]
    assert [each.assessed.assessment_id for each in view.standing] == [second]
    assert view.assessments[1].replaced_by == second
    with pytest.raises(Conflict, match="corrected in the meantime"):
        record(clinician, head, replaces=first, remark="once more")
    with pytest.raises(Conflict, match="not on record"):
        record(clinician, head, replaces=99, remark="nothing there")


def test_a_correction_is_about_the_week_of_what_it_corrects(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    first = criteria.record(clinician, head.patient_id, filled(), now=NOW, as_of=AS_OF - timedelta(days=40))
    record(clinician, head, replaces=first, estimate=("neck",), remark="wrong side")
    (standing,) = seen(clinic, clinician, head).standing
    assert standing.assessed.day == AS_OF - timedelta(days=40)
    assert standing.assessed.estimate_areas == ("lower_back", "upper_back")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"areas": None}, "not confirmed for the past week"),
        ({"areas": frozenset({"elbow_left"})}, "Not one of the 19 areas: elbow_left"),
        ({"typed_months": -3.0, "months": None}, "not between 0 and 1500 months"),
        ({"months": 1501.0}, "not between 0 and 1500 months"),
        ({"remark": "x" * 401}, "longer than 400 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_nothing_written(
    clinic: Engine, clinician: Viewer, head: PatientHead, said: dict[str, object], why: str
) -> None:
    with pytest.raises(ExplainedError, match=why) as refused:
        record(clinician, head, **said)
    assert "what you filled in is still here" in refused.value.what_is_safe
    assert seen(clinic, clinician, head).assessments == ()


def test_only_clinicians_of_the_care_team_record_and_the_record_says_who(
    clinic: Engine, acting: Acting, head: PatientHead
) -> None:
    coordinator = acting("coordinator", whole_clinic=True)
    assert seen(clinic, coordinator, head).strict.count == 2
    for viewer in (coordinator, acting("clinician", teams=(77,))):
        with pytest.raises(NotPermitted):
            record(viewer, head)
        with pytest.raises(NotPermitted):
            keep(viewer, head, fatigue=1)
    record(acting("clinician"), head)
    with reading(clinic) as conn:
        events = [(each.action, each.detail) for each in audit.listed(conn, head.patient_id)]
    assert ("record criteria", "assessment 1") in events
    assert [action for action, _ in events].count("refused") == 4


def test_answers_are_kept_one_by_one_and_end_with_the_record(clinician: Viewer, head: PatientHead) -> None:
    keep(clinician, head, fatigue=0, areas=["neck"])
    keep(clinician, head, fatigue=2, confirmed=AS_OF.isoformat(), months=-3.0)
    held = criteria_filling.held(clinician, head.patient_id)
    assert (held.item("fatigue"), held.item("cognitive"), held.months) == (2, None, -3.0)
    assert held.answers(("lower_back",), AS_OF) == Answers(
        frozenset({"neck"}), symptoms=held.answers((), AS_OF).symptoms, months=None
    )
    record(clinician, head)
    assert criteria_filling.held(clinician, head.patient_id) == Filling()


def test_nothing_counts_as_confirmed_until_a_clinician_says_so_for_this_very_week(
    clinician: Viewer, head: PatientHead
) -> None:
    untouched = Filling()
    assert untouched.shown_areas(("lower_back",)) == frozenset({"lower_back"})
    assert untouched.answers(("lower_back",), AS_OF).areas is None
    confirmed = keep(clinician, head, confirmed=AS_OF.isoformat())
    assert confirmed.answers(("lower_back",), AS_OF).areas == frozenset({"lower_back"})
    next_week = AS_OF + timedelta(days=7)
    assert confirmed.answers(("lower_back",), next_week).areas is None
    assert (confirmed.begun_before(AS_OF), confirmed.begun_before(next_week)) == (None, AS_OF)


def test_a_draft_belongs_to_its_person_alone(acting: Acting, head: PatientHead) -> None:
    mine, theirs = acting("clinician", user_id=1), acting("clinician", user_id=2)
    keep(mine, head, fatigue=3)
    assert criteria_filling.held(theirs, head.patient_id) == Filling()
    criteria_filling.discard(mine, head.patient_id)
    assert criteria_filling.held(mine, head.patient_id) == Filling()


def test_what_is_corrected_comes_into_the_form_to_be_confirmed_again(
    clinic: Engine, clinician: Viewer, head: PatientHead
) -> None:
    record(clinician, head)
    (standing,) = seen(clinic, clinician, head).standing
    came = keep(clinician, head, **criteria_filling.as_filled(standing.assessed))
    assert (came.areas, came.replaces, came.months, came.other_disorder) == (BACK_AND_LEGS, 1, 18, False)
    assert not came.confirmed(AS_OF)
