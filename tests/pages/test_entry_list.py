"""The entries below the form of Add entry: the latest first, and an old one is found by its day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.presenters.words import full_day
from data_access.access import User
from tests.conftest import AS_OF
from tests.pages.opening import link, page

RECORD = "FB-00002"
LONG_AGO = AS_OF - timedelta(days=60)


@pytest.fixture
def shown(clinic: Engine, physio: User) -> AppTest:
    return page("add_entry.py", physio, p=link(clinic, RECORD))


def title(shown: AppTest) -> str:
    return str(shown.subheader[-1].value)


def listed(shown: AppTest) -> int:
    return len([button for button in shown.button if str(button.key).startswith("correct_")])


def find(shown: AppTest, day: date | None) -> AppTest:
    return shown.date_input[-1].set_value(day).run()


def test_a_day_leads_to_its_entry_and_to_those_before_and_back(shown: AppTest) -> None:
    assert title(shown) == "Latest entries"
    find(shown, LONG_AGO)
    assert not shown.exception
    assert title(shown) == f"Entries of {full_day(LONG_AGO)} and before"
    first = next(text.value for text in shown.markdown if "pain " in text.value and "·" in text.value)
    assert any(f"{(LONG_AGO - timedelta(days=ago)):%b}" in first for ago in range(4)), first
    assert find(shown, None).subheader[-1].value == "Latest entries"


def test_going_on_from_a_day_reaches_the_oldest_entry(shown: AppTest) -> None:
    find(shown, LONG_AGO)
    before = listed(shown)
    shown.button(key="entries_more").click().run()
    assert (before, listed(shown)) == (8, 16)
    assert listed(find(shown, LONG_AGO - timedelta(days=1))) == 8, "another day begins from its own first entries"


def test_a_day_before_the_first_entry_says_so_and_what_to_do(shown: AppTest) -> None:
    find(shown, AS_OF - timedelta(days=20_000))
    assert not shown.exception
    assert listed(shown) == 0
    assert any("Choose a later day" in caption.value for caption in shown.caption)


def test_a_day_asked_of_one_patient_is_not_asked_of_the_next(shown: AppTest, clinic: Engine) -> None:
    find(shown, LONG_AGO)
    shown.query_params["p"] = link(clinic, "FB-00003")
    assert title(shown.run()) == "Latest entries"
