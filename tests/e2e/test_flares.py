"""Flares and patterns in a real browser: an episode by mouse and by keys, a verdict all else follows, axe-core."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    PHYSICIAN,
    Open,
    arrived,
    box,
    choose_period,
    click,
    expect_no_scrolling_sideways,
    find,
    go_to,
    press_button,
    sign_in,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD = "FB-00002"


def flares(page: Page) -> Page:
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    choose_period(page, "1 year")
    go_to(page, "Flares and patterns")
    expect(heading(page)).to_be_visible()
    expect(episodes(page).first).to_be_visible()
    return page


def episodes(page: Page) -> Locator:
    return page.locator(".st-key-flares_episodes button")


def heading(page: Page) -> Locator:
    return page.locator(".st-key-flares_detail h2")


def test_sentence_chart_and_episodes_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url))
    for part in (page.locator(".lead"), page.locator(".st-key-flares_chart"), episodes(page)):
        place = box(part.first)
        assert place["y"] + place["height"] <= 900
    expect_no_scrolling_sideways(page)


def test_an_episode_is_chosen_by_keys(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url))
    second = episodes(page).nth(1).inner_text()
    episodes(page).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile(f"^{re.escape(second)}"))
    expect(episodes(page).nth(1)).to_be_focused()
    expect(episodes(page).nth(1)).to_have_attribute("aria-pressed", "true")


def test_a_verdict_is_followed_by_lead_and_summary_at_once(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url))
    before = page.locator(".lead").inner_text()
    press_button(page, "Not a flare …")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Infection").click()
    click(dialog.get_by_role("button", name="Not a flare", exact=True))
    expect(page.get_by_text("It does not count.")).to_be_visible()
    expect(page.locator(".lead")).not_to_have_text(before)
    expect(page.locator("tr.dismissed")).to_have_count(1)
    go_to(page, "Caseload")
    expect(page.get_by_text("Who needs me, and why")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=RECORD)
    expect(row).not_to_contain_text("flare day 6")
    page.go_back()
    arrived(page, "Flares and patterns")
    expect(heading(page)).to_be_visible()
    press_button(page, "Confirm …")
    click(page.get_by_role("dialog").get_by_role("button", name="Confirm", exact=True))
    expect(page.locator(".lead")).to_have_text(before)
    expect(page.get_by_text("Every verdict on it")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(served: Served, open_page: Open, scheme: str) -> None:
    page = flares(open_page(served.url, color_scheme=scheme))
    assert axe.serious(page, ".stMain") == []


def test_a_phone_shows_it_without_scrolling_sideways(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url, viewport=PHONE))
    expect_no_scrolling_sideways(page)
    expect(episodes(page).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_dialog_has_the_colours_of_the_page_behind_it(served: Served, open_page: Open, scheme: str) -> None:
    page = flares(open_page(served.url, color_scheme=scheme))
    press_button(page, "Not a flare …")
    expect(page.get_by_role("dialog")).to_be_visible()
    behind, inside = page.evaluate(
        """() => [".stApp", ".stDialog"].map((place) => {
          const probe = document.querySelector(place).appendChild(document.createElement("i"));
          probe.style.color = "var(--fb-muted)";
          return getComputedStyle(probe).color;
        })"""
    )
    assert inside == behind
    assert axe.serious(page, ".stDialog") == []
