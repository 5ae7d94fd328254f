"""Adding an entry in a real browser: by keys alone, by finger, and nothing of it is lost or doubled."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.entry_form import (
    ENTERED,
    add_entry,
    another_window,
    answer,
    button,
    entries_listed,
    form,
    map_words,
    press,
    ready,
    region,
    said,
    save,
    status,
    tab_to,
    text,
)
from tests.e2e.line import on_a_line
from tests.e2e.steps import PHYSIO, SAVED, Open, click, enter, go_to, press_button, reload, still, window_at
from tests.serving import MortalServer, Served

pytestmark = pytest.mark.browser


def test_keys_alone_fill_in_and_save_an_entry_in_less_than_a_minute(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00003")
    began = time.perf_counter()
    tab_to(page, "area")
    press(page, "6")
    tab_to(page, "pain")
    press(page, "7", "Tab", "y", "Tab")
    page.keyboard.type("10")
    press(page, "Tab", "ArrowRight", "ArrowRight", "Tab", "6", ".", "5")
    tab_to(page, "sleep_quality")
    press(page, "4", "Delete", "Tab", "3", "Tab", "8")
    tab_to(page, "relief")
    press(page, "ArrowRight", "Space")
    tab_to(page, "weather")
    press(page, "Space")
    tab_to(page, "note")
    page.keyboard.type("By keys alone.")
    for name, words in {
        "pain": "7 of 10", "flare": "Yes", "fatigue": "10 of 10", "interference": "1 of 10", "sleep_hours": "6.5 hours",
        "sleep_quality": "not answered", "stress": "3 of 10", "mood": "8 of 10", "activity": "not answered",
        "relief": "1 chosen", "weather": "1 chosen",
    }.items():  # fmt: skip
        expect(said(page, name)).to_have_text(words)
    expect(map_words(page)).to_contain_text("1 region marked")
    tab_to(page, "save")
    press(page, "Enter")
    expect(status(page)).to_have_text(ENTERED)
    assert time.perf_counter() - began < 60
    top = page.locator(".st-key-entries_list")
    expect(top).to_contain_text(
        "pain 7 · flare: yes · fatigue 10 · gets in the way 1 · sleep 6.5 h · stress 3 · mood 8"
    )
    expect(top).to_contain_text("1 region · helped: heat · weather: cold")
    expect(top).to_contain_text(f"entered by {PHYSIO}")
    expect(said(page, "pain")).to_have_text("not answered")
    expect(map_words(page)).to_contain_text("Body map: not filled in")


def test_a_finger_fills_in_an_entry_on_a_telephone_in_less_than_a_minute(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url, viewport=PHONE, has_touch=True, is_mobile=True), "FB-00004")
    began = time.perf_counter()
    button(page, re.compile("Copy ")).tap()
    expect(map_words(page)).to_contain_text("marked")
    region(page, "Left chest").tap()
    page.locator(".body-map").get_by_role("radio", name="pain 6 of 10").tap()
    for name, words in (
        ("pain", "6"), ("flare", "No"), ("fatigue", "5"), ("interference", "4"), ("sleep_hours", "7 hours"),
        ("sleep_quality", "6"), ("stress", "3"), ("mood", "7"), ("stiffness_minutes", "30 minutes"), ("activity", "5"),
        ("sensitivity", "2"), ("tenderness", "0, not at all"),
    ):  # fmt: skip
        answer(page, name, words).tap()
    for words in ("heat", "walking", "damp"):
        page.get_by_role("button", name=words, exact=True).tap()
    text(page, "note").fill("Felt better after the walk.")
    button(page, "Save entry").tap()
    expect(status(page)).to_have_text(ENTERED)
    assert time.perf_counter() - began < 60
    top = page.locator(".st-key-entries_list")
    for words in ("pain 6 · flare: no", "tender 0", "helped: heat, walking", "weather: damp", "after the walk."):
        expect(top).to_contain_text(words)


def test_what_a_finger_presses_on_the_form_is_large_enough(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url, viewport=PHONE, has_touch=True, is_mobile=True), "FB-00004")
    for each in form(page).locator("button:visible").all():
        box = each.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, each.text_content()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"], each.text_content()


def test_an_unfinished_entry_is_there_again_after_a_reload(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00005")
    answer(page, "pain", "0, none").click()
    text(page, "note").fill("Half")
    region(page, "Left knee").click()
    expect(map_words(page)).to_contain_text("1 region marked")
    expect(status(page)).to_have_text(SAVED)
    reload(page)
    ready(page)
    expect(said(page, "pain")).to_have_text("0 of 10")
    expect(said(page, "fatigue")).to_have_text("not answered")
    expect(text(page, "note")).to_have_value("Half")
    expect(map_words(page)).to_contain_text("1 region marked")
    press_button(page, "Discard")
    press_button(page, "Discard it")
    expect(said(page, "pain")).to_have_text("not answered")
    expect(map_words(page)).to_contain_text("not filled in")


def test_what_was_answered_while_the_server_was_down_is_saved_when_it_is_back(
    mortal_server: MortalServer, open_page: Open
) -> None:
    page = add_entry(open_page(mortal_server.start()), "FB-00006")
    answer(page, "pain", "4").click()
    expect(status(page)).to_have_text(SAVED)
    still(page)
    mortal_server.kill()
    answer(page, "stress", "8").click()
    region(page, "Left knee").click()
    expect(status(page)).to_contain_text("Not saved yet")
    mortal_server.start()
    enter(page, PHYSIO)
    ready(page)
    expect(said(page, "stress")).to_have_text("8 of 10")
    expect(status(page)).to_have_text(SAVED)
    expect(region(page, "Left knee")).to_have_attribute("aria-selected", "true")
    reload(page)
    ready(page)
    expect(said(page, "pain")).to_have_text("4 of 10")
    expect(said(page, "stress")).to_have_text("8 of 10")
    expect(map_words(page)).to_contain_text("1 region marked")


def test_answers_of_a_lost_connection_are_sent_again_with_the_map(served: Served, open_page: Open) -> None:
    page, line = on_a_line(open_page, served.url)
    add_entry(page, "FB-00009")
    line.cut = True  # from here on nothing reaches the server
    region(page, "Left knee").click()
    answer(page, "pain", "5").click()
    expect(status(page)).to_contain_text("Not saved yet")
    line.cut = False
    expect(status(page)).to_have_text(SAVED)
    other = another_window(page)
    expect(said(other, "pain")).to_have_text("5 of 10")
    expect(map_words(other)).to_contain_text("1 region marked")


def test_a_double_click_and_a_second_window_add_one_entry(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00007")
    answer(page, "pain", "9").click()
    answer(page, "stress", "9").click()
    expect(status(page)).to_have_text(SAVED)
    other = another_window(page)
    expect(said(other, "pain")).to_have_text("9 of 10")
    button(page, "Save entry").dblclick()
    expect(status(page)).to_have_text(ENTERED)
    save(other)
    expect(status(other)).to_contain_text("saved already")
    expect(entries_listed(other, "pain 9 · stress 9")).to_have_count(1)


def test_two_windows_put_their_answers_together_and_ask_where_both_gave_one(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00008")
    other = another_window(page)
    answer(page, "pain", "3").click()
    expect(status(page)).to_have_text(SAVED)
    answer(other, "stress", "5").click()
    expect(said(other, "pain")).to_have_text("3 of 10")
    expect(status(other)).to_have_text(SAVED)
    answer(page, "stress", "6").click()
    expect(page.get_by_text("Answered differently in another window: Stress.")).to_be_visible()
    button(page, "Take the other window's").click()
    expect(said(page, "stress")).to_have_text("5 of 10")


def test_an_entry_is_corrected_with_a_reason_and_withdrawn_and_both_stay_in_the_list(
    served: Served, open_page: Open
) -> None:
    page = add_entry(open_page(served.url), "FB-00012")
    answer(page, "pain", "8").click()
    save(page)
    expect(status(page)).to_have_text(ENTERED)

    expect(entries_listed(page, "pain 8").first).to_be_visible()
    click(button(page, "Correct").first)
    expect(page.get_by_text("Correcting the entry of")).to_be_visible()
    expect(said(page, "pain")).to_have_text("8 of 10")
    answer(page, "pain", "2").click()
    button(page, "Save correction").click()
    expect(page.get_by_text("A correction needs a reason.")).to_be_visible()
    text(page, "reason").fill("misheard")
    button(page, "Save correction").click()
    expect(page.get_by_text(re.compile("Correction saved: "))).to_be_visible()
    expect(page.locator(".st-key-entries_list")).to_contain_text(re.compile(rf"Corrected by {PHYSIO}, .*: misheard"))

    click(button(page, "Withdraw …").first)
    page.get_by_label("Why (required, stays with the entry)").fill("of somebody else")
    page.keyboard.press("Tab")
    press_button(page, "Withdraw it")
    expect(page.locator(".st-key-entries_list")).to_contain_text(re.compile(rf"Withdrawn by {PHYSIO}, .*: of somebody"))


def test_an_entry_of_a_time_to_come_is_refused_and_nothing_is_lost(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00013")
    answer(page, "pain", "5").click()
    page.get_by_label("Day", exact=True).fill("2199-01-01")
    save(page)
    expect(page.get_by_text("This moment lies in the future.")).to_be_visible()
    expect(said(page, "pain")).to_have_text("5 of 10")


def test_the_last_answer_before_another_page_is_opened_is_on_the_server(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00014")
    address = page.url
    answer(page, "pain", "5").click()
    go_to(page, "Summary")
    other = ready(window_at(page, address))
    expect(said(other, "pain")).to_have_text("5 of 10")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(served: Served, open_page: Open, scheme: str) -> None:
    for options in ({}, {"viewport": PHONE, "has_touch": True}):
        page = add_entry(open_page(served.url, color_scheme=scheme, **options), "FB-00015")
        answer(page, "pain", "5").click()
        expect(status(page)).to_have_text(SAVED)
        still(page)
        assert axe.serious(page, ".stMain") == []


def test_maps_changed_in_two_windows_are_both_kept_until_one_is_chosen(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00016")
    other = another_window(page)
    region(page, "Left knee").click()
    expect(status(page)).to_have_text(SAVED)
    region(other, "Right knee").click()
    expect(other.get_by_text("The body map was changed in another window too.")).to_be_visible()
    expect(map_words(other)).to_contain_text("1 region marked")
    button(other, "Keep this map").click()
    expect(status(other)).to_have_text(SAVED)
    reload(page)
    ready(page)
    expect(region(page, "Right knee")).to_have_attribute("aria-selected", "true")
