"""Database-level refusal of change: rows of the append-only tables stay as they were written, on both engines.

The statements of the first four tables are part of migration 0001; those of a later table belong to its migration.
"""

from collections.abc import Mapping, Sequence

GUARDED: Mapping[str, tuple[str, ...]] = {
    "notes": ("patient_id", "note_id", "version"),
    "flare_verdicts": ("patient_id", "verdict_id"),
    "exports": ("patient_id", "export_id"),
    "audit_events": ("patient_id", "seq"),
    "entry_changes": ("patient_id", "entry_id"),
    "asked_answers": ("patient_id", "answer_id"),
    "safety_closures": ("patient_id", "closure_id"),
    "prompt_answers": ("patient_id", "answer_id"),
    "criteria_assessments": ("patient_id", "assessment_id"),
    "measure_changes": ("patient_id", "measure_id"),
    "medication_stops": ("patient_id", "medication_id"),
    "goal_ratings": ("patient_id", "rating_id"),
    "plan_changes": ("patient_id", "change_id"),
    "note_words": ("patient_id", "note_id", "version"),
    "cosign_requests": ("patient_id", "request_id"),
    "cosignatures": ("patient_id", "note_id", "version", "user_id"),
    "import_undos": ("patient_id", "batch_id"),
    "export_states": ("patient_id", "state_id"),
}
"""Append-only tables with their keys. A head of the audit chain may grow, and nothing else."""

_FIRST: Mapping[str, Sequence[str]] = {
    name: GUARDED[name] for name in ("notes", "flare_verdicts", "exports", "audit_events")
}

FUNCTION = """
CREATE FUNCTION flareboard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'P0001'; END $$
"""


def create(dialect: str) -> list[str]:
    """The statements of migration 0001 that guard the append-only tables, in order."""
    return [FUNCTION, *guard(dialect)] if dialect == "postgresql" else guard(dialect)


def drop(dialect: str) -> list[str]:
    """The statements of a step back of migration 0001, in order."""
    return [*lift(dialect), "DROP FUNCTION flareboard_refuse()"] if dialect == "postgresql" else lift(dialect)


def guard(dialect: str) -> list[str]:
    """The triggers of the first four tables, in order."""
    if dialect == "postgresql":
        return [*(s for table in _FIRST for s in refuse_postgres(table)), *_postgres_heads()]
    return [*(s for table, key in _FIRST.items() for s in refuse_sqlite(table, key)), *_sqlite_heads()]


def lift(dialect: str) -> list[str]:
    """The statements that take those triggers away, in order."""
    tables = (*_FIRST, "audit_heads")
    if dialect == "postgresql":
        lifted = [f"DROP TRIGGER tr_{table}_{kind} ON {table}" for table in tables for kind in ("row", "truncate")]
        return [*lifted, "DROP TRIGGER tr_audit_heads_shrink ON audit_heads"]
    guarded = [f"DROP TRIGGER tr_{table}_{verb}" for table in _FIRST for verb in ("update", "delete", "replace")]
    return [*guarded, "DROP TRIGGER tr_audit_heads_update", "DROP TRIGGER tr_audit_heads_delete"]


def refuse_sqlite(table: str, key: Sequence[str]) -> list[str]:
    """The statements by which SQLite refuses every change of that table's rows."""
    refuse = f"SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted');"
    same_key = " AND ".join(f"{column} = NEW.{column}" for column in key)
    # INSERT OR REPLACE removes the old row without firing a delete trigger: it is caught on its way in.
    held = (f"EXISTS (SELECT 1 FROM {table} WHERE {match})" for match in (same_key, "rowid = NEW.rowid"))  # noqa: S608
    taken = " OR ".join(held)
    return [
        f"CREATE TRIGGER tr_{table}_update BEFORE UPDATE ON {table} BEGIN {refuse} END",
        f"CREATE TRIGGER tr_{table}_delete BEFORE DELETE ON {table} BEGIN {refuse} END",
        f"CREATE TRIGGER tr_{table}_replace BEFORE INSERT ON {table} WHEN {taken} BEGIN {refuse} END",
    ]


def _sqlite_heads() -> list[str]:
    refuse = "SELECT RAISE(ABORT, 'a chain of audit events only grows');"
    return [
        "CREATE TRIGGER tr_audit_heads_update BEFORE UPDATE ON audit_heads "
        f"WHEN NEW.events <= OLD.events OR NEW.patient_id <> OLD.patient_id BEGIN {refuse} END",
        f"CREATE TRIGGER tr_audit_heads_delete BEFORE DELETE ON audit_heads BEGIN {refuse} END",
    ]


def refuse_postgres(table: str) -> list[str]:
    """The statements by which PostgreSQL refuses every change of that table's rows."""
    return [
        f"CREATE TRIGGER tr_{table}_row BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION flareboard_refuse()",
        f"CREATE TRIGGER tr_{table}_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION flareboard_refuse()",
    ]


def _postgres_heads() -> list[str]:
    return [
        "CREATE TRIGGER tr_audit_heads_row BEFORE DELETE ON audit_heads "
        "FOR EACH ROW EXECUTE FUNCTION flareboard_refuse()",
        "CREATE TRIGGER tr_audit_heads_shrink BEFORE UPDATE ON audit_heads "
        "FOR EACH ROW WHEN (NEW.events <= OLD.events OR NEW.patient_id <> OLD.patient_id) "
        "EXECUTE FUNCTION flareboard_refuse()",
        "CREATE TRIGGER tr_audit_heads_truncate BEFORE TRUNCATE ON audit_heads "
        "FOR EACH STATEMENT EXECUTE FUNCTION flareboard_refuse()",
    ]
