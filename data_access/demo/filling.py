"""Writes the synthetic clinic into an empty database, a few patients at a time; an interrupted filling goes on."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, islice

import sqlalchemy as sa

from data_access import access, audit, caseload, criteria, facts, ingest, open_prompts, patients, prompt_answers
from data_access.demo import moments, writing_notes, writing_plans, writing_reviews
from data_access.demo.assessed import answer_prompts, assessor
from data_access.demo.case_reviews import draw_meetings
from data_access.demo.hiring import hire, team_name
from data_access.demo.invented import InventedPerson, invent
from data_access.demo.planning import plan
from data_access.demo.traits import TEAM_SIZE, PatientPlan
from data_access.engine import reading, writing
from data_access.errors import DatabaseRefused
from data_access.tables import note_looks, users
from data_access.tables import patients as patient_rows

PATIENTS_AT_ONCE = 20
"""Patients of one transaction: few enough to lose little, enough that waiting for the disk costs little."""
RECIPE, FINISHED = "demo_recipe", "demo_finished"

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
    recipe = _Recipe(patients, days, seed, end)
    plan(patients, days, seed, end=end)  # a clinic outside the bounds is refused before anything is written
    if _unfinished(engine) != recipe:
        if not is_empty(engine):
            raise _occupied()
        _begin(engine, recipe)
    _go_through(engine, recipe, now, progress)


def is_empty(engine: sa.Engine) -> bool:
    """Whether the database holds neither patients nor staff, so that it may be filled."""
    with reading(engine) as conn:
        return not any(conn.execute(sa.select(sa.exists(sa.select(t)))).scalar() for t in (patient_rows, users))


def go_on(engine: sa.Engine, *, now: datetime, progress: Progress | None = None) -> bool:
    """Whether a filling had been interrupted; it is complete when this returns."""
    recipe = _unfinished(engine)
    if recipe is None:
        return False
    _go_through(engine, recipe, now, progress)
    return True


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What a filling was asked for; kept as a fact, so that an interrupted one can go on."""

    patients: int
    days: int | None
    seed: int
    end: date

    def text(self) -> str:
        """As JSON."""
        return json.dumps([self.patients, self.days, self.seed, self.end.isoformat()])

    @classmethod
    def read(cls, text: str) -> "_Recipe":
        """The recipe of that JSON."""
        patients, days, seed, end = json.loads(text)
        return cls(patients, days, seed, date.fromisoformat(end))


def _unfinished(engine: sa.Engine) -> _Recipe | None:
    """The recipe of an interrupted filling, None where there is none."""
    with reading(engine) as conn:
        text = facts.get(conn, RECIPE)
        return _Recipe.read(text) if text and facts.get(conn, FINISHED) is None else None


def _begin(engine: sa.Engine, recipe: _Recipe) -> None:
    with writing(engine) as conn:
        facts.put(conn, facts.SYNTHETIC, "1")
        facts.put(conn, "seed", str(recipe.seed))
        facts.put(conn, RECIPE, recipe.text())
        teams = range(1, (recipe.patients - 1) // TEAM_SIZE + 2)
        hire(conn, [access.add_team(conn, team_name(number)) for number in teams])


def _go_through(engine: sa.Engine, recipe: _Recipe, now: datetime, progress: Progress | None) -> None:
    """Writes the patients that are not there yet."""
    with reading(engine) as conn:
        there = _patients_there(conn)
    waiting = islice(plan(recipe.patients, recipe.days, recipe.seed, end=recipe.end), there, None)
    while group := list(islice(waiting, PATIENTS_AT_ONCE)):
        _write(engine, group, end=recipe.end, now=now)
        there += len(group)
        if progress is not None:
            progress(there, recipe.patients)
    _finish(engine, recipe, now)


def _patients_there(conn: sa.Connection) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(patient_rows)).scalar_one()


