"""Closing a case review: what was shown is signed, once, and nothing else; and what two do at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from clinical.plan import Action
from dashboard.errors import Conflict, NotPermitted
from dashboard.permissions import Permission
from dashboard.services import case_review, case_review_arranging, case_review_closing, form_drafts, plan_saving
from dashboard.services import case_review_case as cases
from dashboard.services.case_review import Discussion
from dashboard.services.form_drafts import Sent
from data_access import audit, notes
from data_access.engine import reading
from data_access.tables import audit_events
from tests.dashboard.services.clinic import (
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
)
from tests.dashboard.services.reviews import (
    LATER,
    SECOND,
    arranged,
    begin,
    case,
    close,
    counted,
    moves,
    opened,
    record,
    shown,
    signed,
)
from tests.data_access.made_up import NOW, TODAY


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases, with a second patient of the first team."""
    return begin(engine, monkeypatch)


def test_a_patient_who_went_to_another_team_undiscussed_is_not_shown_and_not_waited_for(clinic: sa.Engine) -> None:
    meeting_id = opened()
    moves(clinic)
    assert close(PHYSIO, meeting_id, now=LATER).left == ()
    assert case_review.listed(PHYSIO).open == ()


def test_the_team_that_meets_takes_a_patient_of_another_team_out_of_its_queue(clinic: sa.Engine) -> None:
    meeting_id = opened()
    moves(clinic)
    with pytest.raises(NotPermitted):
        case_review.unqueue(STRANGER, meeting_id, PATIENT, now=LATER)
    case_review.unqueue(PHYSIO, meeting_id, PATIENT, now=LATER)
    assert [meeting.queue for meeting in case_review.listed(PHYSIO).open] == [(SECOND,)]
    a = audit_events.c
    with reading(clinic) as conn:
        acts = conn.execute(sa.select(a.action, a.resource).where(a.patient_id == PATIENT)).fetchall()
        assert audit.verify(conn) == []
    assert ("remove from case review", f"meeting {meeting_id}") in [tuple(act) for act in acts]


def test_a_patient_who_went_to_another_team_discussed_is_not_shown_and_keeps_the_meeting_open(
    clinic: sa.Engine,
) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    moves(clinic)
    with pytest.raises(Conflict):
        case_review.unqueue(PHYSIO, meeting_id, PATIENT, now=LATER)
    found = case_review.review(PHYSIO, meeting_id)
    assert found is not None
    assert [(each.head is None, each.said is None) for each in found.queue] == [(True, True), (False, False)]
    assert close(PHYSIO, meeting_id, now=LATER).left == (1,)
    assert case_review.listed(PHYSIO).open != ()


def test_closing_signs_what_was_discussed_and_nothing_else(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id, disagreement="Would wait.", disagreement_by="K. Psych", teller_user_id=PHYSIO.user_id)
    record(clinic, meeting_id, SECOND, status="deferred", decision="")
    assert close(PHYSIO, meeting_id, now=LATER).signed == 1
    (note,) = signed(clinic)
    assert (note.author.user_id, note.meeting_id, note.signed_at) == (PHYSIO.user_id, meeting_id, LATER)
    for said in ("M. Physio (physiotherapy)", "Dr Guest (rheumatology)", "Start pacing.", "Would wait.", "K. Psych"):
        assert said in note.text
    assert signed(clinic, SECOND) == []
    assert case(clinic, meeting_id).said.note_id == note.note_id


def test_an_action_that_was_cancelled_is_not_signed_as_agreed(clinic: sa.Engine) -> None:
    meeting_id = opened(PATIENT)
    record(clinic, meeting_id)
    for title in ("Ring the GP", "A slip of the hand"):
        cases.add_action(PHYSIO, meeting_id, PATIENT, Action(title), now=NOW, as_of=TODAY)
    slip = next(each for each in case(clinic, meeting_id).agreed if each.title == "A slip of the hand")
    plan_saving.set_status(PHYSIO, PATIENT, slip, "cancelled", now=NOW, as_of=TODAY)
    close(PHYSIO, meeting_id, now=LATER)
    (note,) = signed(clinic)
    assert "- Ring the GP: owner not recorded, no due date" in note.text
    assert "A slip of the hand" not in note.text


