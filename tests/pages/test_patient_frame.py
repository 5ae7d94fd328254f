"""The frame of a patient page: who it is, which days, how much was logged; in the address, and across pages."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from clinical.safety import YES, Closure
from data_access import asked, safety
from data_access.engine import writing
from data_access.patients import PatientHead
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, head, page, person


@pytest.fixture
def elif_in_flare(clinic: Engine) -> PatientHead:
    return head(clinic, "FB-00002")


def data(opened: AppTest, component: str) -> dict[str, Any]:
    """What the named component was given."""
    return drawn(opened, component)[0]


def plan_of(clinic: Engine, head: PatientHead, **query: str) -> AppTest:
    return page("care_plan.py", person(clinic, role="clinician", discipline="medicine"), p=head.link_id, **query)


def control(opened: AppTest) -> str | None:
    chosen = opened.button_group(key="period_choice").value
    return chosen[0] if isinstance(chosen, list) else chosen


def test_the_banner_says_who_it_is(clinic: Engine, elif_in_flare: PatientHead) -> None:
    banner = data(plan_of(clinic, elif_in_flare), "patient_banner")
    assert banner["name"] == f"{elif_in_flare.family_name}, {elif_in_flare.given_name}"
    assert banner["record"] == "FB-00002"
    assert str(elif_in_flare.birth_date.year if elif_in_flare.birth_date else "") in banner["about"]
    assert banner["team"].startswith("Team: ")


def test_the_banner_names_every_open_red_flag_with_its_day_on_every_page_until_it_is_closed(clinic: Engine) -> None:
    found = head(clinic, "FB-00024")
    with writing(clinic) as conn:
        (earlier,) = (each for each in asked.answers(conn, found.patient_id) if each.answer == YES and each.remark)
        fever = replace(earlier, question="fever", asked_on=AS_OF, answered_at=NOW)
        asked.give(conn, found.patient_id, [fever], user_id=1, as_of=AS_OF)
    shown = data(plan_of(clinic, found), "patient_banner")["safety"]
    assert list(shown) == ["Red flag: Fever, 22 Nov", "Red flag: Limb weakness, getting worse, 18 Nov"]
    with writing(clinic) as conn:
        closing = Closure("red_flag:fever", "seen", AS_OF, "Dr T", NOW, 0)
        safety.close(conn, found.patient_id, closing, user_id=1, as_of=AS_OF)
    assert list(data(plan_of(clinic, found), "patient_banner")["safety"]) == list(shown)[1:]


def test_the_strip_says_how_much_was_logged_in_the_chosen_days(clinic: Engine, elif_in_flare: PatientHead) -> None:
    strip = data(plan_of(clinic, elif_in_flare, period="4w"), "quality_strip")
    assert len(strip["cells"]) == 28
    assert "of 28 days" in strip["said"]


@pytest.mark.parametrize(
    "query",
    [
        {"period": "zzz"},
        {"period": "custom"},
        {"period": "custom", "days": "2026-12-01_2026-12-20"},
        {"period": "custom", "days": "2026-10-20_2026-10-01"},
        {"period": "custom", "days": "<script>"},
        {"against": "2026-01-01_2026-01-31"},
    ],
)
def test_a_period_that_does_not_hold_falls_back_and_leaves_the_address(
    query: dict[str, str], clinic: Engine, elif_in_flare: PatientHead
) -> None:
    opened = plan_of(clinic, elif_in_flare, **query)
    assert not opened.exception
    assert control(opened) == "visit"
    assert set(opened.query_params) == {"p"}


def test_a_custom_period_and_its_comparison_come_from_the_address(clinic: Engine, elif_in_flare: PatientHead) -> None:
    opened = plan_of(
        clinic, elif_in_flare, period="custom", days="2026-10-01_2026-10-20", against="2026-08-01_2026-08-20"
    )
    assert control(opened) is None
    assert any("1 Aug – 20 Aug 2026" in caption.value for caption in opened.caption)
    assert "of 20 days" in data(opened, "quality_strip")["said"]


def test_choosing_a_period_writes_it_into_the_address_and_days_can_be_picked(
    clinic: Engine, elif_in_flare: PatientHead
) -> None:
    opened = plan_of(clinic, elif_in_flare)
    opened.button_group(key="period_choice").set_value("3m").run()
    assert control(opened) == "3m"
    assert opened.query_params["period"] in ("3m", ["3m"])
    assert not opened.date_input
    opened.session_state["period_own"] = True
    opened.run()
    opened.date_input[0].set_value((date(2026, 11, 1), date(2026, 11, 10)))
    next(button for button in opened.button if button.label == "Show these days").click().run()
    assert opened.query_params["days"] in ("2026-11-01_2026-11-10", ["2026-11-01_2026-11-10"])
    assert "of 10 days" in data(opened, "quality_strip")["said"]
