"""What goals and actions said when they came in, where they were changed or rated here since: their file adds nothing.

A file with other values than it had then is refused as ever: what it says now is for a clinician to take over. An owner
who has an account goes out by name alone, since their number means nothing elsewhere: that name comes back as them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from clinical.goals import LEVELS
from data_access.ingest.kinds import Kind, content
from data_access.plan_records import PlanKind, item_of, row_of
from data_access.records import ActionRecord, GoalRecord
from data_access.tables import goal_ratings, plan_changes, users

Content = tuple[Any, ...]
_PLANNED: Mapping[type, PlanKind] = {GoalRecord: "goal", ActionRecord: "action"}


@dataclass(frozen=True, slots=True)
class Came:
    """By number, what an item said when it came in; and the goals whose attainment is a rating given here.

    `owners`: the names of those who have an account; `owner` the places of an owner's number and name in a content.
    """

    first: Mapping[int, Content] = field(default_factory=dict)
    rated: frozenset[int] = frozenset()
    attainment: int = 0
    owners: Mapping[int, str] = field(default_factory=dict)
    owner: tuple[int, int] = (0, 0)

    def contents(self, number: int, said: Content) -> frozenset[Content]:
        """All that a file may say of that item and mean the row that says `said` now."""
        versions = {said, self.first.get(number, said)}
        if number in self.rated:
            place = self.attainment
            versions = {(*v[:place], level, *v[place + 1 :]) for v in versions for level in (None, *LEVELS)}
        return frozenset(versions | {self._by_name(v) for v in versions if self.owners})

    def _by_name(self, said: Content) -> Content:
        """What is said, an owner who has an account by name."""
        number, name = self.owner
        named = list(said)
        named[name] = said[name] or self.owners.get(said[number], "")
        named[number] = None
        return tuple(named)


def came(conn: sa.Connection, patient_id: int, kind: Kind) -> Came:
    """How the goals or actions of that patient came in; nothing for another kind."""
    name = _PLANNED.get(kind.record)
    if name is None:
        return Came()
    first = {number: _content(kind, name, before) for number, before in _first_changes(conn, patient_id, name)}
    if name == "action":
        places = kind.columns.index("owner_user_id"), kind.columns.index("owner_name")
        return Came(first, owners=_owners(conn), owner=places)
    rated = sa.select(goal_ratings.c.goal_id).where(goal_ratings.c.patient_id == patient_id).distinct()
    return Came(first, frozenset(conn.execute(rated).scalars()), kind.columns.index("attainment"))


def _owners(conn: sa.Connection) -> dict[int, str]:
    return {row.user_id: row.name for row in conn.execute(sa.select(users.c.user_id, users.c.name))}


def _first_changes(conn: sa.Connection, patient_id: int, name: PlanKind) -> list[tuple[int, str]]:
    # An item that was made here begins with a change that has nothing before it.
    c = plan_changes.c
    query = sa.select(c.item_id, c.before).where(c.patient_id == patient_id, c.kind == name, c.revision == 2)
    made_here = sa.select(c.item_id).where(c.patient_id == patient_id, c.kind == name, c.revision == 1)
    return [(number, before) for number, before in conn.execute(query.where(c.item_id.not_in(made_here)))]


def _content(kind: Kind, name: PlanKind, before: str) -> Content:
    return content(row_of(item_of(name, json.loads(before))), kind, ())
