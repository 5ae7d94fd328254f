"""The invented staff in a database: for the synthetic clinic, or for imported patients whom nobody looks after yet."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from data_access import access, audit
from data_access.demo.staff import staff
from data_access.engine import writing
from data_access.tables import patient_snapshots, users
from data_access.tables import patients as patient_rows

_NO_TEAM = 0  # what a caseload row says of a patient without a team


def team_name(number: int) -> str:
    """What the invented clinic calls its care teams, counted from 1."""
    return f"Pain team {number}"


def hire(conn: sa.Connection, team_ids: Sequence[int]) -> None:
    """Adds the invented staff of those care teams, whole-clinic staff included."""
    for member in staff(len(team_ids)):
        access.add_user(
            conn,
            member.name,
            member.role,
            discipline=member.discipline,
            scope=member.scope,
            teams=frozenset({team_ids[member.team_id - 1]} if member.team_id else ()),
            synthetic=True,
        )


def staff_imported(engine: sa.Engine, *, now: datetime) -> bool:
    """Whether there were patients but no staff: then the invented staff are there now, and every patient has a team.

    Patients without a team get the first one; without any team, one is made. One event of the audit trail says so.
    """
    with writing(engine) as conn:
        if _any(conn, users) or not _any(conn, patient_rows):
            return False
        found = [team.team_id for team in access.teams(conn)]
        team_ids = found or [access.add_team(conn, team_name(1))]
        hire(conn, team_ids)
        placed = _place(conn, team_ids[0])
        detail = f"teams={len(team_ids)}, patients given to the first team={placed}"
        audit.record(conn, user_id=None, role="system", action="add the invented staff", detail=detail, now=now)
    return True


def _any(conn: sa.Connection, table: sa.Table) -> bool:
    return bool(conn.execute(sa.select(sa.exists(sa.select(table)))).scalar())


def _place(conn: sa.Connection, team_id: int) -> int:
    """How many patients had no team; they belong to that one now, on the caseload too."""
    p, s = patient_rows, patient_snapshots
    conn.execute(sa.update(s).where(s.c.team_id == _NO_TEAM).values(team_id=team_id))
    moved = {p.c.team_id: team_id, p.c.data_version: p.c.data_version + 1}
    return conn.execute(sa.update(p).where(p.c.team_id.is_(None)).values(moved)).rowcount
