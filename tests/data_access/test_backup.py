"""A backup holds everything, goes back into an empty database of either engine, and is believed only when whole."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from clinical.diary import Period
from clinical.plan import Formulation, Goal, Pinned, PlannedIntervention
from data_access import (
    access,
    access_tokens,
    audit,
    backup,
    batches,
    column_mappings,
    cosigning,
    export_states,
    form_drafts,
    ingest,
    meetings,
    notes,
    patients,
    plan,
    undo,
)
from data_access.engine import connect_engine, reading, writing
from data_access.errors import DatabaseRefused, ExplainedError, RowRefused, UnreadableFile
from data_access.export_states import NewState
from data_access.importers.mapped_rules import ColumnMapping, Rule, Scale
from data_access.meetings import Meeting, Person
from data_access.notes import Author
from data_access.records import EntryRecord, PatientBundle, PatientRecord
from data_access.tables import metadata
from tests.postgres import Postgres

TABLES_OF_0007 = (
    "formulations", "plan_interventions", "goal_ratings", "plan_changes", "form_drafts", "note_words",
    "cosign_requests", "cosignatures", "note_looks", "meetings", "meeting_people", "meeting_queue", "case_discussions",
)  # fmt: skip
TABLES_OF_0008 = ("batch_patients", "import_undos", "column_mappings", "export_states", "access_tokens")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
AS_OF = date(2026, 11, 22)
MAPPING = ColumnMapping((Rule("Datum", "date", dates="dmy"), Rule("Schmerz", "pain", scale=Scale(1, 5))))


def copy_of(engine: Engine) -> bytes:
    out = io.BytesIO()
    backup.backup(engine, out)
    return out.getvalue()


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with reading(engine) as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(sa.select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }


def changed(content: bytes, name: str, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as made:
        for member in old.namelist():
            made.writestr(member, new if member == name else old.read(member))
    return out.getvalue()


def test_a_clinic_comes_back_to_the_last_row_on_either_engine(demo_engine: Engine, engine: Engine) -> None:
    copied = backup.restore(engine, io.BytesIO(copy_of(demo_engine)))
    assert everything(engine) == everything(demo_engine)
    assert copied.total == sum(len(rows) for rows in everything(engine).values()) > 1_000
    with reading(engine) as conn:
        assert audit.verify(conn) == []


def confer(engine: Engine) -> None:
    """One person's plan with a rating, a countersigned note, a draft of a form, and what a case review said."""
    who = plan.Writer(1, "Dr Ada Invented", NOW, AS_OF)
    meeting = Meeting(0, 1, AS_OF, "Review", people=(Person(None, "Guest — GP"),))
    with writing(engine) as conn:
        team = access.add_team(conn, "Team")
        bundle = PatientBundle(PatientRecord("P1", "Example"), "clinic", team_id=team)
        ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
        plan.save(conn, 1, Formulation(matters='the garden\n"again"'), writer=who)
        goal = plan.save(conn, 1, Goal("Dig", target=0.1, evidence=Pinned(Period(AS_OF, AS_OF), "pain")), writer=who)
        plan.rate(conn, 1, goal.goal_id, level=-1, day=AS_OF, remark="ü", writer=who)
        plan.save(conn, 1, PlannedIntervention("pacing", goal_id=goal.goal_id), writer=who)
        form_drafts.save_draft(conn, 1, 1, "goal:1", content='{"title": "Dig"}', expected_revision=0, now=NOW)
        author = Author(1, "Dr Ada Invented", "medicine")
        note = notes.sign_text(conn, 1, author, text="Seen — **better**", template="review", now=NOW)
        cosigning.request(conn, 1, note.note_id, 1, ask=[2], asked_by=1, now=NOW)
        cosigning.cosign(conn, 1, note.note_id, 1, author=Author(2, "Noor", "nursing"), now=NOW)
        notes.look(conn, 1, 2, NOW)
        held = meetings.save(conn, replace(meeting, team_id=team), who)
        meetings.queue(conn, held.meeting_id, 1, "Opioids?", who)


