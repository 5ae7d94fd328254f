"""The Medication page: prompts and answers, the course, the list, adding and stopping, and every state."""

from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clinical.medication import PromptAnswer
from data_access import prompt_answers
from data_access.access import User
from data_access.engine import writing
from data_access.records import AllergyRecord, DoseRecord, MedicationRecord
from tests.conftest import AS_OF, NOW
from tests.dashboard.medicated import DULOXETINE, PARACETAMOL, TRAMADOL, UNKNOWN, medicated, taken, too_much
from tests.dashboard.pain_maps import ago
from tests.pages.opening import charts, drawn, everything_shown, link, page, person

FILE = "medication.py"


def opened(user: User, of: str, period: str = "4w") -> AppTest:
    shown = page(FILE, user, p=of, period=period)
    assert not shown.exception
    return shown


def prompts(shown: AppTest) -> list[dict[str, Any]]:
    (told,) = drawn(shown, "medication_prompts")
    return [prompt for group in told["groups"] for prompt in group["prompts"]]


def lead(shown: AppTest) -> str:
    return str(drawn(shown, "pain_map_reading")[0]["lead"]["text"])


def table(shown: AppTest, title: str) -> list[list[str]]:
    (told,) = drawn(shown, "medication_list")
    (found,) = (each for each in told["tables"] if each["title"].startswith(title))
    return [list(row) for row in found["rows"]]


def rows(shown: AppTest) -> dict[str, list[str]]:
    (told,) = drawn(shown, "medication_list")
    return {row["cells"][0]: row["cells"] for group in told["groups"] for row in group["rows"]}


def test_one_screen_says_what_is_open_what_is_taken_and_shows_the_course(clinic: Engine, physician: User) -> None:
    of = medicated(clinic, PARACETAMOL, DULOXETINE, doses=too_much()).link_id
    shown = opened(physician, of)
    assert "open (" in lead(shown)
    assert "on the list now:" in lead(shown)
    assert "paracetamol" in lead(shown)
    (chart,) = charts(shown)
    assert "Paracetamol taken" in str(chart["layout"]["annotations"])
    (first, *_) = prompts(shown)
    assert first["level"] == "high"
    assert "5 g" in first["statement"]


def test_each_prompt_carries_its_basis_its_guideline_and_its_rows(clinic: Engine, physician: User) -> None:
    of = medicated(clinic, PARACETAMOL, TRAMADOL, doses=[*too_much(), *taken(2, "tramadol", 50)]).link_id
    for prompt in prompts(opened(physician, of)):
        assert {"Basis", "Guideline", "Checked", "Days"} <= {label for label, _ in prompt["rows"]}
        assert prompt["inputs"]["rows"]
        assert {row[3] for row in prompt["inputs"]["rows"]} <= {"taken", "prescribed", "reported"}


def test_a_medicine_on_the_list_that_matches_a_recorded_allergy_is_a_high_prompt(
    clinic: Engine, physician: User
) -> None:
    allergic = (
        AllergyRecord("Tramadol", reaction="rash"),
        AllergyRecord("Latex"),
        AllergyRecord("x", status="refuted"),
    )
    shown = opened(physician, medicated(clinic, TRAMADOL, allergies=allergic).link_id)
    (prompt,) = (each for each in prompts(shown) if each["key"].startswith("recorded_allergy:"))
    assert prompt["level"] == "high"
    assert prompt["statement"] == "Recorded allergy: Tramadol (rash); tramadol is on the list: review."
    assert ["Recorded allergies", "Latex"] in [row[:2] for row in table(shown, "Not checked")]


def test_what_rests_on_general_knowledge_reads_as_unconfirmed(clinic: Engine, physician: User) -> None:
    pair = (TRAMADOL, DULOXETINE)
    shown = opened(physician, medicated(clinic, *pair).link_id)
    (serotonin,) = (prompt for prompt in prompts(shown) if prompt["key"].startswith("tramadol_cyp2d6:"))
    assert "unconfirmed: needs pharmacist review" in serotonin["mark"]


def test_an_answer_is_folded_with_who_and_when_and_can_be_given_again(clinic: Engine, physician: User) -> None:
    head = medicated(clinic, PARACETAMOL, doses=too_much())
    first = next(
        each for each in prompts(opened(physician, head.link_id)) if each["key"].startswith("paracetamol_max:")
    )
    given = PromptAnswer(first["key"], AS_OF, "action_made", "agreed on less", physician.name, NOW)
    with writing(clinic) as conn:
        prompt_answers.give(conn, head.patient_id, given, user_id=physician.user_id, as_of=AS_OF)
    shown = opened(physician, head.link_id)
    (told,) = drawn(shown, "medication_prompts")
    (done,) = (group for group in told["groups"] if group["title"].startswith("Answered"))
    assert done["folded"]
    (card,) = done["prompts"]
    assert physician.name in card["answers"][0]
    assert "agreed on less" in card["answers"][0]
    assert card["button"] == "Answer again …"
    assert "no prompt open, one answered" in lead(shown).casefold()


