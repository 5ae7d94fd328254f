"""Share of ten years: from the click on the signature to the signed PDF in the browser."""

import re

from playwright.sync_api import Page, expect

from benchmarks import clicking, journeys

CONSENT = "yes, asked today"
SAVED = re.compile(r"Draft saved \d\d:\d\d:\d\d")


def signing(page: Page, period: str, times: int) -> list[float]:
    """Seconds from the click to the file, for a patient that is open already; the order is filled in before each."""
    journeys.link(page, "Share").click()
    _preview(page)
    journeys.choice(page, period).click()
    clicking.settle(page)
    taken = []
    for _ in range(times):
        page.get_by_role("radio", name=CONSENT, exact=True).click()
        page.get_by_text(SAVED).wait_for()
        _preview(page)
        started = page.evaluate("performance.now()")
        with page.expect_download() as download:
            page.get_by_role("button", name="Sign and make", exact=True).click()
        download.value.path()
        taken.append((page.evaluate("performance.now()") - started) / 1000)
        clicking.settle(page)
    return taken


def _preview(page: Page) -> None:
    """Wait until the pages stand there and nothing changes any more."""
    expect(page.get_by_alt_text(re.compile("Preview of the document"))).to_be_visible()
    clicking.settle(page)
