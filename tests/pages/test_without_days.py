"""Pages without days to show: one box with the way on, and the maps that have no date, the same on every page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import AS_OF
from tests.dashboard.pain_maps import CALF, LOW_BACK, stored, undated
from tests.pages.opening import drawn, link, page, person


def titles(opened: AppTest) -> list[str]:
    """The titles of the body maps that were drawn."""
    return [told["title"] for told in drawn(opened, "body_map")]


@pytest.mark.parametrize("name", ["summary", "pain_map"])
def test_each_of_several_undated_maps_can_be_looked_at(clinic: Engine, name: str) -> None:
    head = stored(clinic, undated(CALF), replace(undated(LOW_BACK), source_key="second"))
    opened = page(f"{name}.py", person(clinic, role="clinician"), p=head.link_id)
    assert not opened.exception
    assert titles(opened) == ["Undated map 1 of 2: date not recorded"]
    opened.selectbox[0].select_index(1).run()
    assert not opened.exception
    assert titles(opened) == ["Undated map 2 of 2: date not recorded"]


@pytest.mark.parametrize("name", ["summary", "pain_map", "flares"])
def test_every_page_without_an_entry_in_its_days_leads_to_all_days(clinic: Engine, name: str) -> None:
    who = link(clinic, "FB-00007")
    days = f"{AS_OF - timedelta(days=10)}_{AS_OF}"
    opened = page(f"{name}.py", person(clinic, role="clinician"), p=who, period="custom", days=days)
    assert not opened.exception
    opened.button(key=f"{name}_show_all").click().run()
    assert not opened.exception
    assert f"{name}_show_all" not in [button.key for button in opened.button]
