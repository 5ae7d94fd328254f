"""A form that keeps itself, as the browser tests meet it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import FRESH, click, still

SAVED = re.compile(r"^Draft saved \d\d:\d\d:\d\d$")


def form(page: Page, title: str = "Goal") -> Locator:
    return page.locator(FRESH).get_by_role("form", name=title, exact=True)


def ready(page: Page) -> Page:
    """The page, once the form can be filled in."""
    expect(form(page)).to_be_visible()
    still(page)
    return page


def field(page: Page, name: str) -> Locator:
    """The field of that name, with all that belongs to it."""
    return form(page).locator(f'[data-question="{name}"]')


def text(page: Page, name: str) -> Locator:
    """What is typed into in that field."""
    return field(page, name).locator("input[type=text], textarea").first


def error(page: Page, name: str) -> Locator:
    return field(page, name).locator(".error")


def status(page: Page) -> Locator:
    return form(page).locator(".status")


def button(page: Page, name: str) -> Locator:
    return form(page).get_by_role("button", name=name, exact=True)


def save(page: Page, name: str = "Save goal") -> None:
    click(button(page, name))


def kept(page: Page) -> Page:
    """The page, once the server holds what was typed last."""
    expect(status(page)).to_have_text(SAVED)
    return page
