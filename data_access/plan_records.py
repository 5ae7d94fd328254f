"""Items of the care plan as rows and as the words of their history; read only. They are written by `plan`.

Every kind is described once, by its record: a field is a column of the same name, a day a column of that name and
`_day`, the pinned evidence four columns. What the database keeps about a row (number, revision) is no field of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from clinical.diary import Period
from clinical.plan import Action, Formulation, Goal, Item, Plan, PlannedIntervention, Rating
from clinical.plan_warnings import STANDING, STANDING_GOALS
from clinical.record import Pinned, Revised
from data_access import tables
from data_access.tables import goal_ratings

PlanKind = Literal["formulation", "goal", "intervention", "action"]
Fields = Mapping[str, Any]
"""What an item says, by the names of its record's fields; days as YYYY-MM-DD, as they stand in its history."""
_DAYS = ("due", "review", "made", "start", "end", "done")
_KEPT = ("revised", "evidence")


@dataclass(frozen=True, slots=True)
class ItemKind:
    """One kind: its table, the record of a row, and `number`, the column that counts it ('' for the formulation)."""

    name: PlanKind
    record: Callable[..., Item]
    table: sa.Table
    number: str

    @property
    def said(self) -> tuple[str, ...]:
        """The fields that are one column each, in the order of the record."""
        return _SAID[self.name]


KINDS: Mapping[PlanKind, ItemKind] = {
    "formulation": ItemKind("formulation", Formulation, tables.formulations, ""),
    "goal": ItemKind("goal", Goal, tables.goals, "goal_id"),
    "intervention": ItemKind("intervention", PlannedIntervention, tables.plan_interventions, "intervention_id"),
    "action": ItemKind("action", Action, tables.actions, "action_id"),
}


def _said(kind: ItemKind) -> tuple[str, ...]:
    record: Any = kind.record
    return tuple(each.name for each in fields(record) if each.name not in (*_KEPT, kind.number))


_SAID = {kind.name: _said(kind) for kind in KINDS.values()}


def kind_of(item: Item) -> ItemKind:
    """The kind of that item."""
    return next(kind for kind in KINDS.values() if kind.record is type(item))


def number_of(item: Item) -> int:
    """The item's number among those of its kind; 0 for one that is new, and for the formulation."""
    number = kind_of(item).number
    return int(getattr(item, number)) if number else 0


def column(field: str) -> str:
    """The column that holds that field."""
    return f"{field}_day" if field in _DAYS else field


def row_of(item: Item) -> dict[str, Any]:
    """All that the item says, by column."""
    kind = kind_of(item)
    row = {column(name): getattr(item, name) for name in kind.said}
    return row if kind.name == "formulation" else row | _evidence_columns(getattr(item, "evidence", None))


def _evidence_columns(pinned: Pinned | None) -> dict[str, Any]:
    return {
        "evidence_start": pinned.period.start if pinned else None,
        "evidence_end": pinned.period.end if pinned else None,
        "evidence_chart": pinned.chart if pinned else "",
        "evidence_region": pinned.region if pinned else "",
    }


def _item(kind: ItemKind, row: sa.RowMapping) -> Any:
    said: dict[str, Any] = {name: row[column(name)] for name in kind.said}
    said["revised"] = Revised(row["revision"], row["changed_by_name"], row["changed_at"])
    if kind.number:
        said |= {kind.number: row[kind.number], "evidence": _pinned(row)}
    return kind.record(**said)


def _pinned(row: sa.RowMapping) -> Pinned | None:
    start, end = row["evidence_start"], row["evidence_end"]
    return Pinned(Period(start, end or start), row["evidence_chart"], row["evidence_region"]) if start else None


def as_json(item: Item) -> str:
    """All that the item says, as it stands in its history."""
    kind = kind_of(item)
    said: dict[str, Any] = {name: _written(getattr(item, name)) for name in kind.said}
    if kind.number:
        said["evidence"] = _evidence_said(getattr(item, "evidence", None))
    return json.dumps(said, ensure_ascii=False)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _evidence_said(pinned: Pinned | None) -> Fields | None:
    if pinned is None:
        return None
    period = {"start": pinned.period.start.isoformat(), "end": pinned.period.end.isoformat()}
    return {"period": period, "chart": pinned.chart, "region": pinned.region}


