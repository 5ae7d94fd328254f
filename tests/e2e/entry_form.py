"""The form of Add entry, as the browser tests meet it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.steps import FRESH, PHYSIO, enter, find, go_to, second_window, still

ENTERED = re.compile(r"Entry saved: ")


def add_entry(page: Page, record_number: str) -> Page:
    """Signs in, and opens Add entry for that patient."""
    enter(page, PHYSIO)
    find(page, record_number)
    go_to(page, "Add entry")
    return ready(page)


def ready(page: Page) -> Page:
    """The page, once form and map can be filled in."""
    expect(form(page).get_by_role("button", name=re.compile("Save (entry|correction)"))).to_be_visible()
    expect(page.locator(f"{FRESH} .area").first).to_be_visible()
    still(page)
    return page


def another_window(page: Page) -> Page:
    """The same form in a second window of the same browser."""
    return ready(second_window(page))


def form(page: Page) -> Locator:
    return page.locator(f"{FRESH} .entry")


def status(page: Page) -> Locator:
    return form(page).locator(".status")


def problem(page: Page) -> Locator:
    return form(page).locator(".problem")


def map_words(page: Page) -> Locator:
    return form(page).locator(".map")


def question(page: Page, name: str) -> Locator:
    return form(page).locator(f'[data-question="{name}"]')


def answer(page: Page, name: str, words: str) -> Locator:
    """The button with those words of that question."""
    return question(page, name).get_by_role("radio", name=words, exact=True)


def said(page: Page, name: str) -> Locator:
    """What the form says was answered to that question."""
    return question(page, name).locator(".said")


def text(page: Page, name: str) -> Locator:
    """The text field of that question."""
    return question(page, name).locator("textarea")


def region(page: Page, label: str) -> Locator:
    """The first region of the map whose name begins like that."""
    return page.locator(f'{FRESH} .area[aria-label^="{label}"]').first


def marked(page: Page) -> Locator:
    """The regions that are marked."""
    return page.locator(f"{FRESH} .area[aria-selected='true']")


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    """The button of that name, in the form or beside it."""
    return page.locator(FRESH).get_by_role("button", name=name, exact=True)


def save(page: Page) -> None:
    button(page, "Save entry").click()


def entries_listed(page: Page, words: str) -> Locator:
    return page.locator(f".st-key-entries_list {FRESH} [data-testid='stMarkdownContainer']").filter(has_text=words)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def press_twice(target: Locator) -> None:
    """Two clicks as close as those of one double click, however slow the machine."""
    still(target.page)
    target.evaluate("button => { button.click(); button.click(); }")


def focused(page: Page) -> str:
    """The question, or else the class or name, of what has the focus, through every component."""
    found: str = page.evaluate("""() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.closest("[data-question]")?.dataset.question ?? at?.getAttribute("class") ?? "";
    }""")
    return found


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(80):
        if focused(page) == wanted:
            return
        press(page, "Tab")
    raise AssertionError(f"no way to {wanted} by Tab alone")
