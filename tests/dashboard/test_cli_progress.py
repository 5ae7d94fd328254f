"""The line that tells how far an import is: on a terminal only, and gone when it is done."""

import io
from pathlib import Path

import pytest

from dashboard import cli
from dashboard.commands import progress
from dashboard.services.imports import Progress
from tests.data_access.importers.apple_files import beat, export


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_how_far_it_is_fits_one_line_without_foreign_control_characters() -> None:
    assert progress.in_words(Progress(2, 3, "export.zip", read=0.424)) == "2 of 3, export.zip: 42 % read"
    assert progress.in_words(Progress(1, 1, "diary.csv", people=7)) == "1 of 1, diary.csv: 7 patients"
    line = progress.in_words(Progress(1, 1, "\x1b[31m\n" + "x" * 300))
    assert line.isprintable()
    assert len(line) <= 78


def test_a_terminal_sees_it_grow_and_nothing_of_it_stays(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", sqlite_url)
    path = tmp_path / "export.xml"
    path.write_text(export(*[beat("2026-03-02 08:00")] * 20_000), "utf-8")
    cli.main(["import", str(path)])
    shares = [part for part in terminal.getvalue().split("\r") if "% read" in part]
    assert len(shares) > 5
    assert shares[-1].rstrip().endswith("100 % read")
    assert terminal.getvalue().split("\r")[-1] == ""


def test_a_log_file_gets_no_line_of_it() -> None:
    log = io.StringIO()
    with progress.shown(log) as told:
        assert told is None
    assert log.getvalue() == ""
