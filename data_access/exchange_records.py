"""What is on record of one person as the records importers give: what goes out can be held against what comes in."""

from collections.abc import Iterable
from typing import TypeVar

import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import Action, Goal
from clinical.safety import Answer, Closure
from data_access import access, care_plan, diary, events, measures, medication, patients, plan_records, standing
from data_access.patients import PatientHead
from data_access.records import (
    ActionRecord,
    AskedRecord,
    ClosingRecord,
    DoseRecord,
    EventRecord,
    GoalRecord,
    MeasureRecord,
    PatientBundle,
    PatientRecord,
)

Dated = TypeVar("Dated", DoseRecord, MeasureRecord, EventRecord)


def of_patient(conn: sa.Connection, patient_id: int, period: Period | None = None) -> PatientBundle:
    """Everything about that patient that counts. Raises LookupError where there is none.

    With a period only its days of entries, doses, scores and events, nothing undated; what stands whatever the day
    (the person, diagnoses, allergies, medicines, plan, answers) is whole. An owner who has an account is named too:
    their number means nothing elsewhere.
    """
    head = patients.head(conn, patient_id)
    if head is None:
        raise LookupError("there is no such patient")
    entries = diary.entries(conn, patient_id, period)
    return PatientBundle(
        patient=_person(head),
        source="clinic",
        entries=tuple(entries if period else [*entries, *diary.undated(conn, patient_id)]),
        medications=tuple(medication.records(conn, patient_id)),
        doses=_during(medication.dose_records(conn, patient_id), period),
        measures=_during(measures.records(conn, patient_id), period),
        events=_during(events.records(conn, patient_id), period),
        conditions=tuple(care_plan.conditions(conn, patient_id)),
        allergies=tuple(care_plan.allergies(conn, patient_id)),
        goals=tuple(_goal(each) for each in plan_records.items(conn, patient_id, "goal")),
        actions=_actions(conn, patient_id),
        asked=tuple(_asked(each) for each in standing.answers(conn, patient_id)),
        closings=tuple(_closing(each) for each in standing.closures(conn, patient_id)),
        team_id=head.team_id,
    )


def _person(head: PatientHead) -> PatientRecord:
    return PatientRecord(
        head.record_number, head.family_name, head.given_name, head.birth_date, head.sex, head.synthetic
    )


def _during(records: Iterable[Dated], period: Period | None) -> tuple[Dated, ...]:
    if period is None:
        return tuple(records)
    return tuple(each for each in records if each.day is not None and period.start <= each.day <= period.end)


def _goal(item: Goal) -> GoalRecord:
    return GoalRecord(
        title=item.title,
        measure=item.measure,
        baseline=item.baseline,
        target=item.target,
        unit=item.unit,
        due_day=item.due,
        status=item.status,
        attainment=item.attainment,
        importance=item.importance,
    )


def _actions(conn: sa.Connection, patient_id: int) -> tuple[ActionRecord, ...]:
    names = {user.user_id: user.name for user in access.users(conn)}
    return tuple(_action(each, names) for each in plan_records.actions(conn, patient_id))


def _action(item: Action, names: dict[int, str]) -> ActionRecord:
    account = names.get(item.owner_user_id, "") if item.owner_user_id is not None else ""
    return ActionRecord(
        title=item.title,
        discipline=item.discipline,
        owner_user_id=item.owner_user_id,
        due_day=item.due,
        status=item.status,
        done_day=item.done,
        owner_name=item.owner_name or account,
        made_day=item.made,
    )


def _asked(said: Answer) -> AskedRecord:
    return AskedRecord(said.question, said.answer, said.asked_on, said.user_name, said.answered_at, said.remark)


def _closing(said: Closure) -> ClosingRecord:
    return ClosingRecord(said.subject, said.reason, said.closed_through, said.user_name, said.closed_at)
