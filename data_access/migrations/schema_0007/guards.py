"""Triggers of migration 0007: ratings, changes of the plan, countersignatures and words of notes stay as written."""

from collections.abc import Mapping, Sequence

from data_access import triggers

KEPT: Mapping[str, Sequence[str]] = {
    "goal_ratings": ("patient_id", "rating_id"),
    "plan_changes": ("patient_id", "change_id"),
    "note_words": ("patient_id", "note_id", "version"),
    "cosign_requests": ("patient_id", "request_id"),
    "cosignatures": ("patient_id", "note_id", "version", "user_id"),
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
