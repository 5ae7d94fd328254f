"""My work in a real browser: done and taken back, overtaken by a second person, each line to its page, keys, axe."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    PHYSICIAN,
    Open,
    arrived,
    box,
    click,
    expect_no_scrolling_sideways,
    go_to,
    press_button,
    reload,
    sign_in,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser


def my_work(page: Page) -> Page:
    sign_in(page, PHYSICIAN)
    go_to(page, "My work")
    expect(part(page, "actions")).to_be_visible()
    return page


def part(page: Page, name: str) -> Locator:
    return page.locator(f"section.{name}")


def line(page: Page, key: str) -> Locator:
    return page.locator(f'.row[data-key="{key}"]')


def first(page: Page, name: str) -> str:
    """What names the first line of that list."""
    return part(page, name).locator(".row").first.get_attribute("data-key") or ""


def test_an_action_is_marked_as_done_and_taken_back(served: Served, open_page: Open) -> None:
    page = my_work(open_page(served.url))
    action = first(page, "actions")
    title = line(page, action).locator(".said").inner_text()
    click(line(page, action).get_by_role("button", name="Mark as done"))
    expect(page.locator(".st-key-my_work_told")).to_contain_text(f"Done: {title}")
    expect(line(page, action)).to_have_count(0)
    press_button(page, "Undo")
    expect(line(page, action)).to_be_visible()
    reload(page)
    expect(line(page, action)).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_whoever_is_second_is_told_who_was_first(served: Served, open_page: Open) -> None:
    mine, other = (my_work(open_page(served.url)) for _ in range(2))
    action = first(mine, "actions")
    title = line(mine, action).locator(".said").inner_text()
    click(line(other, action).get_by_role("button", name="Mark as done"))
    expect(line(other, action)).to_have_count(0)
    click(line(mine, action).get_by_role("button", name="Mark as done"))
    told = mine.locator(".st-key-my_work_told")
    expect(told).to_contain_text(f"{title} was changed by {PHYSICIAN} meanwhile")
    expect(told).to_contain_text("It is done now")
    expect(line(mine, action)).to_have_count(0)
    press_button(other, "Undo")
    expect(line(other, action)).to_be_visible()


def test_a_note_to_countersign_opens_on_the_care_plan(served: Served, open_page: Open) -> None:
    page = my_work(open_page(served.url))
    note = line(page, first(page, "cosigns"))
    author = note.locator(".said").inner_text().split(" · ")[1]
    name = note.locator("a.open").inner_text()
    click(note.locator("a.open"))
    expect(page).to_have_url(re.compile(r"/care_plan\?"))
    arrived(page, "Care plan")
    expect(page.locator(".banner")).to_contain_text(name.split(",")[0])
    expect(page.locator(".st-key-notes_list")).to_contain_text(author)


def test_a_patient_without_a_decision_is_queued_again_from_here(served: Served, open_page: Open) -> None:
    page = my_work(open_page(served.url))
    left = line(page, first(page, "undecided"))
    name = left.locator("a.open").inner_text()
    click(left.get_by_role("button", name="Queue for case review"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(name)
    dialog.get_by_label("Question to answer").fill("What is the next step?")
    dialog.get_by_role("button", name=re.compile("^(Queue|Change the question)$")).click()
    expect(dialog).to_have_count(0)
    expect(left).to_contain_text("again on")
    expect(left.get_by_role("button")).to_have_count(0)


def test_lines_are_walked_and_opened_by_keys(served: Served, open_page: Open) -> None:
    page = my_work(open_page(served.url))
    second = part(page, "actions").locator("a.open").nth(1)
    part(page, "actions").locator("a.open").first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    name = second.inner_text()
    page.keyboard.press("Enter")
    arrived(page, "Care plan")
    expect(page.locator(".banner")).to_contain_text(name.split(",")[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_runs_off_a_phone(served: Served, open_page: Open, scheme: str) -> None:
    page = my_work(open_page(served.url, color_scheme=scheme))
    assert axe.serious(page, ".stMain") == []
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    still(page)
    expect_no_scrolling_sideways(page)
    for name in ("actions", "cosigns", "undecided"):
        row = part(page, name).locator(".row").first
        said = [box(row.locator(f".{of}")) for of in ("who", "what", "when")]
        assert all(place["width"] > PHONE["width"] / 2 for place in said)
        assert said[0]["y"] < said[1]["y"] < said[2]["y"]
    assert axe.serious(page, ".stMain") == []
