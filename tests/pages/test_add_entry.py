"""The Add entry page: what it offers, the draft that waits, who may, and hostile words."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access import entries, entry_drafts
from data_access.access import User
from data_access.engine import reading, writing
from data_access.entries import Filled, Writer
from data_access.records import EntryRecord
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, head, link, page, person

HOSTILE = "![x](http://evil.example/a.png) <b>bold</b> **b** $x$ :red[y]"


def opened(clinic: Engine, record: str, user: User) -> AppTest:
    return page("add_entry.py", user, p=link(clinic, record))


def form(shown: AppTest) -> dict[str, Any]:
    (told,) = drawn(shown, "entry_form")
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


def told(shown: AppTest) -> str:
    """Everything said above and beside the form."""
    said = [*shown.markdown, *shown.warning, *shown.info, *shown.success]
    return " ".join(str(element.value) for element in said).replace("\\", "")


@pytest.fixture
def corrected(clinic: Engine, physio: User) -> AppTest:
    """The page with a correction of the one entry of FB-00010 begun: pain 6 is 3 now."""
    patient_id = head(clinic, "FB-00010").patient_id
    with writing(clinic) as conn:
        said = Filled(EntryRecord(AS_OF, "08:00", pain=6.0), (), "00000000aa")
        entries.add(conn, patient_id, said, Writer(physio.user_id, NOW, AS_OF))
        content = json.dumps(
            {"begun": NOW.isoformat(), "token": "00000000bb", "day": AS_OF.isoformat(), "time": "08:00", "pain": 3}
        )
        entry_drafts.save_draft(
            conn, patient_id, physio.user_id, content=content, corrects=1, expected_revision=0, now=NOW
        )
    return opened(clinic, "FB-00010", physio)


def unfinished(clinic: Engine, user: User) -> list[int]:
    with reading(clinic) as conn:
        return [d.corrects for d in entry_drafts.corrections(conn, head(clinic, "FB-00010").patient_id, user.user_id)]


def test_a_correction_left_behind_is_announced_and_says_what_it_changes(
    clinic: Engine, physio: User, corrected: AppTest
) -> None:
    assert "Unfinished correction of the entry of 22 Nov, 08:00" in told(corrected)
    assert "begun 22 Nov 2026" in told(corrected)
    corrected.button(key="entry_go_on_1").click().run()
    assert "Changed so far: pain, begun 22 Nov 2026" in told(corrected)
    corrected.button(key="entry_stop").click().run()
    assert unfinished(clinic, physio) == [1]
    corrected.button(key="entry_go_on_1").click().run()
    corrected.button(key="entry_stop_drop").click().run()
    assert not corrected.exception
    assert unfinished(clinic, physio) == []
    corrected.button(key="correct_1").click().run()
    assert form(corrected)["fields"]["pain"] == 6


def test_a_correction_overtaken_by_a_colleague_is_said_and_goes_on_with_the_entry_that_counts(
    clinic: Engine, physio: User, corrected: AppTest
) -> None:
    colleague = person(clinic, role="clinician", discipline="psychology")
    corrected.button(key="entry_go_on_1").click().run()
    with writing(clinic) as conn:
        theirs = Filled(EntryRecord(AS_OF, "08:00", pain=6.0, mood=4.0), (), "00000000cc")
        patient_id = head(clinic, "FB-00010").patient_id
        writer = Writer(colleague.user_id, NOW, AS_OF)
        entries.correct(conn, patient_id, 1, theirs, reason="mood was said", writer=writer)
    corrected.run()
    assert "counts no more" in told(corrected)
    assert f"Corrected by {colleague.name}" in told(corrected)
    assert form(corrected)["fields"]["pain"] == 3
    corrected.button(key="entry_carry").click().run()
    assert not corrected.exception
    assert "Correcting the entry of 22 Nov, 08:00" in told(corrected)
    assert (form(corrected)["fields"]["pain"], form(corrected)["fields"]["mood"]) == (3, 4)
    assert unfinished(clinic, physio) == [2]


def test_a_withdrawn_entry_leaves_its_correction_to_become_a_new_one(
    clinic: Engine, physio: User, corrected: AppTest
) -> None:
    with writing(clinic) as conn:
        patient_id = head(clinic, "FB-00010").patient_id
        entries.withdraw(conn, patient_id, 1, reason="not theirs", writer=Writer(physio.user_id, NOW, AS_OF))
    corrected.run()
    corrected.button(key="entry_go_on_1").click().run()
    corrected.button(key="entry_carry_new").click().run()
    assert not corrected.exception
    assert (form(corrected)["corrects"], form(corrected)["fields"]["pain"]) == (False, 3)
    assert unfinished(clinic, physio) == []


def test_what_was_said_of_one_patient_is_not_said_of_the_next(clinic: Engine, physio: User) -> None:
    shown = opened(clinic, "FB-00010", physio)
    who = link(clinic, "FB-00010")
    for key in ("entry_form.done", "entry_notices.told"):
        shown.session_state[key] = (who, "Correction saved: 22 Nov, 08:00")
    shown.session_state["entry_list.shown"] = (who, 16)
    assert "Correction saved" in told(shown.run())
    shown.query_params["p"] = link(clinic, "FB-00003")
    assert "Correction saved" not in told(shown.run())
    assert len([button for button in shown.button if str(button.key).startswith("correct_")]) <= 8
