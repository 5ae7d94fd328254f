"""Medication in a real browser: a prompt answered by keys, a medicine added and stopped, a phone, axe-core."""

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
    sign_in,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD = "FB-00019"
"""Paracetamol above 4 g a day across two products."""


def medication(page: Page, who: str = PHYSICIAN, record: str = RECORD) -> Page:
    sign_in(page, who)
    find(page, record)
    go_to(page, "Medication")
    expect(prompts(page)).to_be_visible()
    return page


def prompts(page: Page) -> Locator:
    return page.locator(".st-key-medication_left .frame")


def listed(page: Page) -> Locator:
    return page.locator(".st-key-medication_list_section .frame")


def test_sentence_prompts_course_and_facts_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url))
    for part in (page.locator(".lead"), prompts(page), page.locator(".st-key-medication_chart"), listed(page)):
        assert box(part.first)["y"] <= 880
    place = box(page.locator(".st-key-medication_facts_section"))
    assert place["y"] + place["height"] <= 900
    expect_no_scrolling_sideways(page)


def test_what_a_prompt_rests_on_is_one_key_away(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url))
    prompt = prompts(page).locator("article").filter(has_text="Paracetamol above 4 g in 24 hours")
    prompt.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(prompt.get_by_role("columnheader", name="Prescribed or taken")).to_be_visible()
    expect(prompt.get_by_role("cell", name="taken", exact=True).first).to_be_visible()


def test_escape_returns_to_the_prompt_and_keeps_what_was_typed(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url))
    button = prompts(page).get_by_role("button", name="Answer: Paracetamol above 4 g in 24 hours")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    still(page)
    dialog.get_by_role("radio", name=re.compile("^Action made")).focus()
    page.keyboard.press("Space")
    still(page)
    dialog.get_by_role("textbox").click()
    page.keyboard.type("half a sentence")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    still(page)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("textbox")).to_have_value("half a sentence")
    expect(dialog.get_by_role("radio", name=re.compile("^Action made"))).to_be_checked()


def test_a_prompt_is_answered_by_keys_and_the_next_person_reads_it(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url))
    title = "Paracetamol above 4 g in 24 hours"
    prompts(page).get_by_role("button", name=f"Answer: {title}").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(title)).to_be_visible()
    still(page)
    dialog.get_by_role("radio", name=re.compile("^Action made")).focus()
    page.keyboard.press("Space")
    dialog.get_by_role("textbox").fill("agreed on a daily plan")
    dialog.get_by_role("button", name="Answer", exact=True).focus()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(prompts(page).get_by_text(re.compile(r"^Answered \(1\)"))).to_be_visible()
    other = medication(open_page(served.url), PHYSIO)
    click(prompts(other).get_by_text(re.compile(r"^Answered \(1\)")))
    said = prompts(other).get_by_text(f"Action made by {PHYSICIAN}")
    expect(said).to_be_visible()
    expect(said).to_contain_text("agreed on a daily plan")


def test_an_answer_that_says_nothing_is_refused_and_stays_filled_in(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url))
    click(prompts(page).get_by_role("button", name="Answer: The list allows more than 4 g of paracetamol a day"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Not applicable (say why)").click()
    click(dialog.get_by_role("button", name="Answer", exact=True))
    expect(dialog.get_by_text("This answer says nothing by itself.")).to_be_visible()
    expect(dialog.get_by_role("radio", name=re.compile("^Not applicable"))).to_be_checked()


def test_a_medicine_is_added_as_written_and_stopped(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url), record="FB-00002")
    press_button(page, "Add a medicine …")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Medicine, as on the box").fill("Grandma's tea")
    dialog.get_by_label("One dose").fill("2,5")
    click(dialog.get_by_role("button", name="Add to the list"))
    expect(dialog.get_by_text("A dose without a unit says nothing.")).to_be_visible()
    dialog.get_by_role("combobox", name="Unit").click()
    page.get_by_role("option", name="mL", exact=True).click()
    click(dialog.get_by_role("button", name="Add to the list"))
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("Its name was not recognised")).to_be_visible()
    row = listed(page).get_by_role("row").filter(has_text="Grandma's tea").first
    expect(row).to_contain_text("2.5 mL")
    expect(row).to_contain_text("not recognised: in no check")
    click(row.get_by_role("button", name="Stop Grandma's tea"))
    dialog.get_by_text("No benefit").click()
    click(dialog.get_by_role("button", name="Put the end on the list"))
    expect(dialog).to_have_count(0)
    expect(listed(page).get_by_text(re.compile("Stopped"))).not_to_have_count(0)
    expect(listed(page).get_by_role("button", name="Stop Grandma's tea")).to_have_count(0)
    expect(row).to_contain_text("no benefit")


def test_an_unusual_dose_is_asked_about_a_second_time(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url), record="FB-00003")
    press_button(page, "Add a medicine …")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Medicine, as on the box").fill("tramadol")
    dialog.get_by_label("One dose").fill("2000")
    dialog.get_by_role("combobox", name="Unit").click()
    page.get_by_role("option", name="mg", exact=True).click()
    click(dialog.get_by_role("button", name="Add to the list"))
    expect(dialog.get_by_text("at least 3 times the usual ceiling")).to_be_visible()
    dialog.get_by_text("2000 mg is meant").click()
    click(dialog.get_by_role("button", name="Add to the list"))
    expect(dialog).to_have_count(0)
    expect(listed(page).get_by_role("row").filter(has_text="tramadol").first).to_contain_text("2000 mg")


def test_a_coordinator_reads_without_a_button(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url), COORDINATOR)
    expect(listed(page).get_by_role("row").filter(has_text="ibuprofen").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^(Answer|Stop|Add a medicine)"))).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(served: Served, open_page: Open, scheme: str) -> None:
    page = medication(open_page(served.url, color_scheme=scheme))
    prompts(page).locator("summary").first.click()
    assert axe.serious(page, ".stMain") == []
    press_button(page, "Add a medicine …")
    expect(page.get_by_role("dialog").get_by_label("One dose")).to_be_visible()
    still(page)
    assert axe.serious(page, "[role=dialog]") == []


def test_a_phone_shows_it_without_scrolling_sideways(served: Served, open_page: Open) -> None:
    page = medication(open_page(served.url, viewport=PHONE))
    expect_no_scrolling_sideways(page)
    expect(listed(page).get_by_text("Prescribed").first).to_be_attached()


def test_whoever_answers_second_reads_that_somebody_was_quicker(served: Served, open_page: Open) -> None:
    title = "The list allows more than 4 g of paracetamol a day"
    first, second = medication(open_page(served.url)), medication(open_page(served.url), PHYSIO)
    for page in (first, second):
        click(prompts(page).get_by_role("button", name=f"Answer: {title}"))
        page.get_by_role("dialog").get_by_text("Accepted: seen, nothing changes").click()
    click(second.get_by_role("dialog").get_by_role("button", name="Answer", exact=True))
    expect(second.get_by_role("dialog")).to_have_count(0)
    click(first.get_by_role("dialog").get_by_role("button", name="Answer", exact=True))
    expect(first.get_by_role("dialog").get_by_text("answered by somebody else")).to_be_visible()
    press_button(first, "Leave it open")
    expect(prompts(first).get_by_role("button", name=f"Answer: {title}")).to_have_count(0)
