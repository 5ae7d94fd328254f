"""Changing a meeting while somebody else does: nothing typed is lost, and what the other one saved is seen."""

from datetime import timedelta

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from dashboard.services import case_review, case_review_arranging
from dashboard.services.case_review_arranging import Arranged
from data_access.access import User
from tests.conftest import AS_OF, NOW
from tests.pages.test_case_review import made, opened, viewer


def test_of_two_who_change_a_meeting_the_second_keeps_what_was_typed_and_sees_theirs(
    clinic: Engine, physio: User
) -> None:
    meeting_id = made(clinic, physio, start=False)
    shown = opened(physio, meeting_id)
    shown.button(key="case_review_change").click().run()
    field(shown, "Title").set_value("My title")
    shown.button(key="case_review_change").click().run()
    theirs = changed_meanwhile(physio, meeting_id)
    saved_in_the_dialog(shown)
    shown.button(key="case_review_change").click().run()
    told = next(each.value for each in shown.warning if "Somebody else changed this meeting" in each.value)
    assert r"\*\*medicine\*\*" in told
    assert "Title: Their title" in told.replace("\\", "")
    assert (field(shown, "Title").value, shown.date_input[0].value) == ("My title", theirs.day)
    assert shown.text_area[0].value == theirs.guests
    saved_in_the_dialog(shown)
    now = case_review.review(viewer(physio), meeting_id)
    assert now is not None
    assert (now.meeting.title, now.meeting.day) == ("My title", theirs.day)
    assert "Dr Guest" in [each.name for each in now.meeting.people]


def test_a_form_in_which_nothing_was_changed_opens_with_the_meeting_as_it_stands(clinic: Engine, physio: User) -> None:
    meeting_id = made(clinic, physio, start=False)
    shown = opened(physio, meeting_id)
    shown.button(key="case_review_change").click().run()
    changed_meanwhile(physio, meeting_id)
    shown.run()
    shown.button(key="case_review_change").click().run()
    assert field(shown, "Title").value == "Their title"
    assert not any("Somebody else" in each.value for each in shown.warning)


def changed_meanwhile(user: User, meeting_id: int) -> Arranged:
    """Saves that meeting under another title, two days later, with a guest; returns what stands in its form then."""
    found = case_review.review(viewer(user), meeting_id)
    assert found is not None
    team = next(each for each in case_review.listed(viewer(user)).teams if each.team_id == found.meeting.team_id)
    theirs = Arranged(team, AS_OF + timedelta(days=3), "Their title", guests="Dr Guest, **medicine**")
    case_review_arranging.change(viewer(user), found.meeting, theirs, now=NOW, as_of=AS_OF)
    return theirs


def field(shown: AppTest, label: str) -> TextInput:
    return next(each for each in shown.text_input if each.label == label)


def saved_in_the_dialog(shown: AppTest) -> None:
    """Presses Save; here a dialog runs with its page, so that it is opened again in the same breath."""
    shown.button(key="case_review_change").click()
    next(each for each in shown.button if each.label == "Save").click().run()
    assert not shown.exception
