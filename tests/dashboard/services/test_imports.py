"""Who may import, for whose patients, and what happens to the rest."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import get_args

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard.commands.command_line import OPERATOR
from dashboard.errors import NotPermitted
from dashboard.permissions import PERMISSIONS, Permission, Role, Viewer
from dashboard.services.imports import NOT_YOURS_TO_CLOSE, FileReport, Offered, Wishes, import_files
from data_access import access, audit, batches, patients
from data_access.engine import connect_engine, lock_patient, reading, writing
from data_access.importers.reading import SourceFile

AS_OF = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def zipped(*logged: str) -> bytes:
    """Patients and their diary as our own export packs them; `logged` are rows of the diary."""
    numbers = {row.split(",")[0] for row in logged}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("diary.csv", "\n".join(["patient,date,pain", *logged]))
        archive.writestr("patients.csv", "\n".join(["patient,family_name", *(f"{n},Example" for n in numbers)]))
    return made.getvalue()


BOTH = zipped("P1,2026-03-02,4", "P2,2026-03-02,5")


@pytest.fixture
def clinic(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An empty clinic with two care teams, on either engine."""
    monkeypatch.setattr("dashboard.services.imports.current_engine", lambda: engine)
    monkeypatch.setattr("dashboard.services.work.current_engine", lambda: engine)
    with writing(engine) as conn:
        for name in ("North", "South"):
            access.add_team(conn, name)
    return engine


def viewer(role: Role = "clinician", *teams: int) -> Viewer:
    return Viewer(5, "Dr Example", role, "medicine", frozenset(teams), whole_clinic=not teams)


def imported(who: Viewer, content: bytes = BOTH, *, dry_run: bool = False) -> FileReport:
    offered = Offered("log.zip", lambda: SourceFile("log.zip", content))
    (report,) = import_files(who, [offered], Wishes(dry_run=dry_run), as_of=AS_OF, now=NOW)
    return report


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("dry_run", [True, False])
def test_only_roles_that_may_import_do(clinic: Engine, role: Role, dry_run: bool) -> None:
    if Permission.IMPORT in PERMISSIONS[role]:
        assert imported(viewer(role), dry_run=dry_run).patients == 2
        return
    with pytest.raises(NotPermitted):
        imported(viewer(role), dry_run=dry_run)
    with reading(clinic) as conn:
        assert patients.numbers(conn) == []


def test_a_new_patient_belongs_to_the_team_of_whoever_brought_them(clinic: Engine) -> None:
    imported(viewer("clinician", 2))
    with reading(clinic) as conn:
        heads = [patients.head(conn, number) for number in patients.numbers(conn)]
        assert [head.team_id for head in heads if head] == [2, 2]


def test_another_teams_patient_is_refused_and_the_attempt_is_on_record(clinic: Engine) -> None:
    imported(viewer("clinician", 1), zipped("P1,2026-03-01,4"))
    report = imported(viewer("clinician", 2))
    assert (report.patients, report.added["entries"]) == (1, 1)
    assert [rejection.why for rejection in report.rejected] == ["this patient is not in the care of your team"]
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "P1")
        assert head is not None
        assert [event.action for event in audit.listed(conn, head.patient_id)] == ["import", "refused"]
        assert audit.verify(conn) == []


def test_the_batch_names_who_brought_the_file_and_its_counts(clinic: Engine) -> None:
    imported(viewer("coordinator"))
    with reading(clinic) as conn:
        (batch,) = batches.listed(conn)
    assert (batch.user_id, batch.format, batch.file_name) == (5, "flareboard-csv-zip", "log.zip")
    assert batch.report["added"]["entries"] == 2


def test_a_dry_run_counts_what_is_there_already(clinic: Engine) -> None:
    imported(viewer(), zipped("P1,2026-03-02,4"))
    report = imported(viewer(), dry_run=True)
    assert (report.already_there, report.added["entries"], report.new_patients) == (1, 1, 1)
    with reading(clinic) as conn:
        assert len(patients.numbers(conn)) == 1


def test_an_import_and_another_writer_of_the_same_patient_wait_for_each_other_in_turn(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connect_engine(postgres_url)
    monkeypatch.setattr("dashboard.services.imports.current_engine", lambda: engine)
    monkeypatch.setattr("dashboard.services.work.current_engine", lambda: engine)
    imported(viewer(), zipped("P1,2026-03-02,4"))
    with reading(engine) as conn:
        (patient_id,) = patients.numbers(conn)
    with ThreadPoolExecutor(1) as other:
        with writing(engine) as conn:  # takes the chain, then the patient, as services do
            audit.hold(conn, patient_id)
            report = other.submit(imported, viewer(), zipped("P1,2026-03-03,5"))
            while not waits_for_a_lock(engine):
                assert not report.done()
            lock_patient(conn, patient_id)
        assert report.result(60).added["entries"] == 1
    engine.dispose()


def waits_for_a_lock(engine: Engine) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with engine.connect() as conn:
        return bool(conn.execute(sa.text(waiting)).scalar())


CLOSED = "patient,subject,reason,through,by,at\nP1,red_flag:fever,seen,2026-03-02,Dr T,2026-03-02T08:00:00Z\n"


def closings(report: FileReport) -> tuple[int, list[str]]:
    return report.added["closings"], [each.why for each in report.rejected]


def test_nobody_closes_a_red_flag_by_a_file_who_may_not_close_it_on_screen(clinic: Engine) -> None:
    with_people = io.BytesIO()
    with zipfile.ZipFile(with_people, "w") as archive:
        archive.writestr("patients.csv", "patient,family_name\nP1,Example\n")
        archive.writestr("closings.csv", CLOSED)
    content = with_people.getvalue()
    assert closings(imported(viewer("coordinator"), content)) == (0, [NOT_YOURS_TO_CLOSE])
    assert closings(imported(viewer("clinician"), content)) == (1, [])


def test_the_command_line_restores_closings(clinic: Engine) -> None:
    imported(OPERATOR)
    assert closings(imported(OPERATOR, CLOSED.encode())) == (1, [])
