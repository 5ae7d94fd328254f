"""The `flareboard` command: every command of the table, its output and its exit code."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard import cli, clock
from data_access import exports, patients
from data_access.engine import connect_engine, reading

Flareboard = Callable[..., tuple[int, str, str]]


@pytest.fixture
def flareboard(capsys: pytest.CaptureFixture[str]) -> Flareboard:
    """Runs a command; returns exit code, standard output, standard error."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def demo_clinic(demo_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A copy of the small synthetic clinic, configured."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", str(demo_copy.url))
    return demo_copy


@pytest.fixture
def no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a database that does not exist yet, configured."""
    place = tmp_path / "none.db"
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{place}")
    return place


COMMANDS = ("serve", "demo", "import", "analyse", "flares", "export", "audit", "backup", "restore")


def test_the_command_is_installed() -> None:
    done = subprocess.run([sys.executable, "-m", "dashboard.cli", "--help"], capture_output=True, text=True, check=True)
    assert all(command in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(flareboard: Flareboard, command: str) -> None:
    code, out, _ = flareboard(command, "--help")
    assert (code, "usage: flareboard" in out) == (0, True)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("import",),
        ("demo", "--patients", "0"),
        ("demo", "--patients", "10001"),
        ("demo", "--days", "x"),
        ("serve", "--port", "70000"),
        ("export", "--patient", "P1", "--format", "xls", "--out", "x"),
        ("export", "--patient", "P1", "--format", "pdf,xls", "--out", "x"),
        ("export", "--patient", "P1", "--format", "pdf", "--out", "x", "--template", "novel"),
        ("export", "--format", "csv", "--out", "x"),
        ("export", "--patient", "P1", "--all", "--format", "csv", "--out", "x"),
        ("export", "--patient", "P1", "--format", "csv", "--out", "x", "--from", "2026-02-30"),
        ("audit",),
    ],
)
def test_a_wrong_use_is_an_error_of_its_own(flareboard: Flareboard, words: tuple[str, ...]) -> None:
    code, _, err = flareboard(*words)
    assert (code, "usage:" in err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("analyse",),
        ("flares", "--patient", "P1"),
        ("audit", "verify"),
        ("backup", "x.zip"),
        ("export", "--all", "--format", "csv", "--out", "x.zip"),
    ],
)
def test_a_database_without_tables_is_refused_in_words(
    flareboard: Flareboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    monkeypatch.chdir(tmp_path)
    code, out, err = flareboard(*words)
    assert (code, out) == (2, "")
    assert "no Flareboard tables yet" in err
    assert not (tmp_path / "x.zip").exists()


def test_a_database_at_another_migration_is_refused_by_every_command(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    with demo_clinic.begin() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    file = tmp_path / "p.csv"
    file.write_text("patient,family_name\nP1,Example\n", "utf-8")
    for words in (("analyse",), ("import", file), ("import", "--dry-run", file), ("demo",), ("backup", tmp_path / "b")):
        code, _, err = flareboard(*words)
        assert (code, "migration 9999" in err) == (2, True), words


def test_the_demo_fills_an_empty_database_and_refuses_another(flareboard: Flareboard, no_database: Path) -> None:
    code, out, _ = flareboard("demo", "--patients", "3", "--days", "40", "--seed", "7")
    assert (code, "3 invented patients" in out) == (0, True)
    code, _, err = flareboard("demo", "--patients", "4")
    assert (code, "already holds patients" in err) == (2, True)


def test_analyse_rebuilds_derived_rows(flareboard: Flareboard, demo_clinic: Engine) -> None:
    with reading(demo_clinic) as conn:
        everybody = len(patients.numbers(conn))
    assert flareboard("analyse", "--json")[:2] == (0, f'{{\n "patients": {everybody}\n}}\n')
    assert flareboard("analyse", "--patient", "FB-00003")[:2] == (0, "Rebuilt the derived rows of 1 patient.\n")
    code, _, err = flareboard("analyse", "--patient", "nobody")
    assert (code, "no patient with that record number" in err) == (2, True)


def test_flares_are_listed_with_everything_the_format_names(flareboard: Flareboard, demo_clinic: Engine) -> None:
    code, out, _ = flareboard("flares", "--patient", "FB-00002", "--json")
    listed = json.loads(out)["flares"]
    assert code == 0
    assert listed
    named = {"kind", "start", "end", "days", "peak", "usual", "signals", "days_missing", "verdict"}
    assert all(each.keys() >= named for each in listed)
    code, out, _ = flareboard("flares", "--patient", "FB-00002")
    assert (code, len(out.splitlines())) == (0, len(listed))
    assert flareboard("flares", "--patient", "nobody")[0] == 2


def test_a_patients_series_leaves_as_csv_and_is_kept_as_it_left(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    out = tmp_path / "series.zip"
    assert flareboard("export", "--patient", "FB-00002", "--format", "csv", "--out", out)[0] == 0
    with zipfile.ZipFile(out) as archive:
        assert archive.read("patients.csv").count(b"\n") == 2
    assert out.stat().st_mode & 0o077 == 0
    with reading(demo_clinic) as conn:
        head = patients.find_by_record(conn, "FB-00002")
        assert head is not None
        sent = exports.listed(conn, head.patient_id)[0]
        assert exports.content(conn, head.patient_id, sent.export_id) == out.read_bytes()


def test_a_summary_leaves_as_pdf(flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path) -> None:
    out = tmp_path / "summary.pdf"
    assert flareboard("export", "--patient", "FB-00002", "--format", "pdf", "--out", out)[0] == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_body_maps_leave_as_fhir_and_as_choir_segments_with_what_those_cannot_say(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    out = tmp_path / "maps"
    period = ("--from", "2026-11-01", "--to", "2026-11-22")
    assert flareboard("export", "--patient", "FB-00002", "--format", "fhir-marks", "--out", out, *period)[0] == 0
    assert json.loads(out.read_bytes())["resourceType"] == "Bundle"
    code, said, _ = flareboard("export", "--patient", "FB-00002", "--format", "choir", "--out", out, *period)
    assert (code, "segments cover several of our regions" in said) == (0, True)
    assert out.read_text("utf-8").startswith("id,gender,race,age,bodymap_regions_csv,score\n2026-11-")


def test_one_document_leaves_in_several_formats_into_a_folder_that_is_made(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    out = tmp_path / "letter"
    words = ("--template", "gp_letter", "--from", "2026-10-01", "--to", "2026-11-22")
    formats = ("--format", "pdf,docx,fhir,text,csv", "--out", out)
    code, said, _ = flareboard("export", "--patient", "FB-00002", *formats, *words)
    assert code == 0
    letter = b"Letter to the general practitioner"
    starts = {"pdf": b"%PDF", "docx": b"PK", "json": b'{"resourceType":"Bundle"', "txt": letter, "zip": b"PK"}
    made = {path.suffix[1:]: path for path in out.iterdir()}
    assert made.keys() == starts.keys()
    for ending, start in starts.items():
        assert made[ending].read_bytes().startswith(start)
        assert str(made[ending]) in said
    assert "1 Oct" in made["txt"].read_text("utf-8")
    with reading(demo_clinic) as conn:
        head = patients.find_by_record(conn, "FB-00002")
        assert head is not None
        kept = {sent.file_name: sent for sent in exports.listed(conn, head.patient_id)}
        document = [kept[made[ending].name] for ending in ("pdf", "docx", "json", "txt")]
        assert [exports.content(conn, head.patient_id, one.export_id) for one in document] == [
            made[ending].read_bytes() for ending in ("pdf", "docx", "json", "txt")
        ]
    assert {(one.template, one.signed_by, one.share_id) for one in document} == {
        ("gp_letter", "", document[0].export_id)
    }


def test_a_record_goes_out_as_fhir_and_comes_into_another_clinic_as_it_was(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def series(name: str) -> bytes:
        words = ("--format", "csv", "--out", tmp_path / name)
        assert flareboard("export", "--patient", "FB-00002", *words)[0] == 0
        return (tmp_path / name).read_bytes()

    out = tmp_path / "record.json"
    assert flareboard("export", "--patient", "FB-00002", "--format", "fhir", "--out", out)[0] == 0
    before = series("before.zip")
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert flareboard("import", out)[0] == 0
    assert series("after.zip") == before


def test_formats_that_are_made_together_cover_the_same_days(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    def days(name: str, *words: str) -> dict[str, tuple[date, date]]:
        words = ("--patient", "FB-00002", "--out", str(tmp_path / name), *words)
        assert flareboard("export", *words)[0] == 0
        with reading(demo_clinic) as conn:
            head = patients.find_by_record(conn, "FB-00002")
            assert head is not None
            last, *others = exports.listed(conn, head.patient_id)
        made = [one for one in (last, *others) if one.share_id == last.share_id]
        return {one.format: (one.period.start, one.period.end) for one in made}

    together = days("folder", "--format", "pdf,fhir")
    assert together.keys() == {"pdf", "fhir"}
    assert together["pdf"] == together["fhir"]
    assert days("file", "--format", "pdf")["pdf"] == together["pdf"]
    alone = days("another", "--format", "fhir", "--template", "referral_pain")
    assert alone["fhir"] == together["fhir"]


@pytest.mark.parametrize("format_", ["pdf", "csv", "fhir", "choir"])
@pytest.mark.parametrize("called", ["--from", "--to"])
def test_a_day_that_has_not_come_is_refused_and_nothing_is_made(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path, format_: str, called: str
) -> None:
    out = tmp_path / "x"
    late = (clock.today() + timedelta(days=1)).isoformat()
    code, _, err = flareboard("export", "--patient", "FB-00002", "--format", format_, "--out", out, called, late)
    assert (code, f"The day given with {called} has not come yet." in err, out.exists()) == (2, True, False)


def test_several_formats_are_not_put_where_a_file_is_and_nothing_is_made(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    out = tmp_path / "x"
    out.write_bytes(b"mine")
    code, _, err = flareboard("export", "--patient", "FB-00002", "--format", "pdf,docx", "--out", out)
    assert (code, "Several formats need a folder" in err) == (2, True)
    assert out.read_bytes() == b"mine"


def test_body_maps_leave_alone(flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path) -> None:
    out = tmp_path / "x"
    code, _, err = flareboard("export", "--patient", "FB-00002", "--format", "pdf,choir", "--out", out)
    assert (code, "leave alone" in err, out.exists()) == (2, True, False)


def test_everybody_leaves_as_csv_only(flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    assert flareboard("export", "--all", "--format", "csv", "--out", first)[0] == 0
    assert flareboard("export", "--all", "--format", "csv", "--out", second)[0] == 0
    assert first.read_bytes() == second.read_bytes()
    code, _, err = flareboard("export", "--all", "--format", "pdf", "--out", tmp_path / "x")
    assert (code, "CSV only" in err) == (2, True)


def test_an_export_to_a_place_that_cannot_be_written_leaves_nothing(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path
) -> None:
    code, _, err = flareboard("export", "--all", "--format", "csv", "--out", tmp_path / "missing" / "x.zip")
    assert (code, "cannot be written" in err) == (2, True)
    assert flareboard("export", "--all", "--format", "csv", "--out", tmp_path)[0] == 2
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_days_asked_for_must_be_in_order(flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path) -> None:
    words = (
        "export",
        "--all",
        "--format",
        "csv",
        "--out",
        tmp_path / "x",
        "--from",
        "2026-03-02",
        "--to",
        "2026-03-01",
    )
    assert flareboard(*words)[0] == 2


def test_sound_chains_are_sound_and_a_broken_one_says_where(flareboard: Flareboard, demo_clinic: Engine) -> None:
    flareboard("flares", "--patient", "FB-00002")
    assert flareboard("audit", "verify")[:2] == (0, "Every audit chain is sound.\n")
    assert json.loads(flareboard("audit", "verify", "--json")[1]) == {"sound": True, "breaks": []}
    with demo_clinic.begin() as conn:
        for name in conn.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            conn.execute(sa.text(f'DROP TRIGGER "{name}"'))  # somebody who owns the file can
        conn.execute(sa.text("UPDATE audit_heads SET hash = 'x' WHERE patient_id = 2"))
    code, out, _ = flareboard("audit", "verify", "--json")
    found = json.loads(out)
    assert (code, found["sound"], found["breaks"][0]["chain"]) == (1, False, 2)
    assert flareboard("audit", "verify")[0] == 1


def test_a_backup_comes_back_and_is_never_written_over(
    flareboard: Flareboard, demo_clinic: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "clinic.backup"
    assert flareboard("backup", copy)[0] == 0
    assert copy.stat().st_mode & 0o077 == 0
    code, _, err = flareboard("backup", copy)
    assert (code, "already there" in err) == (2, True)
    code, _, err = flareboard("restore", copy)
    assert (code, "already holds data" in err) == (2, True)
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'second.db'}")
    code, out, _ = flareboard("restore", copy)
    assert (code, "every audit chain is sound" in out) == (0, True)
    assert flareboard("audit", "verify")[0] == 0
    assert flareboard("restore", tmp_path / "missing")[0] == 2


def test_restoring_from_no_backup_leaves_an_empty_place_empty(
    flareboard: Flareboard, no_database: Path, tmp_path: Path
) -> None:
    false = tmp_path / "false.backup"
    false.write_bytes(b"not a backup")
    code, _, err = flareboard("restore", false)
    assert (code, "damaged" in err, no_database.exists()) == (2, True, False)


def test_a_reader_that_goes_away_is_no_error_of_ours(demo_database: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m dashboard.cli flares --patient FB-00001 --json | head -c 1"
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    (tmp_path / "demo.db").write_bytes(demo_database.read_bytes())
    done = subprocess.run(
        ["bash", "-c", command], env={"FLAREBOARD_DATABASE_URL": url, "PATH": "/usr/bin:/bin"}, capture_output=True
    )
    assert b"Traceback" not in done.stderr


def test_the_server_refuses_a_configuration_that_is_not_safe(
    flareboard: Flareboard, no_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLAREBOARD_MODE", "clinic")
    code, _, err = flareboard("serve", "--port", "8599")
    assert (code, "did not start" in err) == (2, True)
    monkeypatch.delenv("FLAREBOARD_MODE")
    code, _, err = flareboard("serve", "--host", "0.0.0.0", "--port", "8599")  # noqa: S104
    assert (code, "can be reached from other machines" in err) == (2, True)
    assert not no_database.exists()


def test_a_backup_and_a_restore_cross_the_engines(
    flareboard: Flareboard, demo_clinic: Engine, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, again = tmp_path / "a.backup", tmp_path / "b.backup"
    assert flareboard("backup", copy)[0] == 0
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", postgres_url)
    assert flareboard("restore", copy)[0] == 0
    assert flareboard("backup", again)[0] == 0
    assert again.read_bytes() == copy.read_bytes()
    connect_engine(postgres_url).dispose()
