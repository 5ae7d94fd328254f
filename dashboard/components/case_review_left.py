"""What somebody wrote at a case review and had not saved when it was closed or signed: to read, copy and discard."""

from collections.abc import Mapping

import streamlit as st

from dashboard import access
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.services import case_review_closing, form_drafts
from dashboard.services.case_review import Queued, Review


def show(viewer: Viewer, review: Review, each: Queued) -> None:
    """Draw one's own forms of that patient at a meeting that records nothing any more; nothing where there is none."""
    over = review.meeting.status == "closed" or words.state(each) == "signed"
    if not over or not viewer.may(Permission.RECORD_DECISIONS):
        return
    for form in case_review_closing.forms(review.meeting.meeting_id):
        held = form_drafts.held(viewer, Permission.RECORD_DECISIONS, each.patient_id, form)
        if held.revision:
            _left(viewer, each.patient_id, form, words.left_written(held.answers))


def _left(viewer: Viewer, patient_id: int, form: str, written: Mapping[str, str]) -> None:
    st.warning(
        "You wrote this and it was not saved when the review was signed or closed. It is in no record. Copy what is to "
        "be added into a note of your own in the care plan, then discard it here."
    )
    for heading, text in written.items():
        st.markdown(f"**{heading}**")
        st.code(text, language=None, wrap_lines=True)
    st.button(
        "Discard",
        icon=":material/delete:",
        on_click=_discard,
        args=(viewer.user_id, patient_id, form),
        key=f"case_left_discard_{form}",
    )


def _discard(user_id: int, patient_id: int, form: str) -> None:
    """Throw it away as whoever wrote it."""
    viewer = access.current()
    if viewer is not None and viewer.user_id == user_id and viewer.may(Permission.RECORD_DECISIONS):
        form_drafts.discard(viewer, Permission.RECORD_DECISIONS, patient_id, form)
