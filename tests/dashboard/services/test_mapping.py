"""Explaining the columns of a foreign diary: proposed, remembered for the clinic, used where nobody can be asked."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from dashboard import cli
from dashboard.commands.command_line import OPERATOR
from dashboard.errors import NotPermitted, Overtaken, UnreadableFile
from dashboard.permissions import PERMISSIONS, Permission, Role, Viewer
from dashboard.services import mapping
from dashboard.services.imports import FileReport, Offered, Wishes, import_files
from data_access import batches, diary
from data_access.column_mappings import Remembered
from data_access.engine import reading, writing
from data_access.importers.mapped_rules import LEFT_OUT, ColumnMapping, Rule, Scale
from data_access.importers.reading import SourceFile
from data_access.tables import column_mappings
from tests.data_access.made_up import ANNA, NOW, TODAY, about, add

TABLE = (
    "Datum;Tageszeit;Schmerz;Puls\n"
    "25.03.2026;morgens;1;66\n25.03.2026;mittags;3;67\n25.03.2026;abends;5;68\n26.03.2026;morgens;6;69\n"
)
FILE = SourceFile("tagebuch.csv", TABLE.encode())
WHO = Viewer(5, "Dr Example", "clinician", "medicine", frozenset(), whole_clinic=True)


@pytest.fixture
def clinic(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A clinic with one person and nobody's diary, on either engine."""
    monkeypatch.setattr("dashboard.services.imports.current_engine", lambda: engine)
    monkeypatch.setattr("dashboard.services.work.current_engine", lambda: engine)
    add(engine, about(ANNA))
    return engine


def explained(begun: mapping.Begun) -> ColumnMapping:
    """What was proposed, with the scale that nobody can know but who asks the patient."""
    rules = (replace(rule, scale=Scale(1, 5)) if rule.role == "pain" else rule for rule in begun.mapping.rules)
    return replace(begun.mapping, rules=tuple(rules))


def imported(wishes: Wishes, file: SourceFile = FILE) -> FileReport:
    (report,) = import_files(OPERATOR, [Offered(file.name, lambda: file)], wishes, as_of=TODAY, now=NOW)
    return report


