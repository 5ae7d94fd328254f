"""The Import page's two acts: nothing is written by the look, and only whom somebody confirmed goes in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard.errors import NotPermitted
from dashboard.services import import_checking
from dashboard.services.import_checking import Choices
from dashboard.services.import_jobs import JOBS
from dashboard.services.import_people import CHANGED_SINCE, NOT_CONFIRMED, Identity
from dashboard.services.import_reports import NOT_ASKED_FOR, FileReport, rejected_csv
from dashboard.services.imports import NOT_YOURS
from data_access import access, audit, batches, patients
from data_access.engine import reading, writing
from data_access.tables import diary_entries
from data_access.tables import patients as patient_rows
from tests.dashboard.services.imported import AS_OF, NOW, PEOPLE, checked, everybody, staged, taken, viewer

NINA = f"{PEOPLE}\nP1,Neu,Nina,1970-02-03,female\n"
DIARY = "patient,date,pain\nP1,2026-11-01,4\nP1,2026-11-03,5\n"
BEN = Path(__file__).parents[2] / "data" / "fhir" / "benufldevelopbundle.json"


@pytest.fixture
def clinic(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An empty clinic with two care teams, on either engine, in which nobody imports anything yet."""
    monkeypatch.setattr("dashboard.services.imports.current_engine", lambda: engine)
    monkeypatch.setattr("dashboard.services.work.current_engine", lambda: engine)
    monkeypatch.setattr(JOBS, "_jobs", {})
    with writing(engine) as conn:
        for name in ("North", "South"):
            access.add_team(conn, name)
    return engine


def rows(engine: Engine) -> tuple[int, int]:
    """How many people and diary entries are on record."""
    with reading(engine) as conn:
        entries = conn.execute(sa.select(sa.func.count()).select_from(diary_entries)).scalar_one()
        return len(patients.numbers(conn)), entries


def brought(engine: Engine, *contents: str) -> None:
    """Those files are on record already, brought by somebody who answers for everybody in them."""
    who = viewer(user_id=77)
    files = [staged(who, f"{place}.csv", content) for place, content in enumerate(contents)]
    taken(who, files, everybody(checked(who, files)))
    JOBS.dismiss(who, "import")


def why(reports: list[FileReport]) -> list[str]:
    return [each.why for report in reports for each in report.rejected]


def test_a_look_writes_nothing_and_what_is_confirmed_goes_in(clinic: Engine) -> None:
    who = viewer()
    files = [staged(who, "diary.csv", DIARY), staged(who, "patients.csv", NINA)]
    found = checked(who, files)
    assert rows(clinic) == (0, 0)
    (nina,) = import_checking.people(found)
    assert (nina.standing, nina.said, nina.held) == ("new", (Identity("Neu", "Nina", date(1970, 2, 3)),), None)
    assert (nina.added["entries"], nina.days) == (2, (date(2026, 11, 1), date(2026, 11, 3)))
    done = taken(who, files, {"P1": nina.seen})
    assert rows(clinic) == (1, 2)
    assert [met.link_id != "" for met in import_checking.people(done)] == [True]


def test_who_was_not_confirmed_is_left_out_and_that_is_said(clinic: Engine) -> None:
    who = viewer()
    files = [staged(who, "patients.csv", f"{NINA}P2,Alt,Otto,1960-02-03,male\n"), staged(who, "diary.csv", DIARY)]
    confirmed = everybody(checked(who, files))
    done = taken(who, files, {"P2": confirmed["P2"]})
    assert rows(clinic) == (1, 0)
    assert why(done) == [NOT_CONFIRMED, NOT_CONFIRMED]
    assert not any(report.mostly_rejected for report in done)


def test_the_person_on_record_is_shown_beside_the_file_and_the_look_is_on_record(clinic: Engine) -> None:
    brought(clinic, NINA)
    who = viewer()
    (met,) = import_checking.people(checked(who, [staged(who, "diary.csv", DIARY)]))
    assert (met.standing, met.said, met.held) == ("number", (), Identity("Neu", "Nina", date(1970, 2, 3)))
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "P1")
        assert head is not None
        assert "check import" in [event.action for event in audit.listed(conn, head.patient_id)]
        assert audit.verify(conn) == []


