"""The plan of one patient: diagnoses, allergies, goals and agreed actions."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from clinical.findings import Action
from clinical.medication import Allergy
from data_access import patients
from data_access.records import NOT_ACTIVE, AllergyRecord, ConditionRecord, GoalRecord
from data_access.tables import actions as action_rows
from data_access.tables import allergies as allergy_rows
from data_access.tables import conditions as condition_rows
from data_access.tables import goals as goal_rows

Rows = list[sa.Row[*tuple[Any, ...]]]


def conditions(conn: sa.Connection, patient_id: int) -> list[ConditionRecord]:
    """Every diagnosis, in the order they came in."""
    c = condition_rows.c
    columns = (c.label, c.code_system, c.code, c.onset_day, c.status, c.source_key)
    return [ConditionRecord(*row) for row in _rows(conn, patient_id, columns, c.condition_id)]


def allergies(conn: sa.Connection, patient_id: int) -> list[AllergyRecord]:
    """Every allergy, in the order they came in."""
    a = allergy_rows.c
    columns = (a.label, a.code_system, a.code, a.reaction, a.criticality, a.status, a.source_key)
    return [AllergyRecord(*row) for row in _rows(conn, patient_id, columns, a.allergy_id)]


def standing_allergies(listed: Iterable[AllergyRecord]) -> tuple[Allergy, ...]:
    """Those that are not marked as over, as the checks of medicines need them."""
    return tuple(Allergy(each.label, each.reaction) for each in listed if each.status not in NOT_ACTIVE)


def goals(conn: sa.Connection, patient_id: int) -> list[GoalRecord]:
    """Every goal, in the order they came in."""
    g = goal_rows.c
    columns = (g.title, g.measure, g.baseline, g.target, g.unit, g.due_day, g.status, g.attainment, g.source_key)
    return [GoalRecord(*row) for row in _rows(conn, patient_id, columns, g.goal_id)]


def has_goal(conn: sa.Connection, patient_id: int, goal_id: int) -> bool:
    """Whether that patient's plan holds a goal of that number, reached and given up ones too."""
    g = goal_rows.c
    found = sa.exists().where(g.patient_id == patient_id, g.goal_id == goal_id)
    return bool(conn.execute(sa.select(found)).scalar())


def actions(conn: sa.Connection, patient_id: int) -> list[Action]:
    """Every agreed action, done ones too, in the order they came in."""
    a = action_rows.c
    columns = (a.title, a.due_day, a.status, a.done_day, a.discipline, a.owner_user_id, a.action_id)
    return [Action(*row) for row in _rows(conn, patient_id, columns, a.action_id)]


def set_action_status(
    conn: sa.Connection,
    patient_id: int,
    action_id: int,
    status: Literal["open", "done", "cancelled"],
    *,
    done: date | None = None,
) -> bool:
    """Whether there was such an action to change. The caller refreshes the snapshot (`derived.refresh`)."""
    a = action_rows.c
    changed = sa.update(action_rows).where(a.patient_id == patient_id, a.action_id == action_id)
    there = conn.execute(changed.values(status=status, done_day=done)).rowcount == 1
    if there:
        patients.changed(conn, patient_id)
    return there


def _rows(conn: sa.Connection, patient_id: int, columns: tuple[sa.Column[Any], ...], number: sa.Column[Any]) -> Rows:
    query = sa.select(*columns).where(number.table.c.patient_id == patient_id)
    return list(conn.execute(query.order_by(number)))
