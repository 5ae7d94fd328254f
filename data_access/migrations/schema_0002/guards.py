"""Triggers of migration 0002: why an entry was changed stays; an entry itself is never rewritten, only closed, once."""

from data_access import triggers

ENTRY = (
    "patient_id", "entry_id", "day", "at_time", "pain", "fatigue", "interference", "sleep_hours", "sleep_quality",
    "stress", "mood", "stiffness_minutes", "sensitivity", "activity", "flare", "relief", "note", "has_map",
    "detail_unknown", "recorded_at", "source", "source_key", "batch_id", "tenderness", "weather", "entered_by",
)  # fmt: skip
"""All of an entry but its status."""
_CHANGES_KEY = ("patient_id", "entry_id")
_CLOSED = "rows that no longer count stay as they were written"
_REWRITTEN = "an entry is corrected by a new one, never rewritten"
_ENTRY_OF_MARK = (
    "EXISTS (SELECT 1 FROM diary_entries AS e WHERE e.patient_id = OLD.patient_id AND e.entry_id = OLD.entry_id"
    " AND e.status <> 'active')"
)
_KEEP_CLOSED = f"""
CREATE FUNCTION flareboard_keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_CLOSED}: %', TG_TABLE_NAME USING ERRCODE = 'P0001'; END $$
"""
_KEEP_MARK = f"""
CREATE FUNCTION flareboard_keep_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {_ENTRY_OF_MARK} THEN RAISE EXCEPTION '{_CLOSED}: pain_marks' USING ERRCODE = 'P0001'; END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


def create(dialect: str) -> list[str]:
    """The statements that guard entries and their changes, in order."""
    return _postgres() if dialect == "postgresql" else _sqlite()


def drop(dialect: str) -> list[str]:
    """The statements that lift these guards, in order."""
    if dialect == "postgresql":
        tables: dict[str, tuple[str, ...]] = {
            "entry_changes": ("row", "truncate"),
            "diary_entries": ("rewrite", "closed"),
        }
        tables |= {"doses": ("closed",), "pain_marks": ("closed",)}
        lifted = [f"DROP TRIGGER tr_{table}_{kind} ON {table}" for table, kinds in tables.items() for kind in kinds]
        return [*lifted, "DROP FUNCTION flareboard_keep_closed()", "DROP FUNCTION flareboard_keep_mark()"]
    names = [f"entry_changes_{verb}" for verb in ("update", "delete", "replace")]
    names += [f"diary_entries_{verb}" for verb in ("rewrite", "delete", "replace")]
    names += [f"{table}_{verb}" for table in ("doses", "pain_marks") for verb in ("update", "delete")]
    return [f"DROP TRIGGER tr_{name}" for name in names]


def _differs(same: str) -> str:
    return " OR ".join(f"OLD.{column} {same} NEW.{column}" for column in ENTRY)


def _sqlite() -> list[str]:
    closed = f"SELECT RAISE(ABORT, '{_CLOSED}');"
    key = "patient_id = NEW.patient_id AND entry_id = NEW.entry_id"
    replaced = f"EXISTS (SELECT 1 FROM diary_entries WHERE {key} AND status <> 'active')"  # noqa: S608
    return [
        *triggers.refuse_sqlite("entry_changes", _CHANGES_KEY),
        "CREATE TRIGGER tr_diary_entries_rewrite BEFORE UPDATE ON diary_entries "
        f"WHEN OLD.status <> 'active' OR {_differs('IS NOT')} BEGIN SELECT RAISE(ABORT, '{_REWRITTEN}'); END",
        "CREATE TRIGGER tr_diary_entries_delete BEFORE DELETE ON diary_entries "
        f"WHEN OLD.status <> 'active' BEGIN {closed} END",
        f"CREATE TRIGGER tr_diary_entries_replace BEFORE INSERT ON diary_entries WHEN {replaced} BEGIN {closed} END",
        *(
            f"CREATE TRIGGER tr_{table}_{verb.lower()} BEFORE {verb} ON {table} WHEN {rule} BEGIN {closed} END"
            for table, rule in (("doses", "OLD.status <> 'active'"), ("pain_marks", _ENTRY_OF_MARK))
            for verb in ("UPDATE", "DELETE")
        ),
    ]


def _postgres() -> list[str]:
    each = "FOR EACH ROW"
    refuse = "EXECUTE FUNCTION flareboard_keep_closed()"
    return [
        _KEEP_CLOSED,
        _KEEP_MARK,
        *triggers.refuse_postgres("entry_changes"),
        f"CREATE TRIGGER tr_diary_entries_rewrite BEFORE UPDATE ON diary_entries {each} "
        f"WHEN (OLD.status <> 'active' OR {_differs('IS DISTINCT FROM')}) {refuse}",
        f"CREATE TRIGGER tr_diary_entries_closed BEFORE DELETE ON diary_entries {each} "
        f"WHEN (OLD.status <> 'active') {refuse}",
        f"CREATE TRIGGER tr_doses_closed BEFORE UPDATE OR DELETE ON doses {each} "
        f"WHEN (OLD.status <> 'active') {refuse}",
        f"CREATE TRIGGER tr_pain_marks_closed BEFORE UPDATE OR DELETE ON pain_marks {each} "
        "EXECUTE FUNCTION flareboard_keep_mark()",
    ]
