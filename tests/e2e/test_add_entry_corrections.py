"""Corrections in a real browser: of the right patient, left and taken up in sight; a day long ago is asked about."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_add_entry import ENTERED, SAVED, Open, add_entry, answer, ready, said, status
from tests.serving import Served

pytestmark = pytest.mark.browser


def corrected(page: Page) -> Page:
    """An entry of pain 8, and a correction of it begun: pain 2."""
    answer(page, "pain", "8").click()
    page.get_by_role("button", name="Save entry").click()
    expect(status(page)).to_have_text(ENTERED)
    page.get_by_role("button", name="Correct", exact=True).first.click()
    expect(said(page, "pain")).to_have_text("8 of 10")
    answer(page, "pain", "2").click()
    expect(page.get_by_text("Changed so far: pain")).to_be_visible()
    return page


def test_the_confirmation_of_a_correction_stays_with_its_patient(served: Served, open_page: Open) -> None:
    page = corrected(add_entry(open_page(served.url), "FB-00012"))
    page.locator("[data-question='reason'] textarea").fill("misheard")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text(re.compile("Correction saved: "))).to_be_visible()
    page.get_by_role("combobox", name="Search patients").press_sequentially("FB-00011")
    page.get_by_role("option", name=re.compile("FB-00011")).click()
    expect(page).to_have_url(re.compile(r"summary\?p="))
    page.get_by_role("link", name="Add entry", exact=True).click()
    ready(page)
    expect(page.get_by_text(re.compile("Correction saved: "))).to_have_count(0)


def test_a_correction_is_kept_for_later_or_dropped_and_never_returns_unannounced(
    served: Served, open_page: Open
) -> None:
    page = corrected(add_entry(open_page(served.url), "FB-00013"))
    page.get_by_role("button", name="Stop, keep this for later").click()
    expect(page.get_by_text("Unfinished correction of the entry of")).to_be_visible()
    expect(said(page, "pain")).to_have_text("not answered")
    page.get_by_role("button", name="Go on with it").click()
    expect(said(page, "pain")).to_have_text("2 of 10")
    page.get_by_role("button", name="Stop and drop the changes").click()
    expect(page.get_by_text("Unfinished correction of the entry of")).to_have_count(0)
    page.get_by_role("button", name="Correct", exact=True).first.click()
    expect(said(page, "pain")).to_have_text("8 of 10")


def test_a_day_more_than_a_year_back_is_saved_after_it_was_confirmed(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00014")
    answer(page, "pain", "5").click()
    page.get_by_label("Day", exact=True).fill((date.today() - timedelta(days=399)).isoformat())  # noqa: DTZ011
    page.get_by_label("Time", exact=True).fill("03:17")
    expect(status(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Save entry").click()
    expect(page.get_by_text("is more than a year back.")).to_be_visible()
    expect(said(page, "pain")).to_have_text("5 of 10")
    page.get_by_role("button", name="Save entry").click()
    expect(status(page)).to_have_text(ENTERED)
