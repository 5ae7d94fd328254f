"""Share in a real browser: seen before it is sent, delivered without an address, the same bytes ever after."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from tests.e2e.steps import COORDINATOR, PHYSICIAN, Open, click, enter, find, go_to
from tests.serving import Served

pytestmark = pytest.mark.browser


def share(page: Page, record_number: str, name: str = PHYSICIAN) -> Page:
    enter(page, name)
    find(page, record_number)
    go_to(page, "Share")
    expect(page.get_by_alt_text(re.compile("Preview of the one page"))).to_be_visible()
    return page


def downloaded(page: Page, button: str) -> Download:
    with page.expect_download() as download:
        click(page.get_by_role("button", name=button).first)
    return download.value


def test_the_pdf_arrives_and_again_as_the_same_bytes(served: Served, open_page: Open, tmp_path: Path) -> None:
    page = share(open_page(served.url), "FB-00002")
    first = downloaded(page, "Download PDF")
    assert first.suggested_filename.startswith("referral-FB-00002-")
    first.save_as(tmp_path / "first.pdf")
    downloaded(page, "Download again, unchanged").save_as(tmp_path / "again.pdf")
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()


def test_neither_preview_nor_pdf_ever_has_an_address_on_the_server(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    share(page, "FB-00003")
    assert downloaded(page, "Download PDF").url.startswith("blob:")
    assert [url for url in asked if "/media/" in url and "/static/" not in url] == []


def test_the_preview_follows_what_is_typed_and_what_is_missing_is_said(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00004")
    preview = page.get_by_alt_text(re.compile("Preview of the one page"))
    before = preview.get_attribute("src")
    expect(page.get_by_text(re.compile("Still missing on the page: recipient, urgency"))).to_be_visible()
    page.get_by_label("To (name, department, place)").fill("Rheumatology")
    page.keyboard.press("Tab")
    expect(page.get_by_text(re.compile("Still missing on the page: urgency"))).to_be_visible()
    expect(preview).not_to_have_attribute("src", before or "")


def test_what_was_typed_stays_while_one_looks_something_up(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00005")
    page.get_by_label("Reason for referral and question").fill("Is it inflammatory?")
    page.keyboard.press("Tab")
    expect(page.get_by_text(re.compile("Still missing on the page: .*reason"))).to_have_count(0)
    go_to(page, "Care plan")
    expect(page.locator("textarea#text")).to_be_visible()
    go_to(page, "Share")
    expect(page.get_by_label("Reason for referral and question")).to_have_value("Is it inflammatory?")


@pytest.mark.parametrize("record_number", ["FB-00009", "FB-00010"])
def test_a_patient_with_one_entry_or_none_can_be_referred(served: Served, open_page: Open, record_number: str) -> None:
    page = share(open_page(served.url), record_number)
    assert downloaded(page, "Download PDF").suggested_filename.startswith(f"referral-{record_number}-")
    expect(page.get_by_text("Made for this patient (1)")).to_be_visible()


def test_a_text_that_is_too_long_is_kept_and_told_and_downloads_once_it_fits(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00007")
    to = page.get_by_label("To (name, department, place)")
    to.fill("Rheumatology")
    page.keyboard.press("Tab")
    expect(page.get_by_text(re.compile("Still missing on the page: urgency"))).to_be_visible()
    to.fill("r" * 220)
    page.keyboard.press("Tab")
    expect(page.get_by_text("To: 220 characters, the page holds 200.")).to_be_visible()
    expect(to).to_have_value("r" * 220)
    expect(page.get_by_role("button", name="Download PDF")).to_be_disabled()
    to.fill("r" * 200)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Download PDF")).to_be_enabled()
    downloaded(page, "Download PDF")
    expect(page.get_by_text(f"for {'r' * 200}")).to_be_visible()


def test_a_coordinator_sends_and_what_was_sent_carries_their_name(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00006", COORDINATOR)
    downloaded(page, "Download PDF")
    expect(page.get_by_text(re.compile(f"by {COORDINATOR}"))).to_be_visible()
