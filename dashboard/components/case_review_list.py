"""The case reviews of one's teams: open, to come, over; and the form that makes one."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import access
from dashboard.components import case_review_form, case_review_place, states
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped
from dashboard.services import case_review
from dashboard.services.case_review import Meeting

AT_ONCE = 12
_SHOWN = "case_review.shown"


def show(viewer: Viewer, *, unknown: bool, as_of: date) -> None:
    """Draw the list. `unknown`: the address named a meeting that this person cannot open."""
    found = case_review.listed(viewer)
    with st.container(horizontal=True, vertical_alignment="center", key="case_review_title"):
        st.title("Case review", anchor=False)
        if found.teams and st.button("New case review …", icon=":material/add:", key="case_review_new"):
            _new(viewer.user_id)
    if unknown:
        st.warning("This address does not open a case review for you: there is none, or it is of another team.")
    if not (found.open or found.coming or found.past):
        _nothing(bool(found.teams))
    names = {team.team_id: team.name for team in found.teams}
    _group("Open now", found.open, names, as_of)
    _group("To come", found.coming, names, as_of)
    _group("Over", found.past[: st.session_state.get(_SHOWN, AT_ONCE)], names, as_of)
    left = len(found.past) - st.session_state.get(_SHOWN, AT_ONCE)
    if left > 0:
        st.button(f"Show more ({left})", on_click=_more, key="case_review_more")


def _nothing(member: bool) -> None:
    if member:
        what = "Make the next meeting here, then queue patients: here, from the caseload, or from a patient's banner."
        states.nothing_yet("No case review yet", what)
    else:
        states.nothing_yet(
            "No care team", "Case reviews are held by care teams. Ask an administrator to add you to one."
        )


def _more() -> None:
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, AT_ONCE) + AT_ONCE


def _group(title: str, meetings: Sequence[Meeting], names: dict[int, str], as_of: date) -> None:
    if not meetings:
        return
    st.subheader(title, anchor=False)
    with st.container(key=f"case_review_{title.split()[0].lower()}", gap=None):
        for meeting in meetings:
            _meeting(meeting, names.get(meeting.team_id, ""), as_of)


def _meeting(meeting: Meeting, team: str, as_of: date) -> None:
    line = escaped(words.line(meeting, team, as_of))
    st.button(
        f"**{escaped(meeting.title)}** {line}",
        on_click=case_review_place.to_meeting,
        args=(meeting.meeting_id,),
        key=f"case_review_open_{meeting.meeting_id}",
        width="stretch",
    )


@st.dialog("New case review", width="large")
def _new(user_id: int) -> None:
    viewer = access.require(Permission.PREPARE_MEETINGS)
    if viewer.user_id == user_id:
        case_review_form.make(viewer, case_review.listed(viewer).teams)