def test_after_closing_nothing_is_recorded_any_more(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    close(PHYSIO, meeting_id, now=LATER)
    acts: tuple[Callable[[], object], ...] = (
        lambda: record(clinic, meeting_id, decision="Another."),
        lambda: record(clinic, meeting_id, SECOND),
        lambda: cases.spend(PHYSIO, meeting_id, PATIENT, 60),
        lambda: cases.add_action(PHYSIO, meeting_id, PATIENT, Action("Late"), now=LATER, as_of=TODAY),
        lambda: case_review.queue(PHYSIO, meeting_id, SECOND, "Late?", now=LATER),
        lambda: case_review_arranging.change(
            PHYSIO, case_review.listed(PHYSIO).past[0], arranged(), now=LATER, as_of=TODAY
        ),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()


def test_nothing_is_signed_that_whoever_closes_was_not_shown(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    before = shown(meeting_id)
    record(clinic, meeting_id, viewer=PSYCHOLOGIST, decision="Another one.")
    with pytest.raises(Conflict, match="Read the texts as they stand now"):
        close(PHYSIO, meeting_id, now=LATER, seen=before)
    cases.add_action(PSYCHOLOGIST, meeting_id, PATIENT, Action("Ring the GP"), now=NOW, as_of=TODAY)
    record(clinic, meeting_id, SECOND)
    for seen in ({PATIENT: shown(meeting_id)[PATIENT]}, {**shown(meeting_id), PATIENT: before[PATIENT]}):
        with pytest.raises(Conflict):
            close(PHYSIO, meeting_id, now=LATER, seen=seen)
    assert signed(clinic) == signed(clinic, SECOND) == []
    assert close(PHYSIO, meeting_id, now=LATER).signed == 2


def test_the_note_is_the_text_that_was_shown(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id, reason="Sleep first.")
    seen = shown(meeting_id)
    close(PHYSIO, meeting_id, now=LATER)
    (note,) = signed(clinic)
    assert note.text == seen[PATIENT]


def test_what_was_begun_and_not_saved_is_told_before_closing(clinic: sa.Engine) -> None:
    meeting_id = opened()
    form, action = case_review_closing.forms(meeting_id)
    begun = ((PHYSIO, form, PATIENT), (PSYCHOLOGIST, form, PATIENT), (PSYCHOLOGIST, action, SECOND))
    for viewer, of, patient_id in begun:
        sent = Sent({"decision": "Begun."}, {})
        form_drafts.keep(viewer, Permission.RECORD_DECISIONS, patient_id, of, sent, now=NOW)
    review = case_review.review(PHYSIO, meeting_id)
    assert review is not None
    found = case_review_closing.unsaved(PHYSIO, review)
    assert [(each.each.patient_id, each.mine, each.colleagues) for each in found] == [
        (PATIENT, True, 1),
        (SECOND, False, 1),
    ]


def test_a_question_that_somebody_asked_meanwhile_is_not_overwritten() -> None:
    meeting_id = opened()
    case_review.queue(PSYCHOLOGIST, meeting_id, PATIENT, "Theirs?", seen="What now?", now=NOW)
    for seen in ("What now?", None):
        with pytest.raises(Conflict, match=PSYCHOLOGIST.name):
            case_review.queue(PHYSIO, meeting_id, PATIENT, "Mine?", seen=seen, now=LATER)
    case_review.queue(PHYSIO, meeting_id, PATIENT, "", now=LATER)  # queued again by name: no question is taken away
    found = case_review.review(PHYSIO, meeting_id)
    assert found is not None
    assert found.queue[0].said is not None
    assert found.queue[0].said.question == "Theirs?"


def test_a_signed_part_keeps_its_question(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    record(clinic, meeting_id, SECOND)
    moves(clinic, SECOND)
    assert close(PHYSIO, meeting_id, now=LATER).signed == 1
    with pytest.raises(Conflict, match="signed"):
        case_review.queue(PHYSIO, meeting_id, PATIENT, "Another?", seen="What now?", now=LATER)
    assert case(clinic, meeting_id).said.question == "What now?"


def test_an_action_agreed_by_mistake_is_cancelled_on_the_revision_that_was_seen(clinic: sa.Engine) -> None:
    meeting_id = opened(PATIENT)
    cases.add_action(PHYSIO, meeting_id, PATIENT, Action("Ring the GP"), now=NOW, as_of=TODAY)
    (seen,) = case(clinic, meeting_id).agreed
    plan_saving.set_status(PSYCHOLOGIST, PATIENT, seen, "done", now=NOW, as_of=TODAY)
    with pytest.raises(Conflict, match=PSYCHOLOGIST.name):
        cases.cancel_action(PHYSIO, meeting_id, PATIENT, seen, now=LATER, as_of=TODAY)
    (done,) = case(clinic, meeting_id).agreed
    plan_saving.set_status(PSYCHOLOGIST, PATIENT, done, "open", now=NOW, as_of=TODAY)
    cases.cancel_action(PHYSIO, meeting_id, PATIENT, case(clinic, meeting_id).agreed[0], now=LATER, as_of=TODAY)
    assert [each.status for each in case(clinic, meeting_id).agreed] == ["cancelled"]


def test_the_queue_is_read_in_as_many_statements_however_long_it_is(clinic: sa.Engine) -> None:
    counts = []
    for queue in ((PATIENT,), (PATIENT, SECOND)):
        meeting_id = opened(*queue)
        case_review.review(PHYSIO, meeting_id)  # on record from here on
        with counted(clinic) as asked:
            case_review.review(PHYSIO, meeting_id)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_closed_twice_every_note_is_signed_once(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    assert [close(PHYSIO, meeting_id, now=LATER).signed for _ in range(2)] == [1, 0]
    assert len(signed(clinic)) == 1


def test_closed_by_two_at_once_every_note_is_signed_once(clinic: sa.Engine) -> None:
    meeting_id = opened()
    for patient_id in (PATIENT, SECOND):
        record(clinic, meeting_id, patient_id)
    seen = shown(meeting_id)
    with ThreadPoolExecutor(2) as both:
        closing = both.map(lambda who: close(who, meeting_id, now=LATER, seen=seen), (PHYSIO, PSYCHOLOGIST))
        assert sum(closed.signed for closed in closing) == 2
    assert [len(signed(clinic, patient_id)) for patient_id in (PATIENT, SECOND)] == [1, 1]


def test_a_crash_between_two_patients_is_made_good_by_closing_again(
    clinic: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_id = opened()
    for patient_id in (PATIENT, SECOND):
        record(clinic, meeting_id, patient_id)
    sign = notes.sign_text

    def dies_at_the_second(conn: sa.Connection, patient_id: int, *rest: object, **more: object) -> notes.Note:
        note = sign(conn, patient_id, *rest, **more)  # type: ignore[arg-type]
        if patient_id == SECOND:
            raise RuntimeError("the power went")
        return note

    with monkeypatch.context() as dying:
        dying.setattr(notes, "sign_text", dies_at_the_second)
        with pytest.raises(RuntimeError):
            close(PHYSIO, meeting_id, now=NOW)
    assert [len(signed(clinic, patient_id)) for patient_id in (PATIENT, SECOND)] == [1, 0]
    assert case_review.listed(PHYSIO).open != ()
    assert close(PHYSIO, meeting_id, now=LATER).signed == 1
    assert [len(signed(clinic, patient_id)) for patient_id in (PATIENT, SECOND)] == [1, 1]


def test_what_lacks_a_decision_or_a_teller_is_said() -> None:
    said = Discussion(1, status="discussed")
    assert case_review_closing.lacks(said) == ("no decision", "nobody tells the patient")
    assert case_review_closing.lacks(replace(said, decision="Yes.", teller_name="GP")) == ()
    assert case_review_closing.lacks(replace(said, status="deferred")) == ()
    assert case_review_closing.lacks(Discussion(1)) == ("not discussed",)
