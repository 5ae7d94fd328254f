"""Share in a real browser: signed as it was seen, delivered without an address, the same bytes ever after."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clinical.plan import Goal
from data_access import patients, plan
from data_access.engine import connect_engine, writing
from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.share_page import (
    QUESTION,
    REASON,
    TO,
    choose,
    downloaded,
    made,
    missing,
    ordered,
    preview,
    ready,
    share,
    sign,
    write,
)
from tests.e2e.steps import (
    COORDINATOR,
    SAVED,
    Open,
    box,
    click,
    expect_no_scrolling_sideways,
    go_to,
    press_button,
    reload,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser


def test_what_is_typed_is_there_after_a_reload_and_in_another_browser(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00002")
    choose(page, "Rheumatology")
    write(page, TO, "Dr R. Heum")
    write(page, REASON, "Worse since September.")
    expect(missing(page, "Reason")).to_have_count(0)
    reload(page)
    other = share(open_page(served.url), "FB-00002")
    for each in (page, other):
        expect(each.get_by_label(TO)).to_have_value("Dr R. Heum")
        expect(each.get_by_label(REASON, exact=True)).to_have_value("Worse since September.")
        expect(each.get_by_role("radio", name="Rheumatology")).to_be_checked()
        expect(preview(each)).to_have_attribute("alt", re.compile("Referral to rheumatology"))


def test_the_preview_and_the_checklist_follow_what_is_typed_and_the_typing_goes_on(
    served: Served, open_page: Open
) -> None:
    page = share(open_page(served.url), "FB-00003")
    before = preview(page).get_attribute("src")
    expect(missing(page, "Question asked")).to_be_visible()
    page.get_by_label(QUESTION, exact=True).press_sequentially("Why the ")
    expect(missing(page, "Question asked")).to_have_count(0)
    expect(preview(page)).not_to_have_attribute("src", before or "")
    page.keyboard.type("flares?")  # wherever the focus is now
    expect(page.get_by_label(QUESTION, exact=True)).to_have_value("Why the flares?")


def test_a_point_of_the_checklist_leads_to_where_it_is_filled_in_and_is_gone_once_it_is(
    served: Served, open_page: Open
) -> None:
    page = share(open_page(served.url), "FB-00004")
    write(page, TO, "Dr R. Heum")
    expect(missing(page, "Recipient")).to_have_count(0)
    expect(missing(page, "Who does what by when")).to_be_visible()
    click(page.get_by_role("link", name="Who does what by when: open Care plan"))
    write(page, "What is to be donerequired", "Call the surgery")
    press_button(page, "Save")
    expect(page.get_by_text("Action saved.")).to_be_visible()
    go_to(page, "Share")
    expect(preview(page)).to_be_visible()
    expect(missing(page, "Who does what by when")).to_have_count(0)
    expect(page.get_by_label(TO)).to_have_value("Dr R. Heum")


def test_a_document_is_signed_in_several_formats_each_of_which_is_what_its_fingerprint_says_for_ever(
    served: Served, open_page: Open, tmp_path: Path
) -> None:
    page = share(open_page(served.url), "FB-00005")
    for name in ("Word", "FHIR document", "Plain text", "Diary as CSV"):
        page.get_by_role("checkbox", name=name).check()
    ordered(page)
    sign(page)
    expect(page.get_by_text("Made, not marked as sent")).to_be_visible()
    fingerprints = page.get_by_text(re.compile("SHA-256 [0-9a-f]{12}"))
    expect(fingerprints).to_have_count(5)
    for place, name in enumerate(("PDF", "Word", "FHIR document", "Plain text", "Diary as CSV")):
        for path in (tmp_path / f"{name} 1", tmp_path / f"{name} 2"):
            file = downloaded(page, made(page, name))
            assert "-FB-00005-" in file.suggested_filename
            file.save_as(path)
        content = (tmp_path / f"{name} 1").read_bytes()
        assert content == (tmp_path / f"{name} 2").read_bytes()
        assert hashlib.sha256(content).hexdigest()[:12] in fingerprints.nth(place).inner_text()
        reload(page)
    assert b"Signed by Dr Ada Invented" in (tmp_path / "Plain text 1").read_bytes()


def test_one_format_arrives_with_the_signature_and_the_order_is_empty_for_the_next(
    served: Served, open_page: Open
) -> None:
    page = share(open_page(served.url), "FB-00006")
    choose(page, "GP letter")
    ordered(page, "Dr G. Pea")
    file = downloaded(page, page.get_by_role("button", name="Sign and make"))
    assert file.suggested_filename.startswith("gp-letter-FB-00006-")
    expect(page.get_by_text("Made for this patient (1)")).to_be_visible()
    expect(page.get_by_label(TO)).to_have_value("")


def test_a_document_is_marked_as_sent_and_withdrawn_with_its_reason(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00007")
    ordered(page)
    sign(page)
    press_button(page, "Mark as sent")
    choose(page, "post")
    click(page.locator("button.save").filter(has_text="Mark as sent"))
    expect(page.get_by_text(re.compile("Sent: post · marked by Dr Ada Invented"))).to_be_visible()
    press_button(page, "Withdraw")
    click(page.locator("button.save").filter(has_text="Withdraw"))
    expect(page.get_by_text("An answer is needed here.")).to_be_visible()
    write(page, "Why it is withdrawnrequired", "Wrong recipient.")
    expect(page.get_by_text(SAVED).last).to_be_visible()
    reload(page)
    press_button(page, "Withdraw")
    expect(page.get_by_label("Why it is withdrawn")).to_have_value("Wrong recipient.")
    click(page.locator("button.save").filter(has_text="Withdraw"))
    expect(page.get_by_text(re.compile("Withdrawn: Wrong recipient"))).to_be_visible()
    expect(page.get_by_role("button", name="Mark as sent")).to_have_count(0)
    click(made(page, "PDF"))
    expect(page.get_by_role("alert").filter(has_text="for the record only")).to_contain_text("Wrong recipient.")
    file = downloaded(page, page.get_by_role("button", name="Download the withdrawn PDF"))
    assert re.fullmatch(r"WITHDRAWN-referral-pain-FB-00007-.*\.pdf", file.suggested_filename)


def test_what_somebody_else_recorded_since_the_preview_is_looked_at_before_it_is_signed(
    served: Served, open_page: Open
) -> None:
    page = share(open_page(served.url), "FB-00008")
    write(page, REASON, "Please see soon.")
    ordered(page)
    engine = connect_engine(served.database_url)
    with writing(engine) as conn:
        head = patients.find_by_record(conn, "FB-00008")
        assert head is not None
        now = datetime.now(UTC)
        goal = Goal("Walk to the shop and back")
        plan.save(conn, head.patient_id, goal, writer=plan.Writer(2, "Milo Invented", now, now.astimezone().date()))
    engine.dispose()
    press_button(page, "Sign and make")
    told = page.get_by_role("alert").filter(has_text="The record changed since this preview was drawn.")
    expect(told).to_contain_text("Goals, plan and who does what")
    expect(page.get_by_text("Made for this patient (0)")).to_be_visible()
    expect(page.get_by_label(REASON, exact=True)).to_have_value("Please see soon.")
    sign(page)
    expect(page.get_by_text("Made for this patient (1)")).to_be_visible()


def test_without_a_word_about_consent_nothing_is_signed(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00011")
    choose(page, "routine")
    press_button(page, "Sign and make")
    expect(page.get_by_text("Say whether the patient agreed")).to_be_visible()
    expect(page.get_by_text("Made for this patient (0)")).to_be_visible()
    choose(page, "not asked")
    ready(page)
    sign(page)


def test_a_text_that_is_too_long_is_kept_and_told_and_signed_once_it_fits(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00012")
    ordered(page, "r" * 220)
    expect(page.get_by_text("220 characters; 200 fit.")).to_be_visible()
    press_button(page, "Sign and make")
    expect(page.get_by_text(re.compile("Not signed: look at 1 answer"))).to_be_visible()
    expect(page.get_by_label(TO)).to_have_value("r" * 220)
    write(page, TO, "r" * 200)
    expect(page.get_by_text("220 characters; 200 fit.")).to_have_count(0)
    ready(page)
    sign(page)
    expect(page.get_by_text(f"for {'r' * 200}")).to_be_visible()


def test_what_goes_beyond_the_minimum_is_chosen_marked_and_counted(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00013")
    chosen = page.locator(".fold summary")
    click(chosen)
    page.get_by_role("checkbox", name="Clinicians' notes").check()
    expect(chosen).to_contain_text("1 beyond the minimum")
    expect(page.get_by_role("checkbox", name="Red flags and safety")).to_be_disabled()
    expect(page.get_by_text(SAVED)).to_be_visible()
    reload(page)
    expect(chosen).to_contain_text("1 beyond the minimum")


def test_the_pages_are_turned_and_enlarged_by_their_buttons(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00014")
    expect(page.get_by_text(re.compile(r"Page 1 of \d"))).to_be_visible()
    first = preview(page).get_attribute("src")
    click(page.get_by_role("button", name="Next page"))
    expect(page.get_by_text(re.compile(r"Page 2 of \d"))).to_be_visible()
    expect(preview(page)).not_to_have_attribute("src", first or "")
    width = preview(page).evaluate("picture => picture.clientWidth")
    click(page.get_by_role("button", name="Larger"))
    assert preview(page).evaluate("picture => picture.clientWidth") > width
    expect_no_scrolling_sideways(page)


def test_text_is_copied_whole_or_by_section_and_a_picture_arrives_as_png(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00015")
    click(page.get_by_text("Text for the record", exact=True))
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("Referral to a pain service")
    page.get_by_role("combobox", name="What to copy").press_sequentially("Medicines")
    page.get_by_role("option", name="Medicines", exact=True).click()
    expect(code).not_to_contain_text("Referral to a pain service")
    expect(code).to_contain_text("Medicines")
    click(page.get_by_text("Pictures", exact=True))
    file = downloaded(page, page.get_by_role("button", name="PNG").first)
    assert file.suggested_filename.endswith(".png")
    assert Path(file.path()).read_bytes().startswith(b"\x89PNG")


def test_neither_preview_nor_document_ever_has_an_address_on_the_server(served: Served, open_page: Open) -> None:
    page = open_page(served.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    share(page, "FB-00016")
    ordered(page)
    assert downloaded(page, page.get_by_role("button", name="Sign and make")).url.startswith("blob:")
    assert [url for url in asked if "/media/" in url and "/static/" not in url] == []


@pytest.mark.parametrize("record_number", ["FB-00009", "FB-00010"])
def test_a_patient_with_one_entry_or_none_can_be_referred(served: Served, open_page: Open, record_number: str) -> None:
    page = share(open_page(served.url), record_number)
    ordered(page)
    file = downloaded(page, page.get_by_role("button", name="Sign and make"))
    assert file.suggested_filename.startswith(f"referral-pain-{record_number}-")
    expect(page.get_by_text("Made for this patient (1)")).to_be_visible()


def test_a_coordinator_makes_what_says_that_nobody_signed_it(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00017", COORDINATOR)
    page.get_by_role("checkbox", name="Plain text").check()
    page.get_by_role("checkbox", name="PDF").uncheck()
    ordered(page)
    expect(page.get_by_role("button", name="Sign and make")).to_have_count(0)
    file = downloaded(page, page.get_by_role("button", name="Make, not signed"))
    assert "Preview, not signed" in Path(file.path()).read_text("utf-8")
    expect(page.get_by_text(re.compile(f"Made by {COORDINATOR}, not signed"))).to_be_visible()
    expect(page.get_by_role("button", name="Mark as sent")).to_be_visible()
    expect(page.get_by_role("button", name="Withdraw")).to_have_count(0)


def test_order_checklist_and_the_first_page_stand_on_the_first_screen(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00002")
    still(page)
    for part in (page.get_by_role("button", name="Sign and make"), preview(page), page.get_by_text(" there").first):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_runs_off_a_phone(served: Served, open_page: Open, scheme: str) -> None:
    page = share(open_page(served.url, color_scheme=scheme), "FB-00018")
    if scheme == "light":
        ordered(page)
        sign(page)
    click(page.locator(".fold summary"))
    press_button(page, "Withdraw")
    expect(page.get_by_label("Why it is withdrawn")).to_be_visible()
    # As tall as the page: the bar that stays in sight covers part of a tick wherever a screen happens to end.
    page.set_viewport_size({"width": 1440, "height": 4000})
    still(page)
    assert axe.serious(page, ".stMain") == []
    page.set_viewport_size({"width": PHONE["width"], "height": 6000})
    expect_no_scrolling_sideways(page)
    assert axe.serious(page, ".stMain") == []


def test_a_fingerprint_stands_whole_with_its_file_on_a_phone_too(served: Served, open_page: Open) -> None:
    page = share(open_page(served.url), "FB-00001")
    page.get_by_role("checkbox", name="FHIR document").check()
    ordered(page)
    sign(page)
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    ends = 0.0
    for name in ("PDF", "FHIR document"):
        file = page.locator("[class*='st-key-share_file_']").filter(has=made(page, name)).first
        button, fingerprint = box(file.get_by_role("button").first), box(file.get_by_text("SHA-256"))
        assert button["y"] >= ends  # below everything of the file before
        assert button["y"] <= fingerprint["y"] + fingerprint["height"]
        assert fingerprint["x"] + fingerprint["width"] < PHONE["width"]
        ends = max(button["y"] + button["height"], fingerprint["y"] + fingerprint["height"])
    expect_no_scrolling_sideways(page)
