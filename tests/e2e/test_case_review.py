"""A case review in a browser: led by the keyboard alone, seen by a colleague, never losing what is being typed."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Download, Locator, Page, expect

from data_access import tables
from data_access.engine import connect_engine
from tests import axe
from tests.e2e import steps
from tests.e2e.steps import Open
from tests.serving import Served

RECORDS = ("FB-00001", "FB-00002", "FB-00003", "FB-00004", "FB-00005")
FOCUSED = "part => part.getRootNode().activeElement === part"
RECORD = '[class*="st-key-case_record_"]'
FARTHEST = 150
"""Presses of Tab after which a control counts as out of reach."""
EVERYTHING = """() => {
  const told = (root) => [...root.querySelectorAll("*")].flatMap((part) => [
    ...[...part.attributes].map((each) => each.value),
    ...[...part.childNodes].filter((each) => each.nodeType === 3).map((each) => each.data),
    part.value ?? "",
    ...(part.shadowRoot ? told(part.shadowRoot) : []),
  ]);
  return [document.title, location.href, ...told(document)].join("\\n");
}"""
"""Every text, attribute and field of the page, within shadow roots too, with its title and address."""


def press(page: Page, key: str) -> None:
    steps.still(page)
    page.keyboard.press(key)


def tab_to(target: Locator, key: str = "Tab") -> None:
    """Walks to that control as the keyboard does."""
    expect(target).to_be_visible()
    steps.still(target.page)
    for _ in range(FARTHEST):
        if target.evaluate(FOCUSED):
            return
        target.page.keyboard.press(key)
    raise AssertionError(f"{FARTHEST} presses of {key} do not reach {target}")


def enter(target: Locator) -> None:
    tab_to(target)
    target.page.keyboard.press("Enter")


def write(target: Locator, text: str) -> None:
    tab_to(target)
    target.page.keyboard.type(text)


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def cells(page: Page) -> Locator:
    return page.get_by_role("list", name="Queue").get_by_role("listitem")


def field(page: Page, label: str) -> Locator:
    return page.locator(RECORD).get_by_label(label, exact=True).filter(visible=True)


def case_review(page: Page) -> Page:
    """Goes to the page by its link in the menu."""
    enter(steps.menu(page).get_by_role("link", name="Case review", exact=True))
    expect(page.get_by_role("heading", name="Case review", exact=True)).to_be_visible()
    return page


def make_meeting(page: Page, title: str) -> None:
    enter(button(page, re.compile("New case review")))
    named = page.get_by_role("dialog").get_by_label("Title")
    tab_to(named)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(title)
    there = page.get_by_role("combobox", name="Present")
    for name in (steps.PHYSICIAN, steps.PHYSIO):
        tab_to(there)
        page.keyboard.type(name)
        expect(page.get_by_role("option", name=re.compile(name))).to_be_visible()
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    write(page.get_by_label("Guests, one a line: name, role"), "Rhea Guest, general practice")
    enter(button(page, "Make the meeting"))
    expect(page.get_by_role("heading", name=re.compile(rf"^{title}, "))).to_be_visible()


def queue(page: Page, record: str, place: int) -> None:
    """Finds the patient by record number and puts them in the queue."""
    box = page.get_by_role("combobox", name="Queue a patient: name or record number")
    write(box, record)
    expect(page.get_by_role("listbox", name="Patients found").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Queue ({place})")).to_be_visible()
    expect(page.locator(f".st-key-case_who_{place}").get_by_text(record)).to_be_visible()


def started(page: Page, title: str, records: tuple[str, ...]) -> None:
    """Makes a meeting with that queue and presents its first patient."""
    case_review(page)
    make_meeting(page, title)
    for place, record in enumerate(records, start=1):
        queue(page, record, place)
    enter(button(page, re.compile("Start and present the first patient")))
    expect(cells(page)).to_have_count(len(records))
    shown(page, records[0])


def shown(page: Page, record: str) -> None:
    expect(page.locator(".banner .record")).to_have_text(record)
    steps.still(page)


def to_the_record(page: Page) -> None:
    press(page, "r")
    expect(field(page, "Discussion")).to_be_focused()


def outcome(page: Page, name: str) -> Locator:
    return page.locator(RECORD).get_by_role("radio", name=name, exact=True)


def decide(page: Page, decision: str) -> None:
    """Records a decision and who tells the patient, and saves."""
    to_the_record(page)
    page.keyboard.type("Talked through.")
    write(field(page, "Decision"), decision)
    tab_to(field(page, "Who tells the patient"))
    page.keyboard.type("Milo")
    tab_to(outcome(page, "Discussed"))
    page.keyboard.press("Space")
    enter(page.locator(RECORD).get_by_role("button", name="Save", exact=True))
    expect(page.locator(RECORD).get_by_text("Saved. It becomes a signed note")).to_be_visible()


def downloaded(page: Page, name: re.Pattern[str]) -> Download:
    tab_to(button(page, name))
    with page.expect_download() as arriving:
        page.keyboard.press("Enter")
    return arriving.value


@pytest.fixture
def signed_in(served: Served, open_page: Open) -> Iterator[Page]:
    page = open_page(served.url)
    steps.sign_in(page, steps.PHYSICIAN)
    yield page


def test_five_patients_are_reviewed_by_keyboard_alone(served: Served, signed_in: Page, open_page: Open) -> None:
    page = signed_in
    started(page, "Keyboard round", RECORDS)
    for place, record in enumerate(RECORDS, start=1):
        shown(page, record)
        decide(page, f"Decision {place}")
        expect(cells(page).nth(place - 1)).to_contain_text("discussed")
        press(page, "Escape")
        press(page, "n")
    expect(page.get_by_role("heading", name="Close the meeting")).to_be_visible()
    enter(button(page, re.compile("Sign 5 notes and close")))
    expect(page.get_by_text("Each discussed patient has a signed note")).to_be_visible()
    expect_minutes(downloaded(page, re.compile("Download PDF")), downloaded(page, re.compile("Download Word")))
    expect_seen_by_a_colleague(served, page, open_page)


def expect_minutes(pdf: Download, word: Download) -> None:
    assert pdf.suggested_filename.endswith(".pdf")
    assert Path(pdf.path()).read_bytes().startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(Path(word.path()).read_bytes())) as parts:
        text = parts.read("word/document.xml").decode("utf-8")
    assert [record for record in RECORDS if record not in text] == []
    assert "Decision 5" in text


def expect_seen_by_a_colleague(served: Served, page: Page, open_page: Open) -> None:
    colleague = open_page(served.url)
    steps.sign_in(colleague, steps.PHYSIO)
    colleague.goto(page.url)
    steps.drawn(colleague)
    expect(colleague.get_by_text("Each discussed patient has a signed note")).to_be_visible()
    steps.find(colleague, RECORDS[2])
    steps.go_to(colleague, "Care plan")
    expect(colleague.get_by_text("Case review, ").first).to_be_visible()
    expect(colleague.get_by_text("Decision 3").first).to_be_visible()


def test_what_is_being_typed_is_there_again_after_the_page_was_killed(served: Served, signed_in: Page) -> None:
    page = signed_in
    started(page, "Killed", RECORDS[:2])
    to_the_record(page)
    page.keyboard.type("Half a thought that must not")
    expect(page.locator(RECORD).get_by_text(steps.SAVED)).to_be_visible()
    address, context = page.url, page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    steps.drawn(again)
    expect(field(again, "Discussion")).to_have_value("Half a thought that must not")


def test_two_who_record_the_same_patient_choose_between_both_versions(
    served: Served, signed_in: Page, open_page: Open
) -> None:
    page = signed_in
    started(page, "Two recorders", RECORDS[2:4])
    colleague = open_page(served.url)
    steps.sign_in(colleague, steps.PHYSIO)
    colleague.goto(page.url)
    steps.drawn(colleague)
    field(colleague, "Decision").fill("Stretching first")
    outcome(colleague, "Discussed").check(force=True)
    decide(page, "Pacing first")
    record = colleague.locator(RECORD)
    steps.click(record.get_by_role("button", name="Save", exact=True))
    expect(record.get_by_text("Pacing first", exact=True)).to_be_visible()
    expect(record.get_by_text("Stretching first", exact=True)).to_be_visible()
    steps.click(record.get_by_role("button", name="Keep all mine"))
    steps.click(record.get_by_role("button", name="Save what I chose"))
    expect(record.get_by_text("Saved. It becomes a signed note")).to_be_visible()
    expect(field(colleague, "Decision")).to_have_value("Stretching first")


def test_de_identified_the_page_says_nothing_of_who_the_five_are(served: Served, signed_in: Page) -> None:
    page = signed_in
    started(page, "Taught", RECORDS)
    press(page, "Escape")
    tab_to(
        page.get_by_role("switch", name="De-identified, for teaching").or_(
            page.get_by_role("checkbox", name="De-identified, for teaching")
        ),
        "Shift+Tab",
    )
    page.keyboard.press("Space")
    expect(page.get_by_text("De-identified for teaching:")).to_be_visible()
    steps.reload(page)
    expect(steps.menu(page).get_by_text("The pages of the patient are hidden while de-identified.")).to_be_visible()
    expect(steps.menu(page).get_by_role("link", name="Summary")).to_have_count(0)
    for place in range(1, len(RECORDS) + 1):
        expect(page.get_by_text(re.compile(rf"^Patient {place} of 5 · "))).to_be_visible()
        expect(cells(page)).to_have_count(len(RECORDS))
        steps.still(page)
        told = page.evaluate(EVERYTHING)
        assert [secret for secret in secrets(served) if secret in told] == []
        press(page, "n")
    expect(page.get_by_role("heading", name="Queue (5)")).to_be_visible()
    told = page.evaluate(EVERYTHING)
    assert [secret for secret in secrets(served) if secret in told] == []


def secrets(served: Served) -> list[str]:
    """Names, record numbers, birth dates and links of the five, as pages write them."""
    p = tables.patients.c
    engine = connect_engine(served.database_url)
    with engine.connect() as conn:
        query = sa.select(p.family_name, p.given_name, p.record_number, p.link_id, p.birth_date)
        rows = conn.execute(query.where(p.record_number.in_(RECORDS))).all()
    engine.dispose()
    assert len(rows) == len(RECORDS)
    return [said for row in rows for said in (*row[:4], *written(row.birth_date)) if said]


def written(day: date | None) -> list[str]:
    return [] if day is None else [day.isoformat(), f"{day.day} {day:%b} {day.year}", f"{day:%B} {day.day}, {day.year}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(served: Served, open_page: Open, scheme: str) -> None:
    page = open_page(served.url, color_scheme=scheme)
    steps.sign_in(page, steps.PHYSICIAN)
    started(page, f"Looked at in {scheme}", RECORDS[:2])
    expect(field(page, "Discussion")).to_be_visible()
    assert axe.serious(page, ".stMain") == []
    enter(page.get_by_role("button", name="Meeting", exact=True))
    expect(page.get_by_role("heading", name="Close the meeting")).to_be_visible()
    steps.still(page)
    assert axe.serious(page, ".stMain") == []


def test_the_timer_outlives_a_reload_and_stands_still_while_paused(signed_in: Page) -> None:
    page = signed_in
    started(page, "Timed", RECORDS[:1])
    time = page.locator(".clock .time")
    expect(time).to_have_text(re.compile(r"^0:(0[2-9]|[1-5]\d)$"))
    steps.click(button(page, "Pause the timer"))
    stood = time.inner_text()
    steps.reload(page)
    expect(button(page, "Run the timer")).to_be_visible()
    expect(time).to_have_text(stood)


AHEAD = """(minutes) => {
  const now = performance.now.bind(performance);
  performance.now = () => now() + minutes * 60_000;
}"""
"""The browser's clock, put forward."""
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""The tab goes behind another one, or comes back."""


def test_the_timer_stands_still_while_nobody_is_there_and_says_so(signed_in: Page) -> None:
    page = signed_in
    started(page, "Left alone", RECORDS[:1])
    expect(button(page, "Pause the timer")).to_be_visible()
    page.evaluate(AHEAD, 40)
    expect(page.get_by_text("paused: 5 min without input")).to_be_visible()
    time = page.locator(".clock .time")
    expect(time).to_have_text(re.compile(r"^(4:5\d|5:\d\d)$"))
    page.mouse.move(300, 300)
    expect(button(page, "Pause the timer")).to_be_visible()
    expect(time).to_have_text(re.compile(r"^(4:5\d|5:\d\d)$"))
    expect(page.get_by_text("paused: ")).to_have_count(0)
    page.evaluate(HIDE, True)
    expect(page.get_by_text("paused: this page was hidden")).to_be_visible()
    page.evaluate(HIDE, False)
    page.keyboard.press("Shift")
    expect(button(page, "Pause the timer")).to_be_visible()


def test_what_somebody_paused_does_not_go_on_by_itself(signed_in: Page) -> None:
    page = signed_in
    started(page, "Paused by hand", RECORDS[:1])
    steps.click(button(page, "Pause the timer"))
    page.mouse.move(300, 300)
    page.keyboard.press("Shift")
    expect(button(page, "Run the timer")).to_be_visible()
    expect(page.get_by_text("paused: ")).to_have_count(0)


def test_who_is_queued_already_is_told_with_their_number(signed_in: Page) -> None:
    page = case_review(signed_in)
    make_meeting(page, "Twice")
    queue(page, RECORDS[0], 1)
    queue(page, RECORDS[1], 2)
    write(page.get_by_role("combobox", name="Queue a patient: name or record number"), RECORDS[0])
    expect(page.get_by_role("listbox", name="Patients found").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("is already number 1 in this queue.")).to_be_visible()
    expect(page.get_by_role("heading", name="Queue (2)")).to_be_visible()


def test_keys_do_nothing_while_somebody_types(signed_in: Page) -> None:
    page = signed_in
    started(page, "Typing", RECORDS[:2])
    to_the_record(page)
    page.keyboard.type("no pain, new plan")
    expect(field(page, "Discussion")).to_have_value("no pain, new plan")
    shown(page, RECORDS[0])
