"""Care plans of invented people as rows: a group of patients at once, with the history of every item."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinical.plan import Action, Goal, Item, Plan
from clinical.plan_warnings import warnings
from data_access import snapshots
from data_access.plan_records import as_json, kind_of, number_of, row_of
from data_access.rows import put
from data_access.tables import actions, formulations, goal_ratings, goals, plan_changes, plan_interventions, users

Row = dict[str, Any]
RealUser = Callable[[int], int]


def write(conn: sa.Connection, plans: Sequence[tuple[int, Plan]], user: RealUser, *, as_of: date) -> None:
    """Stores the plan of each patient number; their goals and actions are there already and are completed.

    `user` gives the user id of a staff number.
    """
    settled = [(patient_id, _settled(plan, user)) for patient_id, plan in plans]
    ids = {row.name: row.user_id for row in conn.execute(sa.select(users.c.name, users.c.user_id))}
    put(conn, formulations, [_row(n, p.formulation, ids) for n, p in settled if p.formulation.revised.revision])
    put(conn, plan_interventions, [_row(n, each, ids) | _OURS for n, p in settled for each in p.interventions])
    put(conn, goal_ratings, [_rating(n, each, ids) for n, p in settled for each in p.ratings])
    _complete(conn, goals, "goal_id", [_row(n, each, ids) for n, p in settled for each in p.goals])
    _complete(conn, actions, "action_id", [_row(n, each, ids) for n, p in settled for each in p.actions])
    put(conn, plan_changes, [row for n, p in settled for row in _history(n, p, ids)])
    for patient_id, plan in settled:
        if any(each.kind == "review_overdue" for each in warnings(plan, as_of)):
            snapshots.refresh(conn, patient_id, as_of)


_OURS = {"source": "demo"}


def added_action(patient_id: int, action: Action, ids: dict[str, int]) -> Row:
    """An action as a new row; `ids` are the user ids by name."""
    return _row(patient_id, action, ids) | _OURS


def made(patient_id: int, change_id: int, item: Item, ids: dict[str, int]) -> Row:
    """The first line of an item's history: that it was made, and by whom."""
    return {
        "patient_id": patient_id,
        "change_id": change_id,
        "kind": kind_of(item).name,
        "item_id": number_of(item),
        "revision": item.revised.revision,
        "before": "",
        "after": as_json(item),
        "reason": "",
        "user_id": ids[item.revised.user_name],
        "user_name": item.revised.user_name,
        "changed_at": item.revised.at,
    }


def _settled(plan: Plan, user: RealUser) -> Plan:
    def owned(item: Any) -> Any:
        return replace(item, owner_user_id=user(item.owner_user_id)) if item.owner_user_id else item

    return replace(
        plan,
        goals=tuple(map(owned, plan.goals)),
        interventions=tuple(map(owned, plan.interventions)),
        actions=tuple(map(owned, plan.actions)),
    )


def _row(patient_id: int, item: Item, ids: dict[str, int]) -> Row:
    kind, revised = kind_of(item), item.revised
    number = {kind.number: number_of(item)} if kind.number else {}
    return {
        "patient_id": patient_id,
        **number,
        **row_of(item),
        "revision": revised.revision,
        "changed_by": ids[revised.user_name],
        "changed_by_name": revised.user_name,
        "changed_at": revised.at,
    }


def _rating(patient_id: int, rating: Any, ids: dict[str, int]) -> Row:
    return {
        "patient_id": patient_id,
        "rating_id": rating.rating_id,
        "goal_id": rating.goal_id,
        "level": rating.level,
        "day": rating.day,
        "remark": rating.remark,
        "user_id": ids[rating.user_name],
        "user_name": rating.user_name,
        "rated_at": rating.rated_at,
    }


def _complete(conn: sa.Connection, table: sa.Table, number: str, rows: Sequence[Row]) -> None:
    """Fills in what the row does not say yet; it came in with the rest of the person's records."""
    if not rows:
        return
    key = (table.c.patient_id == sa.bindparam("its_patient"), table.c[number] == sa.bindparam("its_number"))
    said = [name for name in rows[0] if name not in ("patient_id", number)]
    changed = sa.update(table).where(*key).values({name: sa.bindparam(f"new_{name}") for name in said})
    conn.execute(
        changed,
        [
            {"its_patient": row["patient_id"], "its_number": row[number]} | {f"new_{name}": row[name] for name in said}
            for row in rows
        ],
    )


def _history(patient_id: int, plan: Plan, ids: dict[str, int]) -> Iterator[Row]:
    items: list[Item] = [*plan.goals, *plan.interventions, *plan.actions]
    if plan.formulation.revised.revision:
        items.insert(0, plan.formulation)
    for number, item in enumerate(items, 1):
        first = replace(item, attainment=None) if isinstance(item, Goal) else item
        yield made(patient_id, number, first, ids)
