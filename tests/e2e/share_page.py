"""The Share page for browser tests: what is ordered, what is missing, what was signed."""

import re

from playwright.sync_api import Download, Locator, Page, expect

from tests.e2e.steps import PHYSICIAN, SAVED, click, enter, find, go_to, press_button, still

TO, REASON, QUESTION = "To (name, department, place)", "Reason", "Question asked"
CONSENT = "yes, asked today"
PREVIEW = re.compile("Preview of the document")


def preview(page: Page) -> Locator:
    return page.get_by_alt_text(PREVIEW)


def missing(page: Page, words: str) -> Locator:
    """That point of the checklist, as long as it is missing."""
    return (
        page.get_by_role("group", name=re.compile("still missing|Nothing is missing"))
        .locator("> ul")
        .get_by_text(words, exact=True)
    )


def share(page: Page, record_number: str, name: str = PHYSICIAN) -> Page:
    enter(page, name)
    find(page, record_number)
    go_to(page, "Share")
    expect(preview(page)).to_be_visible()
    return page


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).click()


def write(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def ready(page: Page) -> None:
    """The draft is saved and what was chosen last stands in the preview: everything that was asked for is met."""
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(missing(page, "Consent to share")).to_have_count(0)
    still(page)


def ordered(page: Page, to: str = "Dr R. Heum") -> None:
    """What it takes to sign a document."""
    write(page, TO, to)
    choose(page, "soon")
    choose(page, CONSENT)
    ready(page)


def downloaded(page: Page, button: Locator) -> Download:
    with page.expect_download() as download:
        click(button)
    return download.value


def sign(page: Page) -> None:
    press_button(page, "Sign and make")
    expect(page.get_by_text(re.compile("Signed: "))).to_be_visible()
    still(page)


def made(page: Page, ending: str) -> Locator:
    """The button that hands over that format of what was made last."""
    return page.get_by_role("button", name=re.compile(rf"{ending} · \d")).first
