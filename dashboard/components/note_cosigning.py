"""Countersigning a colleague's note: what is signed is read once more, and what it means is said before it is done."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import access, clock
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import notes as words
from dashboard.presenters import people
from dashboard.presenters.words import escaped
from dashboard.services import notes
from dashboard.services.notes import LONGEST_REASON, Note
from data_access.patients import PatientHead

_OPENINGS = "note_cosigning.openings"


def ask(note: Note, head: PatientHead) -> None:
    """Open the dialog about that version; each opening has fields of its own."""
    opening = int(st.session_state.get(_OPENINGS, 0)) + 1
    st.session_state[_OPENINGS] = opening
    _dialog(note, head, opening)


@st.dialog("Countersign this note?", width="medium")
def _dialog(note: Note, head: PatientHead, opening: int) -> None:
    written = f"**{escaped(words.author(note.author))}**, {escaped(words.signed(note))}"
    st.markdown(f"About **{escaped(people.name(head))}**, by {written}")
    with st.container(height=220, border=True):
        st.text(note.text)
    with st.form(f"note_cosign_form_{opening}", border=False, enter_to_submit=False):
        remark = st.text_input(
            "Remark (optional, stays with the countersignature)",
            max_chars=LONGEST_REASON,
            key=f"note_cosign_remark_{opening}",
        )
        st.markdown(words.WHAT_COUNTERSIGNING_MEANS)
        refused = st.container()
        with st.container(horizontal=True):
            if st.form_submit_button("Countersign", type="primary", key="note_cosign_now"):
                _cosign(note, head.patient_id, remark, refused)
            if st.form_submit_button("Not now", key="note_cosign_leave"):
                st.rerun()


def _cosign(note: Note, patient_id: int, remark: str, refused: DeltaGenerator) -> None:
    viewer = access.require(Permission.COSIGN)
    try:
        notes.cosign(viewer, patient_id, note, remark=remark, now=clock.now())
    except ExplainedError as error:
        refused.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.rerun()
