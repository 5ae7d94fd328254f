"""The migrated schema is the declared one, to the letter, on both engines."""

import re
from pathlib import Path

import sqlalchemy as sa

from data_access.engine import connect_engine, migrate, reading, step_back, writing
from data_access.migrations.schema_0007.searched import BATCH
from data_access.tables import APPEND_ONLY, metadata, note_words
from data_access.triggers import GUARDED
from tests.data_access.made_up import about, add
from tests.postgres import Postgres

_POSTGRES_SCHEMA = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'""",
    "indexes": """SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'""",
}
_NOTE = """INSERT INTO notes (patient_id, note_id, version, author_user_id, author_name, discipline, text, signed_at)
    VALUES (1, :note, 1, 7, 'Dr T', 'medicine', :text, '2026-11-01 09:00:00')"""


def _sqlite_schema(engine: sa.Engine) -> dict[str, list[str]]:
    with reading(engine) as conn:
        rows = conn.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')")).fetchall()
    made = {name: sql for name, sql in rows if sql and name not in ("alembic_version", "sqlite_sequence")}
    # The order of clauses inside a table says nothing; their words say everything.
    return {name: sorted(_clauses(sql)) for name, sql in made.items()}


def _clauses(sql: str) -> list[str]:
    """The parts of a statement between its outermost commas: a column that was added later shares a line."""
    words, depth, clauses = " ".join(sql.split()), 0, [""]
    for sign in words:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 1:
            clauses.append("")
        else:
            clauses[-1] += sign
    clauses[0] = clauses[0].partition("(")[2] if words.startswith("CREATE TABLE") else clauses[0]
    return [_balanced(clause.strip()) for clause in clauses]


def _balanced(clause: str) -> str:
    """The clause without the bracket that closes the whole table."""
    while clause.count(")") > clause.count("("):
        clause = clause[: clause.rindex(")")].rstrip()
    return clause


def _postgres_schema(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(engine) as conn:
        asked = {what: conn.execute(sa.text(query)).fetchall() for what, query in _POSTGRES_SCHEMA.items()}
    return {what: sorted((tuple(row) for row in rows), key=repr) for what, rows in asked.items()}


def test_migrated_sqlite_equals_the_declared_tables(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    declared = connect_engine(f"sqlite:///{tmp_path}/declared.db")
    with writing(declared) as conn:
        metadata.create_all(conn)
    assert _sqlite_schema(sqlite_engine) == _sqlite_schema(declared)


def test_migrated_postgresql_equals_the_declared_tables(postgres: Postgres, postgres_url: str) -> None:
    declared = connect_engine(postgres.create())
    with writing(declared) as conn:
        metadata.create_all(conn)
    assert _postgres_schema(connect_engine(postgres_url)) == _postgres_schema(declared)


def test_every_append_only_table_is_guarded_by_its_key() -> None:
    keys = {name: tuple(column.name for column in metadata.tables[name].primary_key) for name in APPEND_ONLY}
    assert dict(GUARDED) == keys


def test_the_patient_leads_every_key_and_index_of_patient_data() -> None:
    beside = {"care_teams", "users", "team_members", "import_batches", "facts", "meetings", "meeting_people"}
    beside |= {"column_mappings", "access_tokens"}
    across = {"ix_patient_snapshots_queue", "ix_patient_snapshots_team_queue", "ix_care_team_members_user"}
    across |= {"ix_actions_owner", "ix_cosign_requests_asked", "ix_meeting_queue_meeting", "ix_batch_patients_batch"}
    for name, table in metadata.tables.items():
        if name in beside or name == "patients":
            continue
        assert next(iter(table.primary_key)).name == "patient_id", name
        for index in table.indexes:
            first = re.split(r"\W+", str(next(iter(index.expressions))))[-1]
            assert first == "patient_id" or index.name in across, index.name


def test_foreign_keys_stay_inside_one_patient() -> None:
    for table in metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            if table.name not in ("team_members", "access_tokens"):
                assert constraint.column_keys[0] == "patient_id", table.name


def test_notes_signed_before_are_found_by_their_words(engine: sa.Engine) -> None:
    add(engine, about())
    texts = ["**Schlaf** – Übung?\n- 20 min/day", *(f"note {number}" for number in range(2, 2 * BATCH + 2))]
    for _ in ("0008", "0007"):
        step_back(engine)
    with writing(engine) as conn:
        conn.execute(sa.text(_NOTE), [{"note": number, "text": text} for number, text in enumerate(texts, 1)])
    migrate(engine)
    w = note_words.c
    with reading(engine) as conn:
        found = conn.execute(sa.select(w.note_id, w.version, w.words).order_by(w.note_id)).fetchall()
        kept = conn.execute(sa.text("SELECT text FROM notes ORDER BY note_id")).scalars().all()
    assert kept == texts
    assert found[0] == (1, 1, "schlaf ubung 20 min day")
    assert [row[0] for row in found] == list(range(1, len(texts) + 1))
