"""Filling in a body map in a real Chromium: by keys alone, by touch on a phone, and whatever happens around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.lone_page import lone_page
from tests.e2e.steps import Open, expect_no_scrolling_sideways, still

pytestmark = pytest.mark.browser
LEAST_FINGER, LEAST_TARGET = 44, 24  # px


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page with the map to fill in is served."""
    with lone_page(Path(__file__).parent / "body_map_page.py") as url:
        yield f"{url}/?mode=record"


@pytest.fixture
def desk(address: str, open_page: Open) -> Page:
    """The map on a wide screen."""
    return ready(open_page(address), 74)


@pytest.fixture
def phone(address: str, open_page: Open) -> Page:
    """The map on a phone, which shows one side of the body at a time."""
    return ready(open_page(address, viewport=PHONE, has_touch=True, is_mobile=True), 34)


def ready(page: Page, regions: int) -> Page:
    expect(page.locator(".area")).to_have_count(regions)
    still(page)
    return page


def region(page: Page, label: str) -> Locator:
    return page.locator(f'.area[aria-label^="{label}"]')


def rating(page: Page, score: int) -> Locator:
    return page.get_by_role("radio", name=f"pain {score} of 10", exact=True)


def expect_marks(page: Page, told: str) -> None:
    expect(page.get_by_text(f"marks: {told}", exact=True)).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_keys_alone_fill_in_a_map(desk: Page) -> None:
    desk.locator(".area[tabindex='0']").focus()
    press(desk, "End")  # the last region of the list
    last = str(desk.locator(".area[tabindex='0']").get_attribute("aria-label"))
    press(desk, "6")
    expect(desk.locator("[aria-selected='true']")).to_have_attribute(
        "aria-label", last.replace("no pain marked", "pain 6 of 10")
    )
    press(desk, "Delete")
    region(desk, "Left calf").focus()
    desk.keyboard.type("10")
    press(desk, "ArrowUp", "Enter")
    expect_marks(desk, "b_knee_l 10; b_calf_l 10")
    press(desk, "4", "Shift+ArrowUp")
    expect_marks(desk, "b_thigh_l 4; b_knee_l 4; b_calf_l 10")


def test_enter_on_a_marked_region_leads_to_how_it_feels_and_escape_back(desk: Page) -> None:
    region(desk, "Left calf").focus()
    press(desk, "7", "Enter", "End", " ", "Home", "Enter", "Tab", "ArrowRight", "Enter")
    expect_marks(desk, "b_calf_l 7 aching cramping deep")
    expect(region(desk, "Left calf")).to_have_attribute("aria-label", "Left calf, pain 7 of 10, aching, cramping, deep")
    press(desk, "Escape", "Delete")
    expect_marks(desk, "none")


def test_each_change_is_said_aloud_and_can_be_undone(desk: Page) -> None:
    said = desk.locator(".live")
    region(desk, "Left calf").focus()
    press(desk, "3")
    expect(said).to_have_text("Left calf, pain 3 of 10")
    press(desk, "8")
    press(desk, "Delete")
    expect(said).to_have_text("Left calf, no pain marked")
    press(desk, "Control+z")
    expect_marks(desk, "b_calf_l 8")
    expect(said).to_have_text("Undone")
    desk.get_by_role("button", name="Undo").click()
    expect_marks(desk, "b_calf_l 3")
    desk.get_by_role("button", name="Undo").click()
    expect_marks(desk, "none")
    expect(desk.get_by_role("button", name="Undo")).to_be_disabled()


def test_the_first_tap_asks_how_strong_and_the_next_ones_repeat_it(phone: Page) -> None:
    region(phone, "Left chest").tap()
    expect(phone.locator(".who")).to_have_text("Left chest and breasthurts, intensity not recorded")
    rating(phone, 6).tap()
    region(phone, "Right chest").tap()
    phone.get_by_role("radio", name="Back").tap()
    region(phone, "Left lower back").tap()
    expect_marks(phone, "f_chest_r 6; f_chest_l 6; b_lumbar_l 6")
    expect(phone.get_by_role("radio", name="Front · 2")).to_be_visible()


