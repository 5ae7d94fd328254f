"""The body map and the day tiles in a real Chromium: mouse, keys, touch, both themes, and what goes over the wire."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.lone_page import lone_page
from tests.e2e.steps import Open, box, expect_no_scrolling_sideways, still

pytestmark = pytest.mark.browser
PAGE = Path(__file__).parent / "figure_page.py"
FOCUSED = """() => {
    let at = document.activeElement;
    while (at.shadowRoot) at = at.shadowRoot.activeElement;
    return at.getAttribute("aria-label");
}"""
KEEP_A_REGION = """() => {
    const roots = [...document.querySelectorAll("*")].map((element) => element.shadowRoot);
    window.kept = roots.map((root) => root?.querySelector(".area")).find(Boolean);
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page with the two components is served."""
    with lone_page(PAGE) as url:
        yield url


def ready(page: Page) -> Page:
    expect(page.locator(".tile")).to_have_count(28)
    expect(page.locator(".area")).to_have_count(74)
    still(page)
    return page


def region(page: Page, label: str) -> Locator:
    return page.locator(f'.area[aria-label^="{label}"]')


def test_every_region_speaks_its_name_and_value(address: str, open_page: Open) -> None:
    page = ready(open_page(address))
    expect(region(page, "Left calf")).to_have_attribute(
        "aria-label", "Left calf, typically 10 of 10, hurt on 5 of 23 days with a map"
    )
    expect(region(page, "Right calf")).to_have_attribute("aria-label", "Right calf, no pain marked")
    expect(page.locator(".area[tabindex='0']")).to_have_count(1)
    expect(page.get_by_role("listbox")).to_have_attribute("aria-multiselectable", "true")


def test_the_mouse_shows_a_card_and_selects_one_and_then_another(address: str, open_page: Open) -> None:
    page = ready(open_page(address))
    region(page, "Left calf").hover()
    expect(page.locator(".body-map .card")).to_have_text("Left calftypically 10 of 10hurt on 5 of 23 days with a map")
    region(page, "Left calf").click()
    expect(page.get_by_text("chosen: b_calf_l", exact=True)).to_be_visible()
    region(page, "Left thigh, back").click()
    expect(page.get_by_text("chosen: b_calf_l b_thigh_l", exact=True)).to_be_visible()
    expect(region(page, "Left calf")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Clear selection").click()
    expect(page.get_by_text("chosen: none", exact=True)).to_be_visible()


def test_keys_alone_reach_a_region_and_select_it(address: str, open_page: Open) -> None:
    page = ready(open_page(address))
    page.locator(".area[tabindex='0']").focus()
    page.keyboard.press("End")
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    focused = str(page.evaluate(FOCUSED))
    assert "Right calf" not in focused
    assert "back of knee" in focused
    page.keyboard.press("Enter")
    expect(page.locator("[aria-selected='true']")).to_have_attribute("aria-label", focused)
    page.keyboard.press(" ")
    expect(page.locator("[aria-selected='true']")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".body-map .card")).to_be_hidden()


def test_a_change_of_mode_repaints_the_same_drawing_in_a_small_message(address: str, open_page: Open) -> None:
    page = open_page("about:blank")
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(address)
    ready(page)
    page.evaluate(KEEP_A_REGION)
    received.clear()
    page.get_by_text("how often", exact=True).click()
    expect(page.locator(".numbers text", has_text="52").first).to_be_visible()
    still(page)
    assert sum(received) < 20_000
    assert page.evaluate("window.kept.isConnected")
    page.get_by_text("nothing", exact=True).click()
    expect(page.get_by_text("No body map in this period")).to_be_visible()


def test_geometry_travels_once_as_a_file(address: str, open_page: Open) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    ready(page)
    page.get_by_text("how often", exact=True).click()
    expect(page.locator(".numbers text", has_text="52").first).to_be_visible()
    assert len([url for url in asked if url.endswith("figure.json")]) == 1


def test_a_page_can_replace_the_selection(address: str, open_page: Open) -> None:
    page = ready(open_page(address))
    region(page, "Left calf").click()
    expect(page.get_by_text("chosen: b_calf_l", exact=True)).to_be_visible()
    page.get_by_text("Page asks for the knee").click()
    expect(page.get_by_text("chosen: f_knee_l", exact=True)).to_be_visible()
    expect(page.locator("[aria-selected='true']")).to_have_count(1)
    region(page, "Left calf").click()
    expect(page.get_by_text("chosen: f_knee_l b_calf_l", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_touch_on_a_phone_selects_a_region_and_a_day(address: str, open_page: Open, scheme: str) -> None:
    page = ready(open_page(address, viewport=PHONE, has_touch=True, color_scheme=scheme))
    region(page, "Left calf").tap()
    expect(page.get_by_text("chosen: b_calf_l", exact=True)).to_be_visible()
    page.locator(".tile").nth(1).tap()
    expect(page.get_by_text("day: 2026-10-27", exact=True)).to_be_visible()
    expect_no_scrolling_sideways(page)


def test_tiles_stand_in_two_rows_of_fourteen_and_wrap_on_a_phone(address: str, open_page: Open) -> None:
    wide, phone = ready(open_page(address)), ready(open_page(address, viewport=PHONE))
    assert len(rows(wide)) == 2
    assert len(rows(phone)) == 4


def rows(page: Page) -> set[float]:
    box(page.locator(".tile").last)  # at rest: so are the others
    return {round(place["y"]) for tile in page.locator(".tile").all() if (place := tile.bounding_box())}


def test_keys_walk_the_days_and_return_one(address: str, open_page: Open) -> None:
    page = ready(open_page(address))
    page.locator(".tile[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".day-tiles .card b")).to_have_text("Tuesday 10 November 2026")
    page.keyboard.press("Enter")
    expect(page.get_by_text("day: 2026-11-10", exact=True)).to_be_visible()


def test_days_without_a_log_or_without_a_map_say_so(address: str, open_page: Open) -> None:
    page = ready(open_page(address))
    expect(page.locator(".tile.gap").first).to_have_attribute("aria-label", "Friday 30 October 2026, Not logged")
    expect(page.locator(".tile.nomap").first).to_contain_text("no map")
