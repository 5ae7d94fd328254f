"""Filling a database with the synthetic clinic: whole, only where nothing else is, resumed where it stopped."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data_access import access, audit, care_plan, caseload, demo, diary, facts, notes, patients
from data_access.demo import filling
from data_access.engine import connect_engine, reading, writing
from data_access.errors import DatabaseRefused
from data_access.records import PatientRecord
from data_access.tables import metadata

END = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def fill(engine: sa.Engine, patients: int = 12, **options: Any) -> None:
    demo.fill(engine, patients, 60, 1, end=END, now=NOW, **options)


def pull_the_plug() -> None:
    raise KeyboardInterrupt


def contents(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but the links (random on purpose) and the audit trail."""
    with reading(engine) as conn:
        return {
            table.name: sorted(
                (tuple(row) for row in conn.execute(sa.select(*(c for c in table.c if c.name != "link_id")))), key=str
            )
            for table in metadata.sorted_tables
            if table.name not in ("audit_events", "audit_heads", "facts")
        }


def test_the_clinic_is_whole(engine: sa.Engine) -> None:
    seen: list[tuple[int, int]] = []
    fill(engine, progress=lambda done, wanted: seen.append((done, wanted)))
    assert seen == [(12, 12)]
    bundles = list(demo.bundles(12, 60, end=END))
    with reading(engine) as conn:
        assert facts.is_synthetic(conn) and facts.get(conn, "seed") == "1"
        numbers = patients.numbers(conn)
        for patient_id, bundle in zip(numbers, bundles, strict=True):
            head = patients.head(conn, patient_id)
            assert head is not None and head.record_number == bundle.patient.record_number and head.synthetic
            logged = diary.load(conn, patient_id).logged.sum() if bundle.entries else 0
            assert logged == len({entry.day for entry in bundle.entries})
            agreed = [each for each in care_plan.actions(conn, patient_id) if each.meeting_id is None]
            assert len(agreed) == len(bundle.actions)
        assert audit.verify(conn) == []


@pytest.mark.parametrize("hour", [0, 7])
def test_nothing_is_written_for_a_moment_still_to_come(sqlite_engine: sa.Engine, hour: int) -> None:
    now = datetime(2026, 11, 22, hour, 10, tzinfo=UTC)
    demo.fill(sqlite_engine, 24, 400, 1, end=END, now=now)
    with reading(sqlite_engine) as conn:
        for table in metadata.sorted_tables:
            for moment in (column for column in table.c if column.type.python_type is datetime):
                late = sa.select(sa.func.count()).select_from(table).where(moment > now)
                assert conn.execute(late).scalar_one() == 0, f"{table.name}.{moment.name}"


def test_the_staff_of_every_discipline_is_there(sqlite_engine: sa.Engine) -> None:
    fill(sqlite_engine, 41)
    with reading(sqlite_engine) as conn:
        users = access.users(conn)
        first_team, second_team = (team.team_id for team in access.teams(conn))
    assert all(user.synthetic and user.active for user in users)
    disciplines = {user.discipline for user in users if first_team in user.teams}
    assert disciplines == {"medicine", "physiotherapy", "psychology", "nursing", None}
    assert {user.role for user in users} == {"clinician", "coordinator", "administrator", "auditor"}
    assert [user.name for user in users if user.scope == "clinic" and user.role == "clinician"] == ["Dr Zora Invented"]
    assert sum(second_team in user.teams for user in users) == 5


def test_patients_belong_to_their_team_and_its_people_care_for_them(sqlite_engine: sa.Engine) -> None:
    fill(sqlite_engine, 41)
    with reading(sqlite_engine) as conn:
        members = {user.user_id: user.teams for user in access.users(conn)}
        for patient_id in patients.numbers(conn):
            head = patients.head(conn, patient_id)
            team = patients.care_team(conn, patient_id)
            assert head is not None and len(team) >= 2
            assert all(head.team_id in members[member.user_id] for member in team)


