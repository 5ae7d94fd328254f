"""The note editor in a real browser: nothing typed is lost, nothing signed changes, nobody overwrites anybody."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Served, free_port, start

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHYSIO, PSYCHOLOGIST = "Milo Invented", "Kemi Invented"
SAVED = re.compile(r"Draft saved \d\d:\d\d:\d\d")


def editor(page: Page) -> Locator:
    return page.locator("textarea#text")


def status(page: Page) -> Locator:
    return page.locator("#status")


def signed(page: Page) -> Locator:
    """The part of the page below the editor."""
    return page.locator(".st-key-plan_written")


def care_plan(page: Page, record_number: str, name: str = PHYSIO) -> Page:
    page.get_by_role("button", name=name).click()
    page.get_by_role("combobox", name="Search patients").press_sequentially(record_number)
    page.get_by_role("option", name=re.compile(record_number)).click()
    expect(page).to_have_url(re.compile(r"summary\?p="))
    page.get_by_role("link", name="Care plan", exact=True).click()
    expect(editor(page)).to_be_visible()
    return page


def sign(page: Page) -> None:
    page.get_by_role("button", name="Sign …").click()
    page.get_by_role("button", name="Sign and make final").click()
    expect(page.get_by_text(re.compile("Note signed"))).to_be_visible()


def test_somebody_who_never_pauses_is_saved_all_the_same(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00003")
    editor(page).press_sequentially("Typing on and on without one pause. ", delay=60)  # 2 s, no key 0.7 s apart
    expect(status(page)).to_have_text(SAVED, timeout=1000)


def test_typing_goes_on_undisturbed_while_drafts_are_saved(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00004")
    words = "Every single letter of this sentence has to stand in its place when it is saved in between. "
    editor(page).press_sequentially(words * 2, delay=20)
    expect(editor(page)).to_have_value(words * 2)
    expect(status(page)).to_have_text(SAVED)
    page.reload()
    expect(editor(page)).to_have_value(words * 2)


def test_what_was_typed_while_the_server_was_down_comes_back_with_the_editor(
    clinic_today: Path, open_page: Open, tmp_path: Path
) -> None:
    database, port = tmp_path / "clinic.db", free_port()
    database.write_bytes(clinic_today.read_bytes())
    first = start(f"sqlite:///{database}", tmp_path / "first.log", port)
    page = care_plan(open_page(first.url), "FB-00005")
    editor(page).press_sequentially("Before.")
    expect(status(page)).to_have_text(SAVED)
    first.process.kill()
    first.process.wait()
    editor(page).press_sequentially(" While it was down.")
    expect(status(page)).to_contain_text("Not saved yet")
    second = start(f"sqlite:///{database}", tmp_path / "second.log", port)
    try:
        page.get_by_role("button", name=PHYSIO).click(timeout=40_000)
        expect(editor(page)).to_have_value("Before. While it was down.")
        expect(status(page)).to_have_text(SAVED)
        page.reload()
        expect(editor(page)).to_have_value("Before. While it was down.")
    finally:
        second.process.kill()
        second.process.wait()


def test_unsaved_words_never_appear_to_the_next_person_at_the_same_screen(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00006")
    editor(page).press_sequentially("Mine")
    expect(status(page)).to_have_text(SAVED)
    editor(page).press_sequentially(" alone")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name=PSYCHOLOGIST)).to_be_visible()
    care_plan(page, "FB-00006", PSYCHOLOGIST)
    expect(editor(page)).to_have_value("")


def test_two_windows_of_one_person_keep_both_texts(served: Served, open_page: Open) -> None:
    one = care_plan(open_page(served.url), "FB-00007")
    other = one.context.new_page()
    other.goto(one.url)
    expect(editor(other)).to_be_visible()
    editor(one).press_sequentially("From one window.")
    expect(status(one)).to_have_text(SAVED)
    editor(other).press_sequentially("From the other.")
    expect(other.get_by_text("This draft was changed in another window.")).to_be_visible()
    expect(editor(other)).to_have_value("From the other.")
    other.get_by_role("button", name="Keep both texts").click()
    expect(status(other)).to_have_text(SAVED)
    other.reload()
    expect(editor(other)).to_have_value(
        re.compile(r"^From the other\.\n\n\[Draft saved .* in another window:\]\nFrom one window\.$")
    )


def test_two_hundred_thousand_characters_are_saved_and_more_is_refused_with_the_draft_kept(
    served: Served, open_page: Open
) -> None:
    page = care_plan(open_page(served.url), "FB-00008")
    editor(page).fill("x" * 200_000)
    expect(status(page)).to_have_text(SAVED)
    editor(page).fill("y" * 200_001)
    expect(page.get_by_text("This text has 200,001 characters; a note holds 200,000.")).to_be_visible()
    expect(status(page)).to_have_text("Not saved: too long")
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before unsaved text is left
    page.reload()
    expect(editor(page)).to_have_value("x" * 200_000)


def test_a_note_is_pinned_signed_amended_with_a_reason_and_both_versions_can_be_read(
    served: Served, open_page: Open
) -> None:
    page = care_plan(open_page(served.url), "FB-00012")
    editor(page).fill("Left knee swollen.")
    page.locator("#start").fill("2026-11-03")
    page.locator("#end").fill("2026-11-05")
    expect(status(page)).to_have_text(SAVED)
    sign(page)
    expect(editor(page)).to_have_value("")
    expect(signed(page).get_by_text(re.compile(r"pinned to 3 Nov – 5 Nov 2026"))).to_be_visible()

    page.get_by_role("button", name="Amend").first.click()
    expect(editor(page)).to_have_value("Left knee swollen.")
    editor(page).fill("Right knee swollen.")
    expect(status(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Sign …").click()
    page.get_by_role("button", name="Sign and make final").click()
    expect(page.get_by_text("An amendment needs a reason.")).to_be_visible()
    page.get_by_label(re.compile("Why version 1 is amended")).fill("wrong side written")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Sign and make final").click()
    expect(signed(page).get_by_text("version 2: wrong side written")).to_be_visible()
    page.get_by_text("Earlier versions (1)").first.click()
    expect(signed(page).get_by_text("Left knee swollen.")).to_be_visible()


def test_days_in_the_wrong_order_do_not_keep_the_words_from_being_saved(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00013")
    page.locator("#start").fill("2026-11-05")
    page.locator("#end").fill("2026-11-03")
    editor(page).press_sequentially("Still saved.")
    expect(page.get_by_text("The days are not saved yet: the last one comes before the first.")).to_be_visible()
    expect(status(page)).to_have_text(SAVED)


def test_hostile_text_is_shown_as_it_was_typed_and_fetches_nothing(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00014")
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if "evil.example" in request.url else None)
    text = '![x](http://evil.example/a.png) <img src="http://evil.example/b.png" onerror="document.title=1"> $5 :smile:'
    editor(page).fill(text)
    expect(status(page)).to_have_text(SAVED)
    sign(page)
    expect(signed(page).get_by_text(text)).to_be_visible()
    assert outside == []
    assert page.title() != "1"


def test_a_discarded_draft_is_gone(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00015")
    editor(page).fill("Never mind.")
    expect(status(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Discard draft").click()
    page.get_by_role("button", name="Discard it").click()
    expect(editor(page)).to_have_value("")
    page.reload()
    expect(editor(page)).to_have_value("")


def test_the_editor_is_used_by_keyboard_alone(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00016")
    editor(page).focus()
    page.keyboard.type("By keys.")
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_role("button", name="Sign …")).to_be_enabled()
    page.get_by_role("button", name="Sign …").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("nobody can change or remove it")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(editor(page)).to_have_value("By keys.")


def test_a_save_is_told_within_two_seconds_of_the_last_key(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00018")
    editor(page).press_sequentially("Timed.")
    began = time.perf_counter()
    expect(status(page)).to_have_text(SAVED)
    assert time.perf_counter() - began < 2
