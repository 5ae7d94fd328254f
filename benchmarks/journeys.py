"""What a clinician clicks, timed; and the same clicks on the floor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from benchmarks.clicking import Wire, click_to_drawn, settle
from benchmarks.served import Timed


@dataclass
class Clicks:
    """Milliseconds seen by the person, milliseconds of the server's script, bytes received: one value a click."""

    drawn: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    wire: list[float] = field(default_factory=list)


def sign_in(page: Page, url: str, name: str = "Dr Ada Invented") -> None:
    """Go through the demonstration's door as that person, to the caseload."""
    page.goto(url)
    page.get_by_role("button", name=name).first.click()
    page.get_by_text("Who needs me, and why").wait_for()
    settle(page)


def open_patient(page: Page, record_number: str) -> None:
    """Search for the record number and open the one person found."""
    page.get_by_role("combobox", name="Search patients").press_sequentially(record_number)
    page.get_by_role("option", name=record_number).first.click()
    page.get_by_text("Since last visit").first.wait_for()
    settle(page)


def link(page: Page, name: str) -> Locator:
    """The navigation entry of that name."""
    return page.get_by_role("link", name=name, exact=True)


def choice(page: Page, name: str) -> Locator:
    """The button or segment of that name."""
    return page.get_by_role("radio", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True)).first


def back_and_forth(page: Page, server: Timed, wire: Wire, away: str, there: str, times: int) -> Clicks:
    """Go to page `there` from page `away`, `times` times; only the way there is measured."""
    clicks = Clicks()
    for _ in range(times):
        click_to_drawn(lambda: link(page, away), page)
        server.runs()
        wire.reset()
        clicks.drawn.append(click_to_drawn(lambda: link(page, there), page))
        clicks.server.append(max(server.runs()))
        clicks.wire.append(float(wire.received))
    return clicks


def round_of(page: Page, server: Timed, wire: Wire, names: Sequence[str], times: int) -> Clicks:
    """Choose each of the names in turn, `times` rounds."""
    clicks = Clicks()
    for name in list(names) * times:
        server.runs()
        wire.reset()
        clicks.drawn.append(click_to_drawn(lambda name=name: choice(page, name), page))  # type: ignore[misc]
        clicks.server.append(max(server.runs()))
        clicks.wire.append(float(wire.received))
    return clicks


def each(page: Page, server: Timed, targets: Sequence[Locator], times: int) -> Clicks:
    """Click each of the targets in turn, `times` rounds; a click that the server never hears of costs it 0 ms."""
    clicks = Clicks()
    for target in list(targets) * times:
        server.runs()
        clicks.drawn.append(click_to_drawn(lambda target=target: target, page))  # type: ignore[misc]
        clicks.server.append(max(server.runs(), default=0.0))
    return clicks


def there_and_back(page: Page, server: Timed, wire: Wire, first: str, other: str, times: int) -> Clicks:
    """Choose `first`, then `other`, `times` times; only the second choice is measured, after one to warm up."""
    clicks = Clicks()
    click_to_drawn(lambda: choice(page, other), page)
    for _ in range(times):
        click_to_drawn(lambda: choice(page, first), page)
        server.runs()
        wire.reset()
        clicks.drawn.append(click_to_drawn(lambda: choice(page, other), page))
        clicks.server.append(max(server.runs()))
        clicks.wire.append(float(wire.received))
    return clicks
