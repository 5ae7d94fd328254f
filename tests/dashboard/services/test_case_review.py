"""Case reviews: who may, what is kept, nothing overwritten, and each note signed once whatever happens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from clinical.plan import Action
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import case_review, case_review_arranging, case_review_closing, plan_saving
from dashboard.services import case_review_case as cases
from dashboard.services.case_review import Discussion, Meeting
from dashboard.services.case_review_arranging import Arranged
from dashboard.services.case_review_case import Case, Said
from data_access import audit, notes, patients
from data_access import plan as plans
from data_access.engine import reading, writing
from data_access.errors import Overtaken
from data_access.patients import PatientHead
from data_access.tables import audit_events, team_members
from data_access.tables import patients as patient_rows
from tests.dashboard.services.clinic import (
    ADMINISTRATOR,
    COORDINATOR,
    OTHER_TEAMS_PATIENT,
    PATIENT,
    PHYSIO,
    PSYCHOLOGIST,
    STRANGER,
    fill,
)
from tests.data_access.made_up import NOW, TODAY, about, add, person

SECOND = 3
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clinic(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic on both databases, with a second patient of the first team."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    fill(engine, about(person(1)))
    add(engine, about(person(3)))
    with writing(engine) as conn:
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == SECOND).values(team_id=1))
    return engine


def team(viewer: Viewer = PHYSIO) -> case_review.TeamOf:
    return case_review.listed(viewer).teams[0]


def arranged(**other: object) -> Arranged:
    asked = Arranged(team(), TODAY, "Case review", (PHYSIO.user_id,), (PSYCHOLOGIST.user_id,), "Dr Guest, rheumatology")
    return replace(asked, **other)  # type: ignore[arg-type]


def made(viewer: Viewer = PHYSIO) -> Meeting:
    return case_review_arranging.make(viewer, arranged(), now=NOW, as_of=TODAY)


def opened(*queue: int) -> int:
    """A meeting that has begun, with that queue."""
    meeting_id = made().meeting_id
    for patient_id in queue or (PATIENT, SECOND):
        case_review.queue(PHYSIO, meeting_id, patient_id, "What now?", now=NOW)
    case_review.start(PHYSIO, meeting_id, now=NOW)
    return meeting_id


def head(engine: sa.Engine, patient_id: int = PATIENT) -> PatientHead:
    with reading(engine) as conn:
        found = patients.head(conn, patient_id)
    assert found is not None
    return found


def case(engine: sa.Engine, meeting_id: int, patient_id: int = PATIENT) -> Case:
    found = cases.case(PHYSIO, meeting_id, head(engine, patient_id))
    assert found is not None
    return found


def record(
    engine: sa.Engine, meeting_id: int, patient_id: int = PATIENT, *, viewer: Viewer = PHYSIO, **said: object
) -> Discussion:
    revision = case(engine, meeting_id, patient_id).said.revised.revision
    whole = replace(Said(revision, "discussed", decision="Start pacing."), **said)  # type: ignore[arg-type]
    return cases.record(viewer, meeting_id, patient_id, whole, now=NOW, as_of=TODAY)


def signed(engine: sa.Engine, patient_id: int = PATIENT) -> list[notes.Note]:
    with reading(engine) as conn:
        return [note for note in notes.listed(conn, patient_id) if note.template == "case_review"]


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
    case_review.queue(PHYSIO, meeting_id, PATIENT, "Another question?", now=LATER)
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
    case_review.queue(COORDINATOR, meeting_id, PATIENT, "By the coordinator", now=NOW)
    assert cases.case(COORDINATOR, meeting_id, head(clinic)) is not None
    for act in (
        lambda: record(clinic, meeting_id, viewer=COORDINATOR),
        lambda: cases.spend(COORDINATOR, meeting_id, PATIENT, 60),
        lambda: case_review_closing.close(COORDINATOR, meeting_id, now=LATER),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_patient_who_went_to_another_team_is_not_shown_and_keeps_the_meeting_open(clinic: sa.Engine) -> None:
    meeting_id = opened()
    with writing(clinic) as conn:
        conn.execute(sa.update(patient_rows).where(patient_rows.c.patient_id == PATIENT).values(team_id=2))
    found = case_review.review(PHYSIO, meeting_id)
    assert found is not None
    assert [(each.head is None, each.said is None) for each in found.queue] == [(True, True), (False, False)]
    assert case_review_closing.close(PHYSIO, meeting_id, now=LATER).left == (1,)
    assert case_review.listed(PHYSIO).open != ()


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
    case_review_closing.close(PHYSIO, first, now=LATER)
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


def test_closing_signs_what_was_discussed_and_nothing_else(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id, disagreement="Would wait.", disagreement_by="K. Psych", teller_user_id=PHYSIO.user_id)
    record(clinic, meeting_id, SECOND, status="deferred", decision="")
    assert case_review_closing.close(PHYSIO, meeting_id, now=LATER).signed == 1
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
    case_review_closing.close(PHYSIO, meeting_id, now=LATER)
    (note,) = signed(clinic)
    assert "- Ring the GP: owner not recorded, no due date" in note.text
    assert "A slip of the hand" not in note.text


def test_after_closing_nothing_is_recorded_any_more(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    case_review_closing.close(PHYSIO, meeting_id, now=LATER)
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


def test_closed_twice_every_note_is_signed_once(clinic: sa.Engine) -> None:
    meeting_id = opened()
    record(clinic, meeting_id)
    assert [case_review_closing.close(PHYSIO, meeting_id, now=LATER).signed for _ in range(2)] == [1, 0]
    assert len(signed(clinic)) == 1


def test_closed_by_two_at_once_every_note_is_signed_once(clinic: sa.Engine) -> None:
    meeting_id = opened()
    for patient_id in (PATIENT, SECOND):
        record(clinic, meeting_id, patient_id)
    with ThreadPoolExecutor(2) as both:
        closing = both.map(lambda who: case_review_closing.close(who, meeting_id, now=LATER), (PHYSIO, PSYCHOLOGIST))
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
            case_review_closing.close(PHYSIO, meeting_id, now=NOW)
    assert [len(signed(clinic, patient_id)) for patient_id in (PATIENT, SECOND)] == [1, 0]
    assert case_review.listed(PHYSIO).open != ()
    assert case_review_closing.close(PHYSIO, meeting_id, now=LATER).signed == 1
    assert [len(signed(clinic, patient_id)) for patient_id in (PATIENT, SECOND)] == [1, 1]


def test_what_lacks_a_decision_or_a_teller_is_said() -> None:
    said = Discussion(1, status="discussed")
    assert case_review_closing.lacks(said) == ("no decision", "nobody tells the patient")
    assert case_review_closing.lacks(replace(said, decision="Yes.", teller_name="GP")) == ()
    assert case_review_closing.lacks(replace(said, status="deferred")) == ()
    assert case_review_closing.lacks(Discussion(1)) == ("not discussed",)


def test_every_act_and_every_view_is_on_record_under_the_patient(clinic: sa.Engine) -> None:
    meeting_id = opened()
    case_review.review(PHYSIO, meeting_id)
    record(clinic, meeting_id)
    case_review_closing.close(PHYSIO, meeting_id, now=LATER)
    a = audit_events.c
    with reading(clinic) as conn:
        acts = set(conn.execute(sa.select(a.action).where(a.patient_id == PATIENT)).scalars())
        assert audit.verify(conn) == []
    assert acts >= {
        "queue for case review", "view case review", "present at case review", "record case review",
        "sign case review",
    }  # fmt: skip
