"""Taking an import back in a real browser: with a reason, seen in the list, all derived numbers as before; axe-core."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from data_access import access, batches, ingest, patients
from data_access.engine import connect_engine, reading, writing
from data_access.records import EntryRecord, MarkRecord, PatientBundle, PatientRecord
from data_access.tables import flares, pain_marks, patient_days, patient_snapshots
from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    COORDINATOR,
    Open,
    click,
    enter,
    expect_no_scrolling_sideways,
    go_to,
    press_button,
    reload,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD = "FB-00001"
DERIVED = (patient_days, flares, patient_snapshots, pain_marks)
MARKS = (MarkRecord("b_lumbar_l", 9),)


def derived(engine: Engine) -> list[list[tuple[Any, ...]]]:
    with reading(engine) as conn:
        return [
            [tuple(row) for row in conn.execute(sa.select(table).order_by(*table.primary_key.columns))]
            for table in DERIVED
        ]


def bring(engine: Engine, name: str) -> None:
    """Forty bad days, long ago, of somebody on record and of somebody new, as the coordinator's import."""
    now = datetime.now(UTC)
    today = now.astimezone().date()
    entries = tuple(EntryRecord(today - timedelta(days=n), "04:44", pain=9.5, marks=MARKS) for n in range(300, 340))
    with writing(engine) as conn:
        user = next(each for each in access.users(conn) if each.name == COORDINATOR)
        head = patients.find_by_record(conn, RECORD)
        assert head is not None
        known = PatientRecord(RECORD, head.family_name, head.given_name, head.birth_date, head.sex)
        said = {"file_name": name, "sha256": "0" * 64, "format": "flareboard-csv-diary"}
        batch = batches.start(conn, user_id=user.user_id, now=now, **said)
        for person in (known, PatientRecord(f"NEW-{name}", "Neu", "Nina")):
            bundle = PatientBundle(person, "flareboard_csv", entries=entries, team_id=head.team_id)
            ingest.add(conn, bundle, batch_id=batch, now=now, as_of=today)
        rejected = [["line 9", "diary", "pain is outside 0 to 10"]]
        report = {"added": {"entries": 80}, "rejected": 1, "rejected_rows": rejected, "new_patients": 1}
        batches.finish(conn, batch, report=report, now=now)


def at_import(page: Page) -> Page:
    enter(page, COORDINATOR)
    go_to(page, "Import")
    expect(page.get_by_text("Imported before")).to_be_visible()
    return page


def line(page: Page, name: str) -> Locator:
    return page.locator(".row", has_text=name)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def test_an_import_is_taken_back_with_a_reason_and_every_number_is_as_before(served: Served, open_page: Open) -> None:
    engine = connect_engine(served.database_url)
    before = derived(engine)
    bring(engine, "november.csv")
    assert derived(engine) != before
    page = at_import(open_page(served.url))
    row = line(page, "november.csv")
    expect(row).to_contain_text("1 new patient and 80 diary entries")
    expect(row).to_contain_text("for 2 patients")
    click(row.get_by_role("button", name="Undo the import of november.csv"))
    expect(dialog(page)).to_contain_text("Neu, Nina")
    expect(dialog(page)).to_contain_text("40 diary entries and 40 marks on the body map")
    press_button(page, "Take back")
    expect(dialog(page)).to_contain_text("with a reason of 1 to 400 characters")
    assert derived(engine) != before
    dialog(page).get_by_role("textbox").fill("of another clinic's patient")
    press_button(page, "Take back")
    expect(page.get_by_text("for two people, one of them no longer on record")).to_be_visible()
    assert derived(engine) == before
    expect(row).to_contain_text("of another clinic's patient")
    expect(row.get_by_role("button", name="Undo")).to_have_count(0)
    reload(page)
    expect(line(page, "november.csv")).to_contain_text(f"by {COORDINATOR}: of another clinic's patient")
    engine.dispose()


def test_rejected_rows_are_read_and_escape_leads_back_to_where_one_was(served: Served, open_page: Open) -> None:
    engine = connect_engine(served.database_url)
    bring(engine, "december.csv")
    engine.dispose()
    page = at_import(open_page(served.url))
    for name, told in (("1 rejected", "pain is outside 0 to 10"), ("Undo the import", "Is removed")):
        button = line(page, "december.csv").get_by_role("button", name=name)
        click(button)
        expect(dialog(page)).to_contain_text(told)
        still(page)
        assert axe.serious(page) == []
        page.keyboard.press("Escape")
        expect(dialog(page)).to_have_count(0)
        expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_cut_off_and_axe_finds_nothing(served: Served, open_page: Open, scheme: str) -> None:
    engine = connect_engine(served.database_url)
    bring(engine, f"{scheme}.csv")
    engine.dispose()
    page = at_import(open_page(served.url, viewport=PHONE, color_scheme=scheme))
    expect(line(page, f"{scheme}.csv")).to_be_visible()
    expect_no_scrolling_sideways(page)
    assert axe.serious(page) == []
    click(line(page, f"{scheme}.csv").get_by_role("button", name="Undo the import"))
    expect(dialog(page)).to_contain_text("Is removed")
    expect_no_scrolling_sideways(page)
    still(page)
    assert axe.serious(page) == []
