"""The care plan of one patient: what stands, who changed what, and how far goals were reached.

Two people may hold the same item at once. A save goes onto the revision its writer saw, or it does not happen: the
second of two is told what the first one saved (`Overtaken`). Every revision stays, as it was and as it became.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from clinical.plan import Item, Rating
from data_access import derived
from data_access.engine import lock_patient
from data_access.errors import ExplainedError, Overtaken
from data_access.ingest.validity import refusal
from data_access.plan_records import (
    Fields,
    ItemKind,
    PlanKind,
    as_json,
    item_of,
    kind_of,
    load,
    number_of,
    one,
    row_of,
)
from data_access.row_numbers import last_given
from data_access.tables import goal_ratings, goals, plan_changes

__all__ = ["Change", "Overtaken", "Writer", "history", "item_of", "load", "rate", "save"]

Kept = TypeVar("Kept", bound=Item)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, under which name, when, and which calendar day it is for them."""

    user_id: int
    name: str
    now: datetime
    as_of: date


@dataclass(frozen=True, slots=True)
class Change:
    """One revision of an item: its fields before ({} when it was made) and after, and who made it why."""

    kind: PlanKind
    item_id: int
    revision: int
    before: Fields
    after: Fields
    reason: str
    user_name: str
    changed_at: datetime


def save(conn: sa.Connection, patient_id: int, item: Kept, *, writer: Writer, reason: str = "") -> Kept:
    """The item as it stands now, one revision on from `item.revised.revision` (0: a new one, which gets its number).

    Raises Overtaken, with nothing written, when another revision stands; ExplainedError for what no row can hold;
    LookupError for an item that is not there. A goal's attainment is that of its ratings: saving the goal leaves it.
    """
    kind = kind_of(item)
    _require_possible(kind.name, kind.table, row_of(item))
    _require_possible("reason", plan_changes, {"reason": reason.strip()})
    lock_patient(conn, patient_id)
    before = one(conn, patient_id, kind.name, number_of(item))
    is_new = item.revised.revision == 0 and number_of(item) == 0
    if is_new and (kind.number or before is None):
        number, before = _add(conn, patient_id, kind, item, writer), None
    else:
        number = _change(conn, patient_id, kind, item, before, writer)
    kept = cast(Kept, one(conn, patient_id, kind.name, number))
    _remember(conn, patient_id, before, kept, reason, writer)
    derived.refresh(conn, patient_id, writer.as_of, ())
    return kept


def _require_possible(what: str, table: sa.Table, row: Mapping[str, Any]) -> None:
    if reason := refusal(table, row):
        raise ExplainedError(
            f"This {what} cannot be saved: {reason}.",
            "Nothing was written; what you filled in is still there.",
            "Correct it and save again.",
        )


def _add(conn: sa.Connection, patient_id: int, kind: ItemKind, item: Item, writer: Writer) -> int:
    row = {**row_of(item), "patient_id": patient_id, **_standing(1, writer)}
    if not kind.number:
        conn.execute(sa.insert(kind.table).values(row))
        return 0
    number = _next(conn, kind.table.c[kind.number], patient_id)
    row["made_day"] = row["made_day"] or writer.as_of
    conn.execute(sa.insert(kind.table).values({**row, kind.number: number, "source": "clinic"}))
    return number


def _next(conn: sa.Connection, column: sa.Column[Any], patient_id: int) -> int:
    return last_given(conn, patient_id, column) + 1


def _change(
    conn: sa.Connection, patient_id: int, kind: ItemKind, item: Item, before: Item | None, writer: Writer
) -> int:
    if before is None:
        raise LookupError(f"there is no such {kind.name} to change")
    number, seen = number_of(item), item.revised.revision
    said = {name: value for name, value in row_of(item).items() if name != "attainment"}
    own = [kind.table.c.patient_id == patient_id, kind.table.c.revision == seen]
    if kind.number:
        own.append(kind.table.c[kind.number] == number)
    changed = sa.update(kind.table).where(*own).values({**said, **_standing(seen + 1, writer)})
    if conn.execute(changed).rowcount == 0:
        raise Overtaken(before)
    return number


