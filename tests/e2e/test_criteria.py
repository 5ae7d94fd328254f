"""The criteria in a real browser: filled in by keys alone, kept over leaving and reloading, the figure, axe-core."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    COORDINATOR,
    PHYSICIAN,
    Open,
    box,
    click,
    expect_no_scrolling_sideways,
    find,
    go_to,
    reload,
    sign_in,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD, OTHER = "FB-00002", "FB-00003"


def criteria(page: Page, record: str = RECORD, who: str = PHYSICIAN) -> Page:
    """The criteria part, reached by keys from the map."""
    sign_in(page, who)
    find(page, record)
    go_to(page, "Pain map")
    part = page.locator(".st-key-pain_map_part")
    part.get_by_role("radio", name="Map", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".lead", has_text="on record:")).to_be_visible()
    expect(page).to_have_url(re.compile("part=criteria"))
    still(page)
    return page


def form(page: Page) -> Locator:
    return page.locator(".st-key-criteria_form")


def fact(page: Page, name: str) -> Locator:
    return page.locator(".st-key-criteria_facts").get_by_role("button", name=re.compile(f"^{name}")).locator(".value")


def group(page: Page, name: str) -> Locator:
    return form(page).get_by_role("radiogroup", name=re.compile(f"^{name}"))


def press(target: Locator, key: str = "Enter") -> None:
    """Presses a key on it once the page is still; answers come back with the next run."""
    still(target.page)
    target.focus()
    target.page.keyboard.press(key)


def answer(page: Page, name: str, option: str) -> None:
    press(group(page, name).get_by_role("radio", name=option, exact=True))
    expect(group(page, name).get_by_role("radio", name=option, exact=True)).to_be_checked()


def test_the_answer_and_the_areas_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = criteria(open_page(served.url), OTHER)
    for part in (page.locator(".lead"), fact(page, "2016 criteria"), page.locator(".st-key-criteria_figure svg")):
        place = box(part.first)
        assert place["y"] + place["height"] <= 900
    expect_no_scrolling_sideways(page)


def test_an_assessment_by_keys_alone_outlives_leaving_and_reloading_and_is_saved(
    served: Served, open_page: Open
) -> None:
    page = criteria(open_page(served.url))
    press(form(page).get_by_role("checkbox", name=re.compile("Confirmed with the patient")), "Space")
    expect(fact(page, "WPI")).to_have_text(re.compile(r"^\d+ of 19$"))
    for name in ("Fatigue", "Waking unrefreshed", "Thinking and memory"):
        answer(page, name, "3 severe")
    for name in ("Headaches", "Pain or cramps", "Depression"):
        answer(page, name, "No")
    expect(fact(page, "SSS")).to_have_text("9 of 12")
    go_to(page, "Summary")
    go_to(page, "Pain map")
    expect(fact(page, "SSS")).to_have_text("9 of 12")
    reload(page)
    expect(fact(page, "SSS")).to_have_text("9 of 12")
    expect(fact(page, "2016 criteria")).to_have_text("Not assessable")
    months = form(page).get_by_label(re.compile("^Months at this level"))
    months.focus()
    page.keyboard.type("24")
    page.keyboard.press("Tab")
    expect(fact(page, "2016 criteria")).to_have_text(re.compile("^Thresholds (not )?met$"))
    press(page.get_by_role("button", name="Save assessment"))
    expect(page.get_by_text("Saved. The assessment is on record below.")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("Latest on record")
    expect(page.locator(".st-key-criteria_table")).to_contain_text(PHYSICIAN)
    expect(fact(page, "SSS")).to_have_text("Not known")


def test_a_click_on_the_figure_chooses_its_area_and_another_takes_it_back(served: Served, open_page: Open) -> None:
    page = criteria(open_page(served.url), OTHER)
    shin = page.locator(".st-key-criteria_figure").get_by_role("option", name=re.compile("^Left shin"))
    before = shin.get_attribute("aria-selected")
    leg = form(page).locator("[class*='st-key-criteria_left_lower']").get_by_text("Lower leg", exact=True)
    chosen = leg.locator("xpath=ancestor::button")
    click(shin)
    after = "false" if before == "true" else "true"
    expect(chosen).to_have_attribute("aria-pressed", after)
    calf = page.locator(".st-key-criteria_figure").get_by_role("option", name=re.compile("^Left calf"))
    expect(calf).to_have_attribute("aria-selected", after)
    click(calf)
    expect(chosen).to_have_attribute("aria-pressed", before or "false")
    expect(shin).to_have_attribute("aria-selected", before or "false")


def test_on_a_phone_nothing_scrolls_sideways_and_axe_finds_nothing(served: Served, open_page: Open) -> None:
    page = open_page(served.url, viewport=PHONE, has_touch=True)
    sign_in(page, PHYSICIAN)
    find(page, RECORD)
    go_to(page, "Pain map")
    click(page.locator(".st-key-pain_map_part").get_by_role("radio", name="Criteria", exact=True))
    expect(fact(page, "2016 criteria")).to_be_visible()
    expect_no_scrolling_sideways(page)
    assert axe.serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(served: Served, open_page: Open, scheme: str) -> None:
    page = criteria(open_page(served.url, color_scheme=scheme))
    still(page)
    assert axe.serious(page) == []


def test_a_coordinator_reads_and_has_nothing_to_press(served: Served, open_page: Open) -> None:
    page = criteria(open_page(served.url), who=COORDINATOR)
    expect(page.get_by_text("Assessments are recorded by clinicians.")).to_be_visible()
    expect(page.get_by_role("button", name="Save assessment")).to_have_count(0)
    assert axe.serious(page) == []
