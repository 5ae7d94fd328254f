"""Triggers of migration 0008: what was taken back, and what became of a document, stay as written."""

from collections.abc import Mapping, Sequence

from data_access import triggers

KEPT: Mapping[str, Sequence[str]] = {
    "import_undos": ("patient_id", "batch_id"),
    "export_states": ("patient_id", "state_id"),
}


def create(dialect: str) -> list[str]:
    """The statements that guard these tables, in order."""
    if dialect == "postgresql":
        return [statement for table in KEPT for statement in triggers.refuse_postgres(table)]
    return [statement for table, of in KEPT.items() for statement in triggers.refuse_sqlite(table, of)]


def drop(dialect: str) -> list[str]:
    """The statements that lift these guards, in order."""
    if dialect == "postgresql":
        return [f"DROP TRIGGER tr_{table}_{kind} ON {table}" for table in KEPT for kind in ("row", "truncate")]
    return [f"DROP TRIGGER tr_{table}_{verb}" for table in KEPT for verb in ("update", "delete", "replace")]
