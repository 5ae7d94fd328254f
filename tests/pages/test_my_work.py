"""My work: what waits for the signed-in person, each line with the page it opens; never about patients of others."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clinical.plan import Action
from dashboard.components import plan_form
from data_access import access, audit, entry_drafts, form_drafts, measure_drafts, meetings, notes, plan
from data_access.access import User
from data_access.engine import reading, writing
from data_access.meetings import Meeting
from data_access.notes import Author
from data_access.patients import PatientHead
from data_access.plan import Writer
from data_access.tables import patients as patient_rows
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, page, person
from tests.pages.test_anonymous import everybody

LINES = 30
PLAN_FORMS = {
    "formulation 0": "Formulation",
    "goal 3": "Goal",
    "rating 3": "Rating of a goal",
    "intervention 0": "Intervention",
    "action 12": "Action",
}


@pytest.fixture
def me(clinic: Engine) -> User:
    """Somebody new, for whom nothing waits yet."""
    with writing(clinic) as conn:
        number = access.add_user(conn, "Nia New", "clinician", discipline="medicine", teams=frozenset({1}))
        found = access.user(conn, number)
    assert found is not None
    return found


@pytest.fixture
def ours(clinic: Engine) -> list[PatientHead]:
    """The patients of team 1, of whom no case review left anybody open."""
    with writing(clinic) as conn:
        conn.execute(sa.text("DELETE FROM case_discussions"))
    return [head for head in everybody(clinic) if head.team_id == 1]


def parts(opened: AppTest) -> dict[str, Any]:
    """The lists as the browser got them, by name; empty where none was drawn."""
    told: list[Any] = drawn(opened, "my_work")
    return {part["key"]: part for part in told[0]} if told else {}


def lines(opened: AppTest, part: str) -> list[dict[str, Any]]:
    return list(parts(opened)[part]["lines"])


def by(user: User) -> Writer:
    return Writer(user.user_id, user.name, NOW, AS_OF)


def act(clinic: Engine, head: PatientHead, owner: User, title: str, due_in: int | None) -> Action:
    due = None if due_in is None else AS_OF + timedelta(days=due_in)
    with writing(clinic) as conn:
        return plan.save(conn, head.patient_id, Action(title, due=due, owner_user_id=owner.user_id), writer=by(owner))


def leave(clinic: Engine, head: PatientHead) -> None:
    """The patient goes to another team."""
    with writing(clinic) as conn:
        this = patient_rows.c.patient_id == head.patient_id
        conn.execute(sa.update(patient_rows).where(this).values(team_id=99))


def test_nothing_waits_and_the_page_says_what_would(clinic: Engine, me: User, ours: list[PatientHead]) -> None:
    opened = page("my_work.py", me)
    assert parts(opened) == {}
    assert opened.subheader[0].value == "Nothing waits for you"


def test_my_actions_stand_there_the_overdue_ones_first_and_named(
    clinic: Engine, me: User, physio: User, ours: list[PatientHead]
) -> None:
    act(clinic, ours[0], me, "Call the GP", 10)
    act(clinic, ours[1], me, "Order a sleep diary", -9)
    act(clinic, ours[1], me, "Due now", 0)
    act(clinic, ours[2], me, "Without a day", None)
    act(clinic, ours[2], physio, "Of the physiotherapist", -3)
    opened = page("my_work.py", me)
    told = lines(opened, "actions")
    assert [(line["what"], line["when"], line["late"]) for line in told] == [
        ("Order a sleep diary", "9 days overdue", True),
        ("Due now", "due today", False),
        ("Call the GP", "due 2 Dec", False),
        ("Without a day", "no day agreed", False),
    ]
    assert told[0]["href"] == f"care_plan?p={ours[1].link_id}"
    assert opened.caption[0].value == "4 open actions, 1 overdue"


SHARED = {
    "share": "Order of a document",
    "sent 3": "How a document was sent",
    "withdrawn 3": "Withdrawal of a document",
}


def test_what_i_began_is_listed_with_the_page_where_it_goes_on(
    clinic: Engine, me: User, ours: list[PatientHead]
) -> None:
    pid = ours[0].patient_id
    with writing(clinic) as conn:
        notes.save_draft(conn, pid, me.user_id, text="Half", pin=None, expected_revision=0, now=NOW)
        bare = "## Since last time\n\n"
        notes.save_draft(conn, ours[1].patient_id, me.user_id, text=bare, pin=None, expected_revision=0, now=NOW)
        notes.save_draft(conn, pid, me.user_id, text="Anew", pin=None, amends=1, expected_revision=0, now=NOW)
        entry_drafts.save_draft(conn, pid, me.user_id, content="{}", expected_revision=0, now=NOW)
        for form in ("PHQ-9", "totals", "criteria", "red_flags"):
            measure_drafts.save_draft(conn, pid, me.user_id, form, content="{}", expected_revision=0, now=NOW)
        for form in PLAN_FORMS:
            form_drafts.save_draft(conn, pid, me.user_id, form, content="{}", expected_revision=0, now=NOW)
        for form in ("case review 2", "case action 2", "something 4", "of another version", *SHARED):
            form_drafts.save_draft(conn, pid, me.user_id, form, content="{}", expected_revision=0, now=NOW)
    told = {
        line["what"]: (line["page"], line["note"] or line["meeting"] or line["form"])
        for line in lines(page("my_work.py", me), "drafts")
    }
    assert told == {
        "New note": ("care_plan", ""),
        "Amended note": ("care_plan", "1"),
        "New diary entry": ("add_entry", ""),
        "PHQ-9": ("measures", ""),
        "Questionnaire totals": ("measures", ""),
        "Fibromyalgia criteria": ("pain_map", ""),
        "Red-flag checklist": ("pain_map", ""),
        **{what: ("care_plan", form.replace(" ", "-")) for form, what in PLAN_FORMS.items()},
        "Case review": ("case_review", "2"),
        "Action of a case review": ("case_review", "2"),
        **dict.fromkeys(SHARED.values(), ("share", "")),
        "Form": ("care_plan", ""),
    }


def test_every_form_of_the_plan_has_a_name_here() -> None:
    assert {form.partition(" ")[0] for form in PLAN_FORMS} == set(plan_form.SECTIONS)


def test_a_note_to_countersign_and_an_open_discussion_lead_to_the_care_plan(
    clinic: Engine, me: User, physio: User, ours: list[PatientHead]
) -> None:
    pid = ours[3].patient_id
    with writing(clinic) as conn:
        who = Author(physio.user_id, physio.name, "physiotherapy")
        notes.save_draft(conn, pid, physio.user_id, text="Look.", pin=None, expected_revision=0, now=NOW)
        note = notes.sign(conn, pid, who, expected_revision=1, ask=[me.user_id], now=NOW)
        meeting = meetings.save(conn, Meeting(0, 1, AS_OF - timedelta(days=4), "Case review"), by(physio))
        said = meetings.queue(conn, meeting.meeting_id, pid, "Which next step?", by(physio))
        meetings.record(conn, pid, replace(said, status="deferred"), by(physio))
    opened = page("my_work.py", me)
    (waiting,), (left,) = lines(opened, "cosigns"), lines(opened, "undecided")
    assert waiting["what"] == f"Physiotherapy · {physio.name}"
    assert waiting["href"] == f"care_plan?p={ours[3].link_id}&note={note.note_id}"
    assert (left["what"], left["detail"], left["when"]) == ("Which next step?", "Case review, 18 Nov", "deferred")
    assert left["queue"]


def test_patients_outside_my_teams_are_never_shown_even_when_a_draft_or_a_request_is_there(
    clinic: Engine, me: User, physio: User, ours: list[PatientHead]
) -> None:
    gone = ours[4]
    act(clinic, gone, me, "Call", -3)
    with writing(clinic) as conn:
        notes.save_draft(conn, gone.patient_id, me.user_id, text="Half", pin=None, expected_revision=0, now=NOW)
        notes.save_draft(conn, gone.patient_id, physio.user_id, text="Look.", pin=None, expected_revision=0, now=NOW)
        who = Author(physio.user_id, physio.name, "physiotherapy")
        notes.sign(conn, gone.patient_id, who, expected_revision=1, ask=[me.user_id], now=NOW)
        meeting = meetings.save(conn, Meeting(0, 1, AS_OF, "Case review"), by(physio))
        said = meetings.queue(conn, meeting.meeting_id, gone.patient_id, "Why?", by(physio))
        meetings.record(conn, gone.patient_id, replace(said, status="discussed"), by(physio))
    shown = {key: part["count"] for key, part in parts(page("my_work.py", me)).items()}
    assert shown == {"actions": 1, "cosigns": 1, "undecided": 1, "drafts": 1}
    leave(clinic, gone)
    opened = page("my_work.py", me)
    assert parts(opened) == {}
    assert gone.family_name not in str(opened.main)


def test_two_hundred_actions_are_counted_and_shown_a_few_at_a_time(
    clinic: Engine, me: User, ours: list[PatientHead]
) -> None:
    for number in range(LINES + 4):
        act(clinic, ours[number % len(ours)], me, f"Action {number}", number)
    part = parts(page("my_work.py", me))["actions"]
    assert (part["count"], len(part["lines"])) == (LINES + 4, LINES)


def test_a_coordinator_has_actions_and_drafts_but_marks_nothing_and_countersigns_nothing(
    clinic: Engine, ours: list[PatientHead]
) -> None:
    coordinator = person(clinic, role="coordinator")
    act(clinic, ours[0], coordinator, "Book the room", 1)
    opened = page("my_work.py", coordinator)
    told = parts(opened)
    assert "cosigns" not in told
    assert [line["action"] for line in told["actions"]["lines"] if line["what"] == "Book the room"] == [0]


def test_looking_is_on_record_once(clinic: Engine, me: User) -> None:
    page("my_work.py", me)
    page("my_work.py", me)
    with reading(clinic) as conn:
        seen = [event for event in audit.listed(conn, 0) if event.user_id == me.user_id]
    assert [event.action for event in seen] == ["view my work"]
