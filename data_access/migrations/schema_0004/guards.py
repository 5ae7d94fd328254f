"""Triggers of migration 0004: what was asked, assessed, answered and closed stays; a score is withdrawn, once."""

from collections.abc import Mapping, Sequence

from data_access import triggers

KEPT: Mapping[str, Sequence[str]] = {
    "asked_answers": ("patient_id", "answer_id"),
    "safety_closures": ("patient_id", "closure_id"),
    "prompt_answers": ("patient_id", "answer_id"),
    "criteria_assessments": ("patient_id", "assessment_id"),
    "measure_changes": ("patient_id", "measure_id"),
    "medication_stops": ("patient_id", "medication_id"),
}
MEASURE = (
    "patient_id", "measure_id", "day", "instrument", "score", "unit", "items", "source", "source_key", "batch_id",
    "entered_by", "version",
)  # fmt: skip
"""All of a score but its status."""
_REWRITTEN = "a score is withdrawn, never rewritten"


def create(dialect: str) -> list[str]:
    """The statements that guard these tables, in order."""
    return _postgres() if dialect == "postgresql" else _sqlite()


def drop(dialect: str) -> list[str]:
    """The statements that lift these guards, in order."""
    if dialect == "postgresql":
        names = [f"tr_{table}_{kind} ON {table}" for table in KEPT for kind in ("row", "truncate")]
        names += ["tr_measures_rewrite ON measures", "tr_measures_closed ON measures"]
        return [*(f"DROP TRIGGER {name}" for name in names), "DROP FUNCTION flareboard_keep_measure()"]
    names = [f"{table}_{verb}" for table in KEPT for verb in ("update", "delete", "replace")]
    return [f"DROP TRIGGER tr_{name}" for name in (*names, "measures_rewrite", "measures_delete", "measures_replace")]


def _differs(same: str) -> str:
    return " OR ".join(f"OLD.{column} {same} NEW.{column}" for column in MEASURE)


def _sqlite() -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{_REWRITTEN}');"
    key = "patient_id = NEW.patient_id AND measure_id = NEW.measure_id"
    replaced = f"EXISTS (SELECT 1 FROM measures WHERE {key} AND status <> 'active')"  # noqa: S608
    return [
        *(statement for table, of in KEPT.items() for statement in triggers.refuse_sqlite(table, of)),
        "CREATE TRIGGER tr_measures_rewrite BEFORE UPDATE ON measures "
        f"WHEN OLD.status <> 'active' OR {_differs('IS NOT')} BEGIN {refuse} END",
        f"CREATE TRIGGER tr_measures_delete BEFORE DELETE ON measures WHEN OLD.status <> 'active' BEGIN {refuse} END",
        f"CREATE TRIGGER tr_measures_replace BEFORE INSERT ON measures WHEN {replaced} BEGIN {refuse} END",
    ]


def _postgres() -> list[str]:
    run = "FOR EACH ROW WHEN ({}) EXECUTE FUNCTION flareboard_keep_measure()"
    return [
        "CREATE FUNCTION flareboard_keep_measure() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{_REWRITTEN}: %', TG_TABLE_NAME USING ERRCODE = 'P0001'; END $$",
        *(statement for table in KEPT for statement in triggers.refuse_postgres(table)),
        "CREATE TRIGGER tr_measures_rewrite BEFORE UPDATE ON measures "
        + run.format(f"OLD.status <> 'active' OR {_differs('IS DISTINCT FROM')}"),
        "CREATE TRIGGER tr_measures_closed BEFORE DELETE ON measures " + run.format("OLD.status <> 'active'"),
    ]
