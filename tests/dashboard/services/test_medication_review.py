"""The Medication page's view: prompts and answers, the list beside the log, and nothing of another care team."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from clinical.medication import Prompt
from clinical.safety import Answer
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.periods import Periods
from dashboard.permissions import Viewer
from dashboard.services import medication_answers, medication_review
from dashboard.services.medication_answers import Answering
from dashboard.services.medication_review import MedicationView
from dashboard.services.medication_use import use_days
from data_access import asked, audit, open_prompts
from data_access.engine import reading, writing
from data_access.records import DoseRecord, MedicationRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.medicated import (
    DULOXETINE,
    PARACETAMOL,
    TRAMADOL,
    UNKNOWN,
    again,
    medicated,
    taken,
    too_much,
)
from tests.dashboard.pain_maps import ago

Acting = Callable[..., Viewer]
DAYS = use_days(AS_OF)
PERIODS = Periods(DAYS, DAYS.before(), "4w")


@pytest.fixture
def clinician(acting: Acting) -> Viewer:
    return acting("clinician", whole_clinic=True)


def seen(clinic: Engine, viewer: Viewer) -> MedicationView:
    return medication_review.view(viewer, again(clinic), PERIODS, as_of=AS_OF)


def open_for(clinic: Engine, viewer: Viewer, check: str) -> Prompt:
    return next(prompt for prompt in seen(clinic, viewer).open if prompt.check == check)


def say(clinic: Engine, viewer: Viewer, prompt: Prompt, answer: str | None, reason: str = "", seen: int = 0) -> None:
    said = Answering(prompt.key, prompt.title, prompt.latest_day, seen, answer, reason)  # type: ignore[arg-type]
    medication_answers.answer(viewer, again(clinic).patient_id, said, now=NOW, as_of=AS_OF)


def test_too_much_paracetamol_is_an_open_prompt_until_it_is_answered(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic, PARACETAMOL, doses=too_much())
    prompt = open_for(clinic, clinician, "paracetamol_max")
    assert prompt.level == "high"
    say(clinic, clinician, prompt, "action_made", "cut down together")
    after = seen(clinic, clinician)
    assert prompt.key not in {each.key for each in after.open}
    assert prompt.key in {each.key for each in after.answered}
    (given,) = after.answers_to(prompt.key)
    assert (given.user_name, given.answered_at, given.reason) == (clinician.name, NOW, "cut down together")


def test_an_answered_prompt_opens_again_when_it_happens_on_a_later_day(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic, PARACETAMOL, doses=[dose for dose in too_much() if dose.day != ago(1)])
    say(clinic, clinician, open_for(clinic, clinician, "paracetamol_max"), "accepted")
    medicated(clinic, doses=taken(1, times=5), entries=0)
    again_open = open_for(clinic, clinician, "paracetamol_max")
    assert len(seen(clinic, clinician).answers_to(again_open.key)) == 1


def test_whoever_answers_second_is_told_that_somebody_was_quicker(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic, PARACETAMOL, doses=too_much())
    prompt = open_for(clinic, clinician, "paracetamol_max")
    say(clinic, clinician, prompt, "accepted")
    with pytest.raises(Conflict):
        say(clinic, clinician, prompt, "not_applicable", "typing error")
    assert [each.answer for each in seen(clinic, clinician).answers_to(prompt.key)] == ["accepted"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(None, ""), ("action_made", " "), ("not_applicable", ""), ("other", ""), ("accepted", "x" * 401)],
)
def test_an_answer_that_says_nothing_is_not_kept(
    clinic: Engine, clinician: Viewer, answer: str | None, reason: str
) -> None:
    medicated(clinic, PARACETAMOL, doses=too_much())
    prompt = open_for(clinic, clinician, "paracetamol_max")
    with pytest.raises(ExplainedError):
        say(clinic, clinician, prompt, answer, reason)
    assert open_for(clinic, clinician, "paracetamol_max") == prompt


def test_the_answer_is_in_the_audit_trail(clinic: Engine, clinician: Viewer) -> None:
    head = medicated(clinic, PARACETAMOL, doses=too_much())
    say(clinic, clinician, open_for(clinic, clinician, "paracetamol_max"), "accepted")
    with reading(clinic) as conn:
        events = audit.listed(conn, head.patient_id)
    assert "answer medication prompt" in [event.action for event in events]


def test_a_coordinator_answers_nothing(clinic: Engine, clinician: Viewer, acting: Acting) -> None:
    medicated(clinic, PARACETAMOL, doses=too_much())
    prompt = open_for(clinic, clinician, "paracetamol_max")
    with pytest.raises(NotPermitted):
        say(clinic, acting("coordinator", whole_clinic=True), prompt, "accepted")


def test_nobody_outside_the_care_team_sees_a_medicine(clinic: Engine, acting: Acting) -> None:
    medicated(clinic, PARACETAMOL)
    with pytest.raises(NotPermitted):
        seen(clinic, acting("clinician", teams=(99,)))


def test_two_opioid_lines_are_mme_of_the_list_and_the_log_is_told_apart(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic, TRAMADOL, doses=taken(2, "tramadol", 50, times=2))
    review = seen(clinic, clinician).review
    assert review.mme.prescribed.value == 40
    assert review.mme.latest is not None
    assert review.mme.latest.value == 20


def test_what_is_not_recognised_is_in_no_check_and_named(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic, UNKNOWN)
    view = seen(clinic, clinician)
    assert view.review.unrecognised == ("Grandma's tea",)
    assert view.listed[0].drug is None


def test_lines_are_told_apart_by_how_they_stand(clinic: Engine, clinician: Viewer) -> None:
    lines = (
        DULOXETINE,
        MedicationRecord("naproxen", start_day=ago(300), end_day=ago(200), reason_stopped="no benefit"),
        MedicationRecord("melatonin"),
        MedicationRecord("gabapentin", reason_stopped="completed, on a day that is not recorded"),
    )
    medicated(clinic, *lines, doses=taken(2, "Ibuprofen", 400))
    standing = {each.medicine.name: each.standing for each in seen(clinic, clinician).listed}
    assert standing == {
        "duloxetine": "current",
        "naproxen": "stopped",
        "melatonin": "undated",
        "gabapentin": "stopped",
        "Ibuprofen": "logged",
    }


def test_use_counts_days_and_what_was_said_not_to_be_taken(clinic: Engine, clinician: Viewer) -> None:
    doses = [*taken(2, "duloxetine", 60), *taken(2, "duloxetine", 60), *taken(4, "duloxetine", 60)]
    doses.append(DoseRecord(ago(3), "duloxetine", taken=False))
    medicated(clinic, DULOXETINE, doses=doses)
    (line,) = seen(clinic, clinician).listed
    assert (line.use.days, line.use.declined, line.use.logged, line.use.last) == (2, 1, 28, ago(2))


def test_without_a_medicine_and_a_dose_the_view_is_empty(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic)
    assert seen(clinic, clinician).empty


def test_a_mistyped_dose_of_the_list_is_named(clinic: Engine, clinician: Viewer) -> None:
    medicated(clinic, MedicationRecord("tramadol", "N02AX02", dose=5000, unit="mg", route="oral", start_day=ago(9)))
    assert [name for name, _ in seen(clinic, clinician).doses_to_check] == ["tramadol"]


def test_a_renewed_prescription_is_one_line_with_all_its_starts(clinic: Engine, clinician: Viewer) -> None:
    renewed = [MedicationRecord("oxycodone 10 mg capsule", start_day=ago(days)) for days in (90, 60, 30)]
    medicated(clinic, *renewed)
    (line,) = seen(clinic, clinician).listed
    assert [each.start for each in line.same] == [ago(90), ago(60), ago(30)]


@pytest.mark.parametrize(
    ("said", "checks"),
    [
        ({}, set()),
        ({"liver_disease": "no", "weight_kg": "not_known"}, set()),
        ({"liver_disease": "yes"}, {"paracetamol_risk"}),
        ({"weight_kg": "45,5"}, {"paracetamol_risk", "paracetamol_weight"}),
    ],
    ids=["not asked", "no", "liver disease", "light"],
)
def test_what_was_answered_for_the_medicine_checks_counts_on_the_page_and_in_the_caseload(
    clinic: Engine, clinician: Viewer, said: dict[str, str], checks: set[str]
) -> None:
    medicated(clinic, PARACETAMOL, doses=taken(1, times=7, dose=500.0))
    patient_id = again(clinic).patient_id
    given = [Answer(name, each, AS_OF, "", "Dr T", NOW, 0) for name, each in said.items()]
    with writing(clinic) as conn:
        asked.give(conn, patient_id, given, user_id=7, as_of=AS_OF)
    with reading(clinic) as conn:
        counted = open_prompts.listed(conn, patient_id, AS_OF)
    of_person = {"paracetamol_risk", "paracetamol_weight"}
    assert {each.check for each in seen(clinic, clinician).open} & of_person == checks
    assert {each.check for each in counted} & of_person == checks
