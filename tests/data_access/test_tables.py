"""The database itself keeps impossible values out, on both engines alike; read off the declared checks."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from data_access.engine import reading, writing
from data_access.errors import RowRefused
from data_access.tables import metadata
from tests.data_access.made_up import NOW, TODAY, about, add

POSSIBLE: dict[str, dict[str, Any]] = {
    "patients": {"patient_id": 9, "link_id": "x", "record_number": "R", "family_name": "F", "search_name": "f",
                 "synthetic": True, "created_at": NOW},
    "users": {"name": "Ada", "role": "clinician", "synthetic": True},
    "diary_entries": {"entry_id": 1, "has_map": False, "recorded_at": NOW, "source": "clinic"},
    "pain_marks": {"entry_id": 5, "region": 3},
    "medications": {"medication_id": 1, "medicine": "m", "source": "clinic"},
    "doses": {"dose_id": 1, "medicine": "m", "taken": True, "source": "clinic"},
    "measures": {"measure_id": 1, "instrument": "PHQ-4", "source": "clinic"},
    "events": {"event_id": 1, "kind": "visit", "source": "clinic"},
    "conditions": {"condition_id": 1, "label": "c", "source": "clinic"},
    "allergies": {"allergy_id": 1, "label": "a", "source": "clinic"},
    "goals": {"goal_id": 1, "title": "g", "source": "clinic"},
    "actions": {"action_id": 1, "title": "a", "source": "clinic"},
    "notes": {"note_id": 1, "version": 1, "author_user_id": 1, "author_name": "A", "discipline": "medicine",
              "text": "t", "signed_at": NOW},
    "entry_changes": {"entry_id": 4, "kind": "withdrawn", "reason": "r", "user_id": 1, "changed_at": NOW},
    "entry_drafts": {"author_user_id": 1, "content": "{}", "revision": 1, "saved_at": NOW},
    "measure_drafts": {"author_user_id": 1, "form": "PHQ-9", "content": "{}", "revision": 1, "saved_at": NOW},
    "note_drafts": {"author_user_id": 1, "text": "t", "revision": 1, "saved_at": NOW},
    "flare_verdicts": {"verdict_id": 1, "flare_start": TODAY, "verdict": "confirmed", "user_id": 1, "given_at": NOW},
    "flares": {"flare_id": 1, "kind": "flare", "start_day": TODAY, "peak_day": TODAY, "signals": "", "days_logged": 1,
               "days_missing": 0, "rule": "r"},
    "patient_days": {"day": TODAY, "entries": 1},
    "asked_answers": {"answer_id": 1, "question": "q", "answer": "yes", "asked_on": TODAY, "user_name": "A",
                      "answered_at": NOW, "source": "clinic"},
    "safety_closures": {"closure_id": 1, "subject": "s", "reason": "r", "closed_through": TODAY, "user_name": "A",
                        "closed_at": NOW, "source": "clinic"},
    "prompt_answers": {"answer_id": 1, "prompt": "p", "answer": "accepted", "user_name": "A", "answered_at": NOW},
    "criteria_assessments": {"assessment_id": 1, "day": TODAY, "reading": "strict", "user_name": "A",
                             "assessed_at": NOW, "source": "clinic"},
    "measure_changes": {"measure_id": 1, "reason": "r", "user_id": 1, "changed_at": NOW},
    "medication_stops": {"medication_id": 1, "end_day": TODAY, "reason": "r", "user_id": 1, "stopped_at": NOW},
    "formulations": {"matters": "m"},
    "plan_interventions": {"intervention_id": 1, "code": "pacing", "source": "clinic"},
    "goal_ratings": {"rating_id": 1, "goal_id": 1, "level": 0, "day": TODAY, "user_name": "A", "rated_at": NOW},
    "plan_changes": {"change_id": 1, "kind": "goal", "item_id": 1, "revision": 1, "after": "{}", "user_id": 1,
                     "user_name": "A", "changed_at": NOW},
    "form_drafts": {"author_user_id": 1, "form": "goal:0", "content": "{}", "revision": 1, "saved_at": NOW},
    "note_words": {"note_id": 1, "version": 1, "words": "w"},
    "cosign_requests": {"request_id": 1, "note_id": 1, "version": 1, "asked_user_id": 2, "asked_by": 1,
                        "asked_at": NOW},
    "cosignatures": {"note_id": 1, "version": 1, "user_id": 2, "user_name": "A", "discipline": "medicine",
                     "signed_at": NOW},
    "note_looks": {"user_id": 1, "looked_at": NOW},
    "meetings": {"team_id": 1, "day": TODAY, "title": "t"},
    "meeting_people": {"meeting_id": 1, "place": 1, "name": "A", "attendance": "present"},
    "meeting_queue": {"meeting_id": 1, "place": 1},
    "case_discussions": {"meeting_id": 1},
    "batch_patients": {"batch_id": 1, "created": True},
    "import_undos": {"batch_id": 1, "content": "{}", "reason": "r", "user_id": 1, "user_name": "A", "undone_at": NOW},
    "column_mappings": {"header_key": "k", "content": "{}", "revision": 1, "saved_by": 1, "saved_by_name": "A",
                        "saved_at": NOW},
    "export_states": {"state_id": 1, "share_id": 1, "state": "sent", "user_id": 1, "user_name": "A", "at": NOW},
    "access_tokens": {"token_hash": "h", "label": "l", "user_id": 1, "created_at": NOW, "expires_at": NOW},
    "patient_snapshots": {"patient_id": 2, "as_of": TODAY, "team_id": 0, "reason_rank": 0, "severity": 0,
                          "days_logged": 0, "days_logged_before": 0, "strip": bytes(28), "strip_flare": bytes(28)},
}  # fmt: skip

OTHERS: dict[str, list[dict[str, Any]]] = {
    "ck_patients_record_number_length": [{"record_number": ""}],
    "ck_diary_entries_at_time_possible": [{"at_time": "24:00"}, {"at_time": "7:30"}, {"at_time": "12:60"}],
    "ck_doses_at_time_possible": [{"at_time": "99:99"}],
    **{f"ck_{table}_day_possible": [{"day": date(1899, 12, 31)}, {"day": date(2200, 1, 2)}]
       for table in ("diary_entries", "doses", "measures", "events")},
    "ck_medications_medicine_named": [{"medicine": ""}],
    "ck_doses_medicine_named": [{"medicine": ""}],
    "ck_measures_instrument_named": [{"instrument": ""}],
    "ck_events_kind_named": [{"kind": ""}],
    "ck_medications_dose_positive": [{"dose": 0.0}],
    "ck_doses_dose_positive": [{"dose": -1.0}],
    "ck_medications_ends_after_start": [{"start_day": TODAY, "end_day": date(2020, 1, 1)}],
    "ck_entry_changes_change_has_reason": [{"reason": ""}],
    "ck_entry_changes_correction_names_entry": [{"kind": "corrected"}, {"new_entry_id": 4}],
    "ck_asked_answers_question_named": [{"question": ""}],
    "ck_asked_answers_answer_given": [{"answer": ""}],
    "ck_safety_closures_subject_named": [{"subject": ""}],
    "ck_safety_closures_closure_has_reason": [{"reason": ""}],
    "ck_safety_closures_closed_by_name": [{"user_name": ""}],
    "ck_prompt_answers_prompt_named": [{"prompt": ""}],
    "ck_prompt_answers_other_has_reason": [{"answer": "other"}],
    "ck_measure_changes_withdrawal_has_reason": [{"reason": ""}],
    "ck_medication_stops_stop_has_reason": [{"reason": ""}],
    "ck_notes_version_from_one": [{"version": 0, "amend_reason": "r"}],
    "ck_notes_text_length": [{"text": ""}],
    "ck_notes_amendment_has_reason": [{"version": 2}],
    "ck_notes_pin_in_order": [{"pinned_start": TODAY, "pinned_end": date(2020, 1, 1)}],
    "ck_patient_days_regions_packed": [{"regions": bytes(73)}],
    "ck_plan_interventions_days_in_order": [{"start_day": TODAY, "end_day": date(2020, 1, 1)}],
    "ck_plan_interventions_evidence_in_order": [{"evidence_start": TODAY, "evidence_end": date(2020, 1, 1)}],
    "ck_patient_snapshots_strips_four_weeks": [{"strip": bytes(27)}],
}  # fmt: skip


def _impossible(check: sa.CheckConstraint) -> list[dict[str, Any]]:
    info = check.info
    if "between" in info:
        low, high = info["between"]
        return [{info["column"]: low - 1}, {info["column"]: high + 1}]
    if "one_of" in info:
        return [{info["column"]: "nonsense"[:8]}]
    if "codes" in info:
        return [{info["column"]: f"{info['codes'][0]}|nonsense"}, {info["column"]: "|".join(info["codes"][:1] * 2)}]
    if "length" in info:
        return [{info["column"]: "x" * (info["length"] + 1)}]
    return OTHERS[str(check.name)]


def _constraints(table: sa.Table) -> list[sa.Constraint]:
    return [*table.constraints, *(constraint for column in table.c for constraint in column.constraints)]


CHECKS = [
    (table, check)
    for table in metadata.sorted_tables
    for check in sorted(_constraints(table), key=lambda each: str(each.name))
    if isinstance(check, sa.CheckConstraint)
]


def _row(table: sa.Table, **changed: Any) -> dict[str, Any]:
    patient = {"patient_id": 1} if "patient_id" in table.c else {}
    return patient | POSSIBLE[table.name] | changed


def test_every_impossible_value_is_refused_by_name(engine: sa.Engine) -> None:
    add(engine, about())
    for table, check in CHECKS:
        for change in _impossible(check):
            with pytest.raises(RowRefused) as refused, writing(engine) as conn:
                conn.execute(sa.insert(table).values(_row(table, **change)))
            assert refused.value.constraint == check.name, change
    with reading(engine) as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(metadata.tables["diary_entries"])).scalar() == 0


def test_not_answered_is_possible_everywhere(engine: sa.Engine) -> None:
    add(engine, about())
    add(engine, about(), now=NOW)
    for name in POSSIBLE:  # those left out need a parent of their own
        if name not in ("pain_marks", "patient_snapshots", "entry_changes", "measure_changes", "medication_stops"):
            with writing(engine) as conn:
                conn.execute(sa.insert(metadata.tables[name]).values(_row(metadata.tables[name])))


NOBODY_S = {"patients", "users", "meetings", "meeting_people", "column_mappings", "access_tokens", "import_undos"}
"""Tables that are about no patient on record; what was taken back of an import outlives a person it had made."""


@pytest.mark.parametrize("name", sorted(POSSIBLE.keys() - NOBODY_S))
def test_nothing_is_written_about_somebody_who_does_not_exist(engine: sa.Engine, name: str) -> None:
    table = metadata.tables[name]
    with pytest.raises(RowRefused), writing(engine) as conn:
        conn.execute(sa.insert(table).values(_row(table, patient_id=77)))


def test_an_instant_needs_a_time_zone(engine: sa.Engine) -> None:
    with pytest.raises((ValueError, sa.exc.StatementError), match="time zone"), writing(engine) as conn:
        naive = NOW.replace(tzinfo=None)
        conn.execute(sa.insert(metadata.tables["patients"]).values(POSSIBLE["patients"] | {"created_at": naive}))
