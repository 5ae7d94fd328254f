"""What waits for one person: their actions, countersignatures, drafts and open discussions; only of their own teams."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from clinical.plan import Action
from data_access import entry_drafts, form_drafts, measure_drafts, meetings, my_work, notes, plan
from data_access.engine import reading, writing
from data_access.meetings import Meeting
from data_access.notes import Author, Note
from data_access.plan import Writer
from data_access.tables import patients
from tests.data_access.made_up import NOW, TODAY, about, add, person

ME, COLLEAGUE = 11, 12
OURS = frozenset({1})
WRITER = Writer(COLLEAGUE, "K. Colleague", NOW, TODAY)
AUTHOR = Author(COLLEAGUE, "K. Colleague", "psychology")


@pytest.fixture
def people(engine: sa.Engine) -> tuple[int, int, int]:
    """Two patients of team 1, and one who is no longer in its care."""
    first, second, gone = (add(engine, about(person(n))).patient_id for n in range(1, 4))
    with writing(engine) as conn:
        for patient_id, team in ((first, 1), (second, 1), (gone, 2)):
            conn.execute(sa.update(patients).where(patients.c.patient_id == patient_id).values(team_id=team))
    return first, second, gone


def _act(engine: sa.Engine, patient_id: int, title: str, due: date | None, *, owner: int = ME) -> Action:
    with writing(engine) as conn:
        return plan.save(conn, patient_id, Action(title, due=due, owner_user_id=owner), writer=WRITER)


def _note(engine: sa.Engine, patient_id: int, text: str, *, amends: int = 0, ask: tuple[int, ...] = ()) -> Note:
    with writing(engine) as conn:
        notes.save_draft(conn, patient_id, COLLEAGUE, text=text, pin=None, amends=amends, expected_revision=0, now=NOW)
        reason = "a slip" if amends else ""
        return notes.sign(conn, patient_id, AUTHOR, amends=amends, reason=reason, expected_revision=1, ask=ask, now=NOW)


def _meet(engine: sa.Engine, day: date, queue: tuple[int, ...], *, title: str = "Case review") -> int:
    with writing(engine) as conn:
        meeting = meetings.save(conn, Meeting(0, 1, day, title), WRITER)
        for patient_id in queue:
            meetings.queue(conn, meeting.meeting_id, patient_id, f"What about {patient_id}?", WRITER)
        return meeting.meeting_id


def _decide(engine: sa.Engine, patient_id: int, meeting_id: int, decision: str, *, status: str = "discussed") -> None:
    with writing(engine) as conn:
        said = meetings.discussion(conn, patient_id, meeting_id)
        assert said is not None
        changed = replace(said, status=status, decision=decision)  # type: ignore[arg-type]
        meetings.record(conn, patient_id, changed, WRITER)


def _close(engine: sa.Engine, meeting_id: int) -> None:
    with writing(engine) as conn:
        meetings.close(conn, meeting_id, WRITER)


def _open(engine: sa.Engine, teams: frozenset[int] | None = OURS) -> list[tuple[int, str, date | None]]:
    with reading(engine) as conn:
        return [(each.head.patient_id, each.title, each.again) for each in my_work.undecided(conn, teams)]


def test_my_open_actions_are_listed_the_one_due_first_on_top(engine: sa.Engine, people: tuple[int, int, int]) -> None:
    first, second, gone = people
    _act(engine, first, "no day", None)
    _act(engine, second, "due today", TODAY)
    _act(engine, first, "overdue", TODAY - timedelta(days=9))
    _act(engine, first, "of somebody else", TODAY, owner=COLLEAGUE)
    _act(engine, gone, "of another team's patient", TODAY)
    done = _act(engine, second, "done", TODAY)
    with writing(engine) as conn:
        plan.save(conn, second, replace(done, status="done", done=TODAY), writer=WRITER)
    with reading(engine) as conn:
        mine = my_work.actions_of(conn, ME, OURS)
        everywhere = my_work.actions_of(conn, ME, None)
    assert [(each.head.patient_id, each.title) for each in mine] == [
        (first, "overdue"),
        (second, "due today"),
        (first, "no day"),
    ]
    assert (mine[0].revision, mine[0].due) == (1, TODAY - timedelta(days=9))
    assert "of another team's patient" in [each.title for each in everywhere]


def test_a_note_waits_for_my_countersignature_until_i_gave_it(engine: sa.Engine, people: tuple[int, int, int]) -> None:
    first, second, gone = people
    _note(engine, first, "Please look at this.", ask=(ME,))
    signed = _note(engine, second, "And this.", ask=(ME,))
    _note(engine, second, "Nobody was asked.")
    _note(engine, gone, "Of another team's patient.", ask=(ME,))
    with writing(engine) as conn:
        me = Author(ME, "M. Me", "medicine")
        notes.cosign(conn, second, signed.note_id, 1, author=me, now=NOW)
    with reading(engine) as conn:
        (waiting,) = my_work.cosigns_awaited(conn, ME, OURS)
        assert my_work.cosigns_awaited(conn, COLLEAGUE, OURS) == []
    assert (waiting.head.patient_id, waiting.note_id, waiting.version) == (first, 1, 1)
    assert (waiting.author_name, waiting.discipline, waiting.asked_at) == ("K. Colleague", "psychology", NOW)


def test_an_amended_note_waits_only_where_the_new_version_was_given_to_me(
    engine: sa.Engine, people: tuple[int, int, int]
) -> None:
    first, second, _ = people
    for patient_id, ask in ((first, ()), (second, (ME,))):
        _note(engine, patient_id, "Left.", ask=(ME,))
        _note(engine, patient_id, "Right.", amends=1, ask=ask)
    with reading(engine) as conn:
        waiting = my_work.cosigns_awaited(conn, ME, OURS)
    assert [(each.head.patient_id, each.version) for each in waiting] == [(second, 2)]


def test_drafts_of_every_kind_are_mine_the_one_saved_last_on_top(
    engine: sa.Engine, people: tuple[int, int, int]
) -> None:
    first, second, gone = people
    at = [NOW + timedelta(minutes=n) for n in range(6)]
    with writing(engine) as conn:
        notes.save_draft(conn, first, ME, text="Half a note", pin=None, expected_revision=0, now=at[0])
        entry_drafts.save_draft(conn, first, ME, content="{}", expected_revision=0, now=at[1])
        measure_drafts.save_draft(conn, second, ME, "PHQ-9", content="{}", expected_revision=0, now=at[2])
        form_drafts.save_draft(conn, second, ME, "goal 3", content="{}", expected_revision=0, now=at[3])
        notes.save_draft(conn, first, COLLEAGUE, text="Not mine", pin=None, expected_revision=0, now=at[4])
        notes.save_draft(conn, gone, ME, text="Not ours any more", pin=None, expected_revision=0, now=at[5])
    with reading(engine) as conn:
        drafts = my_work.drafts_of(conn, ME, OURS)
    assert [(each.head.patient_id, each.kind, each.what, each.begins, each.saved_at) for each in drafts] == [
        (second, "form", "goal 3", "", at[3]),
        (second, "questionnaire", "PHQ-9", "", at[2]),
        (first, "entry", "0", "", at[1]),
        (first, "note", "0", "Half a note", at[0]),
    ]


def test_a_patient_without_a_decision_stays_open_until_one_was_made(
    engine: sa.Engine, people: tuple[int, int, int]
) -> None:
    first, second, _ = people
    meeting = _meet(engine, TODAY - timedelta(days=20), (first, second), title="First")
    assert _open(engine) == []
    _decide(engine, first, meeting, " \n", status="deferred")
    assert _open(engine) == [(first, "First", None)]
    _close(engine, meeting)
    assert _open(engine) == [(first, "First", None), (second, "First", None)]
    again = _meet(engine, TODAY, (first,), title="Second")
    assert _open(engine) == [(first, "First", TODAY), (second, "First", None)]
    _decide(engine, first, again, "")
    assert _open(engine) == [(second, "First", None), (first, "Second", None)]
    _decide(engine, first, again, "Pacing")
    assert _open(engine) == [(second, "First", None)]


def test_what_was_decided_before_does_not_close_what_was_left_open_since(
    engine: sa.Engine, people: tuple[int, int, int]
) -> None:
    first = people[0]
    before = _meet(engine, TODAY - timedelta(days=20), (first,), title="Decided")
    _decide(engine, first, before, "CBT")
    _decide(engine, first, _meet(engine, TODAY, (first,), title="Left open"), "")
    assert _open(engine) == [(first, "Left open", None)]


def test_open_discussions_are_those_of_my_teams_patients(engine: sa.Engine, people: tuple[int, int, int]) -> None:
    first = people[0]
    _decide(engine, first, _meet(engine, TODAY, (first,)), "")
    with writing(engine) as conn:
        conn.execute(sa.update(patients).where(patients.c.patient_id == first).values(team_id=2))
    assert _open(engine) == []
    assert _open(engine, frozenset()) == []
    assert len(_open(engine, None)) == 1
