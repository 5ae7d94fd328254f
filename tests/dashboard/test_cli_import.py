"""`flareboard import`: what it prints, what it adds, how it exits."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard import cli
from data_access import audit, batches, patients
from data_access.engine import connect_engine, reading
from data_access.tables import diary_entries, metadata, pain_marks, patient_snapshots
from data_access.tables import patients as patient_rows

DATA = Path(__file__).parents[1] / "data"
BUNDLES = [DATA / "fhir" / f"{name}.json" for name in (
    "benufldevelopbundle", "brenda_jackson", "noConditionsufldevelopbundle", "sharonDecisionCompleteBundle"
)]  # fmt: skip
CHOIR = DATA / "choir" / "choir_body_maps_sample.csv"
KEYS = {"file", "format", "patients", "added", "already_there", "unused", "rejected"}
ADDED = {"entries", "regions", "medications", "doses", "measures", "conditions", "goals"}

Run = Callable[..., tuple[int, Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def clinic(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty, migrated database that the command finds in its environment."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", url)
    engine = connect_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `flareboard import --json` and returns its exit code and what it printed."""

    def import_json(*words: str | Path) -> tuple[int, Any]:
        code = cli.main(["import", "--json", *map(str, words)])
        printed = capsys.readouterr().out
        return code, json.loads(printed) if printed else None

    return import_json


def rows(engine: Engine) -> dict[str, int]:
    with reading(engine) as conn:
        return {
            table.name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
            if table.name not in ("import_batches", "audit_events", "audit_heads")
        }


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def on_record(run: Run, folder: Path, *numbers: str) -> None:
    """Puts patients of these record numbers on record."""
    listed = "".join(f"{number},Example\n" for number in numbers)
    assert run(written(folder, "people.csv", f"patient,family_name\n{listed}"))[0] == 0


def test_the_four_bundles_go_in_once_with_every_resource_accounted_for(clinic: Engine, run: Run) -> None:
    code, first = run(*BUNDLES)
    assert code == 0
    assert [(f["read"], f["patients"], f["unused"], f["rejected"]) for f in first["files"]] == [
        (66, 1, 29, []),
        (63, 1, 3, []),
        (1, 1, 0, []),
        (69, 1, 33, []),
    ]
    assert [f["added"]["measures"] for f in first["files"]] == [3, 18, 0, 3]
    assert all(f.keys() >= KEYS and f["added"].keys() >= ADDED for f in first["files"])
    assert all(sum(f["unused_kinds"].values()) == f["unused"] for f in first["files"])
    before = rows(clinic)
    code, second = run(*BUNDLES)
    assert code == 0
    assert all(not any(f["added"].values()) for f in second["files"])
    assert [f["already_there"] for f in second["files"]] == [18, 59, 0, 17]
    assert rows(clinic) == before


