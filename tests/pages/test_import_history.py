"""The list of past imports on the Import page, what was rejected in one, and taking one back with a reason."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.components.import_history import _ASKED, SHOWN
from dashboard.presenters import import_history as words
from data_access import batches, ingest, notes
from data_access.access import User
from data_access.engine import writing
from data_access.notes import Author
from data_access.records import EntryRecord, PatientBundle, PatientRecord
from tests.conftest import AS_OF, NOW
from tests.pages.opening import drawn, page

NEW = PatientRecord("NEW-7", "Neu", "Nina *bold*")

pytestmark = pytest.mark.usefixtures("nothing_runs")


def bring(engine: Engine, user: User, name: str = "diary.csv", hour: int = 5) -> int:
    bundle = PatientBundle(NEW, "fhir", entries=(EntryRecord(AS_OF, f"0{hour}:07", pain=3.0),), team_id=1)
    report = {"added": {"entries": 1}, "rejected": 2, "rejected_rows": [["line 3", "", "the time is not HH:MM"]]}
    with writing(engine) as conn:
        batch = batches.start(conn, file_name=name, sha256="0" * 64, format="fhir", user_id=user.user_id, now=NOW)
        ingest.add(conn, bundle, batch_id=batch, now=NOW, as_of=AS_OF)
        batches.finish(conn, batch, report=report, now=NOW)
    return batch


def clicked(user: User, event: str, batch: int) -> AppTest:
    """The page after a click in the list, which the page is told by the browser."""
    opened = page("import_files.py", user)
    opened.session_state[_ASKED] = (event, batch)
    return opened.run()


def said(opened: AppTest) -> str:
    parts = [*opened.markdown, *opened.caption, *opened.warning, *opened.error, *opened.success]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def shown(opened: AppTest) -> str:
    """The cells of the dialog's table."""
    return str(opened.table[0].value.to_numpy().tolist()).replace("\\", "")


def test_before_any_import_the_list_says_so(coordinator: User) -> None:
    opened = page("import_files.py", coordinator)
    assert words.NOTHING in said(opened)
    assert drawn(opened, "import_history") == []


def test_imports_are_listed_the_latest_first_and_older_ones_on_request(clinic: Engine, coordinator: User) -> None:
    for place in range(SHOWN + 2):
        bring(clinic, coordinator, f"{place}.csv", hour=place % 10)
    (told,) = drawn(page("import_files.py", coordinator), "import_history")
    assert [line["file"] for line in told["lines"]] == [f"{place}.csv" for place in range(SHOWN + 1, 1, -1)]
    assert told["more"]


def test_the_rows_that_were_rejected_are_shown_with_their_reasons(clinic: Engine, coordinator: User) -> None:
    opened = clicked(coordinator, "rejected", bring(clinic, coordinator))
    assert "the time is not HH:MM" in shown(opened)
    assert "The first 1 of 2 rejected rows." in said(opened)


def test_before_it_is_taken_back_it_is_said_from_whom_and_what_goes(clinic: Engine, coordinator: User) -> None:
    opened = clicked(coordinator, "undo", bring(clinic, coordinator))
    assert "Neu, Nina *bold* · date of birth not known · NEW-7" in shown(opened)
    assert "1 diary entry; the person, who was not on record before" in shown(opened)
    assert words.WHAT_IT_DOES in said(opened)
    assert opened.text_area[0].value == ""


def test_what_is_in_the_way_is_said_and_there_is_nothing_to_press_but_close(clinic: Engine, coordinator: User) -> None:
    batch = bring(clinic, coordinator)
    with writing(clinic) as conn:
        number = conn.execute(sa.text("SELECT patient_id FROM patients WHERE record_number = 'NEW-7'")).scalar_one()
        notes.sign_text(conn, number, Author(1, "Dr Ada Invented", "medicine"), text="Seen.", now=NOW)
    opened = clicked(coordinator, "undo", batch)
    assert "later work rests on it" in said(opened)
    assert "1 signed note: written here since" in said(opened)
    assert [each.key for each in opened.button if (each.key or "").startswith("import_undo")] == ["import_undo_close"]


def test_an_import_of_another_team_is_neither_listed_nor_opened(clinic: Engine, coordinator: User) -> None:
    batch = bring(clinic, coordinator)
    with writing(clinic) as conn:
        conn.execute(sa.text("UPDATE patients SET team_id = 2 WHERE record_number = 'NEW-7'"))
    for event in ("undo", "rejected"):
        opened = clicked(coordinator, event, batch)
        assert drawn(opened, "import_history") == []
        assert "does not allow you" in said(opened)
        assert "Neu" not in said(opened)
