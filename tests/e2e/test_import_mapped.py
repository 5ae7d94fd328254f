"""A diary of another make in a real browser: its columns explained once, seen, confirmed, imported; axe-core."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from data_access import patients
from data_access.engine import connect_engine, reading
from data_access.tables import diary_entries
from tests import axe
from tests.e2e.conftest import PHONE
from tests.e2e.steps import (
    COORDINATOR,
    PHYSICIAN,
    Open,
    click,
    enter,
    expect_no_scrolling_sideways,
    go_to,
    press_button,
    still,
)
from tests.serving import Served

pytestmark = pytest.mark.browser
DAYS = 14
PARTS = {"morgens": "08:00", "mittags": "12:00", "abends": "20:00"}
HEADER = "Datum;Tageszeit;Schmerz;Stimmung;Schlaf (Std.);Schub;Orte;Bemerkung;Puls"


def days() -> list[date]:
    """Two weeks that end yesterday, moved until one of their days can only be a day: then no order is in doubt."""
    last = datetime.now(UTC).astimezone().date() - timedelta(days=1)
    while last.day < 13:
        last -= timedelta(days=1)
    return [last - timedelta(days=n) for n in reversed(range(DAYS))]


def answer(place: int, part: int) -> int:
    return 1 + (place + part) % 5


def diary(folder: Path, header: str = HEADER) -> Path:
    """Three rows a day, answers from 1 to 5, the day before the month, a decimal comma; one row with a 7."""
    rows = [
        f"{day:%d.%m.%Y};{part};{answer(place, at)};{6 - answer(place, at)};{'7,5' if at == 0 else ''};"
        f"{'ja' if answer(place, at) == 5 else 'nein'};left knee, Genick;{'müde' if place else '=1'};{60 + place}"
        for place, day in enumerate(days())
        for at, part in enumerate(PARTS)
    ]
    rows.append(f"{days()[0] - timedelta(days=1):%d.%m.%Y};morgens;7;3;;nein;;;66")
    path = folder / "tagebuch.csv"
    path.write_text("\n".join([header, *rows]) + "\n", "cp1252")
    return path


def at_import(page: Page, path: Path, who: str = PHYSICIAN) -> Page:
    """The Import page of that person once the table was dropped on it."""
    enter(page, who)
    go_to(page, "Import")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("What do its columns mean?")).to_be_visible()
    still(page)
    return page


def choose(page: Page, label: str | re.Pattern[str], option: str) -> None:
    """Chooses an option of the one field with that label."""
    click(page.get_by_role("combobox", name=label))
    page.keyboard.insert_text(option)  # a long list shows what is typed for
    page.get_by_role("option", name=option, exact=True).click()
    still(page)


def file_under(page: Page, record: str) -> None:
    """Says whose the file is."""
    page.get_by_role("combobox", name="Whose file is this?").press_sequentially(record)
    found = page.get_by_role("listbox", name="Patients found").get_by_role("option").filter(has_text=record)
    expect(found).to_have_count(1)
    found.click()
    expect(page.get_by_role("button", name="Check 1 file")).to_be_enabled()
    still(page)


def explain(page: Page) -> None:
    """Says what cannot be known: the scale, and the one word for a place that is not ours."""
    expect(page.get_by_text(re.compile("^Still to be said above: Schmerz and Stimmung"))).to_be_visible()
    choose(page, re.compile("^Answers go from"), "1 to 5")
    choose(page, re.compile("“Genick” means"), "neck (both sides), front and back")
    expect(page.get_by_text("To 0-10: (value − 1) ÷ 4 × 10: 1 → 0, 2 → 2.5, 3 → 5, 4 → 7.5, 5 → 10")).to_have_count(2)


def imported(page: Page) -> None:
    """Checks, confirms the person and imports."""
    press_button(page, "Check 1 file")
    expect(page.get_by_text("Is this the right person?").first).to_be_visible()
    click(page.get_by_text("This is the right person", exact=True))
    press_button(page, "Import for 1 person")
    expect(page.get_by_role("button", name="Import more files")).to_be_visible()
    still(page)


def leave(page: Page) -> None:
    """Lets the result go: it would wait for the same person at their next visit."""
    press_button(page, "Import more files")
    expect(page.get_by_text("What can be dropped")).to_be_visible()


def kept(served: Served, record: str) -> list[tuple[date, str, float, float]]:
    """Day, time, pain and mood of what that person's own diary files brought."""
    engine = connect_engine(served.database_url)
    with reading(engine) as conn:
        head = patients.find_by_record(conn, record)
        assert head is not None
        e = diary_entries.c
        own = sa.and_(e.patient_id == head.patient_id, e.source == "patient", e.source_key.startswith("mapped:"))
        query = sa.select(e.day, e.at_time, e.pain, e.mood).where(own).order_by(e.day, e.at_time)
        found = [tuple(row) for row in conn.execute(query)]
    engine.dispose()
    return found