@pytest.mark.parametrize("role", PERMISSIONS)
def test_only_who_may_import_explains_columns(clinic: Engine, role: Role) -> None:
    who = replace(WHO, role=role)
    if Permission.IMPORT in PERMISSIONS[role]:
        assert mapping.begin(who, FILE).remembered is None
        return
    begun = mapping.begin(WHO, FILE)
    for attempt in (
        lambda: mapping.begin(who, FILE),
        lambda: mapping.preview(who, FILE, explained(begun), as_of=TODAY),
        lambda: mapping.use(who, begun, explained(begun), now=NOW),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_what_was_explained_once_is_offered_for_every_table_with_the_same_columns(clinic: Engine) -> None:
    begun = mapping.begin(WHO, FILE)
    assert [fault.column for fault in mapping.faults(begun.mapping)] == ["Schmerz"]
    mapping.use(WHO, begun, explained(begun), now=NOW)
    another = SourceFile("b.csv", TABLE.replace("Schmerz", " SCHMERZ").replace(";", ",").encode("utf-16"))
    again = mapping.begin(WHO, another)
    assert again.remembered == Remembered(explained(begun), 1, "Dr Example", NOW)
    assert mapping.faults(again.mapping) == []
    assert mapping.begin(WHO, SourceFile("c.csv", TABLE.replace("Puls", "Gewicht").encode())).remembered is None


def test_two_who_explain_the_same_table_do_not_overwrite_each_other(clinic: Engine) -> None:
    mine, theirs = mapping.begin(WHO, FILE), mapping.begin(WHO, FILE)
    saved = mapping.use(replace(WHO, name="Noor"), theirs, explained(theirs), now=NOW)
    other = replace(explained(mine), missing=("-",))
    with pytest.raises(Overtaken) as overtaken:
        mapping.use(WHO, mine, other, now=NOW)
    assert overtaken.value.theirs == saved.remembered
    assert mapping.use(WHO, replace(mine, remembered=saved.remembered), other, now=NOW).revision == 2


def test_what_is_remembered_already_is_not_written_again(clinic: Engine) -> None:
    begun = mapping.begin(WHO, FILE)
    mapping.use(WHO, begun, explained(begun), now=NOW)
    again = mapping.begin(WHO, FILE)
    assert mapping.use(replace(WHO, name="Noor"), again, again.mapping, now=NOW).revision == 1


def test_a_patients_own_words_are_remembered_for_nobody(clinic: Engine) -> None:
    table = "Datum;Hilfe\n25.03.2026;Bad, call Anna Meier\n26.03.2026;shouting\n"
    file = SourceFile("h.csv", table.encode())
    begun = mapping.begin(WHO, file)
    given = (("Bad", "heat"), ("call Anna Meier", LEFT_OUT), ("shouting", ""))
    day, help_ = begun.mapping.rules
    said = replace(begun.mapping, rules=(day, replace(help_, role="relief", separator=",", words=given)))
    used = mapping.use(WHO, begun, said, now=NOW)
    assert used.mapping == said  # here it still holds
    with reading(clinic) as conn:
        content = conn.execute(sa.select(column_mappings.c.content)).scalar_one()
    assert "Bad" in content and "Anna" not in content and "shouting" not in content
    assert mapping.use(WHO, used, said, now=NOW).revision == 1
    report = imported(Wishes("T-1", mappings={file.sha256: said}), file)
    assert "Anna" not in report.mapping and "shouting" not in report.mapping


def test_what_is_kept_under_a_header_and_speaks_of_other_columns_is_not_used(clinic: Engine) -> None:
    begun = mapping.begin(WHO, FILE)
    mapping.use(WHO, begun, explained(begun), now=NOW)
    other = ColumnMapping((Rule("Day", "date", dates="ymd"), Rule("Ache", "pain", scale=Scale(0, 10))))
    with writing(clinic) as conn:
        conn.execute(sa.update(column_mappings).values(content=other.as_json()))
    again = mapping.begin(WHO, FILE)
    assert again.remembered is not None and again.remembered.mapping is None
    assert again.mapping == again.sheet.guessed


def test_a_preview_says_what_rows_become_and_when_most_would_be_rejected(clinic: Engine) -> None:
    begun = mapping.begin(WHO, FILE)
    fine = mapping.preview(WHO, FILE, explained(begun), as_of=TODAY)
    assert [(each.at_time, each.pain) for each in fine.entries] == [("08:00", 0), ("12:00", 5), ("20:00", 10)]
    assert (fine.read, fine.rejected_rows, fine.mostly) == (4, 1, None)
    assert fine.reasons == (("Schmerz is outside 1 to 5", 1),)
    narrow = (replace(rule, scale=Scale(0, 1)) if rule.role == "pain" else rule for rule in begun.mapping.rules)
    wrong = mapping.preview(WHO, FILE, replace(begun.mapping, rules=tuple(narrow)), as_of=TODAY)
    assert wrong.mostly is not None
    assert (wrong.mostly.read, wrong.mostly.rejected) == (4, 3)


def test_an_import_by_a_mapping_adds_nothing_the_second_time_and_keeps_how_it_read(clinic: Engine) -> None:
    found = explained(mapping.begin(WHO, FILE))
    wishes = Wishes("T-1", mappings={FILE.sha256: found})
    first, second = imported(wishes), imported(wishes)
    assert (first.format, first.added["entries"], first.unused["cell of the column Puls"]) == ("mapped-diary", 3, 3)
    assert [(each.where, each.why) for each in first.rejected] == [("line 5", "Schmerz is outside 1 to 5")]
    assert (second.added.total(), second.already_there) == (0, 3)
    with reading(clinic) as conn:
        assert [entry.pain for entry in diary.entries(conn, 1)] == [0, 5, 10]
        kept = batches.listed(conn)[-1].report["mapping"]
    assert ColumnMapping.from_json(json.dumps(kept)) == found


def test_where_nobody_can_be_asked_a_known_header_is_read_and_an_unknown_one_says_what_to_do(clinic: Engine) -> None:
    refused = imported(Wishes("T-1"))
    assert isinstance(refused.unreadable, UnreadableFile)
    assert "Open it once on the Import page" in refused.unreadable.what_to_do
    begun = mapping.begin(WHO, FILE)
    mapping.use(WHO, begun, explained(begun), now=NOW)
    assert imported(Wishes("T-1")).added["entries"] == 3
    nobodys = imported(Wishes())
    assert nobodys.unreadable is not None and "Choose the patient" in str(nobodys.unreadable)


def test_the_command_line_reads_a_table_that_was_explained_once(
    sqlite_engine: Engine,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", sqlite_url)
    add(sqlite_engine, about(ANNA))
    path = tmp_path / "tagebuch.csv"
    path.write_bytes(FILE.content)
    assert cli.main(["import", str(path), "--patient", "T-1"]) == 2
    assert "Import page" in capsys.readouterr().out
    begun = mapping.begin(WHO, FILE)
    mapping.use(WHO, begun, explained(begun), now=NOW)
    assert cli.main(["import", "--json", str(path), "--patient", "T-1"]) == 1
    (report,) = json.loads(capsys.readouterr().out)["files"]
    assert (report["format"], report["added"]["entries"], len(report["rejected"])) == ("mapped-diary", 3, 1)