def _standing(revision: int, writer: Writer) -> dict[str, Any]:
    by = {"changed_by": writer.user_id, "changed_by_name": writer.name, "changed_at": writer.now}
    return {"revision": revision, **by}


def _remember(
    conn: sa.Connection, patient_id: int, before: Item | None, after: Item, reason: str, writer: Writer
) -> None:
    conn.execute(
        sa.insert(plan_changes).values(
            patient_id=patient_id,
            change_id=_next(conn, plan_changes.c.change_id, patient_id),
            kind=kind_of(after).name,
            item_id=number_of(after),
            revision=after.revised.revision,
            before=as_json(before) if before else "",
            after=as_json(after),
            reason=reason.strip(),
            user_id=writer.user_id,
            user_name=writer.name,
            changed_at=writer.now,
        )
    )


def rate(
    conn: sa.Connection, patient_id: int, goal_id: int, *, level: int, day: date, remark: str, writer: Writer
) -> Rating:
    """The new rating; the goal's attainment is that of its latest day from now on, its revision stays.

    Sent twice it is one rating: what the same person said last of that goal and day, word for word, is not said again.
    Raises LookupError where there is no such goal, ExplainedError for a level outside -2..+2 or a remark too long.
    """
    said = {"level": level, "day": day, "remark": remark.strip()}
    _require_possible("rating", goal_ratings, said)
    lock_patient(conn, patient_id)
    if one(conn, patient_id, "goal", goal_id) is None:
        raise LookupError("there is no such goal to rate")
    if (there := _said_before(conn, patient_id, goal_id, said, writer)) is not None:
        return there
    g, r = goals.c, goal_ratings.c
    number = _next(conn, r.rating_id, patient_id)
    by = {"user_id": writer.user_id, "user_name": writer.name, "rated_at": writer.now}
    key = {"patient_id": patient_id, "rating_id": number, "goal_id": goal_id}
    conn.execute(sa.insert(goal_ratings).values({**key, **said, **by}))
    latest = sa.select(r.level).where(r.patient_id == patient_id, r.goal_id == goal_id)
    latest = latest.order_by(r.day.desc(), r.rating_id.desc()).limit(1)
    own = sa.and_(g.patient_id == patient_id, g.goal_id == goal_id)
    conn.execute(sa.update(goals).where(own).values(attainment=latest.scalar_subquery()))
    derived.refresh(conn, patient_id, writer.as_of, ())
    return Rating(goal_id, level, day, remark.strip(), writer.name, writer.now, number)


def _said_before(conn: sa.Connection, patient_id: int, goal_id: int, said: Fields, writer: Writer) -> Rating | None:
    """The last rating of that goal and day, where that person gave it in these very words; None otherwise."""
    r = goal_ratings.c
    own = sa.and_(r.patient_id == patient_id, r.goal_id == goal_id, r.day == said["day"])
    last = conn.execute(sa.select(goal_ratings).where(own).order_by(r.rating_id.desc()).limit(1)).first()
    if last is None or (last.user_id, last.level, last.remark) != (writer.user_id, said["level"], said["remark"]):
        return None
    return Rating(goal_id, last.level, last.day, last.remark, last.user_name, last.rated_at, last.rating_id)


def history(conn: sa.Connection, patient_id: int, kind: PlanKind, item_id: int) -> list[Change]:
    """Every revision of that item that was made here, the latest first; `item_id` 0 for the formulation."""
    c = plan_changes.c
    said = c.kind, c.item_id, c.revision, c.before, c.after, c.reason, c.user_name, c.changed_at
    own = sa.and_(c.patient_id == patient_id, c.kind == kind, c.item_id == item_id)
    rows = conn.execute(sa.select(*said).where(own).order_by(c.revision.desc()))
    return [_read(Change(*row)) for row in rows]


def _read(change: Change) -> Change:
    before, after = (json.loads(str(text)) if text else {} for text in (change.before, change.after))
    return replace(change, before=before, after=after)
