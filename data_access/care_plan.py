"""What a patient's care rests on: diagnoses, allergies; agreed actions (see `plan`)."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from clinical.medication import Allergy, Condition
from clinical.medication.allergies import says_none_known
from data_access.plan_records import actions
from data_access.records import NOT_ACTIVE, SUSPECTED, AllergyRecord, ConditionRecord
from data_access.tables import allergies as allergy_rows
from data_access.tables import conditions as condition_rows
from data_access.tables import goals as goal_rows

__all__ = ["actions", "allergies", "conditions", "has_goal", "says_none", "standing_allergies", "standing_conditions"]

_NONE_KNOWN = frozenset(
    {
        *(("http://snomed.info/sct", code) for code in ("716186003", "409137002", "428197003", "716220001")),
        *(
            ("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", code)
            for code in (
                "no-allergy-info",
                "no-known-allergies",
                "no-known-medication-allergies",
                "no-known-environmental-allergies",
                "no-known-food-allergies",
            )
        ),
    }
)
"""Codes of SNOMED CT and IPS that say that no allergy (or no drug, insect or animal allergy) is known, or nothing."""

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


def standing_conditions(listed: Iterable[ConditionRecord]) -> tuple[Condition, ...]:
    """Those that are active, as the checks of medicines need them; one that is only suspected counts and says so."""
    return tuple(
        Condition(each.label if each.status == "active" else f"{each.label} ({each.status})", each.code, each.onset_day)
        for each in listed
        if each.status == "active" or each.status.startswith(f"{SUSPECTED}: ")
    )


def says_none(allergy: AllergyRecord) -> bool:
    """Whether that entry names no allergy: it says that none is known, by its words or by its code."""
    return says_none_known(allergy.label) or (allergy.code_system, allergy.code) in _NONE_KNOWN


def has_goal(conn: sa.Connection, patient_id: int, goal_id: int) -> bool:
    """Whether that patient's plan holds a goal of that number, reached and given up ones too."""
    g = goal_rows.c
    found = sa.exists().where(g.patient_id == patient_id, g.goal_id == goal_id)
    return bool(conn.execute(sa.select(found)).scalar())


def _rows(conn: sa.Connection, patient_id: int, columns: tuple[sa.Column[Any], ...], number: sa.Column[Any]) -> Rows:
    query = sa.select(*columns).where(number.table.c.patient_id == patient_id)
    return list(conn.execute(query.order_by(number)))
