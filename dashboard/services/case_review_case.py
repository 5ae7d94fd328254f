"""One patient at a case review: what was decided before and what became of it, and what is decided now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from clinical import plan_checks
from clinical.plan import Action, Plan
from dashboard.errors import Conflict, ExplainedError, NotPermitted
from dashboard.permissions import Permission, Viewer
from dashboard.services import case_review, notes, work
from dashboard.services.team_members import works_for
from data_access import access, meetings
from data_access import plan as plans
from data_access.access import User
from data_access.errors import Overtaken
from data_access.meetings import Discussion
from data_access.patients import PatientHead

LONGEST_TEXT = 20_000
LONGEST_BY = 400
LONGEST_SECONDS = 12 * 3600
TEXTS = ("discussion", "options", "decision", "reason", "disagreement")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier meeting said about the patient, and the actions it agreed as they stand now."""

    day: date
    title: str
    said: Discussion
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One patient as a meeting looks at them; `agreed` are the actions of this very meeting."""

    said: Discussion
    earlier: tuple[Earlier, ...]
    plan: Plan
    agreed: tuple[Action, ...]
    owners: dict[int, str]
    members: tuple[User, ...]  # who works for the patient's team


@dataclass(frozen=True, slots=True)
class Said:
    """What the panel holds; `revision` is the discussion it was read at."""

    revision: int
    status: str
    discussion: str = ""
    options: str = ""
    decision: str = ""
    reason: str = ""
    disagreement: str = ""
    disagreement_by: str = ""
    teller_user_id: int | None = None
    teller_name: str = ""
    next_review: date | None = None


def case(viewer: Viewer, meeting_id: int, head: PatientHead) -> Case | None:
    """That patient at that meeting; None where they are not in its queue. Raises NotPermitted."""
    with work.reading(
        viewer,
        Permission.VIEW_PATIENT,
        head.patient_id,
        action="present at case review",
        resource=case_review.of(meeting_id),
    ) as conn:
        said = meetings.discussion(conn, head.patient_id, meeting_id)
        if said is None:
            return None
        plan = plans.load(conn, head.patient_id)
        users = access.users(conn)
        return Case(
            said=said,
            earlier=_earlier(conn, head.patient_id, meeting_id, plan),
            plan=plan,
            agreed=agreed(plan, meeting_id),
            owners={user.user_id: user.name for user in users},
            members=tuple(user for user in users if works_for(user, head.team_id)),
        )


def agreed(plan: Plan, meeting_id: int) -> tuple[Action, ...]:
    """The actions of the plan that this meeting agreed, as they stand now."""
    return tuple(action for action in plan.actions if action.meeting_id == meeting_id)


def _earlier(conn: Connection, patient_id: int, meeting_id: int, plan: Plan) -> tuple[Earlier, ...]:
    found = meetings.discussions(conn, patient_id)  # the latest first
    here = next(place for place, (fact, _) in enumerate(found) if fact.meeting_id == meeting_id)
    return tuple(
        Earlier(fact.day, fact.title, said, agreed(plan, fact.meeting_id))
        for fact, said in found[here + 1 :]
        if said.status != "queued"
    )


def problems(said: Said, as_of: date) -> dict[str, str]:
    """What cannot be, by field; empty when all of it can. A decision may come later: closing asks for it."""
    found = {name: _too_long(getattr(said, name), LONGEST_TEXT) for name in TEXTS}
    found["disagreement_by"] = _too_long(said.disagreement_by, LONGEST_BY)
    if said.status not in ("discussed", "deferred"):
        found["status"] = "Say whether the patient was discussed or deferred."
    if said.disagreement.strip() and not said.disagreement_by.strip():
        found["disagreement_by"] = "Say who disagrees."
    if said.disagreement_by.strip() and not said.disagreement.strip():
        found["disagreement"] = "Say what the disagreement is about, or empty the name."
    if said.next_review is not None and said.next_review < as_of:
        found["next_review"] = "This day is over; choose today or later."
    return {field: problem for field, problem in found.items() if problem}


def _too_long(text: str, longest: int) -> str:
    return (
        f"{len(text):,} characters; this holds {longest:,}. Nothing is lost; shorten it." if len(text) > longest else ""
    )


def record(viewer: Viewer, meeting_id: int, patient_id: int, said: Said, *, now: datetime, as_of: date) -> Discussion:
    """What the meeting said, as recorded. Raises NotPermitted; ExplainedError; Overtaken when somebody saved first."""
    _whole(problems(said, as_of))
    with work.writing(
        viewer,
        Permission.RECORD_DECISIONS,
        patient_id,
        action="record case review",
        resource=case_review.of(meeting_id),
        detail=said.status,
    ) as conn:
        there = _unsigned(conn, viewer, meeting_id, patient_id)
        return meetings.record(conn, patient_id, _said(there, said), case_review.writer(viewer, now))


def _said(there: Discussion, said: Said) -> Discussion:
    return replace(
        there,
        status="deferred" if said.status == "deferred" else "discussed",
        discussion=_written(said.discussion),
        options=_written(said.options),
        decision=_written(said.decision),
        reason=_written(said.reason),
        disagreement=_written(said.disagreement),
        disagreement_by=_written(said.disagreement_by),
        teller_user_id=said.teller_user_id,
        teller_name=_written(said.teller_name),
        next_review=said.next_review,
        revised=replace(there.revised, revision=said.revision),
    )


def _written(text: str) -> str:
    return notes.cleaned(text).strip()


def _unsigned(conn: Connection, viewer: Viewer, meeting_id: int, patient_id: int) -> Discussion:
    """What stands of the patient at a meeting that goes on. Raises Conflict once its note is signed."""
    case_review.going(conn, viewer, meeting_id)
    there = meetings.discussion(conn, patient_id, meeting_id)
    if there is None:
        raise case_review.gone()
    if there.note_id is not None:
        raise Conflict(
            "The note of this patient's review is signed already.",
            "It stands as it was signed; what you wrote is kept as your draft.",
            "Write a note of your own in the care plan for what is to be added.",
        )
    return there


def _whole(found: dict[str, str]) -> None:
    if found:
        raise ExplainedError(
            next(iter(found.values())), "Nothing was saved; what you wrote is kept as your draft.", "Correct the field."
        )


def spend(viewer: Viewer, meeting_id: int, patient_id: int, seconds: int) -> None:
    """Keep for how long the patient was discussed, in seconds; time never runs backwards. Raises NotPermitted."""
    counted = min(max(int(seconds), 0), LONGEST_SECONDS)
    with work.writing(
        viewer,
        Permission.RECORD_DECISIONS,
        patient_id,
        action="time case review",
        resource=case_review.of(meeting_id),
        goes_on=True,
    ) as conn:
        _unsigned(conn, viewer, meeting_id, patient_id)
        meetings.spend(conn, patient_id, meeting_id, counted)


def action_problems(action: Action, as_of: date) -> dict[str, str]:
    """What cannot be of an action, by field; empty when all of it can."""
    return plan_checks.problems(action, as_of)


def add_action(viewer: Viewer, meeting_id: int, patient_id: int, action: Action, *, now: datetime, as_of: date) -> None:
    """Put the agreed action on the patient's plan, with the meeting's number. Raises NotPermitted, Conflict."""
    agreed_here = replace(action, meeting_id=meeting_id, made=as_of)
    _whole(action_problems(agreed_here, as_of))
    with work.writing(
        viewer,
        Permission.RECORD_DECISIONS,
        patient_id,
        action="agree action",
        resource=case_review.of(meeting_id),
    ) as conn:
        _unsigned(conn, viewer, meeting_id, patient_id)
        plans.save(conn, patient_id, agreed_here, writer=case_review.writer(viewer, now))


def cancel_action(
    viewer: Viewer, meeting_id: int, patient_id: int, action: Action, *, now: datetime, as_of: date
) -> None:
    """Cancel an action this meeting agreed, on the revision it was seen at. Raises NotPermitted, Conflict."""
    if action.meeting_id != meeting_id:
        raise NotPermitted("cancel what another meeting agreed")
    with work.writing(
        viewer,
        Permission.RECORD_DECISIONS,
        patient_id,
        action="cancel action",
        resource=case_review.of(meeting_id),
        detail=f"action {action.action_id}",
    ) as conn:
        _unsigned(conn, viewer, meeting_id, patient_id)
        try:
            plans.save(conn, patient_id, replace(action, status="cancelled"), writer=case_review.writer(viewer, now))
        except Overtaken as late:
            raise _changed_meanwhile(late) from late


def _changed_meanwhile(late: Overtaken) -> Conflict:
    return Conflict(
        f"{late.theirs.revised.user_name or 'Somebody else'} changed this action meanwhile.",
        "It stands as they left it; nothing was cancelled.",
        "Look at it as it is now, then cancel it where that still holds.",
    )


__all__ = [
    "LONGEST_BY",
    "LONGEST_TEXT",
    "TEXTS",
    "Action",
    "Case",
    "Discussion",
    "Earlier",
    "Said",
    "action_problems",
    "add_action",
    "agreed",
    "cancel_action",
    "case",
    "problems",
    "record",
    "spend",
]
