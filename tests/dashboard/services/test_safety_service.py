"""Answering red flags and questions, and closing what they open: who may, what cannot be, and who was quicker."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from clinical.asked import ASKED
from clinical.red_flags import RED_FLAGS
from clinical.safety import SafetyItem
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.services import safety
from dashboard.services.safety import Asked, Closing, SafetyView
from data_access import audit
from data_access.engine import reading, writing
from data_access.ingest import add
from data_access.patients import PatientHead
from data_access.records import MeasureRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import ago, stored
from tests.dashboard.services.clinic import COORDINATOR, PHYSIO, PSYCHOLOGIST, STRANGER
from tests.pages.opening import head as found

RECORD = "SAFE-1"
ANSWERED: tuple[float | None, ...] = (*(1.0,) * 8, 2.0)


@pytest.fixture
def patient(clinic: Engine) -> PatientHead:
    """Somebody of team 1 without any diary."""
    return stored(clinic, record=RECORD)


def said(answers: dict[str, str], *, seen: int = 0, on: date | None = AS_OF, remark: str = "") -> Asked:
    return Asked(answers, on, seen, remark)


def answer(patient: PatientHead, answers: dict[str, str], **more: Any) -> tuple[SafetyItem, ...]:
    viewer = more.pop("viewer", PHYSIO)
    return safety.answer(viewer, patient.patient_id, said(answers, **more), now=NOW, as_of=AS_OF)


def view(clinic: Engine) -> SafetyView:
    return safety.view(PHYSIO, found(clinic, RECORD), as_of=AS_OF)


def close(patient: PatientHead, item: SafetyItem, reason: str = "seen today", viewer: Any = PSYCHOLOGIST) -> None:
    now = NOW + timedelta(minutes=5)
    safety.close(viewer, patient.patient_id, Closing(item, reason), now=now, as_of=AS_OF)


def test_an_untouched_checklist_has_nothing_asked_and_nothing_open(clinic: Engine, patient: PatientHead) -> None:
    now = view(clinic)
    assert (now.asked, now.open, now.closed, now.seen) == (0, (), (), 0)


def test_a_yes_opens_its_item_with_the_same_write(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"saddle_numbness": "yes", "fever": "no"}, on=ago(1), remark="asked by telephone")
    assert (item.question, item.level, item.day) == ("saddle_numbness", "emergency", ago(1))
    now = view(clinic)
    assert now.open == (item,)
    assert now.asked == 2
    assert now.standing["fever"].answer == "no"
    assert (now.standing["fever"].user_name, now.standing["fever"].remark) == (PHYSIO.name, "asked by telephone")


def test_only_a_closing_with_a_reason_takes_it_away_and_keeps_who_and_why(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"})
    answer(patient, {"fever": "no"}, seen=1)
    assert view(clinic).open == (item,)
    close(patient, item, "  temperature taken,\n 36.8  ")
    now = view(clinic)
    assert now.open == ()
    (closed,) = now.closed
    assert (closed.user_name, closed.reason) == (PSYCHOLOGIST.name, "temperature taken, 36.8")


def test_without_a_reason_nothing_is_closed(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"})
    for reason in ("", "   \n ", "x" * 401):
        with pytest.raises(ExplainedError, match="reason"):
            close(patient, item, reason)
    assert view(clinic).open == (item,)


def test_whoever_closes_second_is_told_that_somebody_was_quicker(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"})
    close(patient, item, viewer=PHYSIO)
    with pytest.raises(Conflict, match="closed by somebody else"):
        close(patient, item)
    assert len(view(clinic).closed) == 1


def test_a_new_yes_after_the_dialog_was_opened_is_not_closed_unseen(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"}, on=ago(3))
    answer(patient, {"fever": "yes"}, seen=1)
    with pytest.raises(Conflict):
        close(patient, item)
    assert len(view(clinic).open) == 1


def test_a_question_answered_by_somebody_else_meanwhile_is_not_overwritten_unseen(
    clinic: Engine, patient: PatientHead
) -> None:
    answer(patient, {"fever": "yes"})
    with pytest.raises(Conflict, match=r"Fever: yes by .*, yours no"):
        answer(patient, {"fever": "no"}, viewer=PSYCHOLOGIST, seen=0)
    answer(patient, {"rigors": "no"}, viewer=PSYCHOLOGIST, seen=0)
    assert [view(clinic).standing[question].answer for question in ("fever", "rigors")] == ["yes", "no"]


@pytest.mark.parametrize(
    ("answers", "on", "what"),
    [
        ({}, AS_OF, "No question is answered"),
        ({"fever": "maybe"}, AS_OF, "yes or no"),
        ({"fever": "not_known"}, AS_OF, "yes or no"),
        ({"made_up": "yes"}, AS_OF, "not known"),
        ({"onset_age": "thirty"}, AS_OF, "whole number of years"),
        ({"onset_manner": "yes"}, AS_OF, "none that this question has"),
        ({"fever": "yes"}, AS_OF + timedelta(days=1), "future"),
        ({"fever": "yes"}, None, "day is missing"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(
    clinic: Engine, patient: PatientHead, answers: dict[str, str], on: date | None, what: str
) -> None:
    with pytest.raises(ExplainedError, match=what):
        answer(patient, answers, on=on)
    assert view(clinic).seen == 0


def test_one_impossible_answer_keeps_all_of_them_out(clinic: Engine, patient: PatientHead) -> None:
    with pytest.raises(ExplainedError):
        answer(patient, {"psoriasis": "yes", "onset_age": "121"})
    assert view(clinic).standing == {}


def test_a_coordinator_sees_and_neither_answers_nor_closes(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"})
    assert safety.view(COORDINATOR, found(clinic, RECORD), as_of=AS_OF).open == (item,)
    with pytest.raises(NotPermitted):
        answer(patient, {"rigors": "yes"}, viewer=COORDINATOR)
    with pytest.raises(NotPermitted):
        close(patient, item, viewer=COORDINATOR)


def test_another_teams_clinician_neither_sees_nor_closes(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"})
    with pytest.raises(NotPermitted):
        safety.view(STRANGER, found(clinic, RECORD), as_of=AS_OF)
    with pytest.raises(NotPermitted):
        close(patient, item, viewer=STRANGER)


def test_the_whole_checklist_is_answered_in_one_act(clinic: Engine, patient: PatientHead) -> None:
    assert answer(patient, dict.fromkeys(RED_FLAGS, "no")) == ()
    assert view(clinic).asked == len(RED_FLAGS)
    answer(patient, dict.fromkeys(ASKED, "not_known"), seen=len(RED_FLAGS))
    assert len(view(clinic).standing) == len(RED_FLAGS) + len(ASKED)


def test_item_9_stays_open_over_a_later_zero_until_it_is_closed(clinic: Engine) -> None:
    zero = MeasureRecord(ago(1), "PHQ-9", 8, items=(*ANSWERED[:8], 0.0))
    scores = (MeasureRecord(ago(9), "PHQ-9", 10, items=ANSWERED), zero)
    bundle = PatientBundle(PatientRecord(RECORD, "Scored", synthetic=True), "demo", measures=scores, team_id=1)
    with writing(clinic) as conn:
        add(conn, bundle, batch_id=None, now=NOW, as_of=AS_OF)
    (item,) = view(clinic).open
    assert (item.kind, item.value, item.day) == ("phq9_item9", 2.0, ago(9))
    close(found(clinic, RECORD), item)
    assert view(clinic).open == ()


def test_answers_and_closings_are_on_the_audit_trail_without_their_words(clinic: Engine, patient: PatientHead) -> None:
    (item,) = answer(patient, {"fever": "yes"})
    close(patient, item, "temperature taken")
    with reading(clinic) as conn:
        events = [(event.action, event.resource, event.detail) for event in audit.listed(conn, patient.patient_id)]
    assert ("answer questions", "red flags", "1 answered") in events
    assert ("close safety item", "red_flag:fever", "") in events
