"""Import: nothing is written before somebody has seen what it is, whose it is, and has confirmed it."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.errors import DatabaseRefused
from dashboard.services import import_checking
from dashboard.services.import_jobs import JOBS, Job
from data_access import patients
from data_access.access import User
from data_access.engine import reading, writing
from data_access.tables import diary_entries
from data_access.tables import patients as patient_rows
from tests.pages.opening import drawn, everything_shown, head, page

BEN = Path(__file__).parents[1] / "data" / "fhir" / "benufldevelopbundle.json"
HEADER = "patient,family_name,given_name,birth_date,sex"
NINA = f"{HEADER}\nNEW-7,Neu,Nina,1970-02-03,female\n"
LONGEST = 60.0

pytestmark = pytest.mark.usefixtures("nothing_runs")


def dropped(user: User, **files: str | bytes) -> AppTest:
    """The page after those files were dropped; '__' in a name stands for its dot."""
    opened = page("import_files.py", user)
    given = [
        (name.replace("__", "."), content.encode() if isinstance(content, str) else content, "")
        for name, content in files.items()
    ]
    return opened.file_uploader[0].set_value(given).run()


def job(kind: str) -> Job:
    (found,) = [each for each in JOBS._jobs.values() if each.kind == kind]
    assert found.finished.wait(LONGEST)
    return found


def checked(opened: AppTest) -> AppTest:
    """The page once the files were checked."""
    opened.button(key="import_check").click().run()
    job("check")
    return opened.run()


def taken(opened: AppTest) -> AppTest:
    """The page once the import is done."""
    opened.button(key="import_take").click().run()
    job("import")
    return opened.run()


def said(opened: AppTest) -> str:
    """All text of the page, without the marks that keep it plain."""
    parts = [*opened.subheader, *opened.markdown, *opened.caption, *opened.warning]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def entries(engine: Engine) -> int:
    with reading(engine) as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(diary_entries)).scalar_one()


def test_the_empty_page_says_what_can_be_dropped_and_that_nothing_is_written_yet(coordinator: User) -> None:
    opened = page("import_files.py", coordinator)
    assert "FHIR R4 bundles" in said(opened)
    assert "Nothing is written before" in said(opened)
    assert not [button for button in opened.button if button.key == "import_check"]


def test_each_file_says_what_it_is_or_why_it_cannot_be_read(coordinator: User) -> None:
    opened = dropped(coordinator, people__csv=NINA, ben__json=BEN.read_bytes(), cut__json='{"resourceType":"Bund')
    told = said(opened)
    assert "Flareboard CSV: patients" in told
    assert "FHIR R4 (transaction)" in told
    assert "The file is not valid JSON, or it is cut off" in told
    assert "What to do:" in told
    assert opened.button(key="import_check").label == "Check 2 files"


def test_a_file_dropped_twice_is_listed_once_and_one_can_be_removed(coordinator: User) -> None:
    opened = dropped(coordinator, a__csv=NINA, b__csv=NINA)
    assert "dropped twice" in said(opened)
    (remove,) = [button for button in opened.button if button.label == "Remove"]
    remove.click().run()
    assert "What can be dropped" in said(opened)


def test_a_new_person_goes_in_once_confirmed_and_the_result_leads_to_their_summary(
    clinic: Engine, coordinator: User
) -> None:
    opened = checked(dropped(coordinator, people__csv=NINA, diary__csv="patient,date,pain\nNEW-7,2026-11-01,4\n"))
    assert "Neu, Nina · born 3 Feb 1970" in said(opened)
    assert opened.button(key="import_take").disabled
    with reading(clinic) as conn:
        assert patients.find_by_record(conn, "NEW-7") is None
    (tick,) = opened.checkbox
    tick.check().run()
    opened = taken(opened)
    assert opened.subheader[0].value == "1 diary entry was added for one new patient."
    assert head(clinic, "NEW-7").family_name == "Neu"
    assert [button.label for button in opened.button if str(button.key).startswith("import_open_")] == [
        r"Neu, Nina · NEW\-7"
    ]


def test_another_date_of_birth_stands_beside_the_one_on_record_and_there_is_no_tick(
    clinic: Engine, coordinator: User
) -> None:
    known = head(clinic, "FB-00003")
    wrong = f"{HEADER}\nFB-00003,{known.family_name},{known.given_name},1901-02-03,{known.sex}\n"
    opened = checked(dropped(coordinator, people__csv=wrong, diary__csv="patient,date,pain\nFB-00003,2026-11-21,4\n"))
    told = said(opened)
    assert "Somebody else is on record under this number" in told
    assert "born 3 Feb 1901" in told
    assert f"born {known.birth_date:%-d %b %Y}" in told
    assert [tick.key for tick in opened.checkbox] == []
    assert opened.button(key="import_take").disabled


def test_a_file_that_gives_the_number_alone_shows_name_and_birth_date_on_record(
    clinic: Engine, coordinator: User
) -> None:
    known = head(clinic, "FB-00003")
    opened = checked(dropped(coordinator, diary__csv="patient,date,time,pain\nFB-00003,2026-11-21,04:44,4\n"))
    told = said(opened)
    assert "The file gives the record number alone" in told
    assert f"{known.family_name}, {known.given_name} · born {known.birth_date:%-d %b %Y}" in told
    before = entries(clinic)
    opened.checkbox[0].check().run()
    taken(opened)
    assert entries(clinic) == before + 1


def test_a_number_of_another_system_asks_whether_they_are_on_record_here(clinic: Engine, coordinator: User) -> None:
    opened = checked(dropped(coordinator, ben__json=BEN.read_bytes()))
    assert "the one another system gave this person" in said(opened)
    assert [tick.label for tick in opened.checkbox] == ["Not on record here: take as a new patient under this number"]
    labels = [data["label"] for data in drawn(opened, "patient_search")]
    assert "On record here: name or record number" in labels


def test_most_rows_rejected_needs_a_second_word(clinic: Engine, coordinator: User) -> None:
    rows = "".join(f"FB-00003,2027-01-{day:02d},4\n" for day in range(1, 9))
    known = "patient,date,pain\nFB-00003,2026-11-21,4\n"
    opened = checked(dropped(coordinator, diary__csv=known + rows, people__csv=NINA))
    assert "Most rows of diary.csv would be rejected" in said(opened)
    assert "the date lies in the future" in list(opened.table[-1].value["Why"])
    opened.checkbox[0].check().run()
    assert opened.button(key="import_take").disabled
    opened.checkbox(key="import_sure").check().run()
    assert not opened.button(key="import_take").disabled


def test_the_rejected_rows_are_handed_over_as_a_file(coordinator: User) -> None:
    opened = checked(dropped(coordinator, diary__csv="patient,date,pain\nNOBODY,2026-11-21,4\n"))
    opened.button(key="import_rejected_csv").click().run()
    (delivered,) = drawn(opened, "file_delivery")
    assert delivered["name"] == "rejected-rows.csv"


def test_what_turns_a_name_around_is_shown_as_a_box(coordinator: User) -> None:
    opened = checked(dropped(coordinator, people__csv=f"{HEADER}\nNEW-8,Sam\u202eple,Rowan,1970-02-03,female\n"))
    assert "Sam☐ple, Rowan" in said(opened)
    assert "\u202e" not in everything_shown(opened)


def test_back_to_the_files_keeps_them_and_forgets_the_ticks(coordinator: User) -> None:
    opened = checked(dropped(coordinator, people__csv=NINA))
    opened.checkbox[0].check().run()
    opened.button(key="import_back").click().run()
    assert "people.csv" in said(opened)
    assert [tick.value for tick in checked(opened).checkbox] == [False]


def test_a_second_import_finds_everything_on_record_and_asks_for_nothing(coordinator: User) -> None:
    opened = checked(dropped(coordinator, people__csv=NINA))
    opened.checkbox[0].check().run()
    opened = taken(opened)
    opened.button(key="import_more").click().run()
    assert "What can be dropped" in said(opened)
    opened.file_uploader[0].set_value([("people.csv", NINA.encode(), "")]).run()
    opened = checked(opened)
    assert opened.subheader[0].value == "Nothing would be added."
    assert [tick.key for tick in opened.checkbox] == []


def test_somebody_who_comes_back_finds_the_result_of_their_import_and_nobody_else_does(
    coordinator: User, physician: User
) -> None:
    opened = checked(dropped(coordinator, people__csv=NINA))
    opened.checkbox[0].check().run()
    taken(opened)
    assert "One new patient was added." in said(page("import_files.py", coordinator))
    assert "What can be dropped" in said(page("import_files.py", physician))


def test_an_import_for_one_patient_waits_until_that_patient_is_chosen(coordinator: User) -> None:
    opened = dropped(coordinator, people__csv=NINA)
    opened.radio(key="import_for_whom").set_value("One patient only").run()
    assert opened.button(key="import_check").disabled
    assert "The patient: name or record number" in [data["label"] for data in drawn(opened, "patient_search")]


def test_of_a_patient_of_another_team_nothing_on_record_is_shown(clinic: Engine, coordinator: User) -> None:
    known = head(clinic, "FB-00003")
    with writing(clinic) as conn:
        this = patient_rows.c.patient_id == known.patient_id
        conn.execute(sa.update(patient_rows).where(this).values(team_id=99))
    opened = checked(dropped(coordinator, diary__csv="patient,date,pain\nFB-00003,2026-11-21,4\n"))
    assert "In the care of another team" in said(opened)
    shown = everything_shown(opened)
    assert f"{known.family_name}, {known.given_name}" not in shown
    assert f"born {known.birth_date:%-d %b %Y}" not in shown


def test_a_check_that_runs_says_that_nothing_is_written_and_one_that_fails_says_why(
    coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(*_: object, **__: object) -> None:
        assert go_on.wait(LONGEST)
        raise DatabaseRefused("The disk is full.", "What was there is safe.", "Make room.")

    monkeypatch.setattr(import_checking, "import_files", slow)
    opened = dropped(coordinator, people__csv=NINA)
    opened.button(key="import_check").click().run()
    assert "Nothing is written: this finds out what would be added." in said(opened)
    go_on.set()
    job("check")
    opened.run()
    assert "The disk is full." in said(opened)
    opened.button(key="import_back").click().run()
    assert "people.csv" in said(opened)
