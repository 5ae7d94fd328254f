"""The panel of a case review: what was said and decided of a patient, and the actions that go onto their plan."""

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import access, clock
from dashboard.components import case_review_actions, case_review_left, case_review_meeting, kept_form
from dashboard.components.kept_form import Colleague, FieldSpec, FormPlace, Option, Somebody, Submitted, Value
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.people import role
from dashboard.presenters.words import escaped
from dashboard.services import case_review
from dashboard.services import case_review_case as cases
from dashboard.services.case_review import Discussion, Queued, Review
from dashboard.services.case_review_case import LONGEST_BY, LONGEST_TEXT, Action, Case, Said
from data_access.errors import Overtaken

OUTCOMES = (Option("discussed", "Discussed"), Option("deferred", "Deferred to another meeting"))


@access.part
def show(user_id: int, review: Review, at: int, as_of: date) -> None:
    """Draw the panel of that place of the queue, as it stands on each run; ends in the page where it moved."""
    viewer = access.require(Permission.PREPARE_MEETINGS)
    now = case_review.review(viewer, review.meeting.meeting_id)
    if viewer.user_id != user_id or now is None or _moved(now, review):
        st.rerun()  # the whole page: somebody changed the queue, or the meeting began or ended
    each = now.queue[at - 1]
    case = None if each.head is None else cases.case(viewer, review.meeting.meeting_id, each.head)
    if case is None:
        st.rerun()
    with st.container(key=f"case_record_{at}"):
        if now.meeting.status == "open" and case.said.note_id is None and viewer.may(Permission.RECORD_DECISIONS):
            _form(now, each, case, as_of)
            _actions(now, each, case, as_of)
        else:
            _why_not(viewer, now, at, case)
            _read(case, as_of)
            case_review_left.show(viewer, now, each)


def _moved(now: Review, drawn: Review) -> bool:
    return (now.meeting.status, now.meeting.queue) != (drawn.meeting.status, drawn.meeting.queue)


def _why_not(viewer: Viewer, review: Review, at: int, case: Case) -> None:
    """Say why nothing can be recorded here, and start the meeting where that is what is missing."""
    if not viewer.may(Permission.RECORD_DECISIONS):
        st.caption("Decisions are recorded by clinicians.")
    elif case.said.note_id is not None:
        st.caption("Signed as a note of the record. What is to be added goes into a note of your own.")
    elif review.meeting.status == "planned":
        st.caption("The meeting has not started; nothing is recorded or timed before.")
        st.button(
            "Start the meeting",
            type="primary",
            icon=":material/play_arrow:",
            on_click=case_review_meeting.start,
            args=(viewer.user_id, review.meeting.meeting_id, at),
            key="case_review_start",
        )
    else:
        st.caption("This case review is closed.")


def _read(case: Case, as_of: date) -> None:
    """What stands, to read."""
    if case.said.status == "queued":
        return
    for heading, text in words.recorded(case.said, case.owners, as_of):
        st.markdown(f"**{escaped(heading)}**")
        st.text(text)
    if case.agreed:
        st.markdown("**Actions**")
        st.markdown("\n".join(f"- {escaped(words.action(each, case.owners, as_of))}" for each in case.agreed))


def _form(review: Review, each: Queued, case: Case, as_of: date) -> None:
    place = FormPlace(
        each.patient_id,
        f"case review {review.meeting.meeting_id}",
        f"Record for {words.label(each)}",
        case.said.revised.revision,
    )
    submitted = kept_form.show(
        place, _fields(case), _values(case.said), permission=Permission.RECORD_DECISIONS, submit="Save"
    )
    if submitted is not None:
        _save(place, review.meeting.meeting_id, submitted, as_of)


def _fields(case: Case) -> tuple[FieldSpec, ...]:
    people = _colleagues(case)
    return (
        FieldSpec("discussion", "Discussion", "long", longest=LONGEST_TEXT),
        FieldSpec("options", "Options considered", "long", longest=LONGEST_TEXT),
        FieldSpec("decision", "Decision", "long", longest=LONGEST_TEXT),
        FieldSpec("reason", "Reason", "long", longest=LONGEST_TEXT),
        FieldSpec("disagreement", "Disagreement, if any", "long", longest=LONGEST_TEXT),
        FieldSpec("disagreement_by", "Who disagrees", "text", longest=LONGEST_BY),
        FieldSpec("teller", "Who tells the patient", "people", people=people),
        FieldSpec("next_review", "Next review", "day"),
        FieldSpec("status", "This patient was", "choice", required=True, options=OUTCOMES),
    )


