"""The actions a case review agreed about a patient, each on the care plan; one agreed by mistake is cancelled here."""

from datetime import date

import streamlit as st

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped
from dashboard.services import case_review_case as cases
from dashboard.services.case_review import Queued, Review
from dashboard.services.case_review_case import Action, Case

_REFUSED = "case_review_actions.refused"


def show(review: Review, each: Queued, case: Case, as_of: date) -> None:
    """Draw them as they stand; open ones with a button that cancels."""
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(escaped(refused))
    if not case.agreed:
        st.markdown("None yet; each lands on the care plan.")
    for action in case.agreed:
        _line(review.meeting.meeting_id, each.patient_id, case, action, as_of)


def _line(meeting_id: int, patient_id: int, case: Case, action: Action, as_of: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"case_action_{action.action_id}"):
        st.markdown(f"- {escaped(words.action(action, case.owners, as_of))}", width="stretch")
        if action.status == "open":
            st.button(
                "Cancel action",
                type="tertiary",
                on_click=_cancel,
                args=(meeting_id, patient_id, action, as_of),
                key=f"case_action_cancel_{action.action_id}",
            )


def _cancel(meeting_id: int, patient_id: int, action: Action, as_of: date) -> None:
    """Cancel it as whoever is signed in; in a callback, so that the panel is then drawn as it stands."""
    viewer = access.current()
    if viewer is None or not viewer.may(Permission.RECORD_DECISIONS):
        return
    try:
        cases.cancel_action(viewer, meeting_id, patient_id, action, now=clock.now(), as_of=as_of)
    except ExplainedError as error:
        st.session_state[_REFUSED] = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
