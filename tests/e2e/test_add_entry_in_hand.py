"""Add entry while somebody is at it: the form keeps their place, and nothing is copied into an entry on its way."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.entry_form import (
    ENTERED,
    add_entry,
    answer,
    button,
    entries_listed,
    map_words,
    problem,
    question,
    said,
    save,
    status,
)
from tests.e2e.line import on_a_line
from tests.e2e.steps import SAVED, Open, still
from tests.serving import Served

pytestmark = pytest.mark.browser
COPY = re.compile("^Copy ")


def ago(days: int) -> str:
    today: date = datetime.now(UTC).astimezone().date()
    return (today - timedelta(days=days)).isoformat()


def in_hand(page: Page) -> str:
    """The field or question that has the focus in the form."""
    at = page.locator("input:focus, button:focus")
    return str(at.evaluate("at => at.name || at.closest('[data-question]').dataset.question"))


def test_the_day_keeps_the_focus_while_the_medicines_of_that_day_arrive(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00016")
    before = question(page, "doses").inner_text()
    day = page.locator("input[name=day]")
    day.focus()
    day.fill(ago(200))
    expect(status(page)).to_have_text(SAVED)
    expect(question(page, "doses")).not_to_have_text(before)
    still(page)
    assert in_hand(page) == "day"


def test_a_dose_in_hand_keeps_the_focus_while_the_medicines_of_another_day_arrive(
    served: Served, open_page: Open
) -> None:
    page = add_entry(open_page(served.url), "FB-00002")
    question(page, "doses").get_by_role("radio").nth(1).click()
    expect(status(page)).to_have_text(SAVED)
    changed = "(day, to) => { day.value = to; day.dispatchEvent(new Event('change')); }"
    page.locator("input[name=day]").evaluate(changed, ago(1))
    expect(question(page, "doses")).not_to_contain_text("already logged today")
    expect(said(page, "doses")).to_contain_text("1 of")
    still(page)
    assert in_hand(page) == "doses"


def test_no_map_is_copied_into_an_entry_that_is_on_its_way(served: Served, open_page: Open) -> None:
    page, line = on_a_line(open_page, served.url)
    add_entry(page, "FB-00004")
    answer(page, "pain", "5").click()
    expect(status(page)).to_have_text(SAVED)
    line.slow = True
    save(page)
    expect(status(page)).to_have_text("Saving entry …")
    page.get_by_text(COPY).click(force=True)
    line.hurry()
    expect(status(page)).to_have_text(ENTERED)
    expect(map_words(page)).to_contain_text("Body map: not filled in")
    button(page, COPY).click()
    expect(map_words(page)).to_contain_text("marked")


def test_half_a_tablet_and_six_are_logged_and_a_third_is_refused(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00011")
    rows = question(page, "doses").locator(".dose")
    times = rows.first.get_by_role("textbox")
    times.fill("0.3")
    save(page)
    expect(problem(page)).to_contain_text("whole or half times")
    assert in_hand(page) == "doses"
    times.fill("6")
    rows.nth(1).get_by_role("radio", name="0.5 times its strength").click()
    expect(said(page, "doses")).to_contain_text("2 of")
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    expect(entries_listed(page, "melatonin 1 mg").first).to_be_visible()
    expect(entries_listed(page, "zopiclone 22.5 mg").first).to_be_visible()
