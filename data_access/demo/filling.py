"""Writes the synthetic clinic into an empty database, a few patients at a time; an interrupted filling goes on."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

import sqlalchemy as sa

from clinical.diary import Period
from data_access import access, audit, caseload, facts, ingest, notes
from data_access.demo.invented import InventedPerson, invent
from data_access.demo.planning import plan
from data_access.demo.staff import staff
from data_access.demo.traits import TEAM_SIZE, PatientPlan
from data_access.engine import reading, writing
from data_access.errors import DatabaseRefused
from data_access.tables import patients as patient_rows
from data_access.tables import users

PATIENTS_AT_ONCE = 20
"""Patients of one transaction: few enough to lose little, enough that waiting for the disk costs little."""
RECIPE, FINISHED = "demo_recipe", "demo_finished"

_RECIPE = re.compile(r"patients=(\d+) days=(\d+|any) seed=(-?\d+) end=(\d{4}-\d{2}-\d{2})")

Progress = Callable[[int, int], None]
"""Called with (patients written, patients wanted)."""


def fill(
    engine: sa.Engine,
    patients: int = 40,
    days: int | None = None,
    seed: int = 1,
    *,
    end: date,
    now: datetime,
    progress: Progress | None = None,
) -> None:
    """Returns once the synthetic clinic is in the database, staff, notes, reviews and derived rows included.

    The same call goes on where an interrupted one stopped. Raises DatabaseRefused, with nothing changed, where there
    are patients or staff that this call did not put there.
    """
    planned = plan(patients, days, seed, end=end)
    recipe = f"patients={patients} days={days or 'any'} seed={seed} end={end.isoformat()}"
    there = _prepare(engine, recipe, seed, teams=(patients - 1) // TEAM_SIZE + 1)
    waiting = islice(planned, there, None)
    while group := list(islice(waiting, PATIENTS_AT_ONCE)):
        _write(engine, group, end=end, now=now)
        there += len(group)
        if progress is not None:
            progress(there, patients)
    _finish(engine, patients, now)


def is_empty(engine: sa.Engine) -> bool:
    """Whether the database holds neither patients nor staff."""
    with reading(engine) as conn:
        return not _patients_there(conn) and not access.users(conn)


def go_on(engine: sa.Engine, *, now: datetime) -> bool:
    """Whether an interrupted filling was found; it is finished as it was begun, to its own last day."""
    with reading(engine) as conn:
        begun = _RECIPE.fullmatch(facts.get(conn, RECIPE) or "")
        finished = facts.get(conn, FINISHED) is not None
    if begun is None or finished:
        return False
    patients, days, seed, end = begun.groups()
    days_wanted = None if days == "any" else int(days)
    fill(engine, int(patients), days_wanted, int(seed), end=date.fromisoformat(end), now=now)
    return True


def _prepare(engine: sa.Engine, recipe: str, seed: int, *, teams: int) -> int:
    """How many patients of this very recipe are there already; staff and facts are written when nothing is yet."""
    with reading(engine) as conn:
        there = _patients_there(conn)
        if facts.get(conn, RECIPE) == recipe and facts.get(conn, FINISHED) is None:
            return there
        occupied = there or conn.execute(sa.select(sa.func.count()).select_from(users)).scalar_one()
    if occupied:
        raise _occupied()
    with writing(engine) as conn:
        facts.put(conn, facts.SYNTHETIC, "1")
        facts.put(conn, "seed", str(seed))
        facts.put(conn, RECIPE, recipe)
        _hire(conn, teams)
    return 0


def _patients_there(conn: sa.Connection) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(patient_rows)).scalar_one()


def _occupied() -> DatabaseRefused:
    return DatabaseRefused(
        "This database already holds patients or staff; the synthetic clinic goes into an empty one only.",
        "Nothing was changed.",
        "Point FLAREBOARD_DATABASE_URL at a database that is empty or does not exist yet.",
    )


def _hire(conn: sa.Connection, teams: int) -> None:
    team_ids = {number: access.add_team(conn, f"Pain team {number}") for number in range(1, teams + 1)}
    for member in staff(teams):
        access.add_user(
            conn,
            member.name,
            member.role,
            discipline=member.discipline,
            scope=member.scope,
            teams=frozenset({team_ids[member.team_id]} if member.team_id else ()),
            synthetic=True,
        )


def _write(engine: sa.Engine, group: list[PatientPlan], *, end: date, now: datetime) -> None:
    people = [invent(planned) for planned in group]
    with writing(engine) as conn:
        real = _RealNumbers(conn)
        for person in people:
            _write_person(conn, person, real, end=end, now=now)


class _RealNumbers:
    """The numbers that the database gave to the staff and teams, which count from 1 in the plan."""

    def __init__(self, conn: sa.Connection) -> None:
        self._users = [user.user_id for user in access.users(conn)]
        self._teams = [team.team_id for team in access.teams(conn)]

    def user(self, staff_number: int) -> int:
        """The user id of that member of staff."""
        return self._users[staff_number - 1]

    def team(self, number: int) -> int:
        """The id of that care team."""
        return self._teams[number - 1]


def _write_person(conn: sa.Connection, person: InventedPerson, real: _RealNumbers, *, end: date, now: datetime) -> None:
    bundle = person.bundle
    actions = tuple(
        replace(action, owner_user_id=real.user(action.owner_user_id)) if action.owner_user_id else action
        for action in bundle.actions
    )
    settled = replace(
        bundle,
        actions=actions,
        team_id=real.team(person.plan.team_id),
        care_team=tuple(real.user(number) for number in bundle.care_team),
    )
    added = ingest.add(conn, settled, batch_id=None, now=now, as_of=end)
    if added.rejected:
        raise ValueError(f"an invented record was rejected: {added.rejected[0].why}")
    _sign_notes(conn, added.patient_id, person, real)
    _mark_reviewed(conn, added.patient_id, person, real)


def _sign_notes(conn: sa.Connection, patient_id: int, person: InventedPerson, real: _RealNumbers) -> None:
    for note in person.notes:
        author = notes.Author(real.user(note.author), note.author_name, note.discipline)
        pin = Period(note.pinned_start, note.pinned_end or note.pinned_start) if note.pinned_start else None
        draft = notes.save_draft(
            conn, patient_id, author.user_id, text=note.text, pin=pin, expected_revision=0, now=note.signed_at
        )
        notes.sign(conn, patient_id, author, expected_revision=draft.revision, now=note.signed_at)


def _mark_reviewed(conn: sa.Connection, patient_id: int, person: InventedPerson, real: _RealNumbers) -> None:
    if person.review is not None:
        at = person.review.reviewed_at
        caseload.mark_reviewed(conn, patient_id, real.user(person.review.reviewer), now=at, as_of=at.date())


def _finish(engine: sa.Engine, patients: int, now: datetime) -> None:
    with writing(engine) as conn:
        facts.put(conn, FINISHED, "1")
        audit.record(
            conn,
            user_id=None,
            role="system",
            action="fill the synthetic clinic",
            detail=f"patients={patients}",
            now=now,
        )
