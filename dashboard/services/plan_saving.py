"""Changing the care plan: what was typed is checked field by field, and whoever saves second is shown the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeVar

from sqlalchemy import Connection

from clinical.goals import LEVELS
from clinical.plan import Action, Goal, Item, PlannedIntervention, Rating
from clinical.plan_checks import problems
from dashboard.errors import Conflict, ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.services import plan_answers, work
from dashboard.services.plan import found
from dashboard.services.plan_answers import Filled, Rated
from data_access import plan
from data_access.plan import Overtaken, Writer

LONGEST_REMARK = 400
Status = Literal["open", "done", "cancelled"]
_T = TypeVar("_T", bound=Item)


class FieldsRefused(ExplainedError):
    """What was filled in cannot be kept; `fields` says what is wrong with each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        several = len(fields) > 1
        super().__init__(
            f"{len(fields)} answers cannot be kept as they are." if several else "One answer cannot be kept as it is.",
            "Nothing was changed on the plan, and everything you filled in is still here.",
            "Correct what is marked, then save again.",
        )
        self.fields = dict(fields)


def save(viewer: Viewer, patient_id: int, filled: Filled, *, now: datetime, as_of: date, reason: str = "") -> Item:
    """The item as it stands on the plan now, with these answers.

    What the form does not ask stays as it stands in that very transaction. Raises NotPermitted and FieldsRefused;
    Overtaken with what stands there, when it is not the revision that was seen; ExplainedError when the item is gone.
    """
    with work.writing(
        viewer, Permission.EDIT_PLAN, patient_id, action=_verb(filled), resource=_resource(filled)
    ) as conn:
        item = plan_answers.onto(_stored(conn, patient_id, filled), filled.values, filled.revision)
        return _kept(conn, patient_id, item, _writer(viewer, now, as_of), reason)


def _stored(conn: Connection, patient_id: int, filled: Filled) -> Item:
    if not filled.number and filled.kind != "formulation":
        return plan_answers.new(filled.kind)
    there = found(plan.load(conn, patient_id), filled.kind, filled.number)
    if there is None:
        raise _gone()
    return there


def _gone() -> ExplainedError:
    return ExplainedError(
        "This is not on the plan any more.", "Nothing was written; your draft is kept.", "Load the page anew."
    )


def _kept(conn: Connection, patient_id: int, item: Item, writer: Writer, reason: str) -> Item:
    dated = _dated(item, writer.as_of)
    if wrong := problems(dated, writer.as_of):
        raise FieldsRefused(wrong)
    return plan.save(conn, patient_id, dated, writer=writer, reason=reason)


def _dated(item: _T, as_of: date) -> _T:
    """A new item is agreed today."""
    if isinstance(item, Goal | PlannedIntervention | Action) and item.made is None and not item.revised.revision:
        return replace(item, made=as_of)
    return item


def _verb(filled: Filled) -> str:
    return "change plan" if filled.revision else "add to plan"


def _resource(filled: Filled) -> str:
    if filled.kind == "formulation":
        return "formulation"
    return f"{filled.kind} {filled.number}" if filled.number else f"new {filled.kind}"


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as it stands on record; `beside` are the others of that goal and day, `holds` the one that counts now.

    Of several the one of the last day counts, of that day the one made last.
    """

    rating: Rating
    beside: tuple[Rating, ...]
    holds: Rating


def rate(viewer: Viewer, patient_id: int, said: Rated, *, now: datetime, as_of: date) -> Given:
    """The rating on record, and what else was said of that goal. Raises NotPermitted, FieldsRefused, ExplainedError."""
    with work.writing(
        viewer, Permission.EDIT_PLAN, patient_id, action="rate goal", resource=f"goal {said.goal_id}"
    ) as conn:
        goal = found(plan.load(conn, patient_id), "goal", said.goal_id)
        if not isinstance(goal, Goal):
            raise _gone()
        if wrong := rating_problems(said, goal, as_of):
            raise FieldsRefused(wrong)
        given = plan.rate(
            conn,
            patient_id,
            said.goal_id,
            level=said.level or 0,
            day=said.day or as_of,
            remark=said.remark,
            writer=_writer(viewer, now, as_of),
        )
        return _among(given, plan.load(conn, patient_id).ratings)


def _among(given: Rating, ratings: Iterable[Rating]) -> Given:
    same = [each for each in ratings if each.goal_id == given.goal_id]
    beside = tuple(each for each in same if each.day == given.day and each.rating_id != given.rating_id)
    return Given(given, beside, max(same, key=lambda each: (each.day, each.rated_at, each.rating_id)))


def rating_problems(said: Rated, goal: Goal, as_of: date) -> dict[str, str]:
    """What is wrong with a rating of that goal, by field."""
    wrong = {}
    if said.level is None or said.level not in LEVELS:
        wrong["level"] = "Choose how far it was reached"
    if said.day is None:
        wrong["day"] = "Give the day this was so"
    elif said.day > as_of:
        wrong["day"] = "This day has not come yet"
    elif goal.made is not None and said.day < goal.made:
        wrong["day"] = f"This is before the goal was agreed ({goal.made.day} {goal.made:%b} {goal.made.year})"
    if len(said.remark) > LONGEST_REMARK:
        wrong["remark"] = f"{len(said.remark)} characters: at most {LONGEST_REMARK} can be kept"
    return wrong


def set_status(
    viewer: Viewer, patient_id: int, action: Action, status: Status, *, now: datetime, as_of: date
) -> Action:
    """The action as done today, cancelled or open again. Raises NotPermitted, Conflict when somebody changed it."""
    changed = replace(action, status=status, done=as_of if status == "done" else None)
    with work.writing(
        viewer,
        Permission.EDIT_PLAN,
        patient_id,
        action="change plan",
        resource=f"action {action.action_id}",
        detail=status,
    ) as conn:
        try:
            return plan.save(conn, patient_id, changed, writer=_writer(viewer, now, as_of))
        except Overtaken as error:
            raise _meanwhile(error) from error


def _meanwhile(error: Overtaken) -> Conflict:
    who = error.theirs.revised.user_name or "Somebody else"
    return Conflict(
        f"{who} changed this action since you opened the page.",
        "Nothing of yours was written, and theirs stands below.",
        "Look at it as it is now; then click again if it still holds.",
    )


def _writer(viewer: Viewer, now: datetime, as_of: date) -> Writer:
    return Writer(viewer.user_id, viewer.name, now, as_of)
