"""One case review: who is there, which patients it looks at, and what it takes to close it."""

from datetime import date

import streamlit as st

from dashboard import access, clock
from dashboard.components import case_review_close, case_review_form, case_review_place, case_review_queue
from dashboard.components import case_review_minutes as minutes
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped
from dashboard.services import case_review
from dashboard.services.case_review import Meeting, Review

_REFUSED = "case_review_meeting.refused"


def show(viewer: Viewer, review: Review, *, teaching: bool, as_of: date) -> None:
    """Draw the meeting. `teaching`: without a word that says who its patients are."""
    meeting = review.meeting
    _heading(viewer, review, teaching, as_of)
    refused()
    if teaching:
        st.warning(words.DEIDENTIFIED)
    said = words.present_by_discipline(meeting.people) if teaching else words.present(meeting.people)
    st.caption(escaped(said))
    if meeting.status != "closed":
        _go_in(viewer, review)
    case_review_queue.show(viewer, review, teaching=teaching, as_of=as_of)
    if teaching:
        minutes.show(viewer, review, teaching=True)
        return
    if meeting.status == "closed":
        st.success(words.closed(meeting))
    elif meeting.status == "open" and review.queue:
        case_review_close.show(viewer, review)
    minutes.show(viewer, review, teaching=False)


def _heading(viewer: Viewer, review: Review, teaching: bool, as_of: date) -> None:
    meeting = review.meeting
    with st.container(horizontal=True, vertical_alignment="center", key="case_review_heading"):
        st.button("All case reviews", icon=":material/arrow_back:", on_click=case_review_place.to_list, type="tertiary")
        title = words.heading(meeting, teaching=teaching)
        st.title(escaped(title), anchor=False, width="content")
        line = words.line(meeting, review.team_name, as_of, teaching=teaching)
        st.caption(escaped(line), width="content")
        if meeting.status != "closed" and not teaching and st.button("Change …", key="case_review_change"):
            _change(viewer.user_id, meeting)
        hide(teaching)


def hide(teaching: bool) -> None:
    """Draw the switch that hides who the patients are."""
    label = "De-identified, for teaching"
    shown = st.toggle(label, value=teaching, key=f"case_review_teaching_{int(teaching)}", width="content")
    if shown != teaching:
        case_review_place.hide(shown)
        st.rerun()


def _go_in(viewer: Viewer, review: Review) -> None:
    if not review.queue:
        return
    meeting = review.meeting
    with st.container(horizontal=True, key="case_review_go"):
        if meeting.status == "planned":
            st.button(
                "Start and present the first patient",
                type="primary",
                icon=":material/play_arrow:",
                on_click=start,
                args=(viewer.user_id, meeting.meeting_id, 1),
                key="case_review_start",
            )
        else:
            at = next((each.place for each in review.queue if words.state(each) == "queued"), 1)
            st.button(
                f"Present patient {at}",
                type="primary",
                icon=":material/co_present:",
                on_click=case_review_place.to_patient,
                args=(meeting.meeting_id, at),
                key="case_review_present",
            )


def start(user_id: int, meeting_id: int, at: int) -> None:
    """Open the meeting and go to that patient; for callbacks, which run before the page's own guard.

    Where that was refused one stays where one is, and `refused` says why.
    """
    viewer = access.current()
    if viewer is None or viewer.user_id != user_id:
        return
    try:
        case_review.start(viewer, meeting_id, now=clock.now())
    except ExplainedError as error:
        st.session_state[_REFUSED] = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        return
    case_review_place.to_patient(meeting_id, at)


def refused() -> None:
    """Say once why the meeting was not started, if it was not."""
    said = st.session_state.pop(_REFUSED, "")
    if said:
        st.error(said)


@st.dialog("Change the case review", width="large")
def _change(user_id: int, meeting: Meeting) -> None:
    viewer = access.require(Permission.PREPARE_MEETINGS)
    teams = [team for team in case_review.listed(viewer).teams if team.team_id == meeting.team_id]
    if viewer.user_id == user_id and teams:
        case_review_form.change(viewer, meeting, teams[0])
