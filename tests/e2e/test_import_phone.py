"""A phone's export in a real browser: recognised without a step between, filed under a patient, imported once."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from data_access import patients
from data_access.engine import connect_engine, reading
from data_access.tables import diary_entries, measures
from tests.data_access.importers.apple_files import asleep, beat, export, walked, zipped
from tests.e2e.steps import COORDINATOR, PHYSICIAN, Open, click, enter, go_to, press_button, still
from tests.serving import Served

pytestmark = pytest.mark.browser
RECORD = "FB-00011"
NIGHTS = 5


def night(number: int) -> date:
    """The day of waking, counted back from the day before yesterday."""
    return datetime.now(UTC).astimezone().date() - timedelta(days=2 + number)


def archive(folder: Path, born: str = "") -> Path:
    """The export.zip of somebody who wears a watch and carries a phone, made yesterday."""
    records = []
    for number in range(NIGHTS):
        day, before = night(number), night(number + 1)
        records += [
            asleep(f"{before} 23:00", f"{day} 05:{10 + number}"),
            asleep(f"{before} 22:00", f"{day} 07:00", "AsleepUnspecified", source="Phone"),
            walked(f"{day} 09:00", "4000"),
            walked(f"{day} 09:00", "5000", source="Watch"),
            beat(f"{day} 10:00"),
        ]
    path = folder / "export.zip"
    path.write_bytes(zipped(export(*records, exported=f"{night(-1)} 10:00", born=born)))
    return path


def checked(page: Page, path: Path) -> None:
    """Drops the export, says whose it is, and has it checked."""
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("Apple Health export: sleep and steps")).to_be_visible()
    still(page)
    page.get_by_role("combobox", name="Whose file is this?").press_sequentially(RECORD)
    found = page.get_by_role("listbox", name="Patients found").get_by_role("option").filter(has_text=RECORD)
    expect(found).to_have_count(1)
    found.click()
    expect(page.get_by_role("button", name="Check 1 file")).to_be_enabled()
    still(page)
    press_button(page, "Check 1 file")


def kept(served: Served) -> tuple[list[tuple[date, float]], list[tuple[date, float]]]:
    """Hours asleep and steps of that person by day, as far as a phone brought them."""
    engine = connect_engine(served.database_url)
    with reading(engine) as conn:
        head = patients.find_by_record(conn, RECORD)
        assert head is not None
        found = []
        for table, value in ((diary_entries, "sleep_hours"), (measures, "score")):
            own = sa.and_(table.c.patient_id == head.patient_id, table.c.source_key.startswith("apple_health:"))
            query = sa.select(table.c.day, table.c[value]).where(own).order_by(table.c.day.desc())
            found.append([(row[0], row[1]) for row in conn.execute(query)])
    engine.dispose()
    return found[0], found[1]


def test_a_phones_export_goes_in_once_for_the_person_it_was_filed_under(
    served: Served, open_page: Open, tmp_path: Path
) -> None:
    path = archive(tmp_path)
    page = open_page(served.url)
    enter(page, PHYSICIAN)
    go_to(page, "Import")
    checked(page, path)
    expect(page.get_by_text("Is this the right person?").first).to_be_visible()
    click(page.get_by_text("This is the right person", exact=True))
    press_button(page, "Import for 1 person")
    expect(page.get_by_role("button", name="Import more files")).to_be_visible()
    slept, walks = kept(served)
    assert slept == [(night(number), round(6 + (10 + number) / 60, 2)) for number in range(NIGHTS)]
    assert walks == [(night(number), 5000.0) for number in range(NIGHTS)]
    press_button(page, "Import more files")
    checked(page, path)
    expect(page.get_by_text(re.compile("already there|nothing new|Nothing", re.IGNORECASE)).first).to_be_visible()
    assert kept(served) == (slept, walks)


def test_the_phone_of_somebody_born_on_another_day_is_refused_on_the_page(
    served: Served, open_page: Open, tmp_path: Path
) -> None:
    before = kept(served)
    page = open_page(served.url)
    enter(page, COORDINATOR)
    go_to(page, "Import")
    checked(page, archive(tmp_path, born="1901-01-01"))
    expect(page.get_by_text(re.compile("another date of birth", re.IGNORECASE)).first).to_be_visible()
    expect(page.get_by_text("This is the right person", exact=True)).to_have_count(0)
    assert kept(served) == before
