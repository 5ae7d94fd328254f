"""What ends with an entry, what a hasty or doubled press does, and what is asked before anything goes on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.e2e.conftest import PHONE
from tests.e2e.test_add_entry import (
    ENTERED,
    PHYSIO,
    SAVED,
    add_entry,
    answer,
    entries_listed,
    press,
    ready,
    region,
    said,
    status,
    tab_to,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SAVED_ELSEWHERE = "saved already, from another window"


def map_words(page: Page) -> Locator:
    return page.locator(".entry .map")


def rate(page: Page, score: int) -> None:
    page.locator(".body-map").get_by_role("radio", name=f"pain {score} of 10", exact=True).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save entry").click()


def second_window(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    return ready(other)


def test_intensity_and_undo_end_with_the_entry(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00003")
    region(page, "Left knee").first.click()
    rate(page, 8)
    expect(map_words(page)).to_contain_text("1 region marked")
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.locator(".who b")).to_have_text("Choose where it hurts")
    region(page, "Right elbow").first.click()
    expect(page.locator(".body-map .who")).to_contain_text("intensity not recorded")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.locator(".area[aria-selected='true']")).to_have_count(0)


def test_a_region_tapped_while_the_entry_is_saved_goes_nowhere(served: Served, open_page: Open) -> None:
    page = open_page("about:blank")
    waiting: list[tuple[WebSocketRoute, str | bytes]] = []
    slow: list[bool] = []

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(lambda message: waiting.append((server, message)) if slow else server.send(message))

    page.route_web_socket(re.compile("_stcore/stream"), line)
    page.goto(served.url)
    add_entry(page, "FB-00004")
    answer(page, "pain", "5").click()
    expect(status(page)).to_have_text(SAVED)
    slow.append(True)
    save(page)
    expect(status(page)).to_have_text("Saving entry …")
    region(page, "Left knee").first.click(force=True)
    expect(page.locator(".area[aria-selected='true']")).to_have_count(0)
    slow.clear()
    for server, message in waiting:
        server.send(message)
    expect(status(page)).to_have_text(ENTERED)
    region(page, "Left knee").first.click()
    expect(map_words(page)).to_contain_text("1 region marked")


@pytest.mark.parametrize(("record", "choice"), [("FB-00005", "Keep it as another entry"), ("FB-00006", "Drop it")])
def test_a_mark_in_an_entry_saved_from_another_window_is_asked_about(
    served: Served, open_page: Open, record: str, choice: str
) -> None:
    page = add_entry(open_page(served.url), record)
    answer(page, "pain", "9").click()
    expect(status(page)).to_have_text(SAVED)
    other = second_window(page)
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    region(other, "Left knee").first.click()
    expect(other.locator(".entry .problem")).to_contain_text(SAVED_ELSEWHERE)
    expect(said(other, "pain")).to_have_text("9 of 10")
    expect(map_words(other)).to_contain_text("1 region marked")
    other.get_by_role("button", name=choice).click()
    kept = choice.startswith("Keep")
    expect(said(other, "pain")).to_have_text("9 of 10" if kept else "not answered")
    expect(map_words(other)).to_contain_text("1 region marked" if kept else "not filled in")
    expect(status(other)).to_have_text(SAVED if kept else "What you fill in saves itself as a draft.")
    expect(other.locator(".area[aria-selected='true']")).to_have_count(1 if kept else 0)


def test_an_answer_saved_with_an_entry_of_another_window_is_asked_about_too(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00007")
    region(page, "Left knee").first.click()
    expect(map_words(page)).to_contain_text("1 region marked")
    expect(status(page)).to_have_text(SAVED)
    other = second_window(page)
    save(page)
    expect(status(page)).to_have_text(ENTERED)
    answer(other, "stress", "3").click()
    save(other)
    expect(other.locator(".entry .problem")).to_contain_text(SAVED_ELSEWHERE)
    other.get_by_role("button", name="Keep it as another entry").click()
    expect(status(other)).to_have_text(SAVED)
    expect(said(other, "stress")).to_have_text("3 of 10")
    expect(map_words(other)).to_contain_text("1 region marked")


def test_on_a_telephone_the_patient_is_named_at_save(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url, viewport=PHONE, has_touch=True, is_mobile=True), "FB-00008")
    page.locator("[data-question='mood']").scroll_into_view_if_needed()
    expect(page.locator(".entry .foot .who")).to_contain_text(re.compile(r"\w+, \w+ · FB-00008"))
    expect(page.locator(".entry .foot .who")).to_be_in_viewport()


def test_a_double_press_is_one_and_a_later_one_takes_the_answer_back(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00009")
    answer(page, "pain", "6").dblclick()
    page.get_by_role("button", name="walking", exact=True).dblclick()
    page.get_by_role("button", name="No pain anywhere").dblclick()
    expect(said(page, "pain")).to_have_text("6 of 10")
    expect(said(page, "relief")).to_have_text("1 chosen")
    expect(page.get_by_role("button", name="No pain anywhere")).to_have_attribute("aria-pressed", "true")
    expect(status(page)).to_have_text(SAVED)  # later than a double press
    answer(page, "pain", "6").click()
    expect(said(page, "pain")).to_have_text("not answered")


def test_arrows_scroll_after_the_mouse_and_choose_aloud_after_the_tab_key(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00012")
    answer(page, "pain", "6").click()
    press(page, "ArrowDown", "ArrowRight")
    expect(said(page, "pain")).to_have_text("6 of 10")
    tab_to(page, "fatigue")
    expect(said(page, "fatigue")).to_have_attribute("aria-live", "polite")
    press(page, "ArrowRight")
    expect(said(page, "fatigue")).to_have_text("0 of 10")


def test_no_pain_anywhere_beside_a_pain_is_asked_about_once(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00013")
    page.get_by_role("button", name="No pain anywhere").click()
    answer(page, "pain", "8").click()
    save(page)
    expect(page.locator(".entry .problem")).to_contain_text("Nothing was saved yet.")
    page.get_by_role("button", name="Both are right: save").click()
    expect(status(page)).to_have_text(ENTERED)
    expect(entries_listed(page, "no pain anywhere").first).to_be_visible()


def test_a_region_rated_zero_is_no_region_in_pain(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00014")
    region(page, "Left knee").first.click()
    press(page, "0")
    expect(map_words(page)).to_contain_text("1 region rated 0")
    region(page, "Right elbow").first.click()
    rate(page, 4)
    expect(map_words(page)).to_contain_text("1 region marked, 1 rated 0")


def test_an_answer_after_signing_out_elsewhere_is_kept_and_said_to_be(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00015")
    answer(page, "pain", "4").click()
    expect(status(page)).to_have_text(SAVED)
    second_window(page).get_by_role("button", name="Sign out").click()
    answer(page, "stress", "8").click()
    expect(page.get_by_text("Not saved yet: your last answers on Add entry.")).to_be_visible()
    page.get_by_role("button", name=PHYSIO).click()
    ready(page)
    expect(said(page, "stress")).to_have_text("8 of 10")
    expect(status(page)).to_have_text(SAVED)
    expect(page.get_by_text("Not saved yet: your last answers on Add entry.")).to_have_count(0)
