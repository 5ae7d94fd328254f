"""What ends with an entry, what a hasty or doubled press does, and what is asked before anything goes on."""

import re

import pytest
from playwright.sync_api import Page, expect

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
    marked,
    press,
    press_twice,
    problem,
    question,
    ready,
    region,
    said,
    save,
    status,
    tab_to,
)
from tests.e2e.line import on_a_line
from tests.e2e.steps import PHYSIO, SAVED, Open, enter, sign_out_in_another_window
from tests.serving import Served

pytestmark = pytest.mark.browser
SAVED_ELSEWHERE = "saved already, from another window"


def rate(page: Page, score: int) -> None:
    page.locator(".body-map").get_by_role("radio", name=f"pain {score} of 10", exact=True).click()


def test_intensity_and_undo_end_with_the_entry(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00003")
    region(page, "Left knee").click()
    rate(page, 8)
    expect(map_words(page)).to_contain_text("1 region marked")
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    expect(button(page, "Undo")).to_be_disabled()
    expect(page.locator(".who b")).to_have_text("Choose where it hurts")
    region(page, "Right elbow").click()
    expect(page.locator(".body-map .who")).to_contain_text("intensity not recorded")
    button(page, "Undo").click()
    expect(button(page, "Undo")).to_be_disabled()
    expect(marked(page)).to_have_count(0)


def test_a_region_tapped_while_the_entry_is_saved_goes_nowhere(served: Served, open_page: Open) -> None:
    page, line = on_a_line(open_page, served.url)
    add_entry(page, "FB-00004")
    answer(page, "pain", "5").click()
    expect(status(page)).to_have_text(SAVED)
    line.slow = True
    save(page)
    expect(status(page)).to_have_text("Saving entry …")
    region(page, "Left knee").click(force=True)
    expect(marked(page)).to_have_count(0)
    line.hurry()
    expect(status(page)).to_have_text(ENTERED)
    region(page, "Left knee").click()
    expect(map_words(page)).to_contain_text("1 region marked")


@pytest.mark.parametrize(("record", "choice"), [("FB-00005", "Keep it as another entry"), ("FB-00006", "Drop it")])
def test_a_mark_in_an_entry_saved_from_another_window_is_asked_about(
    served: Served, open_page: Open, record: str, choice: str
) -> None:
    page = add_entry(open_page(served.url), record)
    answer(page, "pain", "9").click()
    expect(status(page)).to_have_text(SAVED)
    other = another_window(page)
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    region(other, "Left knee").click()
    expect(problem(other)).to_contain_text(SAVED_ELSEWHERE)
    expect(said(other, "pain")).to_have_text("9 of 10")
    expect(map_words(other)).to_contain_text("1 region marked")
    button(other, choice).click()
    kept = choice.startswith("Keep")
    expect(said(other, "pain")).to_have_text("9 of 10" if kept else "not answered")
    expect(map_words(other)).to_contain_text("1 region marked" if kept else "not filled in")
    expect(status(other)).to_have_text(SAVED if kept else "What you fill in saves itself as a draft.")
    expect(marked(other)).to_have_count(1 if kept else 0)


def test_an_answer_saved_with_an_entry_of_another_window_is_asked_about_too(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00007")
    region(page, "Left knee").click()
    expect(map_words(page)).to_contain_text("1 region marked")
    expect(status(page)).to_have_text(SAVED)
    other = another_window(page)
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    answer(other, "stress", "3").click()
    save(other)
    expect(problem(other)).to_contain_text(SAVED_ELSEWHERE)
    button(other, "Keep it as another entry").click()
    expect(status(other)).to_have_text(SAVED)
    expect(said(other, "stress")).to_have_text("3 of 10")
    expect(map_words(other)).to_contain_text("1 region marked")


def test_on_a_telephone_the_patient_is_named_at_save(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url, viewport=PHONE, has_touch=True, is_mobile=True), "FB-00008")
    question(page, "mood").scroll_into_view_if_needed()
    expect(form(page).locator(".foot .who")).to_contain_text(re.compile(r"\w+, \w+ · FB-00008"))
    expect(form(page).locator(".foot .who")).to_be_in_viewport()


def test_a_double_press_is_one_and_a_later_one_takes_the_answer_back(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00009")
    press_twice(answer(page, "pain", "6"))
    press_twice(button(page, "walking"))
    press_twice(button(page, "No pain anywhere"))
    expect(said(page, "pain")).to_have_text("6 of 10")
    expect(said(page, "relief")).to_have_text("1 chosen")
    expect(button(page, "No pain anywhere")).to_have_attribute("aria-pressed", "true")
    expect(status(page)).to_have_text(SAVED)  # later than a double press
    answer(page, "pain", "6").click()
    expect(said(page, "pain")).to_have_text("not answered")


def test_arrows_scroll_after_the_mouse_and_choose_aloud_after_the_tab_key(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00012")
    answer(page, "pain", "6").click()
    press(page, "ArrowDown", "ArrowRight")
    expect(said(page, "pain")).to_have_text("6 of 10")
    tab_to(page, "fatigue")
    expect(said(page, "fatigue")).to_have_attribute("aria-live", "polite")
    press(page, "ArrowRight")
    expect(said(page, "fatigue")).to_have_text("0 of 10")


def test_no_pain_anywhere_beside_a_pain_is_asked_about_once(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00013")
    button(page, "No pain anywhere").click()
    answer(page, "pain", "8").click()
    save(page)
    expect(problem(page)).to_contain_text("Nothing was saved yet.")
    button(page, "Both are right: save").click()
    expect(status(page)).to_have_text(ENTERED)
    expect(entries_listed(page, "no pain anywhere").first).to_be_visible()


def test_a_region_rated_zero_is_no_region_in_pain(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00014")
    region(page, "Left knee").click()
    press(page, "0")
    expect(map_words(page)).to_contain_text("1 region rated 0")
    region(page, "Right elbow").click()
    rate(page, 4)
    expect(map_words(page)).to_contain_text("1 region marked, 1 rated 0")


def test_an_answer_after_signing_out_elsewhere_is_kept_and_said_to_be(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00015")
    answer(page, "pain", "4").click()
    expect(status(page)).to_have_text(SAVED)
    sign_out_in_another_window(page)
    answer(page, "stress", "8").click()
    expect(page.get_by_text("Not saved yet: your last answers on Add entry.")).to_be_visible()
    enter(page, PHYSIO)
    ready(page)
    expect(said(page, "stress")).to_have_text("8 of 10")
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_text("Not saved yet: your last answers on Add entry.")).to_have_count(0)
