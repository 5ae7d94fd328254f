"""`flareboard import --undo`: by the number the import printed, with a reason, and refused where work rests on it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard import cli
from data_access import audit, batches, notes, patients
from data_access.engine import connect_engine, reading, writing
from data_access.notes import Author

PEOPLE = "patient,family_name,given_name,birth_date,sex\nR-1,Sample,Rowan,1979-02-03,female\n"
DIARY = "patient,date,time,pain\nR-1,2026-10-01,08:00,4\nR-1,2026-10-02,08:00,5\nR-1,2026-10-03,08:00,55\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def clinic(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty, migrated database that the command finds in its environment."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", url)
    engine = connect_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Who somebody is, and two days of their diary."""
    made = {"people.csv": PEOPLE, "diary.csv": DIARY}
    for name, content in made.items():
        (tmp_path / name).write_text(content, "utf-8")
    return [str(tmp_path / name) for name in made]


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = cli.main(["import", *words])
    return code, capsys.readouterr().out


def test_the_number_an_import_prints_takes_it_back(
    clinic: Engine, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, said = printed(capsys, *files)
    assert said.count("import number: ") == 2
    _, told = printed(capsys, "--json", *files)
    assert [each["batch"] for each in json.loads(told)["files"]] == [3, 4]
    code, said = printed(capsys, "--undo", "2", "--reason", "the wrong diary")
    assert (code, said) == (0, "import 2 taken back: 2 entries; 1 patients, 0 removed\n")
    code, said = printed(capsys, "--undo", "1", "--reason", "the wrong person", "--json")
    assert (code, json.loads(said)) == (0, {"undone": 1, "patients": 1, "removed": {}})
    with reading(clinic) as conn:
        assert patients.numbers(conn) == []
        assert [each.action for each in audit.listed(conn, 1)] == ["import", "import", "undo import", "undo import"]
        assert audit.verify(conn) == []
    again = json.loads(printed(capsys, "--json", *files)[1])["files"]
    assert [each["added"]["entries"] for each in again] == [0, 2]


def test_what_rests_on_it_is_told_by_record_number_and_nothing_is_touched(
    clinic: Engine, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, *files)
    with writing(clinic) as conn:
        now = datetime.now(UTC)
        notes.sign_text(conn, 1, Author(1, "Dr Ada Invented", "medicine"), text="Seen.", now=now)
    code, said = printed(capsys, "--undo", "1", "--reason", "x")
    assert code == 1
    assert "Nothing was removed" in said
    assert "R-1 import 2: brought more for this person" in said
    assert "R-1 1 signed note: written here since" in said
    code, told = printed(capsys, "--undo", "1", "--reason", "x", "--json")
    found: list[dict[str, Any]] = json.loads(told)["obstacles"]
    assert (code, {each["patient"] for each in found}) == (1, {"R-1"})
    with reading(clinic) as conn:
        assert [each.undone_at for each in batches.listed(conn)] == [None, None]


def test_without_a_reason_of_no_import_or_with_files_nothing_happens(
    clinic: Engine, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, *files)
    for words in (["--undo", "2"], ["--undo", "77", "--reason", "x"]):
        assert cli.main(["import", *words]) == 2
        assert "Nothing was" in capsys.readouterr().err
    for wrong in (["--undo", "2", "--reason", "x", *files], []):
        with pytest.raises(SystemExit):
            cli.main(["import", *wrong])
        assert "either the files" in capsys.readouterr().err
    with reading(clinic) as conn:
        assert all(each.undone_at is None for each in batches.listed(conn))
