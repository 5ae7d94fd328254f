"""The verdict that changes dates, in a real browser: saved, refused in words, and nothing filled in is lost."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Open, click, press_button, still
from tests.e2e.test_flares import episodes, flares, heading
from tests.serving import Served

pytestmark = pytest.mark.browser


def dialog_of(page: Page, kind: str) -> Locator:
    """Chooses the latest episode of that kind that ended on another day than it began, and asks for other dates."""
    episode = episodes(page).filter(has_text=re.compile(rf"^{kind} .+ – .+")).first
    text = episode.inner_text()
    click(episode)
    expect(heading(page)).to_have_text(text)
    press_button(page, "Change dates …")
    dialog = page.get_by_role("dialog", name="Change the dates")
    expect(dialog).to_contain_text(text)
    still(page)
    return dialog


def field(dialog: Locator, label: str) -> Locator:
    return dialog.get_by_test_id("stDateInput").filter(has_text=label)


def shown(dialog: Locator, label: str) -> date:
    return date.fromisoformat(field(dialog, label).locator("input[type=date]").input_value())


def fill(dialog: Locator, label: str, value: date) -> None:
    """Types year, month and day one after another, and puts away the calendar that offers itself."""
    field(dialog, label).get_by_role("spinbutton", name="year").focus()
    dialog.page.keyboard.type(value.strftime("%Y%m%d"))
    calendar = dialog.page.locator("#stFloatingOverlayPortal")
    expect(calendar).to_contain_text("Choose date")
    dialog.page.keyboard.press("Escape")
    expect(calendar).not_to_contain_text("Choose date")
    assert shown(dialog, label) == value


def remark(dialog: Locator, text: str) -> None:
    dialog.get_by_label("Remark").fill(text)
    dialog.get_by_label("Remark").press("Tab")


def save(dialog: Locator) -> None:
    still(dialog.page)
    dialog.get_by_role("button", name="Change dates", exact=True).click()


def test_changed_dates_are_counted_at_once_and_stay_on_record(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url))
    before = page.locator(".lead").inner_text()
    dialog = dialog_of(page, "Flare")
    last = shown(dialog, "Last day")
    fill(dialog, "Last day", last - timedelta(days=2))
    remark(dialog, "better from then on")
    save(dialog)
    expect(dialog).to_have_count(0)
    expect(page.locator(".lead")).not_to_have_text(before)
    expect(page.locator(".st-key-flares_verdict")).to_contain_text("Dates changed (better from then on)")


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        (timedelta(days=1), timedelta(days=-30), "The first day lies after the last day."),
        (timedelta(0), timedelta(days=3000), "A day lies in the future."),
        (timedelta(days=-90), timedelta(days=-80), "wholly outside the episode"),
        (timedelta(days=-380), timedelta(0), "Another "),
        (timedelta(0), timedelta(0), "These are the dates it has already."),
    ],
)
def test_days_that_cannot_be_are_answered_and_stay_in_the_fields(
    served: Served, open_page: Open, first: timedelta, last: timedelta, answer: str
) -> None:
    page = flares(open_page(served.url))
    dialog = dialog_of(page, "Spike")
    start, end = shown(dialog, "First day") + first, shown(dialog, "Last day") + last
    fill(dialog, "First day", start)
    fill(dialog, "Last day", end)
    remark(dialog, "the patient remembers it so")
    save(dialog)
    expect(dialog).to_contain_text(answer)
    expect(dialog).to_contain_text("Nothing was changed, and what you filled in is still here.")
    assert (shown(dialog, "First day"), shown(dialog, "Last day")) == (start, end)
    expect(dialog.get_by_label("Remark")).to_have_value("the patient remembers it so")
    expect(page.locator(".st-key-flares_verdict")).to_contain_text("No verdict yet")


def test_what_was_filled_in_for_one_episode_is_not_offered_for_another(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url))
    dialog = dialog_of(page, "Spike")
    own = shown(dialog, "First day")
    fill(dialog, "First day", own - timedelta(days=1))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    other = dialog_of(page, "Flare")
    assert shown(other, "First day") not in (own, own - timedelta(days=1))
    expect(other).to_contain_text("Found:")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_dialog(served: Served, open_page: Open, scheme: str) -> None:
    page = flares(open_page(served.url, color_scheme=scheme))
    dialog = dialog_of(page, "Spike")
    save(dialog)
    expect(dialog).to_contain_text("These are the dates it has already.")
    assert axe.serious(page, "[role=dialog]") == []


def test_days_that_were_refused_are_gone_with_the_dialog(served: Served, open_page: Open) -> None:
    page = flares(open_page(served.url))
    dialog = dialog_of(page, "Spike")
    found = (shown(dialog, "First day"), shown(dialog, "Last day"))
    fill(dialog, "Last day", found[0] - timedelta(days=30))
    save(dialog)
    expect(dialog).to_contain_text("The first day lies after the last day.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    again = dialog_of(page, "Spike")
    assert (shown(again, "First day"), shown(again, "Last day")) == found


def test_who_comes_second_meets_the_verdict_of_the_first(served: Served, open_page: Open) -> None:
    first, second = (flares(open_page(served.url)) for _ in range(2))
    asked = [confirming(page) for page in (first, second)]
    for page, dialog in zip((first, second), asked, strict=True):
        still(page)
        dialog.get_by_role("button", name="Confirm", exact=True).click()
    expect(asked[0]).to_have_count(0)
    expect(asked[1]).to_contain_text("Nothing of yours was written")
    second.keyboard.press("Escape")
    expect(second.locator(".st-key-flares_verdict")).to_contain_text("Confirmed")


def confirming(page: Page) -> Locator:
    """The dialog that confirms the latest flare."""
    click(episodes(page).filter(has_text=re.compile("^Flare .+ – .+")).first)
    press_button(page, "Confirm …")
    return page.get_by_role("dialog", name="Confirm this episode?")


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_no_calendar_stands_between_the_typed_days_and_their_button(
    served: Served, open_page: Open, viewport: dict[str, int]
) -> None:
    page = flares(open_page(served.url, viewport=viewport))
    dialog = dialog_of(page, "Spike")
    first = shown(dialog, "First day")
    type_and_save(dialog, first - timedelta(days=30))
    expect(dialog).to_contain_text("The first day lies after the last day.")
    type_and_save(dialog, first + timedelta(days=3000))
    expect(dialog).to_contain_text("A day lies in the future.")
    assert shown(dialog, "Last day") == first + timedelta(days=3000)


def type_and_save(dialog: Locator, last: date) -> None:
    """Types the last day and clicks at once, while the calendar that offers itself is still open."""
    still(dialog.page)
    field(dialog, "Last day").get_by_role("spinbutton", name="year").focus()
    dialog.page.keyboard.type(last.strftime("%Y%m%d"))
    expect(dialog.page.get_by_test_id("stDateInputCalendar").last).to_be_visible()
    dialog.get_by_role("button", name="Change dates", exact=True).click()
