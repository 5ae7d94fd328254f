"""`flareboard import` of a phone's export: large, again, grown, damaged, and of somebody else's phone."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard import cli
from data_access import patients
from data_access.engine import connect_engine, reading
from data_access.importers.reading import MEBIBYTE
from data_access.tables import diary_entries, import_batches, measures, patient_days
from tests.data_access.importers.apple_files import DOCTYPE, asleep, export, walked, zipped

MOST_MEMORY = 400
"""MiB that the import of a large export may ever hold."""
LARGE = 300 * MEBIBYTE
Run = Callable[..., tuple[int, Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def clinic(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A migrated database with one patient, Anna Example, born on 29 February 1980."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", url)
    folder: Path = request.getfixturevalue("tmp_path")
    people = folder / "people.csv"
    people.write_text("patient,family_name,given_name,birth_date\nP-1,Example,Anna,1980-02-29\n", "utf-8")
    assert cli.main(["import", str(people)]) == 0
    engine = connect_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `flareboard import --json` with a file of that content; its exit code and the account of the file."""

    def import_json(content: str | bytes, *words: str) -> tuple[int, Any]:
        path = tmp_path / "export.xml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        capsys.readouterr()
        code = cli.main(["import", "--json", str(path), *words])
        return code, json.loads(capsys.readouterr().out)["files"][0]

    return import_json


def days(*numbers: int) -> tuple[str, ...]:
    """A night and a walk on each of those days of March."""
    nights = (asleep(f"2026-03-{day - 1:02} 23:00", f"2026-03-{day:02} 06:30") for day in numbers)
    return (*nights, *(walked(f"2026-03-{day:02} 09:00", str(1000 + day)) for day in numbers))


def stored(engine: Engine) -> dict[str, int]:
    with reading(engine) as conn:
        return {
            table.name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (diary_entries, measures)
        }


def test_a_longer_export_adds_only_the_days_that_are_new(clinic: Engine, run: Run) -> None:
    code, first = run(export(*days(2, 3), exported="2026-03-04 09:00"), "--patient", "P-1")
    assert (code, first["format"]) == (0, "apple-health")
    assert (first["added"]["entries"], first["added"]["measures"]) == (2, 2)
    code, longer = run(zipped(export(*days(2, 3, 4), exported="2026-03-05 09:00")), "--patient", "P-1")
    assert code == 0
    assert (longer["added"]["entries"], longer["added"]["measures"], longer["already_there"]) == (1, 1, 4)
    assert stored(clinic) == {"diary_entries": 3, "measures": 3}
    with reading(clinic) as conn:
        assert set(conn.execute(sa.select(diary_entries.c.source)).scalars()) == {"patient"}
        (walk,) = conn.execute(sa.select(measures).where(measures.c.source_key == "apple_health:steps:2026-03-02"))
    assert (walk.instrument, walk.score, walk.unit) == ("Steps in 24 h", 1002, "1/(24.h)")


def test_the_day_of_the_export_is_said_to_wait(clinic: Engine, run: Run) -> None:
    _, report = run(export(*days(2, 3), exported="2026-03-03 21:00"), "--patient", "P-1")
    assert report["added"]["entries"] == 1
    assert sum(count for kind, count in report["unused_kinds"].items() if "not over" in kind) == 2


def test_a_night_that_changed_since_is_refused_with_the_reason_and_what_is_on_record_stays(
    clinic: Engine, run: Run
) -> None:
    run(export(*days(2)), "--patient", "P-1")
    grown = asleep("2026-03-02 13:00", "2026-03-02 14:00")
    code, report = run(export(*days(2), grown), "--patient", "P-1")
    assert code == 1
    assert [each["why"] for each in report["rejected"]] == ["the same record is already there with other values"]
    with reading(clinic) as conn:
        assert conn.execute(sa.select(diary_entries.c.sleep_hours)).scalars().all() == [7.5]


