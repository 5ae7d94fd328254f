"""Whom a file is filed under: what the page is told before, what stops an import, and what the history keeps of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from dashboard import clock
from dashboard.commands.command_line import OPERATOR
from dashboard.errors import NotPermitted
from dashboard.permissions import Viewer
from dashboard.services import import_undo, mapping
from dashboard.services.import_reports import FileReport, rejected_csv
from dashboard.services.import_whom import NOT_ASKED_FOR
from dashboard.services.imports import Offered, Wishes, import_files
from data_access.engine import reading, writing
from data_access.importers.mapped_rules import ColumnMapping, Rule, Scale
from data_access.importers.reading import SourceFile
from data_access.records import Rejection
from data_access.tables import audit_events, diary_entries, patients, users
from tests.dashboard.services import clinic
from tests.dashboard.services.clinic import COORDINATOR, PHYSIO
from tests.data_access.made_up import ANNA, NOW, TODAY, about, add

BOB = replace(ANNA, record_number="T-3", given_name="Bob")
PLAIN = ColumnMapping((Rule("date", "date", dates="ymd"), Rule("pain", "pain", scale=Scale(0, 10))))
NAMED = ColumnMapping((Rule("name"), *PLAIN.rules))
WHOLE = Viewer(17, "W. Whole", "clinician", "medicine", frozenset(), True)
SHARED = "date;pain\n2023-10-01;4\n2023-10-02;5\n"


@pytest.fixture
def engine(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """The small clinic, with Bob in the team of patient 1, as the services find it."""
    monkeypatch.setenv("FLAREBOARD_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    clinic.fill(engine)
    add(engine, about(BOB))
    with writing(engine) as conn:
        conn.execute(sa.update(patients).where(patients.c.record_number == "T-3").values(team_id=1))
    return engine


def imported(
    text: str,
    wishes: Callable[[str], Wishes] = lambda _: Wishes(),
    who: Viewer = PHYSIO,
    progress: Callable[[object], None] | None = None,
) -> FileReport:
    file = SourceFile("diary.csv", text.encode())
    offered = Offered(file.name, lambda: file)
    (report,) = import_files(who, [offered], wishes(file.sha256), as_of=TODAY, now=NOW, progress=progress)
    return report


def filed(number: str, how: ColumnMapping, *, dry_run: bool = False, only: str = "") -> Callable[[str], Wishes]:
    return lambda sha256: Wishes(only, dry_run, filed_under={sha256: number}, mappings={sha256: how})


def test_the_very_same_file_for_a_second_person_is_told_on_the_check(engine: sa.Engine) -> None:
    brought = imported(SHARED, filed("T-1", PLAIN))
    assert imported(SHARED, filed("T-3", PLAIN, dry_run=True)).went_to == ("T-1",)
    assert imported(SHARED, filed("T-1", PLAIN, dry_run=True)).went_to == ()
    assert brought.batch_id is not None
    import_undo.undo(PHYSIO, brought.batch_id, "wrong person", now=NOW, as_of=TODAY)
    assert imported(SHARED, filed("T-3", PLAIN, dry_run=True)).went_to == ()


def test_where_the_same_file_went_is_told_to_who_cares_for_that_person_alone(engine: sa.Engine) -> None:
    imported(SHARED, filed("T-1", PLAIN))
    with writing(engine) as conn:
        conn.execute(sa.update(patients).where(patients.c.record_number == "T-1").values(team_id=2))
    assert imported(SHARED, filed("T-3", PLAIN, dry_run=True)).went_to == ()


def test_a_name_in_a_column_that_is_not_read_stands_beside_the_person_chosen(engine: sa.Engine) -> None:
    report = imported("name;date;pain\nBob Other;2023-09-01;4\n", filed("T-1", NAMED, dry_run=True))
    assert report.names == ("name: Bob Other",)
    assert report.added["entries"] == 1


def test_a_table_that_names_several_people_goes_to_nobody(engine: sa.Engine) -> None:
    two = "name;date;pain\nBob Other;2023-09-01;4\nEve Else;2023-09-02;4\n"
    report = imported(two, filed("T-1", NAMED))
    assert report.unreadable is not None
    assert "more than one person" in str(report.unreadable)
    assert (report.batch_id, report.added.total()) == (None, 0)


def test_one_patient_only_is_not_overruled_by_whom_a_file_was_filed_under(engine: sa.Engine) -> None:
    report = imported(SHARED, filed("T-3", PLAIN, only="T-1"))
    assert report.added.total() == 0
    assert {each.why for each in report.rejected} == {NOT_ASKED_FOR}


def test_the_history_keeps_no_words_of_rejected_rows(engine: sa.Engine) -> None:
    how = ColumnMapping((Rule("mrn", "record_number"), *PLAIN.rules))
    text = "mrn;date;pain\nT-1;2023-08-01;4\nT-00002;2023-08-01;a secret of hers\n"
    report = imported(text, lambda sha256: Wishes(mappings={sha256: how}), WHOLE)
    assert [each.where for each in report.rejected] == ["line 3"]
    assert "secret" not in str(report.rejected)
    (line,) = [each for each in import_undo.history(COORDINATOR) if each.batch.batch_id == report.batch_id]
    ((where, what, why),) = line.batch.report["rejected_rows"]
    assert (where, what) == ("line 3", "")
    assert why.startswith("pain ")
    assert "secret" not in str(line.batch.report)


def test_a_check_for_another_teams_number_is_on_record(engine: sa.Engine) -> None:
    def refusals() -> int:
        with reading(engine) as conn:
            e = audit_events.c
            counted = sa.select(sa.func.count()).where(e.action == "refused", e.patient_id == 2)
            return conn.execute(counted).scalar_one()

    with reading(engine) as conn:
        number = conn.execute(sa.select(patients.c.record_number).where(patients.c.patient_id == 2)).scalar_one()
    assert refusals() == 0
    imported(f"patient,date,pain\n{number},2023-10-01,4\n", lambda _: Wishes(dry_run=True))
    assert refusals() == 1


def test_most_rows_are_counted_as_rows_where_rows_hold_many_answers(engine: sa.Engine) -> None:
    columns = [Rule(name, "fatigue" if name == "tired" else name, scale=Scale(0, 10)) for name in ("pain", "tired")]
    how = ColumnMapping((Rule("date", "date", dates="ymd"), *columns, Rule("pills", "medicines")))
    fine = "".join(f"2023-10-0{day};4;4;paracetamol 500 mg, ibuprofen 400 mg\n" for day in range(1, 4))
    bad = "".join(f"2023-10-1{day};99;4;\n" for day in range(5))
    report = imported(f"date;pain;tired;pills\n{fine}{bad}", filed("T-1", how, dry_run=True))
    assert len(report.rejected) == 5
    assert report.records_added > 5
    assert report.mostly_rejected


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("".join(f"05/{day:02}/2026;8\n" for day in range(1, 31)), "Most rows"),
        ("05/01/2026;8\n05/25/2026;8\n05/02/2026;8\n05/03/2026;8\n", "another order"),
    ],
)
def test_a_remembered_mapping_reads_no_table_unseen_that_is_written_another_way(
    engine: sa.Engine, rows: str, what: str
) -> None:
    seen = SourceFile("a.csv", ("Date;Pain\n" + "".join(f"{day}/03/2026;4\n" for day in range(13, 29))).encode())
    begun = mapping.begin(PHYSIO, seen)
    rules = (replace(begun.mapping.rules[0], dates="dmy"), replace(begun.mapping.rules[1], scale=Scale(0, 10)))
    mapping.use(PHYSIO, begun, replace(begun.mapping, rules=rules), now=NOW)
    alike = imported("Date;Pain\n14/04/2026;4\n15/04/2026;5\n", lambda _: Wishes("T-3"), OPERATOR)
    assert alike.added["entries"] == 2
    report = imported(f"Date;Pain\n{rows}", lambda _: Wishes("T-3"), OPERATOR)
    assert report.unreadable is not None
    assert what in str(report.unreadable)
    assert report.batch_id is None


def test_an_import_ends_when_whoever_began_it_is_made_inactive(engine: sa.Engine) -> None:
    def leave(_: object) -> None:
        with writing(engine) as conn:
            conn.execute(sa.update(users).where(users.c.user_id == PHYSIO.user_id).values(active=False))

    with pytest.raises(NotPermitted):
        imported("patient,date,pain\nT-1,2023-10-01,4\n", progress=leave)
    with reading(engine) as conn:
        e = diary_entries.c
        assert conn.execute(sa.select(e.day).where(e.day < sa.text("'2023-12-01'"), e.patient_id == 1)).all() == []


def test_rejected_rows_as_a_file_hide_nothing_and_start_no_formula() -> None:
    report = FileReport("foo;=cmd\u202e.csv", rejected=[Rejection("line 2", "“a\x1bb”", "=1+1")])
    text = rejected_csv([report]).decode()
    assert text.splitlines()[1] == '"foo;=cmd☐.csv","line 2","“a☐b”","\'=1+1"'


def test_a_reason_shows_a_column_without_what_cannot_be_seen(engine: sa.Engine) -> None:
    name = "pa\x1b[31min\u202e"
    how = ColumnMapping((PLAIN.rules[0], replace(PLAIN.rules[1], column=name)))
    report = imported(f"date;{name}\n2026-10-01;abc\n2026-10-02;9\n", filed("T-3", how, dry_run=True))
    (rejected,) = report.rejected
    assert rejected.why.startswith("pa [31min ")
    assert rejected.why.isprintable()
