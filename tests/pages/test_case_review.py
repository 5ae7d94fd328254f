"""The Case review page: meetings, their queue, a patient presented, de-identified, and what each role may do there."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.components.case_review_place import Place
from dashboard.components.kept_form import FormPlace, Submitted, Value, handling
from dashboard.components.kept_form.handling import Window
from dashboard.permissions import Viewer
from dashboard.services import case_review, case_review_arranging, case_review_closing
from dashboard.services import case_review_case as cases
from dashboard.services.case_review_arranging import Arranged
from dashboard.services.case_review_case import Said
from data_access import access
from data_access.access import User
from data_access.engine import reading, writing
from data_access.tables import case_discussions, meeting_people, meeting_queue, meetings
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, everything_shown, head, link, page, person

RECORDS = ("FB-00002", "FB-00003")
QUESTION = "Does Zebedee sleep better now?"


def viewer(user: User) -> Viewer:
    return Viewer(user.user_id, user.name, user.role, user.discipline or "", user.teams, user.scope == "clinic")


@pytest.fixture
def empty_clinic(clinic: Engine) -> Engine:
    """The clinic before its first case review."""
    with writing(clinic) as conn:
        for table in (case_discussions, meeting_queue, meeting_people, meetings):
            conn.execute(table.delete())
    return clinic


def made(clinic: Engine, user: User, *, start: bool = True, records: tuple[str, ...] = RECORDS) -> int:
    """A meeting of tomorrow with that queue."""
    with reading(clinic) as conn:
        team = next(each for each in access.teams(conn) if each.team_id in user.teams)
    of = next(each for each in case_review.listed(viewer(user)).teams if each.team_id == team.team_id)
    asked = Arranged(of, AS_OF + timedelta(days=1), "Round about Zebedee", (user.user_id,))
    meeting_id = case_review_arranging.make(viewer(user), asked, now=NOW, as_of=AS_OF).meeting_id
    for record in records:
        patient_id = head(clinic, record).patient_id
        case_review.queue(viewer(user), meeting_id, patient_id, QUESTION, now=NOW)
    if start:
        case_review.start(viewer(user), meeting_id, now=NOW)
    return meeting_id


def opened(user: User, meeting_id: int, **query: str) -> AppTest:
    shown = page("case_review.py", user, meeting=str(meeting_id), **query)
    assert not shown.exception
    return shown


def decided(clinic: Engine, user: User, meeting_id: int, record: str, decision: str = "Start pacing.") -> None:
    found = cases.case(viewer(user), meeting_id, head(clinic, record))
    assert found is not None
    said = Said(found.said.revised.revision, "discussed", decision=decision, teller_name="The physician")
    patient_id = head(clinic, record).patient_id
    cases.record(viewer(user), meeting_id, patient_id, said, now=NOW, as_of=AS_OF)


def closed(user: User, meeting_id: int) -> None:
    """Close the meeting, having seen its texts as they stand."""
    found = case_review.review(viewer(user), meeting_id)
    assert found is not None
    seen = {part.each.patient_id: part.text for part in case_review_closing.parts(viewer(user), found)}
    case_review_closing.close(viewer(user), meeting_id, seen=seen, now=NOW)


def labels(shown: AppTest) -> list[str]:
    return [button.label for button in shown.button]


def test_a_clinic_without_a_meeting_is_told_how_one_is_made(empty_clinic: Engine, physio: User) -> None:
    shown = page("case_review.py", physio)
    assert "No case review yet" in [heading.value for heading in shown.subheader]
    assert any(label.startswith("New case review") for label in labels(shown))


def test_meetings_stand_under_open_to_come_and_over(empty_clinic: Engine, physio: User) -> None:
    coming, going, over = (made(empty_clinic, physio, start=begins) for begins in (False, True, True))
    closed(physio, over)
    shown = page("case_review.py", physio)
    assert [heading.value for heading in shown.subheader] == ["Open now", "To come", "Over"]
    listed = [button.key for button in shown.button if str(button.key).startswith("case_review_open_")]
    assert listed == [f"case_review_open_{each}" for each in (going, coming, over)]


def test_an_empty_queue_says_how_patients_come_into_it(empty_clinic: Engine, physio: User) -> None:
    shown = opened(physio, made(empty_clinic, physio, start=False, records=()))
    assert "Nobody is queued yet" in [heading.value for heading in shown.subheader]
    assert not any("Start" in label for label in labels(shown))


def test_a_question_typed_in_the_queue_is_kept(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    shown = opened(physio, meeting_id)
    shown.text_input[0].set_value("Another question?").run()
    found = case_review.review(viewer(physio), meeting_id)
    assert found is not None
    assert found.queue[0].said is not None
    assert found.queue[0].said.question == "Another question?"


def test_a_question_that_is_too_long_stays_in_its_field_with_the_reason(empty_clinic: Engine, physio: User) -> None:
    shown = opened(physio, made(empty_clinic, physio))
    shown.text_input[0].set_value("x" * 1001).run()
    assert "1,001 characters" in shown.error[0].value
    assert shown.text_input[0].value == "x" * 1001


def test_the_queue_is_sorted_and_shortened_in_place(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    shown = opened(physio, meeting_id)
    shown.button(key="case_do_down_1").click().run()
    shown.button(key="case_do_remove_2").click().run()
    found = case_review.review(viewer(physio), meeting_id)
    assert found is not None
    assert [each.patient_id for each in found.queue] == [head(empty_clinic, RECORDS[1]).patient_id]


def test_presented_a_patient_has_banner_summary_question_and_panel(empty_clinic: Engine, physio: User) -> None:
    shown = opened(physio, made(empty_clinic, physio), at="1")
    (banner,) = drawn(shown, "patient_banner")
    assert banner["record"] == RECORDS[0]
    assert drawn(shown, "summary_top")[0]["compact"]
    forms = drawn(shown, "kept_form")
    assert [form["submit"] for form in forms] == ["Save", "Add to the plan"]
    assert "Zebedee" in " ".join(element.value for element in shown.markdown)


def test_the_strip_says_how_each_stands_and_times_the_one_in_sight(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    decided(empty_clinic, physio, meeting_id, RECORDS[0])
    (strip,) = drawn(opened(physio, meeting_id, at="2"), "case_strip")
    assert [cell["words"] for cell in strip["cells"]] == ["discussed", "to discuss"]
    assert (strip["here"], strip["before"], strip["after"]) == (2, 1, 0)
    assert (strip["timer"]["runs"], strip["timer"]["may"]) == (True, True)


def test_before_the_meeting_began_nothing_is_recorded_or_timed(empty_clinic: Engine, physio: User) -> None:
    shown = opened(physio, made(empty_clinic, physio, start=False), at="1")
    assert drawn(shown, "kept_form") == []
    assert drawn(shown, "case_strip")[0]["timer"] is None
    shown.button(key="case_review_start").click().run()
    assert len(drawn(shown, "kept_form")) == 2


def test_what_was_submitted_in_a_run_of_the_whole_page_is_answered_like_any_other(
    empty_clinic: Engine, physio: User
) -> None:
    meeting_id = made(empty_clinic, physio)
    shown = opened(physio, meeting_id, at="1")
    patient_id = head(empty_clinic, RECORDS[0]).patient_id
    place = FormPlace(patient_id, f"case review {meeting_id}", "Record")
    said: dict[str, Value] = dict.fromkeys((*cases.TEXTS, "disagreement_by"), "")
    values = {**said, "disagreement": "Too early.", "teller": None, "next_review": None, "status": "discussed"}
    shown.session_state[f"{handling.key(place)}.window"] = Window(submitted=Submitted(values, 1))
    shown.run()
    assert not shown.exception
    assert "disagreement_by" in drawn(shown, "kept_form")[0]["errors"]


def test_decided_before_comes_with_its_actions(empty_clinic: Engine, physio: User) -> None:
    first = made(empty_clinic, physio)
    decided(empty_clinic, physio, first, RECORDS[0], "Pace before anything else.")
    closed(physio, first)
    shown = opened(physio, made(empty_clinic, physio), at="1")
    assert "Pace before anything else." in [element.value for element in shown.text]


def test_a_coordinator_sees_the_patient_and_records_nothing(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    shown = opened(person(empty_clinic, role="coordinator"), meeting_id, at="1")
    assert drawn(shown, "kept_form") == []
    assert "Decisions are recorded by clinicians." in [caption.value for caption in shown.caption]
    assert not drawn(shown, "case_strip")[0]["timer"]["may"]


def test_de_identified_nothing_says_who_it_is_or_what_was_written(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    decided(empty_clinic, physio, meeting_id, RECORDS[0], "Zebedee starts pacing.")
    for query in ({}, {"at": "1"}, {"at": "2"}):
        shown = opened(physio, meeting_id, teaching="1", **query)
        told = everything_shown(shown)
        assert any(warning.value.startswith("De-identified") for warning in shown.warning)
        assert [secret for secret in (*who(empty_clinic), "Zebedee") if secret in told] == []
    assert drawn(shown, "kept_form") == []
    assert any(re.match(r"Patient 2 of 2 · \d+ to \d+ years", each.value.replace("\\", "")) for each in shown.subheader)


def test_de_identified_a_meeting_says_neither_who_is_there_nor_which_team_met_when(
    empty_clinic: Engine, physio: User
) -> None:
    meeting_id = made(empty_clinic, physio)
    found = case_review.review(viewer(physio), meeting_id)
    assert found is not None
    named = [*(each.name for each in found.meeting.people), found.team_name, *when(found.meeting.day)]
    for query in ({}, {"at": "1"}):
        shown = opened(physio, meeting_id, teaching="1", **query)
        told = [
            each.value.replace("\\", "") for each in (*shown.title, *shown.caption, *shown.markdown, *shown.subheader)
        ]
        assert [said for said in named if any(said in each for each in told)] == []
        assert ("at" in query) != any("Present: Physiotherapy (1)." in each for each in told)


def when(day: date) -> tuple[str, ...]:
    return day.isoformat(), f"{day.day} {day:%b} {day.year}", f"{day:%a} {day.day} {day:%b}"


def test_what_a_guest_is_called_is_never_read_as_markdown(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    found = case_review.review(viewer(physio), meeting_id)
    assert found is not None
    team = next(each for each in case_review.listed(viewer(physio)).teams if each.team_id == found.meeting.team_id)
    asked = Arranged(team, AS_OF, "Round", (physio.user_id,), guests="![x](//evil) **Guest**, medicine")
    case_review_arranging.change(viewer(physio), found.meeting, asked, now=NOW, as_of=AS_OF)
    captions = [each.value for each in opened(physio, meeting_id).caption]
    assert any(r"\*\*Guest\*\*" in each and r"\[x\]" in each for each in captions)


def test_who_disagrees_is_never_read_as_markdown(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    patient_id = head(empty_clinic, RECORDS[0]).patient_id
    said = Said(1, "discussed", decision="Pace.", disagreement="Too early.", disagreement_by="**Kemi** ![x](//evil)")
    found = cases.case(viewer(physio), meeting_id, head(empty_clinic, RECORDS[0]))
    assert found is not None
    said = replace(said, revision=found.said.revised.revision)
    cases.record(viewer(physio), meeting_id, patient_id, said, now=NOW, as_of=AS_OF)
    coordinator = opened(person(empty_clinic, role="coordinator"), meeting_id, at="1")
    headings = [each.value for each in coordinator.markdown if "Kemi" in each.value]
    assert headings == [r"**Disagreement \(\*\*Kemi\*\* \!\[x\]\(//evil\)\)**"]


def test_a_meeting_that_was_closed_meanwhile_is_not_started_and_says_why(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio, start=False)
    waiting, presented = opened(physio, meeting_id), opened(physio, meeting_id, at="1")
    with writing(empty_clinic) as conn:
        conn.execute(meetings.update().values(status="closed", opened_at=NOW, closed_at=NOW))
    for shown in (waiting, presented):
        shown.button(key="case_review_start").click().run()
        assert not shown.exception
        assert any("closed" in error.value for error in shown.error)


def who(clinic: Engine) -> list[str]:
    """Names, record numbers and birth dates of the queue, as pages write them."""
    heads = [head(clinic, record) for record in RECORDS]
    born = [each.birth_date for each in heads if each.birth_date]
    named = [said for each in heads for said in (each.family_name, each.given_name, each.record_number) if said]
    return [*named, *(day.isoformat() for day in born), *(f"{day.day} {day:%b} {day.year}" for day in born)]


def test_closing_says_what_is_missing_and_signs_what_was_discussed(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    decided(empty_clinic, physio, meeting_id, RECORDS[0])
    shown = opened(physio, meeting_id)
    assert any("not discussed" in element.value for element in shown.markdown)
    shown.button(key="case_review_close").click().run()
    assert any(element.value.startswith("Closed ") for element in shown.success)
    assert not any(str(button.key).startswith("case_do_") for button in shown.button)


@pytest.mark.parametrize("address", ["999999", "-1", "x", "9" * 30])
def test_an_address_that_names_no_meeting_ends_in_the_list(empty_clinic: Engine, physio: User, address: str) -> None:
    shown = page("case_review.py", physio, meeting=address)
    assert not shown.exception
    assert shown.title[0].value == "Case review"


def test_a_place_beyond_the_queue_leads_to_the_meeting(empty_clinic: Engine, physio: User) -> None:
    shown = opened(physio, made(empty_clinic, physio), at="7")
    assert "Queue (2)" in [heading.value for heading in shown.subheader]


def test_whoever_comes_back_to_the_page_finds_the_place_they_left(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    shown = opened(physio, meeting_id, at="2")
    assert shown.session_state["case_review.place"] == Place(meeting_id, 2)
    for name in ("meeting", "at"):
        del shown.query_params[name]
    shown.run()
    assert drawn(shown, "patient_banner")[0]["record"] == RECORDS[1]


def test_whoever_comes_back_after_it_was_closed_finds_the_list(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    shown = opened(physio, meeting_id)
    shown.button(key="case_review_close").click().run()
    del shown.query_params["meeting"]
    shown.run()
    assert shown.title[0].value == "Case review"
    assert not shown.warning
    assert "meeting" not in shown.query_params


def test_nothing_is_chosen_before_somebody_said_how_it_went(empty_clinic: Engine, physio: User) -> None:
    meeting_id = made(empty_clinic, physio)
    before = drawn(opened(physio, meeting_id, at="1"), "kept_form")[0]
    decided(empty_clinic, physio, meeting_id, RECORDS[0])
    after = drawn(opened(physio, meeting_id, at="1"), "kept_form")[0]
    assert [each["answers"].get("status") or None for each in (before, after)] == [None, "discussed"]


def test_while_hiding_who_they_are_the_address_names_no_patient(empty_clinic: Engine, physio: User) -> None:
    shown = opened(physio, made(empty_clinic, physio), at="1", teaching="1", p=link(empty_clinic, RECORDS[0]))
    assert "p" not in shown.query_params
    assert link(empty_clinic, RECORDS[0]) not in everything_shown(shown)


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_holds_no_meetings_is_not_let_in(empty_clinic: Engine, role: str) -> None:
    shown = page("case_review.py", person(empty_clinic, role=role))
    assert "does not allow" in " ".join(heading.value for heading in shown.subheader)


def test_from_caseload_and_banner_a_patient_is_queued(empty_clinic: Engine, physio: User) -> None:
    assert drawn(page("caseload.py", physio), "caseload_table")[0]["may_queue"]
    meeting_id = made(empty_clinic, physio, records=())
    shown = page("summary.py", physio, p=link(empty_clinic, RECORDS[0]))
    assert drawn(shown, "patient_banner")[0]["may_queue"]
    asked = link(empty_clinic, RECORDS[0])
    shown.session_state["case_review_dialog.asked"] = asked
    shown.run()
    shown.text_area[0].set_value("Is it the sleep?")
    shown.session_state["case_review_dialog.asked"] = asked  # here a dialog runs with its page, in a browser alone
    next(button for button in shown.button if button.label == "Queue").click().run()
    found = case_review.review(viewer(physio), meeting_id)
    assert found is not None
    assert [each.said and each.said.question for each in found.queue] == ["Is it the sleep?"]