def test_another_date_of_birth_is_shown_on_both_sides_and_nothing_goes_in(clinic: Engine) -> None:
    brought(clinic, NINA)
    who = viewer()
    files = [staged(who, "patients.csv", NINA.replace("1970-02-03", "1971-02-03")), staged(who, "diary.csv", DIARY)]
    found = checked(who, files)
    (met,) = import_checking.people(found)
    assert met.standing == "refused"
    assert met.said[0].birth_date == date(1971, 2, 3)
    assert met.held is not None
    assert met.held.birth_date == date(1970, 2, 3)
    taken(who, files, {"P1": met.seen})
    assert rows(clinic) == (1, 0)
    done = taken(who, files, {}, met=[met])
    assert set(why(done)) == {"another date of birth is on record under this record number"}


def test_of_a_patient_of_another_team_it_is_said_and_nothing_is_shown(clinic: Engine) -> None:
    south = viewer("clinician", 2, user_id=8)
    files = [staged(south, "patients.csv", NINA)]
    taken(south, files, everybody(checked(south, files)))
    north = viewer("clinician", 1)
    found = checked(north, [staged(north, "diary.csv", DIARY)])
    (met,) = import_checking.people(found)
    assert (met.standing, met.held, met.link_id) == ("elsewhere", None, "")
    assert set(why(found)) == {NOT_YOURS}


def test_an_import_for_one_patient_leaves_out_what_is_anothers_and_counts_it_before_and_after(clinic: Engine) -> None:
    who = viewer()
    people = f"{NINA}P2,Alt,Otto,1960-02-03,male\n"
    brought(clinic, people)
    files = [staged(who, "diary.csv", f"{DIARY}P2,2026-11-01,9\nP2,2026-11-02,9\n")]
    choices = Choices(to_patient="P1")
    found = checked(who, files, choices)
    assert why(found) == [NOT_ASKED_FOR] * 2
    assert [met.record_number for met in import_checking.people(found)] == ["P1"]
    done = taken(who, files, everybody(found), choices)
    assert why(done) == [NOT_ASKED_FOR] * 2
    assert rows(clinic) == (2, 2)


def test_a_file_with_another_systems_number_goes_to_the_patient_who_was_chosen(clinic: Engine) -> None:
    brought(clinic, f"{PEOPLE}\nP9,Develop,Ben UFL,1955-10-23,female\n")
    who = viewer()
    files = [staged(who, "ben.json", BEN.read_bytes())]
    (alone,) = import_checking.people(checked(who, files))
    assert (alone.record_number, alone.standing, alone.sha256) == ("benufldevelop", "new", files[0].sha256)
    choices = Choices(filed_under={files[0].sha256: "P9"})
    (chosen,) = import_checking.people(checked(who, files, choices))
    assert (chosen.record_number, chosen.standing, chosen.sha256) == ("P9", "same", files[0].sha256)
    (report,) = taken(who, files, {"P9": chosen.seen}, choices)
    assert report.patients == 1
    assert rows(clinic) == (1, report.added["entries"])


def test_a_name_that_fits_is_never_a_match(clinic: Engine) -> None:
    brought(clinic, NINA)
    who = viewer()
    (met,) = import_checking.people(checked(who, [staged(who, "p.csv", NINA.replace("P1,", "P7,"))]))
    assert (met.standing, met.held) == ("new", None)


def test_who_is_on_record_has_changed_since_the_look_and_the_result_says_so(clinic: Engine) -> None:
    brought(clinic, NINA)
    who = viewer()
    files = [staged(who, "diary.csv", DIARY)]
    confirmed = everybody(checked(who, files))
    with writing(clinic) as conn:
        conn.execute(sa.update(patient_rows).values(family_name="Renamed"))
    done = taken(who, files, confirmed)
    assert set(why(done)) == {CHANGED_SINCE}
    assert rows(clinic) == (1, 0)


def test_entries_that_came_in_since_the_look_are_there_already_in_the_result(clinic: Engine) -> None:
    who = viewer()
    files = [staged(who, "diary.csv", DIARY)]
    brought(clinic, NINA)
    confirmed = everybody(checked(who, files))
    brought(clinic, DIARY)
    (done,) = taken(who, files, confirmed)
    assert (done.records_added, done.already_there, rows(clinic)) == (0, 2, (1, 2))