def test_plans_and_case_reviews_come_back_guarded_and_go_on_where_they_stood(
    postgres: Postgres, tmp_path: Path, engine: Engine
) -> None:
    confer(engine)
    other = engine.dialect.name == "sqlite"
    second = connect_engine(postgres.create() if other else f"sqlite:///{tmp_path / 'other.db'}")
    backup.restore(second, io.BytesIO(copy_of(engine)))
    assert everything(second) == everything(engine)
    assert [name for name in TABLES_OF_0007 if not everything(second)[name]] == []
    for name in ("goal_ratings", "plan_changes", "note_words", "cosign_requests", "cosignatures", "notes"):
        for tampering in (f"DELETE FROM {name}", f"UPDATE {name} SET patient_id = 7"):
            with pytest.raises(RowRefused), writing(second) as conn:
                conn.execute(sa.text(tampering))
    with writing(second) as conn:
        who = plan.Writer(2, "Noor", NOW, AS_OF)
        (goal,) = plan.load(conn, 1).goals
        assert plan.save(conn, 1, replace(goal, title="Dig a bed"), writer=who).revised.revision == 2
        assert plan.save(conn, 1, Goal("Sow"), writer=who).goal_id == 2
        assert meetings.save(conn, Meeting(0, 1, AS_OF, "Next"), who).meeting_id == 2
    second.dispose()


def send_and_receive(engine: Engine) -> int:
    """The number of an import that stands; another was taken back with the person it had brought."""
    entry = EntryRecord(AS_OF, pain=5, note="ü")
    with writing(engine) as conn:
        user = access.add_user(conn, "Dr Ada Invented", "clinician", discipline="medicine")
        numbers = [
            batches.start(conn, file_name=f"{n}.csv", sha256="0" * 64, format="fhir", user_id=user, now=NOW)
            for n in range(2)
        ]
        for number, who in zip(numbers, ("P1", "P2"), strict=True):
            bundle = PatientBundle(PatientRecord(who, "Example"), "fhir", entries=(entry,))
            added = ingest.add(conn, bundle, batch_id=number, now=NOW, as_of=AS_OF)
            audit.record(conn, user_id=user, role="clinician", action="import", patient_id=added.patient_id, now=NOW)
        undo.undo(conn, numbers[1], reason="wrong — sorry", user_id=user, user_name="Dr Ada", now=NOW, as_of=AS_OF)
        export_states.add(conn, 1, NewState(1, "sent", "by post", ""), user_id=user, user_name="Dr Ada", now=NOW)
        access_tokens.add(conn, "secret", label="Portal", user_id=user, now=NOW, expires_at=NOW)
        column_mappings.remember(conn, MAPPING, expected_revision=0, user_id=user, user_name="Dr Ada", now=NOW)
    return numbers[0]


def test_imports_and_documents_come_back_guarded_and_an_import_can_still_be_taken_back(
    postgres: Postgres, tmp_path: Path, engine: Engine
) -> None:
    standing = send_and_receive(engine)
    other = engine.dialect.name == "sqlite"
    second = connect_engine(postgres.create() if other else f"sqlite:///{tmp_path / 'other.db'}")
    backup.restore(second, io.BytesIO(copy_of(engine)))
    assert everything(second) == everything(engine)
    assert [name for name in TABLES_OF_0008 if not everything(second)[name]] == []
    for name in ("import_undos", "export_states"):
        for tampering in (f"DELETE FROM {name}", f"UPDATE {name} SET patient_id = 7"):
            with pytest.raises(RowRefused), writing(second) as conn:
                conn.execute(sa.text(tampering))
    with writing(second) as conn:
        # 2 was the number of the person who was taken back: nobody else has it, on whichever engine.
        made = ingest.add(conn, PatientBundle(PatientRecord("P3", "Example"), "clinic"), now=NOW, as_of=AS_OF)
        assert made.patient_id == 3
        (rests,) = undo.obstacles(conn, standing)
        assert (rests.patient_id, rests.what) == (1, "1 word on what became of a document")
        assert access_tokens.revoke(conn, 1, now=NOW)
        assert batches.start(conn, file_name="c", sha256="0" * 64, format="fhir", user_id=1, now=NOW) == 3
    second.dispose()


