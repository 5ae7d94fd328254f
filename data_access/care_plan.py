"""What a patient's care rests on: diagnoses, allergies; agreed actions (see `plan`)."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from clinical.medication import Allergy
from data_access.plan_records import actions
from data_access.records import NOT_ACTIVE, AllergyRecord, ConditionRecord
from data_access.tables import allergies as allergy_rows
from data_access.tables import conditions as condition_rows
from data_access.tables import goals as goal_rows

__all__ = ["actions", "allergies", "conditions", "has_goal", "standing_allergies"]

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


def has_goal(conn: sa.Connection, patient_id: int, goal_id: int) -> bool:
    """Whether that patient's plan holds a goal of that number, reached and given up ones too."""
    g = goal_rows.c
    found = sa.exists().where(g.patient_id == patient_id, g.goal_id == goal_id)
    return bool(conn.execute(sa.select(found)).scalar())


def _rows(conn: sa.Connection, patient_id: int, columns: tuple[sa.Column[Any], ...], number: sa.Column[Any]) -> Rows:
    query = sa.select(*columns).where(number.table.c.patient_id == patient_id)
    return list(conn.execute(query.order_by(number)))
