"""A formatted note in a real Chromium: words only, whatever was written, and nothing of them unseen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.lone_page import lone_page
from tests.e2e.steps import Open, expect_no_scrolling_sideways, still

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the page with one note is served; which one comes behind it."""
    with lone_page(Path(__file__).parent / "blocks_page.py") as url:
        yield f"{url}/?text="


def ready(page: Page) -> Page:
    expect(page.locator(".blocks")).to_be_visible()
    still(page)
    return page


def test_a_note_has_its_headings_lists_quotes_and_table(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}letter"))
    expect(page.get_by_role("heading", name="Psychology, review")).to_be_visible()
    expect(page.locator(".blocks strong").first).to_have_text("went up")
    expect(page.locator(".blocks blockquote")).to_have_text('"It is the stairs, not the walking."')
    expect(page.get_by_role("columnheader", name="Pain")).to_be_visible()
    expect(page.get_by_role("row", name="Mon 6")).to_be_visible()
    assert axe.serious(page, ".stMain") == []


def test_numbers_and_signs_of_a_note_are_those_that_were_written(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}letter"))
    expect(page.locator(".blocks .mark")).to_have_text(["1.", "–", "–", "3.", "+"])
    expect(page.get_by_text("2*50 mg")).to_be_visible()


def test_markup_links_and_pictures_in_a_note_stay_words_and_do_nothing(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}hostile"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ready(page)
    note = page.locator(".blocks")
    for written in ("<script>window.hurt = 1</script>", "[words](javascript:window.hurt=4)", "<u>a</u>", "&lt;i&gt;"):
        expect(note).to_contain_text(written)
    expect(note.locator("a, img, iframe, script, svg, u, b, [onclick], [onerror], [href], [src]")).to_have_count(0)
    assert page.evaluate("window.hurt ?? 'unhurt'") == "unhurt"
    assert not [url for url in asked if ":9/" in url]


def test_signs_that_turn_letters_around_are_shown_and_turn_nothing(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}hostile"))
    expect(page.locator(".blocks .unseen")).to_have_text(["U+202E", "U+202C", "U+200B"])
    expect(page.locator(".blocks p").last).to_have_text("take U+202E05U+202C mg, payU+200Bpal")


def test_what_is_sought_is_marked_without_case_and_accents_where_words_begin(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}sought"))
    marked = page.locator(".blocks mark").all_text_contents()
    assert marked == ["müde", "Müdig", "sleep ", "hygiene", "Sleep, Hygiene", "Mu\u0308dig"]
    expect(page.locator(".blocks")).to_have_text(
        "Schlaf: müde, Müdigkeit; muddle. Wärme. sleep hygiene, then Sleep, Hygiene and asleep; Mu\u0308dig"
    )


def test_a_note_fits_a_telephone(address: str, open_page: Open) -> None:
    page = ready(open_page(f"{address}hostile", viewport=PHONE))
    expect_no_scrolling_sideways(page)
