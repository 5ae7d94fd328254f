"""Closing a case review: what lacks a decision or a teller, then each part a signed note; then nothing changes."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import access, clock, selection
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import case_review as words
from dashboard.presenters.words import escaped, several
from dashboard.services import case_review_closing
from dashboard.services.case_review import Review
from dashboard.services.case_review_closing import Part

_TOLD = "case_review_close.told"


def show(viewer: Viewer, review: Review) -> None:
    """Draw what is missing, and the button where the person may close."""
    st.subheader("Close the meeting", anchor=False)
    told = st.session_state.pop(_TOLD, "")
    if told:
        st.warning(told)
    may = viewer.may(Permission.RECORD_DECISIONS)
    missing = _missing(viewer, review, may=may)
    if missing:
        st.markdown("Still missing:\n" + "\n".join(f"- {escaped(line)}" for line in missing))
    if not may:
        st.caption("The meeting is closed, and its notes signed, by a clinician.")
        return
    signing = case_review_closing.parts(viewer, review)
    _texts(signing)
    st.caption(escaped(words.what_closing_does(len(signing), viewer.name)))
    label = f"Sign {several(len(signing), 'note')} and close" if signing else "Close without a note"
    st.button(
        f"{label} anyway" if missing else label,
        type="secondary" if missing else "primary",
        icon=":material/task_alt:",
        on_click=_close,
        args=(viewer.user_id, review.meeting.meeting_id, {part.each.patient_id: part.text for part in signing}),
        key="case_review_close",
    )


def _missing(viewer: Viewer, review: Review, *, may: bool) -> list[str]:
    """What is still missing of each patient, and what was begun and not saved."""
    lacking = words.missing(
        {words.label(each): case_review_closing.lacks(each.said) for each in review.queue if each.said is not None}
    )
    begun = case_review_closing.unsaved(viewer, review) if may else ()
    return [
        *words.doubtful(review.meeting, selection.today()),
        *lacking,
        *(words.unsaved(words.label(each.each), mine=each.mine, colleagues=each.colleagues) for each in begun),
    ]


def _texts(signing: Sequence[Part]) -> None:
    """Draw what will be signed, patient by patient, as the notes will read."""
    for part in signing:
        with st.expander(f"The note of {escaped(words.label(part.each))}", expanded=True, key=_key(part)):
            for heading, text in part.sections:
                st.markdown(f"**{heading}**")
                st.text(text)


def _key(part: Part) -> str:
    return f"case_review_note_{part.each.place}"


def _close(user_id: int, meeting_id: int, seen: Mapping[int, str]) -> None:
    """Close it; in a callback, so that the page is then drawn as it stands."""
    viewer = access.current()
    if viewer is None or viewer.user_id != user_id:
        return
    try:
        closed = case_review_closing.close(viewer, meeting_id, seen=seen, now=clock.now())
    except ExplainedError as error:
        st.session_state[_TOLD] = f"{error.what_happened} {error.what_is_safe} {error.what_to_do}"
        return
    if closed.left:
        st.session_state[_TOLD] = words.left_open(len(closed.left))