def test_a_diary_with_unfamiliar_columns_is_explained_once_and_imported(
    served: Served, open_page: Open, tmp_path: Path
) -> None:
    path = diary(tmp_path)
    page = at_import(open_page(served.url), path)
    expect(page.get_by_text("Read as Windows-1252: look whether accents are right")).to_be_visible()
    expect(page.get_by_text("its cells are dates, and they can be read in one way only")).to_be_visible()
    explain(page)
    expect(
        page.get_by_text(re.compile(rf"^What it becomes: {3 * DAYS} entries from .*1 row would be rejected"))
    ).to_be_visible()
    expect(page.get_by_text("1 cell of it: is outside 1 to 5")).to_be_visible()
    press_button(page, "Use this for the file")
    expect(
        page.get_by_text("8 of 9 columns read; to 0-10 from 1 to 5: Schmerz and Stimmung; not used: Puls.")
    ).to_be_visible()
    file_under(page, "FB-00007")
    imported(page)
    expect(page.get_by_text(f"{3 * DAYS} diary entries").first).to_be_visible()
    wanted = [
        (day, time, (answer(place, at) - 1) * 2.5, (5 - answer(place, at)) * 2.5)
        for place, day in enumerate(days())
        for at, time in enumerate(PARTS.values())
    ]
    assert kept(served, "FB-00007") == wanted
    leave(page)


def test_a_colleague_finds_it_filled_in_and_the_same_file_again_adds_nothing(
    served: Served, open_page: Open, tmp_path: Path
) -> None:
    path = diary(tmp_path, HEADER.replace("Puls", "Herz"))
    page = at_import(open_page(served.url), path)
    explain(page)
    press_button(page, "Use this for the file")
    file_under(page, "FB-00008")
    imported(page)
    leave(page)
    again = at_import(open_page(served.url), path, COORDINATOR)
    expect(again.get_by_text("Filled in as Dr Ada Invented explained such a table before")).to_be_visible()
    press_button(again, "Use this for the file")
    file_under(again, "FB-00008")
    press_button(again, "Check 1 file")
    expect(again.get_by_text(re.compile("already there|nothing new|Nothing", re.IGNORECASE)).first).to_be_visible()
    assert len(kept(served, "FB-00008")) == 3 * DAYS


def test_a_wrong_scale_is_said_before_anything_is_written_and_cannot_be_used(
    served: Served, open_page: Open, tmp_path: Path
) -> None:
    page = at_import(open_page(served.url), diary(tmp_path, HEADER.replace("Puls", "Gewicht")))
    choose(page, re.compile("^Answers go from"), "0 to 3")
    expect(page.get_by_text(re.compile("rows would be rejected: something above does not fit"))).to_be_visible()
    expect(page.get_by_role("button", name="Use this for the file")).to_be_disabled()
    expect(page.get_by_role("button", name=re.compile("^Check 0 files"))).to_be_disabled()
    assert kept(served, "FB-00009") == []


def test_the_step_is_usable_on_a_phone_and_has_no_violations(served: Served, open_page: Open, tmp_path: Path) -> None:
    page = at_import(open_page(served.url, viewport=PHONE), diary(tmp_path, HEADER.replace("Puls", "Schuhe")))
    choose(page, re.compile("^Answers go from"), "1 to 5")
    expect(page.get_by_text(re.compile("^What it becomes:"))).to_be_visible()
    expect_no_scrolling_sideways(page)
    assert axe.serious(page) == []
