"""Users and care teams: who works here and which teams' patients they see."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from data_access import tables
from data_access.tables import care_team_members, care_teams, team_members

Role = Literal["clinician", "coordinator", "administrator", "auditor"]
Scope = Literal["team", "clinic"]


@dataclass(frozen=True, slots=True)
class User:
    """A member of staff; `discipline` None where the role has none; `scope` 'clinic' sees every team's patients."""

    user_id: int
    name: str
    role: Role
    discipline: str | None
    scope: Scope
    teams: frozenset[int]
    active: bool
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Team:
    team_id: int
    name: str


def _users_query() -> sa.Select[tuple[int, str, Role, str | None, Scope, bool, bool]]:
    """The columns of `User` but the teams, by name."""
    u = tables.users.c
    return sa.select(u.user_id, u.name, u.role, u.discipline, u.scope, u.active, u.synthetic).order_by(u.user_id)


def _user_query() -> sa.Select[*tuple[Any, ...]]:
    u, m = tables.users.c, team_members.c
    joined = tables.users.outerjoin(team_members, m.user_id == u.user_id)
    return _users_query().add_columns(m.team_id).select_from(joined).where(u.user_id == sa.bindparam("user_id"))


_USER = _user_query()
"""One row a team, one for none; built once, since every run of every page asks who is there."""


def _teams_of(conn: sa.Connection) -> dict[int, set[int]]:
    teams: dict[int, set[int]] = defaultdict(set)
    for member, team in conn.execute(sa.select(team_members.c.user_id, team_members.c.team_id)):
        teams[member].add(team)
    return teams


def _user(row: sa.Row[*tuple[Any, ...]], teams: dict[int, set[int]]) -> User:
    return User(
        user_id=row.user_id,
        name=row.name,
        role=row.role,
        discipline=row.discipline,
        scope=row.scope,
        teams=frozenset(teams.get(row.user_id, ())),
        active=row.active,
        synthetic=row.synthetic,
    )


def users(conn: sa.Connection) -> list[User]:
    """Every user, in the order they were added."""
    teams = _teams_of(conn)
    return [_user(row, teams) for row in conn.execute(_users_query())]


def user(conn: sa.Connection, user_id: int) -> User | None:
    """The user of that number, None where there is none."""
    rows = conn.execute(_USER, {"user_id": user_id}).fetchall()
    return _user(rows[0], {user_id: {row.team_id for row in rows if row.team_id is not None}}) if rows else None


def teams(conn: sa.Connection) -> list[Team]:
    """Every care team, in the order they were added."""
    query = sa.select(care_teams.c.team_id, care_teams.c.name).order_by(care_teams.c.team_id)
    return [Team(*row) for row in conn.execute(query)]


def team_name(conn: sa.Connection, team_id: int | None) -> str:
    """The name of that care team, '' where there is none."""
    found: str | None = conn.execute(sa.select(care_teams.c.name).where(care_teams.c.team_id == team_id)).scalar()
    return found or ""


def add_team(conn: sa.Connection, name: str) -> int:
    """The number of a new care team."""
    return _new_number(conn.execute(sa.insert(care_teams).values(name=name)))


def add_user(
    conn: sa.Connection,
    name: str,
    role: Role,
    *,
    discipline: str | None = None,
    scope: Scope = "team",
    teams: frozenset[int] = frozenset(),
    synthetic: bool = False,
) -> int:
    """The number of a new user, a member of those teams."""
    added = sa.insert(tables.users).values(
        name=name, role=role, discipline=discipline, scope=scope, active=True, synthetic=synthetic
    )
    user_id = _new_number(conn.execute(added))
    if teams:
        conn.execute(sa.insert(team_members), [{"team_id": team, "user_id": user_id} for team in sorted(teams)])
    return user_id


def join_care_team(conn: sa.Connection, patient_id: int, user_ids: frozenset[int]) -> tuple[int, ...]:
    """Those of the users who were added to the people who care for that patient; who is there already stays."""
    query = sa.select(care_team_members.c.user_id).where(care_team_members.c.patient_id == patient_id)
    missing = tuple(sorted(user_ids - set(conn.execute(query).scalars())))
    if missing:
        rows = [{"patient_id": patient_id, "user_id": user_id} for user_id in missing]
        conn.execute(sa.insert(care_team_members), rows)
    return missing


def _new_number(inserted: sa.CursorResult[tuple[int]]) -> int:
    key = inserted.inserted_primary_key
    if key is None:
        raise LookupError("the database gave no number for a new row")
    return int(key[0])
