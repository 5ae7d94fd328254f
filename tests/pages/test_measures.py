"""The Measures page: scores, the chosen questionnaire, forms, totals, the safety item, and every state."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.services.entries import LONGEST_REASON
from data_access import measure_drafts, measures
from data_access.access import User
from data_access.engine import reading, writing
from data_access.entries import Writer
from data_access.measures import Entered
from tests.conftest import AS_OF, NOW
from tests.dashboard.measured import again, phq9, stored, total
from tests.pages.opening import charts, drawn, everything_shown, link, page, person

FILE, RECORD = "measures.py", "SCORES-1"


@pytest.fixture
def scored(clinic: Engine) -> str:
    """The link of somebody whose PHQ-9 got worse, with a PEG, and a PHQ-9 without a day."""
    phq = (phq9(60, *[1] * 8, 0), phq9(3, *[2] * 7, 1, 0))
    return stored(clinic, *phq, total(60, "PEG", 6.0), total(3, "PEG", 5.7), total(None, "PHQ-9", 20)).link_id


def opened(user: User, of: str, **query: str) -> AppTest:
    return page(FILE, user, p=of, **({"period": "3m"} | query))


def rows(shown: AppTest, table: int = 0) -> list[dict[str, Any]]:
    return list(drawn(shown, "measures_table")[table]["rows"])


def draft(clinic: Engine, user: User, form: str, content: str) -> None:
    with writing(clinic) as conn:
        patient = again(clinic).patient_id
        measure_drafts.save_draft(conn, patient, user.user_id, form, content=content, expected_revision=0, now=NOW)


def on_record(clinic: Engine) -> list[Entered]:
    with reading(clinic) as conn:
        return measures.history(conn, again(clinic).patient_id)


def begin(shown: AppTest, key: str) -> AppTest:
    return shown.button(key=key).click().run()


def item(shown: AppTest, place: int) -> Any:
    return next(each for each in shown.button_group if each.key and each.key.startswith(f"measures_item_{place}_"))


def test_one_screen_says_what_changed_and_how_each_score_reads(physician: User, scored: str) -> None:
    shown = opened(physician, scored)
    assert not shown.exception
    lead = drawn(shown, "pain_map_reading")[0]["lead"]["text"]
    assert lead.startswith("PHQ-9 8 → 15 (moderately severe), worse by an important difference (5 points)")
    cells = {row["key"]: [cell["text"] for cell in row["cells"]] for row in rows(shown)}
    assert cells["PHQ-9"] == ["PHQ-9", "15", "0–27", "19 Nov", "9 of 9", "moderately severe", "▲ 7", "yes, worse"]
    assert cells["PEG"][1:3] == ["5.7", "0–10"]
    assert len(charts(shown)) == 1


def test_undated_scores_stand_apart_and_never_on_the_axis(physician: User, scored: str) -> None:
    shown = opened(physician, scored)
    assert "without a date: kept apart" in drawn(shown, "measures_table")[1]["caption"]
    assert [row["cells"][1]["text"] for row in rows(shown, 1)] == ["20"]
    points = [y for trace in charts(shown)[0]["data"] if trace["type"] == "scatter" for y in trace["y"]]
    assert 20 not in points


def test_only_undated_scores_say_so(clinic: Engine, physician: User) -> None:
    shown = opened(physician, stored(clinic, total(None, "PEG", 7), record="S-2").link_id)
    assert not shown.exception
    assert shown.subheader[0].value == "No score with a date"
    assert charts(shown) == []


def test_without_any_score_it_says_what_to_do(clinic: Engine, physician: User) -> None:
    shown = opened(physician, stored(clinic, record="S-3").link_id)
    assert not shown.exception
    assert shown.subheader[0].value == "No questionnaire score yet"


def test_item_answers_are_worded_where_that_is_allowed(physician: User, scored: str) -> None:
    assert any("Little interest or pleasure" in said.value for said in opened(physician, scored).markdown)


def test_a_phq_9_with_item_9_opens_the_safety_item_at_once_and_it_stands_first(
    clinic: Engine, physician: User, scored: str
) -> None:
    shown = begin(opened(physician, scored), "measures_open_0")
    assert not shown.exception
    for place in range(1, 9):
        item(shown, place).set_value(0).run()
    shown = item(shown, 9).set_value(1).run()
    assert any("PHQ-9: 1 of 27" in said.value.replace("\\", "") for said in shown.markdown)
    assert any("Item 9 is above 0" in said.value for said in shown.error)
    shown = shown.button(key="measures_save").click().run()
    assert not shown.exception
    assert [each.record.items[8] for each in on_record(clinic) if len(each.record.items) == 9][-1] == 1
    assert any("Saved: PHQ-9 1" in said.value.replace("\\", "") for said in shown.success)
    assert "safety_close_0" in {button.key for button in shown.button}


def test_answers_are_kept_before_anything_is_saved_and_one_goes_on_with_them(
    clinic: Engine, physician: User, scored: str
) -> None:
    shown = begin(opened(physician, scored), "measures_open_0")
    item(shown, 2).set_value(3).run()
    later = opened(physician, scored)
    assert any("PHQ-9 begun, 1 of 9 answered" in said.value for said in later.caption)
    later = begin(later, "measures_go_on_PHQ-9")
    assert item(later, 2).value == 3
    assert len(on_record(clinic)) == 5


def test_missing_items_are_named_and_no_total_is_shown(clinic: Engine, physician: User, scored: str) -> None:
    draft(clinic, physician, "PHQ-9", '{"item_1": 3, "item_2": 2}')
    shown = begin(opened(physician, scored), "measures_go_on_PHQ-9")
    said = [each.value.replace("\\", "") for each in shown.markdown]
    assert any("no total. Not answered: 3, 4, 5, 6, 7, 8 and 9" in each for each in said)
    assert shown.button(key="measures_save").label == "Save as it is, with gaps"


@pytest.mark.parametrize(("typed", "why"), [("41", "from 0 to 40"), ("3,5", "whole number"), ("a lot", "not a number")])
def test_a_total_out_of_range_is_refused_at_its_field_with_the_range(
    clinic: Engine, physician: User, scored: str, typed: str, why: str
) -> None:
    draft(clinic, physician, "totals", json.dumps({"instrument": "PSS-10", "total": typed}))
    shown = begin(opened(physician, scored), "measures_go_on_totals")
    assert any(why in said.value.replace("\\", "") for said in shown.error)
    shown = shown.button(key="measures_save").click().run()
    assert len(on_record(clinic)) == 5
    assert any(each.value == typed for each in shown.text_input)


def test_a_total_is_saved_and_stands_in_the_table(clinic: Engine, physician: User, scored: str) -> None:
    draft(clinic, physician, "totals", '{"instrument": "ISI", "total": "16", "version": "English"}')
    shown = begin(opened(physician, scored), "measures_go_on_totals")
    assert any("ISI: 16, moderate" in said.value.replace("\\", "") for said in shown.markdown)
    shown = shown.button(key="measures_save").click().run()
    assert "ISI" in [row["key"] for row in rows(shown)]
    assert on_record(clinic)[-2].version == "English"


def test_after_a_save_what_stands_below_is_the_score_that_the_selector_names(
    clinic: Engine, physician: User, scored: str
) -> None:
    draft(clinic, physician, "totals", '{"instrument": "PHQ-9", "total": "20"}')
    shown = opened(physician, scored)
    shown.selectbox[0].set_value(shown.selectbox[0].value).run()
    shown = begin(shown, "measures_go_on_totals").button(key="measures_save").click().run()
    chooser = next(each for each in shown.selectbox if each.key and each.key.startswith("measures_which_"))
    assert chooser.value == on_record(clinic)[-2].measure_id
    heading = next(each["heading"] for each in drawn(shown, "pain_map_reading") if each["heading"])
    assert heading.startswith("PHQ-9: 20, ")


def test_a_total_of_the_phq_9_without_item_9_says_to_ask(clinic: Engine, physician: User, scored: str) -> None:
    draft(clinic, physician, "totals", '{"instrument": "PHQ-9", "total": "18"}')
    shown = begin(opened(physician, scored), "measures_go_on_totals")
    assert any("item 9 not known: ask" in said.value.replace("\\", "") for said in shown.markdown)
    shown = shown.button(key="measures_save").click().run()
    assert any("item 9 not known: ask" in said.value.replace("\\", "") for said in shown.success)
    notes = {row["key"]: [cell["note"] for cell in row["cells"]] for row in rows(shown)}
    assert "item 9 not known: ask" in notes["PHQ-9"]
    assert not any(button.key == "safety_close_0" for button in shown.button)


def test_a_version_too_long_stays_in_its_field_with_the_limit(clinic: Engine, physician: User, scored: str) -> None:
    draft(clinic, physician, "totals", '{"instrument": "ISI", "total": "16"}')
    shown = begin(opened(physician, scored), "measures_go_on_totals")
    field = next(each for each in shown.text_input if each.label.startswith("Version"))
    shown = field.set_value("v" * 300).run()
    assert any("At most 40 characters" in said.value for said in shown.error)
    shown = shown.button(key="measures_save").click().run()
    assert len(on_record(clinic)) == 5
    assert any(each.value == "v" * 300 for each in shown.text_input)


def test_a_reason_of_any_length_stays_in_its_field_with_the_limit_above_it(
    clinic: Engine, physician: User, scored: str
) -> None:
    shown = begin(opened(physician, scored), "measures_withdraw")
    (reason,) = shown.text_area
    assert reason.max_chars == 0  # a browser would drop what is longer
    assert f"at most {LONGEST_REASON} characters" in reason.label


def test_a_second_score_of_the_same_day_is_pointed_out(clinic: Engine, physician: User, scored: str) -> None:
    draft(clinic, physician, "totals", '{"instrument": "PEG", "total": "4", "day": "2026-11-19"}')
    shown = begin(opened(physician, scored), "measures_go_on_totals")
    assert any("On record of that day already: PEG 5.7" in said.value.replace("\\", "") for said in shown.warning)
    draft(clinic, physician, "PHQ-9", '{"item_1": 1, "day": "2026-11-18"}')
    shown = begin(opened(physician, scored), "measures_go_on_PHQ-9")
    assert [said.value for said in shown.warning] == []


def test_a_withdrawn_score_counts_no_more_and_stays_readable(clinic: Engine, physician: User, scored: str) -> None:
    number = next(each.measure_id for each in on_record(clinic) if each.record.score == 15)
    writer = Writer(physician.user_id, NOW, AS_OF)
    with writing(clinic) as conn:
        measures.withdraw(conn, again(clinic).patient_id, number, reason="filled in for her sister", writer=writer)
    shown = opened(physician, scored)
    cells = {row["key"]: [cell["text"] for cell in row["cells"]] for row in rows(shown)}
    assert cells["PHQ-9"][1] == "8"
    (said,) = (each.value for each in shown.markdown if "filled in for her sister" in each.value)
    assert physician.name in said


def test_withdrawing_asks_why_first(clinic: Engine, physician: User, scored: str) -> None:
    shown = begin(opened(physician, scored), "measures_withdraw")
    assert any("required" in each.label for each in shown.text_area)
    assert all(each.withdrawal is None for each in on_record(clinic))


def test_a_coordinator_reads_and_enters_nothing(clinic: Engine, scored: str) -> None:
    shown = opened(person(clinic, role="coordinator"), scored)
    assert not shown.exception
    assert rows(shown)
    offered = {button.key for button in shown.button}
    assert not {"measures_open_total", "measures_withdraw", "measures_open_0"} & offered


def test_drafts_of_somebody_else_are_not_shown(clinic: Engine, physician: User, physio: User, scored: str) -> None:
    draft(clinic, physio, "PHQ-9", '{"item_9": 3}')
    assert "begun" not in everything_shown(opened(physician, scored))


def test_who_has_no_business_here_sees_nothing(clinic: Engine, scored: str) -> None:
    shown = opened(person(clinic, role="auditor"), scored)
    assert drawn(shown, "measures_table") == []
    assert "Measured" not in everything_shown(shown)


def test_ten_years_stay_light(clinic: Engine, physician: User) -> None:
    shown = page(FILE, physician, p=link(clinic, "FB-00001"), period="all")
    assert not shown.exception
    assert sum(len(node.proto.json) for node in shown.get("bidi_component")) < 100_000
