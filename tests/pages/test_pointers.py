"""Pointers and red flags on the Pain map page: checklist, questions, closing, and every state."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from clinical.asked import ASKED
from clinical.red_flags import RED_FLAGS
from clinical.safety import Answer, Closure
from dashboard.presenters.words import escaped
from data_access import asked, safety
from data_access.access import User
from data_access.engine import reading, writing
from tests.conftest import AS_OF, NOW
from tests.dashboard.pain_maps import RECORD, entry, stored
from tests.dashboard.services.test_pointers_service import LINE
from tests.pages.opening import drawn, everything_shown, head, link, page, person

FILE = "pain_map.py"


@pytest.fixture
def patient(clinic: Engine) -> str:
    """The link of somebody who logged pain down the right leg on ten days."""
    return stored(clinic, *(entry(days, *LINE) for days in range(10))).link_id


def pointers(user: User, link: str) -> AppTest:
    opened = page(FILE, user, p=link, part="pointers")
    assert not opened.exception
    return opened


def tiles(opened: AppTest) -> dict[str, dict[str, Any]]:
    return {fact["name"]: fact for section in drawn(opened, "pain_map_reading") for fact in section["facts"]}


def press(opened: AppTest, key: str) -> AppTest:
    opened.button(key=key).click().run()
    assert not opened.exception
    return opened


def field(opened: AppTest, question: str) -> Radio[Any]:
    wording = (RED_FLAGS.get(question) or ASKED[question]).wording
    return next(radio for radio in opened.radio if radio.label == escaped(wording))


def choose(opened: AppTest, question: str, answer: str) -> AppTest:
    field(opened, question).set_value(answer).run()
    assert not opened.exception
    return opened


def texts(opened: AppTest) -> str:
    """Every text as it is read: without the marks that make it plain for Markdown."""
    return plain(said.value for said in opened.markdown)


def plain(values: Iterable[str]) -> str:
    return re.sub(r"\\(.)", r"\1", " ".join(values))


def answered(clinic: Engine, user: User, question: str, answer: str) -> None:
    given = Answer(question, answer, AS_OF - timedelta(days=1), "", user.name, NOW, 0)
    with writing(clinic) as conn:
        asked.give(conn, head(clinic, RECORD).patient_id, [given], user_id=user.user_id, as_of=AS_OF)


def test_an_untouched_checklist_reads_not_asked(physician: User, patient: str) -> None:
    opened = pointers(physician, patient)
    assert "Red flags: not asked" in texts(opened)
    groups = [tile for name, tile in tiles(opened).items() if " · " in name]
    assert len(groups) == 8
    assert {tile["value"] for tile in groups} == {"Not asked"}


def test_a_pattern_stands_with_its_evidence_and_the_others_are_no_reassurance(physician: User, patient: str) -> None:
    opened = pointers(physician, patient)
    found = tiles(opened)
    assert found["Sciatica"]["value"] == "Pattern seen"
    assert "right" in found["Sciatica"]["detail"]
    assert found["NICE NG65 referral checklist"]["value"].startswith("Not enough to say")
    for tile in found.values():
        assert tile["evidence"]["rows"]
        assert "excludes nothing" in tile["evidence"]["caution"]


def test_a_ticked_red_flag_opens_its_item_and_says_emergencies_first(
    clinic: Engine, physician: User, patient: str
) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_red_flags")
    assert {radio.value for radio in opened.radio} == {"not asked"}
    assert any("Emergencies first" in said.value for said in opened.markdown)
    choose(opened, "saddle_numbness", "yes")
    assert "Emergency: act now" in plain(said.value for said in opened.error)
    choose(opened, "fever", "no")
    press(opened, "pointers_save")
    assert "Emergencies first: Saddle or genital numbness" in plain([opened.error[0].value])
    assert not opened.success, "an emergency is never told in green"
    again = pointers(physician, patient)
    assert "Emergency: act now, the same day" in texts(again)
    assert f"asked 22 Nov by {physician.name}" in texts(again)
    assert f"2 of {len(RED_FLAGS)} asked" in texts(again)
    (banner,) = drawn(again, "patient_banner")
    assert any("Saddle or genital numbness" in said for said in banner["safety"])


def test_what_is_being_filled_in_survives_a_new_visit(physician: User, patient: str) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_red_flags")
    choose(opened, "fever", "yes")
    begun = pointers(physician, patient)
    assert "Begun and not saved: 1 answer, 1 of them yes" in plain(said.value for said in begun.caption)
    assert "begun" not in plain(said.value for said in page("measures.py", physician, p=patient).caption)
    elsewhere = press(pointers(physician, patient), "pointers_ask_red_flags")
    assert field(elsewhere, "fever").value == "yes"
    assert tiles(pointers(physician, patient))["Infection · urgent"]["value"] == "Not asked"


def test_a_yes_that_is_not_saved_stands_in_banner_and_open_items_of_its_author_alone(
    physician: User, physio: User, patient: str
) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_red_flags")
    choose(opened, "saddle_numbness", "yes")
    choose(opened, "fever", "no")
    said = f"Unsaved: red flag ticked, Saddle or genital numbness, kept today by {physician.name}"
    mine = page("summary.py", physician, p=patient)
    (banner,) = drawn(mine, "patient_banner")
    assert banner["safety"] == [said]
    assert said in everything_shown(mine)
    theirs = page("summary.py", physio, p=patient)
    (banner,) = drawn(theirs, "patient_banner")
    assert banner["safety"] == []
    assert "Unsaved" not in everything_shown(theirs)
    press(opened, "pointers_save")
    (banner,) = drawn(page("summary.py", physician, p=patient), "patient_banner")
    assert not any("Unsaved" in each for each in banner["safety"])


def test_what_somebody_else_answered_meanwhile_is_not_overwritten_unseen(
    clinic: Engine, physician: User, physio: User, patient: str
) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_red_flags")
    choose(opened, "fever", "no")
    answered(clinic, physio, "fever", "yes")
    press(opened, "pointers_save")
    (told,) = (said.value for said in opened.error)
    assert f"Answered by somebody else since you opened this: Fever: yes by {physio.name}, yours no" in plain([told])
    (banner,) = drawn(opened, "patient_banner")
    assert any("Fever" in said for said in banner["safety"]), "the banner follows in the same act"
    assert field(opened, "fever").value == "no"
    assert f"Before: yes, 21 Nov 2026, {physio.name}" in plain(said.value for said in opened.caption)
    press(opened, "pointers_save")
    assert "1 answer saved" in plain([opened.success[0].value])
    assert "Fever" in texts(opened)


def test_a_closed_item_is_gone_and_stays_in_the_history(
    clinic: Engine, physician: User, physio: User, patient: str
) -> None:
    answered(clinic, physician, "fever", "yes")
    assert "safety_close_0" in {button.key for button in pointers(physio, patient).button}
    closure = Closure("red_flag:fever", "36.8 today", AS_OF, physio.name, NOW + timedelta(minutes=1), 0)
    with writing(clinic) as conn:
        safety.close(conn, head(clinic, RECORD).patient_id, closure, user_id=physio.user_id, as_of=AS_OF)
    opened = pointers(physician, patient)
    assert "safety_close_0" not in {button.key for button in opened.button}
    assert "36.8 today" in texts(opened)
    assert physio.name in texts(opened)
    assert tiles(opened)["Infection · urgent"]["value"] == "1 yes, closed"


def test_questions_asked_once_move_the_sets_with_the_save(physician: User, patient: str) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_asked_questions")
    for question in ("psoriasis", "nsaid_response_48h", "low_back_pain", "back_pain_over_3_months"):
        choose(opened, question, "yes")
    opened.text_input[0].set_value("thirty").run()
    assert any("no age" in said.value for said in opened.error)
    press(opened, "pointers_save")
    assert any("not a whole number of years" in said.value for said in opened.error)
    opened.text_input[0].set_value("34").run()
    press(opened, "pointers_save")
    again = tiles(pointers(physician, patient))
    assert again["NICE NG65 referral checklist"]["value"] == "4 of 9 hold: consider referral to rheumatology"


def test_a_weight_for_the_medicine_checks_is_asked_and_refused_where_it_cannot_be(
    clinic: Engine, physician: User, patient: str
) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_asked_questions")
    choose(opened, "liver_disease", "no")
    opened.text_input[1].set_value("610").run()
    assert any("no weight in kilograms from 20 to 400" in said.value for said in opened.error)
    press(opened, "pointers_save")
    assert any("not a number of kilograms" in said.value for said in opened.error)
    opened.text_input[1].set_value("61,5").run()
    press(opened, "pointers_save")
    with reading(clinic) as conn:
        said = {each.question: each.answer for each in asked.answers(conn, head(clinic, RECORD).patient_id)}
    assert said == {"liver_disease": "no", "weight_kg": "61,5"}


def test_the_checklist_says_that_a_no_answers_the_whole_sentence(physician: User, patient: str) -> None:
    opened = press(pointers(physician, patient), "pointers_ask_red_flags")
    assert "A no answers the whole sentence as it is written" in texts(opened)
    assert "the whole sentence was asked, with sweating" in plain(said.value for said in opened.caption)


def test_a_coordinator_reads_and_neither_asks_nor_closes(clinic: Engine, physician: User, patient: str) -> None:
    answered(clinic, physician, "fever", "yes")
    opened = pointers(person(clinic, role="coordinator"), patient)
    assert "Fever" in texts(opened)
    assert not {"pointers_ask_red_flags", "pointers_ask_asked_questions", "safety_close_0"} & {
        button.key for button in opened.button
    }


def test_somebody_who_never_logged_can_be_asked_all_the_same(clinic: Engine, physician: User) -> None:
    opened = pointers(physician, stored(clinic, record="NEVER-1").link_id)
    assert "Red flags: not asked" in texts(opened)
    assert "Not enough to say" in drawn(opened, "pain_map_reading")[1]["lead"]["text"]
    assert "pointers_ask_red_flags" in {button.key for button in opened.button}


def test_another_teams_patient_is_not_shown(clinic: Engine, patient: str) -> None:
    opened = page(FILE, person(clinic, role="auditor"), p=patient, part="pointers")
    assert "Red flags" not in everything_shown(opened)
    assert drawn(opened, "pain_map_reading") == []


def test_a_part_nobody_knows_is_the_map(physician: User, clinic: Engine) -> None:
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), part="<script>")
    assert not opened.exception
    assert "Red flags: not asked" not in texts(opened)