def _colleagues(case: Case) -> tuple[Colleague, ...]:
    return tuple(Colleague(each.user_id, each.name, role(each.role, each.discipline or "")) for each in case.members)


def _values(said: Discussion) -> dict[str, Value]:
    texts: dict[str, Value] = {name: getattr(said, name) for name in (*cases.TEXTS, "disagreement_by")}
    named = said.teller_user_id is not None or said.teller_name
    return {
        **texts,
        "teller": Somebody(said.teller_user_id, said.teller_name) if named else None,
        "next_review": said.next_review,
        "status": None if said.status == "queued" else said.status,  # nobody said yet: nothing is chosen
    }


def _said(submitted: Submitted) -> Said:
    values = submitted.values
    teller, review = values["teller"], values["next_review"]
    return Said(
        submitted.revision,
        str(values["status"]),
        **{name: str(values[name] or "") for name in (*cases.TEXTS, "disagreement_by")},
        teller_user_id=teller.user_id if isinstance(teller, Somebody) else None,
        teller_name=teller.name if isinstance(teller, Somebody) else "",
        next_review=review if isinstance(review, date) else None,
    )


def _save(place: FormPlace, meeting_id: int, submitted: Submitted, as_of: date) -> None:
    viewer = access.require(Permission.RECORD_DECISIONS)
    said = _said(submitted)
    found = cases.problems(said, as_of)
    if found:
        kept_form.refused(place, found)
        access.draw_again()
    try:
        cases.record(viewer, meeting_id, place.patient_id, said, now=clock.now(), as_of=as_of)
    except Overtaken as late:
        theirs = late.theirs
        if isinstance(theirs, Discussion):
            by, at = theirs.revised.user_name, theirs.revised.at
            kept_form.clash(place, _values(theirs), revision=theirs.revised.revision, by=by, at=at)
    except ExplainedError as error:
        kept_form.refused(place, error=error)
    else:
        kept_form.done(place, "Saved. It becomes a signed note when the meeting is closed.")
        st.rerun()
    access.draw_again()


def _actions(review: Review, each: Queued, case: Case, as_of: date) -> None:
    st.markdown("**Actions agreed here**")
    case_review_actions.show(review, each, case, as_of)
    number = len(case.agreed)
    place = FormPlace(each.patient_id, f"case action {review.meeting.meeting_id}", f"Action for {words.label(each)}")
    submitted = kept_form.show(
        place, _action_fields(case), {}, permission=Permission.RECORD_DECISIONS, submit="Add to the plan"
    )
    if submitted is not None:
        _add(place, review.meeting.meeting_id, submitted, as_of, number)


def _action_fields(case: Case) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("title", "Action", "text", required=True, longest=400),
        FieldSpec("owner", "Who does it", "people", people=_colleagues(case)),
        FieldSpec("due", "By when", "day"),
    )


def _add(place: FormPlace, meeting_id: int, submitted: Submitted, as_of: date, number: int) -> None:
    viewer = access.require(Permission.RECORD_DECISIONS)
    owner, due = submitted.values["owner"], submitted.values["due"]
    action = Action(str(submitted.values["title"]), due if isinstance(due, date) else None)
    if isinstance(owner, Somebody):
        action = replace(action, owner_user_id=owner.user_id, owner_name="" if owner.user_id else owner.name)
    found = cases.action_problems(action, as_of)
    if found:
        kept_form.refused(place, {"owner" if name == "owner_name" else name: said for name, said in found.items()})
    else:
        try:
            cases.add_action(viewer, meeting_id, place.patient_id, action, now=clock.now(), as_of=as_of)
        except ExplainedError as error:
            kept_form.refused(place, error=error)
        else:
            kept_form.done(place, f"Action {number + 1} is on the plan.")
    access.draw_again()