def test_an_export_goes_to_nobody_until_somebody_is_chosen(clinic: Engine, run: Run) -> None:
    code, report = run(export(*days(2, 3)))
    assert code == 1
    assert {each["why"] for each in report["rejected"]} == {
        "the file does not say whose it is: choose the patient (on the command line --patient RECORD)"
    }
    code, report = run(export(*days(2, 3)), "--patient", "P-404")
    assert code == 1
    assert all("is on record" in each["why"] for each in report["rejected"])
    assert stored(clinic) == {"diary_entries": 0, "measures": 0}
    with reading(clinic) as conn:
        assert len(patients.numbers(conn)) == 1


def test_the_phone_of_somebody_born_on_another_day_is_refused(clinic: Engine, run: Run) -> None:
    code, report = run(export(*days(2), born="1991-06-14"), "--patient", "P-1")
    assert code == 1
    assert {each["why"] for each in report["rejected"]} == {
        "another date of birth is on record under this record number"
    }
    assert stored(clinic) == {"diary_entries": 0, "measures": 0}


NIGHT = asleep("2026-03-01 23:00", "2026-03-02 07:30")
FITBIT = (
    'Sleep\nStart Time,End Time,Minutes Asleep\n"2026-03-01 11:30PM","2026-03-02 7:00AM","420"\n\n'
    'Activities\nDate,Steps\n2026-03-02,"7,000"\n'
)


def test_an_answer_at_the_moment_a_watch_named_goes_in_beside_its_night(clinic: Engine, run: Run) -> None:
    run(export(NIGHT), "--patient", "P-1")
    diary = "patient,date,time,pain,sleep_hours\nP-1,2026-03-02,07:30,9,4\n"
    code, report = run(diary)
    assert (code, report["added"]["entries"], report["rejected"]) == (0, 1, [])
    code, report = run(diary)
    assert (code, report["added"]["entries"], report["already_there"]) == (0, 0, 1)
    with reading(clinic) as conn:
        assert conn.execute(sa.select(patient_days.c.sleep_hours)).scalars().all() == [4.0]


def test_a_night_of_the_moment_of_an_answer_goes_in_beside_it(clinic: Engine, run: Run) -> None:
    run("patient,date,time,pain\nP-1,2026-03-02,07:30,9\n")
    code, report = run(export(NIGHT), "--patient", "P-1")
    assert (code, report["added"]["entries"], report["rejected"]) == (0, 1, [])


def test_a_second_make_of_device_never_stands_beside_the_first(clinic: Engine, run: Run) -> None:
    run(export(NIGHT, walked("2026-03-02 10:00", "5000")), "--patient", "P-1")
    code, report = run(FITBIT, "--patient", "P-1")
    assert (code, len(report["rejected"])) == (1, 2)
    assert {each["why"] for each in report["rejected"]} == {
        "another device told this night or day already, and two are never counted together"
    }
    assert stored(clinic) == {"diary_entries": 1, "measures": 1}


def test_a_phone_fills_in_nobodys_date_of_birth(clinic: Engine, run: Run) -> None:
    run("patient,family_name\nP-2,Other\n")
    code, report = run(export(NIGHT, born="1991-06-14"), "--patient", "P-2")
    assert (code, report["added"]["entries"]) == (0, 1)
    with reading(clinic) as conn:
        head = patients.find_by_record(conn, "P-2")
    assert head is not None
    assert head.birth_date is None


def test_numbers_no_phone_counts_are_rejected_with_their_line(clinic: Engine, run: Run) -> None:
    huge = walked("2026-03-02 10:00", "1e308")
    code, report = run(export(NIGHT, huge, huge), "--patient", "P-1")
    assert (code, report["added"]["entries"], report["added"]["measures"]) == (1, 1, 0)
    assert {each["why"] for each in report["rejected"]} == {"its number is more than anybody walks in a day"}


