"""Corrections in a real browser: of the right patient, left and taken up in sight; a day long ago is asked about."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.entry_form import (
    ENTERED,
    add_entry,
    answer,
    button,
    entries_listed,
    ready,
    said,
    save,
    status,
    text,
)
from tests.e2e.steps import SAVED, Open, click, find, go_to, press_button
from tests.serving import Served

pytestmark = pytest.mark.browser


def corrected(page: Page) -> Page:
    """An entry of pain 8, and a correction of it begun: pain 2."""
    answer(page, "pain", "8").click()
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    expect(entries_listed(page, "pain 8").first).to_be_visible()
    click(button(page, "Correct").first)
    expect(said(page, "pain")).to_have_text("8 of 10")
    answer(page, "pain", "2").click()
    expect(page.get_by_text("Changed so far: pain")).to_be_visible()
    return page


def test_the_confirmation_of_a_correction_stays_with_its_patient(served: Served, open_page: Open) -> None:
    page = corrected(add_entry(open_page(served.url), "FB-00012"))
    text(page, "reason").fill("misheard")
    button(page, "Save correction").click()
    expect(page.get_by_text(re.compile("Correction saved: "))).to_be_visible()
    find(page, "FB-00011")
    go_to(page, "Add entry")
    ready(page)
    expect(page.get_by_text(re.compile("Correction saved: "))).to_have_count(0)


def test_a_correction_is_kept_for_later_or_dropped_and_never_returns_unannounced(
    served: Served, open_page: Open
) -> None:
    page = corrected(add_entry(open_page(served.url), "FB-00013"))
    press_button(page, "Stop, keep this for later")
    expect(page.get_by_text("Unfinished correction of the entry of")).to_be_visible()
    expect(said(page, "pain")).to_have_text("not answered")
    press_button(page, "Go on with it")
    expect(said(page, "pain")).to_have_text("2 of 10")
    press_button(page, "Stop and drop the changes")
    expect(page.get_by_text("Unfinished correction of the entry of")).to_have_count(0)
    expect(entries_listed(page, "pain 8").first).to_be_visible()
    click(button(page, "Correct").first)
    expect(said(page, "pain")).to_have_text("8 of 10")


def test_a_day_more_than_a_year_back_is_saved_after_it_was_confirmed(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00014")
    answer(page, "pain", "5").click()
    page.get_by_label("Day", exact=True).fill((date.today() - timedelta(days=399)).isoformat())  # noqa: DTZ011
    page.get_by_label("Time", exact=True).fill("03:17")
    expect(status(page)).to_have_text(SAVED)
    save(page)
    expect(page.get_by_text("is more than a year back.")).to_be_visible()
    expect(said(page, "pain")).to_have_text("5 of 10")
    save(page)
    expect(status(page)).to_have_text(ENTERED)
