"""The pain map of ten years: its modes, a step of the course, a region."""

from playwright.sync_api import Locator, Page

from benchmarks import clicking, journeys
from benchmarks.journeys import Clicks
from benchmarks.served import Timed

REGIONS = ("Left lower back", "Right lower back")


def clicks(
    page: Page, server: Timed, url: str, record_number: str, modes: tuple[str, ...], times: int
) -> dict[str, Clicks]:
    """Map modes, steps of the course and regions of all ten years, clicked on that page."""
    journeys.sign_in(page, url)
    journeys.open_patient(page, record_number)
    journeys.link(page, "Pain map").click()
    journeys.choice(page, "All").click()
    page.get_by_text("Every region, in words").wait_for()
    clicking.settle(page)
    chosen = {"Pain map, mode": journeys.each(page, server, [journeys.choice(page, name) for name in modes], times)}
    chosen["Pain map, region"] = journeys.each(page, server, [_region(page, name) for name in REGIONS], times)
    journeys.choice(page, "Play").click()
    clicking.settle(page)
    steps = [page.get_by_role("button", name=name) for name in ("One step back", "One step on")]
    chosen["Pain map, step"] = journeys.each(page, server, steps, times)
    return chosen


def _region(page: Page, name: str) -> Locator:
    """That region of the large map."""
    return page.locator(f'.st-key-pain_map_large .area[aria-label^="{name}"]')
