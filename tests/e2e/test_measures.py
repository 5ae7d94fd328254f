"""Measures in a real browser: a questionnaire by keys and by touch, the safety item, totals, withdrawals, axe-core."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    COORDINATOR,
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
    second_window,
    sign_in,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD, OTHER, THIRD = "FB-00002", "FB-00003", "FB-00005"


def measures(page: Page, record: str = RECORD, who: str = PHYSICIAN) -> Page:
    sign_in(page, who)
    find(page, record)
    go_to(page, "Measures")
    expect(names(page).first).to_be_visible()
    return page


def names(page: Page) -> Locator:
    return page.locator(".st-key-measures_scores button.name")


def row(page: Page, name: str) -> Locator:
    return (
        page.locator(".st-key-measures_scores")
        .get_by_role("row")
        .filter(has=page.get_by_role("button", name=name, exact=True))
    )


def open_form(page: Page, name: str) -> Locator:
    press_button(page, re.compile("Fill in on screen"))
    click(page.get_by_test_id("stPopoverBody").get_by_role("button", name=name, exact=True))
    form = page.locator(".st-key-measures_form")
    expect(form).to_be_visible()
    still(page)
    return form


def question(form: Locator, place: int) -> Locator:
    return form.get_by_role("radiogroup", name=re.compile(f"^{place} – "))


def answer_by_keys(form: Locator, place: int, answer: str) -> None:
    """Into the question by its first answer, along with the arrows, chosen with the space bar."""
    answers = question(form, place).get_by_role("radio")
    wanted = question(form, place).get_by_role("radio", name=answer, exact=True)
    answers.first.focus()
    for _ in range(answers.count()):
        if wanted.evaluate("part => part === document.activeElement"):
            break
        form.page.keyboard.press("ArrowRight")
    form.page.keyboard.press("Space")
    expect(wanted).to_have_attribute("aria-checked", "true")


def test_sentence_table_and_courses_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url))
    for part in (page.locator(".lead"), names(page), page.locator(".st-key-measures_chart")):
        place = box(part.first)
        assert place["y"] + place["height"] <= 900
    table, chart = (
        box(page.locator(".st-key-measures_scores table:visible").first),
        box(page.locator(".st-key-measures_chart")),
    )
    assert table["x"] + table["width"] <= chart["x"]
    expect_no_scrolling_sideways(page)


def test_a_row_is_chosen_by_keys_and_a_band_shows_its_source(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url))
    second = names(page).nth(1).inner_text()
    names(page).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-measures_detail h2")).to_have_text(re.compile(f"^{re.escape(second)}: "))
    expect(names(page).nth(1)).to_be_focused()
    row(page, second).locator("button.why").first.click()
    expect(page.get_by_role("dialog", name=re.compile("Evidence"))).to_contain_text("Source")


def test_a_phq_9_filled_in_by_keys_with_item_9_puts_the_safety_item_first_until_it_is_closed(
    served: Served, open_page: Open
) -> None:
    page = measures(open_page(served.url))
    form = open_form(page, "PHQ-9")
    for place in range(1, 9):
        answer_by_keys(form, place, "Not at all")
    answer_by_keys(form, 9, "Several days")
    expect(form.get_by_text("PHQ-9: 1 of 27, minimal")).to_be_visible()
    expect(form.get_by_text("Item 9 is above 0")).to_be_visible()
    press_button(page, "Save")
    item = page.locator("[class*=st-key-safety_item_]").filter(has_text="item 9")
    expect(item).to_be_visible()
    expect(row(page, "PHQ-9")).to_contain_text("9 of 9")
    assert box(item)["y"] < box(page.locator(".lead"))["y"]
    expect(page.locator(".banner")).to_contain_text("item 9")
    click(item.get_by_role("button", name="Close …"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Spoken with her; no plan, her sister is with her tonight.")
    click(dialog.get_by_role("button", name="Close it"))
    expect(item).to_have_count(0)


def test_answers_survive_a_reload_and_both_windows_show_the_last_one(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url), OTHER)
    form = open_form(page, "GAD-7")
    question(form, 2).get_by_role("radio", name="Several days").click()
    expect(form.get_by_text("1 of 7 answered")).to_be_visible()
    reload(page)
    click(page.get_by_role("button", name="Go on"))
    form = page.locator(".st-key-measures_form")
    expect(question(form, 2).get_by_role("radio", name="Several days")).to_have_attribute("aria-checked", "true")
    other = second_window(page)
    click(other.get_by_role("button", name="Go on"))
    there = other.locator(".st-key-measures_form")
    question(there, 3).get_by_role("radio", name="Nearly every day").click()
    expect(there.get_by_text("2 of 7 answered")).to_be_visible()
    question(form, 1).get_by_role("radio", name="Not at all").click()
    expect(form.get_by_text("3 of 7 answered")).to_be_visible()
    expect(question(form, 3).get_by_role("radio", name="Nearly every day")).to_have_attribute("aria-checked", "true")


def test_an_answer_can_be_taken_back(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url), THIRD)
    form = open_form(page, "PHQ-2")
    answer = question(form, 1).get_by_role("radio", name="Several days")
    answer.click()
    expect(form.get_by_text("1 of 2 answered")).to_be_visible()
    click(answer)
    expect(form.get_by_text("0 of 2 answered")).to_be_visible()


def test_a_total_out_of_range_is_refused_with_the_range_and_stays_in_the_field(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url), OTHER)
    press_button(page, re.compile("Enter a total"))
    page.get_by_role("combobox", name="Questionnaire").click()
    page.get_by_role("combobox", name="Questionnaire").press_sequentially("PSS-10")
    page.get_by_role("option", name=re.compile("^PSS-10")).click()
    total = page.get_by_label(re.compile("^Total"))
    expect(page.get_by_label("Total: a whole number from 0 to 40")).to_be_visible()
    total.fill("41")
    total.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="from 0 to 40")).to_be_visible()
    press_button(page, "Save")
    expect(total).to_have_value("41")
    total.fill("21")
    total.press("Tab")
    expect(page.get_by_text("PSS-10: 21")).to_be_visible()
    press_button(page, "Save")
    expect(row(page, "PSS-10")).to_contain_text("21")


def test_a_score_withdrawn_by_one_is_gone_for_the_other_who_is_told(served: Served, open_page: Open) -> None:
    first, second = measures(open_page(served.url), THIRD), measures(open_page(served.url), THIRD, PHYSIO)
    withdrawn = names(first).first.inner_text()
    before = row(first, withdrawn).inner_text()
    for page in (first, second):
        press_button(page, "Withdraw this score …")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("dialog").get_by_role("textbox").fill("filled in for somebody else")
    click(first.get_by_role("dialog").get_by_role("button", name="Withdraw", exact=True))
    expect(first.get_by_role("dialog")).to_have_count(0)
    expect(row(first, withdrawn)).not_to_have_text(before, use_inner_text=True)
    click(second.get_by_role("dialog").get_by_role("button", name="Withdraw", exact=True))
    expect(second.get_by_role("alert").filter(has_text="withdrawn in the meantime")).to_be_visible()
    click(second.get_by_role("dialog").get_by_role("button", name="Leave it"))
    expect(second.get_by_text("Withdrawn scores (1)")).to_be_visible()


def test_a_coordinator_reads_and_has_no_button(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url), who=COORDINATOR)
    expect(page.get_by_role("button", name=re.compile("Fill in|Enter a total|Withdraw this"))).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(served: Served, open_page: Open, scheme: str) -> None:
    page = measures(open_page(served.url, color_scheme=scheme))
    assert axe.serious(page, ".stMain") == []
    open_form(page, "FIQR")
    assert axe.serious(page, ".stMain") == []


def test_a_questionnaire_is_filled_in_by_touch_on_a_phone(served: Served, open_page: Open) -> None:
    page = measures(open_page(served.url, viewport=PHONE, has_touch=True), THIRD)
    expect_no_scrolling_sideways(page)
    form = open_form(page, "GAD-2")
    expect_no_scrolling_sideways(page)
    for place in (1, 2):
        answer = question(form, place).get_by_role("radio", name="Nearly every day")
        assert box(answer)["height"] >= 40
        answer.tap()
    expect(form.get_by_text("GAD-2: 6 of 6, positive")).to_be_visible()
    press_button(page, "Save")
    expect(row(page, "GAD-2")).to_be_visible()
    expect_no_scrolling_sideways(page)
