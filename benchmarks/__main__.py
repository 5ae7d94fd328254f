"""`make bench`: measure what issue and README claim, write `benchmarks/results/latest.md` and `latest.json`."""

import json
import os
import platform
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import streamlit
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import (
    care_plan_page,
    clicking,
    databases,
    document,
    flares_page,
    inside,
    journeys,
    medication,
    medication_page,
    own_chart,
    pain_map,
    share_page,
)
from benchmarks.clicking import Wire
from benchmarks.figures import Figure, table
from benchmarks.journeys import Clicks
from benchmarks.served import BROWSER_CORE, Timed, pin, timed
from dashboard import clock
from tests import chromium

RESULTS = Path(__file__).parent / "results"
TIMES = int(os.environ.get("BENCH_TIMES", "20"))
FIRST = "Since last visit"
PERIODS = ("4 weeks", "3 months", "1 year", "All")
MODES = ("Worst", "How often", "Change", "Latest", "Typical")
ROUNDS = max(TIMES, 3)
PORT = 8620


@dataclass
class Seat:
    """A browser page with its stopwatch, and the server it looks at."""

    page: Page
    wire: Wire
    server: Timed


def seat(browser: Browser, server: Timed) -> Seat:
    """A fresh browser profile at 1440 x 900."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True).new_page()
    page.set_default_timeout(30_000)
    wire = Wire()
    wire.watch(page)
    clicking.watch(page)
    return Seat(page, wire, server)


@dataclass
class Floors:
    """The floor of opening a page (by page) and of changing a chart (by period)."""

    opening: dict[str, Clicks]
    changing: dict[str, Clicks]


def floor(browser: Browser, server: Timed) -> Floors:
    """Opening a page with one chart, and changing the chart."""
    at = seat(browser, server)
    at.page.goto(server.url)
    at.page.get_by_text("blank", exact=True).first.wait_for()
    clicking.settle(at.page)
    opening = {
        name: journeys.back_and_forth(at.page, server, at.wire, "Blank", name, TIMES)
        for name in ("One chart", "Ten years", "Plain lines")
    }
    clicking.click_to_drawn(lambda: journeys.link(at.page, "Changing"), at.page)
    changing = {name: journeys.there_and_back(at.page, server, at.wire, FIRST, name, ROUNDS) for name in PERIODS}
    at.page.context.close()
    return Floors(opening, changing)


def ratio(name: str, clicks: Clicks, floor_clicks: Clicks, most: float) -> list[Figure]:
    """Click to drawn in milliseconds, and its median as a ratio to the floor's."""
    against = Figure("", "ms", tuple(floor_clicks.drawn)).p50
    times = Figure(name, "times the floor", tuple(value / against for value in clicks.drawn))
    return [
        Figure(f"{name}, click to drawn", "ms", tuple(clicks.drawn)),
        Figure(name, "x floor", times.values, f"p50 <= {most}", times.p50 <= most),
    ]


def at_most(name: str, unit: str, values: list[float], most: float, *, percentile: str = "p95") -> Figure:
    """A figure with a bound on its median or its 95th percentile."""
    figure = Figure(name, unit, tuple(values))
    met = (figure.p95 if percentile == "p95" else figure.p50) <= most
    return Figure(name, unit, figure.values, f"{percentile} <= {most:g}", met)