def test_the_600_maps_go_in_once(sqlite_url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", sqlite_url)
    (first,) = run(CHOIR)[1]["files"]
    assert (first["patients"], first["added"]["entries"], first["unused"], first["undated"]) == (600, 600, 600, 600)
    (second,) = run(CHOIR)[1]["files"]
    assert (second["already_there"], sum(second["added"].values())) == (600, 0)


def test_rejected_rows_are_named_and_the_rest_is_added(clinic: Engine, run: Run, tmp_path: Path) -> None:
    on_record(run, tmp_path, "P1", "P2")
    content = "patient,date,pain\nP1,2026-03-02,4\nP1,2026-03-03,40\nP2,2026-03-02,5\n"
    code, printed = run(written(tmp_path, "diary.csv", content))
    (report,) = printed["files"]
    assert code == 1
    assert (report["added"]["entries"], report["patients"], report["format"]) == (2, 2, "flareboard-csv-diary")
    assert report["rejected"] == [{"where": "line 3", "what": "diary", "why": "pain is outside 0 to 10"}]


def test_the_same_moment_twice_with_other_values_is_rejected_with_its_line(
    clinic: Engine, run: Run, tmp_path: Path
) -> None:
    on_record(run, tmp_path, "P1")
    content = "patient,date,time,pain\nP1,2026-03-02,08:00,4\nP1,2026-03-02,08:00,5\nP1,2026-03-02,09:00,5\n"
    code, printed = run(written(tmp_path, "diary.csv", content))
    (report,) = printed["files"]
    assert (code, report["added"]["entries"]) == (1, 2)
    assert [rejection["where"] for rejection in report["rejected"]] == ["line 3"]


def test_a_file_that_cannot_be_read_leaves_the_database_as_it_was(clinic: Engine, run: Run, tmp_path: Path) -> None:
    run(BUNDLES[0])
    before = rows(clinic)
    code, printed = run(written(tmp_path, "x.json", '{"resourceType": "Bundle", "type": "collection", "entry": ['))
    (report,) = printed["files"]
    assert (code, report["format"]) == (2, "unreadable")
    assert "not valid JSON" in report["rejected"][0]["why"]
    assert rows(clinic) == before


def test_one_unreadable_file_does_not_stop_the_others(clinic: Engine, run: Run, tmp_path: Path) -> None:
    code, printed = run(written(tmp_path, "x.pdf", "%PDF-1.7"), BUNDLES[2], tmp_path / "missing")
    assert code == 1
    assert [report["patients"] for report in printed["files"]] == [0, 1, 0]


def test_a_dry_run_says_what_it_would_add_and_writes_nothing(clinic: Engine, run: Run) -> None:
    code, printed = run("--dry-run", BUNDLES[0])
    assert (code, printed["files"][0]["added"]["medications"]) == (0, 9)
    with reading(clinic) as conn:
        assert patients.numbers(conn) == []
        assert batches.listed(conn) == []
        assert audit.listed(conn, 0) == []


def test_a_dry_run_makes_no_database(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'clinic.db'}")
    assert run("--dry-run", BUNDLES[0])[0] == 0
    assert not (tmp_path / "clinic.db").exists()


def test_a_first_import_makes_the_database(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'clinic.db'}")
    assert run(BUNDLES[0])[0] == 0
    assert (tmp_path / "clinic.db").exists()


@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]])
def test_a_database_in_a_folder_that_does_not_exist_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], dry_run: list[str]
) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'mistyped' / 'clinic.db'}")
    assert cli.main(["import", *dry_run, str(BUNDLES[0])]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert not (tmp_path / "mistyped").exists()


PEOPLE = "patient,family_name,given_name,birth_date,sex\n"
UNKNOWN = "no patient with this record number; import the patients file first or with it"


def test_the_order_of_diary_and_patients_does_not_matter(clinic: Engine, run: Run, tmp_path: Path) -> None:
    diary = written(tmp_path, "diary.csv", "patient,date,pain\nP1,2026-03-02,4\n")
    people = written(tmp_path, "patients.csv", f"{PEOPLE}P1,Example,Anna,,\n")
    code, printed = run("--dry-run", diary, people)
    assert (code, [f["new_patients"] for f in printed["files"]]) == (0, [0, 1])
    code, printed = run(diary, people)
    assert (code, [Path(f["file"]).name for f in printed["files"]]) == (0, ["diary.csv", "patients.csv"])
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "P1")
    assert head is not None
    assert (head.family_name, head.given_name) == ("Example", "Anna")


def test_fhir_files_are_read_patients_first_too(clinic: Engine, run: Run, tmp_path: Path) -> None:
    observed = written(tmp_path, "Observation.ndjson", json.dumps(observation_of("p")) + "\n")
    person = written(tmp_path, "Patient.ndjson", json.dumps({"resourceType": "Patient", "id": "p"}) + "\n")
    code, printed = run(observed, person)
    assert (code, [f["added"]["entries"] for f in printed["files"]]) == (0, [1, 0])


def test_a_number_that_is_nobodys_never_makes_a_patient(clinic: Engine, run: Run, tmp_path: Path) -> None:
    on_record(run, tmp_path, "P1")
    before = rows(clinic)
    code, printed = run(written(tmp_path, "diary.csv", "patient,date,pain\nP11,2026-03-02,4\n"))
    (report,) = printed["files"]
    assert (code, report["patients"], report["new_patients"]) == (1, 0, 0)
    assert report["rejected"] == [{"where": "line 2", "what": "diary entry", "why": UNKNOWN}]
    assert rows(clinic) == before


