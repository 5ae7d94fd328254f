"""The Care plan page: what was agreed and written, who may write, and the states with nothing in them."""

from typing import Any

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access import notes
from data_access.access import User
from data_access.engine import writing
from data_access.notes import Author
from tests.conftest import NOW
from tests.pages.opening import drawn, everything_shown, head, link, page, person

HOSTILE = '![x](http://evil.example/a.png) <img src="http://evil.example/b.png"> **bold** $x$ :red[y]'


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("care_plan.py", user, p=link(clinic, record))


def editors(shown: AppTest) -> list[dict[str, Any]]:
    return drawn(shown, "note_editor")


def sign(clinic: Engine, record: str, text: str) -> None:
    patient_id = head(clinic, record).patient_id
    with writing(clinic) as conn:
        notes.save_draft(conn, patient_id, 99, text=text, pin=None, expected_revision=0, now=NOW)
        notes.sign(
            conn,
            patient_id,
            Author(99, "<b>Eve</b> ![i](http://evil.example)", "nursing"),
            expected_revision=1,
            now=NOW,
        )


def test_goals_actions_and_signed_notes_stand_beside_the_editor(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00002", physio)
    assert not shown.exception
    headings = [element.value for element in shown.subheader]
    assert headings[:2] == ["Goals", "Actions"]
    assert any(heading.startswith("Signed notes (") for heading in headings)
    assert [editor["label"] for editor in editors(shown)] == ["New note, physiotherapy"]


def test_an_unfinished_draft_is_in_the_editor_again(clinic: Engine, physio: User) -> None:
    patient_id = head(clinic, "FB-00003").patient_id
    with writing(clinic) as conn:
        notes.save_draft(conn, patient_id, physio.user_id, text="Half", pin=None, expected_revision=0, now=NOW)
    (editor,) = editors(opened(clinic, "FB-00003", physio))
    assert (editor["text"], editor["revision"]) == ("Half", 1)
    assert editor["saved"].startswith("Draft saved ")


def test_a_colleague_does_not_see_the_draft(clinic: Engine, physio: User) -> None:
    patient_id = head(clinic, "FB-00003").patient_id
    with writing(clinic) as conn:
        notes.save_draft(conn, patient_id, physio.user_id, text="Private half", pin=None, expected_revision=0, now=NOW)
    psychologist = person(clinic, role="clinician", discipline="psychology")
    assert "Private half" not in everything_shown(opened(clinic, "FB-00003", psychologist))


def test_a_coordinator_reads_and_is_told_who_writes(clinic: Engine) -> None:
    shown = opened(clinic, "FB-00002", person(clinic, role="coordinator"))
    assert editors(shown) == []
    assert any("written and signed by clinicians" in caption.value for caption in shown.caption)


def test_nothing_agreed_and_nothing_written_is_said(clinic: Engine, physio: User) -> None:
    captions = [element.value for element in opened(clinic, "FB-00010", physio).caption]
    assert "No goal has been agreed yet." in captions
    assert "No note has been signed for this patient yet." in captions


def test_text_and_names_reach_markdown_only_with_every_mark_made_plain(clinic: Engine, physio: User) -> None:
    sign(clinic, "FB-00010", HOSTILE)
    shown = opened(clinic, "FB-00010", physio)
    assert HOSTILE in [element.value for element in shown.text]
    for element in shown.markdown:
        assert "![i](http" not in element.value
        assert "<b>" not in element.value.replace("\\<b\\>", "")


def test_many_notes_come_ten_at_a_time(clinic: Engine, physio: User) -> None:
    for number in range(12):
        sign(clinic, "FB-00010", f"Note {number}")
    shown = opened(clinic, "FB-00010", physio)
    assert "Signed notes (12)" in [element.value for element in shown.subheader]
    assert len([element for element in shown.text if element.value.startswith("Note ")]) == 10
    shown.button(key="notes_more").click().run()
    assert len([element for element in shown.text if element.value.startswith("Note ")]) == 12


def test_a_long_note_is_shown_in_part_and_whole_on_demand(clinic: Engine, physio: User) -> None:
    sign(clinic, "FB-00010", "word " * 1000)
    texts = [element.value for element in opened(clinic, "FB-00010", physio).text]
    assert len(texts[0]) < 1600
    assert texts[1] == ("word " * 1000).strip()
