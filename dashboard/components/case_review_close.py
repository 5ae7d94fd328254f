"""Closing a case review: what lacks a decision or a teller, then each part a signed note; then nothing changes."""

import streamlit as st

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped, several
from dashboard.services import case_review_closing
from dashboard.services.case_review import Review

_TOLD = "case_review_close.told"


def show(viewer: Viewer, review: Review) -> None:
    """Draw what is missing, and the button where the person may close."""
    st.subheader("Close the meeting", anchor=False)
    told = st.session_state.pop(_TOLD, "")
    if told:
        st.warning(told)
    missing = words.missing(
        {words.label(each): case_review_closing.lacks(each.said) for each in review.queue if each.said is not None}
    )
    if missing:
        st.markdown("Still missing:\n" + "\n".join(f"- {escaped(line)}" for line in missing))
    if not viewer.may(Permission.RECORD_DECISIONS):
        st.caption("The meeting is closed, and its notes signed, by a clinician.")
        return
    signing = [each for each in review.queue if words.state(each) == "discussed"]
    st.caption(escaped(words.what_closing_does(len(signing), viewer.name)))
    label = f"Sign {several(len(signing), 'note')} and close" if signing else "Close without a note"
    st.button(
        f"{label} anyway" if missing else label,
        type="secondary" if missing else "primary",
        icon=":material/task_alt:",
        on_click=_close,
        args=(viewer.user_id, review.meeting.meeting_id),
        key="case_review_close",
    )


def _close(user_id: int, meeting_id: int) -> None:
    """Close it; in a callback, so that the page is then drawn as it stands."""
    viewer = access.current()
    if viewer is None or viewer.user_id != user_id:
        return
    try:
        closed = case_review_closing.close(viewer, meeting_id, now=clock.now())
    except ExplainedError as error:
        st.session_state[_TOLD] = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        return
    if closed.left:
        st.session_state[_TOLD] = words.left_open(len(closed.left))