def test_a_restored_database_gives_new_rows_new_numbers(demo_engine: Engine, engine: Engine) -> None:
    backup.restore(engine, io.BytesIO(copy_of(demo_engine)))
    with writing(engine) as conn:
        before = patients.numbers(conn)
        made = ingest.add(conn, PatientBundle(PatientRecord("NEW", "Example"), "clinic"), now=NOW, as_of=AS_OF)
        assert made.patient_id not in before
        audit.record(conn, user_id=None, role="auditor", action="test", now=NOW, patient_id=made.patient_id)


def test_the_same_state_gives_the_same_bytes(demo_engine: Engine) -> None:
    assert copy_of(demo_engine) == copy_of(demo_engine)


def test_a_backup_is_one_state_though_somebody_writes_meanwhile(engine: Engine) -> None:
    with writing(engine) as conn:
        ingest.add(conn, PatientBundle(PatientRecord("P1", "Example"), "clinic"), now=NOW, as_of=AS_OF)

    class WritesMeanwhile(io.BytesIO):
        """Another person's entry arrives while the first bytes of the copy are written."""

        done = False

        def write(self, content: Any) -> int:
            if not self.done:
                self.done = True
                entry = EntryRecord(AS_OF, pain=5)
                with writing(engine) as conn:
                    bundle = PatientBundle(PatientRecord("P1", "Example"), "clinic", entries=(entry,))
                    ingest.add(conn, bundle, now=NOW, as_of=AS_OF)
            return super().write(content)

    before = everything(engine)
    out = WritesMeanwhile()
    copied = backup.backup(engine, out)
    assert copied.rows == {name: len(rows) for name, rows in before.items()}
    assert len(everything(engine)["diary_entries"]) == 1


def test_a_database_that_holds_anything_is_refused_and_left_alone(demo_engine: Engine, engine: Engine) -> None:
    with writing(engine) as conn:
        ingest.add(conn, PatientBundle(PatientRecord("P1", "Example"), "clinic"), now=NOW, as_of=AS_OF)
    before = everything(engine)
    with pytest.raises(DatabaseRefused, match="already holds data"):
        backup.restore(engine, io.BytesIO(copy_of(demo_engine)))
    assert everything(engine) == before


def test_a_backup_that_was_changed_is_refused_and_nothing_stays(demo_engine: Engine, engine: Engine) -> None:
    content = copy_of(demo_engine)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        lines = archive.read("diary_entries.ndjson").splitlines(keepends=True)
        chain = archive.read("audit_events.ndjson")
        manifest = json.loads(archive.read("manifest.json"))
    forged = chain.replace(b'"signed"', b'"viewed"', 1) if b'"signed"' in chain else chain[::-1]
    for name, new in (
        ("diary_entries.ndjson", b"".join(lines[:-1])),
        ("diary_entries.ndjson", b"".join([lines[0].replace(b"1", b"2", 1), *lines[1:]])),
        ("audit_events.ndjson", forged),
        ("manifest.json", json.dumps(manifest | {"migration": "9999"}).encode()),
        ("manifest.json", json.dumps(manifest | {"format": "other"}).encode()),
        ("manifest.json", b"[]"),
        ("patients.ndjson", b"[1, 2]\n"),
    ):
        with pytest.raises(ExplainedError):
            backup.restore(engine, io.BytesIO(changed(content, name, new)))
        assert not any(everything(engine).values())


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_cut_off_backup_is_refused(demo_engine: Engine, sqlite_engine: Engine, share: float) -> None:
    content = copy_of(demo_engine)
    with pytest.raises(UnreadableFile, match="damaged"):
        backup.restore(sqlite_engine, io.BytesIO(content[: int(len(content) * share)]))


def test_a_backup_goes_into_a_database_that_does_not_exist_yet(demo_engine: Engine, tmp_path: Path) -> None:
    engine = connect_engine(f"sqlite:///{tmp_path / 'clinic.db'}")
    backup.restore(engine, io.BytesIO(copy_of(demo_engine)))
    assert everything(engine) == everything(demo_engine)
    engine.dispose()
