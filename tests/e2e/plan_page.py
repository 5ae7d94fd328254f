"""The plan of the Care plan page, as the browser tests meet it: its sections, items, and the one form that is open."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.kept_form import SAVED
from tests.e2e.steps import FRESH, click, still


def section(page: Page, name: str) -> Locator:
    return page.locator(f"{FRESH} section.{name}")


def item(page: Page, name: str, title: str) -> Locator:
    there = page.get_by_role("button", name=title, exact=True)
    return section(page, name).locator("li.item").filter(has=there)


def form(page: Page) -> Locator:
    """The form that stands open."""
    return page.locator(".st-key-plan_panel").locator(FRESH).get_by_role("form")


def begin(page: Page, name: str, what: str) -> None:
    """Opens the form of a new item and waits until it can be filled in."""
    click(section(page, name).get_by_role("button", name=what, exact=True))
    expect(form(page)).to_be_visible()
    still(page)


def act(page: Page, name: str, title: str, button: str) -> None:
    """Presses that button of that item."""
    click(item(page, name, title).get_by_role("button", name=button, exact=True))


def change(page: Page, name: str, title: str) -> None:
    """Opens the form of that item and waits until it can be filled in."""
    act(page, name, title, f"Change: {title}")
    expect(form(page)).to_be_visible()
    still(page)


def field(page: Page, name: str) -> Locator:
    return form(page).locator(f'[data-question="{name}"]')


def text(page: Page, name: str) -> Locator:
    return field(page, name).locator("input[type=text], textarea").first


def listed(page: Page, name: str, answer: str) -> None:
    field(page, name).get_by_role("combobox").first.select_option(answer)


def chip(page: Page, name: str, answer: str) -> None:
    field(page, name).get_by_role("radio", name=answer, exact=True).click()


def error(page: Page, name: str) -> Locator:
    return field(page, name).locator(".error")


def kept(page: Page) -> None:
    """Waits until the server holds what was typed last."""
    expect(form(page).locator(".status")).to_have_text(SAVED)


def save(page: Page, name: str = "Save") -> None:
    click(form(page).get_by_role("button", name=name, exact=True))


def saved(page: Page) -> None:
    """Saves the form and waits until it has gone."""
    save(page)
    expect(page.locator(".st-key-plan_panel")).to_have_count(0)
    still(page)
