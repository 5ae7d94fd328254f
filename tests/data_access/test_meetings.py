"""Case reviews on record: who meets, which patients in which order, what was said; nobody overwrites anybody."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from data_access import meetings
from data_access.engine import reading, writing
from data_access.errors import Conflict, ExplainedError, Overtaken, RowRefused
from data_access.meetings import Discussion, Meeting, Person
from data_access.plan import Writer
from data_access.tables import patients
from tests.data_access.made_up import NOW, TODAY, about, add, person

ADA = Writer(1, "Dr. Ada Example", NOW, TODAY)
BEN = Writer(2, "Ben Example", NOW + timedelta(minutes=3), TODAY)
PEOPLE = (
    Person(1, "Dr. Ada Example", "medicine", "present"),
    Person(2, "Ben Example", "physiotherapy", "apologies"),
    Person(None, "A guest", "", "present"),
)


@pytest.fixture
def team_of(engine: sa.Engine) -> tuple[int, ...]:
    """Three patients of team 1 and one of team 2, in that order."""
    found = tuple(add(engine, about(person(n))).patient_id for n in range(1, 5))
    with writing(engine) as conn:
        for patient_id in found:
            team = 2 if patient_id == found[3] else 1
            conn.execute(sa.update(patients).where(patients.c.patient_id == patient_id).values(team_id=team))
    return found


@pytest.fixture
def meeting(engine: sa.Engine, team_of: tuple[int, ...]) -> Meeting:
    """A planned meeting of team 1 with its first three patients queued."""
    with writing(engine) as conn:
        made = meetings.save(conn, Meeting(0, 1, TODAY, "Case review", people=PEOPLE), ADA)
        for patient_id in team_of[:3]:
            meetings.queue(conn, made.meeting_id, patient_id, f"What about {patient_id}?", ADA)
    return _get(engine, made.meeting_id)


def _get(engine: sa.Engine, meeting_id: int) -> Meeting:
    with reading(engine) as conn:
        found = meetings.get(conn, meeting_id)
    assert found is not None
    return found


def _save(engine: sa.Engine, meeting: Meeting, by: Writer = ADA) -> Meeting:
    with writing(engine) as conn:
        return meetings.save(conn, meeting, by)


def _said(engine: sa.Engine, patient_id: int, meeting_id: int) -> Discussion:
    with reading(engine) as conn:
        found = meetings.discussion(conn, patient_id, meeting_id)
    assert found is not None
    return found


def _record(engine: sa.Engine, patient_id: int, said: Discussion, by: Writer = ADA) -> Discussion:
    with writing(engine) as conn:
        return meetings.record(conn, patient_id, said, by)


def test_a_meeting_is_kept_with_its_people_in_order(engine: sa.Engine, meeting: Meeting) -> None:
    assert (meeting.team_id, meeting.day, meeting.title, meeting.status) == (1, TODAY, "Case review", "planned")
    assert meeting.people == PEOPLE
    assert (meeting.revised.revision, meeting.revised.user_name, meeting.revised.at) == (1, ADA.name, NOW)


def test_meetings_are_listed_by_team_the_latest_first(engine: sa.Engine, meeting: Meeting) -> None:
    later = _save(engine, Meeting(0, 1, TODAY + timedelta(days=14), "Next"))
    other = _save(engine, Meeting(0, 2, TODAY, "Of the other team"))
    with reading(engine) as conn:
        assert meetings.listed(conn, frozenset({1})) == [later, meeting]
        assert meetings.listed(conn, frozenset({2})) == [other]
        assert meetings.listed(conn, frozenset()) == []
        assert meetings.listed(conn, None) == [later, other, meeting]
        assert meetings.get(conn, 99) is None


def test_the_second_of_two_who_change_a_meeting_is_told_and_overwrites_nothing(
    engine: sa.Engine, meeting: Meeting
) -> None:
    first = _save(engine, replace(meeting, title="Moved", day=TODAY + timedelta(days=7)))
    with pytest.raises(Overtaken) as caught:
        _save(engine, replace(meeting, people=()), BEN)
    assert caught.value.theirs == first == _get(engine, meeting.meeting_id)
    on_top = _save(engine, replace(meeting, people=(), revised=first.revised), BEN)
    assert (on_top.revised.revision, on_top.people, on_top.queue) == (3, (), meeting.queue)


def test_preparing_the_queue_does_not_get_in_the_way_of_who_changes_the_day(
    engine: sa.Engine, meeting: Meeting
) -> None:
    with writing(engine) as conn:
        meetings.move(conn, meeting.meeting_id, meeting.queue[2], -1, BEN)
        meetings.start(conn, meeting.meeting_id, BEN)
    saved = _save(engine, replace(meeting, title="Moved"))
    first, second, third = meeting.queue
    assert (saved.title, saved.status, saved.queue) == ("Moved", "open", (first, third, second))


def test_a_patient_is_queued_once_and_asked_about_anew_keeps_the_place(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    with writing(engine) as conn:
        with pytest.raises(Overtaken):
            meetings.queue(conn, meeting.meeting_id, first, "Unseen?", BEN)
        meetings.queue(conn, meeting.meeting_id, first, "Another question?", BEN, seen=f"What about {first}?")
    assert _get(engine, meeting.meeting_id).queue == meeting.queue
    said = _said(engine, first, meeting.meeting_id)
    assert (said.question, said.status, said.revised.revision) == ("Another question?", "queued", 2)


def test_two_people_queue_the_same_patient_at_once_and_it_stands_there_once(
    engine: sa.Engine, team_of: tuple[int, ...]
) -> None:
    made = _save(engine, Meeting(0, 1, TODAY, "Case review"))

    def put(patient_id: int) -> None:
        with writing(engine) as conn:
            meetings.queue(conn, made.meeting_id, patient_id, "Why?", BEN)

    threads = [threading.Thread(target=put, args=(patient_id,)) for patient_id in (*team_of[:3], *team_of[:3])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(_get(engine, made.meeting_id).queue) == sorted(team_of[:3])


def test_a_patient_of_another_team_is_not_queued(engine: sa.Engine, meeting: Meeting, team_of: tuple[int, ...]) -> None:
    with pytest.raises(ExplainedError, match="another team"), writing(engine) as conn:
        meetings.queue(conn, meeting.meeting_id, team_of[3], "Why?", ADA)
    assert _get(engine, meeting.meeting_id).queue == meeting.queue


@pytest.mark.parametrize(
    ("which", "step", "order"),
    [(0, 1, (1, 0, 2)), (2, -1, (0, 2, 1)), (0, 9, (1, 2, 0)), (2, -9, (2, 0, 1)), (1, 0, (0, 1, 2))],
)
def test_a_patient_is_moved_in_the_queue(
    engine: sa.Engine, meeting: Meeting, which: int, step: int, order: tuple[int, ...]
) -> None:
    wanted = tuple(meeting.queue[n] for n in order)
    with writing(engine) as conn:
        assert meetings.move(conn, meeting.meeting_id, meeting.queue[which], step, ADA) == wanted
    assert _get(engine, meeting.meeting_id).queue == wanted


def test_who_was_taken_out_of_the_queue_is_gone_and_can_come_back(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    with writing(engine) as conn:
        meetings.unqueue(conn, meeting.meeting_id, first, ADA)
        assert meetings.discussion(conn, first, meeting.meeting_id) is None
        with pytest.raises(LookupError):
            meetings.move(conn, meeting.meeting_id, first, 1, ADA)
        meetings.queue(conn, meeting.meeting_id, first, "After all?", ADA)
    assert _get(engine, meeting.meeting_id).queue == (*meeting.queue[1:], first)


def test_what_was_recorded_keeps_a_patient_in_the_queue(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    _record(engine, first, replace(_said(engine, first, meeting.meeting_id), status="deferred"))
    with pytest.raises(Conflict, match="Something was recorded"), writing(engine) as conn:
        meetings.unqueue(conn, meeting.meeting_id, first, ADA)
    assert _get(engine, meeting.meeting_id).queue == meeting.queue


def test_what_a_meeting_said_is_recorded_whole(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    said = replace(
        _said(engine, first, meeting.meeting_id),
        status="discussed",
        discussion="Sleeps 4 h. — ü\nwalks less",
        options="a) pacing b) CBT",
        decision="CBT first",
        reason="sleep drives it",
        disagreement="would start with pacing",
        disagreement_by="Ben Example",
        teller_user_id=2,
        teller_name="Ben Example",
        next_review=date(2027, 1, 12),
        note_id=3,
    )
    saved = _record(engine, first, said, BEN)
    assert _said(engine, first, meeting.meeting_id) == saved
    assert (saved.revised.revision, saved.revised.user_name) == (2, BEN.name)
    assert replace(saved, revised=said.revised) == said


def test_the_second_of_two_who_record_is_told_and_overwrites_nothing(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    read = _said(engine, first, meeting.meeting_id)
    theirs = _record(engine, first, replace(read, status="discussed", decision="CBT"))
    with pytest.raises(Overtaken) as caught:
        _record(engine, first, replace(read, status="discussed", decision="Pacing"), BEN)
    assert caught.value.theirs == theirs == _said(engine, first, meeting.meeting_id)


def test_of_many_who_record_at_once_one_is_first_and_all_others_are_told(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    read = _said(engine, first, meeting.meeting_id)
    told: list[Overtaken] = []

    def record(number: int) -> None:
        try:
            _record(engine, first, replace(read, status="discussed", decision=f"Decision {number}"))
        except Overtaken as overtaken:
            told.append(overtaken)

    threads = [threading.Thread(target=record, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stands = _said(engine, first, meeting.meeting_id)
    assert len(told) == 3
    assert {each.theirs for each in told} == {stands}


def test_time_spent_grows_beside_what_is_being_written(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    read = _said(engine, first, meeting.meeting_id)
    for seconds, spent in ((40, 40), (30, 40), (95, 95)):
        with writing(engine) as conn:
            assert meetings.spend(conn, first, meeting.meeting_id, seconds) == spent
    assert _record(engine, first, replace(read, status="discussed")).seconds == 95
    assert _said(engine, first, meeting.meeting_id).seconds == 95


def test_a_closed_meeting_stays_as_it_is(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    said = _said(engine, first, meeting.meeting_id)
    with writing(engine) as conn:
        opened = meetings.start(conn, meeting.meeting_id, ADA)
        assert (opened.status, opened.opened_at) == ("open", NOW)
        meetings.start(conn, meeting.meeting_id, BEN)
        closed = meetings.close(conn, meeting.meeting_id, BEN)
        assert meetings.close(conn, meeting.meeting_id, ADA) == closed
    assert (closed.status, closed.opened_at, closed.closed_at) == ("closed", NOW, BEN.now)
    for change in (
        lambda conn: meetings.save(conn, replace(meeting, title="x"), ADA),
        lambda conn: meetings.start(conn, meeting.meeting_id, ADA),
        lambda conn: meetings.queue(conn, meeting.meeting_id, first, "x", ADA),
        lambda conn: meetings.unqueue(conn, meeting.meeting_id, first, ADA),
        lambda conn: meetings.move(conn, meeting.meeting_id, first, 1, ADA),
        lambda conn: meetings.record(conn, first, replace(said, decision="x"), ADA),
        lambda conn: meetings.spend(conn, first, meeting.meeting_id, 1),
    ):
        with pytest.raises(Conflict, match="closed"), writing(engine) as conn:
            change(conn)
    assert _get(engine, meeting.meeting_id) == closed
    assert _said(engine, first, meeting.meeting_id) == said


def test_every_meeting_of_a_patient_is_told_the_latest_first(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    earlier = _save(engine, Meeting(0, 1, TODAY - timedelta(days=30), "Before"))
    with writing(engine) as conn:
        meetings.queue(conn, earlier.meeting_id, first, "Then?", ADA)
        found = meetings.discussions(conn, first)
    assert [(facts.title, facts.day, said.question) for facts, said in found] == [
        ("Case review", TODAY, f"What about {first}?"),
        ("Before", TODAY - timedelta(days=30), "Then?"),
    ]


def test_what_no_meeting_asked_about_is_not_recorded(
    engine: sa.Engine, meeting: Meeting, team_of: tuple[int, ...]
) -> None:
    with pytest.raises(Conflict, match="taken out of the queue"):
        _record(engine, team_of[3], Discussion(meeting.meeting_id, decision="x"))
    with pytest.raises(LookupError):
        _save(engine, replace(meeting, meeting_id=99))


def test_a_text_too_long_for_the_record_is_refused_and_nothing_is_written(engine: sa.Engine, meeting: Meeting) -> None:
    first = meeting.queue[0]
    said = _said(engine, first, meeting.meeting_id)
    with pytest.raises(RowRefused):
        _record(engine, first, replace(said, discussion="x" * 20_001))
    assert _said(engine, first, meeting.meeting_id) == said
