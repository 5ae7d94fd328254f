"""Caseload, patient, period, region, note, PDF: the path of a consultation, in a real browser."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.note_editor import editor, sign, signed, status
from tests.e2e.share_page import downloaded, made, ordered
from tests.e2e.share_page import sign as sign_document
from tests.e2e.steps import (
    PHYSICIAN,
    PSYCHOLOGIST,
    SAVED,
    Open,
    arrived,
    choose_period,
    enter,
    find,
    go_to,
    menu,
    reload,
    sign_in,
)
from tests.serving import MortalServer, Served

pytestmark = pytest.mark.browser


def open_patient_in_a_flare(page: Page) -> None:
    """Opens the first patient of the group 'In a flare now'."""
    row = page.get_by_role("row").filter(has_text=re.compile("flare day")).first
    person = row.get_by_role("link").or_(row.get_by_role("button")).first
    person.click()
    arrived(page, "Summary")
    expect(page.get_by_text("Where it hurts")).to_be_visible()


def write(page: Page, words: str) -> None:
    editor(page).fill(words)
    expect(status(page)).to_have_text(SAVED)


def test_a_consultation_from_caseload_to_pdf(served: Served, open_page: Open, tmp_path: Path) -> None:
    page = open_page(served.url)
    sign_in(page, PHYSICIAN)
    open_patient_in_a_flare(page)

    choose_period(page, "4 weeks")
    expect(page).to_have_url(re.compile("period=4w"))

    page.locator(".area[aria-label*='typically']").first.click()
    expect(page.get_by_role("button", name="Show whole body")).to_be_visible()

    go_to(page, "Care plan")
    write(page, "Flare discussed.\nPacing kept, <b>review</b> in two weeks.")
    sign(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(signed(page).get_by_text("Pacing kept, <b>review</b> in two weeks.")).to_be_visible()

    go_to(page, "Share")
    ordered(page, "Rheumatology, Invented Hospital")
    sign_document(page)
    file = tmp_path / "summary.pdf"
    downloaded(page, made(page, "PDF")).save_as(file)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) > 1  # the summary, then its detail
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
    expect(page.get_by_text("Rheumatology, Invented Hospital").first).to_be_visible()


def test_a_draft_survives_a_reload_and_a_killed_server(mortal_server: MortalServer, open_page: Open) -> None:
    words = "Slept four hours. Wants to keep walking."
    page = open_page(mortal_server.start())
    sign_in(page, PHYSICIAN)
    open_patient_in_a_flare(page)
    go_to(page, "Care plan")
    write(page, words)
    reload(page)
    expect(editor(page)).to_have_value(words)
    address = urlsplit(page.url)
    mortal_server.kill()
    again = open_page(f"{mortal_server.start()}{address.path}?{address.query}")
    enter(again, PHYSICIAN)
    expect(editor(again)).to_have_value(words)


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
    expect(editor(hers)).to_have_value("Medicine: dose kept.")
    expect(editor(his)).to_have_value("Psychology: third session.")
    for page in (his, hers):
        sign(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text(re.compile("Note signed"))).to_be_visible()
    reload(hers)
    expect(signed(hers).get_by_text("Medicine: dose kept.")).to_be_visible()
    expect(signed(hers).get_by_text("Psychology: third session.")).to_be_visible()


def test_on_a_phone_the_menu_gives_way_to_what_was_chosen(served: Served, open_page: Open) -> None:
    page = open_page(served.url, viewport=PHONE, has_touch=True)
    sign_in(page, PHYSICIAN)
    find(page, "FB-00001")
    expect(menu(page)).to_have_attribute("data-collapsed", "true")
    go_to(page, "Care plan")
    expect(menu(page)).to_have_attribute("data-collapsed", "true")
    expect(page.get_by_role("heading", name="Goals")).to_be_in_viewport()