def test_a_rejected_patients_row_makes_no_patient_and_takes_their_diary_with_it(
    clinic: Engine, run: Run, tmp_path: Path
) -> None:
    bad = "P2,A,B,2026-02-30,\nP3,A,B,2050-01-01,\nP4,A,B,,dog\n"
    people = written(tmp_path, "patients.csv", f"{PEOPLE}P1,Example,Anna,,\n{bad}")
    diary = written(tmp_path, "diary.csv", "patient,date,pain\nP1,2026-03-02,4\nP2,2026-03-02,4\n")
    code, printed = run(people, diary)
    told, logged = printed["files"]
    assert (code, told["patients"], told["new_patients"]) == (1, 1, 1)
    assert {r["where"]: r["why"] for r in told["rejected"]} == {
        "line 3": "birth_date is not a day of the calendar",
        "line 4": "the date of birth lies in the future",
        "line 5": "sex is none of female, male, other, unknown",
    }
    assert [(r["where"], r["why"]) for r in logged["rejected"]] == [("line 3", UNKNOWN)]
    with reading(clinic) as conn:
        assert len(patients.numbers(conn)) == 1


def test_the_diary_of_somebody_else_under_the_same_number_stays_out_though_it_is_another_file(
    clinic: Engine, run: Run, tmp_path: Path
) -> None:
    assert run(written(tmp_path, "first.csv", f"{PEOPLE}P1,Example,Anna,1980-02-29,\n"))[0] == 0
    people = written(tmp_path, "patients.csv", f"{PEOPLE}P1,Sample,Bea,1990-01-01,\n")
    code, printed = run(people, written(tmp_path, "diary.csv", "patient,date,pain\nP1,2026-03-02,4\n"))
    assert (code, printed["files"][1]["added"]["entries"]) == (1, 0)
    assert "date of birth" in printed["files"][1]["rejected"][0]["why"]


def test_a_score_outside_its_range_is_rejected_with_its_line_and_the_range(
    clinic: Engine, run: Run, tmp_path: Path
) -> None:
    on_record(run, tmp_path, "P1")
    lines = "P1,2026-03-02,PHQ-4,99\nP1,2026-03-02,<b>odd</b>,3\nP1,2026-03-02,Our own scale,250\n"
    code, printed = run(written(tmp_path, "measures.csv", f"patient,date,instrument,score\n{lines}"))
    (report,) = printed["files"]
    assert (code, report["added"]["measures"]) == (1, 1)
    assert [(r["where"], r["why"]) for r in report["rejected"]] == [
        ("line 2", "PHQ-4 is outside 0 to 12"),
        ("line 3", "the instrument's name holds markup characters"),
    ]


def observation_of(patient: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation", "id": "o1", "status": "final", "effectiveDateTime": "2026-03-02",
        "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]}, "valueQuantity": {"value": 4},
        "subject": {"reference": f"Patient/{patient}"},
    }  # fmt: skip


def bundle_of(*resources: dict[str, Any]) -> str:
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]})


def test_observations_of_a_patient_who_is_nowhere_are_rejected(clinic: Engine, run: Run, tmp_path: Path) -> None:
    code, printed = run(written(tmp_path, "x.json", bundle_of(observation_of("nobody"))))
    (report,) = printed["files"]
    assert (code, report["patients"]) == (1, 0)
    assert report["rejected"] == [
        {
            "where": "entry[0] Observation/o1",
            "what": "diary entry",
            "why": "its patient is neither in the file nor on record here",
        }
    ]
    with reading(clinic) as conn:
        assert patients.numbers(conn) == []


def test_observations_of_a_patient_on_record_are_added_to_them(clinic: Engine, run: Run, tmp_path: Path) -> None:
    run(BUNDLES[2])
    code, printed = run(written(tmp_path, "x.json", bundle_of(observation_of("noConditionsufldevelop"))))
    assert (code, printed["files"][0]["added"]["entries"], printed["files"][0]["new_patients"]) == (0, 1, 0)


@pytest.mark.parametrize(
    "other",
    [{"birthDate": "1990-01-01", "name": [{"family": "Develop"}]}, {"name": [{"family": "Sample", "given": ["Bea"]}]}],
)
def test_another_person_under_the_same_number_is_never_mixed_in(
    clinic: Engine, run: Run, tmp_path: Path, other: dict[str, Any]
) -> None:
    run(BUNDLES[2])
    before = rows(clinic)
    stranger = {"resourceType": "Patient", "id": "noConditionsufldevelop", **other}
    content = bundle_of(stranger, observation_of("noConditionsufldevelop"))
    code, printed = run(written(tmp_path, "x.json", content))
    assert (code, printed["files"][0]["patients"], len(printed["files"][0]["rejected"])) == (1, 0, 1)
    assert rows(clinic) == before


