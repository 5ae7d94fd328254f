"""Pointers and red flags in a real browser: ticked, seen by everybody, closed with a reason, all by keys; axe-core."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    COORDINATOR,
    FRESH,
    PHYSICIAN,
    PHYSIO,
    Open,
    box,
    click,
    expect_no_scrolling_sideways,
    find,
    go_to,
    press_button,
    reload,
    sign_in,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD, ANOTHER, FORMS = "FB-00004", "FB-00005", "FB-00006"
NUMB = re.compile("Is there numbness between the legs")
LABEL = "Saddle or genital numbness"


def pointers(page: Page, record: str, who: str = PHYSICIAN) -> Page:
    sign_in(page, who)
    find(page, record)
    go_to(page, "Pain map")
    click(page.get_by_role("radio", name="Pointers and red flags", exact=True))
    expect(page.get_by_text(re.compile("^Red flags: "))).to_be_visible()
    still(page)
    return page


def answer(page: Page, question: str | re.Pattern[str], said: str) -> Locator:
    return page.get_by_role("radiogroup", name=question).get_by_role("radio", name=said, exact=True)


def open_checklist(page: Page) -> None:
    """Opens the form by keys."""
    page.get_by_role("button", name="Ask the red flags").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Red-flag checklist")).to_be_visible()
    still(page)


def tick_by_keys(page: Page) -> None:
    """Answers the first red flag with yes, with the arrow keys, and saves."""
    open_checklist(page)
    unasked = answer(page, NUMB, "Not asked")
    expect(unasked).to_be_checked()
    unasked.focus()
    page.keyboard.press("ArrowRight")
    expect(answer(page, NUMB, "No")).to_be_checked()
    still(page)
    page.keyboard.press("ArrowRight")
    expect(answer(page, NUMB, "Yes")).to_be_checked()
    expect(page.get_by_text("Emergency: act now, the same day. It opens when")).to_be_visible()
    still(page)
    page.get_by_role("button", name="Save answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 answer saved. Emergencies first")).to_be_visible()
    still(page)


def banner(page: Page) -> Locator:
    return page.locator(".banner").get_by_role("list", name="Open red flags and safety items")


def test_a_red_flag_ticked_by_keys_stands_everywhere_until_it_is_closed_with_a_reason(
    served: Served, open_page: Open
) -> None:
    page = pointers(open_page(served.url), RECORD)
    tick_by_keys(page)
    expect(banner(page)).to_contain_text(LABEL)
    go_to(page, "Caseload")
    row = page.get_by_role("row").filter(has_text=RECORD)
    expect(row).to_contain_text(LABEL)
    first_group = page.get_by_role("rowgroup").filter(has_text="Safety or red flag open").first
    expect(first_group).to_contain_text(RECORD)

    other = pointers(open_page(served.url), RECORD, PHYSIO)
    expect(banner(other)).to_contain_text(LABEL)
    close = other.locator("[class*=st-key-safety_item_emergency]").get_by_role("button")
    close.focus()
    other.keyboard.press("Enter")
    dialog = other.get_by_role("dialog")
    # Opened again, the dialog still holds the field of the first opening until the script has ended.
    reason = dialog.locator(FRESH).get_by_label("Why it can be closed (required)")
    expect(reason).to_be_visible()
    press_button(other, "Close it")
    expect(dialog.get_by_text("There is no reason")).to_be_visible()
    reason.fill("Examined today: sensation normal")
    dialog.get_by_role("button", name="Close", exact=True).click()
    expect(dialog).to_have_count(0)
    still(other)
    click(close)
    expect(reason).to_have_value("Examined today: sensation normal")
    dialog.get_by_role("button", name="Close it").focus()
    other.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(banner(other)).to_have_count(0)
    history = other.get_by_text("Closed red flags and safety items (1)")
    click(history)
    expect(other.get_by_text(f"closed by {PHYSIO}")).to_contain_text("Examined today: sensation normal")
    reload(page)
    expect(page.get_by_role("row").filter(has_text=RECORD)).not_to_contain_text(LABEL)


def test_whoever_is_slower_to_close_is_told_so_and_loses_no_word(served: Served, open_page: Open) -> None:
    mine = pointers(open_page(served.url, color_scheme="dark"), ANOTHER)
    tick_by_keys(mine)
    theirs = pointers(open_page(served.url), ANOTHER, PHYSIO)
    for page in (mine, theirs):
        click(page.locator("[class*=st-key-safety_item_emergency]").get_by_role("button"))
        page.get_by_role("dialog").get_by_label("Why it can be closed (required)").fill(f"Seen by {page.title()}")
        still(page)
        assert axe.serious(page, "[role=dialog]") == []
    press_button(theirs, "Close it")
    expect(theirs.get_by_role("dialog")).to_have_count(0)
    press_button(mine, "Close it")
    expect(mine.get_by_text("closed by somebody else")).to_be_visible()
    expect(mine.get_by_label("Why it can be closed (required)")).to_have_value(re.compile("^Seen by "))
    mine.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    expect(banner(mine)).to_have_count(0)


def test_a_checklist_that_is_being_filled_in_survives_a_reload(served: Served, open_page: Open) -> None:
    page = pointers(open_page(served.url), FORMS)
    open_checklist(page)
    answer(page, NUMB, "No").locator("xpath=ancestor-or-self::label").first.click()
    expect(page.get_by_text("1 of 29 answered")).to_be_visible()
    reload(page)
    expect(page.get_by_text("Red flags: not asked")).to_be_visible()
    open_checklist(page)
    expect(answer(page, NUMB, "No")).to_be_checked()


def test_a_coordinator_sees_and_has_no_button(served: Served, open_page: Open) -> None:
    page = pointers(open_page(served.url), FORMS, COORDINATOR)
    expect(page.get_by_text("Red flags: not asked")).to_be_visible()
    expect(page.get_by_role("button", name="Ask the red flags")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_pointers_and_forms(served: Served, open_page: Open, scheme: str) -> None:
    page = pointers(open_page(served.url, color_scheme=scheme), FORMS)
    assert axe.serious(page, ".stMain") == []
    open_checklist(page)
    assert axe.serious(page, ".stMain") == []


def test_red_flags_and_pointers_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = pointers(open_page(served.url), FORMS)
    for part in (page.get_by_text("Red flags: not asked"), page.locator(".lead"), page.locator(".facts").nth(1)):
        place = box(part)
        assert place["y"] + place["height"] <= 900
    expect_no_scrolling_sideways(page)


def test_a_phone_shows_checklist_and_pointers_without_scrolling_sideways(served: Served, open_page: Open) -> None:
    page = pointers(open_page(served.url, viewport=PHONE), FORMS)
    expect_no_scrolling_sideways(page)
    open_checklist(page)
    expect_no_scrolling_sideways(page)
