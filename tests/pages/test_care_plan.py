"""The Care plan page: what was agreed, and the states with nothing in it. Its notes: test_notes.py."""

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access.access import User
from tests.pages.opening import drawn, link, page


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("care_plan.py", user, p=link(clinic, record))


def test_goals_actions_and_signed_notes_stand_beside_the_editor(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00002", physio)
    assert not shown.exception
    assert [element.value for element in shown.subheader][:2] == ["Goals", "Actions"]
    assert [told["heading"].partition(" (")[0] for told in drawn(shown, "notes_list")] == ["Signed notes"]
    assert [editor["label"] for editor in drawn(shown, "note_editor")] == ["New note, physiotherapy"]


def test_nothing_agreed_is_said(clinic: Engine, physio: User) -> None:
    captions = [element.value for element in opened(clinic, "FB-00010", physio).caption]
    assert "No goal has been agreed yet." in captions
