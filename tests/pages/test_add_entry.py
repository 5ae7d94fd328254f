"""The Add entry page: what it offers, the draft that waits, who may, and hostile words."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access import entries, entry_drafts, patients
from data_access.access import User
from data_access.engine import reading, writing
from data_access.entries import Filled, Writer
from data_access.patients import PatientHead
from data_access.records import EntryRecord
from tests.conftest import AS_OF, NOW
from tests.pages.opening import page, person

HOSTILE = "![x](http://evil.example/a.png) <b>bold</b> **b** $x$ :red[y]"


@pytest.fixture
def physio(clinic: Engine) -> User:
    return person(clinic, role="clinician", discipline="physiotherapy")


def head(clinic: Engine, record: str) -> PatientHead:
    with reading(clinic) as conn:
        found = patients.find_by_record(conn, record)
    assert found is not None
    return found


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("add_entry.py", user, p=head(clinic, record).link_id)


def form(shown: AppTest) -> dict[str, Any]:
    (node,) = [n.proto for n in shown.get("bidi_component") if "entry_form" in n.proto.component_name]
    told: dict[str, Any] = json.loads(node.json)
    return told


def test_a_new_form_holds_no_answer_at_all(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00003", physio)
    assert not shown.exception
    assert set(form(shown)["fields"]) == {"token", "day", "time"}
    assert form(shown)["regions"] == 0
    assert form(shown)["revision"] == 0


def test_an_unfinished_entry_is_in_the_form_again_for_its_author_alone(clinic: Engine, physio: User) -> None:
    patient_id = head(clinic, "FB-00003").patient_id
    content = json.dumps({"token": "00000000aa", "day": "2026-11-20", "pain": 0, "marks": [["f_hip_l", 4, [], ""]]})
    with writing(clinic) as conn:
        entry_drafts.save_draft(conn, patient_id, physio.user_id, content=content, expected_revision=0, now=NOW)
    told = form(opened(clinic, "FB-00003", physio))
    assert (told["fields"]["pain"], told["regions"], told["saved"][:12]) == (0, 1, "Draft saved ")
    assert told["notice"] == "This entry is for 20 Nov 2026, not for today."
    colleague = person(clinic, role="clinician", discipline="psychology")
    assert "pain" not in form(opened(clinic, "FB-00003", colleague))["fields"]


def test_a_coordinator_is_told_that_this_is_not_theirs(clinic: Engine) -> None:
    shown = opened(clinic, "FB-00003", person(clinic, role="coordinator"))
    assert "does not allow you" in shown.subheader[0].value
    assert shown.get("bidi_component") == []


def test_who_never_logged_can_begin(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00010", physio)
    assert not shown.exception
    assert any("No entry has been recorded" in caption.value for caption in shown.caption)
    assert [button for button in shown.button if button.key == "entry_copy_map"] == []


def test_copying_the_last_map_puts_it_into_the_draft(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00003", physio)
    shown.button(key="entry_copy_map").click().run()
    assert not shown.exception
    assert form(shown)["regions"] > 0
    with reading(clinic) as conn:
        draft = entry_drafts.draft(conn, head(clinic, "FB-00003").patient_id, physio.user_id)
    assert draft is not None
    assert len(json.loads(draft.content)["marks"]) == form(shown)["regions"]


def test_correcting_opens_the_entry_in_the_form_and_it_can_be_left(clinic: Engine, physio: User) -> None:
    patient_id = head(clinic, "FB-00010").patient_id
    with writing(clinic) as conn:
        said = Filled(EntryRecord(AS_OF, "08:00", pain=6.0, note=HOSTILE), (), "00000000aa")
        entries.add(conn, patient_id, said, Writer(physio.user_id, NOW, AS_OF))
    shown = opened(clinic, "FB-00010", physio)
    assert HOSTILE in [text.value for text in shown.text]
    assert not any(HOSTILE in element.value for element in shown.markdown)
    shown.button(key="correct_1").click().run()
    assert not shown.exception
    assert (form(shown)["corrects"], form(shown)["fields"]["pain"]) == (True, 6)
    shown.button(key="entry_stop").click().run()
    assert (form(shown)["corrects"], "pain" in form(shown)["fields"]) == (False, False)
