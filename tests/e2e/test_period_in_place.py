"""A change of period redraws the page alone; the period still follows everywhere, and the door is still a door."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import (
    PHYSICIAN,
    Open,
    box,
    choose_period,
    click,
    expect_days,
    find,
    go_to,
    press_button,
    reload,
    sign_in,
    sign_out_in_another_window,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD = "FB-00002"


def lit(page: Page) -> Locator:
    """The period that the control shows as chosen."""
    return page.locator(".st-key-period_choice [aria-checked=true]")


def summary(page: Page) -> Page:
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    expect(page.get_by_text("Where it hurts")).to_be_visible()
    return page


def pick_the_days_shown(page: Page) -> None:
    choose_period(page, "4 weeks")
    click(page.locator(".st-key-period_row").get_by_role("button", name=re.compile("–")))
    expect(page.get_by_role("button", name="Show these days")).to_be_visible()
    press_button(page, "Show these days")
    expect(page).to_have_url(re.compile("period=custom"))
    expect(page.get_by_role("button", name="Show these days")).to_have_count(0)
    expect_days(page, 28)


def test_a_period_chosen_in_place_is_in_the_address_and_follows_to_every_page(served: Served, open_page: Open) -> None:
    page = summary(open_page(served.url))
    for name, code in (("3 months", "3m"), ("4 weeks", "4w")):
        choose_period(page, name)
        expect(page).to_have_url(re.compile(f"period={code}"))
    go_to(page, "Care plan")
    expect_days(page, 28)
    expect(lit(page)).to_have_text("4 weeks")
    reload(page)
    expect_days(page, 28)
    choose_period(page, "1 year")
    go_to(page, "Summary")
    expect_days(page, 365)
    reload(page)
    expect_days(page, 365)
    page.go_back()
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()


def test_days_picked_for_one_patient_are_not_another_s_after_a_reload(served: Served, open_page: Open) -> None:
    page = summary(open_page(served.url))
    pick_the_days_shown(page)
    go_to(page, "Care plan")
    reload(page)
    expect_days(page, 28)
    expect(lit(page)).to_have_count(0)
    find(page, "FB-00003")
    expect(page.locator(".st-key-period_choice")).to_contain_text("Since last visit")
    expect(lit(page)).to_have_text(re.compile(r"\w"))


def test_who_signed_out_elsewhere_is_shown_the_door_at_the_next_click_on_the_map(
    served: Served, open_page: Open
) -> None:
    page = summary(open_page(served.url))
    sign_out_in_another_window(page)
    page.get_by_role("radio", name="Worst", exact=True).click()
    expect(page.locator(".st-key-door").get_by_role("button", name=PHYSICIAN)).to_be_visible()
    expect(page.get_by_text("Where it hurts")).to_have_count(0)


def test_days_picked_in_place_are_shown(served: Served, open_page: Open) -> None:
    page = summary(open_page(served.url))
    pick_the_days_shown(page)
    expect(page.locator(".st-key-period_row")).to_contain_text("of 28 days")


def test_who_signed_out_elsewhere_is_shown_the_door_at_the_next_period(served: Served, open_page: Open) -> None:
    page = summary(open_page(served.url))
    sign_out_in_another_window(page)
    page.get_by_role("radio", name="3 months", exact=True).click()
    expect(page.locator(".st-key-door").get_by_role("button", name=PHYSICIAN)).to_be_visible()
    expect(page.get_by_text("Where it hurts")).to_have_count(0)
    expect(page.get_by_role("link", name="Care plan", exact=True)).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 1366, 1281])
def test_the_timeline_stands_on_whole_pixels_so_that_it_is_drawn_once(
    served: Served, open_page: Open, width: int
) -> None:
    page = summary(open_page(served.url, viewport={"width": width, "height": 900}))
    drawn = box(page.locator(".js-plotly-plot"))
    assert drawn["width"] == int(drawn["width"])
