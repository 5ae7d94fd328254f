"""Nobody waits for the editor: what was typed is on the server whichever way the page is left, or one is asked."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.e2e.line import on_a_line
from tests.e2e.note_editor import care_plan, editor, status
from tests.e2e.steps import PHYSIO, SAVED, Open, arrived, go_to, window_at
from tests.serving import Served

pytestmark = pytest.mark.browser


def by_a_link(page: Page) -> None:
    go_to(page, "Summary")


def by_the_keyboard(page: Page) -> None:
    page.get_by_role("link", name="Caseload", exact=True).press("Enter")
    arrived(page, "Caseload")


WAYS = {"FB-00003": by_a_link, "FB-00005": by_the_keyboard}


@pytest.mark.parametrize("record_number", WAYS)
def test_the_last_word_typed_before_another_page_is_opened_is_on_the_server(
    served: Served, open_page: Open, record_number: str
) -> None:
    page = care_plan(open_page(served.url), record_number)
    address = page.url
    editor(page).press_sequentially("Typed in haste, the last word")
    WAYS[record_number](page)
    other = window_at(page, address)  # which knows nothing of what the first one holds
    expect(editor(other)).to_have_value("Typed in haste, the last word")


def test_the_last_word_typed_before_going_back_is_kept_by_the_window_until_the_server_has_it(
    served: Served, open_page: Open
) -> None:
    """Going back cannot be held up: what was not sent in time waits in the window, and goes out on return."""
    page = care_plan(open_page(served.url), "FB-00004")
    address = page.url
    editor(page).press_sequentially("Typed in haste, the last word")
    page.evaluate("history.back()")
    expect(page.get_by_text("Where it hurts")).to_be_visible()
    arrived(page, "Summary")
    go_to(page, "Care plan")
    expect(editor(page)).to_have_value("Typed in haste, the last word")
    editor(page).press("End")
    editor(page).press_sequentially(".")
    expect(status(page)).to_have_text(SAVED)
    other = window_at(page, address)
    expect(editor(other)).to_have_value("Typed in haste, the last word.")


def test_words_typed_while_a_save_is_on_its_way_go_out_with_the_click_too(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00006")
    address = page.url
    editor(page).press_sequentially("First.")
    expect(status(page)).to_have_text(SAVED)
    editor(page).press_sequentially(" Second.")
    page.locator("#kind").focus()  # leaving the text sends it ...
    editor(page).press_sequentially(" Third.")
    by_a_link(page)  # ... and this goes behind it
    other = window_at(page, address)
    expect(editor(other)).to_have_value("First. Second. Third.")


def test_the_last_word_typed_before_signing_out_is_on_the_server(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00007")
    editor(page).press_sequentially("Typed in haste, then signed out")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator(".st-key-door").get_by_role("button", name=PHYSIO)).to_be_visible()
    again = care_plan(open_page(served.url), "FB-00007")
    expect(editor(again)).to_have_value("Typed in haste, then signed out")


def test_closing_the_window_with_unsaved_words_is_asked_about_and_afterwards_is_not(
    served: Served, open_page: Open
) -> None:
    page, line = on_a_line(open_page, served.url)
    care_plan(page, "FB-00008")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    line.slow = True  # or the words might be saved before the window is closed
    editor(page).press_sequentially("Not saved yet")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    line.hurry()
    expect(status(page)).to_have_text(SAVED)
    assert asked == ["beforeunload"]
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_words_the_server_never_got_are_asked_about_on_whatever_page_one_is(served: Served, open_page: Open) -> None:
    page, line = on_a_line(open_page, served.url)
    care_plan(page, "FB-00012")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    line.cut = True  # from here on nothing reaches the server
    editor(page).press_sequentially("Nobody heard this")
    expect(status(page)).to_contain_text("Not saved yet")
    page.reload()
    assert asked == ["beforeunload"]