def test_only_the_patient_asked_for_is_taken(clinic: Engine, run: Run, tmp_path: Path) -> None:
    on_record(run, tmp_path, "P1", "P2")
    path = written(tmp_path, "diary.csv", "patient,date,pain\nP1,2026-03-02,4\nP2,2026-03-02,5\n")
    code, printed = run("--patient", "P2", path)
    (report,) = printed["files"]
    assert (code, report["added"]["entries"]) == (1, 1)
    assert report["rejected"] == [
        {"where": "line 2", "what": "diary entry", "why": "it is about another patient than the one asked for"}
    ]


def test_a_file_about_one_person_with_another_systems_id_is_filed_under_the_number_asked_for(
    clinic: Engine, run: Run
) -> None:
    assert run("--patient", "M-17", BUNDLES[0])[0] == 0
    with reading(clinic) as conn:
        assert patients.find_by_record(conn, "M-17") is not None
        assert patients.find_by_record(conn, "benufldevelop") is None


def test_a_file_with_another_record_number_is_never_filed_under_the_one_asked_for(
    clinic: Engine, run: Run, tmp_path: Path
) -> None:
    named = {"resourceType": "Patient", "id": "x", "identifier": [{"value": "M-18"}]}
    code, printed = run("--patient", "M-17", written(tmp_path, "x.json", bundle_of(named, observation_of("x"))))
    assert (code, printed["files"][0]["patients"]) == (1, 0)


def test_what_was_imported_is_on_record_in_the_patients_chain(clinic: Engine, run: Run) -> None:
    run(BUNDLES[0])
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "benufldevelop")
        assert head is not None
        (event,) = audit.listed(conn, head.patient_id)
        (batch,) = batches.listed(conn)
        assert audit.verify(conn) == []
    assert (event.action, event.resource) == ("import", f"batch {batch.batch_id}")
    assert "Develop" not in event.detail
    assert batch.finished_at is not None
    assert "benufldevelop" not in json.dumps(dict(batch.report))


def test_the_printed_account_can_be_read_without_json(
    clinic: Engine, run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    on_record(run, tmp_path, "P1")
    hostile = written(tmp_path, "diary.csv", 'patient,date,note\nP1,2026-13-01,"\x1b[2Jgone"\nP1,2026-03-02,ok\n')
    assert cli.main(["import", str(hostile), str(tmp_path / "missing")]) == 1
    printed = capsys.readouterr().out
    assert "added: 1 entries" in printed
    assert "line 2: diary: date is not a day of the calendar" in printed
    assert "missing: not read." in printed
    assert "\x1b" not in printed


DIES_WRITING = """
import os, signal, sys
from dashboard.cli import main
from data_access import ingest
real, calls = ingest.add, []
def add(*given, **named):
    written = real(*given, **named)
    calls.append(written)
    if len(calls) == 16:
        os.kill(os.getpid(), signal.SIGKILL)
    return written
ingest.add = add
main(sys.argv[1:])
"""
"""An import whose process is killed when the rows of the sixteenth patient are written and not yet committed."""


def test_an_import_that_is_killed_leaves_whole_patients_and_can_be_run_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'clinic.db'}"
    environment = os.environ | {"FLAREBOARD_DATABASE_URL": url}
    killed = subprocess.run([sys.executable, "-c", DIES_WRITING, "import", str(CHOIR)], env=environment)
    assert killed.returncode == -signal.SIGKILL
    engine = connect_engine(url)
    with reading(engine) as conn:
        assert count(conn, patient_rows) == count(conn, diary_entries) == count(conn, patient_snapshots) == 15
        assert audit.verify(conn) == []
        assert [batch.finished_at for batch in batches.listed(conn)] == [None]
    command = [sys.executable, "-m", "dashboard.cli", "import", str(CHOIR), "--json"]
    again = subprocess.run(command, env=environment, capture_output=True, check=True)
    (report,) = json.loads(again.stdout)["files"]
    assert (report["already_there"], report["added"]["entries"]) == (15, 585)
    with reading(engine) as conn:
        assert (count(conn, diary_entries), count(conn, pain_marks)) == (600, 3_012)
    engine.dispose()


def count(conn: sa.Connection, table: sa.Table) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