def _occupied() -> DatabaseRefused:
    return DatabaseRefused(
        "This database already holds patients or staff; the synthetic clinic goes into an empty one only.",
        "Nothing was changed.",
        "Point FLAREBOARD_DATABASE_URL at a database that is empty or does not exist yet.",
    )


def _write(engine: sa.Engine, group: list[PatientPlan], *, end: date, now: datetime) -> None:
    people = [_until(now, invent(planned)) for planned in group]
    with writing(engine) as conn:
        real = _RealNumbers(conn)
        written = [(_write_person(conn, person, real, end=end, now=now), person) for person in people]
        agreed = [(patient_id, person.agreed) for patient_id, person in written if person.agreed is not None]
        writing_plans.write(conn, agreed, real.user, as_of=end)
        writing_notes.write(conn, [(patient_id, person.notes) for patient_id, person in written], real.user)


def _until(now: datetime, person: InventedPerson) -> InventedPerson:
    """The person, with nothing planned, written or reviewed later than now."""
    return replace(
        person,
        agreed=moments.until(now, person.agreed),
        notes=moments.until(now, person.notes),
        review=moments.until(now, person.review),
    )


class _RealNumbers:
    """The numbers that the database gave to the staff and teams, which count from 1 in the plan."""

    def __init__(self, conn: sa.Connection) -> None:
        self._users = [user.user_id for user in access.users(conn)]
        self.teams = [team.team_id for team in access.teams(conn)]

    def user(self, staff_number: int) -> int:
        """The user id of that member of staff."""
        return self._users[staff_number - 1]

    def team(self, number: int) -> int:
        """The id of that care team."""
        return self.teams[number - 1]


def _write_person(conn: sa.Connection, person: InventedPerson, real: _RealNumbers, *, end: date, now: datetime) -> int:
    """The number of the patient who was added."""
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
    _assess(conn, added.patient_id, person, real, end)
    _mark_reviewed(conn, added.patient_id, person, real)
    return added.patient_id


def _assess(conn: sa.Connection, patient_id: int, person: InventedPerson, real: _RealNumbers, end: date) -> None:
    by = real.user(assessor(person.plan))
    for assessment in person.assessments:
        criteria.record(conn, patient_id, assessment, user_id=by, as_of=end)
    for given in answer_prompts(person.plan, open_prompts.listed(conn, patient_id, end)):
        prompt_answers.give(conn, patient_id, given.answer, user_id=real.user(given.author), as_of=end)


def _mark_reviewed(conn: sa.Connection, patient_id: int, person: InventedPerson, real: _RealNumbers) -> None:
    """Whoever reviewed somebody read the notes as well: later ones are unread for them."""
    if person.review is not None:
        at, by = person.review.reviewed_at, real.user(person.review.reviewer)
        caseload.mark_reviewed(conn, patient_id, by, now=at, as_of=at.date())
        conn.execute(sa.insert(note_looks).values(patient_id=patient_id, user_id=by, looked_at=at))


def _finish(engine: sa.Engine, recipe: _Recipe, now: datetime) -> None:
    with writing(engine) as conn:
        _hold_meetings(conn, recipe)
        facts.put(conn, FINISHED, "1")
        audit.record(
            conn,
            user_id=None,
            role="system",
            action="fill the synthetic clinic",
            detail=f"patients={recipe.patients}",
            now=now,
        )


def _hold_meetings(conn: sa.Connection, recipe: _Recipe) -> None:
    """The case reviews of every team, once all of its patients are there."""
    real = _RealNumbers(conn)
    everybody = plan(recipe.patients, recipe.days, recipe.seed, end=recipe.end)
    held = [
        meeting
        for team, people in groupby(everybody, key=lambda each: each.team_id)
        for meeting in draw_meetings(team, list(people), end=recipe.end, seed=recipe.seed)
    ]
    clinic = writing_reviews.Clinic(real.teams, patients.numbers(conn), real.user, recipe.end)
    writing_reviews.write(conn, held, clinic)
