"""The note editor of the Care plan, as the browser tests meet it."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import FRESH, PHYSIO, enter, find, go_to, press_button


def care_plan(page: Page, record_number: str, name: str = PHYSIO) -> Page:
    """Signs in, and opens the Care plan of that patient."""
    enter(page, name)
    find(page, record_number)
    go_to(page, "Care plan")
    expect(editor(page)).to_be_visible()
    return page


def editor(page: Page) -> Locator:
    return page.locator(f"{FRESH} textarea#text")


def status(page: Page) -> Locator:
    return page.locator(f"{FRESH} #status")


def pins(page: Page) -> Locator:
    """What the note can be pinned to: folded until it is opened, or something is pinned."""
    return page.locator(f"{FRESH} details.pins")


def open_pins(page: Page) -> None:
    pins(page).locator("summary").click()
    expect(page.locator("#start")).to_be_visible()


def signed(page: Page) -> Locator:
    """The part of the page below the editor."""
    return page.locator(".st-key-plan_written")


def sign(page: Page) -> None:
    """Signs what is in the editor, and confirms it."""
    press_button(page, "Sign …")
    expect(page.get_by_role("dialog")).to_be_visible()
    press_button(page, "Sign and make final")
