"""The steps that many browser tests take. Each ends when the page has, so that the next one meets a page at rest."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import FloatRect, Locator, Page, expect

Open = Callable[..., Page]
PHYSICIAN, PHYSIO, PSYCHOLOGIST, COORDINATOR = "Dr Ada Invented", "Milo Invented", "Kemi Invented", "Cleo Invented"
SAVED = re.compile(r"Draft saved \d\d:\d\d:\d\d")
DAYS = {"4 weeks": 28, "3 months": 91, "1 year": 365}
MENU_COVERS = 768  # px; the menu lies over a page that is no wider
STILL = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
FRESH = "[data-testid=stElementContainer][data-stale=false]"
"""What the script drew last. While it runs, what it drew before stands in the page as well."""
AT_REST = """async (part) => {
  await document.fonts.ready;
  const place = () => JSON.stringify(part.getBoundingClientRect());
  for (let before = "", same = 0; same < 10; same = place() === before ? same + 1 : 0) {
    before = place();
    await new Promise(requestAnimationFrame);
  }
}"""


def still(page: Page) -> None:
    """Waits until the script has ended and nothing of its last run is left. A change must be in sight already."""
    expect(page.locator(STILL)).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def drawn(page: Page) -> Page:
    """The page, once it was loaded anew and its script has ended."""
    expect(page.locator(".st-key-here")).to_be_attached()
    still(page)
    return page


def reload(page: Page) -> None:
    """Loads the page anew and waits until it is drawn."""
    page.reload()
    drawn(page)


def click(target: Locator) -> None:
    """Clicks once the page is still: what is about to be drawn anew might not hear it."""
    still(target.page)
    target.click()


def press_button(page: Page, name: str | re.Pattern[str]) -> None:
    """Presses the one button of that name once the page is still."""
    click(page.get_by_role("button", name=name, exact=True))


def box(part: Locator) -> FloatRect:
    """Where that part of the page came to rest."""
    expect(part).to_be_visible()
    still(part.page)
    part.evaluate(AT_REST)
    found = part.bounding_box()
    assert found is not None
    return found


def expect_no_scrolling_sideways(page: Page) -> None:
    still(page)
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def enter(page: Page, name: str) -> None:
    """Signs in; afterwards the browser holds the cookie that a reload or a second window needs."""
    door = page.locator(".st-key-door").get_by_role("button", name=name)
    door.wait_for()
    still(page)
    with page.expect_response("**/sign-in/keep"):
        door.click()
    expect(page.locator(".st-key-door")).to_have_count(0)
    drawn(page)


def sign_in(page: Page, name: str) -> None:
    """Signs in, where that leads to the caseload."""
    enter(page, name)
    expect(page.get_by_text("Who needs me, and why")).to_be_visible()


def sign_out_in_another_window(page: Page) -> None:
    other = second_window(page)
    press_button(other, "Sign out")
    expect(other.locator(".st-key-door")).to_be_visible()


def second_window(page: Page) -> Page:
    """The same page in a second window of the same browser: it knows only what the server does."""
    return window_at(page, page.url)


def window_at(page: Page, address: str) -> Page:
    """That address in a second window of the same browser."""
    other = page.context.new_page()
    other.goto(address)
    return drawn(other)


def menu(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar")


def expand_menu(page: Page) -> None:
    """On a phone, takes out the menu, which gave way to the page; elsewhere it is there."""
    size = page.viewport_size
    if size is not None and size["width"] <= MENU_COVERS:
        expect(menu(page)).to_have_attribute("data-collapsed", "true")
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(menu(page)).to_have_attribute("data-collapsed", "false")


def find(page: Page, record_number: str) -> None:
    """Opens that patient's Summary through the search."""
    expand_menu(page)
    page.get_by_role("combobox", name="Search patients").press_sequentially(record_number)
    found = page.get_by_role("listbox", name="Patients found").get_by_role("option")
    expect(found).to_have_count(1)  # the answer to the whole number: earlier ones are about to go
    found.filter(has_text=record_number).click()
    expect(page).to_have_url(re.compile(r"/summary\?p="))
    expect(page.locator(".banner .record")).to_have_text(record_number)
    arrived(page, "Summary")


def go_to(page: Page, name: str) -> None:
    """Follows that link of the menu and waits until its page is drawn."""
    expand_menu(page)
    link = menu(page).get_by_role("link", name=name, exact=True)
    path = urlsplit(link.get_attribute("href") or "").path
    link.click()
    expect(page).to_have_url(re.compile(rf"/{re.escape(path.lstrip('/'))}(\?|$)"))
    arrived(page, name)


def arrived(page: Page, name: str) -> None:
    """Waits until that page is drawn: the menu says that one is there, and the script has ended."""
    expect(page.locator(".st-key-here").get_by_text(name, exact=True)).to_be_attached()
    still(page)


def choose_period(page: Page, name: str) -> None:
    """Chooses one of the periods whose length is known and waits until the page shows it."""
    choices = page.locator(".st-key-period_choice")
    choices.get_by_role("radio", name=name, exact=True).click()
    expect_days(page, DAYS[name])
    expect(page).to_have_url(re.compile("period="))


def expect_days(page: Page, days: int) -> None:
    """The page shows that many days, and has come to rest."""
    expect(page.locator(".quality .said").filter(has_text=f"of {days} days")).to_be_visible()
    still(page)
