"""Earlier locations, differences and courses on the body map, in a real Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e import course_clock
from tests.e2e.conftest import PHONE
from tests.e2e.lone_page import lone_page
from tests.e2e.steps import Open, click, expect_no_scrolling_sideways, still

pytestmark = pytest.mark.browser
MODES = ("show", "difference", "play")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page with one mode of the map is served; the mode comes behind it."""
    with lone_page(Path(__file__).parent / "body_map_page.py") as url:
        yield f"{url}/?mode="


def ready(page: Page) -> Page:
    expect(page.locator(".area")).to_have_count(74)
    still(page)
    return page


def region(page: Page, label: str) -> Locator:
    return page.locator(f'.area[aria-label^="{label}"]')


def test_a_location_that_hurt_earlier_is_faint_and_says_so(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}show"))
    expect(region(page, "Right knee")).to_have_attribute(
        "aria-label", "Right knee, front, no pain marked, hurt earlier"
    )
    expect(page.locator(".border.ghost")).to_have_count(1)
    expect(page.get_by_text("faint: hurt earlier")).to_be_visible()
    page.get_by_text("Ghosts").click()
    expect(page.locator(".border.ghost")).to_have_count(0)


def test_each_kind_of_difference_has_a_sign_and_words(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}difference"))
    expect(page.locator(".numbers text").filter(has_text=re.compile("."))).to_have_count(5)
    signs = [text for text in page.locator(".numbers text").all_text_contents() if text]
    assert sorted(signs) == sorted(["+", "▲", "=", "▼", "×"])
    expect(page.locator(".legend .step")).to_have_text(["+ new", "▲ stronger", "= unchanged", "▼ weaker", "× gone"])
    region(page, "Left calf").click()
    expect(page.locator(".card")).to_have_text("Left calfnew: typically 5 of 10 now, no pain before")
    expect(page.get_by_text("chosen: b_calf_l", exact=True)).to_be_visible()


def test_a_course_begins_with_its_last_step_and_keeps_earlier_locations(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}play"))
    expect(page.locator(".line")).to_have_text("Week 5 · 3 days with a map · 2 regions in pain")
    expect(region(page, "Left chest")).to_have_attribute(
        "aria-label", "Left chest and breast, no pain marked, hurt last in: Week 4"
    )
    expect(page.locator(".border.ghost.old")).to_have_count(1)


def test_a_step_without_a_map_is_missing_not_free_of_pain(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}play"))
    page.get_by_role("slider").focus()
    for key in ("ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".line")).to_have_text("Week 3 · No body map in this step")
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "3 of 5: Week 3 · No body map in this step")
    expect(page.locator(".body-map.empty")).to_be_visible()
    expect(region(page, "Left calf")).to_have_attribute("aria-label", "Left calf, No body map in this step")


def test_a_course_plays_to_its_end_without_asking_the_server(address: str, open_page: Open) -> None:
    page = open_page("about:blank")
    asked: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(len(frame))))
    page.goto(f"{address}play")
    ready(page)
    course_clock.stop(page)
    asked.clear()
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".line")).to_contain_text("Week 1")
    course_clock.step(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    course_clock.step(page)
    expect(page.locator(".line")).to_contain_text("Week 2")
    page.get_by_role("button", name="Play").click()
    course_clock.step(page, 3)
    expect(page.locator(".line")).to_contain_text("Week 5")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.get_by_role("button", name="One step back").click()
    expect(page.locator(".line")).to_contain_text("Week 4")
    expect(page.locator(".live")).to_contain_text("Week 4")
    assert asked == []


def test_a_course_plays_on_while_the_page_is_drawn_again(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}play"))
    course_clock.stop(page)
    page.get_by_role("button", name="Play").click()
    click(page.get_by_role("button", name="Again"))
    expect(page.get_by_text("runs: 1")).to_be_visible()
    still(page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    course_clock.step(page, 4)
    expect(page.locator(".line")).to_contain_text("Week 5")


def test_words_of_the_data_are_never_markup(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}hostile"))
    expect(page.locator(".line")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".body-map img").count() == 0


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(address: str, open_page: Open, mode: str, scheme: str) -> None:
    for options in ({}, {"viewport": PHONE, "has_touch": True}):
        page = ready(open_page(f"{address}{mode}", color_scheme=scheme, **options))
        assert axe.serious(page) == []
        expect_no_scrolling_sideways(page)
