"""Import in a real browser: files are dropped, looked at, confirmed, and what they say is on the patient's pages."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    COORDINATOR,
    PHYSICIAN,
    PHYSIO,
    PSYCHOLOGIST,
    expect_no_scrolling_sideways,
    find,
    go_to,
    press_button,
    sign_in,
    still,
)
from tests.serving import Served

DATA = Path(__file__).parents[1] / "data"
BRENDA = DATA / "fhir" / "brenda_jackson.json"
CHOIR = DATA / "choir" / "choir_body_maps_sample.csv"
BRENDAS_NUMBER = "5c41cecf-cf81-434f-9da7-e24e5a99dbc2"
PEOPLE = "patient,family_name,given_name,birth_date,sex"


def csv(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def import_page(page: Page, who: str = PHYSICIAN) -> Page:
    sign_in(page, who)
    go_to(page, "Import")
    return page


def drop(page: Page, *files: FilePayload) -> None:
    """Gives the files to the field and waits until each has its card."""
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(list(files))
    for file in files:
        expect(page.locator("[class*=st-key-import_card_]").filter(has_text=file["name"])).to_be_visible()
    still(page)


def check(page: Page, label: str) -> None:
    press_button(page, label)
    expect(page.get_by_role("heading", name=re.compile("right person|right people"))).to_be_visible()
    still(page)


def person(page: Page, record_number: str) -> Locator:
    return page.locator("[class*=st-key-import_person_], [class*=st-key-import_left_]").filter(has_text=record_number)


def tick(page: Page, label: str) -> None:
    page.get_by_text(label, exact=True).click()
    expect(page.get_by_role("checkbox", name=label)).to_be_checked()
    still(page)


def payload(path: Path) -> FilePayload:
    return {"name": path.name, "mimeType": "application/octet-stream", "buffer": path.read_bytes()}


def test_a_fhir_bundle_and_a_diary_go_in_together_and_are_on_the_patients_pages(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = import_page(open_page(served.url))
    expect(page.get_by_text("What can be dropped")).to_be_visible()
    diary = "".join(f"{BRENDAS_NUMBER},2018-10-{day:02d},{day % 9}\n" for day in range(1, 12))
    drop(page, payload(BRENDA), csv("diary.csv", f"patient,date,pain\n{diary}"))
    check(page, "Check 2 files")
    brenda = person(page, BRENDAS_NUMBER)
    expect(brenda).to_contain_text("Jackson, Brenda · born 14 Oct 1956")
    expect(brenda).to_contain_text("nobody")
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    assert axe.serious(page, ".stMain") == []
    tick(page, "Not on record here: take as a new patient under this number")
    press_button(page, "Import for 1 person")
    expect(page.get_by_role("heading", name=re.compile("added for one new patient"))).to_be_visible()
    press_button(page, f"Jackson, Brenda · {BRENDAS_NUMBER}")
    expect(page.locator(".banner")).to_contain_text("Jackson, Brenda")
    expect(page.locator(".banner .record")).to_have_text(BRENDAS_NUMBER)
    go_to(page, "Medication")
    expect(page.get_by_text(re.compile("oxycodone", re.IGNORECASE)).first).to_be_visible()


def test_a_file_with_another_birth_date_is_refused_in_sight_and_changes_nothing(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = import_page(open_page(served.url, viewport=PHONE), COORDINATOR)
    drop(
        page,
        csv("patients.csv", f"{PEOPLE}\nFB-00003,Other,Person,1901-02-03,female\n"),
        csv("diary.csv", "patient,date,time,pain\nFB-00003,2024-02-03,04:44,9\n"),
    )
    check(page, "Check 2 files")
    refused = person(page, "FB-00003")
    expect(refused).to_contain_text("Somebody else is on record under this number")
    expect(refused).to_contain_text("Other, Person · born 3 Feb 1901")
    expect(refused).to_contain_text("another date of birth is on record")
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    expect_no_scrolling_sideways(page)


def test_the_page_can_be_left_while_an_import_runs_and_the_result_waits_there(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = import_page(open_page(served.url), PHYSIO)
    drop(page, payload(CHOIR))
    check(page, "Check 1 file")
    tick(page, "These are not on record yet. I have looked through the list: they are new patients.")
    press_button(page, "Import for 600 people")
    expect(
        page.get_by_text(re.compile("You can leave this page")).or_(
            page.get_by_role("button", name="Import more files")
        )
    ).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Caseload", exact=True).click()
    expect(page.get_by_text("Who needs me, and why")).to_be_visible()
    go_to(page, "Import")
    expect(page.get_by_role("button", name="Import more files")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("added for 600 new patients"))).to_be_visible()
    press_button(page, "Import more files")
    expect(page.get_by_text("What can be dropped")).to_be_visible()
    find(page, "CHOIR-599")


def test_files_that_were_only_dropped_are_gone_once_the_page_is_left(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = import_page(open_page(served.url), PSYCHOLOGIST)
    drop(page, csv("patients.csv", f"{PEOPLE}\nLEFT-1,Left,Alone,1970-02-03,female\n"))
    go_to(page, "Caseload")
    go_to(page, "Import")
    expect(page.get_by_text("What can be dropped")).to_be_visible()
    expect(page.get_by_text("patients.csv")).to_have_count(0)
