"""Medication of ten years: opening the page, with everything down to its list."""

from playwright.sync_api import Page

from benchmarks import clicking, journeys
from benchmarks.clicking import Wire
from benchmarks.journeys import Clicks
from benchmarks.served import Timed

PAGE, AWAY = "Medication", "Your access"


def opening(page: Page, server: Timed, wire: Wire, record_number: str, period: str, times: int) -> Clicks:
    """Open the page of that patient in that period."""
    journeys.sign_in(page, server.url)
    journeys.open_patient(page, record_number)
    journeys.link(page, PAGE).click()
    page.locator(".st-key-medication_list_section table").first.wait_for()
    journeys.choice(page, period).click()
    clicking.settle(page)
    return journeys.back_and_forth(page, server, wire, AWAY, PAGE, times)
