"""Every table, once. `patient_id` leads each key and index of patient data; foreign keys stay inside one patient.

Impossible values are refused by the database itself: the checks hold on SQLite and PostgreSQL alike.
"""

from data_access.tables.assessed import (
    asked_answers,
    criteria_assessments,
    measure_changes,
    medication_stops,
    prompt_answers,
    safety_closures,
)
from data_access.tables.clinic import (
    audit_events,
    audit_heads,
    care_teams,
    exports,
    facts,
    import_batches,
    team_members,
    users,
)
from data_access.tables.columns import DISCIPLINES, ROLES, SOURCES, WEATHER, UtcDateTime, metadata
from data_access.tables.conferring import (
    case_discussions,
    cosign_requests,
    cosignatures,
    meeting_people,
    meeting_queue,
    meetings,
    note_looks,
    note_words,
)
from data_access.tables.derived import flares, patient_days, patient_snapshots
from data_access.tables.exchange import (
    access_tokens,
    batch_patients,
    column_mappings,
    export_states,
    import_undos,
)
from data_access.tables.logged import (
    diary_entries,
    doses,
    entry_changes,
    entry_drafts,
    events,
    measures,
    medications,
    pain_marks,
)
from data_access.tables.measuring import measure_drafts
from data_access.tables.people import care_team_members, patients
from data_access.tables.planning import (
    form_drafts,
    formulations,
    goal_ratings,
    plan_changes,
    plan_interventions,
)
from data_access.tables.record import (
    actions,
    allergies,
    conditions,
    flare_verdicts,
    goals,
    note_drafts,
    notes,
    reviews,
)

APPEND_ONLY = (
    "notes", "flare_verdicts", "exports", "audit_events", "entry_changes", "asked_answers", "safety_closures",
    "prompt_answers", "criteria_assessments", "measure_changes", "medication_stops",
    "goal_ratings", "plan_changes", "note_words", "cosign_requests", "cosignatures",
    "import_undos", "export_states",
)  # fmt: skip
"""Tables whose rows the database itself refuses to change or delete (house decision 7)."""

__all__ = [
    "APPEND_ONLY",
    "DISCIPLINES",
    "ROLES",
    "SOURCES",
    "WEATHER",
    "UtcDateTime",
    "access_tokens",
    "actions",
    "allergies",
    "asked_answers",
    "audit_events",
    "audit_heads",
    "batch_patients",
    "care_team_members",
    "care_teams",
    "case_discussions",
    "column_mappings",
    "conditions",
    "cosign_requests",
    "cosignatures",
    "criteria_assessments",
    "diary_entries",
    "doses",
    "entry_changes",
    "entry_drafts",
    "events",
    "export_states",
    "exports",
    "facts",
    "flare_verdicts",
    "flares",
    "form_drafts",
    "formulations",
    "goal_ratings",
    "goals",
    "import_batches",
    "import_undos",
    "measure_changes",
    "measure_drafts",
    "measures",
    "medication_stops",
    "medications",
    "meeting_people",
    "meeting_queue",
    "meetings",
    "metadata",
    "note_drafts",
    "note_looks",
    "note_words",
    "notes",
    "pain_marks",
    "patient_days",
    "patient_snapshots",
    "patients",
    "plan_changes",
    "plan_interventions",
    "prompt_answers",
    "reviews",
    "safety_closures",
    "team_members",
    "users",
]
