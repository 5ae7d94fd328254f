"""Case reviews: who may, what is kept, and nothing overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.plan import Action
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import case_review, case_review_arranging, case_review_closing
from dashboard.services import case_review_case as cases
from dashboard.services.case_review_case import Said
from data_access import audit
from data_access import plan as plans
from data_access.engine import reading, writing
from data_access.errors import Overtaken
from data_access.tables import audit_events, team_members
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
)
from tests.dashboard.services.reviews import LATER, SECOND, arranged, begin, case, close, head, made, opened, record
from tests.data_access.made_up import NOW, TODAY


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases, with a second patient of the first team."""
    return begin(engine, monkeypatch)


def test_a_meeting_names_who_is_there_who_is_not_and_who_comes_along() -> None:
    meeting = made()
    said = {who.name: (who.attendance, who.discipline) for who in meeting.people}
    assert said[PHYSIO.name] == ("present", "physiotherapy")
    assert said[PSYCHOLOGIST.name][0] == "apologies"
    assert said[COORDINATOR.name] == ("invited", "coordinator")
    assert said["Dr Guest"] == ("present", "rheumatology")
    assert case_review.listed(COORDINATOR).coming == (meeting,)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": None}, "day"),
        ({"day": TODAY + timedelta(days=900)}, "day"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"apologies": (PHYSIO.user_id,)}, "apologies"),
        ({"guests": ", general practice"}, "guests"),
        ({"guests": f"Dr Guest, {'x' * 25}"}, "guests"),
        ({"team": None}, "team"),
    ],
)
def test_what_cannot_be_of_a_meeting_is_said_at_its_field(wrong: dict[str, object], field: str) -> None:
    asked = arranged(**wrong)
    assert set(case_review_arranging.problems(asked, TODAY)) == {field}
    with pytest.raises(ExplainedError):
        case_review_arranging.make(PHYSIO, asked, now=NOW, as_of=TODAY)


def test_of_two_who_change_a_meeting_the_second_is_told() -> None:
    meeting = made()
    case_review_arranging.change(PHYSIO, meeting, arranged(title="Theirs"), now=NOW, as_of=TODAY)
    with pytest.raises(Conflict):
        case_review_arranging.change(PSYCHOLOGIST, meeting, arranged(title="Mine"), now=LATER, as_of=TODAY)
    assert [each.title for each in case_review.listed(PHYSIO).coming] == ["Theirs"]


def test_who_left_the_team_stays_among_those_the_meeting_names(clinic: sa.Engine) -> None:
    meeting = made()
    with writing(clinic) as conn:
        t = team_members.c
        conn.execute(sa.delete(team_members).where(t.user_id == PSYCHOLOGIST.user_id, t.team_id == 1))
    asked = arranged(title="Moved", apologies=())
    changed = case_review_arranging.change(PHYSIO, meeting, asked, now=LATER, as_of=TODAY)
    assert changed.title == "Moved"
    assert {who.name: who.attendance for who in changed.people}[PSYCHOLOGIST.name] == "apologies"
    assert len({who.name for who in changed.people}) == len(changed.people) == len(meeting.people)


def test_the_queue_keeps_its_order_its_questions_and_who_was_moved() -> None:
    meeting_id = opened()
    case_review.queue(PHYSIO, meeting_id, PATIENT, "Another question?", seen="What now?", now=LATER)
    case_review.move(PHYSIO, meeting_id, SECOND, -1, now=LATER)
    found = case_review.review(PHYSIO, meeting_id)
    assert found is not None
    asked = [(each.place, each.patient_id, each.said and each.said.question) for each in found.queue]
    assert asked == [(1, SECOND, "What now?"), (2, PATIENT, "Another question?")]
    case_review.unqueue(PHYSIO, meeting_id, SECOND, now=LATER)
    assert [meeting.queue for meeting in case_review.listed(PHYSIO).open] == [(PATIENT,)]


