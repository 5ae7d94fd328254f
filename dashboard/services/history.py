"""What is on record about a patient beside the diary, kept in memory between two reruns of the same page.

Called inside `work.reading`, as `diaries` is: access has been decided before, and nothing kept here decides it. Every
writer of these rows moves the data version in its own transaction (tests/data_access/test_data_version.py), so what is
kept is never old. What can change without the version is not in here: drafts, care team, snapshot.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from clinical.findings import Action, Event, Medicine, Score
from clinical.flares import Flare
from clinical.medication.answers import PromptAnswer
from clinical.plan import Plan
from clinical.safety import Answer, Closure
from dashboard.services.kept import Kept
from data_access import (
    asked,
    care_plan,
    criteria,
    diary,
    events,
    flares,
    measures,
    medication,
    notes,
    plan,
    prompt_answers,
    safety,
)
from data_access.criteria import Assessed
from data_access.notes import Note
from data_access.patients import PatientHead
from data_access.records import AllergyRecord, ConditionRecord


@dataclass(frozen=True, slots=True)
class History:
    """One patient's flares, medicines, scores, events, care plan, signed notes, allergies, diagnoses, undated entries.

    And what clinicians asked, closed, answered to medication prompts and assessed.
    """

    flares: tuple[Flare, ...]
    medicines: tuple[Medicine, ...]
    scores: tuple[Score, ...]
    events: tuple[Event, ...]
    plan: Plan
    notes: tuple[Note, ...]
    allergies: tuple[AllergyRecord, ...]
    conditions: tuple[ConditionRecord, ...]
    undated_entries: int
    answers: tuple[Answer, ...]
    closures: tuple[Closure, ...]
    prompt_answers: tuple[PromptAnswer, ...]
    assessments: tuple[Assessed, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """The agreed actions of the plan, done ones too."""
        return self.plan.actions


_histories: Kept[History] = Kept(64)


def load(conn: Connection, head: PatientHead) -> History:
    """What is on record about that patient as of the head's data version."""
    return _histories.get((conn.engine, head.patient_id, head.data_version), lambda: _read(conn, head.patient_id))


def _read(conn: Connection, patient_id: int) -> History:
    return History(
        flares=tuple(flares.listed(conn, patient_id)),
        medicines=tuple(medication.listed(conn, patient_id)),
        scores=tuple(measures.scores(conn, patient_id)),
        events=tuple(events.listed(conn, patient_id)),
        plan=plan.load(conn, patient_id),
        notes=tuple(notes.listed(conn, patient_id)),
        allergies=tuple(care_plan.allergies(conn, patient_id)),
        conditions=tuple(care_plan.conditions(conn, patient_id)),
        undated_entries=diary.undated_count(conn, patient_id),
        answers=tuple(asked.answers(conn, patient_id)),
        closures=tuple(safety.closures(conn, patient_id)),
        prompt_answers=tuple(prompt_answers.listed(conn, patient_id)),
        assessments=tuple(criteria.listed(conn, patient_id)),
    )