def test_an_answer_to_a_prompt_that_is_gone_stays_readable(clinic: Engine, physician: User) -> None:
    head = medicated(clinic, DULOXETINE)
    old = PromptAnswer("paracetamol_max:high:paracetamol", ago(90), "accepted", "known", physician.name, NOW)
    with writing(clinic) as conn:
        prompt_answers.give(conn, head.patient_id, old, user_id=physician.user_id, as_of=AS_OF)
    (card,) = (each for each in prompts(opened(physician, head.link_id)) if each["key"] == old.prompt)
    assert "no longer there" in card["statement"]
    assert not card["may_answer"]


def test_a_coordinator_sees_everything_and_has_no_button(clinic: Engine) -> None:
    of = medicated(clinic, PARACETAMOL, doses=too_much()).link_id
    shown = opened(person(clinic, role="coordinator"), of)
    assert prompts(shown)
    assert not any(prompt["may_answer"] for prompt in prompts(shown))
    (told,) = drawn(shown, "medication_list")
    assert not told["may_change"]
    assert "medication_add" not in {button.key for button in shown.button}


def test_prescribed_and_taken_stand_apart_in_the_list(clinic: Engine, physician: User) -> None:
    doses = [*taken(3, "duloxetine", 60), DoseRecord(ago(2), "duloxetine", taken=False)]
    cells = rows(opened(physician, medicated(clinic, DULOXETINE, doses=doses).link_id))["duloxetine"]
    assert cells[1] == "60 mg, once in the morning, oral"
    assert cells[3] == "1 of 28 logged days, 1 said not taken; last 19 Nov"


def test_an_unknown_name_is_listed_as_in_no_check(clinic: Engine, physician: User) -> None:
    shown = opened(physician, medicated(clinic, UNKNOWN).link_id)
    assert rows(shown)["Grandma's tea"][4] == "not recognised: in no check"
    (told,) = drawn(shown, "medication_list")
    assert ["Grandma's tea"] in [row for table in told["tables"] for row in table["rows"]]
    assert "in no check: Grandma's tea" in lead(shown)


def test_mme_is_shown_with_each_factor_and_what_cannot_be_computed(clinic: Engine, physician: User) -> None:
    patch = MedicationRecord("buprenorphine", "N02AE01", dose=10, unit="ug/h", route="transdermal", start_day=ago(20))
    shown = opened(physician, medicated(clinic, TRAMADOL, patch).link_id)
    (told,) = drawn(shown, "medication_list")
    table = next(table for table in told["tables"] if table["title"].startswith("Opioids prescribed"))
    assert ["tramadol", "200 mg", "× 0.2", "40"] in table["rows"]
    assert any(row[0] == "buprenorphine" and row[3] == "cannot be computed" for row in table["rows"])
    assert "At least 40 MME, without buprenorphine" in table["note"]


def test_a_change_card_is_one_click_away_from_its_medicine(clinic: Engine, physician: User) -> None:
    shown = opened(physician, medicated(clinic, TRAMADOL, entries=80).link_id)
    (told,) = drawn(shown, "medication_list")
    (row,) = (row for group in told["groups"] for row in group["rows"])
    (turn,) = row["turns"]
    assert turn["name"].startswith("Started")
    assert {"Rule", "Inputs", "Rests on"} <= {label for label, _ in turn["evidence"]["rows"]}


def test_no_prompt_is_no_reassurance(clinic: Engine, physician: User) -> None:
    (told,) = drawn(opened(physician, medicated(clinic, MedicationRecord("melatonin")).link_id), "medication_prompts")
    assert "does not mean that the medicines are safe" in told["nothing"]


def test_without_any_medicine_it_says_what_that_means(clinic: Engine, physician: User) -> None:
    shown = opened(physician, medicated(clinic).link_id)
    assert shown.subheader[0].value == "No medicine on the list, none logged"
    assert "medication_add" in {button.key for button in shown.button}


def test_a_medicine_without_dates_is_in_the_list_and_not_in_the_chart(clinic: Engine, physician: User) -> None:
    undated = MedicationRecord("tramadol", "N02AX02", dose=50, unit="mg", route="oral", frequency="twice a day")
    shown = opened(physician, medicated(clinic, undated, entries=0).link_id)
    assert charts(shown) == []
    assert rows(shown)["tramadol"][2] == "first day not known"
    assert any("nothing to draw" in said.value for said in shown.caption)


def test_ten_years_stay_light(clinic: Engine, physician: User) -> None:
    shown = opened(physician, link(clinic, "FB-00001"), "all")
    assert sum(len(node.proto.json) for node in shown.get("bidi_component")) < 100_000


def test_another_teams_patient_is_not_shown(clinic: Engine) -> None:
    of = medicated(clinic, PARACETAMOL).link_id
    shown = page(FILE, person(clinic, role="auditor"), p=of)
    assert "paracetamol" not in everything_shown(shown)


@pytest.mark.parametrize("period", ["4w", "1y", "all"])
def test_every_demo_case_opens(clinic: Engine, physician: User, period: str) -> None:
    for number in (7, 8, 9, 10, 19):
        opened(physician, link(clinic, f"FB-{number:05d}"), period)
