"""On a phone a long page has a jump down to what one came for; a wide screen shows both at once and needs none."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import steps
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.steps import Open
from tests.serving import Served

pytestmark = pytest.mark.browser


def notes(page: Page) -> Locator:
    return page.get_by_role("heading", name="Notes", exact=True)


def test_from_the_top_of_the_care_plan_one_jumps_to_the_notes(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    steps.sign_in(page, steps.PHYSICIAN)
    steps.find(page, "FB-00013")
    steps.go_to(page, "Care plan")
    jump = page.get_by_role("link", name="To the notes")
    expect(jump).to_be_hidden()
    expect(notes(page)).to_be_hidden()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    expect(notes(page)).not_to_be_in_viewport()
    jump.click()
    expect(notes(page)).to_be_in_viewport()
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    expect(jump).to_be_hidden()
