"""A care plan of 500 notes and 200 actions: opening it, and what its two halves cost the server.

`python -m benchmarks.care_plan_page` measures this page alone, against a floor taken in the same run.
"""

from playwright.sync_api import Page, sync_playwright

from benchmarks import clicking, databases, journeys, own_chart
from benchmarks.clicking import Wire
from benchmarks.figures import Figure, table
from benchmarks.journeys import Clicks
from benchmarks.served import BROWSER_CORE, Timed, pin, timed
from dashboard import clock
from tests import chromium

NAME = "Care plan of 500 notes and 200 actions"
PAGE, AWAY = "Care plan", "Your access"
PARTS = {"plan_part": "the plan", "note_part": "the notes"}
TIMES, PORT = 12, 8640


def opening(page: Page, server: Timed, wire: Wire, record_number: str, period: str, times: int) -> Clicks:
    """Open the plan of that patient in that period; twice first, so that nothing is counted that happens once."""
    journeys.sign_in(page, server.url)
    journeys.open_patient(page, record_number)
    journeys.link(page, PAGE).click()
    clicking.settle(page)
    journeys.choice(page, period).click()
    clicking.settle(page)
    journeys.back_and_forth(page, server, wire, AWAY, PAGE, 2)
    server.parts()
    return journeys.back_and_forth(page, server, wire, AWAY, PAGE, times)


def parts(server: Timed) -> list[Figure]:
    """What each half of the page cost the server since it was last asked."""
    spent = server.parts()
    return [
        Figure(f"Care plan, server, {words}", "ms", tuple(spent[name]))
        for name, words in PARTS.items()
        if spent.get(name)
    ]


def alone() -> list[Figure]:
    """The floor and this page, in a browser of their own."""
    today = clock.today()
    clinic, planned = databases.clinic(today), databases.planned(today)
    record, _ = databases.longest(clinic)
    own_chart.write(clinic, record)
    pin(BROWSER_CORE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=list(chromium.FLAGS))
        with timed("floor", PORT, databases.FOLDER) as server:
            page, wire = watched(browser.new_page(viewport={"width": 1440, "height": 900}))
            page.goto(server.url)
            page.get_by_text("blank", exact=True).first.wait_for()
            clicking.settle(page)
            floor = journeys.back_and_forth(page, server, wire, "Blank", "One chart", TIMES)
        with timed("flareboard", PORT + 1, databases.FOLDER, planned) as server:
            page, wire = watched(browser.new_page(viewport={"width": 1440, "height": 900}))
            clicks = opening(page, server, wire, record, "Since last visit", TIMES)
            halves = parts(server)
        browser.close()
    return [*figures(clicks, floor), *halves]


def watched(page: Page) -> tuple[Page, Wire]:
    """The page with its stopwatch and its scales."""
    page.set_default_timeout(30_000)
    wire = Wire()
    wire.watch(page)
    clicking.watch(page)
    return page, wire


def figures(clicks: Clicks, floor: Clicks) -> list[Figure]:
    """Click to drawn of the floor and of the plan, their ratio, the server's share and the size."""
    against = Figure("", "ms", tuple(floor.drawn)).p50
    ratio = Figure(NAME, "x floor", tuple(value / against for value in clicks.drawn))
    return [
        Figure("Floor: a page with one chart, click to drawn", "ms", tuple(floor.drawn)),
        Figure(f"{NAME}, click to drawn", "ms", tuple(clicks.drawn)),
        Figure(NAME, "x floor", ratio.values, "p50 <= 2.0", ratio.p50 <= 2.0),
        Figure(f"{NAME}, server", "ms", tuple(clicks.server)),
        Figure(f"{NAME}, over the wire", "kB", tuple(size / 1000 for size in clicks.wire)),
    ]


if __name__ == "__main__":
    print(table(alone()))
