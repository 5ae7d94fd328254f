"""Closing a case review on its page: what is signed and what was not saved is in sight before the button."""

from sqlalchemy import Engine

from dashboard.permissions import Permission
from dashboard.services import case_review, case_review_closing, form_drafts
from dashboard.services import case_review_case as cases
from dashboard.services.case_review_case import Action
from dashboard.services.form_drafts import Sent
from data_access.access import User
from tests.conftest import AS_OF, NOW
from tests.pages.opening import head
from tests.pages.test_case_review import QUESTION, RECORDS, closed, decided, labels, made, opened, viewer


def test_the_texts_that_will_be_signed_stand_above_the_button(clinic: Engine, physio: User) -> None:
    meeting_id = made(clinic, physio)
    decided(clinic, physio, meeting_id, RECORDS[0], "Pace before anything else.")
    shown = opened(physio, meeting_id)
    texts = [element.value for element in shown.text]
    assert {QUESTION, "Pace before anything else.", "The physician", "None agreed."} <= set(texts)
    decided(clinic, physio, meeting_id, RECORDS[0], "Changed meanwhile.")
    shown.button(key="case_review_close").click().run()
    assert any("since its texts were drawn here" in warning.value for warning in shown.warning)
    assert "Changed meanwhile." in [element.value for element in shown.text]
    shown.button(key="case_review_close").click().run()
    assert any(element.value.startswith("Closed ") for element in shown.success)


def test_what_was_not_saved_is_told_before_closing_and_left_to_copy_after(clinic: Engine, physio: User) -> None:
    meeting_id = made(clinic, physio)
    decided(clinic, physio, meeting_id, RECORDS[0])
    patient_id, (form, _) = head(clinic, RECORDS[0]).patient_id, case_review_closing.forms(meeting_id)
    sent = Sent({"reason": "Half a sentence", "teller": {"id": None, "name": "The GP"}, "due": None}, {})
    form_drafts.keep(viewer(physio), Permission.RECORD_DECISIONS, patient_id, form, sent, now=NOW)
    before = opened(physio, meeting_id)
    assert any("you wrote something that is not saved" in element.value for element in before.markdown)
    closed(physio, meeting_id)
    after = opened(physio, meeting_id, at="1")
    assert [element.value for element in after.code] == ["Half a sentence", "The GP"]
    after.button(key=f"case_left_discard_{form}").click().run()
    assert not after.exception
    assert not after.code
    held = form_drafts.held(viewer(physio), Permission.RECORD_DECISIONS, patient_id, form)
    assert held.revision == 0


def test_an_action_agreed_by_mistake_is_cancelled_in_the_panel(clinic: Engine, physio: User) -> None:
    meeting_id = made(clinic, physio)
    patient_id = head(clinic, RECORDS[0]).patient_id
    cases.add_action(viewer(physio), meeting_id, patient_id, Action("Ring Zebedee"), now=NOW, as_of=AS_OF)
    shown = opened(physio, meeting_id, at="1")
    (button,) = (each for each in shown.button if each.label == "Cancel action")
    button.click().run()
    assert not shown.exception
    assert any("Ring Zebedee" in element.value and "cancelled" in element.value for element in shown.markdown)
    assert "Cancel action" not in labels(shown)


def test_a_question_that_somebody_else_asked_meanwhile_stands_and_mine_is_shown(clinic: Engine, physio: User) -> None:
    meeting_id = made(clinic, physio)
    shown = opened(physio, meeting_id)
    patient_id = head(clinic, RECORDS[0]).patient_id
    case_review.queue(viewer(physio), meeting_id, patient_id, "Theirs?", seen=QUESTION, now=NOW)
    shown.text_input[0].set_value("Mine?").run()
    assert any("another question" in error.value and "You typed: Mine?" in error.value for error in shown.error)
    assert shown.text_input[0].value == "Theirs?"
