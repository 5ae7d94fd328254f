"""Flares and patterns of ten years: opening the page, choosing an episode."""

from playwright.sync_api import Locator, Page

from benchmarks import clicking, journeys
from benchmarks.clicking import Wire
from benchmarks.journeys import Clicks
from benchmarks.served import Timed

PAGE, AWAY = "Flares and patterns", "Your access"
EPISODES = 4


def opening(page: Page, server: Timed, wire: Wire, record_number: str, period: str, times: int) -> Clicks:
    """Open the page of that patient, with all below the episodes, in that period."""
    journeys.sign_in(page, server.url)
    journeys.open_patient(page, record_number)
    journeys.link(page, PAGE).click()
    page.get_by_text("How flares come back").wait_for()
    journeys.choice(page, period).click()
    clicking.settle(page)
    return journeys.back_and_forth(page, server, wire, AWAY, PAGE, times)


def choosing(page: Page, server: Timed, times: int) -> Clicks:
    """Choose the latest episodes in turn, on the page as `opening` left it."""
    return journeys.each(page, server, [_episode(page, place) for place in range(EPISODES)][::-1], times)


def _episode(page: Page, place: int) -> Locator:
    return page.locator(".st-key-flares_episodes button").nth(place)
