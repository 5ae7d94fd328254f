"""The Pain map in a real browser: modes, a region, play without the server, filter, table, download, axe-core."""

import csv
import io
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e import course_clock
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    PHYSICIAN,
    Open,
    box,
    choose_period,
    click,
    expect_no_scrolling_sideways,
    find,
    go_to,
    press_button,
    reload,
    sign_in,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD = "FB-00002"


def pain_map(page: Page, record: str = RECORD, period: str = "3 months") -> Page:
    sign_in(page, PHYSICIAN)
    find(page, record)
    choose_period(page, period)
    go_to(page, "Pain map")
    expect(page.get_by_text("What changed:")).to_be_visible()
    expect(large(page).locator("svg[role=listbox]")).to_be_visible()
    return page


def large(page: Page) -> Locator:
    return page.locator(".st-key-pain_map_large")


def mode(page: Page, name: str) -> None:
    click(large(page).get_by_role("radio", name=name, exact=True))


def titled(page: Page, title: str) -> None:
    expect(large(page).locator("svg[role=listbox]")).to_have_attribute("aria-label", re.compile(f"^{title}"))


def test_where_it_hurts_and_what_changed_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url))
    for part in (page.locator(".lead"), large(page).locator("svg[role=listbox]"), page.get_by_text("Difference:")):
        place = box(part.first)
        assert place["y"] + place["height"] <= 900
    expect_no_scrolling_sideways(page)


def test_each_mode_is_one_click_and_a_region_gets_its_own_panel(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url))
    for name, title in (
        ("Worst", "Worst pain"),
        ("How often", "How often it hurt"),
        ("Change", "Change in typical pain"),
        ("Latest", "Latest map"),
        ("Typical", "Typical pain"),
    ):
        mode(page, name)
        titled(page, title)
    click(large(page).locator(".area[aria-label*='typically']").first)
    expect(page.get_by_text("Pain here")).to_be_visible()
    press_button(page, "Show whole body")
    expect(page.get_by_text("Pain here")).to_have_count(0)


def test_a_click_on_one_map_takes_away_the_selection_of_another(served: Served, open_page: Open) -> None:
    """The chart follows one selection, so no second 'Selected' may stand beside it."""
    page = pain_map(open_page(served.url))
    beside = page.locator(".st-key-pain_map_beside").locator("svg[role=listbox]").last
    painful = re.compile("lower back, (?!no pain)")
    large(page).get_by_role("option", name=painful).first.click()
    expect(page.get_by_text(re.compile("^Selected:"))).to_have_count(1)
    click(beside.get_by_role("option", name=painful).first)
    expect(page.locator(".st-key-pain_map_beside").get_by_text(re.compile("^Selected:"))).to_have_count(1)
    expect(large(page).get_by_text(re.compile("^Selected:"))).to_have_count(0)


def test_it_is_worked_by_keyboard_alone(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url))
    large(page).locator(".area[tabindex='0']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Pain here")).to_be_visible()
    still(page)
    page.locator(".lead").focus()
    page.keyboard.press("Enter")
    evidence = page.get_by_role("dialog", name="Evidence: What changed on the map")
    expect(evidence).to_contain_text("Rests on")
    page.keyboard.press("Escape")
    expect(evidence).to_be_hidden()


def test_a_course_plays_and_steps_without_asking_the_server(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url), period="4 weeks")
    asked: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: asked.append(sent)))
    reload(page)
    expect(page.get_by_text("What changed:")).to_be_visible()
    assert asked, "what is sent is seen"
    mode(page, "Play")
    slider = large(page).get_by_role("slider", name="Step")
    expect(slider).to_be_visible()
    expect(large(page).locator(".line")).to_contain_text("day")
    still(page)
    course_clock.stop(page)
    asked.clear()
    last = slider.input_value()
    large(page).get_by_role("button", name="One step back").click()
    expect(slider).not_to_have_value(last)
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_value("0")
    large(page).get_by_role("button", name="Play").last.click()
    course_clock.step(page)
    expect(slider).to_have_value("1")
    large(page).get_by_role("button", name="Pause").click()
    assert asked == []


def test_a_quality_filters_map_and_table_and_says_so(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url))
    rows = page.locator(".st-key-pain_map_regions tbody tr")
    expect(rows.first).to_be_visible()
    everything = rows.count()
    page.get_by_role("button", name="Quality and depth").click()
    option = page.get_by_role("button", name=re.compile(r"^burning \(")).or_(
        page.get_by_role("checkbox", name=re.compile(r"^burning \("))
    )
    click(option.first)
    expect(page.locator(".lead")).to_contain_text("Only marks that are burning.")
    expect(option.first).to_be_visible()
    expect(rows).not_to_have_count(everything)
    still(page)
    assert rows.count() < everything


def test_the_table_is_sorted_by_its_headings(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url))
    table = page.locator(".st-key-pain_map_regions table")
    heading = table.get_by_role("columnheader", name="Days it hurt")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    days = [
        int(text.split(" of ")[0].replace(",", "")) for text in table.locator("tbody td:nth-child(7)").all_inner_texts()
    ]
    assert days == sorted(days, reverse=True)
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")


def test_the_table_is_downloaded_without_an_address_and_listed_on_share(served: Served, open_page: Open) -> None:
    page = pain_map(open_page(served.url))
    with page.expect_download() as download:
        press_button(page, "Download table (CSV)")
    assert download.value.url.startswith("blob:")
    assert download.value.suggested_filename.startswith(f"pain-map-{RECORD}-")
    table = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert len(table) == 74
    go_to(page, "Share")
    expect(page.get_by_role("heading", name=re.compile(r"Made for this patient \([1-9]"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_serious(served: Served, open_page: Open, scheme: str, phone: bool) -> None:
    options = {"viewport": PHONE, "has_touch": True} if phone else {}
    page = pain_map(open_page(served.url, color_scheme=scheme, **options))
    assert axe.serious(page, ".stMain") == []
    expect_no_scrolling_sideways(page)