def summary(browser: Browser, server: Timed, record: str, floors: Floors) -> list[Figure]:
    """The Summary of ten years: opening it, choosing periods and map modes."""
    at = seat(browser, server)
    journeys.sign_in(at.page, server.url)
    at.wire.reset()
    journeys.open_patient(at.page, record)
    first = float(at.wire.received)
    figures = [at_most("First Summary, over the wire", "kB", [first / 1000], 2000)]
    for period, like in ((FIRST, "One chart"), ("All", "Ten years")):
        journeys.choice(at.page, period).click()
        clicking.settle(at.page)
        clicks = journeys.back_and_forth(at.page, server, at.wire, "Care plan", "Summary", TIMES)
        figures += ratio(f"Summary of ten years ({period})", clicks, floors.opening[like], 2.0)
        figures.append(at_most(f"Summary of ten years ({period}), server", "ms", clicks.server, 40))
    for period in PERIODS:
        clicks = journeys.there_and_back(at.page, server, at.wire, FIRST, period, ROUNDS)
        figures += ratio(f"Period to {period}", clicks, floors.changing[period], 1.5)
        figures.append(at_most(f"Period to {period}, server", "ms", clicks.server, 15))
    clicks = journeys.round_of(at.page, server, at.wire, MODES, max(TIMES // 4, 2))
    figures += ratio("Map mode", clicks, floors.changing["4 weeks"], 1.5)
    figures.append(at_most("Map mode, server", "ms", clicks.server, 15))
    figures.append(at_most("Map mode, over the wire", "kB", [size / 1000 for size in clicks.wire], 60))
    signed = share_page.signing(at.page, "All", max(TIMES // 3, 3))
    figures.append(at_most("PDF of ten years, click on the signature to file", "s", signed, 1.0, percentile="p50"))
    at.page.context.close()
    return figures


def pain_map_figures(browser: Browser, server: Timed, record: str, changing: Clicks) -> list[Figure]:
    """The pain map of ten years: a mode, a region, a step."""
    at = seat(browser, server)
    found = pain_map.clicks(at.page, server, server.url, record, MODES, max(TIMES // 4, 2))
    at.page.context.close()
    figures: list[Figure] = []
    for name, clicks in found.items():
        figures += ratio(name, clicks, changing, 1.5)
        figures.append(Figure(f"{name}, server", "ms", tuple(clicks.server)))
    return figures


def flares_figures(browser: Browser, server: Timed, record: str, floors: Floors) -> list[Figure]:
    """Flares and patterns of ten years: opening it, choosing an episode."""
    at = seat(browser, server)
    opened = flares_page.opening(at.page, server, at.wire, record, "All", max(TIMES // 2, 2))
    chosen = flares_page.choosing(at.page, server, max(TIMES // 4, 2))
    at.page.context.close()
    return [
        *ratio("Flares and patterns of ten years", opened, floors.opening["Ten years"], 2.0),
        Figure("Flares and patterns of ten years, server", "ms", tuple(opened.server)),
        *ratio("Flares and patterns, episode", chosen, floors.changing["4 weeks"], 1.5),
        Figure("Flares and patterns, episode, server", "ms", tuple(chosen.server)),
    ]


def medication_figures(browser: Browser, server: Timed, record: str, floors: Floors) -> list[Figure]:
    """Medication of ten years: opening it."""
    at = seat(browser, server)
    opened = medication_page.opening(at.page, server, at.wire, record, "All", max(TIMES // 2, 2))
    at.page.context.close()
    return [
        *ratio("Medication of ten years", opened, floors.opening["Ten years"], 2.0),
        Figure("Medication of ten years, server", "ms", tuple(opened.server)),
    ]


def care_plan_figures(browser: Browser, server: Timed, record: str, opening: Clicks) -> list[Figure]:
    """The care plan of 500 notes and 200 actions: opening it, and its two halves on the server."""
    at = seat(browser, server)
    opened = care_plan_page.opening(at.page, server, at.wire, record, FIRST, max(TIMES // 2, 2))
    at.page.context.close()
    name = care_plan_page.NAME
    return [
        *ratio(name, opened, opening, 2.0),
        Figure(f"{name}, server", "ms", tuple(opened.server)),
        *care_plan_page.parts(server),
    ]


def large_caseload(browser: Browser, server: Timed, url: str, opening: Clicks) -> list[Figure]:
    """The caseload with 10,000 patients, for the physician who sees them all."""
    at = seat(browser, server)
    journeys.sign_in(at.page, server.url, "Dr Zora Invented")
    journeys.choice(at.page, "All").click()
    clicking.settle(at.page)
    clicks = journeys.back_and_forth(at.page, server, at.wire, "Your access", "Caseload", TIMES)
    at.page.context.close()
    figures = ratio("Caseload of 10,000", clicks, opening, 2.0)
    figures.append(Figure("Caseload of 10,000, server", "ms", tuple(clicks.server)))
    queries = inside.caseload_queries(url, 200)
    figures.append(at_most("Caseload of 10,000, its query", "ms", queries, 2.0, percentile="p50"))
    return figures


def measure() -> list[Figure]:
    """Every figure of the report."""
    today = clock.today()
    clinic, large = databases.clinic(today), databases.large(today)
    record, _ = databases.longest(clinic)
    own_chart.write(clinic, record)
    logs = databases.FOLDER
    with ExitStack() as stack:
        pin(BROWSER_CORE)  # before Playwright starts: its driver starts the browser, which stays where the driver is
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=list(chromium.FLAGS))
        with timed("floor", PORT, logs) as server:
            floors = floor(browser, server)
        figures = [
            Figure(f"Floor: a page with one chart ({name}), click to drawn", "ms", tuple(clicks.drawn))
            for name, clicks in floors.opening.items()
        ]
        figures += [
            Figure(f"Floor: the chart changed for that of {name}, click to drawn", "ms", tuple(clicks.drawn))
            for name, clicks in floors.changing.items()
        ]
        with timed("flareboard", PORT + 1, logs, clinic) as server:
            figures += summary(browser, server, record, floors)
            figures += pain_map_figures(browser, server, record, floors.changing["4 weeks"])
            figures += flares_figures(browser, server, record, floors)
            figures += medication_figures(browser, server, record, floors)
        with timed("flareboard", PORT + 9, logs, databases.planned(today)) as server:
            figures += care_plan_figures(browser, server, record, floors.opening["One chart"])
        with timed("flareboard", PORT + 2, logs, large) as server:
            figures += large_caseload(browser, server, large, floors.opening["One chart"])
        starts = [inside.cold_start(browser.new_page(), clinic, PORT + 3 + n) for n in range(3)]
        figures.append(at_most("Cold start to first usable page", "s", starts, 6.0, percentile="p50"))
        browser.close()
    figures.append(
        at_most("Import of ten years, whole process", "s", inside.imports(clinic, record, 3), 3.0, percentile="p50")
    )
    return [*figures, *document.measure(clinic, record, today), medication.measure()]


def write(figures: list[Figure]) -> None:
    """Put the report where it is kept."""
    RESULTS.mkdir(exist_ok=True)
    about = {
        "day": clock.today().isoformat(),
        "python": platform.python_version(),
        "streamlit": streamlit.__version__,
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "command": "make bench",
    }
    rows = [figure.as_json() for figure in figures]
    (RESULTS / "latest.json").write_text(json.dumps({"about": about, "figures": rows}, indent=1) + "\n", "utf-8")
    words = ", ".join(f"{name} {value}" for name, value in about.items())
    how = "How it is measured: [../README.md](../README.md)."
    text = f"# Last report of `make bench`\n\n{words}. {how}\n\n{table(figures)}\n"
    (RESULTS / "latest.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    write(measure())
