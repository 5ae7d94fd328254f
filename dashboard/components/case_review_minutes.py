"""The minutes of a case review, to take along: as PDF and to edit; while de-identified without names, and without
texts unless somebody ticks them.
"""

import secrets

import streamlit as st

from dashboard import clock
from dashboard.components import file_delivery
from dashboard.errors import ExplainedError
from dashboard.permissions import Viewer
from dashboard.services import minutes
from dashboard.services.case_review import Review

_KINDS: tuple[tuple[minutes.Kind, str], ...] = (("pdf", "PDF"), ("docx", "Word"))

_ACTIONS_MOVE = "actions as the care plan has them now; what was agreed is in the signed notes"
_TEXTS = (
    "Names and numbers known here are replaced. A text can still tell who somebody is: read it before passing it on."
)


def show(viewer: Viewer, review: Review, *, teaching: bool) -> None:
    """Draw the buttons that make the minutes and hand them over; what was refused is said below them."""
    with st.container(horizontal=True, vertical_alignment="center", key="case_review_minutes"):
        st.markdown("**Minutes, de-identified**" if teaching else "**Minutes**", width="content")
        wanted = [kind for kind, name in _KINDS if _pressed(kind, name)]
        texts = teaching and st.checkbox("With the texts", help=_TEXTS, key="case_review_minutes_texts")
        closed = review.meeting.status == "closed"
        st.caption(_ACTIONS_MOVE if closed else "as they stand now; the meeting is not closed", width="content")
    if wanted:
        _give(viewer, review.meeting.meeting_id, wanted[0], teaching=teaching, texts=texts)


def _pressed(kind: str, name: str) -> bool:
    return st.button(f"Download {name}", icon=":material/download:", key=f"case_review_minutes_{kind}")


def _give(viewer: Viewer, meeting_id: int, kind: minutes.Kind, *, teaching: bool, texts: bool) -> None:
    try:
        made = minutes.minutes(viewer, meeting_id, kind, deidentified=teaching, free_text=texts, now=clock.now())
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    file_delivery.give(made.name, made.content, media_type=made.media_type, number=secrets.token_hex(8))
    st.success(f"{made.name} was handed to your browser.")
    if made.left_out:
        st.warning(f"{made.left_out} of the queue are not in your care teams, and not in this file.")
