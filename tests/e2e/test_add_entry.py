"""Adding an entry in a real browser: by keys alone, by finger, and nothing of it is lost or doubled."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.serving import Served, free_port, start

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHYSIO = "Milo Invented"
SAVED = re.compile(r"Draft saved \d\d:\d\d:\d\d")
ENTERED = re.compile(r"Entry saved: ")


def status(page: Page) -> Locator:
    return page.locator(".entry .status")


def answer(page: Page, question: str, words: str) -> Locator:
    """The button with those words of that question."""
    return page.locator(f'[data-question="{question}"]').get_by_role("radio", name=words, exact=True)


def said(page: Page, question: str) -> Locator:
    return page.locator(f'[data-question="{question}"] .said')


def region(page: Page, label: str) -> Locator:
    return page.locator(f'.area[aria-label^="{label}"]')


def add_entry(page: Page, record_number: str) -> Page:
    page.get_by_role("button", name=PHYSIO).click()
    if page.get_by_test_id("stExpandSidebarButton").is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("combobox", name="Search patients").press_sequentially(record_number)
    page.get_by_role("option", name=re.compile(record_number)).click()
    expect(page).to_have_url(re.compile(r"summary\?p="))
    page.goto(page.url.replace("/summary?", "/add_entry?"))
    return ready(page)


def ready(page: Page) -> Page:
    expect(page.get_by_role("button", name=re.compile("Save (entry|correction)"))).to_be_visible()
    expect(page.locator(".area").first).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """The question, or else the class or name, of what has the focus, through every component."""
    found: str = page.evaluate("""() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.closest("[data-question]")?.dataset.question ?? at?.getAttribute("class") ?? "";
    }""")
    return found


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(80):
        if focused(page) == wanted:
            return
        press(page, "Tab")
    raise AssertionError(f"no way to {wanted} by Tab alone")


def test_keys_alone_fill_in_and_save_an_entry_in_less_than_a_minute(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00003")
    began = time.perf_counter()
    tab_to(page, "area")
    press(page, "6")
    tab_to(page, "pain")
    press(page, "7", "Tab", "y", "Tab", "1", "0", "Tab", "ArrowRight", "ArrowRight", "Tab", "6", ".", "5")
    tab_to(page, "sleep_quality")
    press(page, "4", "Delete", "Tab", "3", "Tab", "8")
    tab_to(page, "relief")
    press(page, "ArrowRight", "Space")
    tab_to(page, "weather")
    press(page, "Space")
    tab_to(page, "note")
    page.keyboard.type("By keys alone.")
    for question, words in {
        "pain": "7 of 10", "flare": "Yes", "fatigue": "10 of 10", "interference": "1 of 10", "sleep_hours": "6.5 hours",
        "sleep_quality": "not answered", "stress": "3 of 10", "mood": "8 of 10", "activity": "not answered",
        "relief": "1 chosen", "weather": "1 chosen",
    }.items():  # fmt: skip
        expect(said(page, question)).to_have_text(words)
    expect(page.locator(".map")).to_contain_text("1 region marked")
    tab_to(page, "save")
    press(page, "Enter")
    expect(status(page)).to_have_text(ENTERED)
    assert time.perf_counter() - began < 60
    top = page.locator(".st-key-entries_list")
    expect(top).to_contain_text(
        "pain 7 · flare: yes · fatigue 10 · gets in the way 1 · sleep 6.5 h · stress 3 · mood 8"
    )
    expect(top).to_contain_text("1 region · helped: heat · weather: cold")
    expect(top).to_contain_text(f"entered by {PHYSIO}")
    expect(said(page, "pain")).to_have_text("not answered")
    expect(page.locator(".map")).to_contain_text("Body map: not filled in")


def test_a_finger_fills_in_an_entry_on_a_telephone_in_less_than_a_minute(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url, viewport=PHONE, has_touch=True, is_mobile=True), "FB-00004")
    began = time.perf_counter()
    page.get_by_role("button", name=re.compile("Copy ")).tap()
    expect(page.locator(".map")).to_contain_text("marked")
    region(page, "Left chest").first.tap()
    page.locator(".body-map").get_by_role("radio", name="pain 6 of 10").tap()
    for question, words in (
        ("pain", "6"), ("flare", "No"), ("fatigue", "5"), ("interference", "4"), ("sleep_hours", "7 hours"),
        ("sleep_quality", "6"), ("stress", "3"), ("mood", "7"), ("stiffness_minutes", "30 minutes"), ("activity", "5"),
        ("sensitivity", "2"), ("tenderness", "0, not at all"),
    ):  # fmt: skip
        answer(page, question, words).tap()
    for words in ("heat", "walking", "damp"):
        page.get_by_role("button", name=words, exact=True).tap()
    page.locator("[data-question='note'] textarea").fill("Felt better after the walk.")
    page.get_by_role("button", name="Save entry").tap()
    expect(status(page)).to_have_text(ENTERED)
    assert time.perf_counter() - began < 60
    top = page.locator(".st-key-entries_list")
    for words in ("pain 6 · flare: no", "tender 0", "helped: heat, walking", "weather: damp", "after the walk."):
        expect(top).to_contain_text(words)


def test_what_a_finger_presses_on_the_form_is_large_enough(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url, viewport=PHONE, has_touch=True, is_mobile=True), "FB-00004")
    for button in page.locator(".entry button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, button.text_content()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"], button.text_content()


def test_an_unfinished_entry_is_there_again_after_a_reload(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00005")
    answer(page, "pain", "0, none").click()
    page.locator("[data-question='note'] textarea").fill("Half")
    region(page, "Left knee").first.click()
    expect(page.locator(".map")).to_contain_text("1 region marked")
    expect(status(page)).to_have_text(SAVED)
    page.reload()
    ready(page)
    expect(said(page, "pain")).to_have_text("0 of 10")
    expect(said(page, "fatigue")).to_have_text("not answered")
    expect(page.locator("[data-question='note'] textarea")).to_have_value("Half")
    expect(page.locator(".map")).to_contain_text("1 region marked")
    page.get_by_role("button", name="Discard", exact=True).click()
    page.get_by_role("button", name="Discard it").click()
    expect(said(page, "pain")).to_have_text("not answered")
    expect(page.locator(".map")).to_contain_text("not filled in")


def test_what_was_answered_while_the_server_was_down_is_saved_when_it_is_back(
    clinic_today: Path, open_page: Open, tmp_path: Path
) -> None:
    database, port = tmp_path / "clinic.db", free_port()
    database.write_bytes(clinic_today.read_bytes())
    first = start(f"sqlite:///{database}", tmp_path / "first.log", port)
    page = add_entry(open_page(first.url), "FB-00006")
    answer(page, "pain", "4").click()
    expect(status(page)).to_have_text(SAVED)
    first.process.kill()
    first.process.wait()
    answer(page, "stress", "8").click()
    region(page, "Left knee").first.click()
    expect(status(page)).to_contain_text("Not saved yet")
    second = start(f"sqlite:///{database}", tmp_path / "second.log", port)
    try:
        page.get_by_role("button", name=PHYSIO).click(timeout=40_000)
        ready(page)
        expect(said(page, "stress")).to_have_text("8 of 10")
        expect(status(page)).to_have_text(SAVED)
        expect(region(page, "Left knee").first).to_have_attribute("aria-selected", "true")
        page.reload()
        ready(page)
        expect(said(page, "pain")).to_have_text("4 of 10")
        expect(said(page, "stress")).to_have_text("8 of 10")
        expect(page.locator(".map")).to_contain_text("1 region marked")
    finally:
        second.process.kill()
        second.process.wait()


def test_answers_of_a_lost_connection_are_sent_again_with_the_map(served: Served, open_page: Open) -> None:
    page = open_page("about:blank")
    cut: list[bool] = []

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(lambda message: None if cut else server.send(message))

    page.route_web_socket(re.compile("_stcore/stream"), line)
    page.goto(served.url)
    add_entry(page, "FB-00009")
    cut.append(True)  # from here on nothing reaches the server
    region(page, "Left knee").first.click()
    answer(page, "pain", "5").click()
    expect(status(page)).to_contain_text("Not saved yet")
    cut.clear()
    expect(status(page)).to_have_text(SAVED)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    expect(said(other, "pain")).to_have_text("5 of 10")
    expect(other.locator(".map")).to_contain_text("1 region marked")


def entries_listed(page: Page, words: str) -> Locator:
    return page.locator(".st-key-entries_list [data-testid='stMarkdownContainer']").filter(has_text=words)


def test_a_double_click_and_a_second_window_add_one_entry(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00007")
    answer(page, "pain", "9").click()
    answer(page, "stress", "9").click()
    expect(status(page)).to_have_text(SAVED)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    expect(said(other, "pain")).to_have_text("9 of 10")
    page.get_by_role("button", name="Save entry").dblclick()
    expect(status(page)).to_have_text(ENTERED)
    other.get_by_role("button", name="Save entry").click()
    expect(status(other)).to_contain_text("saved already")
    expect(entries_listed(other, "pain 9 · stress 9")).to_have_count(1)


def test_two_windows_put_their_answers_together_and_ask_where_both_gave_one(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00008")
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    answer(page, "pain", "3").click()
    expect(status(page)).to_have_text(SAVED)
    answer(other, "stress", "5").click()
    expect(said(other, "pain")).to_have_text("3 of 10")
    answer(page, "stress", "6").click()
    expect(page.get_by_text("Answered differently in another window: Stress.")).to_be_visible()
    page.get_by_role("button", name="Take the other window's").click()
    expect(said(page, "stress")).to_have_text("5 of 10")


def test_an_entry_is_corrected_with_a_reason_and_withdrawn_and_both_stay_in_the_list(
    served: Served, open_page: Open
) -> None:
    page = add_entry(open_page(served.url), "FB-00012")
    answer(page, "pain", "8").click()
    page.get_by_role("button", name="Save entry").click()
    expect(status(page)).to_have_text(ENTERED)

    page.get_by_role("button", name="Correct", exact=True).first.click()
    expect(page.get_by_text("Correcting the entry of")).to_be_visible()
    expect(said(page, "pain")).to_have_text("8 of 10")
    answer(page, "pain", "2").click()
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text("A correction needs a reason.")).to_be_visible()
    page.locator("[data-question='reason'] textarea").fill("misheard")
    page.get_by_role("button", name="Save correction").click()
    expect(page.get_by_text(re.compile("Correction saved: "))).to_be_visible()
    expect(page.locator(".st-key-entries_list")).to_contain_text(re.compile(rf"Corrected by {PHYSIO}, .*: misheard"))

    page.get_by_role("button", name="Withdraw …").first.click()
    page.get_by_label("Why (required, stays with the entry)").fill("of somebody else")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.locator(".st-key-entries_list")).to_contain_text(re.compile(rf"Withdrawn by {PHYSIO}, .*: of somebody"))


def test_an_entry_of_a_time_to_come_is_refused_and_nothing_is_lost(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00013")
    answer(page, "pain", "5").click()
    page.get_by_label("Day", exact=True).fill("2199-01-01")
    page.get_by_role("button", name="Save entry").click()
    expect(page.get_by_text("This moment lies in the future.")).to_be_visible()
    expect(said(page, "pain")).to_have_text("5 of 10")


def test_the_last_answer_before_another_page_is_opened_is_on_the_server(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00014")
    address = page.url
    answer(page, "pain", "5").click()
    page.get_by_role("link", name="Summary", exact=True).click()
    expect(page).to_have_url(re.compile(r"summary\?p="))
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    expect(said(other, "pain")).to_have_text("5 of 10")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(served: Served, open_page: Open, scheme: str) -> None:
    for options in ({}, {"viewport": PHONE, "has_touch": True}):
        page = add_entry(open_page(served.url, color_scheme=scheme, **options), "FB-00015")
        answer(page, "pain", "5").click()
        expect(status(page)).to_have_text(SAVED)
        assert axe.serious(page, ".stMain") == []


def test_maps_changed_in_two_windows_are_both_kept_until_one_is_chosen(served: Served, open_page: Open) -> None:
    page = add_entry(open_page(served.url), "FB-00016")
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    region(page, "Left knee").first.click()
    expect(status(page)).to_have_text(SAVED)
    region(other, "Right knee").first.click()
    expect(other.get_by_text("The body map was changed in another window too.")).to_be_visible()
    expect(other.locator(".map")).to_contain_text("1 region marked")
    other.get_by_role("button", name="Keep this map").click()
    expect(status(other)).to_have_text(SAVED)
    page.reload()
    ready(page)
    expect(region(page, "Right knee").first).to_have_attribute("aria-selected", "true")