def test_a_patient_of_whom_something_was_recorded_stays_in_the_queue(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    with pytest.raises(Conflict):
        case_review.unqueue(PHYSIO, meeting_id, PATIENT, now=LATER)


def test_a_question_that_is_too_long_is_refused_and_a_patient_of_another_team_is_never_queued() -> None:
    meeting_id = made().meeting_id
    with pytest.raises(ExplainedError, match="holds 1,000"):
        case_review.queue(PHYSIO, meeting_id, PATIENT, "x" * 1001, now=NOW)
    with pytest.raises(NotPermitted):
        case_review.queue(PHYSIO, meeting_id, OTHER_TEAMS_PATIENT, "", now=NOW)
    everywhere = replace(PHYSIO, whole_clinic=True)
    with pytest.raises(ExplainedError, match="another team"):
        case_review.queue(everywhere, meeting_id, OTHER_TEAMS_PATIENT, "", now=NOW)


@pytest.mark.parametrize("viewer", [ADMINISTRATOR, STRANGER])
def test_nobody_else_sees_or_changes_the_meeting(viewer: Viewer) -> None:
    meeting_id = opened()
    if viewer is STRANGER:
        assert case_review.review(viewer, meeting_id) is None
        assert case_review.listed(viewer).open == ()
    with pytest.raises(NotPermitted):
        case_review.queue(viewer, meeting_id, PATIENT, "", now=NOW)
    with pytest.raises(NotPermitted):
        case_review.start(viewer, meeting_id, now=NOW)


def test_a_coordinator_prepares_and_reads_but_does_not_record(clinic: sa.Engine) -> None:
    meeting_id = opened()
    case_review.queue(COORDINATOR, meeting_id, PATIENT, "By the coordinator", seen="What now?", now=NOW)
    assert cases.case(COORDINATOR, meeting_id, head(clinic)) is not None
    for act in (
        lambda: record(clinic, meeting_id, viewer=COORDINATOR),
        lambda: cases.spend(COORDINATOR, meeting_id, PATIENT, 60),
        lambda: case_review_closing.close(COORDINATOR, meeting_id, seen={}, now=LATER),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_of_two_who_record_the_second_gets_both_versions(clinic: sa.Engine) -> None:
    meeting_id = opened()
    seen = case(clinic, meeting_id).said.revised.revision
    record(clinic, meeting_id, decision="Theirs.")
    mine = Said(seen, "discussed", decision="Mine.")
    with pytest.raises(Overtaken) as late:
        cases.record(PSYCHOLOGIST, meeting_id, PATIENT, mine, now=LATER, as_of=TODAY)
    assert (late.value.theirs.decision, late.value.theirs.revised.user_name) == ("Theirs.", PHYSIO.name)
    assert case(clinic, meeting_id).said.decision == "Theirs."


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"status": "queued"}, "status"),
        ({"disagreement": "No."}, "disagreement_by"),
        ({"disagreement_by": "K. Psych"}, "disagreement"),
        ({"next_review": TODAY - timedelta(days=1)}, "next_review"),
        ({"decision": "x" * 20_001}, "decision"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field(wrong: dict[str, object], field: str) -> None:
    said = replace(Said(1, "discussed"), **wrong)  # type: ignore[arg-type]
    assert set(cases.problems(said, TODAY)) == {field}


def test_time_is_kept_beside_what_is_recorded_and_never_runs_backwards(clinic: sa.Engine) -> None:
    meeting_id = opened()
    cases.spend(PHYSIO, meeting_id, PATIENT, 90)
    cases.spend(PSYCHOLOGIST, meeting_id, PATIENT, 40)
    record(clinic, meeting_id)
    assert case(clinic, meeting_id).said.seconds == 90


def test_an_action_lands_on_the_plan_with_its_meeting_and_its_state_comes_back_at_the_next(clinic: sa.Engine) -> None:
    first = opened(PATIENT)
    record(clinic, first, decision="Pace first.")
    agreed = Action("Pacing plan", TODAY + timedelta(days=7), owner_user_id=PHYSIO.user_id)
    cases.add_action(PHYSIO, first, PATIENT, agreed, now=NOW, as_of=TODAY)
    close(PHYSIO, first, now=LATER)
    with writing(clinic) as conn:
        (there,) = [each for each in plans.load(conn, PATIENT).actions if each.meeting_id == first]
        plans.save(conn, PATIENT, replace(there, status="done", done=TODAY), writer=case_review.writer(PHYSIO, LATER))
    (before,) = case(clinic, opened(PATIENT)).earlier
    assert before.said.decision == "Pace first."
    assert [(each.title, each.status) for each in before.actions] == [("Pacing plan", "done")]


def test_what_a_later_meeting_decided_was_not_decided_before(clinic: sa.Engine) -> None:
    first, second = opened(PATIENT), opened(PATIENT)
    record(clinic, first, decision="First.")
    record(clinic, second, decision="Second.")
    assert case(clinic, first).earlier == ()
    assert [each.said.decision for each in case(clinic, second).earlier] == ["First."]


def test_every_act_and_every_view_is_on_record_under_the_patient(clinic: sa.Engine) -> None:
    meeting_id = opened()
    case_review.review(PHYSIO, meeting_id)
    record(clinic, meeting_id)
    close(PHYSIO, meeting_id, now=LATER)
    a = audit_events.c
    with reading(clinic) as conn:
        acts = set(conn.execute(sa.select(a.action).where(a.patient_id == PATIENT)).scalars())
        assert audit.verify(conn) == []
    assert acts >= {
        "queue for case review", "view case review", "present at case review", "record case review",
        "sign case review",
    }  # fmt: skip
