"""Before the visit: the Summary says in place what happened since the plan was made, and nothing else moves."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import PHYSICIAN, Open, box, choose_period, find, sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser
PLAN = "Since the plan"
WITH_A_LONG_PLAN, WITH_ANOTHER, WITHOUT = "FB-00013", "FB-00002", "FB-00009"


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).and_(page.locator("[aria-pressed]"))


def lines(page: Page) -> Locator:
    return page.locator(".planned")


def opened(page: Page, record: str) -> Page:
    sign_in(page, PHYSICIAN)
    find(page, record)
    expect(choice(page, PLAN)).to_have_attribute("aria-pressed", "false")
    return page


def test_the_switch_asks_the_server_nothing_and_moves_nothing(served: Served, open_page: Open) -> None:
    asked: list[int] = []
    page = open_page(served.url)
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(len(frame))))
    opened(page, WITH_A_LONG_PLAN)
    parts = [page.get_by_text("What the programme is for"), page.locator(".open"), page.get_by_text("Where it hurts")]
    before, height = [box(part) for part in parts], page.evaluate(SCROLLED)
    asked.clear()

    choice(page, PLAN).click()
    expect(lines(page).first).to_be_visible()

    assert 1 <= lines(page).count() <= 6
    assert ([box(part) for part in parts], page.evaluate(SCROLLED)) == (before, height)
    assert asked == []


SCROLLED = "document.querySelector('[data-testid=stMain]').scrollHeight"


def test_a_line_opens_both_windows_with_their_days_by_keyboard(served: Served, open_page: Open) -> None:
    page = opened(open_page(served.url), WITH_ANOTHER)
    choice(page, PLAN).focus()
    page.keyboard.press("Enter")
    expect(choice(page, PLAN)).to_have_attribute("aria-pressed", "true")
    lines(page).first.focus()
    page.keyboard.press("Enter")

    evidence = page.get_by_role("dialog")
    expect(evidence).to_contain_text("Rests on")
    expect(evidence).to_contain_text("Since agreed")
    expect(evidence).to_contain_text("days logged")
    page.keyboard.press("Escape")
    expect(lines(page).first).to_be_focused()


def test_the_choice_outlives_a_change_of_period_but_nobody_else_starts_there(served: Served, open_page: Open) -> None:
    page = opened(open_page(served.url), WITH_A_LONG_PLAN)
    choice(page, PLAN).click()
    choose_period(page, "3 months")
    expect(choice(page, PLAN)).to_have_attribute("aria-pressed", "true")

    find(page, WITH_ANOTHER)

    expect(choice(page, PLAN)).to_have_attribute("aria-pressed", "false")
    expect(lines(page).first).to_be_hidden()


def test_where_nothing_was_agreed_the_switch_says_so(served: Served, open_page: Open) -> None:
    page = opened(open_page(served.url), WITHOUT)
    choice(page, PLAN).click()

    expect(page.get_by_text("No goal and no action has been agreed yet.")).to_be_visible()