def test_two_people_with_the_same_file_at_once_both_end_well_and_it_is_there_once(clinic: Engine) -> None:
    both = [viewer(user_id=5), viewer(user_id=6)]
    contents = {"patients.csv": NINA, "diary.csv": DIARY}
    files = {who.user_id: [staged(who, name, text) for name, text in contents.items()] for who in both}
    confirmed = {who.user_id: everybody(checked(who, files[who.user_id])) for who in both}
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda who: taken(who, files[who.user_id], confirmed[who.user_id]), both))
    assert rows(clinic) == (1, 2)
    assert sum(report.records_added for reports in done for report in reports) == 2
    assert why(done[0]) == why(done[1]) == []
    with reading(clinic) as conn:
        assert all(batch.finished_at for batch in batches.listed(conn))


def test_of_somebody_of_whom_everything_is_there_nothing_would_be_written(clinic: Engine) -> None:
    brought(clinic, NINA, DIARY)
    who = viewer()
    (met,) = import_checking.people(checked(who, [staged(who, "diary.csv", DIARY), staged(who, "p.csv", NINA)]))
    assert met.is_settled
    (more,) = import_checking.people(checked(who, [staged(who, "d.csv", "patient,date,pain\nP1,2026-11-09,2\n")]))
    assert not more.is_settled


def test_a_gap_that_a_file_would_fill_in_is_something_to_confirm(clinic: Engine) -> None:
    brought(clinic, "patient,family_name\nP1,Neu\n")
    who = viewer()
    (met,) = import_checking.people(checked(who, [staged(who, "p.csv", NINA)]))
    assert (met.standing, met.is_settled) == ("partly", False)


def test_files_that_name_one_number_in_two_ways_need_a_look(clinic: Engine) -> None:
    who = viewer()
    files = [staged(who, "a.csv", NINA), staged(who, "b.csv", NINA.replace("Nina", "Nele"))]
    (met,) = import_checking.people(checked(who, files))
    assert (met.standing, len(met.said)) == ("partly", 2)


def test_a_file_of_which_most_would_be_rejected_says_so_before_anything_is_written(clinic: Engine) -> None:
    brought(clinic, NINA)
    who = viewer()
    wrong = "".join(f"P1,2026-11-{day:02d},{10 * day}\n" for day in range(1, 9))
    (report,) = checked(who, [staged(who, "diary.csv", f"patient,date,pain\n{wrong}")])
    assert (report.records_added, len(report.rejected), report.mostly_rejected) == (1, 7, True)
    (fine,) = checked(who, [staged(who, "diary.csv", DIARY)])
    assert not fine.mostly_rejected


def test_rejected_rows_as_a_table_start_no_formula(clinic: Engine) -> None:
    who = viewer()
    (report,) = checked(who, [staged(who, "=cmd.csv", "patient,date,pain\nP1,2026-11-01,4\n")])
    (line,) = rejected_csv([replace(report, file="=1+1")]).decode().splitlines()[1:]
    assert line.startswith('"\'=1+1","line 2","diary entry","no patient')


def test_a_table_of_rejected_rows_has_an_end(clinic: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.services.import_reports.MOST_IN_A_TABLE", 3)
    (report,) = checked(viewer(), [staged(viewer(), "d.csv", "patient,date,pain\n" + "P1,2026-11-01,40\n" * 9)])
    assert len(report.rejected) == 9
    assert len(rejected_csv([report]).splitlines()) == 1 + 3


def test_only_roles_that_may_import_check_or_take(clinic: Engine) -> None:
    files = [staged(viewer(), "patients.csv", NINA)]
    for act in (
        lambda who: import_checking.check(who, files, Choices(), as_of=AS_OF, now=NOW),
        lambda who: import_checking.take(who, files, Choices(), {}, met=(), as_of=AS_OF, now=NOW),
        lambda who: staged(who, "patients.csv", NINA),
    ):
        with pytest.raises(NotPermitted):
            act(viewer("auditor"))


def test_where_new_patients_belong_is_told_beforehand(clinic: Engine) -> None:
    assert import_checking.team_of_new(viewer("clinician", 2)) == "South"
    assert import_checking.team_of_new(viewer("coordinator")) == ""
