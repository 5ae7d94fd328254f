"""The note editor in a real browser: nothing typed is lost, nothing signed changes, nobody overwrites anybody."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from data_access.engine import connect_engine, reading
from data_access.tables import note_drafts
from tests.e2e.note_editor import care_plan, editor, open_pins, sign, signed, status
from tests.e2e.steps import PHYSIO, PSYCHOLOGIST, SAVED, Open, click, enter, press_button, reload, second_window, still
from tests.serving import MortalServer, Served

pytestmark = pytest.mark.browser
LETTERS = 300


def drafts(engine: sa.Engine) -> list[str]:
    with reading(engine) as conn:
        return list(conn.execute(sa.select(note_drafts.c.text)).scalars())


def test_somebody_who_never_pauses_is_saved_all_the_same(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00003")
    engine, typed = connect_engine(served.database_url), 0
    while not any(text and set(text) == {"n"} for text in drafts(engine)):
        assert typed < LETTERS, "nothing was saved while the typing went on"
        editor(page).press_sequentially("n", delay=60)
        typed += 1
    engine.dispose()
    expect(editor(page)).to_have_value("n" * typed)


def test_typing_goes_on_undisturbed_while_drafts_are_saved(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00004")
    words = "Every single letter of this sentence has to stand in its place when it is saved in between. "
    editor(page).press_sequentially(words * 2, delay=20)
    expect(editor(page)).to_have_value(words * 2)
    expect(status(page)).to_have_text(SAVED)
    reload(page)
    expect(editor(page)).to_have_value(words * 2)


def test_what_was_typed_while_the_server_was_down_comes_back_with_the_editor(
    mortal_server: MortalServer, open_page: Open
) -> None:
    page = care_plan(open_page(mortal_server.start()), "FB-00005")
    editor(page).press_sequentially("Before.")
    expect(status(page)).to_have_text(SAVED)
    still(page)
    mortal_server.kill()
    editor(page).press_sequentially(" While it was down.")
    expect(status(page)).to_contain_text("Not saved yet")
    mortal_server.start()
    enter(page, PHYSIO)
    expect(editor(page)).to_have_value("Before. While it was down.")
    expect(status(page)).to_have_text(SAVED)
    reload(page)
    expect(editor(page)).to_have_value("Before. While it was down.")


def test_unsaved_words_never_appear_to_the_next_person_at_the_same_screen(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00006")
    editor(page).press_sequentially("Mine")
    expect(status(page)).to_have_text(SAVED)
    editor(page).press_sequentially(" alone")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator(".st-key-door").get_by_role("button", name=PSYCHOLOGIST)).to_be_visible()
    care_plan(page, "FB-00006", PSYCHOLOGIST)
    expect(editor(page)).to_have_value("")


def test_two_windows_of_one_person_keep_both_texts(served: Served, open_page: Open) -> None:
    one = care_plan(open_page(served.url), "FB-00007")
    other = second_window(one)
    expect(editor(other)).to_be_visible()
    editor(one).press_sequentially("From one window.")
    expect(status(one)).to_have_text(SAVED)
    editor(other).press_sequentially("From the other.")
    expect(other.get_by_text("This draft was changed in another window.")).to_be_visible()
    expect(editor(other)).to_have_value("From the other.")
    press_button(other, "Keep both texts")
    expect(status(other)).to_have_text(SAVED)
    reload(other)
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
    reload(page)
    expect(editor(page)).to_have_value("x" * 200_000)


def test_a_note_is_pinned_signed_amended_with_a_reason_and_both_versions_can_be_read(
    served: Served, open_page: Open
) -> None:
    page = care_plan(open_page(served.url), "FB-00012")
    editor(page).fill("Left knee swollen.")
    open_pins(page)
    page.locator("#start").fill("2026-11-03")
    page.locator("#end").fill("2026-11-05")
    expect(status(page)).to_have_text(SAVED)
    sign(page)
    expect(page.get_by_text(re.compile("Note signed"))).to_be_visible()
    expect(editor(page)).to_have_value("")
    expect(signed(page).get_by_text(re.compile(r"pinned to 3 Nov – 5 Nov 2026"))).to_be_visible()

    click(page.get_by_role("button", name="Amend").first)
    expect(editor(page)).to_have_value("Left knee swollen.")
    editor(page).fill("Right knee swollen.")
    expect(status(page)).to_have_text(SAVED)
    sign(page)
    expect(page.get_by_text("An amendment needs a reason.")).to_be_visible()
    page.get_by_label(re.compile("Why version 1 is amended")).fill("wrong side written")
    page.keyboard.press("Tab")
    press_button(page, "Sign and make final")
    expect(signed(page).get_by_text("version 2: wrong side written")).to_be_visible()
    click(page.get_by_text("Earlier versions (1)").first)
    expect(signed(page).get_by_text("Left knee swollen.")).to_be_visible()


def test_days_in_the_wrong_order_do_not_keep_the_words_from_being_saved(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00013")
    open_pins(page)
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
    expect(page.get_by_text(re.compile("Note signed"))).to_be_visible()
    expect(signed(page).get_by_text(text)).to_be_visible()
    assert outside == []
    assert page.title() != "1"


def test_a_discarded_draft_is_gone(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00015")
    editor(page).fill("Never mind.")
    expect(status(page)).to_have_text(SAVED)
    press_button(page, "Discard draft")
    press_button(page, "Discard it")
    expect(editor(page)).to_have_value("")
    reload(page)
    expect(editor(page)).to_have_value("")


def test_the_editor_is_used_by_keyboard_alone(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00016")
    editor(page).focus()
    page.keyboard.type("By keys.")
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_role("button", name="Sign …", exact=True)).to_be_enabled()
    still(page)
    page.get_by_role("button", name="Sign …", exact=True).press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("nobody can change or remove it")
    still(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(editor(page)).to_have_value("By keys.")


def test_a_save_is_told_without_another_key(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00018")
    editor(page).press_sequentially("Told.")
    expect(status(page)).to_have_text(SAVED)
    expect(editor(page)).to_be_focused()


def test_the_next_note_is_written_right_after_one_is_signed(served: Served, open_page: Open) -> None:
    page = care_plan(open_page(served.url), "FB-00019")
    for text in ("The first.", "The second."):
        editor(page).fill(text)
        expect(status(page)).to_have_text(SAVED)
        sign(page)
        expect(signed(page).get_by_text(text)).to_be_visible()
        expect(editor(page)).to_have_value("")