def test_what_a_finger_presses_is_large_enough(phone: Page) -> None:
    region(phone, "Left chest").tap()
    for button in phone.locator(".body-map button:visible").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= LEAST_FINGER, button.inner_text()
    expect_no_scrolling_sideways(phone)


def test_a_finger_beside_a_small_region_means_the_small_one(phone: Page) -> None:
    boxes = {str(area.get_attribute("aria-label")): area.bounding_box() for area in phone.locator(".area").all()}
    label, box = min(boxes.items(), key=lambda item: item[1]["width"])  # type: ignore[index]
    assert box
    assert box["width"] < LEAST_TARGET
    beside = box["x"] + box["width"] / 2 + (LEAST_TARGET / 2 - 1) * (1 if label.startswith("Left") else -1)
    phone.touchscreen.tap(beside, box["y"] + box["height"] / 2)
    expect(phone.locator("[aria-selected='true']")).to_have_count(1)
    assert str(phone.locator("[aria-selected='true']").get_attribute("aria-label")).startswith(label.split(",")[0])


def test_a_region_with_the_focus_is_never_behind_the_intensities(address: str, open_page: Open) -> None:
    page = ready(open_page(address, viewport={"width": 390, "height": 640}), 34)
    page.locator(".area[tabindex='0']").focus()
    press(page, "End")
    region_box, bar = page.locator(".area[tabindex='0']").bounding_box(), page.locator(".rating").bounding_box()
    assert region_box
    assert bar
    assert region_box["y"] + region_box["height"] <= bar["y"] + 1


def test_arrows_walk_round_the_body_on_a_phone_as_well(phone: Page) -> None:
    region(phone, "Left shin").focus()
    press(phone, "2", "ArrowRight")
    expect(phone.get_by_role("radio", name="Back")).to_be_checked()
    press(phone, "3")
    expect_marks(phone, "f_shin_l 2; b_calf_l 3")


def test_painting_gives_every_region_on_the_way_the_same(desk: Page) -> None:
    desk.get_by_role("button", name="Paint several").click()
    rating(desk, 3).click()
    desk.get_by_role("button", name="burning").click()
    start, end = region(desk, "Left chest").bounding_box(), region(desk, "Left thigh, front").bounding_box()
    assert start
    assert end
    desk.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=20)
    desk.mouse.up()
    expect(desk.get_by_text("marks: f_chest_l 3 burning; f_abdomen_l 3 burning")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect_marks(desk, "none")


def test_marks_survive_reruns_and_a_page_can_replace_them(desk: Page) -> None:
    region(desk, "Left calf").click()
    rating(desk, 5).click()
    desk.get_by_text("Something else").click()
    expect_marks(desk, "b_calf_l 5")
    desk.get_by_role("button", name="Copy yesterday").click()
    expect_marks(desk, "f_chest_l None; b_lumbar_l 6 burning stiff deep")
    expect(desk.locator("[aria-selected='true']")).to_have_count(2)
    desk.get_by_role("button", name="Undo").click()
    expect_marks(desk, "b_calf_l 5")


def test_a_mark_made_right_before_saving_is_saved(desk: Page) -> None:
    region(desk, "Left calf").click()
    rating(desk, 9).click()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("saved: b_calf_l 9", exact=True)).to_be_visible()


def test_without_colours_of_its_own_the_region_in_hand_is_still_outlined(desk: Page) -> None:
    desk.emulate_media(forced_colors="active")
    region(desk, "Left calf").click()
    rating(desk, 9).click()
    outlined = desk.locator(".mark.chosen")
    expect(outlined).to_have_count(1)
    assert outlined.evaluate("mark => getComputedStyle(mark).stroke") != "none"
    assert rating(desk, 9).evaluate("button => getComputedStyle(button).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(address: str, open_page: Open, scheme: str) -> None:
    for options, regions in (({}, 74), ({"viewport": PHONE, "has_touch": True}, 34)):
        page = ready(open_page(address, color_scheme=scheme, **options), regions)
        assert axe.serious(page) == []
        region(page, "Left chest").click()
        rating(page, 6).click()
        page.get_by_role("button", name="Paint several").click()
        assert axe.serious(page) == []
