"""The criteria part of the Pain map page: the switch, the live result, saving, correcting, and who may."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.services import criteria, pain_map
from data_access import criteria as stored_criteria
from data_access.access import User
from data_access.criteria import Assessed
from data_access.engine import reading
from tests.conftest import AS_OF
from tests.dashboard.assessed import RECORD, mapped
from tests.pages.opening import charts, drawn, everything_shown, head, link, page, person

FILE = "pain_map.py"


def panel(engine: Engine, user: User, record: str = RECORD) -> AppTest:
    opened = page(FILE, user, p=link(engine, record), part="criteria")
    assert not opened.exception
    return opened


def key(engine: Engine, name: str) -> str:
    return f"criteria_{name}_{link(engine, RECORD)}"


def answer(opened: AppTest, engine: Engine, **said: Any) -> None:
    for name, value in said.items():
        opened.button_group(key=key(engine, name)).set_value(value).run()
    assert not opened.exception


def told(opened: AppTest) -> dict[str, str]:
    """The facts of the live result: name and value."""
    facts = drawn(opened, "pain_map_reading")[1]["facts"]
    return {fact["name"]: fact["value"] for fact in facts}


def text(opened: AppTest) -> str:
    """All that is written on the page, components included, without the marks that keep Markdown plain."""
    said = [str(each.value) for each in (*opened.markdown, *opened.caption)]
    components = [drawn(opened, name) for name in ("pain_map_reading", "pain_map_table")]
    return "\n".join((*said, json.dumps(components))).replace("\\", "")


def on_record(engine: Engine) -> list[Assessed]:
    with reading(engine) as conn:
        return stored_criteria.listed(conn, head(engine, RECORD).patient_id)


def fill(opened: AppTest, engine: Engine) -> None:
    """Case T11 of the reference, from a map that says lower and upper back."""
    answer(opened, engine, left_lower=["hip_left", "upper_leg_left", "lower_leg_left"])
    answer(opened, engine, right_lower=["hip_right", "upper_leg_right", "lower_leg_right"])
    opened.checkbox(key=key(engine, "confirmed")).check().run()
    answer(opened, engine, fatigue=3, unrefreshed=3, cognitive=2, headache=0, abdominal=0, depression=0)
    opened.number_input(key=key(engine, "months")).set_value(18.0).run()
    answer(opened, engine, other_disorder=False)


def test_the_map_is_where_one_starts_and_nothing_else_is_worked_out(
    clinic: Engine, physician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(criteria, "view", lambda *_, **__: pytest.fail("nobody asked for the criteria"))
    opened = page(FILE, physician, p=link(clinic, "FB-00002"), part="nonsense")
    assert not opened.exception
    assert len(drawn(opened, "body_map")) == 3
    assert "part" not in opened.query_params


def test_the_switch_draws_its_part_alone_and_says_so_in_the_address(
    clinic: Engine, physician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapped(clinic)
    opened = page(FILE, physician, p=link(clinic, RECORD), period="4w")
    monkeypatch.setattr(pain_map, "view", lambda *_, **__: pytest.fail("nobody asked for the map"))
    opened.button_group(key=f"pain_map_part_{link(clinic, RECORD)}").set_value("criteria").run()
    assert not opened.exception
    assert opened.query_params["part"] == "criteria"
    assert told(opened)["2016 criteria"] == "Not assessable"


def test_the_part_is_kept_for_its_patient_alone(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    opened.query_params.clear()
    opened.query_params["p"] = link(clinic, "FB-00002")
    opened.run()
    assert len(drawn(opened, "body_map")) == 3
    assert "part" not in opened.query_params
    opened.query_params["p"] = link(clinic, RECORD)
    opened.run()
    assert told(opened)["2016 criteria"] == "Not assessable"
    assert opened.query_params["part"] == "criteria"


def test_the_areas_come_from_the_map_and_count_once_they_are_confirmed(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    assert opened.button_group(key=key(clinic, "axial")).value == ["upper_back", "lower_back"]
    assert "From the map, to confirm" in text(opened)
    assert told(opened)["WPI, widespread pain index"] == "Not confirmed"
    opened.checkbox(key=key(clinic, "confirmed")).check().run()
    assert told(opened)["WPI, widespread pain index"] == "2 of 19"


def test_the_result_follows_every_answer_and_regional_pain_is_said(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    fill(opened, clinic)
    assert told(opened) == {
        "2016 criteria": "Thresholds not met",
        "2011 criteria": "Thresholds met",
        "WPI, widespread pain index": "8 of 19",
        "SSS, symptom severity scale": "8 of 12",
        "FS, fibromyalgia severity": "16 of 31: severe",
        "Spread over the 5 regions": "3 of 5: regional pain",
    }
    assert any("is regional" in each.value for each in opened.markdown)
    assert "has fibromyalgia" not in text(opened).lower()


def test_unsaved_answers_are_there_again_in_a_new_session(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    answer(panel(clinic, physician), clinic, fatigue=0, left_upper=["jaw_left"], other_disorder=False)
    opened = panel(clinic, physician)
    assert opened.button_group(key=key(clinic, "fatigue")).value == 0
    assert opened.button_group(key=key(clinic, "left_upper")).value == ["jaw_left"]
    assert opened.button_group(key=key(clinic, "other_disorder")).value is False
    assert on_record(clinic) == []


def test_saving_puts_it_on_record_and_empties_the_form(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    fill(opened, clinic)
    opened.button(key="criteria_save").click().run()
    assert not opened.exception
    (made,) = on_record(clinic)
    assert (made.fatigue, made.depression, made.months, made.user_name) == (3, 0, 18.0, physician.name)
    assert made.estimate_areas == ("lower_back", "upper_back")
    opened = panel(clinic, physician)
    assert "2016 criteria thresholds not met" in drawn(opened, "pain_map_reading")[0]["lead"]["text"]
    assert told(opened)["SSS, symptom severity scale"] == "Not known"


def test_areas_that_nobody_confirmed_are_not_saved_and_the_reason_is_told(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    answer(opened, clinic, fatigue=2)
    opened.button(key="criteria_save").click().run()
    assert "not confirmed for the past week" in opened.error[0].value
    assert opened.button_group(key=key(clinic, "fatigue")).value == 2
    assert on_record(clinic) == []


def test_a_duration_that_cannot_be_is_told_at_its_field_and_kept(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    opened.number_input(key=key(clinic, "months")).set_value(-2.0).run()
    assert "between 0 and 1500 months" in opened.error[0].value
    assert opened.number_input(key=key(clinic, "months")).value == -2.0
    opened.checkbox(key=key(clinic, "confirmed")).check().run()
    opened.button(key="criteria_save").click().run()
    assert on_record(clinic) == []


def test_a_correction_needs_a_reason_and_leaves_both_on_record(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    fill(opened, clinic)
    opened.button(key="criteria_save").click().run()
    opened = panel(clinic, physician)
    opened.button(key="criteria_begin").click().run()
    assert "This corrects the assessment" in opened.info[0].value
    assert opened.button_group(key=key(clinic, "cognitive")).value == 2
    opened.checkbox(key=key(clinic, "confirmed")).check().run()
    opened.button(key="criteria_save").click().run()
    assert "needs its reason" in opened.error[0].value
    opened.text_area(key=key(clinic, "remark")).set_value("cognition rated too high").run()
    answer(opened, clinic, cognitive=1)
    opened.button(key="criteria_save").click().run()
    first, second = on_record(clinic)
    assert (second.replaces, second.cognitive, second.remark) == (first.assessment_id, 1, "cognition rated too high")
    assert first.cognitive == 2
    opened = panel(clinic, physician)
    assert "counts no more" in text(opened)


def test_two_assessments_draw_a_chart_of_the_scores(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    for _ in range(2):
        opened = panel(clinic, physician)
        fill(opened, clinic)
        opened.button(key="criteria_save").click().run()
    (chart,) = charts(panel(clinic, physician))
    assert [trace["y"] for trace in chart["data"]] == [[16, 16], [8, 8], [8, 8]]


def test_coordinators_read_and_have_no_button(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    fill(opened, clinic)
    opened.button(key="criteria_save").click().run()
    opened = panel(clinic, person(clinic, role="coordinator"))
    shown = text(opened)
    assert "Assessments are recorded by clinicians" in shown
    assert "strict reading" in shown
    assert "thresholds not met" in shown
    assert [each.key for each in opened.button if str(each.key).startswith("criteria")] == []


def test_who_never_logged_is_asked_without_anything_filled_in(clinic: Engine, physician: User) -> None:
    opened = panel(clinic, physician, "FB-00010")
    assert "nothing is filled in" in text(opened)
    assert told(opened)["2016 criteria"] == "Not assessable"


def test_few_days_with_a_map_are_called_low_completeness(clinic: Engine, physician: User) -> None:
    mapped(clinic, days=2)
    assert "2 of 7 days with a map: low completeness" in text(panel(clinic, physician))


def test_nobody_outside_sees_it(clinic: Engine) -> None:
    mapped(clinic)
    opened = page(FILE, person(clinic, role="auditor"), p=link(clinic, RECORD), part="criteria")
    assert "Mapped" not in everything_shown(opened)
    assert drawn(opened, "pain_map_reading") == []


def test_the_estimate_is_of_today_whatever_period_is_chosen(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    days = f"{AS_OF.replace(month=1, day=1)}_{AS_OF.replace(month=2, day=1)}"
    opened = page(FILE, physician, p=link(clinic, RECORD), part="criteria", period="custom", days=days)
    assert opened.button_group(key=key(clinic, "axial")).value == ["upper_back", "lower_back"]


def test_a_remark_too_long_is_kept_and_saving_it_is_refused_with_the_limit(clinic: Engine, physician: User) -> None:
    mapped(clinic)
    opened = panel(clinic, physician)
    fill(opened, clinic)
    long = "r" * (criteria.LONGEST_REMARK + 100)
    opened.text_area(key=key(clinic, "remark")).set_value(long).run()
    assert any("at most 400 characters" in said.value for said in opened.error)
    opened.button(key="criteria_save").click().run()
    assert on_record(clinic) == []
    assert panel(clinic, physician).text_area(key=key(clinic, "remark")).value == long
