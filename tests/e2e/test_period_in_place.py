"""A change of period redraws the page alone; the period still follows everywhere, and the door is still a door."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_the_main_path import PHYSICIAN, choose_period, find, go_to, sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
RECORD = "FB-00002"


def lit(page: Page) -> str:
    return page.locator(
        ".st-key-period_choice [aria-checked=true], .st-key-period_choice [aria-pressed=true]"
    ).inner_text()


def test_a_period_chosen_in_place_is_in_the_address_and_follows_to_every_page(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    for name, code, days in (("3 months", "3m", 91), ("4 weeks", "4w", 28)):
        choose_period(page, name)
        expect(page.get_by_text(re.compile(f"of {days} days")).first).to_be_visible()
        expect(page).to_have_url(re.compile(f"period={code}"))
    go_to(page, "Care plan")
    expect(page.get_by_text("of 28 days").first).to_be_visible()
    assert "4 weeks" in lit(page)
    page.reload()
    expect(page.get_by_text("of 28 days").first).to_be_visible()
    choose_period(page, "1 year")
    expect(page.get_by_text("of 365 days").first).to_be_visible()
    go_to(page, "Summary")
    expect(page.get_by_text("of 365 days").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("of 365 days").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()


def test_days_picked_for_one_patient_are_not_another_s_after_a_reload(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    pick_the_days_shown(page)
    go_to(page, "Care plan")
    page.reload()
    expect(
        page.locator(".st-key-period_row [aria-checked=true], .st-key-period_row [aria-pressed=true]")
    ).to_have_count(0)
    find(page, "FB-00003")
    expect(page.locator(".st-key-period_choice")).to_contain_text("Since last visit")
    assert lit(page)


def test_who_signed_out_elsewhere_is_shown_the_door_at_the_next_click_on_the_map(
    served: Served, open_page: Open
) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    other = page.context.new_page()
    other.goto(served.url)
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("button", name=PHYSICIAN)).to_be_visible()
    page.get_by_role("radio", name="Worst").or_(page.get_by_role("button", name="Worst")).first.click()
    expect(page.get_by_role("button", name=PHYSICIAN)).to_be_visible()
    expect(page.get_by_text("Where it hurts")).to_have_count(0)


def test_days_picked_in_place_are_shown(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    pick_the_days_shown(page)
    expect(page.get_by_role("button", name="Show these days")).to_have_count(0)
    expect(page.get_by_text("of 28 days").first).to_be_visible()


def pick_the_days_shown(page: Page) -> None:
    choose_period(page, "4 weeks")
    expect(page).to_have_url(re.compile("period=4w"))
    page.locator(".st-key-period_row").get_by_role("button", name=re.compile("–")).click()
    page.get_by_role("button", name="Show these days").click()
    expect(page).to_have_url(re.compile("period=custom"))


def test_who_signed_out_elsewhere_is_shown_the_door_at_the_next_period(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    other = page.context.new_page()
    other.goto(served.url)
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("button", name=PHYSICIAN)).to_be_visible()
    choose_period(page, "3 months")
    expect(page.get_by_role("button", name=PHYSICIAN)).to_be_visible()
    expect(page.get_by_text("Where it hurts")).to_have_count(0)
    expect(page.get_by_role("link", name="Care plan", exact=True)).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 1366, 1281])
def test_the_timeline_stands_on_whole_pixels_so_that_it_is_drawn_once(
    served: Served, open_page: Open, width: int
) -> None:
    page = open_page(served.url, viewport={"width": width, "height": 900})
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    box = page.locator(".js-plotly-plot").bounding_box()
    assert box is not None
    assert box["width"] == int(box["width"])
