"""The care plan of one patient as the page needs it: the plan, what it lacks, its score, what has happened since."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection

from clinical.goals import Attainment, attainment
from clinical.measures import instrument
from clinical.plan import Action, Goal, Item, Plan, PlannedIntervention, Rating
from clinical.plan_warnings import PlanWarning
from clinical.plan_warnings import warnings as warnings_of
from clinical.record import Score
from clinical.since_plan import Since, agreed_on, since
from dashboard.permissions import Permission, Viewer
from dashboard.services import diaries, history, work
from dashboard.services.kept import Kept
from dashboard.services.team_members import works_for
from data_access import access, plan
from data_access.access import User
from data_access.patients import PatientHead
from data_access.plan import Change

Kind = Literal["formulation", "goal", "intervention", "action"]
READ = "view care plan"


@dataclass(frozen=True, slots=True, eq=False)
class PlanView:
    """All the page shows of one plan. `since` by item, 'goal:3'; `staff` who may own something, by name."""

    key: Hashable
    as_of: date
    plan: Plan
    warnings: tuple[PlanWarning, ...]
    attainment: Attainment
    since: Mapping[str, Since]
    names: Mapping[int, str]
    staff: tuple[User, ...]
    answered: tuple[str, ...]  # questionnaires on record, by code

    def rated(self, goal_id: int) -> Rating | None:
        """The rating of that goal that holds: of the last day, the one made last."""
        mine = [each for each in self.plan.ratings if each.goal_id == goal_id]
        return max(mine, key=lambda each: (each.day, each.rated_at, each.rating_id), default=None)

    def item(self, kind: str, number: int) -> Item | None:
        """That item of the plan; None where there is none."""
        return found(self.plan, kind, number)


_views: Kept[PlanView] = Kept(64)


def view(viewer: Viewer, head: PatientHead, *, as_of: date) -> PlanView:
    """The plan of that patient as known on `as_of`. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, head.patient_id, action=READ) as conn:
        # Who works here can change without the record: names are part of the key.
        people = access.users(conn)
        key = (conn.engine, head.patient_id, head.data_version, as_of, hash(tuple(people)))
        return _views.get(key, lambda: _view(conn, head, as_of, people, key))


def _view(conn: Connection, head: PatientHead, as_of: date, people: list[User], key: Hashable) -> PlanView:
    record = history.load(conn, head)
    known = record.plan
    return PlanView(
        key=key,
        as_of=as_of,
        plan=known,
        warnings=warnings_of(known, as_of),
        attainment=attainment(known),
        since=_since(conn, head, known, as_of),
        names={user.user_id: user.name for user in people},
        staff=tuple(user for user in people if works_for(user, head.team_id)),
        answered=_answered(record.scores),
    )


def _answered(scores: Iterable[Score]) -> tuple[str, ...]:
    return tuple(sorted({found.code for each in scores if (found := instrument(each.instrument)) is not None}))


def found(of: Plan, kind: str, number: int) -> Item | None:
    """That item of the plan; None where there is none."""
    if kind == "formulation":
        return of.formulation
    return next((each for name, each in numbered(of) if name == f"{kind}:{number}"), None)


def numbered(of: Plan) -> Iterator[tuple[str, Goal | PlannedIntervention | Action]]:
    """Every item by its key: 'goal:3', 'intervention:1', 'action:12'."""
    yield from ((f"goal:{each.goal_id}", each) for each in of.goals)
    yield from ((f"intervention:{each.intervention_id}", each) for each in of.interventions)
    yield from ((f"action:{each.action_id}", each) for each in of.actions)


def _since(conn: Connection, head: PatientHead, of: Plan, as_of: date) -> dict[str, Since]:
    """What has happened to the measure of each item that rests on one; nothing of the diary is read without any."""
    pinned = [(key, each, each.evidence) for key, each in numbered(of) if each.evidence is not None]
    if not pinned:
        return {}
    known, logged = history.load(conn, head), diaries.load(conn, head)
    return {
        key: since(logged, known.flares, known.scores, evidence, agreed, as_of)
        for key, each, evidence in pinned
        if (agreed := agreed_on(each)) is not None
    }


def changes(viewer: Viewer, patient_id: int, item: Item) -> list[Change]:
    """Who changed what of that item, the latest first. Raises NotPermitted."""
    with work.reading(viewer, Permission.VIEW_PATIENT, patient_id, action=READ) as conn:
        return plan.history(conn, patient_id, *named(item))


def named(item: Item) -> tuple[Kind, int]:
    """What it is, and its number; 0 for a new one and for the formulation."""
    if isinstance(item, Goal):
        return "goal", item.goal_id
    if isinstance(item, PlannedIntervention):
        return "intervention", item.intervention_id
    return ("action", item.action_id) if isinstance(item, Action) else ("formulation", 0)