def test_notes_are_signed_by_people_of_the_team_and_reviews_are_shown(sqlite_engine: sa.Engine) -> None:
    fill(sqlite_engine, 40)
    with reading(sqlite_engine) as conn:
        names = {user.user_id: user.name for user in access.users(conn)}
        signed = [note for patient_id in patients.numbers(conn) for note in notes.listed(conn, patient_id)]
        rows = caseload.page(conn, caseload.CaseloadScope(None, None), None, "", 0, 50).rows
    assert len({note.author.discipline for note in signed}) >= 3
    assert all(note.author.name == names[note.author.user_id] and note.signed_at < NOW for note in signed)
    assert any(row.last_reviewed_day for row in rows) and not all(row.last_reviewed_day for row in rows)
    assert any(row.next_visit_day and row.next_visit_day > END for row in rows)


def test_the_caseload_shows_the_named_cases_under_their_reason(demo_engine: sa.Engine) -> None:
    with reading(demo_engine) as conn:
        rows = caseload.page(conn, caseload.CaseloadScope(None, None), None, "", 0, 50).rows
    reason = {row.head.record_number: row.reason_code for row in rows}
    numbers = {case.code: demo.record_number(number) for number, case in demo.CASES.items()}
    expected = {
        "item_nine": "safety", "in_flare": "in_flare", "overdue": "overdue", "stopped": "stopped_logging",
        "none": "stopped_logging", "improved": "improved", "short": "steady",
        "many_medicines": "medication_prompt", "red_flag_open": "safety",
    }  # fmt: skip
    assert {case: reason[numbers[case]] for case in expected} == expected


def test_both_engines_hold_the_same_clinic(sqlite_engine: sa.Engine, postgres_url: str) -> None:
    on_postgres = connect_engine(postgres_url)
    fill(sqlite_engine)
    fill(on_postgres)
    assert contents(on_postgres) == contents(sqlite_engine)
    on_postgres.dispose()


def test_an_interrupted_filling_goes_on_and_ends_the_same(
    sqlite_engine: sa.Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "PATIENTS_AT_ONCE", 4)

    with pytest.raises(KeyboardInterrupt):
        fill(sqlite_engine, progress=lambda done, wanted: pull_the_plug())
    with reading(sqlite_engine) as conn:
        assert len(patients.numbers(conn)) == 4
    fill(sqlite_engine)
    in_one_go = connect_engine(postgres_url)
    fill(in_one_go)
    assert contents(sqlite_engine) == contents(in_one_go)
    in_one_go.dispose()


def test_a_server_completes_an_interrupted_filling_without_knowing_its_recipe(
    sqlite_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.is_empty(sqlite_engine)
    assert not demo.go_on(sqlite_engine, now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(filling, "_write", lambda *_, **__: pull_the_plug())
        with pytest.raises(KeyboardInterrupt):
            fill(sqlite_engine, 5)
    assert not demo.is_empty(sqlite_engine)
    assert demo.go_on(sqlite_engine, now=NOW)
    with reading(sqlite_engine) as conn:
        assert len(patients.numbers(conn)) == 5
    assert not demo.go_on(sqlite_engine, now=NOW)


def test_a_clinic_outside_the_bounds_leaves_the_database_empty(sqlite_engine: sa.Engine) -> None:
    with pytest.raises(ValueError, match="1 to 10,000 patients"):
        fill(sqlite_engine, 10_001)
    assert demo.is_empty(sqlite_engine)


def test_a_database_with_a_patient_is_refused_and_left_alone(engine: sa.Engine) -> None:
    person = PatientRecord("R-1", "Real")
    with writing(engine) as conn:
        patients.create(conn, person, None, patients.new_link_id(), NOW)
    before = contents(engine)
    with pytest.raises(DatabaseRefused, match="already holds patients"):
        fill(engine)
    assert contents(engine) == before


def test_a_database_with_staff_is_refused(sqlite_engine: sa.Engine) -> None:
    with writing(sqlite_engine) as conn:
        access.add_user(conn, "Somebody", "clinician", discipline="medicine")
    with pytest.raises(DatabaseRefused):
        fill(sqlite_engine)


def test_a_finished_clinic_is_not_filled_twice(sqlite_engine: sa.Engine) -> None:
    fill(sqlite_engine, 3)
    with pytest.raises(DatabaseRefused):
        fill(sqlite_engine, 3)


def test_an_unfinished_clinic_of_another_recipe_is_refused(
    sqlite_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_finish", lambda *_: None)
    fill(sqlite_engine, 2)
    with pytest.raises(DatabaseRefused):
        fill(sqlite_engine, 3)