def item_of(name: PlanKind, said: Fields) -> Any:
    """The item that says this of its history, without number and revision."""
    kind = KINDS[name]
    given = {field: _day(said[field]) if field in _DAYS else said[field] for field in kind.said if field in said}
    if pinned := said.get("evidence"):
        period = Period(date.fromisoformat(pinned["period"]["start"]), date.fromisoformat(pinned["period"]["end"]))
        given["evidence"] = Pinned(period, pinned["chart"], pinned["region"])
    return kind.record(**given)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def load(conn: sa.Connection, patient_id: int) -> Plan:
    """Everything agreed about that patient, each kind in the order it was made; ratings in the order of their days."""
    (formulation,) = items(conn, patient_id, "formulation") or [Formulation()]
    return Plan(
        formulation=formulation,
        goals=tuple(items(conn, patient_id, "goal")),
        interventions=tuple(items(conn, patient_id, "intervention")),
        actions=tuple(actions(conn, patient_id)),
        ratings=tuple(ratings(conn, patient_id)),
    )


def actions(conn: sa.Connection, patient_id: int) -> list[Action]:
    """Every agreed action, done ones too, in the order they came in."""
    return items(conn, patient_id, "action")


def items(conn: sa.Connection, patient_id: int, name: PlanKind) -> list[Any]:
    """Every item of that kind, by its number."""
    kind = KINDS[name]
    return [_item(kind, row) for row in conn.execute(_ITEMS[name], {"patient": patient_id}).mappings()]


def one(conn: sa.Connection, patient_id: int, name: PlanKind, number: int) -> Any | None:
    """That item as it stands, None where there is none; `number` 0 for the formulation."""
    kind = KINDS[name]
    query = _ITEMS[name] if not kind.number else _ITEMS[name].where(kind.table.c[kind.number] == number)
    row = conn.execute(query, {"patient": patient_id}).mappings().one_or_none()
    return None if row is None else _item(kind, row)


def _items_query(kind: ItemKind) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(kind.table).where(kind.table.c.patient_id == sa.bindparam("patient"))
    return query.order_by(kind.table.c[kind.number]) if kind.number else query


_ITEMS = {kind.name: _items_query(kind) for kind in KINDS.values()}
"""Built once: every page of a patient asks for them."""


def ratings(conn: sa.Connection, patient_id: int) -> list[Rating]:
    """Every rating of every goal, by its day, those of one day in the order they were given."""
    r = goal_ratings.c
    query = sa.select(r.goal_id, r.level, r.day, r.remark, r.user_name, r.rated_at, r.rating_id)
    return [Rating(*row) for row in conn.execute(query.where(r.patient_id == patient_id).order_by(r.day, r.rating_id))]


@dataclass(frozen=True, slots=True)
class Overdue:
    """The days that have passed: of open actions, and of the reviews of goals and interventions that stand."""

    actions: tuple[date, ...]
    reviews: tuple[date, ...]


def overdue(conn: sa.Connection, patient_id: int, as_of: date) -> Overdue:
    """What of that patient's plan is past its day; a thing due today is not. The rules of `plan_warnings`."""
    found = conn.execute(_OVERDUE, {"patient": patient_id, "as_of": as_of}).fetchall()
    return Overdue(*(tuple(row.day for row in found if row.kind == kind) for kind in ("action", "review")))


def _overdue_query() -> sa.CompoundSelect[*tuple[Any, ...]]:
    g, i, a = tables.goals.c, tables.plan_interventions.c, tables.actions.c
    today = sa.bindparam("as_of", type_=sa.Date)
    runs = sa.or_(i.end_day.is_(None), i.end_day >= today)
    passed = (
        ("action", a, a.due_day, a.status == "open"),
        ("review", g, g.review_day, g.status.in_(STANDING_GOALS)),
        ("review", i, i.review_day, sa.and_(i.status.in_(STANDING), runs)),
    )
    return sa.union_all(
        *(
            sa.select(sa.literal(kind).label("kind"), day.label("day")).where(
                of.patient_id == sa.bindparam("patient"), day < today, stands
            )
            for kind, of, day, stands in passed
        )
    )


_OVERDUE = _overdue_query()
