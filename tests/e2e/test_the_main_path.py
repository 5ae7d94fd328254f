"""Caseload, patient, period, region, note, PDF: the path of a consultation, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.serving import Served, running

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHYSICIAN, PSYCHOLOGIST = "Dr Ada Invented", "Kemi Invented"


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.get_by_text("Who needs me, and why")).to_be_visible()


def find(page: Page, record_number: str) -> None:
    """Opens that patient through the search."""
    page.get_by_role("combobox", name="Search patients").press_sequentially(record_number)
    page.get_by_role("option", name=re.compile(record_number)).click()
    expect(page.get_by_text("Where it hurts")).to_be_visible()


def open_patient_in_a_flare(page: Page) -> None:
    """Opens the first patient of the group 'In a flare now'."""
    row = page.get_by_role("row").filter(has_text=re.compile("flare day")).first
    person = row.get_by_role("link").or_(row.get_by_role("button")).first
    person.click()
    expect(page.get_by_text("Where it hurts")).to_be_visible()


def go_to(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def choose_period(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()


def note_of(page: Page) -> str:
    return page.locator("textarea").first.input_value()


def write(page: Page, text: str) -> None:
    page.locator("textarea").first.fill(text)
    expect(page.get_by_text(re.compile("Draft saved"))).to_be_visible()


def sign(page: Page) -> None:
    page.get_by_role("button", name="Sign …").click()
    page.get_by_role("button", name="Sign and make final").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_consultation_from_caseload_to_pdf(served: Served, open_page: Open, tmp_path: Path) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    open_patient_in_a_flare(page)

    choose_period(page, "4 weeks")
    expect(page.get_by_text(re.compile(r"of 28 days")).first).to_be_visible()
    expect(page).to_have_url(re.compile("period=4w"))

    page.locator(".area[aria-label*='typically']").first.click()
    expect(page.get_by_role("button", name="Show whole body")).to_be_visible()

    go_to(page, "Care plan")
    write(page, "Flare discussed.\nPacing kept, <b>review</b> in two weeks.")
    sign(page)
    expect(page.get_by_text("Pacing kept, <b>review</b> in two weeks.")).to_be_visible()

    go_to(page, "Share")
    page.get_by_label("To (name, department, place)").fill("Rheumatology, Invented Hospital")
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download PDF").click()
    file = tmp_path / "summary.pdf"
    download.value.save_as(file)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
    expect(page.get_by_text("for Rheumatology, Invented Hospital")).to_be_visible()


def test_a_draft_survives_a_reload_and_a_killed_server(clinic_today: Path, open_page: Open, tmp_path: Path) -> None:
    database = tmp_path / "clinic.db"
    database.write_bytes(clinic_today.read_bytes())
    url = f"sqlite:///{database}"
    words = "Slept four hours. Wants to keep walking."
    with running(url, tmp_path / "first.log") as first:
        page = open_page(first.url)
        sign_in(page, PHYSICIAN)
        open_patient_in_a_flare(page)
        go_to(page, "Care plan")
        write(page, words)
        page.reload()
        expect(page.locator("textarea").first).to_have_value(words)
        address = page.url.split("/", 3)[3]
        first.process.kill()
        first.process.wait()
    with running(url, tmp_path / "second.log") as second:
        page = open_page(f"{second.url}/{address}")
        page.get_by_role("button", name=PHYSICIAN).click()
        expect(page.locator("textarea").first).to_have_value(words)


def test_two_people_write_at_once_and_neither_overwrites_the_other(served: Served, open_page: Open) -> None:
    hers, his = open_page(served.url), open_page(served.url)
    for page, name, words in (
        (hers, PHYSICIAN, "Medicine: dose kept."),
        (his, PSYCHOLOGIST, "Psychology: third session."),
    ):
        sign_in(page, name)
        find(page, "FB-00001")
        go_to(page, "Care plan")
        write(page, words)
    assert note_of(hers) == "Medicine: dose kept."
    assert note_of(his) == "Psychology: third session."
    sign(his)
    sign(hers)
    hers.reload()
    expect(hers.get_by_text("Medicine: dose kept.")).to_be_visible()
    expect(hers.get_by_text("Psychology: third session.")).to_be_visible()


def test_on_a_phone_the_menu_gives_way_to_what_was_chosen(served: Served, open_page: Open) -> None:
    page = open_page(served.url, viewport=PHONE, has_touch=True)
    sign_in(page, PHYSICIAN)
    menu = page.get_by_test_id("stSidebar")
    page.get_by_test_id("stExpandSidebarButton").click()
    find(page, "FB-00001")
    expect(menu).to_have_attribute("data-collapsed", "true")
    page.get_by_test_id("stExpandSidebarButton").click()
    go_to(page, "Care plan")
    expect(menu).to_have_attribute("data-collapsed", "true")
    expect(page.get_by_role("heading", name="Goals")).to_be_in_viewport()