@pytest.mark.parametrize(
    "damaged",
    [
        export(*days(2, 3))[:-30],
        zipped(export(*days(2, 3)))[:-30],
        export(*days(2), doctype="<!DOCTYPE HealthData [<!ENTITY a 'aaaa'>]>\n"),
        "<HealthRecord/>",
    ],
)
def test_a_damaged_export_writes_nothing(clinic: Engine, run: Run, damaged: str | bytes) -> None:
    code, report = run(damaged, "--patient", "P-1")
    assert (code, report["format"]) == (2, "unreadable")
    assert "Nothing of this file was written" in report["rejected"][0]["why"]
    assert stored(clinic) == {"diary_entries": 0, "measures": 0}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of two years: heart rates mostly, as in real ones, and a night and walks on each day."""
    path = tmp_path_factory.mktemp("phone") / "export.xml"
    day = datetime(2024, 3, 1)  # noqa: DTZ001  # what the records carry is written out
    share = LARGE // 730
    with path.open("w", encoding="utf-8") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{DOCTYPE}<HealthData locale="en_GB">\n')
        file.write(' <ExportDate value="2026-11-20 10:00:00 +0100"/>\n')
        for number in range(730):
            _write_day(file.write, day + timedelta(days=number), share)
        file.write("</HealthData>\n")
    return path


def _write_day(write: Callable[[str], object], day: datetime, size: int) -> None:
    today, before = f"{day:%Y-%m-%d}", f"{day - timedelta(days=1):%Y-%m-%d}"
    write(asleep(f"{before} 23:10", f"{today} 02:00") + "\n" + asleep(f"{today} 02:20", f"{today} 06:10") + "\n")
    write(walked(f"{today} 09:00", "4000") + "\n" + walked(f"{today} 09:00", "3900", "Watch") + "\n")
    device = "&lt;&lt;HKDevice: 0x2815d1c20&gt;, name:Apple Watch, model:Watch, hardware:Watch6,2, software:9.1&gt;"
    beats = "".join(
        f' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Anna’s Watch" sourceVersion="9.1" '
        f'device="{device}" unit="count/min" creationDate="{today} {minute // 60:02}:{minute % 60:02}:09 +0100" '
        f'startDate="{today} {minute // 60:02}:{minute % 60:02}:00 +0100" '
        f'endDate="{today} {minute // 60:02}:{minute % 60:02}:00 +0100" value="{60 + minute % 40}">\n'
        f'  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="{minute % 3}"/>\n </Record>\n'
        for minute in range(1440)
    )
    write(beats[: beats.rfind("</Record>\n", 0, size) + len("</Record>\n")])


def imported(url: str, path: Path) -> tuple[dict[str, Any], int]:
    """The account of the file, and the largest memory of the process that took it in, in MiB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.dashboard.import_measured", "--patient", "P-1", str(path)],
        env={"FLAREBOARD_DATABASE_URL": url, "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)["files"][0]
    return report, int(done.stderr.split()[-1])


@pytest.mark.parametrize("clinic", ["sqlite"], indirect=True)
def test_three_hundred_megabytes_go_in_within_four_hundred_megabytes_of_memory(clinic: Engine, large: Path) -> None:
    assert large.stat().st_size > LARGE * 0.99
    report, peak = imported(clinic.url.render_as_string(hide_password=False), large)
    assert (report["added"]["entries"], report["added"]["measures"]) == (730, 730)
    assert report["unused_kinds"]["HKQuantityTypeIdentifierHeartRate"] > 400_000
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("clinic", ["sqlite"], indirect=True)
def test_the_same_from_the_archive_of_the_phone_is_the_same_file_again(clinic: Engine, large: Path) -> None:
    url = clinic.url.render_as_string(hide_password=False)
    archive = large.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.write(large, "apple_health_export/Export.xml")
    report, peak = imported(url, archive)
    assert report["added"]["entries"] == 730
    assert peak < MOST_MEMORY
    again, _ = imported(url, large)
    assert (again["added"]["entries"], again["added"]["measures"], again["already_there"]) == (0, 0, 1460)
    with reading(clinic) as conn:
        assert len(set(conn.execute(sa.select(import_batches.c.sha256)).scalars())) == 3
