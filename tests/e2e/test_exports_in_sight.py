"""Share in a real browser: what was signed is in sight and arrives whole, what is chosen stays chosen."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clinical.diary import Period
from data_access import exports, patients
from data_access.engine import connect_engine, writing
from data_access.exports import Sent
from tests.e2e.conftest import PHONE, WIDE
from tests.e2e.share_page import CONSENT, choose, downloaded, made, ordered, preview, ready, share, sign
from tests.e2e.steps import Open, click, expect_no_scrolling_sideways, press_button, still
from tests.serving import Served

pytestmark = pytest.mark.browser
OVERLAPS = """card => {
  const parts = [...card.querySelectorAll("p, button")].filter(part => !part.closest("p button, button p"));
  const boxes = parts.map(part => [part.textContent, part.getBoundingClientRect()]).filter(([, box]) => box.width);
  const edge = card.getBoundingClientRect();
  const out = boxes.filter(([, box]) => box.right > edge.right + 1).map(([words]) => words);
  const on = (one, two) => one.left < two.right - 1 && two.left < one.right - 1
    && one.top < two.bottom - 1 && two.top < one.bottom - 1;
  return out.concat(boxes.flatMap(([words, one], at) =>
    boxes.slice(at + 1).filter(([, two]) => on(one, two)).map(([other]) => `${words} / ${other}`)));
}"""
"""What of a card lies on something else of it, or beyond its edge."""


def test_a_file_larger_than_a_message_arrives_whole(served: Served, open_page: Open, tmp_path: Path) -> None:
    content = b"0123456789abcdef" * (60 * 1024 * 1024 // 16) + b"end"
    engine = connect_engine(served.database_url)
    with writing(engine) as conn:
        head = patients.find_by_record(conn, "FB-00019")
        assert head is not None
        now = datetime.now(UTC)
        sent = Sent("fhir", "large.json", "Dr L.", Period(now.date(), now.date()), content)
        exports.store_together(conn, head.patient_id, [sent], user_id=1, now=now)
    engine.dispose()
    page = share(open_page(served.url), "FB-00019")
    file = downloaded(page, made(page, "FHIR document"))
    file.save_as(tmp_path / "large.json")
    found = hashlib.sha256((tmp_path / "large.json").read_bytes()).hexdigest()
    assert found == hashlib.sha256(content).hexdigest()
    expect(page.get_by_text("large.json was handed to your browser.")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_chosen_kind_of_document_stays_chosen(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00020")
    choose(page, "Rheumatology")
    expect(preview(page)).to_have_attribute("alt", re.compile("Referral to rheumatology"))
    chosen = page.get_by_role("radio", name="Rheumatology", exact=True)
    still(page)
    chosen.click()
    expect(chosen).to_be_checked()
    still(page)
    chosen.press("Delete")
    expect(chosen).to_be_checked()


def test_urgency_is_asked_for_and_may_be_left_out(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00021")
    choose(page, CONSENT)
    ready(page)
    press_button(page, "Sign and make")
    expect(page.get_by_text("Urgency is not chosen")).to_be_visible()
    expect(page.get_by_text("Made for this patient (0)")).to_be_visible()
    press_button(page, "Choose it")
    expect(page.get_by_role("radio", name="routine")).to_be_focused()
    press_button(page, "Sign and make")
    press_button(page, "Sign and make without it")
    expect(page.get_by_text("Made for this patient (1)")).to_be_visible()


def test_what_was_signed_is_in_sight_with_its_downloads_and_its_lines_lie_apart(
    served: Served, open_page: Open
) -> None:
    page = share(open_page(served.url), "FB-00022")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    expect(page.get_by_text(re.compile("still missing: see the checklist"))).to_be_visible()
    page.get_by_role("checkbox", name="FHIR document").check()
    ordered(page)
    sign(page)
    just = page.locator(".st-key-share_just")
    for format_ in ("PDF", "FHIR document"):
        expect(just.get_by_role("button", name=re.compile(format_))).to_be_in_viewport()
    downloaded(page, just.get_by_role("button", name=re.compile("FHIR document")))
    expect(just.get_by_text("was handed to your browser.")).to_be_visible()
    press_button(page, "Mark as sent")
    choose(page, "post")
    click(page.locator("button.save").filter(has_text="Mark as sent"))
    expect(page.get_by_text(re.compile("Sent: post"))).to_be_visible()
    for size in (PHONE, WIDE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        still(page)
        assert page.locator("[class*=st-key-share_card_]").evaluate(OVERLAPS) == []
        expect_no_scrolling_sideways(page)


def test_who_asks_for_a_point_is_behind_a_help_mark_in_plain_words(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00023")
    words = page.get_by_text("Asked for by the HL7 standard for referral notes (C-CDA).").first
    expect(words).to_be_hidden()
    expect(page.get_by_text("(9.2)")).to_have_count(0)
    press_button(page, "Who asks for this: Recipient")
    expect(words).to_be_visible()
